# SPDX-License-Identifier: GPL-3.0-or-later
"""Tries the stand-in for Ray: run with it on PYTHONPATH and SOCIETY_LIGHT set. Prints what it saw; the test compares."""
import asyncio
import os

import ray
import ray.actor


class Odd(Exception):
    """Cannot be pickled back: it has an argument that its message does not tell."""

    def __init__(self, message, *, response):
        super().__init__(message)
        self.response = response


@ray.remote
class Actor:
    def __init__(self, name):
        self.name = name

    async def after(self, seconds, value):
        await asyncio.sleep(seconds)
        return value

    def plain(self):
        return self.name

    def process(self):
        return os.getpid()

    def fails(self):
        raise ValueError("told")

    def fails_oddly(self):
        raise Odd("told oddly", response=1)


async def told(call):
    try:
        return await call
    except Exception as e:
        return f"{type(e).__name__}: {e}"


async def main():
    actors = [Actor.remote("first"), Actor.remote("second")]
    order = []

    async def ask(number):
        order.append(await actors[number % 2].after.remote(0.25 - 0.05 * number, number))
    await asyncio.gather(*(ask(number) for number in range(6)))
    print("order", order)

    quick = asyncio.ensure_future(actors[0].after.remote(0.2, "slow"))
    failing = actors[1].fails.remote()  # its error must wait for its turn as well
    print("error", await told(failing), quick.done())
    print("plain", await actors[1].plain.remote())
    print("oddly", await told(actors[0].fails_oddly.remote()))
    print("still", await actors[0].plain.remote())
    print("own process", await actors[0].process.remote() != os.getpid())
    print("handle", isinstance(actors[0], ray.actor.ActorHandle))
    many = await asyncio.gather(*(actors[n % 2].after.remote(0.001 * (n % 7), n) for n in range(500)))
    print("many", many == list(range(500)))
    try:
        ray.remote(main)
    except NotImplementedError:
        print("only classes")


asyncio.run(main())
