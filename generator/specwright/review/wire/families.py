"""Schemas that extend one with a discriminator: a value of that may be of any of them (OpenAPI 3.2, section 4.25.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.document.tree import Map
from specwright.plan.keywords import discriminator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.document import Document
    from specwright.plan.keywords import Node, Schema
    from specwright.plan.views import Views


class Families:
    """The families of one document."""

    def __init__(self, document: Document, views: Views) -> None:
        self._document = document
        self._views = views
        self._heirs: dict[int, dict[str, Map]] = {}
        """By the identity of a schema: the components that extend it, by their names."""
        for name, component in document.root.get("components", {}).get("schemas", {}).items():
            if isinstance(component, Map):
                for parent in self._parents(component):
                    self._heirs.setdefault(id(views.behind(parent)), {})[name] = component

    def of(self, schema: Schema) -> Mapping[str, Map]:
        """Those that extend a schema with a discriminator, or that this names, by their names."""
        found = dict(self._all_heirs(schema))
        said = discriminator(schema)
        mapped: Mapping[str, Map] = {}
        if said is not None and "mapping" in said:
            mapped = self._document.mapped(said["mapping"])
        for value, target in mapped.items():
            behind = self._views.behind(target)
            if all(self._views.behind(other) is not behind for other in found.values()):
                found[value] = target
        return found

    def _all_heirs(self, schema: Schema) -> Iterator[tuple[str, Map]]:
        waiting, seen = [schema], {id(schema)}
        while waiting:
            for name, heir in self._heirs.get(id(self._views.behind(waiting.pop())), {}).items():
                if id(heir) not in seen:
                    seen.add(id(heir))
                    waiting.append(heir)
                    yield name, heir

    def _parents(self, schema: Map) -> Iterator[Node]:
        for member in schema.get("allOf", ()):
            if isinstance(member, Map):
                if "$ref" in member:
                    yield member
                yield from self._parents(member)
