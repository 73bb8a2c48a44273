# SPDX-License-Identifier: GPL-3.0-or-later
"""From a start to the runner: the executor alone, and the whole click."""
from common import ms, row


def run(build, smoke=False):
    found = build.figures("bench-start", "--rounds", 1 if smoke else 100)
    ours, peer = found["executor, 30 MB held"], found["posix_spawn with a pipe"]
    ratio, flat = found["executor / posix_spawn"]["value"], found["250 MB / 30 MB"]["value"]
    spawn = f"posix_spawn of the same child, {ms(peer['median'])}"
    click = build.figures("bench-click", "--rounds", 1 if smoke else 60)["click to the runner's exec"]
    return [
        row("Executor's start to the first log line", ms(ours["median"]), spawn, f"{ratio:.2f}", "≤ 3", ratio <= 3),
        row("The same, p99", ms(ours["p99"]), f"its p99, {ms(peer['p99'])}", "", "≤ 3 ms", ours["p99"] <= 3),
        row("The same, the program holding 250 MB", ms(found["executor, 250 MB held"]["median"]),
            f"holding 30 MB, {ms(ours['median'])}", f"{flat:.2f}", "≤ 1.2", flat <= 1.2),
        row("The same, no keeper waiting (`society-cli`, or twice within a second)", ms(found["executor, no keeper waits"]["median"]), spawn,
            f"{found['executor, no keeper waits']['median'] / peer['median']:.2f}", "", None),
        row("The whole click to the runner's exec, p50", ms(click["median"]), "", "", "≤ 60 ms", click["median"] <= 60),
    ]
