# SPDX-License-Identifier: GPL-3.0-or-later
"""Workers that are threads of the runner, each with an event loop of its own."""
import asyncio
import threading

from . import call_method


class ThreadWorker:
    def __init__(self, cls, args, kwargs):
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name=f"actor {cls.__name__}", daemon=True).start()

        async def build():  # in the actor's own thread, as Ray does it
            return cls(*args, **kwargs)
        self._actor = asyncio.run_coroutine_threadsafe(build(), self._loop).result()

    async def call(self, name, args, kwargs):
        answer = asyncio.run_coroutine_threadsafe(call_method(self._actor, name, args, kwargs), self._loop)
        return await asyncio.wrap_future(answer)
