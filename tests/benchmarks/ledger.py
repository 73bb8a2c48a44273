# SPDX-License-Identifier: GPL-3.0-or-later
"""The ledger: pages and totals of the explorer from a thousand to ten million bills, settlements, the audit, the months'
report. Beside plain SQLite, a QSqlTableModel, and Debian's hledger and ledger on the same bills as a journal."""
import pathlib
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import time

from common import ms, row, samples


KEPT_FROM = 1_000_000  # smaller ones are made in a moment, and settlements are added to the smallest


def make(build, folder, bills):
    """A ledger of so many bills; with --keep one that was made before, read once so that it is in the page cache."""
    path = pathlib.Path(build.keep if build.keep and bills >= KEPT_FROM else folder, f"{bills}.db")
    if not path.exists():
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        subprocess.run([build.tool("bench-ledger"), "generate", part, "--bills", str(bills)], check=True)
        part.rename(path)
    with open(path, "rb", buffering=0) as file:
        while file.read(1 << 22):
            pass
    return path


def journal(path, target):
    """The bills of a ledger as a journal of hledger and ledger."""
    with sqlite3.connect(path) as database, open(target, "w", encoding="utf-8") as out:
        for day, item, amount in database.execute("SELECT substr(created_at, 1, 10), item, amount_micro FROM bills ORDER BY seq"):
            sign, micro = ("-", -amount) if amount < 0 else ("", amount)
            out.write(f"{day} {item}\n    lab:{item}  {sign}{micro // 10**6}.{micro % 10**6:06d} CNY\n    account\n\n")


def seconds(command):
    begun = time.monotonic()
    subprocess.run(list(map(str, command)), stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - begun


def in_turn(found):
    """Of several runs' figures the median of their medians."""
    return {name: figure | ({"median": statistics.median(each[name]["median"] for each in found)} if "median" in figure else {})
            for name, figure in found[0].items()}


def pages(build, few, many, rounds):
    # In turn: what is compared with one another must meet the same moods of the machine.
    turns = [[build.figures("bench-ledger", "pages", path, "--rounds", rounds) for path in (few, many)] for _ in range(5 if rounds > 3 else 1)]
    small, large = (in_turn([turn[at] for turn in turns]) for at in (0, 1))
    plain = build.figures("bench-ledger", "model", many, "--rounds", 3)
    bills = f"{large['bills']['value']:,.0f}"
    rows = []
    for what in ("first page", "any page"):
        ours, base = large[what]["median"], small[what]["median"]
        rows.append(row(f"The explorer's {what} of {bills} bills", ms(ours), f"of {small['bills']['value']:,.0f}, {ms(base)}",
                        f"{ours / base:.2f}", "≤ 1.5", ours <= 1.5 * base))
    table = plain["QSqlTableModel with count and sum"]["median"]
    first = large["first page"]["median"]
    rows.append(row("The first page with its totals", ms(first), f"a QSqlTableModel, {ms(table)}", f"1/{table / first:,.0f}", "", True))
    rows.append(row("Memory of all pages and totals here", f"{large['memory of all that']['value']:.1f} MiB", "", "", "≤ 64 MiB",
                    large["memory of all that"]["value"] <= 64))
    kept = large["kept totals"]["median"]
    rows.append(row("Totals of a month and an item, kept", ms(kept), "", "", "≤ 1 ms", kept <= 1))
    for what, words in (("time, item and model", ""), ("experiment", ""), ("amount", " (a three-hundredth of all bills)"),
                        ("amount, nearly all", ""), ("amount, half of all", ""), ("amount and item", " (a fifth of all bills)"),
                        ("amount, time and model", " (no end where a kept total ends)")):
        total = large[f"filter by {what}"]["median"]
        rows.append(row(f"Page and totals, filtered by {what}{words}", ms(total), "", "", "≤ 200 ms", total <= 200))
    total = large["totals by text"]["median"]
    rows.append(row("Totals of a fortieth of all bills, by a text in their runs' names", ms(total), "", "", "≤ 200 ms", total <= 200))
    rows.append(row("The same with a page", ms(large["filter by text"]["median"]), "", "", "", True))
    return rows


def settling(build, path, rounds):
    found = build.figures("bench-ledger", "settle", path, "--rounds", rounds)
    ours, peer = found["settlement"]["median"], found["the same rows by plain SQLite"]["median"]
    return [row("A settlement of three bills, full sync", ms(ours), f"plain SQLite, the same rows, {ms(peer)}",
                f"{peer / ours:.2f} of its speed", "≥ 0.75", peer >= 0.75 * ours)]


def auditing(build, path, rounds):
    found = build.figures("bench-ledger", "audit", path, "--rounds", rounds)
    ours, peer = found["audit"]["median"], found["one full scan"]["median"]
    return [row("Audit of all bills", f"{ours / 1e3:.1f} s", f"one scan of every column by plain SQLite, {peer / 1e3:.1f} s",
                f"{ours / peer:.2f}", "≤ 2", ours <= 2 * peer),
            row("Its memory", f"{found['memory']['value']:.0f} MiB", "", "", "", True)]


def months(build, path, rounds):
    ours = samples("months' report", [seconds([build.tool("bench-ledger"), "month", path]) for _ in range(rounds)])["median"]
    rows = []
    text = path.with_suffix(".journal")
    journal(path, text)
    for program, command, goal in (("ledger", ["ledger", "-f", text, "register", "--monthly", "^lab"], 1_000),
                                   ("hledger", ["hledger", "-f", text, "balance", "--monthly", "lab"], None)):
        if not shutil.which(program):
            continue
        peer = statistics.median(seconds(command) for _ in range(1 if rounds > 2 else rounds))
        rows.append(row("The months' report, a program of its own", ms(ours * 1e3), f"{program}, {peer:.1f} s", f"1/{peer / ours:,.0f}",
                        f"≤ 1/{goal:,}" if goal else "", not goal or peer >= goal * ours))
    return rows


def run(build, smoke):
    few, middle, many = (100, 200, 300) if smoke else (1_000, 1_000_000, 10_000_000)
    with tempfile.TemporaryDirectory(dir=build.work) as folder:
        small, large = make(build, folder, few), make(build, folder, many)
        rows = pages(build, small, large, 3 if smoke else 41)
        rows += auditing(build, large, 1 if smoke else 3)
        rows += settling(build, small, 3 if smoke else 101)
        # Reading the file into memory slows the first dozen programs after it by half.
        return rows + months(build, make(build, folder, middle), 2 if smoke else 41)
