"""What the page of all operations searches: operations, their fields, and what is said of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.problems import escaped
from specwright.reference.prose import first_line

if TYPE_CHECKING:
    from specwright.reference.model import Operation, Reference

_LONGEST: Final = 160
"""Characters of a description that are searched and shown with a field."""
_LONGEST_TEXT: Final = 2_000


class _Texts:
    """Texts by their number; documents repeat themselves."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        known = self._numbers.get(text)
        if known is None:
            known = self._numbers[text] = len(self.all)
            self.all.append(escaped(text))
        return known


def index(reference: Reference) -> dict[str, Any]:
    """`texts`, and `operations`: each its slug, method, path, title, tag, text, whether it is deprecated, and its fields.

    Fields are a flat list with, for each, the numbers of the texts that are its place, its name and its description.
    """
    texts = _Texts()
    operations = [
        [
            operation.slug,
            *map(
                escaped,
                (
                    operation.method,
                    operation.path,
                    operation.title,
                    tag.name,
                    " ".join(f"{operation.id} {operation.text[:_LONGEST_TEXT]}".split()),
                ),
            ),
            int(operation.deprecated),
            _fields(operation, texts),
        ]
        for tag in reference.tags
        for operation in tag.operations
    ]
    return {"texts": texts.all, "operations": operations}


def _fields(operation: Operation, texts: _Texts) -> list[int]:
    seen: set[tuple[str, str]] = set()
    numbers: list[int] = []
    for table in operation.every_table():
        for row in table.rows:
            said = _cut(first_line(row.text))
            # The same field of several answers is found at the first of them.
            if (row.name, said) not in seen:
                seen.add((row.name, said))
                numbers += (texts.number(text) for text in (row.anchor, row.name, said))
    return numbers


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
