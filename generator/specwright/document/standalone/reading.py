"""Schemas as their dialect has them, held to its keywords and rewritten to JSON Schema 2020-12."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlsplit

from specwright import spelling
from specwright.document.kinds import Choice, Count, Kind, ListOf, MapOf, ObjectOf, Positive, Scalar, Word
from specwright.document.pointers import NotFoundError
from specwright.document.shape import LEFT_OUT
from specwright.document.tree import Map, Node, Seq
from specwright.document.upgrade.drafts import CURRENT, hide_contains, raise_keywords
from specwright.problems import Problem, Refused, problem, quoted, strict
from specwright.spelling import Spelling

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping

    from specwright.document.standalone.dialects import Dialect
    from specwright.document.standalone.index import Index, Resource, Subschema

_MOST: Final = 100
"""How many Problems are kept."""

_NAMES: Final[Mapping[type, str]] = {
    Map: "an object",
    Seq: "a list",
    str: "text",
    bool: "a boolean",
    int: "a number",
    float: "a number",
    type(None): "null",
}
_FILLED: Final = frozenset({"allOf", "anyOf", "oneOf", "prefixItems", "type"})
"""Keywords whose lists are not empty (Core, section 10.2.1; Validation, section 6.1.1)."""

_LISTED_ITEMS: Final = (
    "In 2020-12, schemas for the first items are `prefixItems`; `dialect` names an older draft."
)

_ANCHOR: Final = re.compile(r"[A-Za-z_][-A-Za-z0-9._:]*")
_NO_URI: Final = re.compile(r"[\x00-\x20\x7f\"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})")
_NO_FRAGMENT: Final = re.compile(r"#|%(?![0-9A-Fa-f]{2})")


def is_reference(text: str) -> bool:
    """Whether a text can be a URI reference (RFC 3986, section 4.1); the fragment may hold any character, as many do."""
    location, _, fragment = text.partition("#")
    try:
        urlsplit(location)
    except ValueError:
        return False
    return not _NO_URI.search(location) and not _NO_FRAGMENT.search(fragment)


def _is_anchor(text: str) -> bool:
    return _ANCHOR.fullmatch(text) is not None


def _is_root(text: str) -> bool:
    return text == "#"


class _Syntax(NamedTuple):
    is_right: Callable[[str], bool]
    hint: str


_REFERENCE: Final = _Syntax(is_reference, "Write a URI, or the end of one; in it, a space is `%20`.")
_NAME: Final = _Syntax(
    _is_anchor, "A name starts with a letter, and goes on with letters, digits, `-`, `_` and `.`."
)
_SYNTAX: Final[Mapping[str, _Syntax]] = {
    **dict.fromkeys(("$ref", "$dynamicRef", "$id", "id", "$schema"), _REFERENCE),
    **dict.fromkeys(("$anchor", "$dynamicAnchor"), _NAME),
    "$recursiveRef": _Syntax(_is_root, "It is always `#`."),
}


class Reader:
    """Reads schemas once each, and keeps what it comes by: references, and what is wrong."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.problems: list[Problem] = []
        self.spelling = Spelling()
        self.read: dict[int, Map] = {}
        """What was made of a schema, by the schema."""
        self.origins: dict[int, tuple[Map, Map]] = {}
        """Of what was made: itself, and the schema that it was made of."""
        self.references: list[tuple[Map, Map, str]] = []
        """What was made, the schema that it was made of, and the keyword that refers to another."""
        self.reached: dict[int, Resource] = {}
        self._older_contains: list[Map] = []
        self._hides_contains = False

    def schema(self, schema: Subschema) -> Subschema:
        """What a schema is in 2020-12; the same object each time."""
        if isinstance(schema, bool):
            return schema
        made = self.read.get(id(schema))
        return self._read(schema) if made is None else made

    def finish(self) -> None:
        """Does what can't be known before all is read: whether items count as evaluated because of `contains`."""
        if self._hides_contains:
            for made in self._older_contains:
                hide_contains(made, self._maker(self.origins[id(made)][1]))

    def report(
        self, code: str, schema: Node, key: str | int | None, message: str, hint: str | None = ""
    ) -> None:
        """Adds a Problem at what stands under a key of a schema; Refused where there are too many."""
        self.problems += strict([problem(code, self.index.copies.place(schema, key), message, hint)])
        if len(self.problems) >= _MOST:
            raise Refused(self.problems)

    def _read(self, schema: Map) -> Map:
        resource = self.index.resource(schema)
        self.reached[id(resource)] = resource
        make = self._maker(schema)
        made = self.read[id(schema)] = make({})
        fields = resource.dialect.counting(schema)
        for keyword, value in schema.items():
            if keyword in fields:
                self._keep(made, keyword, self._value(value, fields[keyword], schema, keyword))
        self._check_identity(schema, resource.dialect)
        for keyword in ("$ref", "$dynamicRef", "$recursiveRef"):
            if keyword in made:
                self.references.append((made, schema, keyword))
        raise_keywords(made, make)
        self._hides_contains = self._hides_contains or "unevaluatedItems" in made
        if "contains" in made and resource.dialect.draft is not CURRENT:
            self._older_contains.append(made)
        return made

    def _check_identity(self, schema: Map, dialect: Dialect) -> None:
        """Says what a schema can't call itself: by a part of it (section 8.2.1), or of a dialect of its own (8.1.1)."""
        own = schema.get("$id")
        if not dialect.draft.is_old and isinstance(own, str) and "#" in own[:-1]:
            message = f"`$id` is {quoted(own)}, which has a fragment."
            self.report("ref-syntax", schema, "$id", message, "What names a part of a schema is `$anchor`.")
        if "$schema" in dialect.counting(schema) and self.index.is_foreign(schema):
            message = f"This is part of a schema of another dialect than {quoted(schema['$schema'])}."
            self.report("wrong-key", schema, "$schema", message, "Give it an `$id`: then it is on its own.")

    def _keep(self, made: Map, keyword: str, value: Any) -> None:
        """Sets a keyword; not one that says how the schema was written, which it is no longer."""
        if value is not LEFT_OUT and keyword not in {"$schema", "$vocabulary"}:
            made[keyword] = value

    def _maker(self, schema: Map) -> Callable[[dict[str, Any]], Map]:
        def make(keywords: dict[str, Any]) -> Map:
            made = Map(keywords)
            self.origins[id(made)] = made, schema
            return made

        return make

    def _value(self, value: Any, kind: Kind, holder: Node, key: str | int) -> Any:
        """What the value of a keyword, or one that it holds, is in 2020-12; LEFT_OUT if it is wrong, which is said."""
        if not _fits(value, kind):
            message = f"{_subject(key)} is {_NAMES[value.__class__]}, and has to be {kind.expected}."
            listed = isinstance(value, Seq) and self._holds(holder, key, {"items"})
            hint = _LISTED_ITEMS if listed else ""
            self.report("wrong-type", holder, key, message, hint)
            return LEFT_OUT
        match kind:
            case ObjectOf():
                return self.schema(value)
            case ListOf(item):
                if not value and self._holds(holder, key, _FILLED):
                    self.report("wrong-value", holder, key, f"{_subject(key)} is an empty list.")
                return Seq([self._value(it, item.kind, value, index) for index, it in enumerate(value)])
            case MapOf(item):
                return Map({name: self._value(it, item.kind, value, name) for name, it in value.items()})
            case Choice(options):
                option = next(option for option in options if value.__class__ in option.classes)
                return self._value(value, option, holder, key)
            case _:
                self._check(value, kind, holder, key)
                return int(value) if isinstance(kind, Count) else value

    def _check(self, value: Any, kind: Kind, holder: Node, key: str | int) -> None:
        """Says what is wrong with a scalar of the right class."""
        match kind:
            case Word(words) if value not in words:
                self.report(
                    "wrong-value", holder, key, f"{_subject(key)} is {quoted(value)}.", _near(value, words)
                )
            case Count() if value < 0 or value != int(value):
                self._wrong_value(value, kind.expected, holder, key)
            case Positive() if value <= 0:
                self._wrong_value(value, kind.expected, holder, key)
            case Scalar() if self._holds(holder, key, _SYNTAX) and not _SYNTAX[str(key)].is_right(value):
                message = f"{_subject(key)} is {quoted(value)}, which is not what may stand here."
                self.report("ref-syntax", holder, key, message, _SYNTAX[str(key)].hint)
            case _:
                return

    def _holds(self, holder: Node, key: str | int, keywords: Container[str | int]) -> bool:
        """Whether what holds a value is a schema, and the value that of one of these keywords."""
        return key in keywords and id(holder) in self.read

    def _wrong_value(self, value: float, expected: str, holder: Node, key: str | int) -> None:
        message = f"{_subject(key)} is {quoted(repr(value))}, and has to be {expected}."
        self.report("wrong-value", holder, key, message)

    def follow(self, schema: Map, keyword: str) -> tuple[Subschema, str | None]:
        """What a reference leads to, and its dynamic name; `true` where it leads nowhere, which is said."""
        if not is_reference(schema[keyword]):
            return True, None  # said when it was read
        try:
            if keyword == "$recursiveRef":
                return self.index.recursive(schema)
            return self.index.find(schema, schema[keyword])
        except NotFoundError as error:
            self.report(error.code, schema, keyword, error.message, error.hint(self.spelling) or "")
            return True, None


def _fits(value: object, kind: Kind) -> bool:
    return value.__class__ in kind.classes


def _near(text: str, words: Iterable[str]) -> str | None:
    return spelling.hint(text, words, f"It is one of {', '.join(sorted(words))}.")


def _subject(key: str | int) -> str:
    return quoted(key) if isinstance(key, str) else f"Item {key + 1} of the list"
