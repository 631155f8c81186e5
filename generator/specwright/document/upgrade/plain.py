"""Plain YAML scalars in a schema that are text to people, and numbers, booleans or dates to readers of YAML."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from specwright.document.scalars import ambiguous
from specwright.document.tree import Map, Node, Seq, derived_map, derived_seq, file_of, is_plain, written
from specwright.problems import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from specwright.document.shape import Walk

_TEXT: Final = ("string", ["string"], ["string", "null"], ["null", "string"])
_MEANT: Final = ("default", "const", "enum")
_SHOWN: Final = ("example", "examples")
_LOOKED_AT: Final = frozenset({"enum", "properties", "type"})
_LETTERS: Final = frozenset("yYnN")
"""Booleans by YAML 1.1, and text to most of its readers all the same: names of coordinates and of counts are no mistake."""
_NAMED: Final = 5
"""How many values a message names."""
_NOT_TEXT: Final = frozenset({bool, int, float})


def as_written(schema: Map, walk: Walk) -> Map:
    """The schema, its values as the file has them where the type asks for text; says what others may read otherwise."""
    if _LOOKED_AT.isdisjoint(schema):
        return schema
    file = file_of(schema)
    if file is None or not file.is_yaml:
        return schema
    if "properties" in schema:
        _say_ambiguous(
            schema["properties"], {key: key for key in schema["properties"] if key not in _LETTERS}, walk
        )
    if "enum" in schema:
        values: Seq = schema["enum"]
        texts = {index: value for index, value in enumerate(values) if isinstance(value, str)}
        _say_ambiguous(values, texts, walk)
    return _with_text(schema, walk) if schema.get("type") in _TEXT else schema


def _say_ambiguous(node: Node, texts: Mapping[str, str] | Mapping[int, str], walk: Walk) -> None:
    """Says which of the texts, by their keys in a node, have no quotes and need them: at the first."""
    found = {key: text for key, text in texts.items() if ambiguous(text) and is_plain(node, key)}
    if found:
        message = f"Text that others read as a boolean, number or date: {_named(found.values())}."
        walk.report("ambiguous-text", node, next(iter(found)), message)


def _named(texts: Collection[str]) -> str:
    more = " …" if len(texts) > _NAMED else ""
    return ", ".join(quoted(text, longest=20) for text in islice(texts, _NAMED)) + more


def _with_text(schema: Map, walk: Walk) -> Map:
    changed: dict[str, Any] = {}
    for keyword in (*_MEANT, *_SHOWN):
        if keyword not in schema:
            continue
        value = schema[keyword]
        new = _text(schema, keyword, value)
        if new is value:
            continue
        changed[keyword] = new
        if keyword in _MEANT:
            _say_unquoted(schema, keyword, new, walk)
    return derived_map(schema, {**schema, **changed}) if changed else schema


def _say_unquoted(schema: Map, keyword: str, new: Any, walk: Walk) -> None:
    """Says which values of a keyword stand there without quotes: at the first."""
    value = schema[keyword]
    if isinstance(value, Seq):
        pairs = enumerate(zip(value, new, strict=True))
        found = {index: text for index, (old, text) in pairs if text is not old}
    else:
        found = {0: new}
    verbs = ("is", "has") if len(found) == 1 else ("are", "have")
    message = f"{_named(found.values())} {verbs[0]} written without quotes, and {verbs[1]} to be text."
    if isinstance(value, Seq):
        walk.report("unquoted", value, next(iter(found)), message)
    else:
        walk.report("unquoted", schema, keyword, message)


def _text(holder: Node, key: str | int, value: Any) -> Any:
    """A value as the file has it; a list with each item so."""
    if value.__class__ in _NOT_TEXT:
        return written(holder, key) or value
    if not isinstance(value, Seq) or key not in {"enum", "examples"}:
        return value
    items = [_text(value, index, item) for index, item in enumerate(value)]
    same = all(new is old for new, old in zip(items, value, strict=True))
    return value if same else derived_seq(value, items)
