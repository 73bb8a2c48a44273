# SPDX-License-Identifier: GPL-3.0-or-later
"""The log engine beside the tools that people use: opening, searching, following, jumping. Whole processes on both sides,
in turn; the file is in the page cache. Needs ripgrep, glogg, lnav, xvfb and xdotool from Debian, and 1 GB on the
disk."""
import contextlib
import json
import os
import pathlib
import resource
import shutil
import subprocess
import tempfile
import time

from common import Failed, child, display, ms, row, samples

DENSE = "Finished"
FEW = ("A text, few hits", "CancelledError", [], ["-c"], 0.8)
MANY = ("A text, every second line", DENSE, [], ["-c"], 0.33)
RARE = r"\b[0-9]{4}7\b.*[a-z]+ing"  # has no fixed text that a search could look for first
GREP = [] if shutil.which("rg") else ["-P"]  # in the smallest form, which measures nothing, grep will do
GLOGG_TOOLS = ("glogg", "Xvfb", "xdotool")  # it can only be told in its window what to search for
RARE_WITH_TEXT = "Retry [89] of 10"


@contextlib.contextmanager
def log_file(build, size):
    """A log like the runner's of some bytes."""
    with tempfile.TemporaryDirectory(dir=build.work) as folder:
        path = pathlib.Path(folder, "log.txt")
        subprocess.run([build.tool("bench-log"), "generate", path, "--bytes", str(size)], check=True)
        if size >= 1_000_000_000:
            os.sync()  # or it is written while something is measured
            time.sleep(60)  # see in_turn(): so does making it
        yield path


def read_once(path):
    subprocess.run(["cat", path], stdout=subprocess.DEVNULL, check=True)


def measured(command, **options):
    """Seconds of a command from its start to its end, and what it wrote."""
    begun = time.monotonic()
    done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False, text=True,
                          **options)
    seconds = time.monotonic() - begun
    if done.returncode not in (0, 1):
        raise Failed(f"{command[0]} ended with {done.returncode}")
    return seconds, done.stdout


def blocks_read():
    """Blocks of 512 bytes that ended children had to have read from the disk."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_inblock


def from_memory(path, command):
    """measured(), of a run for which nothing had to be read from the disk: a system may give back the memory of files."""
    for _ in range(3):  # a program itself may have to be read
        before = blocks_read()
        found = measured(command)
        if blocks_read() == before:
            return found
    raise Failed(f"{path} does not stay in memory: something else needs it, run this again")


def in_turn(path, ours, peer, rounds):
    """The times of two commands run in turn, and their last outputs. The file is in memory, and is not read right before each:
    for some time after a gigabyte was read all programs here are slower by a third."""
    times, outputs = ([], []), [None, None]
    for _ in range(rounds):
        for at, command in enumerate((ours, peer)):
            seconds, outputs[at] = from_memory(path, command)
            times[at].append(seconds)
    return *times, *outputs


def values(output):
    return {line["name"]: line["value"] for line in map(json.loads, output.splitlines()) if "value" in line}


def clock_ticks(stat):
    """What a process has used of the processor; 0 once it has ended."""
    try:
        return sum(map(int, stat.read_text(encoding="ascii").rsplit(")", 1)[1].split()[11:13]))
    except (FileNotFoundError, ProcessLookupError):
        return 0


def until_idle(stat, begun):
    """Seconds from `begun` until a process has used nothing of the processor for half a second."""
    idle_since, used = time.monotonic(), clock_ticks(stat)
    while time.monotonic() - idle_since < 0.5:
        time.sleep(0.02)
        now = clock_ticks(stat)
        if now > used:
            used, idle_since = now, time.monotonic()
    return idle_since - begun


def glogg_seconds(path, pattern):
    """Of glogg: from its start until it has indexed the file, and from the Return key until it has found a pattern in it."""
    with display() as name, tempfile.TemporaryDirectory(dir=path.parent) as home:  # a new one: it remembers what it did
        environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "DISPLAY": name, "HOME": home, "XDG_CONFIG_HOME": home,
                       "XDG_RUNTIME_DIR": home}
        environment.pop("DBUS_SESSION_BUS_ADDRESS", None)

        def keys(*actions):
            return subprocess.run(["xdotool", *actions], env=environment, stdout=subprocess.PIPE, check=True, text=True,
                                  timeout=60).stdout

        begun = time.monotonic()
        with child(["glogg", str(path)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            stat = pathlib.Path(f"/proc/{process.pid}/stat")
            indexed = until_idle(stat, begun)
            window = keys("search", "--onlyvisible", "--name", path.name).split()[-1]
            keys("windowfocus", "--sync", window)
            height = int(keys("getwindowgeometry", "--shell", window).split("HEIGHT=")[1].split()[0])
            # Its line for texts is there in the size that it opens in; the key for it opens a menu instead.
            keys("mousemove", "--window", window, "400", str(height * 786 // 1000), "click", "1", "type", pattern)
            until_idle(stat, begun)
            used, begun = clock_ticks(stat), time.monotonic()
            keys("key", "Return")
            found = until_idle(stat, begun)
            if clock_ticks(stat) - used < 20:
                raise Failed("glogg did not search: its window looks otherwise than expected")
            return indexed, found


def beside_glogg(build, path):
    """Rows of three rounds, in each of which ours run three times before glogg does."""
    tool = build.tool("bench-log")
    works = (("Open it until indexed", [tool, "index", path], 30), (MANY[0], [tool, "search", path, DENSE], 50))
    ours, theirs = ([], []), ([], [])
    for _ in range(3):
        for times, (_, command, _) in zip(ours, works):
            times += [from_memory(path, command)[0] for _ in range(3)]
        for times, seconds in zip(theirs, glogg_seconds(path, DENSE)):
            times.append(seconds)
    rows = []
    for own, other, (what, _, least) in zip(ours, theirs, works):
        own = samples(what, own)["median"]
        other = samples("glogg", other)["median"]
        rows.append(row(f"{what}, beside glogg", ms(own * 1e3), f"glogg, {other:.1f} s", f"1/{other / own:.0f}", f"≤ 1/{least}",
                        other >= least * own))
    return rows


def opening(build, path, rounds, size):
    command = [build.tool("bench-log"), "index", path, "--json"]
    ours, peer, _, _ = in_turn(path, command, ["wc", "-l", path], rounds)
    found = values(measured([*command, "--memory"])[1])
    ours, peer = samples("indexed", ours)["median"], samples("wc -l", peer)["median"]
    lines = found["lines"]
    return [
        row(f"Open {size} until indexed, {lines / 1e6:.1f} M lines", ms(ours * 1e3), f"`wc -l`, {ms(peer * 1e3)}",
            f"{ours / peer:.2f}", "≤ 0.5", ours / peer <= 0.5),
        row("Its index", f"{found['index'] / lines:.3f} bytes a line", "", "", "≤ 0.06", found["index"] <= 0.06 * lines),
        row("Private memory, over a Qt program that does nothing", f"{found['private memory'] - found['at start']:.1f} MiB",
            "", "", "≤ 4 MiB", found["private memory"] - found["at start"] <= 4),
    ]


def search_row(build, path, rounds, what, pattern, options, peer_options, goal):
    """A row beside ripgrep, and what our program said."""
    ours, peer, output, count = in_turn(path, [build.tool("bench-log"), "search", path, pattern, *options, "--json"],
                                        [shutil.which("rg") or "grep", *peer_options, *GREP, pattern, path], rounds)
    found = values(output)
    if int(found["hits"]) != int(count or 0):
        raise Failed(f"{pattern}: {int(found['hits'])} hits, ripgrep has {count}")
    ours, peer = samples(what, ours)["median"], samples("ripgrep", peer)["median"]
    return row(f"{what} (`{pattern}`)", ms(ours * 1e3), f"`rg {peer_options[0]}`, {ms(peer * 1e3)}", f"{ours / peer:.2f}",
               f"≤ {goal}", ours / peer <= goal), found


def searching(build, path, rounds):
    rows = []
    for search in (FEW, ("The same, ignoring case", "cancellederror", ["--ignore-case"], ["-ic"], 0.7),
                   ("An expression, few hits", RARE, ["--regex"], ["-c"], 0.35),
                   ("An expression with a fixed text", RARE_WITH_TEXT, ["--regex"], ["-c"], 0.35), MANY):
        line, found = search_row(build, path, rounds, *search)
        rows.append(line)
    each = found["memory of hits"] / found["hits"]
    rows.append(row(f"Memory of {found['hits'] / 1e6:.1f} M hits", f"{each:.2f} bytes a hit", "", "", "≤ 1", each <= 1))
    return rows


def read_back(build, path, rounds):
    """The same file after it was read from the disk: many systems keep it in larger pieces then, which cost less to map."""
    with open(path, "rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    before = blocks_read()
    read_once(path)
    if (blocks_read() - before) * 512 < path.stat().st_size / 2:
        return []  # a file system that is in memory, or one that keeps all of it there
    time.sleep(2)  # see in_turn()
    rows = [search_row(build, path, rounds, *search)[0] for search in (FEW, MANY)]
    return [{**line, "what": f"{line['what']}, read back from the disk"} for line in rows]


def cancelling(build, folder, smoke):
    """The worst that is known: lines of which each place takes nearly as many steps as it may or as are tried at first, by
    steps short and long, and such places behind many cheap ones."""
    rows = []
    short, long = "x*x*x*[yz]", r"x*x*x*(?:[^y\n]*+y|z)"
    for what, pattern, line in (("steep lines of 0.5 KB", short, ("x" * 170 + " ") * 3),
                                ("the same, each step as long as the line", long, ("x" * 170 + " ") * 3),
                                ("that on lines of 3.4 KB", long, ("x" * 170 + " ") * 20),
                                ("short steps, a million a place", short, "x" * 1400),
                                ("the same behind 200 KB of others", short, "-" * 200_000 + "x" * 1400)):
        path = pathlib.Path(folder, "steep.txt")
        path.write_text((line + "\n") * (12_500_000 // len(line)), encoding="ascii")
        found = values(measured([build.tool("bench-log"), "cancel", path, pattern, "--rounds", "5" if smoke else "100", "--json"])[1])
        path.unlink()
        end = found["cancelled, p99"]
        rows.append(row(f"A search cancelled at work, {what}, p99", ms(end), "", "", "≤ 50 ms", end <= 50))
    return rows


def following(build, folder, smoke):
    """A file that grows by a million lines a second, written by another process."""
    rate, seconds = (20_000, 1) if smoke else (1_000_000, 10)
    path = pathlib.Path(folder, "live.txt")
    path.write_bytes(b"")
    output = measured([build.tool("bench-log"), "tail", path, "--lines", str(rate * seconds), "--rate", str(rate), "--json"])[1]
    found = values(output)
    peers = []
    for command in (["tail", "-F", str(path)], ["lnav", "-N", "-n", str(path)]):
        if not shutil.which(command[0]):
            continue
        path.write_bytes(b"")
        with child(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL) as process:
            subprocess.run([build.tool("bench-log"), "write", path, "--lines", str(rate * seconds), "--rate", str(rate)], check=True)
            used = clock_ticks(pathlib.Path(f"/proc/{process.pid}/stat")) / os.sysconf("SC_CLK_TCK")
            if used > 0:
                peers.append(f"{command[0]} {100 * used / seconds:.1f} %")
    path.unlink()
    late, share = found["from written to shown, p99"], found["processor"]
    return [
        row(f"Live, {rate / 1e6:g} M lines/s: from written to told, p99", ms(late), "", "", "≤ 17 ms", late <= 17),
        row("The same, processor", f"{share:.1f} %", ", ".join(peers), "", "≤ 5 %", share <= 5),
        row("The same, lines lost", f"{found['lost']:.0f}", "", "", "0", found["lost"] == 0),
    ]


def many(build, folder, smoke):
    """The logs of many runs at once, each of which writes a hundred lines a second."""
    logs, seconds = (20, 1) if smoke else (200, 15)
    place = pathlib.Path(folder, "many")
    place.mkdir()
    found = values(measured([build.tool("bench-log"), "many", place, "--logs", str(logs), "--rate", "100", "--lines",
                             str(100 * seconds), "--json"])[1])
    shutil.rmtree(place)
    return [
        row(f"{logs} live logs, {found['rate']:.0f} lines/s each: processor, of one core", f"{found['processor']:.1f} %", "", "",
            "≤ 20 %", found["processor"] <= 20),
        row("The same, lines lost", f"{found['lost']:.0f}", "", "", "0", found["lost"] == 0),
    ]


def pane(build, path, smoke):
    """The pane itself, drawn in memory: while a log is written at a million lines a second, and gone through page by page."""
    if not (build.folder / "tests" / "bench-log-pane").exists():
        return []  # built without a window
    rate, seconds = (20_000, 1) if smoke else (1_000_000, 10)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    live = pathlib.Path(path.parent, "pane.txt")
    live.write_bytes(b"")
    grown = values(measured([build.tool("bench-log-pane"), "live", live, "--lines", str(rate * seconds), "--rate", str(rate),
                             "--json"], env=environment)[1])
    live.unlink()
    pages = values(measured([build.tool("bench-log-pane"), "scroll", path, "--pages", "20" if smoke else "1000", "--json"],
                            env=environment)[1])
    gap, page = grown["gap between events, p99"], pages["a page, painted, p99"]
    lost = grown["lost"] if grown["last line is shown"] else 1e9
    return [
        row(f"Pane that follows {rate / 1e6:g} M lines/s: gap between events, p99", ms(gap), "", "", "≤ 16 ms", gap <= 16),
        row("The same, longest", ms(grown["gap between events, longest"]), "", "", "", True),
        row("The same, lines lost", f"{lost:.0f}", "", "", "0", lost == 0),
        row("Pane, page after page from the key to the painting, p99", ms(page), "", "", "≤ 16.7 ms (60 a second)", page <= 16.7),
    ]


def far(build, folder, smoke):
    """Ten gigabytes, nearly all of them a hole that is read as one line of NULs, between lines."""
    path = pathlib.Path(folder, "sparse.txt")
    size = 200 if smoke else 10_000
    found = values(measured([build.tool("bench-log"), "jump", path, "--megabytes", str(size), "--json"])[1])
    path.unlink(missing_ok=True)
    grown = found["private memory"] - found["private memory at 10 MB"]
    jump, early = found["jump, p99"], found["jump while it is indexed, p99"]
    alone = max(found["indexed alone"], 0.1)
    return [row(f"Jump to any line of {size / 1000:g} GB, p99", ms(jump), "", "", "≤ 5 ms", jump <= 5),
            row("The same while it is indexed, without a pause", ms(early), "", "", "≤ 16.7 ms (one frame)", early <= 16.7),
            row("Its index meanwhile", ms(found["indexed while jumping"]), f"alone, {ms(alone)}",
                f"{found['indexed while jumping'] / alone:.2f}", "≤ 1.5", found["indexed while jumping"] <= 1.5 * alone),
            row("Memory, that and 10 MB apart", f"{grown:.1f} MiB", "", "", "≤ 1 MiB", grown <= 1)]


def run(build, smoke=False):
    for tool in ("rg", *GLOGG_TOOLS):
        if not smoke and not shutil.which(tool):
            raise Failed(f"{tool} is missing: apt-get install ripgrep glogg lnav xvfb xdotool")
    rounds = 1 if smoke else 11
    with log_file(build, 10_000_000 if smoke else 1_000_000_000) as path:
        rows = opening(build, path, rounds, "10 MB" if smoke else "1 GB") + searching(build, path, rounds)
        rows += [] if smoke else beside_glogg(build, path)
        rows += read_back(build, path, rounds) + cancelling(build, path.parent, smoke)
        return rows + following(build, path.parent, smoke) + many(build, path.parent, smoke) + pane(build, path, smoke) + far(build, path.parent, smoke)
