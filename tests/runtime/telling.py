"""What an error could tell."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = "TOKEN-that-must-not-print"  # noqa: S105  # a token of no one


def chain(error: BaseException) -> Iterator[BaseException]:
    """An error and all that it is said to come from, shown or not."""
    todo: list[BaseException | None] = [error]
    while todo:
        if (each := todo.pop()) is not None:
            yield each
            todo += [each.__cause__, each.__context__]


def everything(error: BaseException) -> str:
    """All that an error prints, in its chain, its arguments and its attributes but the ones meant to hold data."""
    told = [traceback.format_exc()]
    for each in chain(error):
        shown = {name: value for name, value in vars(each).items() if name not in {"raw", "_body"}}
        told.append(f"{each!s} {each!r} {each.args!r} {shown!r} {getattr(each, '__notes__', '')}")
    return "\n".join(told)


def frames(error: BaseException, package: str) -> str:
    """The local variables of our frames in the traceback, as a debugger or a reporter prints them."""
    told = []
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if f"/{package}/" in frame.f_code.co_filename:
            told.append(repr(frame.f_locals))
    return "\n".join(told)
