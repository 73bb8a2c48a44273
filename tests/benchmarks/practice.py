# SPDX-License-Identifier: GPL-3.0-or-later
"""The light practice run on the real AgentSociety: through society-cli, by hand in the same way, and as plain `agentsociety
run` under Ray; many at once; a large population with a slow model."""
import subprocess
import time

from common import Failed, children, row, rollup, samples, value, wait_for
from workspace import PRACTICE, ByHand, Workspace, status

MANY = 20
MANY_MB = 260
CITIZENS = 200
LATENCY_MS = 200


def through_cli(space, name):
    """From Start to finished, as whoever asked is told."""
    begin = time.monotonic()
    ended = space.cli("run", *PRACTICE, "--name", name, "--seed", "1", "--wait=300")
    took = time.monotonic() - begin
    if ended["state"] != "finished":
        raise Failed(f"a run ended as {ended['state']}: {ended['reason']}")
    return took, space.run_folder(ended)


def run(build, smoke=False):
    """One after the other."""
    rounds = 1 if smoke else 4
    product, by_hand, ray = [], [], []
    with Workspace(build) as space:
        _, model = through_cli(space, "warm")
        for number in range(rounds):
            product.append(through_cli(space, f"run {number}")[0])
            by_hand.append(ByHand(model, space.root / f"hand{number}").run())
            if not smoke:
                ray.append(ByHand(model, space.root / f"ray{number}", ray=True).run())
    ours = samples("practice run, Start to finished", product)["median"]
    hand = samples("the same by hand", by_hand)["median"]
    plain = samples("plain agentsociety run, Ray", ray)["median"] if ray else ours
    ratios = [value("practice run / by hand", ours / hand)["value"], value("practice run / Ray", ours / plain)["value"]]
    return [row("Light practice run, Start to finished", f"{ours:.2f} s", f"the same by hand, {hand:.2f} s", f"{ratios[0]:.3f}",
                "≤ 1.03", ratios[0] <= 1.03),
            row("Light practice run, Start to finished", f"{ours:.2f} s", f"plain `agentsociety run` (Ray), {plain:.2f} s",
                f"{ratios[1]:.2f}", "≤ 0.45", ratios[1] <= 0.45),
            row("Light practice run, Start to finished", f"{ours:.2f} s", "", "", "≤ 15 s", ours <= 15)]


def many(build, smoke=False):
    """Many at once."""
    count = 2 if smoke else MANY
    with Workspace(build) as space:
        begin = time.monotonic()
        folders = [space.run_folder(space.cli("run", *PRACTICE, "--name", f"run {number}")) for number in range(count)]
        most = dict.fromkeys(folders, 0)
        together = 0
        while True:
            now = {folder: status(folder) for folder in folders}
            if all(one.get("outcome") for one in now.values()):
                break
            if time.monotonic() - begin > 600:
                raise Failed(f"{count} runs at once did not end within 600 s")
            # A run is its runner with all below it (the simulator); an end gives its memory back.
            held = {folder: sum(rollup(pid)[0] for pid in [runner, *children(runner)])
                    for folder, one in now.items() if not one.get("ended_at") and (runner := (one.get("runner") or {}).get("pid"))}
            together = max(together, sum(held.values()))
            for folder, megabytes in held.items():
                most[folder] = max(most[folder], megabytes)
            time.sleep(2)
        took = time.monotonic() - begin
        outcomes = [one["outcome"] for one in now.values()]
    finished = outcomes.count("finished")
    value(f"{count} at once, finished", finished, "")
    value(f"{count} at once, until the last", took, "s")
    value("memory of one, most (PSS)", max(most.values()), "MB")
    value("memory of all together, most (PSS)", together, "MB")
    return [row(f"{count} practice runs at once, finished", f"{finished} of {count} in {took:.0f} s", "", "", "all", finished == count),
            row(f"Memory of one of {count} (PSS, runner and simulator), most", f"{max(most.values()):.0f} MB", "", "",
                f"≤ {MANY_MB} MB", max(most.values()) <= MANY_MB)]


def population(build, smoke=False):
    """A large population whose model takes its time."""
    citizens, steps, rounds = (4, 1, 1) if smoke else (CITIZENS, 6, 2)
    with Workspace(build) as space:
        space.import_config("agents", "many", {"citizens": [{"agent_class": "citizen", "number": citizens}]})
        space.import_config("workflow", "day", {"workflow": [{"type": "step", "steps": steps, "ticks_per_step": 300}]})
        # Started once by the product, which chooses how; then by hand, both ways, since its practice model does not wait.
        begun = space.cli("run", "--llm", "Practice model", "--agents", "many", "--map", "Practice town", "--workflow", "day")
        model = space.run_folder(begun)
        space.cli("stop", begun["id"], "--grace", "0")
        light, ray = [], []
        for number in range(rounds):
            light.append(ByHand(model, space.root / f"light{number}", latency_ms=0 if smoke else LATENCY_MS).run())
            if not smoke:
                ray.append(ByHand(model, space.root / f"ray{number}", ray=True, latency_ms=LATENCY_MS).run())
        how = ByHand(model, space.root / "how").environment["SOCIETY_LIGHT"]
    ours = samples(f"{citizens} citizens, {steps} steps, light ({how})", light)["median"]
    plain = samples(f"{citizens} citizens, {steps} steps, Ray", ray)["median"] if ray else ours
    ratio = value("light / Ray", ours / plain)["value"]
    return [row(f"{citizens} citizens, {steps} steps, {LATENCY_MS} ms an answer, light ({how} workers)", f"{ours:.0f} s",
                f"plain `agentsociety run` (Ray), {plain:.0f} s", f"{ratio:.2f}", "≤ 1", ratio <= 1)]
