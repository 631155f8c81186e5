"""The page that the first document was written from, and our text reference of that document, field by field.

Both are read by the same few lines, which know nothing of specwright. The page is no part of this repository: `SPECWRIGHT_SEED` names the
folder that has it as `endpoint.txt`. Descriptions are in each one's own words.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

import specwright
from specwright.config import Config
from specwright.reference.text import of_operation

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = ROOT / os.environ.get("SPECWRIGHT_SEED", "../shared/seed") / "endpoint.txt"

TABLES: Final = ("Path parameters", "Query parameters", "Request headers", "Cookies", "Request body fields")
COLUMNS: Final = "Name Type Required Description"
_ROW: Final = re.compile(r"(?P<name>\S+) (?P<type>[A-Z]\w*(?: \w+)*) (?P<required>Yes|No)(?: (?P<rest>.*))?")
_VALUE: Final = re.compile(r" *• (?P<value>.+)")
_DEFAULT: Final = re.compile(r"Default value: (?P<value>.+)")
_END: Final = re.compile(r"How to start integrating|Response \w+")


class Field(NamedTuple):
    """A row of a table; its description is there or not."""

    table: str
    name: str
    type: str
    required: bool
    read_only: bool
    deprecated: bool
    described: bool
    values: tuple[Any, ...]
    default: tuple[Any, ...]


def read(text: str) -> tuple[str, list[str], list[Field]]:
    """The first line with a method, the headings, and the fields of a page."""
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    start = next(number for number, line in enumerate(lines) if re.match(r"[A-Z]+ /", line))
    end = next(number for number, line in enumerate(lines) if _END.fullmatch(line))
    found: list[tuple[str, re.Match[str], list[str]]] = []
    headings: list[str] = []
    for number in range(start + 1, end):
        line = lines[number]
        if line in TABLES and lines[number + 1] == COLUMNS:
            headings.append(line)
        elif headings and line != COLUMNS:
            row = _ROW.fullmatch(line)
            if row:
                found.append((headings[-1], row, [row["rest"]] if row["rest"] else []))
            else:
                found[-1][2].append(line)
    return lines[start], headings, [_field(*each) for each in found]


def _field(table: str, row: re.Match[str], said: list[str]) -> Field:
    values = tuple(json.loads(match["value"]) for line in said if (match := _VALUE.fullmatch(line)))
    default = tuple(json.loads(match["value"]) for line in said if (match := _DEFAULT.fullmatch(line)))
    assert bool(values) == ("Possible values:" in said)
    first = said[0] if said else ""
    return Field(
        table,
        row["name"],
        row["type"],
        row["required"] == "Yes",
        first.startswith("read-only. "),
        first.startswith("Deprecated: "),
        bool(first),
        values,
        default,
    )


@pytest.fixture(scope="module")
def ours() -> str:
    config = Config(spec=ROOT / "spec" / "cohere-finetuning.yaml")
    (operation,) = specwright.describe(config=config).operations()
    return of_operation(operation)


@pytest.fixture(scope="module")
def page() -> str:
    if not PAGE.is_file():
        pytest.skip(f"the page is not here: {PAGE} (SPECWRIGHT_SEED names its folder)")
    return PAGE.read_text(encoding="utf-8")


def test_every_field_is_as_the_page_has_it_and_there_is_no_other(page: str, ours: str) -> None:
    (line, headings, theirs), (our_line, our_headings, fields) = read(page), read(ours)
    assert (our_line, our_headings) == (line, headings)
    assert fields == theirs


def test_the_page_was_read_whole(page: str) -> None:
    _, _, fields = read(page)
    page = page[: page.index("How to start integrating")]
    assert len(fields) == len(re.findall(r"^\S+ \S+ (?:Yes|No)\b", page, re.MULTILINE))
    assert sum(len(field.values) for field in fields) == page.count("•")
    assert sum(len(field.default) for field in fields) == page.count("Default value:")
    assert sum(field.read_only for field in fields) == page.count("read-only.")
    assert sum(field.deprecated for field in fields) == page.count("Deprecated:")


def test_the_page_begins_as_ours(page: str, ours: str) -> None:
    assert page.splitlines()[0] == ours.splitlines()[0]
    assert "\nServers\n" in page
    assert "\nServers\n" in ours


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("settings.base_model.strategy String No", "settings.base_model.strategy String Yes"),
        ("settings.base_model.version String No", "settings.base_model.version Integer No"),
        ("read-only. Which version", "Which version"),
        ("Deprecated: When the model last", "When the model last"),
        ('  • "STRATEGY_TFEW"\n', ""),
        ('Default value: "STRATEGY_UNSPECIFIED"', 'Default value: "STRATEGY_TFEW"'),
        ("status String No", "state String No"),
        ("X-Client-Name String No\n\nNames", "X-Client-Name String No\n\nextra String No\n\nNames"),
        ('Default value: "application/json"\n', ""),
    ],
)
def test_what_differs_is_found(ours: str, old: str, new: str) -> None:
    assert ours.count(old) >= 1
    assert read(ours.replace(old, new, 1))[2] != read(ours)[2]
