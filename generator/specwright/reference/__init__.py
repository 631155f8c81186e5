"""What a document tells its readers: the request that an operation makes, prepared and sent.

`specwright request` finds an operation (`finding`), makes the package of it alone (`packaged`), reads the values that are
given (`given`), has the package's own client prepare the request (`prepared`), and prints it (`forms`) or sends it (`sending`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from specwright.document.selection import select
from specwright.plan import plan
from specwright.plan.views import Views
from specwright.reference.finding import found, selector
from specwright.reference.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.config import Config
    from specwright.document import Document

__all__ = ["Prepared", "prepared"]


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
    return Prepared(planned.api, wanted.method, wanted.path, Views(chosen), planned.problems)
