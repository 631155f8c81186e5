"""Where in a document something of the package that came or went was made from, so far as it is its own doing.

A type that was written inside of an operation goes with the operation, and one inside of a property with the property.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.document.tree import unescape
from specwright.review.python.making import Origin

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

PROPERTIES: Final = "properties/"
PARAMETERS: Final = "parameters/"


class Origins:
    """Of the types of one document: `lasting` are the places of what is in both, `all_` of every type and operation."""

    def __init__(self, all_: Collection[str], lasting: Collection[str], *, is_old: bool) -> None:
        self._all = all_
        self._lasting = lasting
        self._is_old = is_old

    def of(self, key: str) -> Origin:
        """What a thing, whose own place is `key`, came or went with."""
        above = [place for place in _above(key) if place in self._all]
        place = next((place for place in above if place not in self._lasting), key)
        around = next(
            (other for other in reversed(above) if other != place and place.startswith(f"{other}/")), ""
        )
        member = ""
        if around:
            rest = place.removeprefix(f"{around}/")
            if rest.startswith(PROPERTIES):
                place, member = around, unescape(rest.removeprefix(PROPERTIES).partition("/")[0])
            elif rest.startswith(PARAMETERS):
                place, member = (
                    around,
                    unescape(rest.removeprefix(PARAMETERS).partition("/")[2].partition("/")[0]),
                )
            else:
                place = around
        return Origin(place, "", member) if self._is_old else Origin("", place, member)


def _above(pointer: str) -> Iterator[str]:
    """The pointers that a pointer goes through, from the outermost on, itself the last."""
    position = pointer.find("/")
    while position != -1:
        yield pointer[:position]
        position = pointer.find("/", position + 1)
    yield pointer
