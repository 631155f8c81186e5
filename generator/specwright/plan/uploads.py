"""Which members of a multipart body are files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.document.tree import Map, derived_map, derived_seq
from specwright.plan.keywords import ANNOTATIONS, UPLOAD, demanded_types, demands
from specwright.runtime.media import family

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.plan.keywords import Node, Schema
    from specwright.plan.views import Views

CHOICES: Final = ("oneOf", "anyOf")


def is_binary(views: Views, node: Node) -> bool:
    """Whether a schema describes bytes as they are (OpenAPI 3.0: `format: binary`; 3.1: a media type and no encoding)."""
    merged = views.merged(node)
    if demanded_types(merged) not in {(), ("string",), ("string", "null"), ("null", "string")}:
        return False
    inner = merged.get("contentMediaType")
    return merged.get("format") == "binary" or (
        inner is not None and "contentEncoding" not in merged and family(inner) == "binary"
    )


def uploads(views: Views, media: Map, schema: Node) -> tuple[Node, tuple[str, ...]]:
    """The schema of a multipart body with its files marked, and the names of the members that are, or hold, files."""
    encodings: Mapping[str, Map] = media.get("encoding", {})
    return _marked_object(views, media, schema, encodings, frozenset())


def _marked_object(
    views: Views, media: Map, node: Node, encodings: Mapping[str, Map], within: frozenset[int]
) -> tuple[Node, tuple[str, ...]]:
    """`within` are the schemas around it, by identity: what one of them is made of is looked at there."""
    merged = views.merged(node)
    if id(merged) in within:
        return node, ()
    within |= {id(merged)}
    names: dict[str, None] = {}
    changed: dict[str, Any] = {}
    properties = {
        wire: _marked(views, media, part, _content_type(encodings, wire), frozenset())
        for wire, part in merged.get("properties", {}).items()
    }
    found = [wire for wire, part in properties.items() if part is not merged["properties"][wire]]
    if found:
        names.update(dict.fromkeys(found))
        changed["properties"] = derived_map(media, properties)
    for keyword in CHOICES:
        members = [_marked_object(views, media, part, encodings, within) for part in merged.get(keyword, ())]
        inner = dict.fromkeys(name for _, own in members for name in own)
        if inner:
            names.update(inner)
            changed["anyOf"] = derived_seq(media, [part for part, _ in members])
    return (_with(media, merged, changed) if changed else node), tuple(names)


def _with(media: Map, merged: Schema, changed: Mapping[str, Any]) -> Map:
    """The schema with other parts. Files fit more than one alternative in the eyes of a validator, so that any will do."""
    kept = {key: value for key, value in merged.items() if not (key == "oneOf" and "anyOf" in changed)}
    return derived_map(media, {**kept, **changed})


def _content_type(encodings: Mapping[str, Map], wire: str) -> str:
    said: str = encodings[wire].get("contentType", "") if wire in encodings else ""
    return said.partition(",")[0]


def _marked(views: Views, media: Map, node: Node, content_type: str, within: frozenset[int]) -> Node:
    """The schema of a member with a mark where files are; itself where none are, and inside of itself."""
    merged = views.merged(node)
    if id(merged) in within:
        return node
    within |= {id(merged)}
    if _is_file(views, node, merged, content_type):
        mark = derived_map(media, {**{key: merged[key] for key in merged.keys() & ANNOTATIONS}, UPLOAD: True})
        nullable = "null" in demanded_types(merged)
        return (
            derived_map(media, {"anyOf": [mark, derived_map(media, {"type": "null"})]}) if nullable else mark
        )
    if demanded_types(merged) == ("array",):
        items = merged.get("items", True)
        marked = _marked(views, media, items, content_type, within)
        return node if marked is items else derived_map(media, {**merged, "items": marked})
    for keyword in CHOICES:
        members: list[Node] = list(merged.get(keyword, ()))
        inner = [_marked(views, media, part, content_type, within) for part in members]
        if any(part is not member for part, member in zip(inner, members, strict=True)):
            return _with(media, merged, {"anyOf": derived_seq(media, inner)})
    return node


def _is_file(views: Views, node: Node, merged: Schema, content_type: str) -> bool:
    if is_binary(views, node):
        return True
    kind = family(content_type) if content_type else None
    if not demands(merged) and node is not False:
        return kind in {
            None,
            "binary",
        }  # OpenAPI 3.1, section 4.8.14.3: without a type, `application/octet-stream`
    return kind == "binary" and demanded_types(merged) == ("string",) and "contentEncoding" not in merged


def admits_text(views: Views, node: Node, within: frozenset[int] = frozenset()) -> bool:
    """Whether the schema of a member that may be a file, with the files in it marked, may be text as well."""
    merged = views.merged(node)
    if UPLOAD in merged or id(merged) in within:
        return False
    members = [member for keyword in CHOICES for member in merged.get(keyword, ())]
    return any(
        admits_text(views, member, within | {id(merged)}) for member in members
    ) or "string" in demanded_types(merged)
