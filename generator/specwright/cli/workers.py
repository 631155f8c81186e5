"""Work on several things, side by side: in processes, of which there are at most as many as cores."""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
import threading
from collections import deque
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast

from specwright.cli.ending import Ending
from specwright.emit import cores

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from multiprocessing.connection import Connection

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_SECONDS: Final = 10
"""How long a process that is told to end gets to put away what it has begun."""


def side_by_side(
    work: Callable[[_Item], _Result],
    items: Sequence[_Item],
    *,
    lost: Callable[[_Item, str], _Result],
    shown: Callable[[Sequence[_Item], int], AbstractContextManager[None]],
) -> Iterator[_Result]:
    """What `work` gives for each item, in the order of the items, each as soon as those before it are there.

    A process works on one item after the other, and lives as long as there are any: what it imports, it imports once. It
    shares nothing out among the cores itself. Where there is one core, or no way to begin processes, all is done here.

    Args:
        work: What is done; it raises nothing, and it, the items and the results can be pickled.
        items: Each is worked on once.
        lost: Gives the result of an item whose process ended before it had one; it is told how it ended.
        shown: Shows, while we wait, which items are worked on, and how many are done.
    """
    way = _way()
    if way is None or len(items) < 2:  # noqa: PLR2004 - one has nothing beside it
        for number, item in enumerate(items):
            with shown([item], number):
                result = work(item)
            yield result
        return
    workers = _Workers(way, work, items, lost)
    try:
        for number in range(len(items)):
            while number not in workers.results:
                with shown(workers.working_on(), number + len(workers.results)):
                    ready = workers.wait()
                workers.collect(ready)
            yield workers.results.pop(number)
    finally:
        workers.end()


def _way() -> str | None:
    """How processes begin: as copies of this one where that can be; None where there may be none beside it."""
    if cores.number() < 2 or multiprocessing.parent_process() is not None:  # noqa: PLR2004 - one core has no other
        return None
    if sys.platform == "linux":
        return "fork" if cores.may_fork() else None
    return "spawn"


class _Workers(Generic[_Item, _Result]):
    """The processes, and what is left to do."""

    def __init__(
        self,
        way: str,
        work: Callable[[_Item], _Result],
        items: Sequence[_Item],
        lost: Callable[[_Item, str], _Result],
    ) -> None:
        self.results: dict[int, _Result] = {}
        """Those that nobody took yet, by the number of the item."""
        self._way = way
        self._work = work
        self._items = items
        self._lost = lost
        self._waiting = deque(range(len(items)))
        self._busy: dict[Connection, _Worker[_Item, _Result]] = {}

    def working_on(self) -> list[_Item]:
        """The items that are worked on."""
        return [self._items[worker.number] for worker in self._busy.values()]

    def wait(self) -> list[Connection]:
        """What something comes from: a result, or the end of a process."""
        while self._waiting and len(self._busy) < cores.number():
            self._begin(_Worker(self._way, self._work))
        return cast("list[Connection]", wait(list(self._busy)))

    def collect(self, ready: Iterable[Connection]) -> None:
        """Takes the results, and gives those that are done something else to do."""
        for connection in ready:
            worker = self._busy.pop(connection)
            try:
                self.results[worker.number] = worker.result()
            except (EOFError, OSError):
                self.results[worker.number] = self._lost(self._items[worker.number], worker.how_it_ended())
                continue
            if self._waiting:
                self._begin(worker)
            else:
                worker.end()

    def _begin(self, worker: _Worker[_Item, _Result]) -> None:
        self._busy[worker.connection] = worker
        number = self._waiting.popleft()
        worker.give(number, self._items[number])

    def end(self) -> None:
        """Ends them, whatever they do."""
        for worker in self._busy.values():
            worker.tell_to_end()
        for worker in self._busy.values():
            worker.end()


class _Worker(Generic[_Item, _Result]):
    """A process that works on one item at a time."""

    number: int
    """Of the item that it works on."""

    def __init__(self, way: str, work: Callable[[_Item], _Result]) -> None:
        processes: Any = multiprocessing.get_context(way)
        self.connection: Connection
        self.connection, theirs = processes.Pipe()
        ours = self.connection if way == "fork" else None
        self._process = processes.Process(target=_work, args=(work, theirs, ours), daemon=True)
        with theirs, _sigint_kept_back():
            self._process.start()

    def give(self, number: int, item: _Item) -> None:
        self.number = number
        with suppress(BrokenPipeError, ConnectionResetError):  # it was killed meanwhile, which `result` tells
            self.connection.send(item)

    def result(self) -> _Result:
        """EOFError or OSError where the process ended without one."""
        return cast("_Result", self.connection.recv())

    def how_it_ended(self) -> str:
        """`ended by SIGKILL`, or with which exit status."""
        self._close()
        code: int = self._process.exitcode
        return f"ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit status {code}"

    def tell_to_end(self) -> None:
        self._process.terminate()

    def end(self) -> None:
        """Ends it, and waits for that."""
        self._process.terminate()
        self._close()

    def _close(self) -> None:
        self.connection.close()
        self._process.join(_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _work(work: Callable[[_Item], _Result], items: Connection, ours: Connection | None) -> None:
    """In the process: work on what comes, until it is told to end, or who began it is gone, also while it works.

    A copy of the one that began it has its end of the connection, too (`ours`): as long as that is open, nothing ends it.

    Ctrl-C interrupts every process of a terminal. What becomes of it is for the one to say that began the others: they
    are told to end by SIGTERM, and put away what they have begun.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Ending().listen()
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    with suppress(EOFError, OSError, KeyboardInterrupt):
        cores.where_left(_interrupt)
        if ours is not None:
            ours.close()
        while True:
            items.send(work(items.recv()))
            gc.collect()  # so that what one needed is not kept beside what the next needs


def _interrupt() -> None:
    """In a thread: tell the main one to end, which may wait for something."""
    if hasattr(signal, "pthread_kill") and (main := threading.main_thread().ident) is not None:
        signal.pthread_kill(main, signal.SIGTERM)
    else:
        signal.raise_signal(signal.SIGTERM)


@contextmanager
def _sigint_kept_back() -> Generator[None]:
    """While it lasts, Ctrl-C waits: a copy would be interrupted before it knows what to do about that."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
