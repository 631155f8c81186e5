"""What all parts of a comparison have at hand: both documents, and the pairs that were met."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from specwright.document.tree import Map, Seq
from specwright.plan.keywords import plain
from specwright.plan.views import Views
from specwright.review.wire.families import Families
from specwright.review.wire.graph import Graph, Step
from specwright.review.wire.sameness import Sameness

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from specwright.document import Document
    from specwright.plan.keywords import Node as SchemaNode
    from specwright.review.wire.edits import At
    from specwright.review.wire.graph import Node

LONGEST: Final = 60
"""Characters of a value in a message."""


@dataclass(slots=True)
class Comparison:
    """Two documents, and what was found so far."""

    old: Document
    new: Document
    today: date | None
    graph: Graph = field(default_factory=Graph)
    same: Sameness = field(init=False)
    before: Views = field(init=False)
    """The schemas of the old document."""
    after: Views = field(init=False)
    families_before: Families = field(init=False)
    """Which schemas extend which, in the old document."""
    families_after: Families = field(init=False)

    def __post_init__(self) -> None:
        """Makes what is made of both."""
        self.before = Views(self.old)
        self.after = Views(self.new)
        self.families_before = Families(self.old, self.before)
        self.families_after = Families(self.new, self.after)
        self.same = Sameness(self.old, self.new, (self.families_before, self.families_after))

    def schema(
        self, above: Node, old: SchemaNode, new: SchemaNode, step: Step, *, kind: str = "schema"
    ) -> Node | None:
        """The way from a node to a pair of schemas, and the pair's node; None where they are the same."""
        if old is True or old is False or new is True or new is False:
            old, new = self.before.behind(old), self.after.behind(new)
        if self.same(old, new):
            return None
        behind, ahead = self.before.behind(old), self.after.behind(new)
        if kind == "core":  # what is said of it is said of what it is the core of
            return self.graph.edge(above, kind, behind, ahead, step)
        use = self.graph.edge(
            above, "use", old, new, Step(step.words, step.way, may_miss=step.may_miss, wire=step.wire)
        )
        if not self.same(behind, ahead):
            self.graph.edge(use, kind, behind, ahead, Step(step.words, textual=step.textual))
        return use


def parts(document: Document, schema: SchemaNode) -> Iterator[Map]:
    """A schema and all that its `$ref` and `allOf` make part of it, as they are written."""
    waiting: list[Any] = [schema]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, bool) or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Map):
            yield node
        if "$ref" in node and isinstance(node, Map):
            waiting.append(document.target(node))
        waiting += node.get("allOf", ())


def where(document: Document, schema: SchemaNode, keyword: str, name: str | None = None) -> At:
    """Where a schema says something: a keyword, or what has a name below it; else the schema itself."""
    first: At = None
    for part in parts(document, schema):
        first = first or (part, None)
        if keyword not in part:
            continue
        value = part[keyword]
        if name is None:
            return (part, keyword)
        if isinstance(value, Map) and name in value:
            return (value, name)
        if isinstance(value, Seq) and name in value:
            return (value, value.index(name))
    return first


def shown(value: Any) -> str:
    """A value in a message: JSON in backquotes, cut where it is long."""
    text = value if isinstance(value, str) else json.dumps(plain(value), ensure_ascii=False, default=str)
    text = text.replace("`", "'").replace("\n", "\\n")
    return f"`{text if len(text) <= LONGEST else text[: LONGEST - 1] + '…'}`"


def listed(values: list[Any] | tuple[Any, ...], most: int = 6) -> str:
    """Several values in a message."""
    texts = [shown(value) for value in values]
    if len(texts) > most:
        return f"{', '.join(texts[: most - 1])} and {len(texts) - most + 1} more"
    return ", ".join(texts[:-1]) + " or " + texts[-1] if len(texts) > 1 else "".join(texts)


def key(value: Any) -> str:
    """What tells a JSON value from others: `1` from `true`."""
    return json.dumps(plain(value), sort_keys=True, default=str)
