"""What the author of a document marks with `x-specwright-ignore`: it is left out, or codes of Problems are silenced in it.

What is marked `true` is left out before anything else is read of it. A list of codes may stand in any object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.document.tree import Map, Seq, derived_map, derived_seq
from specwright.problems import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specwright.document.shape import Walk

IGNORE: Final = "x-specwright-ignore"
KINDS: Final = frozenset({"PathItem", "Operation", "Parameter", "Schema", "Tag"})
"""Kinds of objects that may have the mark; those of Swagger 2.0 are called so behind their prefix."""


class Ignored:
    """What one document marks."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.tags = frozenset(_names(walk.root.get("tags")))
        """Names of tags that are left out."""
        self._objects: dict[int, Map] = {}
        self._silencing: dict[int, Map] = {}

    @property
    def silencing(self) -> Iterable[Map]:
        """Each object, as it was loaded, that lists codes of Problems."""
        return self._silencing.values()

    def __contains__(self, value: Any) -> bool:
        """Whether an object, as it was loaded, is left out for its mark."""
        return id(value) in self._objects

    def takes(self, value: Map, kind: str) -> bool:
        """Whether an object, as it was loaded, is to be left out; says why one with the mark can't be."""
        if not self.tags and IGNORE not in value:
            return False
        if isinstance(value.get(IGNORE), Seq):
            self._silencing[id(value)] = value
        kind = kind.removeprefix("Swagger")
        if kind not in KINDS or not (_is_marked(value) or (kind == "Operation" and self._by_tag(value))):
            return False
        if isinstance(value.get(IGNORE), str):
            self.walk.report(
                "quoted", value, IGNORE, f"{quoted(IGNORE)} is true or false, but is written as text."
            )
        if kind == "Parameter" and self._is_required(value):
            message = "A required parameter can't be left out: without it, the server refuses the call."
            self.walk.report("ignore-parameter", value, IGNORE, message)
            return False
        self._objects[id(value)] = value
        return True

    def rest(self, made: Map, value: Map, kind: str) -> Map:
        """An object that was read, without names of what was left out: in `tags`, and in `required`."""
        if not self.tags and not self._objects:
            return made
        if kind.endswith("Operation") and not self.tags.isdisjoint(made.get("tags", ())):
            return _without(made, "tags", self.tags)
        if kind == "Schema" and self._objects and "required" in made:
            return self._without_required(made, value.get("properties"))
        return made

    def _without_required(self, made: Map, properties: Any) -> Map:
        """A schema that does not require the properties that are left out; `properties` is what was loaded."""
        named: Map = properties if isinstance(properties, Map) else Map()
        gone = [name for name in dict.fromkeys(made["required"]) if named.get(name) in self]
        for name in gone:
            if named[name].get("readOnly") is not True:
                message = f"The property {quoted(name)} is left out, and required: callers can't send it."
                self.walk.report("ignore-property", named[name], IGNORE, message)
        return _without(made, "required", frozenset(gone)) if gone else made

    def _by_tag(self, operation: Map) -> bool:
        """Whether an operation has tags, and each of them is left out."""
        tags: Any = operation.get("tags")
        listed = isinstance(tags, Seq) and bool(tags)
        return listed and all(isinstance(tag, str) and tag in self.tags for tag in tags)

    def _is_required(self, parameter: Map) -> bool:
        whole = self.walk.resolve(parameter, self._kind) if "$ref" in parameter else parameter
        return whole is not None and (whole.get("required") is True or whole.get("in") == "path")

    @property
    def _kind(self) -> str:
        return "SwaggerParameter" if "SwaggerParameter" in self.walk.table else "Parameter"


def _names(tags: Any) -> set[str]:
    listed = tags if isinstance(tags, Seq) else ()
    return {str(tag.get("name")) for tag in listed if isinstance(tag, Map) and _is_marked(tag)}


def _is_marked(value: Map) -> bool:
    mark = value.get(IGNORE)
    return mark is True or (isinstance(mark, str) and mark.lower() == "true")


def _without(made: Map, key: str, names: frozenset[str]) -> Map:
    listed: Seq = made[key]
    kept = [index for index, name in enumerate(listed) if name not in names]
    left = derived_seq(
        listed, [listed[index] for index in kept], {to: (listed, of) for to, of in enumerate(kept)}
    )
    return derived_map(made, {**made, key: left})
