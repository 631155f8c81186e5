"""Which operation of a document is meant."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from specwright.plan.names import own_name, spelled
from specwright.plan.paths import operations
from specwright.plan.views import Views
from specwright.problems import Refused, problem, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specwright.document import Document
    from specwright.plan.paths import Found
    from specwright.problems import Problem

_MOST: Final = 5


def found(document: Document, text: str) -> Found:
    """The operation that a text names: by its id, by method and path, or by the name of its method.

    Raises:
        Refused: There is none, or there are several.
    """
    every = tuple(operations(document, Views(document)))
    for names in (_exact, _loose):
        met = [operation for operation in every if _same(text) in map(_same, names(operation))]
        if len(met) == 1:
            return met[0]
        if met:
            several = ", ".join(quoted(_place(operation)) for operation in met[:_MOST])
            hint = f"Name it by method and path: {several}."
            raise Refused(
                [problem("operation-unknown", None, f"Several operations are {quoted(text)}.", hint)]
            )
    raise Refused([_unknown(text, every)])


def selector(operation: Found) -> str:
    """The text that selects an operation of a document: its id, or its method and path."""
    own: str = operation.operation.get("operationId", "")
    return own or f"{operation.method.lower()} {operation.path}"


def _exact(operation: Found) -> Iterator[str]:
    yield selector(operation)
    yield _place(operation)


def _loose(operation: Found) -> Iterator[str]:
    for text in (operation.text, own_name(operation.operation)):
        if text:
            name = spelled(text, "snake", "operation")
            yield name
            yield name.replace("_", "-")
            yield (
                f"{spelled(operation.tag_text, 'snake', 'operation')}.{name}" if operation.tag_text else name
            )


def _place(operation: Found) -> str:
    return f"{operation.method} {operation.path}"


def _same(text: str) -> str:
    """A text as it is compared: the case of a method does not count."""
    method, space, path = text.partition(" ")
    return f"{method.upper()}{space}{path}" if space else text


def _unknown(text: str, every: Sequence[Found]) -> Problem:
    known = {name: operation for operation in every for name in (*_exact(operation), *_loose(operation))}
    near = difflib.get_close_matches(text, known, n=_MOST, cutoff=0.5)
    shown = near or [selector(operation) for operation in every[:_MOST]]
    hint = f"Is it {', '.join(map(quoted, shown))}?" if shown else "The document has no operation."
    return problem("operation-unknown", None, f"The document has no operation {quoted(text)}.", hint)
