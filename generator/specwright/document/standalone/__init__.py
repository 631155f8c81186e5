"""JSON Schemas that stand on their own, of any draft, read as JSON Schema 2020-12; nothing behind it knows a version.

A schema is copied, so that it is what it was when it was given; the index finds where schemas are and what they are
called; the reader holds them to their draft and rewrites them. Nothing is ever fetched: what is not among the resources,
and is no official meta-schema, is nowhere.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from specwright.config import Budgets
from specwright.document.pointers import NotFoundError
from specwright.document.standalone.copies import Copies, place_at
from specwright.document.standalone.index import Index
from specwright.document.standalone.reading import Reader, is_reference
from specwright.problems import Refused, problem, quoted, strict
from specwright.spelling import Spelling

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.document.standalone.index import Resource, Subschema

Schema: TypeAlias = "Mapping[str, Any]"
Node: TypeAlias = "dict[str, Any] | bool"

_NO_RESOURCES: Final[Mapping[str, object]] = MappingProxyType({})
_NO_ANCHORS: Final[Mapping[str, Node]] = MappingProxyType({})


class Schemas:
    """One schema, and all that can be reached from it.

    A schema is known by its identity: what is found by walking `root` and what a reference leads to are the same object.
    """

    def __init__(self, root: Subschema, reader: Reader) -> None:
        self.root: Node = root
        """The schema that all begins with."""
        self._reader = reader
        self._targets: dict[int, tuple[Node, str | None]] = {}
        self._dynamic_targets: dict[int, tuple[Node, str | None]] = {}
        self._anchors: dict[str, Mapping[str, Node]] = {}
        self._follow_all()

    def target(self, schema: Schema) -> Node:
        """Where the `$ref` of a schema leads, in one step."""
        return self._targets[id(schema)][0]

    def dynamic(self, schema: Schema) -> tuple[Node, str | None]:
        """Where the `$dynamicRef` of a schema leads at first, and the name to look up in the dynamic scope, if any.

        The name is that of the dynamic anchor it was found by (JSON Schema Core 2020-12, section 8.2.3.2): the
        outermost resource in the dynamic scope with one of that name is where it leads in the end.
        """
        return self._dynamic_targets[id(schema)]

    def resource(self, schema: Schema) -> str:
        """The key of the schema resource that a schema is in: its URI, or what tells it from others with the same."""
        return self._resource(schema).key

    def anchors(self, resource: str) -> Mapping[str, Node]:
        """The schemas with a `$dynamicAnchor` in a resource, by their names."""
        return self._anchors.get(resource, _NO_ANCHORS)

    def pointer(self, schema: Schema) -> str:
        """The JSON Pointer of a schema, as it was given, for people: `#/$defs/a`; "" for the root.

        In another document than that of the root it begins with the URI of that.
        """
        return self._reader.index.copies.pointer(self._reader.origins[id(schema)][1])

    def _resource(self, schema: Schema) -> Resource:
        return self._reader.index.resource(self._reader.origins[id(schema)][1])

    def _follow_all(self) -> None:
        """Reads all that references, and dynamic anchors of the resources on the way, lead to."""
        reader = self._reader
        followed, known = 0, -1
        while followed < len(reader.references) or known < len(reader.read):
            while followed < len(reader.references):
                made, schema, keyword = reader.references[followed]
                followed += 1
                found, name = reader.follow(schema, keyword)
                table = self._targets if keyword == "$ref" else self._dynamic_targets
                table[id(made)] = reader.schema(found), name
            known = len(reader.read)
            for resource in list(reader.reached.values()):
                self._anchors[resource.key] = {
                    name: reader.schema(schema) for name, schema in resource.dynamic.items()
                }


def load_schema(
    schema: object,
    *,
    dialect: str = "2020-12",
    base_uri: str = "",
    resources: Mapping[str, object] = _NO_RESOURCES,
    formats: bool = True,
) -> Schemas:
    """A schema, and all that it refers to, in JSON Schema 2020-12.

    Args:
        schema: An object or a boolean, as decoded JSON. It is not changed, and later changes of it do not count.
        dialect: What it is written in unless it says so with `$schema`: `2020-12`, `2019-09`, `draft-07`, `draft-06`,
            `draft-04`, or the URI of a meta-schema.
        base_uri: What relative references in it start from, unless it has an `$id`.
        resources: Other documents by their URIs; without a `$schema` of their own they are of the same dialect.
        formats: Whether `format` is kept where the dialect leaves open if it is asserted.

    Returns:
        What has only keywords of 2020-12 with values of the right type, and references that lead somewhere.

    Raises:
        Refused: It is no schema of its dialect, or refers to what is not there, or is too much.
    """
    if not is_reference(base_uri):
        message = f"`base_uri` is {quoted(base_uri)}, which is no URI."
        raise Refused(
            strict([problem("ref-syntax", place_at(""), message, "Give an absolute URI, or none.")])
        )
    index = Index(Copies(Budgets()), resources, formats=formats)
    reader = Reader(index)
    try:
        root = reader.schema(index.root(schema, dialect, base_uri))
    except NotFoundError as error:
        raise Refused(
            strict([problem(error.code, place_at(""), error.message, error.hint(Spelling()))])
        ) from None
    schemas = Schemas(root, reader)
    if reader.problems:
        raise Refused(reader.problems)
    reader.finish()
    return schemas
