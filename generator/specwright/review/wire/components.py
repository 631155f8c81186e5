"""What is named in `components`: what came, what went, and what has another name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.document.tree import Map
from specwright.plan.keywords import ANNOTATIONS
from specwright.review.wire import security
from specwright.review.wire.comparison import key, shown
from specwright.review.wire.edits import Spot, at, itself
from specwright.review.wire.graph import Step
from specwright.review.wire.renames import renamed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.review.wire.comparison import Comparison
    from specwright.review.wire.edits import At
    from specwright.review.wire.graph import Node

_SECTIONS: Final[Mapping[str, str]] = {
    "responses": "answer",
    "parameters": "parameter",
    "requestBodies": "body",
    "headers": "header",
    "callbacks": "",
    "pathItems": "",
    "examples": "",
    "links": "",
    "mediaTypes": "media",
}
"""But for schemas and security schemes: what kind of pair two of them are; "" where they are looked at where they are used."""


def compare(comparison: Comparison) -> None:
    """Notes what came and went, and leads on to what both documents have, which nothing may refer to."""
    old, new = (document.root.get("components", {}) for document in (comparison.old, comparison.new))
    root = comparison.graph.root("components", old, new)
    _schemas(comparison, root, old.get("schemas", {}), new.get("schemas", {}))
    for section, kind in _SECTIONS.items():
        befores, afters = old.get(section, {}), new.get(section, {})
        both = _both(root, "component", (befores, afters), itself(afters))
        for name in both if kind else ():
            before, after = comparison.old.target(befores[name]), comparison.new.target(afters[name])
            if not comparison.same(before, after):
                comparison.graph.edge(root, kind, before, after, Step(section))
    befores, afters = old.get("securitySchemes", {}), new.get("securitySchemes", {})
    for name in _both(root, "security-scheme", (befores, afters), None):
        security.lead(comparison, root, name, (befores[name], afters[name]))


def _both(root: Node, word: str, sides: tuple[Mapping[str, Map], Mapping[str, Map]], parent: At) -> list[str]:
    """The names that both have; notes those that came, and those that went from `parent`, by rules that begin with a word."""
    old, new = sides
    for name in dict.fromkeys([*old, *new]):
        if name not in new:
            root.edit(f"{word}-removed", Spot(at(old, name), before=name, parent=parent))
        elif name not in old:
            root.edit(f"{word}-added", Spot(new=at(new, name), after=name))
    return [name for name in old if name in new]


# --- schemas ---


def _schemas(comparison: Comparison, root: Node, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    twins = _renamed(old, new)
    for name, (other, evidence) in twins.items():
        spot = Spot(at(old, name), at(new, other), name, other)
        root.edit("schema-renamed", spot, {"before": shown(name)}, evidence=evidence)
        comparison.schema(root, old[name], new[other], Step(other))
    for name in old:
        if name not in new and name not in twins:
            root.edit("schema-removed", Spot(at(old, name), before=name, parent=itself(new)))
    come = {other for other, _ in twins.values()}
    for name in new:
        if name not in old and name not in come:
            root.edit("schema-added", Spot(new=at(new, name), after=name))
    for name, schema in old.items():
        if name in new:
            node = comparison.schema(root, schema, new[name], Step(name))
            if node is not None:
                node.reach.schemas |= 1 << len(comparison.graph.schemas)
                comparison.graph.schemas.append(name)


def _renamed(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """By the names of schemas that went: the name that came instead, and what tells that."""
    gone = {name: schema for name, schema in old.items() if name not in new}
    come = {name: schema for name, schema in new.items() if name not in old}
    if not gone or not come:
        return {}
    demanded = {id(schema): _demanded(schema) for schema in (*gone.values(), *come.values())}
    return renamed(gone, come, lambda one, other: demanded[id(one)] == demanded[id(other)], _is_telling)


def _demanded(schema: Any) -> str:
    """What tells a schema from others but its words."""
    if isinstance(schema, bool):
        return key(schema)
    return key({word: value for word, value in schema.items() if word not in ANNOTATIONS - {"$ref"}})


def _is_telling(schema: Any) -> bool:
    """Whether it says so much that no two are alike by chance."""
    return isinstance(schema, Map) and len(schema.get("properties", ())) > 1
