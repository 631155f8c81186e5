"""Share out work, and print what comes of it: `python sharing.py HOW`.

A program of its own, since it forks: what runs the tests has threads, and no process that has any is copied.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
import time
from typing import TYPE_CHECKING, Any, NoReturn

from specwright.emit import cores

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = os.getpid()
ITEMS = tuple(range(1000))


def told(share: Sequence[int]) -> tuple[bool, list[int]]:
    """Whether it is worked on here, and which items."""
    return os.getpid() == HERE, list(share)


def wrong(share: Sequence[int]) -> tuple[bool, list[int]]:
    if 1 in share:  # which is one of a copy's
        raise LookupError("no such name")
    return told(share)


def killed(share: Sequence[int]) -> tuple[bool, list[int]]:
    if os.getpid() != HERE:
        os.kill(os.getpid(), signal.SIGKILL)
    return told(share)


def killed_while_it_tells(share: Sequence[int]) -> tuple[bool, list[int], bytes]:
    if os.getpid() == HERE:
        time.sleep(1)
    else:
        signal.setitimer(signal.ITIMER_REAL, 0.5)
    return *told(share), bytes(1 << 22)  # more than a pipe takes


def silent(share: Sequence[int]) -> tuple[bool, list[int]]:
    if os.getpid() != HERE:
        time.sleep(3600)
    return told(share)


def none_left() -> NoReturn:
    raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))


def main(how: str) -> Any:
    cores.number = lambda: 2
    match how:
        case "many":
            return cores.shared(told, ITEMS)
        case "few":
            return cores.shared(told, ITEMS[:10])
        case "killed":
            return cores.shared(killed, ITEMS)
        case "killed while it tells":
            return [made[:2] for made in cores.shared(killed_while_it_tells, ITEMS)]
        case "silent":
            cores._SECONDS = 1
            return cores.shared(silent, ITEMS)
        case "no more processes":
            os.fork = none_left
            return cores.shared(told, ITEMS)
        case _:
            try:
                return cores.shared(wrong, ITEMS)
            except LookupError as error:
                return str(error)


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))  # noqa: T201 - a program
