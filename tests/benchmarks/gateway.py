# SPDX-License-Identifier: GPL-3.0-or-later
"""What a call costs on its way through the gateway: the same client to the same fast upstream, directly, through the
gateway, through a relay that only copies bytes (the floor), and through the LiteLLM proxy (in build/litellm, a virtual
environment of its own)."""
import contextlib
import json
import os
import socket
import subprocess
import tempfile
import pathlib

from common import SOURCE, Failed, child, ms, row, wait_for

LITELLM = SOURCE / "build" / "litellm" / "bin" / "litellm"


@contextlib.contextmanager
def upstream(build, latency):
    with child([build.tool("bench-upstream"), "--latency", str(latency)], stdin=subprocess.PIPE,
               stdout=subprocess.PIPE) as process:
        yield int(process.stdout.readline())


@contextlib.contextmanager
def relay(build, port):
    with child([build.tool("bench-relay"), "--upstream", str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield int(process.stdout.readline())


@contextlib.contextmanager
def gateway(build, port):
    with tempfile.TemporaryDirectory(dir=build.work) as folder:
        settings = {"schema": 1, "experiment": "0d6e", "seed": "0", "practice_latency_ms": 0, "entries": [
            {"provider": "custom", "base_url": f"http://127.0.0.1:{port}/v1", "model": "bench", "key": ""}]}
        pathlib.Path(folder, "gateway.json").write_text(json.dumps(settings), encoding="utf-8")
        with child([build.program("society-gateway"), folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                   stderr=subprocess.DEVNULL) as process:
            process.stdin.write(b'{"token": "bench", "keys": {}}')
            process.stdin.close()
            yield json.loads(process.stdout.readline())["port"]


def answers(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as connection:
        connection.sendall(b"GET /health/liveliness HTTP/1.0\r\n\r\n")
        return b" 200 " in connection.recv(100)
    return False


@contextlib.contextmanager
def litellm(build, port):
    """The proxy as its own documentation starts it, without its database and logs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        own = free.getsockname()[1]
    with tempfile.TemporaryDirectory(dir=build.work) as folder:
        config = pathlib.Path(folder, "config.yaml")
        config.write_text("model_list:\n  - model_name: bench\n    litellm_params:\n      model: openai/bench\n"
                          f"      api_base: http://127.0.0.1:{port}/v1\n      api_key: none\n"
                          "general_settings:\n  master_key: sk-bench\n", encoding="utf-8")
        environment = {**os.environ, "LITELLM_LOG": "ERROR", "LITELLM_TELEMETRY": "False", "NO_PROXY": "127.0.0.1",
                       "LITELLM_LOCAL_MODEL_COST_MAP": "True", "PATH": f"{LITELLM.parent}:{os.environ['PATH']}"}
        with open(build.work / "litellm.log", "wb") as log:
            with child([str(LITELLM), "--config", str(config), "--host", "127.0.0.1", "--port", str(own), "--telemetry",
                        "False"], cwd=folder, env=environment, stdout=log, stderr=log):
                wait_for(lambda: answers(own), 120, "the LiteLLM proxy")
                yield own


def run(build, smoke=False):
    has_peer = LITELLM.exists() and not smoke
    if not has_peer and not smoke:
        raise Failed(f"no LiteLLM: python3 -m venv {LITELLM.parents[1]} && {LITELLM.parent}/pip install 'litellm[proxy]'")
    rows = []
    loads = [(2, 0, 20, 1)] if smoke else [(1, 0, 1500, 3), (200, 50, 8000, 3), (200, 0, 8000, 3)]
    for in_flight, latency, calls, rounds in loads:
        with contextlib.ExitStack() as stack:
            port = stack.enter_context(upstream(build, latency))
            targets = [f"direct={port}=/v1/chat/completions=none",
                       f"gateway={stack.enter_context(gateway(build, port))}=/0/v1/chat/completions=bench",
                       f"relay={stack.enter_context(relay(build, port))}=/v1/chat/completions=none"]
            if has_peer:
                targets.append(f"LiteLLM={stack.enter_context(litellm(build, port))}=/v1/chat/completions=sk-bench")
            found = build.figures("bench-gateway", "--in-flight", in_flight, "--latency", latency, "--calls", calls, "--rounds",
                                  rounds, *targets)
        load = f" ({in_flight} in flight, {latency} ms)"
        for share, goal in (("median", 0.5), ("p99", 3)):
            ours, floor = (found[f"{who} adds, {share}{load}"]["value"] for who in ("gateway", "relay"))
            name = "p50" if share == "median" else "p99"
            rows.append(row(f"Gateway adds, {in_flight} in flight, upstream of {latency} ms, {name}", ms(ours),
                            f"a relay that only copies bytes, {ms(floor)}", "", f"≤ {goal} ms", ours <= goal))
        if has_peer:
            ours, theirs = (found[f"{who} adds, median{load}"]["value"] for who in ("gateway", "LiteLLM"))
            times = theirs / max(ours, 0.001)
            rows.append(row(f"The same, beside LiteLLM, {in_flight} in flight, {latency} ms, p50", ms(ours), f"LiteLLM adds {ms(theirs)}",
                            f"1/{times:.0f}", "≤ 1/10", times >= 10))
    return rows
