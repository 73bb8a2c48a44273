# SPDX-License-Identifier: GPL-3.0-or-later
"""What the benchmarks share: the build they measure, child programs, statistics, figures."""
import contextlib
import json
import os
import pathlib
import shutil
import signal
import statistics
import subprocess
import time

SOURCE = pathlib.Path(__file__).resolve().parents[2]


class Failed(Exception):
    """A benchmark that cannot be made, with the words for whoever runs it."""


class Build:
    """A build folder of this checkout, and a folder in it for what benchmarks write. `keep`: a folder for what takes long to
    make and is used again, or None."""

    def __init__(self, folder, keep=None):
        self.folder = pathlib.Path(folder).resolve()
        self.keep = keep and pathlib.Path(keep).resolve()
        if self.keep:
            self.keep.mkdir(parents=True, exist_ok=True)
        self.work = self.folder / "benchmarks"
        self.work.mkdir(exist_ok=True)

    def program(self, name):
        path = self.folder / "bin" / name
        if not path.exists():
            raise Failed(f"{path} is missing: cmake --build {self.folder}")
        return str(path)

    def tool(self, name):
        path = self.folder / "tests" / name
        if not path.exists():
            raise Failed(f"{path} is missing: cmake --build {self.folder}")
        return str(path)

    def environment(self, **more):
        return {**os.environ, "SOCIETY_BIN": str(self.folder / "bin"), "SOCIETY_SOURCE": str(SOURCE),
                "SOCIETY_KEYCHAIN": "off", "LC_ALL": "C.UTF-8", **more}

    def figures(self, tool, *arguments):
        """Runs a benchmark program and gives {name: figure}; it prints one JSON object a line."""
        out = subprocess.run([self.tool(tool), "--json", *map(str, arguments)], cwd=self.work, env=self.environment(),
                             stdout=subprocess.PIPE, check=True, text=True).stdout
        found = {line["name"]: line for line in map(json.loads, out.splitlines())}
        for line in found.values():
            show(line)
        return found


def show(figure):
    if "median" in figure:
        print("  %-52s min %9.3f   median %9.3f   p99 %9.3f %s   (%d)" % tuple(
            figure[key] for key in ("name", "min", "median", "p99", "unit", "count")), flush=True)
    else:
        print("  %-52s %13.3f %s" % (figure["name"], figure["value"], figure["unit"]), flush=True)


def samples(name, values, unit="s"):
    """A figure of measured values, shown."""
    ordered = sorted(values)
    figure = {"name": name, "min": ordered[0], "median": statistics.median(ordered),
              "p99": ordered[round(0.99 * (len(ordered) - 1))], "unit": unit, "count": len(ordered)}
    show(figure)
    return figure


def value(name, number, unit="x"):
    figure = {"name": name, "value": number, "unit": unit}
    show(figure)
    return figure


def wait_for(condition, seconds, what):
    """Waits until a condition holds and gives its value."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.01)
    raise Failed(f"{what}: not within {seconds} s")


@contextlib.contextmanager
def child(argv, **options):
    """A child that does not outlive the block, nor what it started in its session."""
    process = subprocess.Popen(argv, start_new_session=True, **options)
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextlib.contextmanager
def display():
    """An X server on which nothing but our own programs is; its name."""
    if not shutil.which("Xvfb"):
        raise Failed("Xvfb is missing: apt-get install xvfb")
    read, write = os.pipe()
    # Without -noreset it starts anew whenever the last client goes, and the next program waits for that.
    with child(["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-noreset", "-nolisten", "tcp"],
               pass_fds=(write,), stderr=subprocess.DEVNULL):
        os.close(write)
        with os.fdopen(read) as number:
            yield ":" + number.readline().strip()


def rollup(pid):
    """Memory of a process in MB (2^20): (proportional, private); what has ended has none. The gateway shows its pages to
    root alone: for other users it is what is resident, and of that what no file backs."""
    try:
        text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return 0, 0
    except PermissionError:
        resident, shared = map(int, pathlib.Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1:3])
        page = os.sysconf("SC_PAGE_SIZE") / 2**20
        return resident * page, (resident - shared) * page
    kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in text.splitlines()[1:]}
    return kilobytes["Pss"] / 1024, (kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]) / 1024


def children(pid):
    """All processes below one."""
    found = []
    try:
        for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
            for one in (task / "children").read_text(encoding="ascii").split():
                found += [int(one), *children(int(one))]
    except (FileNotFoundError, ProcessLookupError):
        pass
    return found


def row(what, figure, peer, ratio, goal, is_met):
    """A row of the table in docs/performance.md; `is_met` None: without a goal."""
    return {"what": what, "figure": figure, "peer": peer, "ratio": ratio, "goal": goal, "met": is_met if is_met is None else bool(is_met)}


def ms(number):
    return f"{number:.1f} ms" if number >= 10 else f"{number:.2f} ms"
