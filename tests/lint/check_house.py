#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks what the link line cannot: include directions, what each layer may not touch, the size of files, sleeping tests.

usage: check_house.py ROOT    prints a line per fault and exits 1 where there is one
"""
import pathlib
import re
import sys

SERVICES = ["core", "store", "ledger", "config", "secrets", "agentsociety", "executor", "log", "experiment"]

# Which folders a folder's files may include from, itself aside (docs/architecture.md draws it).
MAY_SEE = {
    "services/core": [],
    "services/store": ["services/core"],
    "services/ledger": ["services/core", "services/store"],
    "services/config": ["services/core", "services/store"],
    "services/secrets": ["services/core", "services/store"],
    "services/agentsociety": ["services/core"],
    "services/executor": ["services/core"],
    "services/log": ["services/core", "services/agentsociety"],
    "services/experiment": ["services/" + name for name in SERVICES if name not in ("log", "experiment")],
    "models": ["services/" + name for name in SERVICES],
    "ui": ["models"] + ["services/" + name for name in SERVICES if name not in ("store", "executor")] + ["services/executor/runstatus.h"],
    "app/keeper": ["services/executor/procfs.h", "services/executor/removable.h"],  # the headers there without Qt
    "app/gateway": [],
    "app/cli": ["models"] + ["services/" + name for name in SERVICES],
    "app/workbench": ["ui", "models"] + ["services/" + name for name in SERVICES],
}

# Headers that only the named folders may include: (pattern, folders, why).
KEPT_APART = [
    (r"<QSql", ["services/store", "services/ledger", "services/config", "services/experiment", "services/agentsociety"],
     "SQL stays in services"),
    (r"<QProcess>", ["services/executor", "services/agentsociety", "services/config", "services/experiment"],
     "only services start programs"),
    (r"<QSettings>", ["ui/appsettings"], "one typed class reads settings"),
    (r"<Q(Widget|MainWindow|Dialog|Label|PushButton|Painter|Icon|Pixmap|Color)\b", ["ui", "app/workbench"],
     "services and models need no display"),
]
LONGEST_CPP = 600  # lines


def folder_of(path):
    parts = path.parts
    return "/".join(parts[:2]) if parts[0] in ("services", "app") else parts[0]


def check_file(path, text, faults):
    here = folder_of(path)
    allowed = MAY_SEE.get(here)
    for number, line in enumerate(text.splitlines(), 1):
        own = re.match(r'\s*#include "((?:services|models|ui|app)/[^"]+)"', line)
        if own and allowed is not None:
            target = own.group(1)
            if not any(target.startswith(a if a.endswith(".h") else a + "/") for a in [here] + allowed):
                faults.append(f"{path}:{number}: {here} may not include {target}")
        for pattern, folders, why in KEPT_APART:
            if re.match(r"\s*#include " + pattern, line) and not any(str(path).startswith(f) for f in folders):
                faults.append(f"{path}:{number}: {line.strip()}: {why}")
        if re.search(r"\bTODO\b|\bFIXME\b|\bXXX\b", line):
            faults.append(f"{path}:{number}: an unfinished mark")
    if path.suffix == ".cpp" and text.count("\n") > LONGEST_CPP:
        faults.append(f"{path}: {text.count(chr(10))} lines, more than {LONGEST_CPP}: which two things is it?")


def check_test(path, text, faults):
    for number, line in enumerate(text.splitlines(), 1):
        # A wait for a condition is QTRY_…; a bare wait is either too short or too long.
        if re.search(r"QTest::qWait\(|QThread::m?sleep\(|sleep_for\(|QSKIP\(", line):
            faults.append(f"{path}:{number}: a test that waits or skips: {line.strip()}")


def main(root):
    root, faults, seen = pathlib.Path(root), [], 0
    for folder in ("services", "models", "ui", "app"):
        for file in sorted((root / folder).rglob("*")):
            if file.suffix in (".h", ".cpp"):
                seen += 1
                check_file(file.relative_to(root), file.read_text(encoding="utf-8"), faults)
    for file in sorted((root / "tests").rglob("tst_*.cpp")):
        check_test(file.relative_to(root), file.read_text(encoding="utf-8"), faults)
    print("\n".join(faults))
    print(f"{seen} files, {len(faults)} faults")
    return 1 if faults or not seen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
