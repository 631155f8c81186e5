"""Where in a document we were when a mistake of ours showed."""

from __future__ import annotations

from contextlib import suppress
from traceback import walk_tb
from typing import TYPE_CHECKING, Any

from specwright.problems import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

_FRAMES = 60
"""How many functions are looked into, from the innermost out: an endless recursion has a thousand, all alike."""


def place_of(error: BaseException) -> Place | None:
    """The place of the value of the document that the innermost function had in hand; `None` if none had one.

    It is asked of the values themselves, which know their places, so that no stage has to carry it along.
    """
    for cause in _causes(error):
        frames = [frame for frame, _ in walk_tb(cause.__traceback__)]
        for frame in reversed(frames[-_FRAMES:]):
            for value in reversed(frame.f_locals.values()):
                with suppress(Exception):  # a value in the middle of being made has no place to give
                    place: object = _asked(value)
                    if isinstance(place, Place) and place.file:
                        return place
    return None


def _asked(value: Any) -> object:
    place = getattr(value, "place", None)
    return place() if callable(place) else place


def _causes(error: BaseException) -> Iterator[BaseException]:
    """What an error was raised because of, from the first on."""
    if (cause := error.__cause__ or error.__context__) is not None:
        yield from _causes(cause)
    yield error
