"""Data held against one schema of a document: the generated validator, made and run here."""

from __future__ import annotations

import difflib
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from specwright.compilation import run
from specwright.document import Map, kinds
from specwright.document.tree import Seq, source_of, unescape
from specwright.plan import plan_validators
from specwright.plan.paths import operations
from specwright.problems import Refused, problem, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from specwright.document import Document
    from specwright.plan.ir import Direction
    from specwright.plan.keywords import Node
    from specwright.plan.media import FoundMedia
    from specwright.plan.paths import Found
    from specwright.runtime.issues import Issue


@dataclass(frozen=True, slots=True)
class Secrets:
    """What data of one schema must never be shown; false where that is nothing.

    It is a little more than there is: a name that is a secret anywhere in the schema is one everywhere in the data.
    """

    names: frozenset[str] = frozenset()
    """Of properties that are secrets, or hold them in a way that is not told by a name, such as a list of passwords."""
    whole: bool = False
    """Whether the value itself is one."""

    def __bool__(self) -> bool:
        return self.whole or bool(self.names)

    def hide(self, pointer: str) -> bool:
        """Whether what is at a JSON Pointer is a secret, or a part of one."""
        return self.whole or any(unescape(step) in self.names for step in pointer.split("/")[1:])


@dataclass(frozen=True, slots=True)
class Validator:
    """A validator of one schema of a document, made once and run on as many values as there are."""

    function: Callable[[Any], list[Issue]]
    secrets: Secrets

    def __call__(self, data: object) -> list[Issue]:
        """What is wrong with decoded JSON."""
        return self.function(data)


def validator(document: Document, schema: str, direction: Direction) -> Validator:
    """The validator of one schema of a document, and what it is not to show.

    Args:
        document: The document.
        schema: A JSON Pointer into it, the name of a component, or the id of an operation, which
            stands for its body, or for its answer where all went well.
        direction: Who sends the data.

    Raises:
        Refused: There is no such schema.
    """
    node = _schema(document, schema, direction)
    function, validators = plan_validators(document, node, direction)
    return Validator(run(function, validators), secrets(document, node))


# --- which schema -----------------------------------------------------------------------------------------------


def _schema(document: Document, wanted: str, direction: Direction | None) -> Node:
    if wanted.startswith(("#/", "/")):
        return _at(document, wanted)
    schemas = document.root.get("components", {}).get("schemas", {})
    if wanted in schemas:
        found: Node = schemas[wanted]
        return found
    sent = {
        item.operation["operationId"]: next(_sent(item, direction), None)
        for item in operations(document)
        if "operationId" in item.operation
    }
    named = {name: schema for name, schema in sent.items() if schema is not None}
    if wanted in named:
        return named[wanted]
    side = "an answer" if direction == "response" else "a body"
    raise _missing(document, wanted, [*schemas, *named], said=f"schema, and no operation with {side},")


def _sent(item: Found, direction: Direction | None) -> Iterator[Node]:
    """The schemas of what an operation is sent, or of what it answers with where all went well."""
    medias: Iterable[FoundMedia] = item.bodies
    if direction == "response":
        answers = (answer for answer in item.answers if answer.status.startswith("2"))
        medias = chain.from_iterable(answer.contents for answer in answers)
    yield from (media.schema for media in medias if media.schema is not None)


def _at(document: Document, pointer: str) -> Node:
    """The schema at a JSON Pointer (RFC 6901), the `$ref`s on the way followed."""
    value: Any = document.root
    kind: kinds.Kind | None = kinds.parse("OpenAPI")
    for step in unquote(pointer.removeprefix("#")).split("/")[1:]:
        key = unescape(step)
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


def _missing(
    document: Document, wanted: str, names: Iterable[str], near: str | None = None, said: str = "schema"
) -> Refused:
    close = difflib.get_close_matches(near or wanted, list(names), n=3)
    hint = f"Did you mean {' or '.join(map(quoted, close))}?" if close else None
    message = f"there is no {said} called {quoted(wanted)}"
    return Refused([problem("schema-missing", document.root.place(), message, hint)])


# --- what is secret in it ---------------------------------------------------------------------------------------


def secrets(document: Document, node: Node) -> Secrets:
    """What is secret in data of a schema: what is marked `writeOnly`, and passwords, in all that the schema leads to.

    The way there is followed by names of properties alone, so that it does not matter which of several schemas holds.
    """
    names: set[str | None] = set()
    heirs = _heirs(document)
    seen: dict[
        tuple[int, str | None], Map
    ] = {}  # kept, since an identity is one only as long as its object is there
    waiting: list[tuple[Node, str | None]] = [(node, None)]
    while waiting:
        schema, name = waiting.pop()
        if not isinstance(schema, Map) or (id(schema), name) in seen:
            continue
        seen[id(schema), name] = schema
        if schema.get("writeOnly") is True or schema.get("format") == "password":
            names.add(name)
        waiting += ((part, name) for part in _led_to(document, schema, heirs))
        waiting += ((part, name if key is None else key) for key, part in _held(schema))
    return Secrets(frozenset(name for name in names if name is not None), None in names)


def _held(schema: Map) -> Iterator[tuple[str | None, Node]]:
    """The schemas that are written in one, each with the name of the property that it is of, if it is of one."""
    fields = kinds.table(swagger=False)["Schema"].by_key
    for keyword, value in schema.items():
        if keyword == "properties":
            yield from value.items()
        elif keyword in fields:
            yield from ((None, part) for part in _schemas(fields[keyword].kind, value))


def _schemas(kind: kinds.Kind, value: Any) -> Iterator[Node]:
    match kind:
        case kinds.ObjectOf("Schema"):
            yield value
        case kinds.ListOf(item):
            yield from (part for each in value for part in _schemas(item.kind, each))
        case kinds.MapOf(item):
            yield from (part for each in value.values() for part in _schemas(item.kind, each))
        case kinds.Choice(options):
            fitting = (option for option in options if value.__class__ in option.classes)
            yield from (part for option in fitting for part in _schemas(option, value))
        case _:
            pass


def _led_to(document: Document, schema: Map, heirs: Mapping[int, list[Map]]) -> Iterator[Node]:
    """The schemas that one names: by references and, where it tells others apart, by the values of its discriminator."""
    for reference in ("$ref", "$dynamicRef"):
        if reference in schema:
            yield document.references.target(schema, reference)
    if (said := schema.get("discriminator")) is not None:
        yield from document.mapped(said["mapping"]).values() if "mapping" in said else ()
        if (default := document.default_mapping(said)) is not None:
            yield default
        yield from _all_heirs(schema, heirs)


def _all_heirs(schema: Map, heirs: Mapping[int, list[Map]]) -> Iterator[Map]:
    found, waiting = set[int](), [schema]
    while waiting:
        for heir in heirs.get(id(source_of(waiting.pop())), ()):
            if id(heir) not in found:
                found.add(id(heir))
                waiting.append(heir)
                yield heir


def _heirs(document: Document) -> Mapping[int, list[Map]]:
    """Of each schema that components extend through `allOf`, by its identity as it was loaded: those components."""
    heirs = defaultdict[int, list[Map]](list)
    for component in document.root.get("components", {}).get("schemas", {}).values():
        for member in component.get("allOf", ()) if isinstance(component, Map) else ():
            if isinstance(member, Map) and "$ref" in member:
                heirs[id(source_of(document.target(member)))].append(component)
    return heirs
