"""What is doubtful in a document, once it is seen as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specwright.document import Document, Map
    from specwright.plan.catalogue import Catalogue
    from specwright.plan.paths import Found


def doubts(document: Document, catalogue: Catalogue, found: Iterable[Found]) -> Iterator[Problem]:
    """Every Problem that planning can see, in the order of the document."""
    return iter(())
