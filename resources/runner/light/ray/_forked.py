# SPDX-License-Identifier: GPL-3.0-or-later
"""Workers that are forked processes: requests out and results back over one socket each, as length-prefixed pickles."""
import asyncio
import os
import pickle
import signal
import socket
import struct
import sys

from . import call_method

_parent_ends = []


class ForkedWorker:
    """The runner's side. The process ends when the runner does: its socket is closed then."""

    def __init__(self, cls, args, kwargs):
        ours, theirs = socket.socketpair()
        _parent_ends.append(ours)
        sys.stdout.flush()
        sys.stderr.flush()
        if os.fork() == 0:
            for end in _parent_ends:  # a worker that held another's end would keep it alive after the runner
                end.close()
            _serve(theirs, cls, args, kwargs)
        theirs.close()
        self._socket, self._calls, self._number, self._connecting = ours, {}, 0, None

    async def call(self, name, args, kwargs):
        if self._connecting is None:
            self._connecting = asyncio.ensure_future(self._connect())
        writer = await self._connecting
        self._number += 1
        answer = self._calls[self._number] = asyncio.get_running_loop().create_future()
        _write(writer, (self._number, name, args, kwargs))
        return await answer

    async def _connect(self):
        reader, writer = await asyncio.open_connection(sock=self._socket)
        self._receiver = asyncio.get_running_loop().create_task(self._receive(reader))
        return writer

    async def _receive(self, reader):
        try:
            while True:
                number, value, error = await _read(reader)
                answer = self._calls.pop(number)
                if not answer.done():
                    answer.set_exception(error) if error else answer.set_result(value)
        except (asyncio.IncompleteReadError, ConnectionError):
            for answer in self._calls.values():
                if not answer.done():
                    answer.set_exception(RuntimeError("an LLM worker died"))


def _write(writer, message):
    data = pickle.dumps(message, protocol=5)
    writer.write(struct.pack("!Q", len(data)) + data)


async def _read(reader):
    (size,) = struct.unpack("!Q", await reader.readexactly(8))
    return pickle.loads(await reader.readexactly(size))


def _serve(channel, cls, args, kwargs):
    """The worker's side: builds the actor and answers until the runner goes. Never returns."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the runner decides
    asyncio.set_event_loop_policy(None)
    asyncio._set_running_loop(None)
    try:
        asyncio.new_event_loop().run_until_complete(_answer_calls(channel, cls, args, kwargs))
    finally:
        os._exit(0)


async def _answer_calls(channel, cls, args, kwargs):
    reader, writer = await asyncio.open_connection(sock=channel)
    actor = cls(*args, **kwargs)
    tasks = set()
    try:
        while True:
            task = asyncio.ensure_future(_answer(actor, writer, *await _read(reader)))
            tasks.add(task)  # the loop itself holds tasks weakly
            task.add_done_callback(tasks.discard)
    except (asyncio.IncompleteReadError, ConnectionError):
        pass


async def _answer(actor, writer, number, name, args, kwargs):
    try:
        value, error = await call_method(actor, name, args, kwargs), None
    except BaseException as e:  # raised again in the runner
        value, error = None, _portable(e)
    try:
        _write(writer, (number, value, error))
    except Exception as e:  # the answer cannot be pickled
        _write(writer, (number, None, _in_words(e)))


def _portable(error):
    """The error itself if it survives the way to the runner (many with arguments of their own do not), else its words."""
    try:
        pickle.loads(pickle.dumps(error, protocol=5))
        return error
    except Exception:
        return _in_words(error)


def _in_words(error):
    return RuntimeError(f"{type(error).__module__}.{type(error).__qualname__}: {error}")
