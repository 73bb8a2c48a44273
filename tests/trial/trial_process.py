# SPDX-License-Identifier: GPL-3.0-or-later
"""What /proc tells the trial's checker."""
import os


def read(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def ticks(pid):
    """When a process started, in ticks since boot; 0 where there is none, or only a zombie."""
    stat = read(f"/proc/{pid}/stat").rpartition(b")")[2].split()
    return int(stat[19]) if len(stat) > 19 and stat[0] not in (b"Z", b"X") else 0


def everything():
    """Each process but this one: pid, command, and everything that could hold a text ("raw")."""
    for name in os.listdir("/proc"):
        if not name.isdigit() or int(name) == os.getpid():
            continue
        arguments, environment = read(f"/proc/{name}/cmdline"), read(f"/proc/{name}/environ")
        if not arguments and not environment:
            continue  # a zombie, or the kernel's
        try:
            cwd = os.readlink(f"/proc/{name}/cwd")
        except OSError:
            cwd = ""
        yield {"pid": int(name), "raw": arguments + b"\0" + environment, "cwd": cwd,
               "command": arguments.replace(b"\0", b" ").decode(errors="replace").strip(),
               "name": read(f"/proc/{name}/comm").decode(errors="replace").strip()}


def of_run(directory, children):
    """Living processes that name a run's directory, work in it, or are among (pid, ticks) `children`."""
    if not directory:
        return []
    found = []
    known = {pid for pid, started in children if ticks(pid) == started}
    for process in everything():
        inside = process["cwd"] == directory or process["cwd"].startswith(directory + "/")
        if (process["pid"] in known or inside or os.fsencode(directory) in process["raw"]) and ticks(process["pid"]):
            found.append(process)
    return found
