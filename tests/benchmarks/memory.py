# SPDX-License-Identifier: GPL-3.0-or-later
"""Private memory of keeper and gateway while a run is stepping."""
import time

from common import row, rollup, value, wait_for
from workspace import Workspace, status

DAY = ("--llm", "Practice model", "--agents", "Ten people of the practice town", "--map", "Practice town", "--workflow",
       "A day in town")


def run(build, smoke=False):
    with Workspace(build) as space:
        begun = space.cli("run", *DAY)
        folder = space.run_folder(begun)
        wait_for(lambda: status(folder).get("phase") == "workflow", 120, "the first step")
        pids = {"keeper": status(folder)["keeper"]["pid"], "gateway": status(folder)["companions"][0]["pid"]}
        most = dict.fromkeys(pids, 0)
        until = time.monotonic() + (1 if smoke else 15)
        while time.monotonic() < until:
            for name, pid in pids.items():
                most[name] = max(most[name], rollup(pid)[1])
            time.sleep(0.2)
        space.cli("stop", begun["id"], "--grace", "0")
    for name, number in most.items():
        value(f"{name}, private memory, most", number, "MiB")
    return [row("Keeper, private memory while stepping", f"{most['keeper']:.1f} MiB", "", "", "≤ 5 MiB", 0 < most["keeper"] <= 5),
            row("Gateway, private memory while stepping", f"{most['gateway']:.1f} MiB", "", "", "≤ 25 MiB", 0 < most["gateway"] <= 25)]
