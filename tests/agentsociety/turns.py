# SPDX-License-Identifier: GPL-3.0-or-later
"""Tries the order of answers (light/ray/_turns.py). Argument: what to try. Prints what it saw; the test compares."""
import asyncio
import random
import sys

from ray import _turns

CHAOS = random.Random()  # the outside world: never seeded


async def outside(value, most):
    await asyncio.sleep(CHAOS.random() * most)
    return value


async def agent(number, seen, lock):
    """Asks quick and slow things in its own pattern, shares a lock and a generator with the others."""
    for step in range(6):
        if random.random() < 0.5:
            seen.append((number, step, await _turns.in_turn(outside("quick", 0.004), _turns.QUICK)))
        else:
            seen.append((number, step, await _turns.in_turn(outside("model", 0.02), _turns.MODEL)))
        async with lock:
            for _ in range(random.randrange(4)):
                await asyncio.sleep(0)
            seen.append((number, await _turns.in_turn(outside("row", 0.002), _turns.QUICK)))


async def society():
    seen, lock = [], asyncio.Lock()
    await asyncio.gather(*(agent(number, seen, lock) for number in range(8)))
    return seen


def same_whatever_takes_how_long():
    runs = []
    for seed in (1, 1, 1, 2):
        random.seed(seed)
        runs.append(asyncio.run(society()))
    print("same", runs[0] == runs[1] == runs[2], "another", runs[0] != runs[3])


async def quick_before_slow():
    order = []

    async def ask(name, seconds, cost):
        order.append(await _turns.in_turn(asyncio.sleep(seconds, name), cost))
    await asyncio.gather(ask("model", 0, _turns.MODEL), ask("first", 0.1, _turns.QUICK), ask("second", 0, _turns.QUICK))
    print(*order)


async def errors_and_cancelled():
    async def fails():
        raise ValueError("told")
    work = asyncio.ensure_future(asyncio.sleep(3600))
    given_up = _turns.in_turn(work, _turns.QUICK)
    failing = _turns.in_turn(fails(), _turns.QUICK)
    given_up.cancel()
    try:
        await asyncio.wait_for(failing, 5)
    except ValueError as e:
        print("error", e, "cancelled", work.cancelled())


async def waits_for_a_later_one():
    """A quick answer that comes only once a later one was handed over: the others must not wait for ever."""
    _turns.PATIENCE = 0.2
    key = asyncio.Event()
    locked = _turns.in_turn(key.wait(), _turns.QUICK)
    await asyncio.wait_for(_turns.in_turn(asyncio.sleep(0), _turns.QUICK), 5)
    key.set()
    print("went on", await asyncio.wait_for(locked, 5))


async def beside_one_that_never_sleeps():
    _turns.BUSY_ROUNDS = 1000

    async def spins():
        while True:
            await asyncio.sleep(0)
    spinner = asyncio.ensure_future(spins())
    print("answered", await asyncio.wait_for(_turns.in_turn(asyncio.sleep(0, "yes"), _turns.QUICK), 5))
    spinner.cancel()


async def libraries(folder):
    """The same with the real gRPC and aiosqlite, arranged by the stand-in for Ray."""
    import aiosqlite
    import grpc.aio
    from google.protobuf.wrappers_pb2 import Int64Value

    async def double(request, context):
        await asyncio.sleep(CHAOS.random() * 0.01)
        return Int64Value(value=2 * request.value)
    server = grpc.aio.server()
    server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler("city", {"double": grpc.unary_unary_rpc_method_handler(
        double, Int64Value.FromString, Int64Value.SerializeToString)})])
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    seen = []
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel, aiosqlite.connect(folder + "/rows.db") as database:
        ask = channel.unary_unary("/city/double", Int64Value.SerializeToString, Int64Value.FromString)
        await database.execute("create table if not exists seen(number, step, draw)")
        await database.execute("delete from seen")

        async def citizen(number):
            for step in range(5):
                answer = (await ask(Int64Value(value=number))).value
                assert answer == 2 * number
                if random.random() < 0.5:
                    await ask(Int64Value(value=number))
                await database.execute("insert into seen values (?, ?, ?)", (number, step, random.random()))
                await database.commit()
        await asyncio.gather(*(citizen(number) for number in range(6)))
        async with database.execute("select * from seen order by rowid") as rows:
            seen = list(await rows.fetchall())
    await server.stop(0)
    return seen


def real_libraries(folder):
    runs = []
    for seed in (1, 1, 1, 2):
        random.seed(seed)
        runs.append(asyncio.run(libraries(folder)))
    print("rows", len(runs[0]), "same", runs[0] == runs[1] == runs[2], "another", runs[0] != runs[3])


what, *rest = sys.argv[1:]
result = globals()[what](*rest)
if asyncio.iscoroutine(result):
    asyncio.run(result)
