#!/usr/bin/python3 -I
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows that the trial's checker sees what it is for: a small trial is carried out, then spoilt in one way after the
other, and each time the checker must say so, of the right run.

usage: test_checker.py SOCIETY_TRIAL"""
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BILL = ("seq, id, tenant, experiment, item, model, amount_micro, unit_price_micro, quantity, unit, unit_size, free,"
        " description, created_at, corrects, balance_after_micro")


class Spoilt:
    """A copy of the trial, and the run in it that is to be spoilt: one that was paid for, or the first of a reason."""

    def __init__(self, whole, to, reason="finished"):
        shutil.copytree(whole, to)
        self.root = to
        self.database = os.path.join(to, "main", "society.db")
        row = self.sql(f"SELECT id, name FROM experiments WHERE reason_code = '{reason}' AND practice = 0 AND EXISTS (SELECT 1 FROM"
                       " bills WHERE experiment = experiments.id AND item = 'llm_input_token' AND quantity > 0) LIMIT 1")[0]
        self.id, self.token = row[0], row[1].rpartition(" ")[2]
        self.run = os.path.join(to, "main", "runs", "default", self.id)
        with open(os.path.join(to, "trial.json"), encoding="utf-8") as file:
            self.key = "sk-" + json.load(file)["canary"] + "abc"

    def sql(self, *statements):
        """The triggers, which would refuse most of it, are taken away first."""
        connection = sqlite3.connect(self.database)
        if not statements[0].startswith("SELECT"):
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {name}")
        rows = []
        for statement in statements:
            rows = connection.execute(statement).fetchall()
        connection.commit()
        connection.close()
        return rows

    def change(self, name, edit):
        path = os.path.join(self.run, name)
        with open(path, "rb") as file:
            data = file.read()
        with open(path, "wb") as file:
            file.write(edit(data))

    def change_json(self, path, edit):
        with open(path, encoding="utf-8") as file:
            value = json.load(file)
        edit(value)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(value, file)


def last_line(data):
    return data.rstrip(b"\n").rpartition(b"\n")[2]


def more_usage(data):
    line = json.loads(last_line(data))
    line["seq"] += 1
    return data + json.dumps(line).encode() + b"\n"


def more_tokens(data):
    line = json.loads(last_line(data))
    line["tokens_in"] += 1
    return data.rstrip(b"\n").rpartition(b"\n")[0] + b"\n" + json.dumps(line).encode() + b"\n"


def more_counted(spoilt):
    with open(os.path.join(spoilt.root, "provider", spoilt.token + ".jsonl"), "a", encoding="utf-8") as file:
        file.write(json.dumps({"t": 1.0, "n": 9999, "status": 200, "model": "any", "prompt_tokens": 5,
                               "completion_tokens": 5}) + "\n")


def of_run(sql):
    return lambda spoilt: spoilt.sql(*[part.format(id=spoilt.id, bill=BILL, key=spoilt.key) for part in sql.split(";")])


def in_file(name, edit):
    return lambda spoilt: spoilt.change(name, edit)


# What is spoilt, how, and words that the checker must say of it.
WAYS = [
    ("a bill doubled", of_run("DROP INDEX bills_once;INSERT INTO bills SELECT seq + 1000, id || 'x'" + BILL[len("seq, id"):]
                              + " FROM bills WHERE experiment = '{id}' AND item = 'run_time'"), "bills {"),
    ("a bill removed", of_run("DELETE FROM bills WHERE experiment = '{id}' AND item = 'run_time'"), "bills {"),
    ("an amount changed", of_run("UPDATE bills SET amount_micro = amount_micro - 1 WHERE experiment = '{id}' AND item = 'run_time'"),
     "bill run_time"),
    ("a quantity changed", of_run("UPDATE bills SET quantity = quantity + 1 WHERE experiment = '{id}' AND item = 'llm_input_token'"),
     "bill llm_input_token"),
    ("a settlement removed", of_run("DELETE FROM settlements WHERE experiment = '{id}'"), "settlements []"),
    ("a cost changed", of_run("UPDATE experiments SET cost_micro = cost_micro + 1 WHERE id = '{id}'"), "its cost is"),
    ("the balance changed", of_run("UPDATE accounts SET balance_micro = balance_micro + 1"), "the balance of default"),
    ("a hold left", of_run("UPDATE holds SET released_at = NULL WHERE experiment = '{id}'"), "holds (amount, released)"),
    ("a hold of nothing", of_run("INSERT INTO holds SELECT 'nobody', tenant, 5, '', created_at, NULL, '' FROM holds LIMIT 1"),
     "experiment nobody does not exist"),
    ("the state flipped", of_run("UPDATE experiments SET state = 'failed' WHERE id = '{id}'"), "ended as ('failed', 'finished')"),
    ("the reason changed", of_run("UPDATE experiments SET reason_code = 'error' WHERE id = '{id}'"), "ended as ('finished', 'error')"),
    ("not settled", of_run("UPDATE experiments SET settled = 0 WHERE id = '{id}'"), "is not settled"),
    ("an experiment removed", of_run("DELETE FROM experiments WHERE id = '{id}'"), "is not in the database"),
    ("a key in the database", of_run("UPDATE experiments SET note = '{key}' WHERE id = '{id}'"), "holds a key"),
    ("another outcome", lambda s: s.change_json(os.path.join(s.run, "status.json"), lambda j: j.update(outcome="lost")),
     "status.json says 'lost'"),
    ("a byte of log changed", in_file("log.txt", lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:]), "first difference at 40"),
    ("a line of log lost", in_file("log.txt", lambda data: data[data.index(b"\n") + 1:]), "log.txt has"),
    ("log after the end", in_file("log.txt", lambda data: data + b"x"), "log.txt has"),
    ("a key in a file", lambda s: s.change("keeper.log", lambda data: data + s.key.encode()), "holds a key"),
    ("a call added", in_file("usage.jsonl", more_usage), "is not one the provider counted, or twice"),
    ("a call removed", in_file("usage.jsonl", lambda data: data[:-len(last_line(data)) - 1]), "are not metered"),
    ("tokens changed", in_file("usage.jsonl", more_tokens), "the provider counted"),
    ("a call that was not metered", more_counted, "are not metered"),
    ("a key seen in a process", lambda s: s.change_json(os.path.join(s.root, "watch.json"), lambda j: j["hits"].append("process 1")),
     "process 1"),
    ("a process seen at its end", lambda s: s.change_json(os.path.join(s.root, "left", s.token + ".json"), lambda j: j.append("1 x")),
     "left when it was said to have ended"),
    ("a run directory of nobody", lambda s: os.mkdir(os.path.join(s.root, "main", "runs", "default", "1-2-3-4-5")),
     "run directory without an experiment"),
]


def check(root):
    done = subprocess.run([os.path.join(HERE, "check_trial.py"), root], stdout=subprocess.PIPE, text=True, check=False)
    return done.returncode, done.stdout


def try_out(what, words, root, token):
    code, said = check(root)
    if code == 1 and any(words in line for line in said.splitlines()):
        return True
    print(f"{what} (of {token}): exit code {code}, {words!r} is not in what it said:\n{said}")
    return False


def main(program):
    good = True
    with tempfile.TemporaryDirectory() as folder:
        whole = os.path.join(folder, "whole")
        trial = subprocess.run([program, "--seed", "9", "--runs", "8", "--at-once", "2", "--only",
                                "finish,fail_exit,stop,llm_500", "--directory", whole],
                               stdout=subprocess.PIPE, text=True, check=False)
        if trial.returncode != 0 or check(whole)[0] != 0:
            print("the trial itself shows differences:\n" + trial.stdout)
            return 1
        for number, (what, spoil, words) in enumerate(WAYS):
            spoilt = Spoilt(whole, os.path.join(folder, str(number)))
            spoil(spoilt)
            good = try_out(what, words, spoilt.root, spoilt.token) and good
        spoilt = Spoilt(whole, os.path.join(folder, "failure"), "llm_failed")
        of_run("UPDATE experiments SET state = 'finished', reason_code = 'finished' WHERE id = '{id}'")(spoilt)
        spoilt.change_json(os.path.join(spoilt.run, "status.json"), lambda j: j.update(outcome="finished"))
        good = try_out("a failure told as a success", "ended as ('finished', 'finished')", spoilt.root, spoilt.token) and good
        spoilt = Spoilt(whole, os.path.join(folder, "process"))
        with subprocess.Popen(["/bin/sleep", "600"], cwd=spoilt.run) as left:
            good = try_out("a process left", "still there at the trial's end", spoilt.root, spoilt.token) and good
            left.kill()
    print(f"{len(WAYS) + 2} ways to spoil a trial: {'all seen' if good else 'not all seen'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
