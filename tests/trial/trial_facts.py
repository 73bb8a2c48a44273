# SPDX-License-Identifier: GPL-3.0-or-later
"""What there is to know of a trial, read for its checker."""
import base64
import glob
import json
import os
import re
import sqlite3
import time

import trial_process as processes

KEEPER_SECONDS = 15  # keeper and guard may take so long to go after they have written the end
USAGE_KEYS = {"seq", "t", "entry", "model", "kind", "tokens_in", "tokens_out", "estimated", "cached_in", "reasoning",
              "latency_ms", "status", "retries", "upstream_id", "error"}


def read_json(path, missing=None):
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        return missing


def write_json(path, value):
    with open(path + ".part", "w", encoding="utf-8") as file:
        json.dump(value, file, indent=1)
    os.rename(path + ".part", path)


def read_lines(path):
    """The JSON lines of a file; one that a killed writer left half-written is not there."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except FileNotFoundError:
        return []
    return [json.loads(line) for line in data[:data.rfind(b"\n") + 1].splitlines()]


class Account:
    """What the trial's runner says of itself."""

    def __init__(self, path):
        self.events = read_lines(path)
        first = next((event for event in self.events if "start" in event), None)
        last = next((event for event in self.events if "end" in event), None)
        self.started = first is not None
        self.start_at = first["t"] if first else None
        self.end = last["end"] if last else None  # its exit code; None: it was killed
        self.end_at = last["t"] if last else None
        self.children = [(first["start"], first["ticks"])] if first else []
        self.children += [(event["child"], event["ticks"]) for event in self.events if "child" in event]

    def log(self):
        """What it has written for sure, and what it may have written when it was killed."""
        sure, pending = bytearray(), b""
        for event in self.events:
            if "w" in event:
                pending = base64.b64decode(event["w"])
            elif "n" in event:
                sure += pending[:event["n"]]
                pending = b""
        return bytes(sure), pending

    def answers(self):
        return [(event["call"], *event["used"]) for event in self.events if event.get("status") == 200]


class Usage:
    def __init__(self, data, experiment):
        self.lines, self.problems = [], []
        whole, _, rest = data.rpartition(b"\n")
        self.cut = bool(rest)
        for number, text in enumerate(whole.split(b"\n") if whole else []):
            try:
                line = json.loads(text)
            except ValueError:
                self.problems.append(f"line {number} is no JSON: {text[:80]!r}")
                continue
            if "schema" in line:
                if number or line.get("experiment") != experiment:
                    self.problems.append(f"a header at line {number}: {line}")
            elif set(line) != USAGE_KEYS:
                self.problems.append(f"line {number} has other keys: {sorted(set(line) ^ USAGE_KEYS)}")
            else:
                self.lines.append(line)
                if line["seq"] != len(self.lines):
                    self.problems.append(f"line {number} has number {line['seq']}")

    def good(self):
        return [line for line in self.lines if line["error"] == ""]

    def sum(self, key):
        return sum(line[key] for line in self.lines)


class Run:
    def __init__(self, root, plan, spaces):
        self.plan, self.token = plan, plan["token"]
        self.done = read_json(os.path.join(root, "done", self.token + ".json"), {"problem": "it was not carried out"})
        self.left = read_json(os.path.join(root, "left", self.token + ".json"))
        self.said = ""
        for path in glob.glob(os.path.join(root, "said", self.token + "-*")):
            with open(path, encoding="utf-8", errors="replace") as file:
                self.said += file.read()
        self.provider = read_lines(os.path.join(root, "provider", self.token + ".jsonl"))
        self.account = Account(os.path.join(root, "written", self.token + ".jsonl"))
        self.rows = [row for space in spaces for row in space.rows if row["name"].endswith(" " + self.token)]
        self.row = self.rows[0] if self.rows else None
        self.directory, self.status = "", None
        self.bills, self.holds, self.settlements = [], [], []
        for space in spaces:
            if self.row in space.rows:
                self.directory = os.path.join(space.root, "runs", self.row["tenant"], self.row["id"])
                self.bills, self.holds, self.settlements = (
                    [one for one in rows if one["experiment"] == self.row["id"]]
                    for rows in (space.bills, space.holds, space.settlements))
        if self.directory:
            self.status = read_json(os.path.join(self.directory, "status.json"))
        self.usage = Usage(self.file("usage.jsonl"), self.row["id"] if self.row else "")

    def file(self, name):
        if not self.directory:
            return b""
        return processes.read(os.path.join(self.directory, name))

    def did(self, *deeds):
        return any(deed["deed"] in deeds and deed["done"] for deed in self.done.get("deeds", []))

    def ended_by_itself(self):
        """The runner came to the end of its work."""
        if self.plan["real"]:
            return bool(self.status) and self.status.get("exit_code") == 0
        return self.account.end is not None and self.account.end != 130

    def describe(self):
        deeds = ", ".join(f"{deed['deed']}{'' if deed['done'] else ' (missed)'}" for deed in self.done.get("deeds", []))
        row = f"{self.row['id']} {self.row['state']} {self.row['reason_code']}" if self.row else "no experiment"
        moment = self.plan["moment"]
        return (f"{self.plan['end']} at {moment['when']} {moment['calls']} +{moment['ms']} ms by {self.plan['way']} with"
                f" {self.plan['llm']}; done: {deeds or 'nothing'}; {row}; runner's end {self.account.end}")


class Space:
    """A workspace: its database, read once."""

    def __init__(self, root):
        self.root, self.name = root, os.path.basename(root)
        connection = sqlite3.connect(f"file:{root}/society.db?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row

        def rows(sql):
            return [dict(row) for row in connection.execute(sql)]
        self.rows = rows("SELECT * FROM experiments")
        self.bills = rows("SELECT * FROM bills ORDER BY seq")
        self.holds = rows("SELECT * FROM holds")
        self.settlements = rows("SELECT * FROM settlements")
        self.accounts = {row["tenant"]: row["balance_micro"] for row in rows("SELECT * FROM accounts")}
        self.integrity = connection.execute("PRAGMA integrity_check").fetchone()[0]
        connection.close()
        self.directories = glob.glob(os.path.join(root, "runs", "*", "*-*-*-*-*"))


class Trial:
    def __init__(self, root):
        self.root = os.path.abspath(root)
        self.facts = read_json(os.path.join(root, "trial.json"))
        self.end = read_json(os.path.join(root, "end.json"), {})
        self.watch = read_json(os.path.join(root, "watch.json"))
        self.spaces = [Space(os.path.dirname(path)) for path in sorted(glob.glob(os.path.join(self.root, "*", "society.db")))]
        plans = [read_json(path) for path in sorted(glob.glob(os.path.join(root, "plan", "*.json")))]
        self.runs = [Run(self.root, plan, self.spaces) for plan in plans]


def note_left(root, token):
    """What is left of a run the moment after it was said to have ended; its keeper has a little longer to go."""
    done = read_json(os.path.join(root, "done", token + ".json"), {})
    account = Account(os.path.join(root, "written", token + ".jsonl"))
    directory = os.path.join(done["workspace"], "runs", "default", done["id"]) if done.get("id") else ""
    os.makedirs(os.path.join(root, "left"), exist_ok=True)
    left = []
    if done.get("state"):
        keeper = ((read_json(os.path.join(directory, "status.json")) or {}).get("keeper") or {}).get("pid")
        found = processes.of_run(directory, account.children)
        late = [one for one in found if one["pid"] == keeper or one["name"] == "society-guard"]
        left = [f"{one['pid']} {one['command']}" for one in found if one not in late]
        deadline = time.monotonic() + KEEPER_SECONDS
        while late and time.monotonic() < deadline:
            time.sleep(0.05)
            pids = {one["pid"] for one in late}
            late = [one for one in processes.of_run(directory, []) if one["pid"] in pids]
        left += [f"{one['pid']} {one['command']} (keeper)" for one in late]
    write_json(os.path.join(root, "left", token + ".json"), left)


def files_with_key(trial):
    """Files of the workspaces, and all that was printed, in which a key is to be found, in clear or in base64."""
    clear = trial.facts["canary"].encode()
    needles = {"in clear": clear, "in UTF-16": clear.decode().encode("utf-16-le")}
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + clear)
        needles[f"in base64, {shift}"] = coded[(0, 2, 3)[shift]:len(coded) - 4]
    roots = [space.root for space in trial.spaces] + [os.path.join(trial.root, "said")]
    for root in roots:
        for folder, _, names in os.walk(root):
            for name in names:
                data = processes.read(os.path.join(folder, name))
                for kind, needle in needles.items():
                    if needle in data:
                        yield os.path.join(folder, name), kind


def real_log_problems(log, row):
    """What can be said of the real runner's log without an account of its own: whole lines in the order of their times,
    rounds without a gap, as many as the database says, and the end that belongs to the state."""
    text = log.decode("utf-8", errors="replace")
    if "\0" in text:
        yield "has a zero byte"
    stamps = re.findall(r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) - agentsociety - ", text, re.M)
    if any(later < earlier for earlier, later in zip(stamps, stamps[1:])):
        yield "its times go back"
    steps = [int(step) for step in re.findall(r"Start simulation day \d+ at \d+, step (\d+)", text)]
    if steps != list(range(len(steps))):
        yield f"its rounds are {steps[:50]}"
    if len(steps) != row["step"]:
        yield f"has {len(steps)} rounds, the database {row['step']}"
    if row["state"] == "finished" and not text.endswith("\n"):
        yield "ends in half a line"
