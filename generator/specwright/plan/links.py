"""What an answer tells beside its body: its headers, and what may be called with it (OpenAPI 3.2, sections 4.17 and 4.20)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from specwright.plan.ir import Link
from specwright.plan.paths import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specwright.document import Document, Map
    from specwright.plan.keywords import Node
    from specwright.plan.paths import Found


def headers(document: Document, response: Map) -> Iterator[tuple[str, str]]:
    """The headers of an answer, and what the document says of each; its media type speaks for `Content-Type`."""
    for name, reference in response.get("headers", {}).items():
        if name.lower() != "content-type":
            header = document.target(reference)
            schema: Node = header.get("schema", True)
            said: str = "" if isinstance(schema, bool) else schema.get("description", "")
            yield name, header.get("description") or said


class Links:
    """What may be called with answers: operations of the same document, by their ids and places."""

    def __init__(self, document: Document, names: Mapping[str, str], found: Iterable[Found]) -> None:
        self._document = document
        self._names = names
        self._by_key: dict[str, Found] = {}
        self._by_id: dict[str, Found] = {}
        for operation in found:
            self._by_key[operation.key] = operation
            self._by_id.setdefault(operation.operation.get("operationId", ""), operation)

    def of(self, response: Map) -> Iterator[Link]:
        """The links of an answer."""
        for name, reference in response.get("links", {}).items():
            link = self._document.target(reference)
            told: str = link.get("operationId") or link.get("operationRef") or ""
            target = self._by_id.get(told) or self._by_key.get(unquote(told))
            given: Mapping[str, object] = link.get("parameters", {})
            arguments = tuple((self._argument(target, wire), str(value)) for wire, value in given.items())
            yield Link(
                name=name,
                call=told if target is None else self._method(target),
                arguments=arguments,
                body=str(link["requestBody"]) if "requestBody" in link else "",
                text=link.get("description", ""),
            )

    def _method(self, target: Found) -> str:
        """How the method is written: `client.users.get_user`."""
        holder = "" if target.tag is None else f".{self._names[f'tag attribute {target.tag}']}"
        return f"client{holder}.{self._names[f'operation {target.key}']}"

    def _argument(self, target: Found | None, wire: str) -> str:
        """The argument for a parameter, which a link calls `name` or `path.name`."""
        if target is None:
            return wire
        place, _, name = wire.partition(".")
        for parameter in target.parameters:
            if parameter["name"] == wire or (parameter["name"] == name and PLACES[parameter["in"]] == place):
                return self._names[f"argument {target.key} {parameter['in']} {parameter['name']}"]
        return wire
