# SPDX-License-Identifier: GPL-3.0-or-later
"""The names that AgentSociety imports from `ray.actor`."""
from . import ActorClass, ActorHandle  # noqa: F401
