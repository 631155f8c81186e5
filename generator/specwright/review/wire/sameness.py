"""Which pairs of values are the same in every letter, and in all that they refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from specwright.document.tree import Map, Seq

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from specwright.document import Document
    from specwright.review.wire.families import Families

_Pair = tuple[int, int]


class Sameness:
    """Answers for pairs of an old and a new value; each pair is looked at once, also where references go in circles."""

    def __init__(self, old: Document, new: Document, families: tuple[Families, Families]) -> None:
        self._old = old
        self._new = new
        self._families = families
        self._known: dict[_Pair, bool] = {}
        self._kept: list[Any] = []
        """An id is only its own as long as what it is of lives."""

    def __call__(self, old: Any, new: Any) -> bool:
        """Whether nothing differs, wherever references lead to from here."""
        if not isinstance(old, Map | Seq) or not isinstance(new, Map | Seq):
            return alike(old, new)
        found = self._known.get((id(old), id(new)))
        return self._explored(old, new) if found is None else found

    def _explored(self, old: Any, new: Any) -> bool:
        users: dict[_Pair, list[_Pair]] = {}
        """Of each pair that is met: those that refer to it."""
        first = (id(old), id(new))
        users[first] = []
        waiting = [(old, new)]
        different: list[_Pair] = []
        while waiting:
            one, other = waiting.pop()
            pair = (id(one), id(other))
            self._kept.append((one, other))
            known = self._known.get(pair)
            targets = None if known is False else [] if known else self._targets(one, other)
            if targets is None:
                different.append(pair)
                continue
            for below in targets:
                key = (id(below[0]), id(below[1]))
                if key not in users:
                    users[key] = []
                    waiting.append(below)
                users[key].append(pair)
        for pair in users:
            self._known[pair] = True
        while different:
            pair = different.pop()
            self._known[pair] = False
            different += [user for user in users.get(pair, ()) if self._known[user]]
        return self._known[first]

    def _targets(self, old: Any, new: Any) -> list[tuple[Any, Any]] | None:
        """What both refer to, pair by pair; None where they differ themselves."""
        if old != new:
            return None
        found: list[tuple[Any, Any]] = []
        waiting: list[tuple[Any, Any]] = [(old, new)]
        while waiting:
            one, other = waiting.pop()
            if one.__class__ is Map:
                below = self._below(one, other)
                if below is None:
                    return None
                found += below
                pairs = [(value, other[key]) for key, value in one.items()]
            else:
                pairs = list(zip(one, other, strict=True))
            for value, second in pairs:
                kind = value.__class__
                if kind is Map or kind is Seq:
                    waiting.append((value, second))
                elif kind is not second.__class__ and bool in {kind, second.__class__}:
                    return None  # to Python `1` and `True` are equal
        return found

    def _below(self, old: Any, new: Any) -> list[tuple[Any, Any]] | None:
        """What two equal objects refer to themselves; None where one is extended by others than the other."""
        found: list[tuple[Any, Any]] = []
        if isinstance(old.get("$ref"), str):
            found.append((self._old.target(old), self._new.target(new)))
        if "$dynamicRef" in old:
            references = (self._old.references, self._new.references)
            before, after = (
                each.target(value, "$dynamicRef") for each, value in zip(references, (old, new), strict=True)
            )
            found.append((before, after))
        if isinstance(old.get("discriminator"), Map):
            heirs, others = self._families[0].of(old), self._families[1].of(new)
            if heirs.keys() != others.keys():
                return None
            found += [(heir, others[name]) for name, heir in heirs.items()]
        return found


def alike(old: Any, new: Any) -> bool:
    """Whether two values are the same JSON: to Python `1` and `True` are equal."""
    if isinstance(old, dict) and isinstance(new, dict):
        one, other = cast("Mapping[str, Any]", old), cast("Mapping[str, Any]", new)
        return one.keys() == other.keys() and all(alike(value, other[key]) for key, value in one.items())
    if isinstance(old, list) and isinstance(new, list):
        left, right = cast("Sequence[Any]", old), cast("Sequence[Any]", new)
        return len(left) == len(right) and all(map(alike, left, right))
    return old == new and isinstance(old, bool) == isinstance(new, bool)
