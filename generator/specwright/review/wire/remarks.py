"""What is said of the value of a schema and demands nothing: descriptions, marks, defaults, how long it lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.document.tree import Map, Seq
from specwright.review.wire import lifecycle, words
from specwright.review.wire.comparison import key, parts, shown, where
from specwright.review.wire.edits import NO_GUARD, Spot, at
from specwright.review.wire.guards import GIVEN, XML
from specwright.review.wire.sameness import alike

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.plan.keywords import Node as SchemaNode
    from specwright.review.wire.comparison import Comparison
    from specwright.review.wire.edits import At, Guard
    from specwright.review.wire.graph import Node

_TEXTS: Final = ("title", "description", "examples", "externalDocs")
_MARKS: Final = (
    ("readOnly", "read-only-set", "read-only-unset"),
    ("writeOnly", "write-only-set", "write-only-unset"),
)
"""Each with the rules of its coming and of its going."""
_LIFE: Final = ("deprecated", lifecycle.SUNSET, lifecycle.STABILITY)
_EXTENSIBLE: Final = "x-extensible-enum"
_SAID: Final = frozenset({*_TEXTS, *(field for field, *_ in _MARKS), *_LIFE, "xml", "default"})
"""Fields that say something of a value and demand nothing, beside extensions."""
_MISSING: Final = object()
"""In the place of a `default`, which may be null."""


def compare(comparison: Comparison, node: Node) -> None:
    """Notes what is said otherwise of a value where its schema stands: there, or else by what the schema stands for."""
    _Remarks(
        node,
        _Said(comparison, node, old=True),
        _Said(comparison, node, old=False),
    ).compare()


class _Said:
    """What is said of a value where a schema stands, on one side."""

    def __init__(self, comparison: Comparison, node: Node, *, old: bool) -> None:
        self.views = comparison.before if old else comparison.after
        self.document = comparison.old if old else comparison.new
        self.node: SchemaNode = node.old if old else node.new
        self.raw: Mapping[str, Any] = self.node if isinstance(self.node, dict) else {}
        self.merged = self.views.merged(self.node)
        self.fields = {
            field for field in (*self.merged, *self.raw) if field in _SAID or field.startswith("x-")
        }

    def get(self, field: str, missing: Any = None) -> Any:
        return self.raw.get(field, self.merged.get(field, missing))

    def at(self, field: str) -> At:
        """Where it is said; None where it is not."""
        if field in self.raw and isinstance(self.raw, Map):
            return at(self.raw, field)
        return where(self.document, self.node, field) if field in self.merged else None

    def lifecycle(self) -> Map:
        """An object that says how long it lasts, each field of which stands where it is said."""
        made = Map({field: value for field in _LIFE if (value := self.get(field)) is not None})
        origin = next(iter(parts(self.document, self.node)), None)
        if origin is not None:
            made.origin = origin
            made.moved = {field: found for field in made if (found := self.at(field)) is not None}
        return made


class _Remarks:
    """Compares what is said of a value on both sides."""

    def __init__(self, node: Node, old: _Said, new: _Said) -> None:
        self.node = node
        self.old = old
        self.new = new

    def compare(self) -> None:
        said = self.old.fields | self.new.fields
        if not said:
            return
        self._words(said)
        self._marks(said)
        if "xml" in said and not alike(*self._both("xml")):
            before, after = map(shown, self._both("xml"))
            self._edit("xml-changed", "xml", {"before": before, "after": after}, XML)
        if "default" in said:
            self._default()
        if _EXTENSIBLE in said:
            self._extensible()
        if not said.isdisjoint(_LIFE):
            lifecycle.compare(self.node, self.old.lifecycle(), self.new.lifecycle())

    def _words(self, said: set[str]) -> None:
        for field in _TEXTS:
            if field in said and not alike(*self._both(field)):
                words.note(self.node, words.RULES[field], self._spot(field))
        for field in sorted(field for field in said if field.startswith("x-")):
            if field not in words.OWN and not alike(*self._both(field)):
                words.note(self.node, "extension-changed", self._spot(field), {"name": shown(field)})

    def _marks(self, said: set[str]) -> None:
        for field, was_set, unset in _MARKS:
            if field not in said:
                continue
            before = self.old.views.marked(self.old.node, field)
            after = self.new.views.marked(self.new.node, field)
            if before != after:
                spot = Spot(self.old.at(field), self.new.at(field), before, after)
                self.node.edit(was_set if after else unset, spot)

    def _default(self) -> None:
        before, after = self._both("default", _MISSING)
        if before is after or (before is not _MISSING and after is not _MISSING and alike(before, after)):
            return
        if before is _MISSING:
            rule = "default-added"
        elif after is _MISSING:
            rule = "default-removed"
        else:
            rule = "default-changed"
        was, is_ = ("" if value is _MISSING else shown(value) for value in (before, after))
        guard = NO_GUARD if self.node.may_miss else GIVEN
        self._edit(rule, "default", {"before": was, "after": is_}, guard)

    def _extensible(self) -> None:
        before, after = self._both(_EXTENSIBLE)
        if not isinstance(before, Seq) or not isinstance(after, Seq) or alike(before, after):
            return
        first, then = ({key(value): value for value in values} for values in (before, after))
        come = [value for text, value in then.items() if text not in first]
        gone = [value for text, value in first.items() if text not in then]
        for rule, values in (("extensible-enum-value-added", come), ("extensible-enum-value-removed", gone)):
            if values:
                self._edit(rule, _EXTENSIBLE, {"name": ", ".join(map(shown, values))})

    # --- what they have in common ---

    def _both(self, field: str, missing: Any = None) -> tuple[Any, Any]:
        return self.old.get(field, missing), self.new.get(field, missing)

    def _spot(self, field: str) -> Spot:
        return Spot(self.old.at(field), self.new.at(field), *self._both(field))

    def _edit(self, rule: str, field: str, says: Mapping[str, str] = {}, guard: Guard = NO_GUARD) -> None:
        self.node.edit(rule, self._spot(field), says, guard)
