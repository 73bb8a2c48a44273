# SPDX-License-Identifier: GPL-3.0-or-later
"""Python runs this when it starts. In the runner's own process it seeds the two generators that AgentSociety draws from
(SOCIETY_SEED) and, where the runner brings up a Ray of its own, leaves Ray's dashboard away: ten processes and half of the
memory that nobody looks at. Under light start nothing looks for garbage until the first actor is made: what AgentSociety's
two thousand modules make while they are imported stays, and looking through it again and again is a fifth of that time.
Children (the simulator, Ray's workers) are left alone.
"""
import gc
import os
import sys


def _prepare_runner():
    if os.environ.get("SOCIETY_LIGHT"):
        gc.disable()  # until light/ray makes an actor
    seed = os.environ.get("SOCIETY_SEED")
    if seed:
        import random

        import numpy

        random.seed(int(seed))
        numpy.random.seed(int(seed) % 2**32)
    if os.environ.get("SOCIETY_RAY") == "own":
        import functools

        import ray

        ray.init = functools.partial(ray.init, include_dashboard=False)


if "agentsociety.cli.cli" in sys.orig_argv:
    _prepare_runner()
