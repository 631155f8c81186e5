"""What a document tells its readers: the request that an operation makes, prepared and sent.

`specwright request` finds an operation (`finding`), makes the package of it alone (`packaged`), reads the values that are
given (`given`), has the package's own client prepare the request (`prepared`), and prints it (`forms`) or sends it (`sending`).

`specwright docs` describes the whole document (`described`), its example requests among it (`requests`), and the `model` that
comes of it is printed as pages (`pages`), Markdown (`markdown`) or plain text (`text`). `specwright serve` shows the pages on
loopback, and sends requests from there (`served`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from specwright.document.selection import select
from specwright.plan import outline, plan
from specwright.reference.finding import found, selector
from specwright.reference.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.config import Config
    from specwright.document import Document
    from specwright.plan import Plan
    from specwright.reference.model import Reference

__all__ = ["Prepared", "of_plan", "prepared", "reference"]


def prepared(document: Document, config: Config, operation: str, kept: Mapping[str, str]) -> Prepared:
    """What makes requests of one operation of a document.

    Args:
        document: The document.
        config: How it is read.
        operation: The id of the operation, its method and path (`GET /pets`), or the name of its method.
        kept: The names that the document's package has already, as its lock keeps them.

    Raises:
        Refused: The document has no such operation, or can't be used.
    """
    wanted = found(document, operation)
    alone = replace(config, tags=(), paths=(), operations=(selector(wanted),), layout="modules")
    chosen = select(document, alone)
    planned = plan(chosen, alone, kept)
    return Prepared(planned.api, wanted.method, wanted.path, planned.problems)


def reference(document: Document, config: Config, kept: Mapping[str, str]) -> Reference:
    """The reference of a document, with an example request of each operation.

    Args:
        document: The document.
        config: How it is read.
        kept: The names that the document's package has already, as its lock keeps them.

    Raises:
        Refused: The document can't be used.
    """
    return of_plan(document, outline(document, config, kept))


def of_plan(document: Document, outlined: Plan) -> Reference:
    """The same, of a document of which is planned already what is called."""
    from specwright.reference.described import described  # noqa: PLC0415 -- a request needs nothing of it
    from specwright.reference.requests import by_key, requests  # noqa: PLC0415

    api = outlined.api
    known = by_key(api)
    with requests(api) as made:
        return described(document, api.package, lambda method, path: made.of(known[method, path]))
