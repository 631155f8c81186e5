"""Schemas -> fields with dotted names, as tables have them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from specwright.plan.keywords import (
    ANYTHING,
    demanded_types,
    is_nothing,
    json_type,
    listed,
    plain,
)
from specwright.reference.model import Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.plan.keywords import Node, Schema
    from specwright.plan.views import Views

MOST: Final = 1_000
"""Rows of one table; schemas may have more members than anybody reads."""
_MOST_ONCE: Final = 300
"""The same of a table in which nothing is told twice."""
_SHARED: Final = 2
"""So many times as many rows are looked at; alternatives may share most of theirs."""
_DEPTHS: Final = (12, 4, 3, 2, 1)
"""How deep in one another members are told: what is too much for a table at one depth is told at the next."""
_DEEPEST: Final = 12
_MOST_VALUES: Final = 500

_WORDS: Final[Mapping[str, str]] = {
    "string": "String", "integer": "Integer", "number": "Number", "boolean": "Boolean", "object": "Object", "null": "null",
}  # fmt: skip

_BOUNDS: Final[Mapping[str, str]] = {
    "format": "Format: {}",
    "minLength": "At least {} characters",
    "maxLength": "At most {} characters",
    "pattern": "Pattern: {}",
    "minimum": "Minimum: {}",
    "exclusiveMinimum": "More than {}",
    "maximum": "Maximum: {}",
    "exclusiveMaximum": "Less than {}",
    "multipleOf": "A multiple of {}",
    "minItems": "At least {} items",
    "maxItems": "At most {} items",
    "minProperties": "At least {} members",
    "maxProperties": "At most {} members",
    "contentMediaType": "Holds {}",
}
"""What is said of a keyword, with its value."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A row before it has an anchor, and the place in the table of the one that tells its members."""

    row: Row
    path: tuple[str, ...]
    alternatives: tuple[str, ...] = ()
    """Those that it stands in, the outermost first."""
    group: int = 0
    """How many alternatives there are of the innermost choice."""


class Fields:
    """Makes the tables of one document."""

    def __init__(self, views: Views) -> None:
        self._views = views
        self._tables: dict[tuple[int, tuple[str, ...], bool], tuple[Node, list[Row], bool]] = {}
        """What was made already, by the id of the schema, which lives as long as this does."""
        self._known: dict[int, tuple[Node, Row]] = {}

    def table(
        self,
        title: str,
        section: str,
        node: Node | None,
        *,
        uploads: tuple[str, ...] = (),
        once: bool = False,
    ) -> Table:
        """The members of a body. A body that is no object has a row of its own, called `(body)`.

        With `once`, the members of a schema that the body has at several places are told at the first of them.
        """
        if node is None:
            return Table(title, section, ())
        key = (id(node), uploads, once)
        known = self._tables.get(key)
        if known is None:
            known = self._tables[key] = (node, *self._rows(node, uploads, once=once))
        _, rows, more = known
        return Table(title, section, anchored(rows, section), more)

    def _rows(self, node: Node, uploads: tuple[str, ...], *, once: bool) -> tuple[list[Row], bool]:
        """The rows of a body, and whether there are further ones: as deep as there is room for them."""
        most = _MOST_ONCE if once else MOST
        rows: list[Row] = []
        is_cut = True
        for depth in _DEPTHS:
            walk = _Walk(self._views, uploads, once=once, depth=depth, most=most * _SHARED, rows=self._known)
            walk.root(node)
            if walk.is_full and depth != _DEPTHS[-1]:
                continue
            rows, is_cut = _folded(walk.found), walk.is_cut or walk.is_full
            if len(rows) <= most:
                break
        return rows[:most], is_cut or len(rows) > most

    def row(self, name: str, node: Node, *, required: bool, text: str = "", deprecated: bool = False) -> Row:
        """A single field, by a name of its own."""
        walk = _Walk(self._views)
        row = walk.row((name,), node, required=required)
        return replace(row, text=text or row.text, deprecated=deprecated or row.deprecated)

    def parameter(self, row: Row, node: Node) -> list[Row]:
        """A parameter, and its members where it is made of some."""
        walk = _Walk(self._views)
        walk.below(node, (row.name,), (), (), 0)
        return [row, *_folded(walk.found)[:MOST]]


def anchored(rows: list[Row], section: str) -> tuple[Row, ...]:
    """The rows with anchors that no two share."""
    return tuple(_anchored(rows, section))


def words(views: Views, node: Node) -> str:
    """The type of a schema in words."""
    return " or ".join(_kinds(views, node, 0)) or "Any"


def _kinds(views: Views, node: Node, depth: int) -> list[str]:
    merged = views.merged(node)
    if is_nothing(merged):
        return ["nothing"]
    alternatives = views.alternatives(node)
    if alternatives and depth < _DEEPEST:
        every = [kind for one in alternatives for kind in _kinds(views, one.schema, depth + 1) or ["Any"]]
        return [*dict.fromkeys(every)]
    kinds = demanded_types(merged) or tuple(dict.fromkeys(map(json_type, map(plain, listed(merged)))))
    if not kinds and ("oneOf" in merged or "anyOf" in merged) and depth < _DEEPEST:
        members = [*merged.get("oneOf", ()), *merged.get("anyOf", ())]
        return [*dict.fromkeys(kind for one in members for kind in _kinds(views, one, depth + 1))]
    return [_word(views, kind, merged, depth) for kind in kinds]


def _word(views: Views, kind: str, merged: Schema, depth: int) -> str:
    if kind == "array":
        inner = _kinds(views, views.items(merged), depth + 1) if depth < _DEEPEST else []
        return f"Array of {' or '.join(inner) or 'Any'}" if inner or "items" in merged else "Array"
    if kind == "string" and merged.get("format") == "binary":
        return "File"
    return _WORDS.get(kind, kind)


def limits(merged: Schema) -> tuple[str, ...]:
    """What is demanded of a value beside its type."""
    said = [
        text.format(_value(merged[key]) if not isinstance(merged[key], str) else merged[key])
        for key, text in _BOUNDS.items()
        if key in merged and not isinstance(merged[key], bool)
    ]
    return (*said, *(["No item twice"] if merged.get("uniqueItems") is True else []))


def _value(value: Any) -> str:
    return json.dumps(plain(value), ensure_ascii=False)


class _Walk:
    """One way through a schema and what it is made of."""

    def __init__(  # noqa: PLR0913 -- what a walk is told
        self,
        views: Views,
        uploads: tuple[str, ...] = (),
        *,
        once: bool = False,
        depth: int = _DEEPEST,
        most: int = MOST,
        rows: dict[int, tuple[Node, Row]] | None = None,
    ) -> None:
        self._views = views
        self._rows: dict[int, tuple[Node, Row]] = {} if rows is None else rows
        """Rows without a name, by the id of their schema, which lives as long as they do."""
        self._uploads = uploads
        self._once = once
        self._depth = depth
        self._most = most
        self._told: dict[int, str] = {}
        """By the schemas that have members: the field that they are told of."""
        self.found: list[_Found] = []
        self.is_cut = False
        """Whether members are left out for being too deep."""

    @property
    def is_full(self) -> bool:
        """Whether there are as many rows as are looked at."""
        return len(self.found) >= self._most

    def root(self, node: Node) -> None:
        merged = self._views.merged(node)
        members = merged.get("properties") or self._views.undeclared(merged) is not None
        if not members and not self._views.alternatives(node):
            self.found.append(_Found(self.row((), node, required=True), ()))
        self.below(node, (), (), (), 0)

    def row(self, path: tuple[str, ...], node: Node, *, required: bool) -> Row:
        """The row of a member."""
        is_file = len(path) == 1 and path[0] in self._uploads
        known = self._rows.get(id(node))
        if known is None:
            known = self._rows[id(node)] = (node, self._row(node))
        row = replace(known[1], name=dotted(path), required=required)
        return replace(row, type="File") if is_file else row

    def _row(self, node: Node) -> Row:
        views = self._views
        merged, doc = views.merged(node), views.doc(node)
        is_list = demanded_types(merged) == ("array",)
        inner = views.merged(views.items(merged)) if is_list else ANYTHING
        values = [_value(value) for value in (listed(merged) or listed(inner))[:_MOST_VALUES]]
        return Row(
            anchor="",
            name="",
            type=words(views, node),
            required=False,
            text=doc.text or (views.doc(views.items(merged)).text if is_list else ""),
            values=tuple(values),
            default=_value(doc.default[0]) if doc.default else None,
            read_only=doc.read_only,
            write_only=doc.write_only,
            deprecated=doc.deprecated,
            limits=(*limits(merged), *(f"Each: {text[0].lower()}{text[1:]}" for text in limits(inner))),
        )

    def below(
        self, node: Node, path: tuple[str, ...], within: tuple[str, ...], open_: tuple[int, ...], group: int
    ) -> None:
        """The members of a schema, and those of what it may be."""
        if self.is_full:
            return
        views = self._views
        if len(path) >= self._depth:
            self.is_cut = self.is_cut or "object" in demanded_types(views.merged(node))
            return
        alternatives = views.alternatives(node)
        if alternatives:
            for one in alternatives:
                if not isinstance(one.schema, bool):
                    self._alternative(one.schema, path, (*within, one.word), open_, len(alternatives))
            return
        merged = views.merged(node)
        key = id(merged)
        if merged.get("properties") and key in self._told and (self._once or key in open_):
            self._point(path, self._told[key])
            return
        self._told.setdefault(key, dotted(path))
        self._members(merged, path, within, (*open_, key), group)
        if demanded_types(merged) == ("array",) or "items" in merged or "prefixItems" in merged:
            self.below(views.items(merged), (*path, "[]"), within, (*open_, key), group)

    def _alternative(
        self, node: Node, path: tuple[str, ...], within: tuple[str, ...], open_: tuple[int, ...], group: int
    ) -> None:
        key = id(self._views.merged(node))
        if key in open_:
            return
        self.below(node, path, within, open_, group)

    def _members(
        self,
        merged: Schema,
        path: tuple[str, ...],
        within: tuple[str, ...],
        open_: tuple[int, ...],
        group: int,
    ) -> None:
        required = merged.get("required", ())
        for wire, node in merged.get("properties", {}).items():
            if self.is_full:
                return
            self._member((*path, wire), node, within, open_, group, required=wire in required)
        others = self._views.undeclared(merged)
        if others is not None and (others is not True or not merged.get("properties")):
            self._member((*path, "*"), others, within, open_, group, required=False)

    def _member(  # noqa: PLR0913 -- where it stands
        self,
        path: tuple[str, ...],
        node: Node,
        within: tuple[str, ...],
        open_: tuple[int, ...],
        group: int,
        *,
        required: bool,
    ) -> None:
        self.found.append(_Found(self.row(path, node, required=required), path, within, group))
        self.below(node, path, within, open_, group)

    def _point(self, path: tuple[str, ...], told: str) -> None:
        """Say at the last row of a path where its members are told."""
        for number in range(len(self.found) - 1, -1, -1):
            found = self.found[number]
            if path in {found.path, (*found.path, "[]")}:
                self.found[number] = replace(found, row=replace(found.row, as_of=told or BODY))
                return


BODY: Final = "(body)"
"""What the whole body is called."""


def dotted(path: tuple[str, ...]) -> str:
    """A path of members in one name: `settings.base_model.name`, `items[].name`."""
    name = ""
    for step in path:
        name += step if step == "[]" or not name else f".{step}"
    return name or BODY


_ALONG: Final = " > "
"""Between the names of alternatives that stand in one another."""


def _folded(found: list[_Found]) -> list[Row]:
    """The rows, with those that several alternatives share once."""
    same: dict[tuple[object, ...], list[_Found]] = {}
    for one in found:
        same.setdefault((one.path, one.row, one.alternatives[:-1], one.group), []).append(one)
    rows: list[Row] = []
    for members in same.values():
        first = members[0]
        names = tuple(dict.fromkeys(_ALONG.join(one.alternatives) for one in members if one.alternatives))
        outer = _ALONG.join(first.alternatives[:-1])
        everywhere = (outer,) if outer else ()
        rows.append(replace(first.row, only_of=names if len(names) < first.group else everywhere))
    return rows


_ODD: Final = re.compile(r"[^\w.*\[\]-]+", re.ASCII)


def _anchored(rows: list[Row], section: str) -> Iterator[Row]:
    taken: dict[str, int] = {}
    first: dict[str, str] = {}
    made: list[Row] = []
    for row in rows:
        text = f"{section}.{_ODD.sub('-', row.name)[:200]}"
        taken[text] = number = taken.get(text, 0) + 1
        anchor = text if number == 1 else f"{text}-{number}"
        first.setdefault(row.name, anchor)
        made.append(replace(row, anchor=anchor))
    for row in made:
        yield replace(row, as_of_anchor=first.get(row.as_of, "")) if row.as_of else row
