"""Holds a document to its grammar: what has the wrong shape is said and left out; what is older is raised on the way.

One walk from the root down. Nothing is edited: an object that changes is a new one, made of the old; one that does not
is the one that was read. Where a `$ref` may stand is known here alone, so the walk also collects them.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from specwright.document import grammar, kinds
from specwright.document.corrections import correction
from specwright.document.findings import Findings
from specwright.document.identities import identify
from specwright.document.ignore import IGNORE, Ignored
from specwright.document.scalars import is_too_large
from specwright.document.tree import Map, Node, Seq, derived_map, derived_seq, home_of, written
from specwright.problems import quoted
from specwright.spelling import Spelling

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from specwright.document.kinds import Fields, Kind

LEFT_OUT: Final[Any] = object()
"""What reading a value gives that can't be used."""

_NAMES: Final[Mapping[type, str]] = {
    Map: "an object",
    Seq: "a list",
    str: "text",
    bool: "a boolean",
    int: "a number",
    float: "a number",
    type(None): "null",
}
_UNQUOTED: Final = frozenset({bool, int, float})
_BOOLEANS: Final = {"true": True, "false": False}
_IDENTIFIERS: Final = frozenset({"$id", "$anchor", "$dynamicAnchor"})
_REFERENCES: Final = ("$ref", "$dynamicRef")
_REFERRING: Final = frozenset(_REFERENCES)
_CLOSE: Final = 0.8
_CLOSEST: Final = 0.9
"""How alike a key and a field are, for the one to be taken for a misspelling of the other; fields of ours begin alike."""


@dataclasses.dataclass(frozen=True, slots=True)
class Reference:
    """A `$ref`, or `$dynamicRef`, that was found where one may stand."""

    node: Map
    key: str
    kind: str
    base: str
    """The URI that the `$id`s around it make; "" where there are none."""


class Walk:
    """Reads objects by the grammar; keeps what it read, what it found wrong, and the references on its way."""

    def __init__(
        self,
        root: Map,
        table: Mapping[str, Fields],
        raises: Mapping[str, Callable[[Map, Walk], Map]],
        *,
        older: bool,
    ) -> None:
        self.root = root
        """The document as it was loaded."""
        self.table = table
        self.older = older
        """Whether the document is older than 3.1, in which schemas became those of JSON Schema."""
        self.raises = raises
        """Of each kind that older versions write otherwise: what makes it the dialect's."""
        self.resolve: Callable[[Map, str], Map | None] = lambda _node, _kind: None
        """What a `$ref` to an object of a kind stands for, asked for in the middle of the walk."""
        self.replace: Callable[[Map], Map | None] = lambda _node: None
        """What is read in the place of an object that has a `$ref` where none may stand."""
        self.findings = Findings()
        self.report = self.findings.report
        self.spelling = Spelling()
        self.references: list[Reference] = []
        self.discriminators: list[Map] = []
        """Every discriminator: what its `mapping` and `defaultMapping` hold names schemas, or refers to them."""
        self.identified: dict[tuple[str, str], Map] = {}
        """Schemas by the file or URI they belong to, and their anchor ("" for the one with the `$id`)."""
        self.ignored = Ignored(self)
        self._done: dict[str, dict[int, Any]] = {name: {} for name in table}
        self._maps: set[int] = set()
        self._base = ""
        self._readers: dict[type, Callable[[Any, Any, Node, Any], Any]] = {
            kinds.Scalar: self._scalar,
            kinds.Word: self._word,
            kinds.Count: self._count,
            kinds.Positive: self._positive,
            kinds.ListOf: self._list,
            kinds.MapOf: self._map,
            kinds.ObjectOf: self._object,
            kinds.Choice: self._choice,
            kinds.Data: self._scalar,
        }

    def read(self, value: Map, name: str, base: str = "") -> Any:
        """The object of one kind that a value is, or LEFT_OUT; `base` is the URI that the `$id`s around it make."""
        done = self._done[name].get(id(value))
        if done is not None:
            return done
        outer, self._base = self._base, base
        try:
            return self._read_object(value, self.table[name])
        finally:
            self._base = outer

    def has_read(self, value: Map, name: str) -> bool:
        """Whether a value, as it was loaded, was read as an object of one kind that can be used."""
        return self._done[name].get(id(value), LEFT_OUT) is not LEFT_OUT

    def kinds_of(self, value: Map) -> list[str]:
        """The kinds of object that a value, as it was loaded, was read as so far; "" for one of named values."""
        return [name for name, done in self._done.items() if id(value) in done] + [""] * (
            id(value) in self._maps
        )

    def _read(self, value: Any, kind: Kind, holder: Node, key: str | int) -> Any:
        if value.__class__ not in kind.classes:
            return self._wrong_type(value, kind, holder, key)
        return self._readers[kind.__class__](value, kind, holder, key)

    def _scalar(self, value: Any, _kind: kinds.Scalar | kinds.Data, _holder: Node, _key: str | int) -> Any:
        return value

    def _choice(self, value: Any, kind: kinds.Choice, holder: Node, key: str | int) -> Any:
        for option in kind.options:
            if value.__class__ in option.classes:
                return self._readers[option.__class__](value, option, holder, key)
        return LEFT_OUT

    def _word(self, value: str, kind: kinds.Word, holder: Node, key: str | int) -> Any:
        if value in kind.words:
            return value
        hint = self.spelling.hint(value, kind.words) or f"It is one of {', '.join(sorted(kind.words))}."
        self.report(
            "wrong-value",
            holder,
            key,
            f"{_subject(key)} is {quoted(value)}, which it can't be.",
            hint,
        )
        return LEFT_OUT

    def _count(self, value: float, kind: kinds.Count, holder: Node, key: str | int) -> Any:
        if value < 0 or value != int(value):
            return self._wrong_value(value, kind, holder, key)
        return int(value)

    def _positive(self, value: float, kind: kinds.Positive, holder: Node, key: str | int) -> Any:
        return value if value > 0 else self._wrong_value(value, kind, holder, key)

    def _wrong_value(self, value: float, kind: Kind, holder: Node, key: str | int) -> Any:
        message = f"{_subject(key)} is {quoted(repr(value))}, and has to be {kind.expected}."
        self.report("wrong-value", holder, key, message)
        return LEFT_OUT

    def _wrong_type(self, value: Any, kind: Kind, holder: Node, key: str | int) -> Any:
        """What is meant by a value of another class than its place asks for, where that is plain; else LEFT_OUT."""
        subject = _subject(key)
        if value is None:
            self.report("null-value", holder, key, f"{subject} has no value, and has to be {kind.expected}.")
            return LEFT_OUT
        text = written(holder, key) if value.__class__ in _UNQUOTED else ""
        if str in kind.classes and text and key not in _REFERENCES:
            self.report(
                "unquoted",
                holder,
                key,
                f"{subject} is text, but is written without quotes: {quoted(text)}.",
            )
            return self._read(text, kind, holder, key)
        if (
            bool in kind.classes
            and isinstance(value, str)
            and value.lower() in _BOOLEANS
            and Map not in kind.classes
        ):
            self.report("quoted", holder, key, f"{subject} is {kind.expected}, but is written as text.")
            return _BOOLEANS[value.lower()]
        name = "a number that is too large" if is_too_large(value) else _NAMES[value.__class__]
        message = f"{subject} is {name}, and has to be {kind.expected}."
        self.report("wrong-type", holder, key, message, correction(value, kind))
        return LEFT_OUT

    def _list(self, value: Seq, kind: kinds.ListOf, _holder: Node, _key: str | int) -> Seq:
        plain, item_kind = kind.item.plain, kind.item.kind
        if all(item.__class__ in plain for item in value):
            return value
        read = [
            item if item.__class__ in plain else self._read(item, item_kind, value, index)
            for index, item in enumerate(value)
        ]
        if all(new is old for new, old in zip(read, value, strict=True)):
            return value
        kept = [index for index, item in enumerate(read) if item is not LEFT_OUT]
        moved = {to: (value, index) for to, index in enumerate(kept)}
        return derived_seq(value, [read[index] for index in kept], moved)

    def _map(self, value: Map, kind: kinds.MapOf, _holder: Node, _key: str | int) -> Any:
        if isinstance(value.get("$ref"), str) and kinds.holds_objects(kind):
            instead = self.replace(value)
            return LEFT_OUT if instead is None else self._map(instead, kind, _holder, _key)
        self._maps.add(id(value))
        plain, inner = kind.value.plain, kind.value.kind
        changed: dict[str, Any] = {}
        for key, item in value.items():
            if item.__class__ not in plain:
                read = self._read_named if item is None else self._read
                new = read(item, inner, value, key)
                if new is not item:
                    changed[key] = new
        return _with(value, changed)

    def _read_named(self, item: Any, kind: Kind, holder: Map, key: str) -> Any:
        """A value whose key the author chose: where it is null, an object without fields is meant."""
        if item is None and Map in kind.classes:
            self.report("null-value", holder, key, f"{_subject(key)} has no value; an empty object is taken.")
            return derived_map(holder, {})
        return self._read(item, kind, holder, key)

    def _object(self, value: Any, kind: kinds.ObjectOf, holder: Node, key: str | int) -> Any:
        if value.__class__ is bool:
            self._boolean_schema(value, holder, key)
            return value
        done = self._done[kind.name].get(id(value))
        return self._read_object(value, self.table[kind.name]) if done is None else done

    def _boolean_schema(self, value: bool, holder: Node, key: str | int) -> None:  # noqa: FBT001 - it is the schema
        if self.older and key not in {"additionalProperties", "additionalItems"}:
            said = f"The schema is {str(value).lower()}, as in OpenAPI 3.1; it is read as meant there."
            self.report("version-mixed", holder, key, said, f"Write `{'{}' if value else '{not: {}}'}`.")

    def _read_object(self, value: Map, fields: Fields) -> Any:
        if self.ignored.takes(value, fields.name):
            made = LEFT_OUT
        elif fields.referable and "$ref" in value:
            made = self._read_reference(value, fields)
        elif "$ref" in value and "$ref" not in fields.by_key and isinstance(value["$ref"], str):
            instead = self.replace(value)
            made = LEFT_OUT if instead is None else self.read(instead, fields.name)
        else:
            made = self._read_fields(value, fields)
            if made is not LEFT_OUT:
                made = self.ignored.rest(made, value, fields.name)
                made = self.raises[fields.name](made, self) if fields.name in self.raises else made
        self._done[fields.name][id(value)] = made
        return made

    def _read_fields(self, value: Map, fields: Fields) -> Any:
        base = self._base
        if fields.name == "Schema" and not _IDENTIFIERS.isdisjoint(value):
            self._identify(value)
        by_key = fields.by_key
        changed: dict[str, Any] = {}
        for key, item in value.items():
            field = by_key.get(key)
            if field is None:
                new = self._read_other(item, fields, value, key)
            elif item.__class__ in field.plain or (item.__class__ is str and item in field.words):
                continue
            else:
                new = self._read(item, field.kind, value, key)
            if new is not item:
                changed[key] = new
        made = _with(value, changed)
        if "$ref" in by_key and not _REFERRING.isdisjoint(made):
            self._found_reference(value, made, fields.name)
        if fields.name == "Discriminator":
            self.discriminators.append(made)
        self._base = base
        return LEFT_OUT if fields.needed and self._lacks(made, value, fields) else made

    def _read_other(self, item: Any, fields: Fields, holder: Map, key: str) -> Any:
        """The value of a key that has no field of its own."""
        if key.startswith("x-"):
            if key == IGNORE and item.__class__ is Seq:
                return self._read(item, kinds.parse("[string]"), holder, key)
            if key.startswith(grammar.OURS):
                self._unknown(fields, holder, key)
            return item
        if fields.rest is None:
            self._unknown(fields, holder, key)
            # What Swagger 2.0 does not know may mean something in the dialect that the object is raised to.
            return LEFT_OUT if fields.name.startswith("Swagger") else item
        if fields.rest_keys and not fields.rest_keys.fullmatch(key):
            self.report(
                "wrong-key",
                holder,
                key,
                f"The key {quoted(key)} can't stand here; it is left out.",
                grammar.KEYS[fields.name][1],
            )
            return LEFT_OUT
        if item.__class__ in fields.rest.plain:
            return item
        return self._read_named(item, fields.rest.kind, holder, key)

    def _unknown(self, fields: Fields, holder: Map, key: str) -> None:
        ours = key.startswith(grammar.OURS)
        near = self.spelling.nearest(key, fields.by_key, _CLOSEST if ours else _CLOSE)
        if fields.name == "Schema" and not near and not ours:
            return  # JSON Schema lets anybody add keywords
        name = fields.name.removeprefix("Swagger") or fields.name
        other = "It is not read here." if ours else "Start its name with `x-` if it is meant."
        hint = f"Did you mean {quoted(near)}?" if near else other
        self.report(
            "field-unknown", holder, key, f"{quoted(key)} is no field of an object of the kind {name}.", hint
        )

    def _lacks(self, made: Map, value: Map, fields: Fields) -> bool:
        """Whether an object is without something essential; says what it needs and does not have."""
        missing = [key for key in fields.needed if key not in made]
        for key in missing:
            if key not in value:
                self.report(
                    "field-missing", value, None, f"An object of the kind {fields.name} needs {quoted(key)}."
                )
        return not fields.essential.isdisjoint(missing)

    def _read_reference(self, value: Map, fields: Fields) -> Any:
        if not isinstance(value["$ref"], str):
            return self._wrong_type(value["$ref"], kinds.parse("string"), value, "$ref")
        changed: dict[str, Any] = {
            key: self._read(value[key], kinds.parse(notation), value, key)
            for key, notation in grammar.REFERENCE.items()
            if key in value
        }
        self._found_reference(value, value, fields.name)
        return _with(value, {key: new for key, new in changed.items() if new is not value[key]})

    def _found_reference(self, value: Map, made: Map, kind: str) -> None:
        for key in _REFERENCES:
            if key in made:
                self.references.append(Reference(value, key, kind, self._base))

    def _identify(self, value: Map) -> None:
        """Keeps a schema under its `$id` and its anchors, so that a `$ref` finds it."""
        home = home_of(value)
        self._base = identify(self.identified, value, self._base, home.path if home else "")


def _with(value: Map, changed: dict[str, Any]) -> Map:
    """The object with other values under some keys, without those that are LEFT_OUT."""
    if not changed:
        return value
    merged = {**value, **changed}
    for key, item in changed.items():
        if item is LEFT_OUT:
            del merged[key]
    return derived_map(value, merged)


def _subject(key: str | int) -> str:
    return quoted(key) if isinstance(key, str) else f"Item {key + 1} of the list"
