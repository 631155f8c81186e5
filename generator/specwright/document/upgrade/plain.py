"""Plain YAML scalars in a schema that are text to people, and numbers, booleans or dates to readers of YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.document.scalars import ambiguous
from specwright.document.tree import Map, Node, Seq, derived_map, derived_seq, file_of, is_plain, written
from specwright.problems import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specwright.document.shape import Walk

_TEXT: Final = ("string", ["string"], ["string", "null"], ["null", "string"])
_MEANT: Final = ("default", "const", "enum")
_SHOWN: Final = ("example", "examples")
_LOOKED_AT: Final = frozenset({"enum", "properties", "type"})
_NOT_TEXT: Final = frozenset({bool, int, float})


def as_written(schema: Map, walk: Walk) -> Map:
    """The schema, its values as the file has them where the type asks for text; says what others may read otherwise."""
    if _LOOKED_AT.isdisjoint(schema):
        return schema
    file = file_of(schema)
    if file is None or not file.is_yaml:
        return schema
    if "properties" in schema:
        _say_ambiguous(schema["properties"], schema["properties"], walk)
    if "enum" in schema:
        values: Seq = schema["enum"]
        texts = {index: value for index, value in enumerate(values) if isinstance(value, str)}
        _say_ambiguous(values, texts.values(), walk, keys=texts)
    return _with_text(schema, walk) if schema.get("type") in _TEXT else schema


def _say_ambiguous(
    node: Node, texts: Iterable[str], walk: Walk, *, keys: Iterable[str | int] | None = None
) -> None:
    found = [
        text
        for key, text in zip(texts if keys is None else keys, texts, strict=True)
        if ambiguous(text) and is_plain(node, key)
    ]
    if found:
        names = ", ".join(quoted(text, longest=20) for text in found[:5]) + (" …" if len(found) > 5 else "")  # noqa: PLR2004 - enough to see
        walk.report(
            "ambiguous-text", node, None, f"Text that others read as a boolean, number or date: {names}."
        )


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
            walk.report(
                "unquoted",
                schema,
                keyword,
                f"{quoted(keyword)} is written without quotes, and has to be text.",
            )
    return derived_map(schema, {**schema, **changed}) if changed else schema


def _text(holder: Node, key: str | int, value: Any) -> Any:
    """A value as the file has it; a list with each item so."""
    if value.__class__ in _NOT_TEXT:
        return written(holder, key) or value
    if not isinstance(value, Seq) or key not in {"enum", "examples"}:
        return value
    items = [_text(value, index, item) for index, item in enumerate(value)]
    same = all(new is old for new, old in zip(items, value, strict=True))
    return value if same else derived_seq(value, items)
