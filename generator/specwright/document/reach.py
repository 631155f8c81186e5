"""What a part of a document uses: everything that its `$ref`s, discriminators and security requirements lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.document import kinds
from specwright.document.tree import Map, source_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specwright.document import Document

_REFERENCES: Final = ("$ref", "$dynamicRef")
_SCHEMA: Final = kinds.parse("Schema")


class Reach:
    """Every object that was visited, and what those lead to."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.reached: list[Map] = []
        """What `$ref`s led to, as it was loaded."""
        self.tags: set[str] = set()
        self.uses_shared_security = False
        """Whether an operation has no security of its own, so that the document's is for it."""
        self._used: set[int] = set()
        """Objects, as they were loaded, by identity."""
        self._passed: set[int] = set()
        """The steps that were met, by identity."""
        self.named: set[str] = set()
        """Fragments of the `$ref`s that were met."""
        self._visited: dict[tuple[int, str], Map] = {}
        """Each object is kept, since its identity is only its own as long as it is there."""
        self._waiting: list[tuple[Any, kinds.Kind]] = []
        self._table = kinds.table(swagger=False)
        self._heirs = self._by_base()

    @property
    def visited(self) -> Mapping[tuple[int, str], Map]:
        """Each object that was met, by its identity and the kind that it was met as."""
        return self._visited

    def uses(self, value: Any, pointer: str) -> bool:
        """Whether a component was met. A boolean schema has no identity, so it is known by its pointer."""
        return pointer in self.named if value.__class__ is bool else id(source_of(value)) in self._used

    def visit(self, value: Map, name: str) -> None:
        """Meets an object of a kind of the grammar, and all that it leads to."""
        self._waiting.append((value, kinds.parse(name)))
        while self._waiting:
            value, kind = self._waiting.pop()
            match kind:
                case kinds.ObjectOf(name) if value.__class__ is Map:
                    self._object(value, name, kind)
                case kinds.ListOf(item):
                    self._waiting += ((each, item.kind) for each in value)
                case kinds.MapOf(item):
                    self._waiting += ((each, item.kind) for each in value.values())
                case kinds.Choice(options):
                    self._waiting += ((value, each) for each in options if value.__class__ in each.classes)
                case _:
                    pass

    def _object(self, value: Map, name: str, kind: kinds.Kind) -> None:
        if (id(value), name) in self._visited:
            return
        self._visited[id(value), name] = value
        self._used.add(id(source_of(value)))
        fields = self._table[name]
        if fields.referable or "$ref" in fields.by_key:
            for key in _REFERENCES:
                if key in value:
                    self._follow(value, key, kind)
        match name:
            case "Operation":
                self._operation(value)
            case "Discriminator":
                self._discriminator(value)
            case "Schema" if self._is_base(value, set()):
                self._waiting += ((heir, kind) for heir in self._heirs.get(id(source_of(value)), ()))
            case _:
                pass
        for key, item in value.items():
            field = fields.by_key.get(key) or (None if key.startswith("x-") else fields.rest)
            if field is not None:
                self._waiting.append((item, field.kind))

    def _follow(self, node: Map, key: str, kind: kinds.Kind) -> None:
        self.named.add(node[key].partition("#")[2])
        self.meet(self.document.references.steps(node, key))
        self._waiting.append((self.document.references.target(node, key), kind))

    def meet(self, steps: Iterable[Map]) -> None:
        """Keeps what a reference leads to, step by step, as it was loaded; behind a step that is known, so are the others."""
        for step in steps:
            if id(step) in self._passed:
                return
            self._passed.add(id(step))
            self._used.add(id(step))
            self.reached.append(step)

    def _operation(self, operation: Map) -> None:
        self.tags.update(operation.get("tags", ()))
        self.uses_shared_security |= "security" not in operation
        schemes = self.document.root.get("components", {}).get("securitySchemes", {})
        for requirement in operation.get("security", self.document.root.get("security", ())):
            scheme = kinds.parse("SecurityScheme")
            self._waiting += ((schemes[name], scheme) for name in requirement if name in schemes)

    def _discriminator(self, discriminator: Map) -> None:
        references = self.document.references
        ways = [*references.mapped_ways(discriminator)]
        schemas = [references.default(discriminator)]
        if "mapping" in discriminator:
            ways += references.mapped_ways(discriminator["mapping"])
            schemas += references.mapped(discriminator["mapping"]).values()
        for way in ways:
            self.meet(way)
        self._waiting += ((schema, _SCHEMA) for schema in schemas if schema is not None)

    # --- schemas that inherit ---

    def _by_base(self) -> dict[int, list[Map]]:
        """Of each schema that components extend through `allOf`, by its identity as it was loaded: those components."""
        heirs: dict[int, list[Map]] = {}
        for schema in self.document.root.get("components", {}).get("schemas", {}).values():
            for base in bases(schema):
                for step in self.document.references.steps(base):
                    heirs.setdefault(id(step), []).append(schema)
        return heirs

    def _is_base(self, schema: Any, passed: set[int]) -> bool:
        """Whether a schema, or one that it extends, tells those that extend it apart by a discriminator."""
        if id(schema) in passed:
            return False
        passed.add(id(schema))
        return "discriminator" in schema or any(
            self._is_base(self.document.target(base), passed) for base in bases(schema)
        )


def bases(schema: Any) -> list[Map]:
    """The references among the members of a schema's `allOf`."""
    members = schema.get("allOf", ()) if schema.__class__ is Map else ()
    return [member for member in members if member.__class__ is Map and "$ref" in member]
