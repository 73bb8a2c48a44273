# SPDX-License-Identifier: GPL-3.0-or-later
"""The order in which answers from outside come back into the runner's event loop.

Three kinds of answers come from outside the loop: the language model's, the simulator's (gRPC) and the run's database's.
When they really come depends on the machine's mood; agents that draw from one generator, write to one table and wake one
another would follow it. So each question gets a place on a clock of its own, which knows only what was asked when and how
long such a thing takes by convention, and its answer is handed back when every earlier place was, and when nothing else in the
loop can run. Then the same answers give the same run, whatever takes how long in truth.

On that clock a question to the model takes as long as a thousand others, so that what is quick seldom waits for what is slow.
Where a quick answer does not come for seconds while others stand behind it, they go first: the run goes on, is no longer the
one that its record gives, and the log says so.
"""
import asyncio
import heapq
import sys
import weakref

QUICK, MODEL = 1, 1000  # what an answer takes on the clock, in its own unit
# Seconds that a quick answer may hold up others: two that wait for one another must not stop the run. Below the five for which
# SQLite waits for a lock, or a reader whose answer stands behind a commit would make that commit fail.
PATIENCE = 3.0
BUSY_ROUNDS = 100_000  # of the loop: a task that never sleeps must not stop the run either; it is waited for once

_queues = weakref.WeakKeyDictionary()


def in_turn(call, cost):
    """A future for what the awaitable `call` comes to, handed back in its turn."""
    loop = asyncio.get_running_loop()
    source, answer = asyncio.ensure_future(call), loop.create_future()
    hand_over(source, answer, cost)
    answer.add_done_callback(lambda done: source.cancel() if done.cancelled() else None)
    return answer


def hand_over(source, target, cost):
    """When the future `source` has its result, the future `target` gets it, in its turn. Both are of the same loop."""
    loop = target.get_loop()
    queue = _queues.get(loop)
    if queue is None:
        queue = _queues[loop] = _Queue(loop)
    queue.add(source, target, cost)


class _Queue:
    """The questions of one loop that were not answered yet."""

    def __init__(self, loop):
        self._loop = weakref.ref(loop)
        self._now, self._asked, self._waiting = 0, 0, []
        self._looking, self._rounds, self._most_rounds, self._alarm = False, 0, BUSY_ROUNDS, None

    def add(self, source, target, cost):
        self._asked += 1
        heapq.heappush(self._waiting, (self._now + cost, self._asked, cost, source, target))
        source.add_done_callback(_take_note)
        source.add_done_callback(self._look_soon)
        target.add_done_callback(self._look_soon)  # it may be cancelled

    def _look_soon(self, _=None):
        if not self._looking and self._waiting:
            self._looking, self._rounds = True, 0
            self._loop().call_soon(self._look)

    def _look(self):
        """Hands over one answer, if it is the next one's turn and nothing else can run."""
        self._rounds += 1
        if getattr(self._loop(), "_ready", None):
            if self._rounds < self._most_rounds:
                self._loop().call_soon(self._look)
                return
            self._most_rounds = 100  # somebody never sleeps: what they do is no order to keep
        self._looking = False
        while self._waiting and self._waiting[0][4].done():
            heapq.heappop(self._waiting)
        if not self._waiting:
            return
        due, _, cost, source, target = self._waiting[0]
        if source.done():
            heapq.heappop(self._waiting)
            self._now = max(self._now, due)
            _copy(source, target)  # its callback looks for the next one
        elif cost == QUICK and self._alarm is None:
            self._alarm = self._loop().call_later(PATIENCE, self._lose_patience, source)

    def _lose_patience(self, source):
        """The quick answer that held up the others all this time comes whenever it comes."""
        self._alarm = None
        is_first = self._waiting and self._waiting[0][3] is source and not source.done()
        if is_first and any(other.done() for _, _, _, other, _ in self._waiting):
            *_, target = heapq.heappop(self._waiting)
            print(f"An answer of the simulator or the database took more than {PATIENCE:g} s and has lost its turn: "
                  "the same record may not give the same run", file=sys.stderr, flush=True)
            source.add_done_callback(lambda done: None if target.done() else _copy(done, target))
        self._look_soon()


def _take_note(source):
    """An error that nobody waits for any more is not one to tell the log."""
    if not source.cancelled():
        source.exception()


def _copy(source, target):
    if source.cancelled():
        target.cancel()
    elif source.exception() is not None:
        target.set_exception(source.exception())
    else:
        target.set_result(source.result())
