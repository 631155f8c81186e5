"""What a walk through a document finds wrong: all of it, unless there is too much of one kind."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from specwright.problems import CATALOGUE, Problem, problem, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.document.tree import Node

_DONE_INSTEAD: Final = {
    code: CATALOGUE[code].means.partition("; ")[2]
    for code in (
        "ambiguous-text", "field-unknown", "null-value", "quoted", "ref-cycle", "ref-kind", "ref-missing", "ref-syntax",
        "unquoted", "wrong-type", "wrong-value",
    )
}  # fmt: skip
"""Of codes whose messages say what is wrong alone: what is done in spite of it, which follows behind a semicolon."""

MOST: Final = 1_000
"""How many Problems of one code are kept."""


class Findings:
    """Problems at values of a document, in the order in which they were found."""

    def __init__(self) -> None:
        self._kept: list[Problem] = []
        self._count: Counter[str] = Counter()

    def report(
        self, code: str, node: Node, key: str | int | None, message: str, hint: str | None = None
    ) -> None:
        """Adds a Problem at the value under `key` of a node, or at the node; a message with a semicolon says it all."""
        self._count[code] += 1
        if self._count[code] <= MOST:
            place = node.place(key)  # type: ignore[arg-type] # the key is of the kind that the node has
            instead = _DONE_INSTEAD.get(code, "") if ";" not in message else ""
            told = f"{message.removesuffix('.')}; {instead}" if instead else message
            self._kept.append(problem(code, place, told, hint))

    def all(self) -> Iterator[Problem]:
        """Every Problem that was kept, and for each code of which there was too much, how much more."""
        yield from self._kept
        for code, count in self._count.items():
            if count > MOST:
                first = next(found for found in self._kept if found.code == code)
                yield problem("more", first.place, f"There are {count - MOST:,} more of {quoted(code)}.")
