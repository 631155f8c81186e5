"""Two documents in the one dialect -> what changed for who sends and reads what they describe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.problems import Refused, problem
from specwright.review.wire import (
    answers,
    bodies,
    components,
    parameters,
    paths,
    remarks,
    schemas,
    security,
    servers,
    words,
)
from specwright.review.wire.comparison import Comparison

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from specwright.document import Document
    from specwright.review.wire.graph import Graph, Node

__all__ = ["compare"]


def compare(old: Document, new: Document, *, today: date | None = None) -> Graph:
    """Every pair of values of two documents that differ, with what changed there and what it reaches.

    `today` tells what is past its sunset; without it nothing is.

    Raises:
        Refused: Schemas lead to one another deeper, or in more ways, than can be followed.
    """
    comparison = Comparison(old, new, today)
    graph = comparison.graph
    try:
        _roots(comparison)
        while graph.waiting:
            node = graph.waiting.popleft()
            if graph.take(node):
                _PARTS[node.kind](comparison, node)
        graph.spread()
    except RecursionError:
        message = "schemas lead to one another in a chain that is longer than can be followed"
        raise Refused([problem("limit-depth", new.root.place(), message)]) from None
    return graph


def _roots(comparison: Comparison) -> None:
    """What nothing leads to: the document itself, its operations, its components."""
    old, new = comparison.old.root, comparison.new.root
    document = comparison.graph.root("document", old, new)
    words.info(document, old.get("info", {}), new.get("info", {}))
    words.compare(document, old, new)
    words.tags(document, old.get("tags", []), new.get("tags", []))
    paths.compare(comparison)
    document.reach.inward = (1 << len(comparison.graph.operations)) - 1
    servers.of_document(comparison, document)
    components.compare(comparison)


_PARTS: Final[Mapping[str, Callable[[Comparison, Node], None]]] = {
    "schema": schemas.compare,
    "core": schemas.compare,
    "use": remarks.compare,
    "parameter": parameters.of_parameter,
    "header": parameters.of_parameter,
    "body": bodies.of_body,
    "answer": answers.of_answer,
    "media": bodies.of_media,
    "scheme": security.of_scheme,
}
"""By the kind of a pair: what looks at it."""
