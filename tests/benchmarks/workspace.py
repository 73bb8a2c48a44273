# SPDX-License-Identifier: GPL-3.0-or-later
"""A workspace for benchmarks with the real AgentSociety, and runs of it through the product and by hand."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

from common import SOURCE, Failed, child

PRACTICE = ("--llm", "Practice model", "--agents", "Four people", "--map", "Practice town", "--workflow", "A short morning")


def runner_script():
    shared = pathlib.Path(os.environ.get("SOCIETY_TEST_RUNNER_WORKSPACE") or SOURCE / "build" / "test-workspace")
    record = shared / "runner" / "installed.json"
    if not record.exists():
        raise Failed(f"no AgentSociety in {shared}: run installer/test, which installs it")
    return json.loads(record.read_text(encoding="utf-8"))["path"]


class Workspace:
    """A new workspace, gone with the block."""

    def __init__(self, build, runner=None):
        self.build = build
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="space-", dir=build.work))
        self.cli("setup", "--runner", runner or runner_script())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for run in self.cli("experiments"):
            if run["ended_at"] is None:
                self.cli("stop", run["id"], "--grace", "0")
        shutil.rmtree(self.root)

    def command(self, *arguments):
        return [self.build.program("society-cli"), "--workspace", str(self.root), "--json", *arguments]

    def cli(self, *arguments):
        done = subprocess.run(self.command(*arguments), env=self.build.environment(), stdout=subprocess.PIPE,
                              stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
        if done.returncode != 0:
            raise Failed(f"society-cli {arguments[0]}: {done.stdout}{done.stderr}")
        return json.loads(done.stdout)

    def run_folder(self, run):
        return pathlib.Path(run["run_directory"])

    def import_config(self, kind, name, document):
        file = self.root / f"{kind}.json"
        file.write_text(json.dumps(document), encoding="utf-8")
        self.cli("config", "import", str(file), "--kind", kind, "--name", name)


def status(folder):
    try:
        return json.loads((folder / "status.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}


class ByHand:
    """A run directory that was made by the product, run again by hand: its gateway and its runner's command line, in a
    new folder. With `ray` it is AgentSociety as anybody starts it: without our folders on its path."""

    def __init__(self, model, folder, ray=False, latency_ms=0):
        self.folder = folder
        folder.mkdir()
        launch = json.loads((model / "launch.json").read_text(encoding="utf-8"))
        self.argv = launch["runner"]["argv"]
        self.environment = {key: value.replace(str(model), str(folder)) for key, value in launch["runner"]["env"].items()}
        self.gateway = launch["companions"][0]["argv"][0]
        self.ray_folder = None
        if ray:
            for name in ("PYTHONPATH", "SOCIETY_LIGHT", "SOCIETY_SEED"):
                self.environment.pop(name, None)
            self.ray_folder = tempfile.mkdtemp(prefix="ray-", dir="/tmp")  # Ray's sockets need a short path
            self.environment["RAY_TMPDIR"] = self.ray_folder
        gateway = json.loads((model / "gateway.json").read_text(encoding="utf-8"))
        gateway["practice_latency_ms"] = latency_ms
        (folder / "gateway.json").write_text(json.dumps(gateway), encoding="utf-8")
        shutil.copytree(model / "home", folder / "home", symlinks=True, ignore=shutil.ignore_patterns("sqlite*", "exps", "*.cache"))
        self.configuration = json.loads((model / "record.json").read_text(encoding="utf-8"))["configuration"]
        if isinstance(self.configuration, str):
            self.configuration = json.loads(self.configuration)

    def run(self, seconds=600):
        """From the gateway's start to the runner's end; it must have gone well."""
        begin = time.monotonic()
        with child([self.gateway, str(self.folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                   stderr=subprocess.DEVNULL) as gateway:
            gateway.stdin.write(b'{"token": "by-hand", "keys": {}}')
            gateway.stdin.close()
            port = json.loads(gateway.stdout.readline())["port"]
            text = json.dumps(self.configuration, ensure_ascii=False)
            text = text.replace("@GATEWAY@", f"http://127.0.0.1:{port}").replace("@TOKEN@", "by-hand")
            (self.folder / "runner.json").write_text(text, encoding="utf-8")
            with open(self.folder / "log.txt", "ab") as log:
                with child(self.argv, cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=log,
                           stderr=log) as runner:
                    code = runner.wait(seconds)
                    took = time.monotonic() - begin
        if self.ray_folder:
            shutil.rmtree(self.ray_folder, ignore_errors=True)
        if code != 0:
            raise Failed(f"a run by hand ended with {code}: {self.folder}/log.txt")
        return took
