"""A document as one of OpenAPI 3.1 in one piece: where `$ref` leads elsewhere, what it leads to is written there, or named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.document import Map, Seq, kinds
from specwright.document.kinds import Choice, ObjectOf
from specwright.document.tree import escape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.document import Document
    from specwright.document.kinds import Kind

_VERSION: Final = "3.1.1"
_SCHEMAS: Final = "#/components/schemas/"
_UNREAD: Final[Mapping[str, frozenset[str]]] = {
    "Components": frozenset({"callbacks", "headers", "links", "mediaTypes", "pathItems"}),
    "Encoding": frozenset({"headers"}),
    "Operation": frozenset({"callbacks"}),
    "Response": frozenset({"headers", "links"}),
}
"""What openapi-python-client does not look at. It is left out, since it may lead to itself, and has no end then."""
_BOOLEAN: Final = "additionalProperties"
"""The one keyword of a schema where openapi-python-client reads a boolean; elsewhere it is written as an object."""


def bundled(document: Document) -> tuple[dict[str, Any], Mapping[str, Map]]:
    """The document as plain JSON, and the schemas that got a name for it."""
    bundle = _Bundle(document)
    return bundle.whole(), bundle.named


class _Bundle:
    """Schemas are referred to by name, since they may hold themselves; anything else is written out where it is used."""

    def __init__(self, document: Document) -> None:
        self._document = document
        schemas = document.root.get("components", {}).get("schemas", {})
        self._taken: set[str] = set(schemas)
        self._names: dict[int, str] = {
            id(schema): name
            for name, schema in schemas.items()
            if isinstance(schema, Map) and "$ref" not in schema
        }
        self.named: dict[str, Map] = {}

    def whole(self) -> dict[str, Any]:
        data: dict[str, Any] = self._plain(self._document.root, kinds.parse("OpenAPI"))
        data["openapi"] = _VERSION
        data.setdefault("paths", {})  # it asks for them, also of a document that has webhooks only
        schemas = data.setdefault("components", {}).setdefault("schemas", {})
        written: set[str] = set()
        while waiting := [name for name in self.named if name not in written]:
            for name in waiting:
                schemas[name] = self._plain(self.named[name], kinds.parse("Schema"))
                written.add(name)
        return data

    def _plain(self, node: Any, kind: Kind | None) -> Any:
        if isinstance(node, Seq):
            return [self._plain(item, _item(kind)) for item in node]
        if node.__class__ is bool and _is_schema(kind):
            return {} if node else {"not": {}}
        if not isinstance(node, Map):
            return node
        if kind is not None and "$ref" in node and _is_object(kind):
            return self._referred(node, kind)
        keeps = _is_schema(kind) and node.get(_BOOLEAN).__class__ is bool
        unread = _UNREAD.get(kind.name, ()) if isinstance(kind, ObjectOf) else ()
        data = {
            key: value if keeps and key == _BOOLEAN else self._plain(value, _below(kind, key))
            for key, value in node.items()
            if key not in unread
        }
        if _is_schema(kind) and isinstance(found := node.get("discriminator"), Map):
            data["discriminator"] = self._discriminator(found)
        return data

    def _referred(self, node: Map, kind: Kind) -> Any:
        target = self._document.target(node)
        if not _is_schema(kind):
            return self._plain(target, kind)
        beside = {key: self._plain(value, _below(kind, key)) for key, value in node.items() if key != "$ref"}
        return {"$ref": self._reference(target, str(node["$ref"])), **beside}

    def _discriminator(self, found: Map) -> dict[str, Any]:
        data: dict[str, Any] = self._plain(found, None)
        mapping = found.get("mapping")
        if isinstance(mapping, Map):
            mapped = self._document.mapped(mapping)
            data["mapping"] = {
                key: self._reference(mapped[key], str(value)) if key in mapped else value
                for key, value in mapping.items()
            }
        return data

    def _reference(self, schema: Map, written: str) -> str:
        name = self._names.get(id(schema))
        if name is None:
            name = self._names[id(schema)] = self._new(written)
            self.named[name] = schema
        return _SCHEMAS + escape(name)

    def _new(self, reference: str) -> str:
        """A name that is free, after the last step of a reference."""
        stem = reference.rpartition("/")[2].rpartition("#")[2].partition(".")[0] or "Schema"
        name, number = stem, 2
        while name in self._taken:
            name, number = f"{stem}{number}", number + 1
        self._taken.add(name)
        return name


def _below(kind: Kind | None, key: str) -> Kind | None:
    return None if kind is None else kinds.below(kind, key)


def _item(kind: Kind | None) -> Kind | None:
    return _below(kind, "")


def _is_object(kind: Kind) -> bool:
    """Whether it may be a Reference Object: an object that the grammar lists."""
    return isinstance(kind, ObjectOf) or (isinstance(kind, Choice) and any(map(_is_object, kind.options)))


def _is_schema(kind: Kind | None) -> bool:
    match kind:
        case ObjectOf(name):
            return name == "Schema"
        case Choice(options):
            return any(map(_is_schema, options))
        case _:
            return False
