# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads run configurations, one JSON document a line, and prints those that AgentSociety's own model refuses."""
import json
import sys

from agentsociety.configs import Config
from agentsociety_community.agents import citizens, supervisors
from agentsociety_community.blocks import citizens as blocks
from agentsociety_community.workflows import functions


def names(config):
    """Looks every name up as `agentsociety run` does; an unknown one is a KeyError."""
    for group in config.agents.citizens:
        if group.agent_class not in ("citizen", "SocietyAgent"):
            citizens.get_type_to_cls_dict()[group.agent_class]
        for block in group.blocks or {}:
            blocks.get_type_to_cls_dict()[block]
    if config.agents.supervisor is not None:
        supervisors.get_type_to_cls_dict()[config.agents.supervisor.agent_class]
    for step in config.exp.workflow:
        if step.func is not None:
            functions.get_type_to_cls_dict()[step.func]


count = 0
for line in sys.stdin:
    count += 1
    try:
        names(Config.model_validate(json.loads(line)))
    except Exception as error:
        print("refused:", line.strip()[:2000], type(error).__name__, " ".join(str(error).split())[:400])
print("read", count)
