"""The schemas of a document, each as the generator has it and as the document has it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from specwright.plan.paths import operations
from specwright.plan.views import Views
from sweeps.operations import Operations, component_schemas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.document import Document
    from specwright.plan.keywords import Node
    from specwright.plan.paths import Found
    from sweeps.documents import Tree
    from sweeps.operations import Operation


@dataclass(frozen=True, slots=True)
class Pair:
    """One schema: `key` tells people where it stands, `read` is the generator's, `written` the document's own."""

    key: str
    read: Node
    written: Any


def pairs(document: Document, tree: Tree) -> list[Pair]:
    """Every component, and every body, answer and parameter whose schema is written where it stands; each once."""
    found = [*_components(document, tree)]
    known = {_text({"$ref": f"{_home(tree)}{_escaped(pair.key)}"}) for pair in found}
    for pair in _inline(document, tree):
        text = _text(pair.written)
        if text not in known:
            known.add(text)
            found.append(pair)
    return found


def _home(tree: Tree) -> str:
    return "#/definitions/" if "swagger" in tree.root else "#/components/schemas/"


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _text(node: Any) -> str:
    return json.dumps(node, sort_keys=True)


def _components(document: Document, tree: Tree) -> Iterator[Pair]:
    read = document.root.get("components", {}).get("schemas", {})
    for name in component_schemas(tree):
        reference = f"{_home(tree)}{_escaped(name)}"
        if name in read and tree.at(reference) is not None:
            yield Pair(name, read[name], {"$ref": reference})


def _inline(document: Document, tree: Tree) -> Iterator[Pair]:
    read = {(one.path, one.method.lower()): one for one in operations(document, Views(document))}
    for operation in Operations(tree).all():
        found = read.get((operation.path, operation.method.lower()))
        if found is not None:
            yield from _parameters(document, found, operation)
            yield from _bodies(found, operation)


def _parameters(document: Document, found: Found, operation: Operation) -> Iterator[Pair]:
    read = {(one["name"], one["in"]): one for one in map(document.target, found.parameters)}
    for parameter in operation.parameters:
        one = read.get((parameter.name, parameter.place))
        if one is not None and parameter.media_type is None and "schema" in one:
            key = f"{operation.title}, {parameter.place} {parameter.name}"
            yield Pair(key, one["schema"], parameter.schema)


def _bodies(found: Found, operation: Operation) -> Iterator[Pair]:
    sent = [(f"{operation.title}, body", found.bodies, operation.contents)]
    statuses = {answer.status.upper(): answer.contents for answer in found.answers}
    answered = [
        (f"{operation.title}, {status}", statuses.get(status.upper(), ()), contents)
        for status, contents in operation.answers.items()
    ]
    for key, ours, theirs in sent + answered:
        read = {one.media_type: one.written for one in ours if "schema" in one.media}
        yield from (
            Pair(f"{key} {one.media_type}", node, one.schema)
            for one in theirs
            if one.schema is not None and (node := read.get(one.media_type)) is not None
        )
