from __future__ import annotations

from dataclasses import replace

import pytest

from review.reports.samples import NOTHING, REVIEW, hostile, many
from specwright.review.reports.terminal import LINES, rows, text


def test_the_first_line_is_the_verdict() -> None:
    assert text([REVIEW]).split("\n")[0] == "Breaking: 2 changes break callers (1 on the wire, 2 in Python)."
    assert text([NOTHING]).split("\n")[0] == "No change: both documents mean the same."
    assert text([]) == "No change: there was no document to compare.\n"


def test_a_line_for_each_finding_in_columns() -> None:
    lines = text([REVIEW], 200).split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("wire "))
    assert lines[at + 1 : at + 4] == [
        "breaking    breaking    18 operations  format-added         `Settings.dataset_id` must have the format `uuid`; it was any text",
        "warning     breaking    3 operations   property-removed     `Settings.multi_label` is gone",
        "warning     warning     1 operation    enum-value-added     `Strategy` can be `STRATEGY_LORA`, too",
    ]


@pytest.mark.parametrize("number", [22, 23, 300, 10_000])
def test_many_findings_read_on_one_screen(number: int) -> None:
    lines = text([many(number)], 120).splitlines()
    assert len(lines) <= LINES
    assert max(map(len, lines)) <= 120


def test_groups_that_break_come_first() -> None:
    found = [row.style for row in rows([many(300)]) if len(row.cells) == 5]
    table = [style for style in found if style in {"breaking", "warning"}]
    assert table == sorted(table)


def test_full_has_every_finding_with_its_place() -> None:
    lines = text([many(300)], 200, full=True).splitlines()
    assert sum("spec/cohere-finetuning.yaml:" in line for line in lines) >= 300


def test_nothing_steers_the_terminal() -> None:
    for row in rows([hostile(REVIEW), hostile(many(60))], full=True):
        assert all(cell.isprintable() for cell in row.cells)
    assert all(line.isprintable() for line in text([hostile(REVIEW)]).splitlines())


def test_wide_characters_take_two_columns() -> None:
    found = replace(
        REVIEW, findings=tuple(replace(each, group="設定", subject="設定") for each in many(60).findings)
    )
    assert "  設定  " in text([found])


def test_several_documents_are_named() -> None:
    lines = text([REVIEW, replace(NOTHING, name="b.yaml")]).split("\n")
    assert lines[0].startswith("spec/cohere-finetuning.yaml: Breaking: ")
    assert "b.yaml: No change: both documents mean the same." in lines
