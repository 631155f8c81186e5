"""The document that openapi-python-client is given: as it is written, or as one document of OpenAPI 3.1."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from specwright.document import Map, Seq
from specwright.document.tree import file_of, source_of
from specwright.flavours.openapi_python_client.bundle import bundled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.document import Document

_READ_AS_IT_IS: Final = ("3.0", "3.1")
METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
"""The methods of a path that openapi-python-client looks at."""


@dataclass(frozen=True, slots=True)
class Given:
    """A document as openapi-python-client is given it."""

    text: str
    """In JSON."""
    tree: Map
    """The same with its places, but for `named`."""
    named: Mapping[str, Map] = field(default_factory=dict[str, Map])
    """The schemas that got a name below `components/schemas` for it, by that."""


def given(document: Document) -> Iterator[Given]:
    """The document for openapi-python-client: what it is given first, and if it refuses that, what else.

    First is what the author wrote, wherever that can be read as it is, so that the client is the one that is in use: a
    document of OpenAPI 3.0 or 3.1 in one file, without what is not selected. Else it is the document as it is read here, in
    OpenAPI 3.1, in one piece, and mended.
    """
    file = file_of(source_of(document.root))
    written = file.content if file is not None else None
    if isinstance(written, Map) and _is_read(written):
        yield Given(json.dumps(_selected(written, document)), written)
    data, named = bundled(document)
    yield Given(json.dumps(data), document.root, named)


def _is_read(written: Map) -> bool:
    version = written.get("openapi")
    if not isinstance(version, str) or not version.startswith(_READ_AS_IT_IS):
        return False
    items = written.get("paths")
    referring = isinstance(items, Map) and any(
        isinstance(item, Map) and "$ref" in item for item in items.values()
    )
    return not referring and all(reference.startswith("#") for reference in _references(written))


def _references(node: Any) -> Iterator[str]:
    """Every `$ref` that may be one: where it is data, it does no harm to take it for one."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Map):
            reference = node.get("$ref")
            if isinstance(reference, str):
                yield reference
            waiting += node.values()
        elif isinstance(node, Seq):
            waiting += node


def _selected(written: Map, document: Document) -> dict[str, Any]:
    """What is written, without the operations and schemas that are not in the document that was read of it."""
    kept = document.root
    data: dict[str, Any] = dict(written)
    if isinstance(items := written.get("paths"), Map):
        data["paths"] = {
            path: _item(item, kept["paths"][path])
            for path, item in items.items()
            if path in kept.get("paths", ()) and isinstance(item, Map)
        }
    components = written.get("components")
    if isinstance(components, Map) and isinstance(schemas := components.get("schemas"), Map):
        left = kept.get("components", {}).get("schemas", {})
        data["components"] = {
            **components,
            "schemas": {name: schema for name, schema in schemas.items() if name in left},
        }
    return data


def _item(item: Map, kept: Map) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key not in METHODS or key in kept}
