"""Problems that a document silences where they stand: `x-specwright-ignore: [code, …]`, at a value or around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from specwright.document.ignore import IGNORE
from specwright.document.tree import Edited, Map, Seq, file_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from specwright.document.tree import Node
    from specwright.problems import Place, Problem


class Silence(NamedTuple):
    """A code in a list, and where it stands there."""

    code: str
    place: Place


class Silences:
    """Every list of codes in one document."""

    def __init__(self, marked: Iterable[Map], *, whole: bool) -> None:
        self.whole = whole
        """Whether all of the document is looked at, so that a code which silences nothing is one too many."""
        self._by_place: dict[tuple[str, str], dict[str, list[Silence]]] = {}
        """By the place at or below which they silence, and their codes."""
        self._all: dict[Silence, None] = {}
        for node in marked:
            codes: Seq = node[IGNORE]
            listed = [
                Silence(code, codes.place(index)) for index, code in enumerate(codes) if code.__class__ is str
            ]
            self._all |= dict.fromkeys(listed)
            for root in _roots(node):
                by_code = self._by_place.setdefault(root, {})
                for silence in listed:
                    by_code.setdefault(silence.code, []).append(silence)

    def left(self, problems: Iterable[Problem], ignored: Collection[str] = ()) -> tuple[Problem, ...]:
        """Those that are silenced neither here nor by a code that is ignored everywhere; no error ever is."""
        return tuple(
            found
            for found in problems
            if found.severity == "error"
            or not (found.code in ignored or (self._by_place and any(self._of(found))))
        )

    def idle(self, problems: Iterable[Problem]) -> Iterator[Silence]:
        """What silences none of all Problems of the document."""
        if self._all:
            used = {silence for found in problems for silence in self._of(found)}
            yield from (silence for silence in self._all if silence not in used)

    def _of(self, found: Problem) -> Iterator[Silence]:
        if found.place is None or found.severity == "error":
            return
        file, pointer = found.place.file, found.place.pointer
        while True:
            if (file, pointer) in self._by_place:
                yield from self._by_place[file, pointer].get(found.code, ())
            if not pointer:
                return
            pointer = pointer.rpartition("/")[0]


def _roots(node: Map) -> Iterator[tuple[str, str]]:
    """The places, as files and pointers, at or below which all stands that is in an object.

    They are several where an overlay added to it what stands in the overlay's own file.
    """
    place = node.place()
    yield place.file, place.pointer
    file = file_of(node)
    waiting: list[Node] = [] if file is None or file.edited is None else [node]
    while waiting:
        holder = waiting.pop()
        origin = getattr(holder, "origin", None)
        for key in origin.moved if isinstance(origin, Edited) else ():
            at = holder.place(key)
            yield at.file, at.pointer
        inner = holder.values() if isinstance(holder, Map) else holder
        waiting += (each for each in inner if isinstance(each, Map | Seq))
