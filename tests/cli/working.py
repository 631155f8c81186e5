"""Work on six things side by side, and print what came of each: `python working.py WHAT fork|spawn|none`.

A program of its own, since it forks: what runs the tests has threads, and no process that has any is copied.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from specwright.cli import workers
from specwright.cli.workers import side_by_side
from specwright.emit import cores

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager


def process(item: int) -> tuple[int, Any]:
    return item, os.getpid()


def last_first(item: int) -> tuple[int, Any]:
    time.sleep(0.4 if item == 0 else 0)
    return process(item)


def process_in_process(item: int) -> tuple[int, Any]:
    inner = side_by_side(process, range(3), lost=lost, shown=shown)
    return item, (os.getpid(), [number for _, number in inner], cores.may_fork())


def leaving(item: int) -> tuple[int, Any]:
    if item == 1:
        os._exit(3)
    return process(item)


def telling_much(item: int) -> tuple[int, Any]:
    """Say so, and then give more than a connection takes."""
    os.write(1, b"at work\n")
    time.sleep(0.5)
    return item, bytes(1 << 24).decode()


def long(item: int) -> tuple[int, Any]:
    """Say so, and go on to what must not come to be."""
    os.write(1, b"at work\n")
    for _ in range(600):
        time.sleep(0.1)
    os.write(1, b"still at work\n")
    return item, os.getpid()


def lost(item: int, how: str) -> tuple[int, Any]:
    return item, how


def shown(_items: Sequence[int], _done: int) -> AbstractContextManager[None]:
    return nullcontext()


WHAT = {
    made.__name__: made for made in (process, last_first, process_in_process, leaving, telling_much, long)
}


def main(what: str, way: str) -> None:
    cores.number = lambda: 1 if way == "none" else 2
    if way == "spawn":
        workers._way = lambda: way
    made = [
        (item, "here" if found == os.getpid() else found)
        for item, found in side_by_side(WHAT[what], range(6), lost=lost, shown=shown)
    ]
    print(json.dumps(made))  # noqa: T201 - a program


if __name__ == "__main__":
    main(*sys.argv[1:])
