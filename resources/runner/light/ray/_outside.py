# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the simulator's and the database's answers come in turn (see _turns), wherever the two libraries are there."""
import asyncio
import importlib.util
import queue

from ._turns import QUICK, hand_over, in_turn


def arrange():
    """Called once, before the first channel or connection is made."""
    if importlib.util.find_spec("grpc"):
        _arrange_grpc()
    if importlib.util.find_spec("aiosqlite"):
        _arrange_sqlite()


def _arrange_grpc():
    import grpc.aio

    class InTurn(grpc.aio.UnaryUnaryClientInterceptor):
        async def intercept_unary_unary(self, continuation, client_call_details, request):
            async def answer():
                return await (await continuation(client_call_details, request))
            return await in_turn(answer(), QUICK)

    make_channel = grpc.aio.insecure_channel

    def insecure_channel(target, options=None, compression=None, interceptors=None):
        return make_channel(target, options, compression, [InTurn(), *(interceptors or ())])

    grpc.aio.insecure_channel = insecure_channel


def _arrange_sqlite():
    import aiosqlite.core

    class InTurnQueue(queue.SimpleQueue):
        """What a connection asks its thread: (future of the answer or None, function)."""

        def put_nowait(self, item):
            future, function = item
            if future is not None:
                answer = future.get_loop().create_future()
                hand_over(answer, future, QUICK)
                item = answer, function
            super().put_nowait(item)

    aiosqlite.core.SimpleQueue = InTurnQueue
