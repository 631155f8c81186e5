"""The media types of bodies and of answers: how each is written, and the schema of what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specwright.document.tree import Map, Seq, derived_map, derived_seq
from specwright.plan.ir import Scalar, UnionOf
from specwright.plan.keywords import demanded_types
from specwright.plan.uploads import admits_text, is_binary, uploads
from specwright.runtime.media import essence, family, is_media_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specwright.document import Document
    from specwright.plan.ir import Type
    from specwright.plan.keywords import Node
    from specwright.plan.views import Views
    from specwright.runtime.media import Family

RANK: Final[Mapping[Family, int]] = {
    "json": 1, "form": 2, "multipart": 3, "lines": 4, "sequence": 5, "events": 6, "text": 7, "xml": 8, "binary": 9,
}  # fmt: skip
"""Which of several media types comes first; `application/json` comes before all."""

STRUCTURED: Final[frozenset[Family]] = frozenset({"json", "form", "multipart", "lines", "sequence", "events"})
"""What has a schema of its own; text, XML and bytes are what they are."""

SEQUENTIAL: Final[frozenset[Family]] = frozenset({"lines", "sequence", "events"})
"""What holds many values, one after another: in an answer, its schema is that of each."""

DONE: Final = "[DONE]"
"""What some APIs end their events with."""

OF_EVENTS: Final = frozenset({"comment", "data", "event", "id", "retry"})
"""The properties of an event."""

SCALARS: Final = frozenset({"string", "integer", "number", "boolean"})

SENT_FOR: Final[Mapping[str, str]] = {
    "text/*": "text/plain",
    "multipart/*": "multipart/form-data",
    "*/*": "application/octet-stream",
}
"""What is sent as a range of media types; where it isn't here, bytes of any kind."""


WITHOUT_SCHEMA: Final[Mapping[Family, Type]] = {
    "text": Scalar("str"), "events": Scalar("str"), "xml": UnionOf((Scalar("str"), Scalar("bytes"))),
    "binary": Scalar("binary"),
}  # fmt: skip
"""What callers give for a body without a schema."""


@dataclass(frozen=True, slots=True)
class FoundMedia:
    """A media type of a body or of an answer."""

    media_type: str
    """As it is sent, or asked for."""
    family: Family
    media: Map
    schema: Node | None
    """Of what is in it; None for text, XML and bytes, which have no more than what they are."""
    uploads: tuple[str, ...] = ()
    """The members that are files."""
    texts: tuple[str, ...] = ()
    """Those of them that may be text as well."""

    @property
    def example(self) -> tuple[Any, ...]:
        """An example of the whole as a tuple of one, if the document has one."""
        if "example" in self.media:
            return (self.media["example"],)
        return next(((value,) for value in _examples(self.media)), ())

    @property
    def written(self) -> Node | None:
        """The schema as the document writes it; None where it writes none."""
        found: Node | None = self.media.get("schema", self.media.get("itemSchema"))
        return found


def _examples(media: Map) -> Iterator[Any]:
    for example in media.get("examples", {}).values():
        for key in ("dataValue", "value"):
            if key in example:
                yield example[key]


def contents(
    document: Document, views: Views, content: Mapping[str, Map], *, sent: bool
) -> tuple[FoundMedia, ...]:
    """The media types of `content`, the preferred one first; `sent` says that callers send them."""
    found = [
        _media(views, key, document.target(reference), sent=sent)
        for key, reference in content.items()
        if is_media_type(key)
    ]
    ranked = sorted(found, key=lambda one: (RANK[one.family], one.media_type != "application/json"))
    return tuple(_distinct(views, ranked, sent=sent))


def odd(content: Mapping[str, Map]) -> Iterator[str]:
    """The keys of `content` that are no media types, and are left out."""
    return (key for key in content if not is_media_type(key))


def _media(views: Views, key: str, media: Map, *, sent: bool) -> FoundMedia:
    media_type, kind = _settled(views, key, media, sent=sent)
    schema: Node = media.get("schema", True)
    match kind:
        case "json" | "form":
            return FoundMedia(media_type, kind, media, schema)
        case "multipart":
            marked, names = uploads(views, media, schema)
            return FoundMedia(media_type, kind, media, marked, names, _texts(views, marked, names))
        case "lines" | "sequence":
            return FoundMedia(media_type, kind, media, _array(views, media) if sent else _item(views, media))
        case "events" if not sent:
            return FoundMedia(media_type, kind, media, _data(views, media))
        case "text" if sent and _is_scalar(views, schema):
            return FoundMedia(media_type, kind, media, schema)
        case _:
            return FoundMedia(media_type, kind, media, None)


def _texts(views: Views, schema: Node, names: Iterable[str]) -> tuple[str, ...]:
    merged = views.merged(schema)
    owners = [merged, *(views.merged(part) for part in merged.get("anyOf", ()))]
    found = [(name, owner.get("properties", {}).get(name, False)) for name in names for owner in owners]
    return tuple(dict.fromkeys(name for name, node in found if admits_text(views, node)))


def _settled(views: Views, key: str, media: Map, *, sent: bool) -> tuple[str, Family]:
    """The media type as it is sent or asked for, and how it is written. A range of anything is JSON if its schema is."""
    name, kind = essence(key), family(key)
    binary = is_binary(views, media.get("schema", True))
    if kind == "text" and binary:
        kind = "binary"
    if name in {"*/*", "application/*"} and not binary and ("schema" in media or not sent):
        return "application/json", "json"
    if "*" in name and sent:
        return SENT_FOR.get(name, "application/octet-stream"), kind
    return key, kind


def _is_scalar(views: Views, node: Node) -> bool:
    kinds = demanded_types(views.merged(node))
    return bool(kinds) and SCALARS.issuperset(kinds)


def _array(views: Views, media: Map) -> Node:
    """The schema of a sequence as the array that it stands for (OpenAPI 3.2, section 4.14.2)."""
    if "itemSchema" in media:
        return derived_map(media, {"type": "array", "items": media["itemSchema"]})
    schema: Node = media.get("schema", True)
    if demanded_types(views.merged(schema)) == ("array",):
        return schema
    # Before 3.2 there was no other place for the schema of an item.
    return derived_map(media, {"type": "array", "items": schema})


def _item(views: Views, media: Map) -> Node:
    """The schema of each value of a sequence."""
    array = _array(views, media)
    return views.items(views.merged(array))


def _data(views: Views, media: Map) -> Node | None:
    """The schema of what is in the `data` of each event; None where that is text, or nobody says what it is."""
    if "itemSchema" in media:
        data = _event_data(views, media["itemSchema"])
    elif "schema" in media:
        # Before 3.2 there was no other place for it. There it is the event only if it has nothing that events don't have.
        item = _item(views, media)
        data = _event_data(views, item) if _is_event(views, item) else item
    else:
        return None
    return None if demanded_types(views.merged(data)) == ("string",) else data


def _is_event(views: Views, node: Node) -> bool:
    merged = views.merged(node)
    members = [views.merged(member) for keyword in ("oneOf", "anyOf") for member in merged.get(keyword, ())]
    return all(one.get("properties", {}).keys() <= OF_EVENTS for one in members or [merged])


def _event_data(views: Views, node: Node) -> Node:
    """The schema of the `data` of an event, decoded where it is JSON; that of the event itself where it has no `data`."""
    merged = views.merged(node)
    data = merged.get("properties", {}).get("data")
    if data is not None:
        said = views.merged(data)
        inner: Node = said.get("contentSchema", True)
        return inner if family(said.get("contentMediaType", "text/plain")) == "json" else data
    for keyword in ("oneOf", "anyOf"):
        members = merged.get(keyword, ())
        if members and all("data" in views.merged(member).get("properties", {}) for member in members):
            origin = members if isinstance(members, Seq) else Seq()
            found = [_event_data(views, one) for one in members]
            # What only says that there are no more is for the runtime, which ends there.
            data = [one for one in found if not _is_end(views, one)] or found
            return derived_map(origin, {"anyOf": derived_seq(origin, data)}) if len(data) > 1 else data[0]
    return node


def _is_end(views: Views, node: Node) -> bool:
    merged = views.merged(node)
    said = [merged["const"]] if "const" in merged else merged.get("enum")
    return said == [DONE]


def _distinct(views: Views, ranked: Iterable[FoundMedia], *, sent: bool) -> Iterator[FoundMedia]:
    """The media types without those that say no more than the first, which is structured: the same, written otherwise."""
    first: FoundMedia | None = None
    for one in ranked:
        if first is None or first.family not in STRUCTURED or not _same(views, first, one, sent=sent):
            yield one
        first = first or one


def _same(views: Views, first: FoundMedia, other: FoundMedia, *, sent: bool) -> bool:
    if not sent and (first.family in SEQUENTIAL) != (other.family in SEQUENTIAL):
        return False
    if other.written is None:
        return sent and other.family != "binary"
    if first.written is None:
        return False
    here, there = views.behind(first.written), views.behind(other.written)
    return (here is there or here == there) and first.uploads == other.uploads
