# SPDX-License-Identifier: GPL-3.0-or-later
"""Asked of a Python that is to be the runner: prints one JSON line that says which AgentSociety it has, and whether it can be
imported. Ends with 0 whatever the answer."""
import importlib.metadata
import json
import sys

answer = {"python": "%d.%d.%d" % sys.version_info[:3], "agentsociety": "", "community": "", "metadata": "", "error": ""}
for key, name in (("agentsociety", "agentsociety"), ("community", "agentsociety-community")):
    try:
        found = importlib.metadata.distribution(name)
        answer[key] = found.version
        if key == "agentsociety":
            answer["metadata"] = str(found.locate_file(f"{name}-{found.version}.dist-info/METADATA"))
    except importlib.metadata.PackageNotFoundError:
        pass
if answer["agentsociety"] and answer["community"]:
    try:
        import agentsociety.cli.cli  # noqa: F401
        import agentsociety_community  # noqa: F401
    except BaseException as e:  # whatever keeps it from starting
        answer["error"] = f"{type(e).__name__}: {e}"
sys.stdout.write("\n" + json.dumps(answer) + "\n")
