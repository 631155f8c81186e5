"""Work that is shared out among the cores of the machine. Beside `cli.workers`, the only home of processes of our own."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_ENOUGH: Final = 200
"""So many items are worth a process: making one takes about as long as rendering twenty modules."""
_SECONDS: Final = 120
"""How long a copy may be behind: its share is as large as ours, which is done when it is waited for."""


def shared(work: Callable[[Sequence[_Item]], _Result], items: Sequence[_Item]) -> list[_Result]:
    """What `work` gives for each share of the items, in no order that means anything: of each item, one share has it.

    The shares are worked on side by side where there are many items, more cores than one, and a way to go on in a copy of
    this process (`fork`), which needs no copy of what it reads. A program with threads is never copied: a lock that one of
    them holds would be held in the copy for good. A share of which a copy makes nothing is worked on here, so that what is
    wrong with it is raised here, too.

    Raises:
        Exception: What `work` raises for a share.
    """
    shares = min(number(), len(items) // _ENOUGH)
    if shares < 2 or not may_fork():  # noqa: PLR2004 - one share is no sharing
        return [work(items)]
    mine, *others = (items[start::shares] for start in range(shares))
    copies: list[_Copy] = []
    try:
        copies.extend(_Copy(work, share) for share in others)
        return [work(mine), *(copy.result() for copy in copies)]
    finally:
        for copy in copies:
            copy.end()


def number() -> int:
    """How many cores there are for us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def may_fork() -> bool:
    """Whether this process may be copied: it has no threads, and is no worker itself, beside which others use the cores."""
    # macOS has `fork`, but its system libraries do not survive it.
    return sys.platform == "linux" and _threads() == 1 and multiprocessing.parent_process() is None


def _threads() -> int:
    """How many threads this process has: those, too, that a library began without `threading`, which counts its own only."""
    try:
        return len(os.listdir("/proc/self/task"))  # noqa: PTH208 - what the system tells; no file is there
    except OSError:
        return threading.active_count()


def where_left(end: Callable[[], object]) -> None:
    """In a process that another one of ours began: call `end` when that one is gone, however it went, whatever is done then.

    It is called in a thread of its own.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        if hasattr(signal, "pthread_sigmask"):  # they are for the main thread, which they are to wake
            signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        parent.join()
        end()

    threading.Thread(target=wait, daemon=True).start()


class _Copy:
    """A copy of this process that works on a share."""

    def __init__(self, work: Callable[[Sequence[_Item]], _Result], share: Sequence[_Item]) -> None:
        processes = multiprocessing.get_context("fork")
        self._answer, theirs = processes.Pipe(duplex=False)
        self._work = work
        self._share = share
        self._process = processes.Process(
            target=_answer, args=(work, share, theirs, self._answer), daemon=True
        )
        with theirs, suppress(OSError):  # of a process that the system does not let us have, nothing comes
            self._process.start()

    def result(self) -> Any:
        """What `work` gives for the share; where the copy gives nothing, as when it was killed for want of memory, it is done here."""
        with suppress(EOFError, OSError):  # it ended before it sent all
            if self._answer.poll(_SECONDS):
                return self._answer.recv()
        self.end()  # before all else: it may write the same files
        return self._work(self._share)

    def end(self) -> None:
        """Stop it, if it is not done."""
        self._answer.close()
        if self._process.pid is not None:
            self._process.kill()
            self._process.join()


def _answer(
    work: Callable[[Sequence[_Item]], _Result], share: Sequence[_Item], theirs: Connection, ours: Connection
) -> None:
    """In the copy: work on the share, and send what comes of it; nothing, where that fails."""
    ours.close()  # or, when the process that asks is gone, sending would not fail, but wait for ever
    where_left(_leave)
    with suppress(Exception, KeyboardInterrupt):  # the process that asked finds out, or was interrupted, too
        theirs.send(work(share))


def _leave() -> None:
    os._exit(1)  # what it has written is thrown away with the folder that it is in
