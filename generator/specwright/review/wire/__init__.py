"""Two documents in the one dialect -> what changed for who sends and reads what they describe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.document.tree import Map
from specwright.problems import Refused, problem
from specwright.review.wire import operations, schemas, security, words
from specwright.review.wire.comparison import Comparison, shown
from specwright.review.wire.pairing import Item, items, pairs
from specwright.review.wire.sameness import alike

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from specwright.document import Document
    from specwright.review.wire.graph import Graph, Node

__all__ = ["compare"]

_COMPONENTS: Final = (
    "responses",
    "parameters",
    "requestBodies",
    "headers",
    "callbacks",
    "pathItems",
    "examples",
    "links",
    "mediaTypes",
)


def compare(old: Document, new: Document, *, today: date | None = None) -> Graph:
    """Every pair of values of two documents that differ, with what changed there and what it reaches.

    `today` tells what is past its sunset; without it nothing is.

    Raises:
        Refused: Schemas lead to one another deeper, or in more ways, than can be followed.
    """
    comparison = Comparison(old, new, today)
    try:
        _root(comparison)
        graph = comparison.graph
        while graph.waiting:
            node = graph.waiting.popleft()
            _PARTS[node.kind](comparison, node)
        graph.spread()
    except RecursionError:
        message = "schemas lead to one another in a chain that is longer than can be followed"
        raise Refused([problem("limit-depth", new.root.place(), message)]) from None
    return graph


_PARTS: Final[Mapping[str, Callable[[Comparison, Node], None]]] = {
    "schema": schemas.compare,
    "core": schemas.compare,
    "use": schemas.compare,
    "parameter": operations.of_parameter,
    "header": operations.of_parameter,
    "body": operations.of_body,
    "answer": operations.of_answer,
    "media": operations.of_media,
    "scheme": lambda _comparison, node: security.of_scheme(node),
}
"""By the kind of a pair: what looks at it."""


def _root(comparison: Comparison) -> None:
    old, new = comparison.old.root, comparison.new.root
    document = comparison.graph.root("document", old, new)
    _info(document, old.get("info", {}), new.get("info", {}))
    words.compare(document, old, new)
    _tags(document, old.get("tags", []), new.get("tags", []))
    _operations(comparison)
    document.reach.inward = (1 << len(comparison.graph.operations)) - 1
    operations.servers(
        document,
        old.get("servers", []),
        new.get("servers", []),
        operations.at(old, "servers"),
        operations.at(new, "servers"),
    )
    _components(comparison, old.get("components", {}), new.get("components", {}))


_INFO: Final = {
    "title": "the title", "summary": "the summary", "description": "the description", "termsOfService": "the terms of service",
    "contact": "the contact", "license": "the licence", "version": "the version",
}  # fmt: skip


def _info(node: Node, old: Any, new: Any) -> None:
    for field, name in _INFO.items():
        if not alike(old.get(field), new.get(field)):
            words.note(
                node, "info-changed", (old, field), (new, field), old.get(field), new.get(field), name=name
            )
    words.extensions(node, old, new)


def _tags(node: Node, old: list[Map], new: list[Map]) -> None:
    befores, afters = ({tag["name"]: tag for tag in tags} for tags in (old, new))
    for name in dict.fromkeys([*befores, *afters]):
        before, after = befores.get(name), afters.get(name)
        if not alike(before, after):
            words.note(
                node, "tag-described", (before, "name"), (after, "name"), before, after, name=shown(name)
            )


# --- operations ---


def _operations(comparison: Comparison) -> None:
    for kind in ("paths", "webhooks"):
        old = items(comparison.old, kind)
        new = items(comparison.new, kind)
        for pair in pairs(old, new, comparison.same):
            if pair.old is not None and pair.new is not None:
                _both(comparison, pair.old, pair.new, pair.evidence)
        _one_side(comparison, kind, old, new)


def _bit(comparison: Comparison, node: Node, item: Item) -> None:
    graph = comparison.graph
    bit = 1 << len(graph.operations)
    graph.operations.append(item.label)
    if item.kind == "webhooks":
        node.reach.outward |= bit
    else:
        node.reach.inward |= bit


def _both(comparison: Comparison, old: Item, new: Item, evidence: str) -> None:
    node = comparison.graph.root("operation", old.operation, new.operation, new.label)
    _bit(comparison, node, new)
    if evidence:
        node.edit(
            "path-renamed",
            old=old.path_at,
            new=new.path_at,
            before=shown(old.label),
            evidence=evidence,
            values=(old.label, new.label),
        )
    if (
        comparison.same(old.operation, new.operation)
        and comparison.same(old.item, new.item)
        and alike(comparison.old.root.get("security"), comparison.new.root.get("security"))
    ):
        security.compare(comparison, node)
        return
    operations.Operation(comparison, node, (old.item, new.item), (old.path, new.path)).compare()
    if old.name == new.name and not alike(old.item.get("description"), new.item.get("description")):
        words.note(
            node,
            "description-changed",
            (old.item, "description"),
            (new.item, "description"),
            old.item.get("description"),
            new.item.get("description"),
        )


def _one_side(comparison: Comparison, kind: str, old: list[Item], new: list[Item]) -> None:
    """What only one side has: whole paths where all of their operations went or came, else operations."""
    from specwright.review.wire.lifecycle import is_past

    taken_old, taken_new = (
        {id(node.old) for node in comparison.graph.nodes},
        {id(node.new) for node in comparison.graph.nodes},
    )
    word = "webhook" if kind == "webhooks" else "path"
    names = {item.name for item in old}, {item.name for item in new}
    gone = [item for item in old if id(item.operation) not in taken_old]
    come = [item for item in new if id(item.operation) not in taken_new]
    parent = operations.at(comparison.new.root, kind)
    for item in gone:
        node = comparison.graph.root("operation", item.operation, None, item.label)
        _bit(comparison, node, item)
        whole = item.name not in names[1] and all(other in gone for other in old if other.name == item.name)
        above = next((other.item for other in new if other.name == item.name), None)
        past = (
            all(is_past(other.operation, comparison.today) for other in old if other.name == item.name)
            if whole
            else is_past(item.operation, comparison.today)
        )
        node.edit(
            f"{word}-removed" if whole else "operation-removed",
            old=item.path_at if whole else item.at,
            parent=parent if above is None else (above, None),
            inward="compatible" if past else None,
            outward="compatible" if past else None,
            guard="deprecated, and past its sunset" if past else "",
            values=(item.name if whole else item.label, None),
        )
    for item in come:
        node = comparison.graph.root("operation", None, item.operation, item.label)
        _bit(comparison, node, item)
        whole = item.name not in names[0] and all(other in come for other in new if other.name == item.name)
        node.edit(
            f"{word}-added" if whole else "operation-added",
            new=item.path_at if whole else item.at,
            values=(None, item.name if whole else item.label),
        )


# --- components ---


def _components(comparison: Comparison, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    root = comparison.graph.root("components", old, new)
    _schemas(comparison, root, old.get("schemas", {}), new.get("schemas", {}))
    for section in _COMPONENTS:
        befores, afters = old.get(section, {}), new.get(section, {})
        for name in dict.fromkeys([*befores, *afters]):
            if name not in afters:
                root.edit(
                    "component-removed",
                    old=(befores, name),
                    parent=(afters, None) if isinstance(afters, Map) else None,
                    values=(name, None),
                )
            elif name not in befores:
                root.edit("component-added", new=(afters, name), values=(None, name))
            else:
                _component(comparison, root, section, befores[name], afters[name])
    befores, afters = old.get("securitySchemes", {}), new.get("securitySchemes", {})
    for name in dict.fromkeys([*befores, *afters]):
        if name not in afters:
            root.edit("security-scheme-removed", old=(befores, name), values=(name, None))
        elif name not in befores:
            root.edit("security-scheme-added", new=(afters, name), values=(None, name))
        else:
            security.scheme(comparison, root, name, befores[name], afters[name])


_KINDS: Final = {
    "responses": "answer",
    "parameters": "parameter",
    "requestBodies": "body",
    "headers": "header",
    "mediaTypes": "media",
}


def _component(comparison: Comparison, root: Node, section: str, old: Map, new: Map) -> None:
    """A component that both have, which nothing may refer to."""
    before, after = comparison.old.target(old), comparison.new.target(new)
    if section in _KINDS and not comparison.same(before, after):
        comparison.graph.edge(root, _KINDS[section], before, after, words=section)


def _schemas(comparison: Comparison, root: Node, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    from specwright.plan.keywords import ANNOTATIONS
    from specwright.review.wire.comparison import key
    from specwright.review.wire.renames import renamed

    gone = {name: schema for name, schema in old.items() if name not in new}
    come = {name: schema for name, schema in new.items() if name not in old}

    def demanded(schema: Any) -> str:
        return key(
            schema
            if isinstance(schema, bool)
            else {word: value for word, value in schema.items() if word not in ANNOTATIONS - {"$ref"}}
        )

    texts = (
        {id(schema): demanded(schema) for schema in (*gone.values(), *come.values())} if gone and come else {}
    )
    twins = renamed(
        gone,
        come,
        lambda one, other: texts[id(one)] == texts[id(other)],
        lambda one: isinstance(one, Map) and len(one.get("properties", ())) > 1,
    )
    for name, (other, evidence) in twins.items():
        root.edit(
            "schema-renamed",
            old=(old, name),
            new=(new, other),
            before=shown(name),
            evidence=evidence,
            values=(name, other),
        )
        comparison.schema(root, old[name], new[other], words=other)
    for name in gone:
        if name not in twins:
            root.edit(
                "schema-removed",
                old=(old, name),
                parent=(new, None) if isinstance(new, Map) else None,
                values=(name, None),
            )
    renames = {other for other, _ in twins.values()}
    for name in come:
        if name not in renames:
            root.edit("schema-added", new=(new, name), values=(None, name))
    for name, schema in old.items():
        if name in new:
            node = comparison.schema(root, schema, new[name], words=name)
            if node is not None:
                node.reach.schemas |= 1 << len(comparison.graph.schemas)
                comparison.graph.schemas.append(name)
