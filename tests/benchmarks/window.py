# SPDX-License-Identifier: GPL-3.0-or-later
"""The window under a real X server (Xvfb, so nothing but our own programs is on it), seen from outside: painted, beside an
empty QMainWindow and the first window of glogg; its list filled from ten thousand experiments, gone to
from the Launch page, and at once where the window was closed on it."""
import contextlib
import datetime
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import uuid

from common import SOURCE, Failed, display, row, samples, value
from workspace import PRACTICE, Workspace

KEY_2 = 11  # X key code: Ctrl+2 goes to the list of experiments


def fill(space, count):
    """Copies of one experiment that has ended."""
    space.cli("run", *PRACTICE, "--name", "first", "--wait=60")
    space.cli("reconcile")
    with contextlib.closing(sqlite3.connect(space.root / "society.db")) as database, database:
        columns = [line[1] for line in database.execute("PRAGMA table_info(experiments)")]
        first = dict(zip(columns, database.execute("SELECT * FROM experiments").fetchone()))
        made = datetime.datetime(2026, 11, 1, tzinfo=datetime.timezone.utc)
        for number in range(1, count):
            at = made - datetime.timedelta(minutes=number)
            new = {**first, "id": str(uuid.UUID(int=number << 64 | 4 << 76 | 8 << 60 | number)),
                   "name": f"Experiment number {number}", "created_at": at.strftime("%Y-%m-%dT%H:%M:%S.000Z")}
            database.execute(f"INSERT INTO experiments VALUES ({', '.join('?' * len(columns))})", list(new.values()))


@contextlib.contextmanager
def starting_on(space, page):
    """The window opens on the page on which it was closed."""
    file = space.root / "window.ini"
    before = file.read_text(encoding="utf-8") if file.exists() else None
    file.write_text(f"[window]\npage={page}\n", encoding="utf-8")
    yield
    file.unlink()
    if before is not None:
        file.write_text(before, encoding="utf-8")


def run(build, smoke=False):
    rounds = 1 if smoke else 15
    glogg = shutil.which("glogg")
    if not glogg and not smoke:
        raise Failed("glogg is missing: apt-get install glogg")
    stub = str(SOURCE / "tests" / "helpers" / "stub-runner" / "bin" / "python3")
    with display() as name, Workspace(build, stub) as space, tempfile.TemporaryDirectory(dir=build.work) as home:
        fill(space, 20 if smoke else 10_000)
        environment = build.environment(DISPLAY=name, QT_QPA_PLATFORM="xcb", HOME=home, XDG_CONFIG_HOME=home + "/config",
                                        XDG_RUNTIME_DIR=home)
        environment.pop("DBUS_SESSION_BUS_ADDRESS", None)

        def measure(*argv, key=0, settle=300):
            command = [build.tool("first-paint"), "--key", str(key), "--settle", str(settle), "--", *argv]
            done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
            if done.returncode != 0:
                raise Failed(f"no window of {argv[0]}")
            return json.loads(done.stdout)

        window = [build.program("society-workbench"), "--workspace", str(space.root)]
        empty, painted, filled, direct, other = [], [], [], [], []
        for number in range(rounds if smoke else rounds + 1):
            empty.append(measure(build.tool("empty-window"))["painted"])
            shown = measure(*window, key=KEY_2, settle=1200)
            painted.append(shown["painted"])
            filled.append(shown["settled"])
            with starting_on(space, "goExperiments"):
                direct.append(measure(*window, settle=1200)["settled"])
            if glogg:
                other.append(measure(glogg)["painted"])
            if number == 0 and not smoke:  # the first round warms up
                for values in (empty, painted, filled, direct, other):
                    values.clear()
    base = samples("empty QMainWindow painted", empty, "ms")["median"]
    ours = samples("window painted", painted, "ms")["median"]
    listed = samples("list of 10,000 experiments painted", filled, "ms")["median"]
    begun = samples("list of 10,000 experiments painted, where the window was left on it", direct, "ms")["median"]
    first = samples("glogg painted", other, "ms")["median"] if other else ours
    ratios = [value("window / empty QMainWindow", ours / base)["value"], value("list / empty QMainWindow", listed / base)["value"],
              value("list at once / empty QMainWindow", begun / base)["value"], value("window / glogg", ours / first)["value"]]
    return [
        row("Window painted", f"{ours:.0f} ms", f"empty QMainWindow, {base:.0f} ms", f"{ratios[0]:.2f}", "≤ 1.7", ratios[0] <= 1.7),
        row("Its list filled from 10,000 experiments", f"{listed:.0f} ms", f"empty QMainWindow, {base:.0f} ms",
            f"{ratios[1]:.2f}", "≤ 2.5", ratios[1] <= 2.5),
        row("The same, where the window was left on the list", f"{begun:.0f} ms", f"empty QMainWindow, {base:.0f} ms",
            f"{ratios[2]:.2f}", "≤ 2.5", ratios[2] <= 2.5),
        row("Window painted", f"{ours:.0f} ms", f"glogg's first window, {first:.0f} ms", f"{ratios[3]:.2f}", "≤ 0.6", ratios[3] <= 0.6),
    ]
