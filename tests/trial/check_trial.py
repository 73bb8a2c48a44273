#!/usr/bin/python3 -I
# SPDX-License-Identifier: GPL-3.0-or-later
"""The long trial's independent checker: compares what is left of the runs with what was done to them.

usage: check_trial.py TRIAL                everything; a line per difference; exits 1 where there is one
       check_trial.py --watch TRIAL        looks at all processes for keys until its standard input ends
       check_trial.py --after TOKEN TRIAL  notes what is left of a run that was just said to have ended

It shares no code with the product. What it goes by: run directories, databases (read only), the logs of the scripted
providers, the runners' own accounts, and the trial's plan and record of what it did (trial_facts.py reads them all).
docs/trial.md says what is allowed at each end, and why."""
import collections
import json
import os
import select
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import trial_facts as facts
import trial_process as processes

TERMINAL = {"finished", "failed", "stopped", "lost"}
# Of the first migration: the trial changes none. Micro-CNY, and per how many.
PRICES = {"llm_input_token": (3_000_000, 1_000_000), "llm_output_token": (3_000_000, 1_000_000), "run_time": (1000, 1000)}
HOLD = 1_000_000
NATURAL = {"ok": ("finished", "finished"), "error": ("failed", "error"), "traceback": ("failed", "error"),
           "exit": ("failed", "exit"), "signal": ("failed", "signal")}
# How a run may end to which that was done in time.
LOST = {("lost", "lost_keeper")}
DONE = {"stop": {("stopped", "stopped_user")}, "stop_now": {("stopped", "stopped_user")},
        "stop_deaf": {("stopped", "stopped_user")}, "kill_keeper": LOST, "kill_keeper_runner": LOST,
        "kill_keeper_gateway": LOST, "kill_keeper_guard": LOST, "kill_window_keeper": LOST,
        "kill_gateway": {("failed", "companion_died"), ("failed", "companion_failed")}, "kill_runner": {("failed", "signal")},
        "kill_gateway_runner": {("failed", "companion_died"), ("failed", "signal")},
        "kill_simulator": {("failed", "simulator_gone")}, "disk_full": {("failed", "disk_full")},
        "llm_401": {("failed", "llm_key_refused")}, "llm_429": {("failed", "llm_rate_limited")},
        "llm_500": {("failed", "llm_failed")}, "llm_malformed": {("failed", "error"), ("failed", "llm_failed")},
        "llm_drops": {("failed", "llm_failed")}, "llm_vanishes": {("failed", "llm_unreachable")}}
CUT_SHORT = {("failed", "never_started"), ("failed", "start_failed")}
HEARTBEAT = 8.0  # seconds: every 5, and a busy machine
SLACK = 1.0      # seconds between what two processes call the same moment


class Checker:
    def __init__(self, trial):
        self.trial = trial
        self.differences = []
        self.ends = collections.Counter()

    def differ(self, where, what):
        self.differences.append(f"{where}: {what}")

    def check(self):
        for run in self.trial.runs:
            before = len(self.differences)
            try:
                self.check_run(run)
            except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
                self.differ(run.token, f"cannot be checked: {error!r}")
            if len(self.differences) > before:
                self.differ(run.token, f"is {run.describe()}")
        for space in self.trial.spaces:
            self.check_space(space)
        self.check_secrets()
        self.check_left()
        for trouble in self.trial.end.get("troubles", []):
            self.differ("trial", trouble)

    # One run.

    def check_run(self, run):
        done = run.done
        if done.get("problem"):
            return self.differ(run.token, "was not prepared: " + done["problem"])
        if done["overdue"]:
            self.differ(run.token, "had not ended by its deadline")
        if len(run.rows) != 1:
            self.ends[run.plan["end"], "no experiment", ""] += 1
            if run.rows:
                return self.differ(run.token, f"has {len(run.rows)} rows")
            if not self.may_be_missing(run):
                self.differ(run.token, "is not in the database: " + run.said[:300])
            return None
        self.ends[run.plan["end"], run.row["state"], run.row["reason_code"]] += 1
        self.check_state(run)
        self.check_codes(run)
        self.check_log(run)
        self.check_usage(run)
        self.check_provider(run)
        self.check_bills(run)
        self.check_hold(run)
        return None

    @staticmethod
    def may_be_missing(run):
        """What starts it was killed in time, or said that it has to be asked again."""
        if '"secrets_busy"' in run.said:
            return True
        killed = any(deed["deed"] in ("window", "cli") and deed["done"] for deed in run.done["deeds"])
        return killed and run.plan["moment"]["when"] == "asked"

    def allowed(self, run):
        end, deeds = run.plan["end"], run.done["deeds"]
        natural = NATURAL["ok" if run.plan["real"] else run.plan["play"]["end"]]
        if natural == NATURAL["ok"] and not run.plan["real"] and run.account.end not in (None, 0):
            natural = NATURAL["error"]  # it meant to finish, and could not
        acted = bool(deeds) and any(deed["done"] for deed in deeds)
        if end.startswith(("finish", "fail_")):
            return {natural}
        allowed = set()
        if end.startswith("llm_") and end != "llm_vanishes":
            allowed |= DONE[end]
            acted = True
        elif acted and end in DONE:
            allowed |= DONE[end]
        ended_by_itself = run.ended_by_itself()
        if end in ("kill_gateway", "kill_gateway_runner") and ended_by_itself and deeds and deeds[0]["runner_ended"]:
            allowed = set()  # it had done its work
        if end in ("kill_window", "kill_cli"):
            allowed.add(natural)
        if end.startswith(("kill_window", "kill_cli")) and run.plan["moment"]["when"] == "asked":
            allowed |= CUT_SHORT
        if not acted or ended_by_itself:
            allowed.add(natural)
        return allowed

    def check_state(self, run):
        row, status = run.row, run.status
        got = (row["state"], row["reason_code"])
        if row["state"] not in TERMINAL:
            return self.differ(run.token, f"has not ended: {got}")
        if not row["settled"]:
            self.differ(run.token, "is not settled")
        allowed = self.allowed(run)
        if got not in allowed:
            self.differ(run.token, f"ended as {got}, allowed: {sorted(allowed)}")
        if status is not None:
            if status.get("outcome") != row["state"]:
                self.differ(run.token, f"status.json says {status.get('outcome')!r}, the database {row['state']}")
            if status.get("phase") != "ended":
                self.differ(run.token, f"its phase is {status.get('phase')}")
            for key in ("exit_code", "signal", "run_ms"):
                if status.get(key) != row[key]:
                    self.differ(run.token, f"{key}: status.json {status.get(key)}, the database {row[key]}")
        elif got not in CUT_SHORT:
            self.differ(run.token, "has no status.json")
        if run.account.end not in (None, -11) and row["exit_code"] not in (None, run.account.end):
            self.differ(run.token, f"exit code {row['exit_code']}, the runner's own {run.account.end}")
        if run.done["state"] and run.done["state"] != row["state"]:
            self.differ(run.token, f"was {run.done['state']} when it ended, now {row['state']}")
        return None

    def check_codes(self, run):
        """What the command line returned."""
        start, stop = run.done.get("start_code"), run.done.get("stop_code")
        if run.plan["way"] == "wait" and start is not None and not run.plan["disk"]:
            if (start == 0) != (run.row["state"] == "finished"):
                self.differ(run.token, f"run --wait returned {start}, the state is {run.row['state']}")
        if run.plan["way"] == "start" and start not in (0, None) and not run.plan["disk"]:
            self.differ(run.token, f"run returned {start}: {run.said[:300]}")
        if stop not in (0, None):
            self.differ(run.token, f"stop returned {stop}: {run.said[:300]}")

    def check_log(self, run):
        log = run.file("log.txt")
        if run.plan["real"]:
            for problem in facts.real_log_problems(log, run.row):
                self.differ(run.token, "log.txt: " + problem)
            return
        sure, perhaps = run.account.log()
        if not run.account.started and log.rstrip().endswith(b"KeyboardInterrupt"):
            return  # Python's own words: the signal came before its first line
        if log == sure or (perhaps and log.startswith(sure) and (sure + perhaps).startswith(log)):
            return
        at = next((i for i, (a, b) in enumerate(zip(log, sure)) if a != b), min(len(log), len(sure)))
        self.differ(run.token, f"log.txt has {len(log)} bytes, the runner wrote {len(sure)} (+{len(perhaps)}); first"
                               f" difference at {at}: {log[at:at + 60]!r}, wanted {sure[at:at + 60]!r}")

    def check_usage(self, run):
        usage = run.usage
        for problem in usage.problems:
            self.differ(run.token, "usage.jsonl: " + problem)
        if usage.cut and not run.did("gateway", "fill"):
            self.differ(run.token, "usage.jsonl ends in half a line")
        for line in usage.lines:
            if line["error"] == "" and not 200 <= line["status"] < 300:
                self.differ(run.token, f"call {line['seq']} has status {line['status']} and no error")
            if line["error"] and (line["tokens_in"] or line["tokens_out"]):
                self.differ(run.token, f"call {line['seq']} failed ({line['error']}) and has tokens")
            if line["estimated"]:
                self.differ(run.token, f"call {line['seq']} is estimated, the provider counts")
        row = run.row
        wanted = (len(usage.lines), usage.sum("tokens_in"), usage.sum("tokens_out"))
        if (row["calls"], row["tokens_in"], row["tokens_out"]) != wanted:
            self.differ(run.token, f"calls, tokens in and out: {row['calls'], row['tokens_in'], row['tokens_out']},"
                                   f" in usage.jsonl {wanted}")
        if run.plan["real"]:
            return
        # Written before it is passed on: what the runner got is there, in order, and at most one call more.
        got, metered = run.account.answers(), [(line["model"], line["tokens_in"], line["tokens_out"]) for line in usage.good()]
        spare = 0 if run.ended_by_itself() else 1
        if metered[:len(got)] != got or len(metered) - len(got) > spare:
            self.differ(run.token, f"the runner got {len(got)} answers, metered {len(metered)} (or they differ)")

    def check_provider(self, run):
        """Every call that was metered is one the provider counted, with its numbers; and the reverse, but for a call
        that was in flight when the run was ended from outside."""
        if run.plan["llm"] == "practice":
            return
        counted = {f"chatcmpl-{call['n']}": call for call in run.provider if call["status"] == 200}
        seen = set()
        for line in run.usage.good():
            call = counted.get(line["upstream_id"])
            if call is None or line["upstream_id"] in seen:
                self.differ(run.token, f"call {line['seq']} ({line['upstream_id']}) is not one the provider counted, or twice")
                continue
            seen.add(line["upstream_id"])
            numbers = (call["model"], call["prompt_tokens"], call["completion_tokens"])
            if numbers != (line["model"], line["tokens_in"], line["tokens_out"]):
                self.differ(run.token, f"call {line['seq']} is metered as {line}, the provider counted {numbers}")
        missing = [call for name, call in counted.items() if name not in seen]
        at_once = 1 if not run.plan["real"] else max(1, run.row["agents_count"])
        first = min([deed["at"] for deed in run.done["deeds"] if deed["done"]] or [float("inf")])
        lost = [call for call in missing if call["t"] < first - SLACK]
        if lost or len(missing) > (0 if run.ended_by_itself() else at_once):
            self.differ(run.token, f"{len(missing)} calls that the provider counted are not metered: {missing[:3]}")

    def check_bills(self, run):
        row, bills = run.row, run.bills
        wanted = {}
        for line in run.usage.lines:
            for item, tokens in (("llm_input_token", line["tokens_in"]), ("llm_output_token", line["tokens_out"])):
                key = (item, line["model"])
                wanted[key] = wanted.get(key, 0) + tokens
        started = bool(run.status and run.status.get("started_at"))
        # A keeper that is killed within the instant between its runner's start and writing that down takes it along.
        if run.account.started and not started and "keeper" not in run.plan["end"]:
            self.differ(run.token, "its runner has started, and no status says so")
        if started:
            wanted["run_time", ""] = row["run_ms"]
        got = collections.Counter((bill["item"], bill["model"]) for bill in bills)
        if set(got) != set(wanted) or any(count != 1 for count in got.values()):
            return self.differ(run.token, f"bills {dict(got)}, wanted one of each of {sorted(wanted)}")
        for bill in bills:
            quantity = wanted[bill["item"], bill["model"]]
            price, size = PRICES[bill["item"]]
            free = run.plan["llm"] == "practice" or (run.plan["llm"] != "public" and bill["item"] != "run_time")
            amount = 0 if free else -(quantity * price // size)
            facts_of = (bill["quantity"], bill["unit_price_micro"], bill["unit_size"], bool(bill["free"]), bill["amount_micro"])
            if facts_of != (quantity, price, size, free, amount):
                self.differ(run.token, f"bill {bill['item']} {bill['model']}: {facts_of}, wanted"
                                       f" {(quantity, price, size, free, amount)}")
        total = sum(bill["amount_micro"] for bill in bills)
        if row["cost_micro"] != -total:
            self.differ(run.token, f"its cost is {row['cost_micro']}, its bills come to {total}")
        if [(s["bills"], s["total_micro"]) for s in run.settlements] != [(len(bills), total)]:
            self.differ(run.token, f"settlements {[dict(s) for s in run.settlements]}, bills {len(bills)}, {total}")
        return self.check_time(run, started)

    def check_time(self, run, started):
        """The run time that is billed, against the runner's own clock."""
        seconds = run.row["run_ms"] / 1000
        most = run.done["done_at"] - run.done["asked_at"] + SLACK
        if seconds > most or (not started and seconds != 0):
            self.differ(run.token, f"run time {seconds} s, it had {most} s (started: {started})")
        account = run.account
        if account.start_at and account.end_at and run.row["state"] != "lost" and seconds < account.end_at - account.start_at - 0.1:
            self.differ(run.token, f"run time {seconds} s, the runner counted {account.end_at - account.start_at} s")
        if account.start_at and run.row["state"] == "lost":
            killed = next((deed["at"] for deed in run.done["deeds"] if deed["deed"] == "keeper" and deed["done"]), None)
            end = min(account.end_at or float("inf"), killed or float("inf"))
            # From exec to the first line it may have taken long, but never longer than from the click on.
            if killed and (end - account.start_at - seconds > HEARTBEAT or seconds > killed - run.done["asked_at"] + SLACK):
                self.differ(run.token, f"lost: run time {seconds} s, the keeper was killed {end - account.start_at} s in")

    def check_hold(self, run):
        cap = run.plan["cap"]
        wanted = 0 if run.plan["llm"] == "practice" else HOLD if cap == "" else round(float(cap) * 1_000_000)
        holds = [(hold["amount_micro"], hold["released_at"] is not None) for hold in run.holds]
        if holds != [(wanted, True)]:
            self.differ(run.token, f"holds (amount, released) {holds}, wanted {[(wanted, True)]}")

    # A whole workspace.

    def check_space(self, space):
        name = space.name
        for tenant, balance in space.accounts.items():
            own = [bill for bill in space.bills if bill["tenant"] == tenant]
            total = 0
            for bill in own:
                total += bill["amount_micro"]
                if bill["balance_after_micro"] != total:
                    self.differ(name, f"bill {bill['seq']}: balance after it {bill['balance_after_micro']}, wanted {total}")
            if balance != total:
                self.differ(name, f"the balance of {tenant} is {balance}, its bills come to {total}")
        keys = collections.Counter((b["tenant"], b["experiment"], b["item"], b["model"]) for b in space.bills if b["experiment"])
        for key, count in keys.items():
            if count > 1:
                self.differ(name, f"billed {count} times: {key}")
        ids = {row["id"] for row in space.rows}
        for table, rows in (("bills", space.bills), ("holds", space.holds), ("settlements", space.settlements)):
            for row in rows:
                if row["experiment"] is not None and row["experiment"] not in ids:
                    self.differ(name, f"{table}: experiment {row['experiment']} does not exist")
        for directory in space.directories:
            if os.path.basename(directory) not in ids:
                self.differ(name, f"run directory without an experiment: {directory}")
        ours = {row["id"] for run in self.trial.runs for row in run.rows}
        for row in space.rows:
            if row["id"] not in ours:
                self.differ(name, f"an experiment that nobody asked for: {row['name']!r}")
        if space.integrity != "ok":
            self.differ(name, f"integrity_check: {space.integrity}")

    def check_secrets(self):
        for path, needle in facts.files_with_key(self.trial):
            self.differ("secrets", f"{path} holds a key ({needle})")
        watch = self.trial.watch
        if not watch or not watch["looks"]:
            self.differ("secrets", "nobody looked at the processes")
        for hit in (watch or {}).get("hits", []):
            self.differ("secrets", hit)

    def check_left(self):
        for run in self.trial.runs:
            if run.left is None:
                self.differ(run.token, "nobody looked for what is left of it")
            for process in run.left or []:
                self.differ(run.token, f"left when it was said to have ended: {process}")
            for process in processes.of_run(run.directory, run.account.children):
                self.differ(run.token, f"still there at the trial's end: {process['pid']} {process['command']}")

    def report(self, out):
        trial = self.trial
        out.write(f"\nseed {trial.facts['seed']}, {len(trial.runs)} runs, {'real' if trial.facts['real'] else 'stub'} runner,"
                  f" {trial.end.get('seconds', 0)} s, {len(trial.spaces)} workspaces\n\n")
        for (end, state, code), count in sorted(self.ends.items()):
            out.write(f"{count:6}  {end:20} {state} {code if code != state else ''}\n")
        states = collections.Counter(run.row["state"] if run.rows else "no experiment" for run in trial.runs)
        calls = sum(len(run.usage.lines) for run in trial.runs)
        counted = sum(call["status"] == 200 for run in trial.runs for call in run.provider)
        logs = sum(len(run.file("log.txt")) for run in trial.runs)
        watch = trial.watch or {"looks": 0, "processes": 0}
        out.write(f"\nstates: {', '.join(f'{count} {state}' for state, count in sorted(states.items()))}\n"
                  f"calls metered: {calls}, counted by providers: {counted}; bytes of log looked at: {logs}\n"
                  f"bills: {sum(len(space.bills) for space in trial.spaces)}; processes looked at for keys: "
                  f"{watch['processes']} in {watch['looks']} looks\n")
        for difference in self.differences:
            out.write(difference + "\n")
        out.write(f"{len(self.differences)} differences\n")


def watch(root):
    """Every process's arguments and environment, again and again."""
    trial_canary = facts.read_json(os.path.join(root, "trial.json"))["canary"].encode()
    looks = seen = 0
    hits = set()
    print("ready", flush=True)
    while True:
        begin = time.monotonic()
        for process in processes.everything():
            seen += 1
            if trial_canary in process["raw"]:
                hits.add(f"process {process['pid']} has a key in its arguments or environment: {process['command'][:200]}")
        looks += 1
        # A small part of one core, however many processes there are.
        rest = max(1.0, 25 * (time.monotonic() - begin))
        if select.select([sys.stdin], [], [], rest)[0] and not sys.stdin.read(1):
            break
    facts.write_json(os.path.join(root, "watch.json"), {"looks": looks, "processes": seen, "hits": sorted(hits)})


def main(arguments):
    if arguments[:1] == ["--watch"]:
        watch(arguments[1])
        return 0
    if arguments[:1] == ["--after"]:
        facts.note_left(arguments[2], arguments[1])
        return 0
    checker = Checker(facts.Trial(arguments[0]))
    checker.check()
    checker.report(sys.stdout)
    return 1 if checker.differences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
