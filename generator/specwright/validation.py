"""Data held against one schema of a document: the generated validator, made and run here."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from specwright.document import Map, kinds
from specwright.document.tree import Seq
from specwright.emit.render import render_validators
from specwright.plan import plan_validators
from specwright.plan.paths import operations
from specwright.problems import Refused, problem, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from specwright.document import Document
    from specwright.plan.ir import Direction
    from specwright.plan.keywords import Node
    from specwright.runtime.issues import Issue


def validator(document: Document, schema: str, direction: Direction) -> Callable[[Any], list[Issue]]:
    """The validator of one schema of a document.

    Args:
        document: The document.
        schema: A JSON Pointer into it, the name of a component, or the id of an operation, which stands for its body.
        direction: Who sends the data.

    Raises:
        Refused: There is no such schema.
    """
    function, validators = plan_validators(document, _schema(document, schema), direction)
    namespace: dict[str, Any] = {"__name__": "specwright.compiled"}
    exec(render_validators(validators), namespace)  # noqa: S102 -- what templates print is `Code`, never text of a document
    made: Callable[[Any], list[Issue]] = namespace[function]
    return made


def _schema(document: Document, wanted: str) -> Node:
    if wanted.startswith(("#/", "/")):
        return _at(document, wanted)
    schemas = document.root.get("components", {}).get("schemas", {})
    if wanted in schemas:
        found: Node = schemas[wanted]
        return found
    bodies = {
        item.operation.get("operationId"): item.body.schema
        for item in operations(document)
        if item.body is not None and item.body.schema is not None
    }
    if wanted in bodies:
        return bodies[wanted]
    raise _missing(document, wanted, [*schemas, *(name for name in bodies if name)])


def _at(document: Document, pointer: str) -> Node:
    """The schema at a JSON Pointer (RFC 6901), the `$ref`s on the way followed."""
    value: Any = document.root
    kind: kinds.Kind | None = kinds.parse("OpenAPI")
    for step in unquote(pointer.removeprefix("#")).split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        whole = document.target(value) if isinstance(value, Map) else value
        if isinstance(whole, Map) and key in whole:
            value = whole[key]
        elif isinstance(whole, Seq) and key.isdecimal() and int(key) < len(whole):
            value = whole[int(key)]
        else:
            raise _missing(document, pointer, list(whole) if isinstance(whole, Map) else [], near=key)
        kind = None if kind is None else kinds.below(kind, key)
    if kind != kinds.parse("Schema"):
        place = value.place() if isinstance(value, Map | Seq) else document.root.place()
        raise Refused([problem("schema-missing", place, f"what is at {quoted(pointer)} is no schema")])
    schema: Node = value
    return schema


def _missing(document: Document, wanted: str, names: Iterable[str], near: str | None = None) -> Refused:
    close = difflib.get_close_matches(near or wanted, list(names), n=3)
    hint = f"Did you mean {' or '.join(map(quoted, close))}?" if close else None
    message = f"there is no schema, and no operation with a body, called {quoted(wanted)}"
    return Refused([problem("schema-missing", document.root.place(), message, hint)])
