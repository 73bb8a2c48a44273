#!/usr/bin/python3 -I
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same seed gives the same plan, run for run, however many there are; another seed another one; and every end comes.

usage: test_plan.py SOCIETY_TRIAL"""
import json
import subprocess
import sys


def plan(program, *options):
    return subprocess.run([program, "--plan", *options], stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()


def main(program):
    first = plan(program, "--seed", "7", "--runs", "1000")
    assert len(first) == 1000
    assert plan(program, "--seed", "7", "--runs", "1000") == first
    assert plan(program, "--seed", "7", "--runs", "10") == first[:10]
    assert plan(program, "--seed", "8", "--runs", "1000") != first
    assert plan(program, "--seed", "7", "--runs", "10", "--real") != first[:10]
    runs = [json.loads(line) for line in first]
    assert len({run["token"] for run in runs}) == 1000
    for key, least in (("end", 26), ("way", 3), ("llm", 4), ("name", 1000), ("cap", 4), ("seed", 990)):
        assert len({run[key] for run in runs}) >= least, key
    moments = {(run["end"], run["moment"]["when"]) for run in runs}
    for end in ("kill_keeper", "kill_gateway", "kill_runner"):
        assert {when for one, when in moments if one == end} == {"keeper", "calls", "exit"}, end
    assert {when for one, when in moments if one == "kill_window"} == {"asked", "calls", "exit"}
    only = plan(program, "--seed", "7", "--runs", "50", "--only", "stop,finish")
    assert {json.loads(line)["end"] for line in only} == {"stop", "finish"}
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
