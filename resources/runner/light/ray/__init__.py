# SPDX-License-Identifier: GPL-3.0-or-later
"""A small stand-in for Ray on one machine.

AgentSociety 1.5 uses Ray for one class, the LLM client (`agentsociety/llm/llm.py`), which does nothing but wait for HTTP
answers. With this package before the real one on PYTHONPATH a run needs no Ray processes: two processes instead of 21,
first step after 3 s instead of 12. It knows `@ray.remote` on a class, `Class.remote(...)` and
`await handle.method.remote(...)`; everything else fails loudly.

The model's, the simulator's and the database's answers are handed back in an order that does not depend on when they came
(`_turns`, `_outside`). So a run does not depend on races between them: with the seeds of `sitecustomize` and equal answers, it
is the same run again.

Each actor is played by a thread or by a forked process (`SOCIETY_LIGHT`: `threads`, `forked`). Threads are small and fast;
from about a hundred agents on they are held up by Python's lock, which forked workers do not share. Both give equal rows.
"""
import gc
import inspect
import os

from ._outside import arrange
from ._turns import MODEL, in_turn

__version__ = "0+light"


class ObjectRef:
    """Only a name for annotations: a call's result is an asyncio future here."""


class ActorClass:
    """What `@ray.remote` makes of a class."""

    def __init__(self, cls):
        self._cls = cls

    def remote(self, *args, **kwargs):
        if not gc.isenabled():  # sitecustomize has switched it off: everything is imported now, and stays
            gc.freeze()
            gc.enable()
        return ActorHandle(_worker_class()(self._cls, args, kwargs))


class ActorHandle:
    """One actor, seen from the caller: its methods have a `remote`."""

    def __init__(self, worker):
        self._worker = worker

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return _Method(self._worker, name)


class _Method:
    def __init__(self, worker, name):
        self._worker, self._name = worker, name

    def remote(self, *args, **kwargs):
        return in_turn(self._worker.call(self._name, args, kwargs), MODEL)


def remote(cls):
    """The decorator `@ray.remote`, for classes."""
    if not inspect.isclass(cls):
        raise NotImplementedError("this stand-in for Ray knows actors only")
    return ActorClass(cls)


def _worker_class():
    """The kind of worker; the forked kind is imported only where it is used."""
    kind = os.environ.get("SOCIETY_LIGHT", "threads")
    if kind == "threads":
        from ._threads import ThreadWorker
        return ThreadWorker
    if kind == "forked":
        from ._forked import ForkedWorker
        return ForkedWorker
    raise ValueError(f"SOCIETY_LIGHT is {kind!r}; it can be 'threads' or 'forked'")


async def call_method(actor, name, args, kwargs):
    """Calls a method of the actor, plain or asynchronous; for the workers."""
    result = getattr(actor, name)(*args, **kwargs)
    return await result if inspect.isawaitable(result) else result


arrange()
