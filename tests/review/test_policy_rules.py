"""`docs/rules.md`: every rule of a diff, by the name that levels and the accept list know it by; from the two tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from specwright.review.policy import known
from specwright.review.python.rules import RULES as PYTHON
from specwright.review.rules import RULES as WIRE

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE: Final = Path(__file__).parent.parent.parent / "docs" / "rules.md"
_HEAD: Final = """\
# The rules of `specwright diff`

<!-- Written by `make docs` from generator/specwright/review/rules.py and review/python/rules.py: change those. -->

[`docs/review.md`](review.md) says what the levels mean, and how they are set otherwise.
"""


def test_the_page_is_what_the_tables_give(*, update: bool) -> None:
    expected = "\n".join(_lines()) + "\n"
    if update:
        PAGE.write_text(expected, "utf-8", newline="")
    assert PAGE.read_text("utf-8") == expected, "docs/rules.md is stale. Run `make docs`, and commit it."


def test_every_rule_is_on_the_page() -> None:
    text = PAGE.read_text("utf-8")
    assert [rule for rule in known() if f"`{rule}`" not in text] == []


def _lines() -> Iterator[str]:
    yield from (_HEAD, "## On the wire", "")
    yield "| rule | clients send it | the server sends it | means |"
    yield "|---|---|---|---|"
    for rule in WIRE.values():
        yield f"| `{rule.id}` | {rule.level('in')} | {rule.level('out')} | {_cell(rule.purpose)} |"
    yield from ("", "## In Python", "", "| rule | level | breaks | means |", "|---|---|---|---|")
    for change in PYTHON.values():
        yield f"| `{change.id}` | {change.level} | {', '.join(change.breaks)} | {_cell(change.purpose)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
