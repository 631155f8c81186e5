from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from review.reports.samples import FORMAT, NOTHING, REMOVED, REVIEW, UNRAISED, hostile, many, place
from specwright.cli import painted
from specwright.review.findings import UnusedAccept
from specwright.review.reports.terminal import LINES, WIDTH, rows, text
from specwright.review.reports.verdict import counts, used, within
from specwright.review.verdict import counted

if TYPE_CHECKING:
    from specwright.review.findings import Review


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
    lines = text([many(number)]).splitlines()
    assert len(lines) <= LINES


def test_no_message_is_cut() -> None:
    long = replace(FORMAT, message=f"`Settings.dataset_id` {'must ' * 100}end")
    for full in (False, True):
        assert text([replace(REVIEW, findings=(long,))], 80, full=full).count("must end") == 1


def test_a_group_is_not_named_twice() -> None:
    line = next(line for line in text([many(300)]).splitlines() if "  Schema" in line)
    assert line.count("Settings") <= 1
    assert within("`Pet.name` may be null", "Pet") == "`.name` may be null"
    assert within("`Pet` has the property `name` no more", "Pet") == "has the property `name` no more"
    assert (
        within("`query parameter limit of GET /pets` is gone", "GET /pets")
        == "`query parameter limit` is gone"
    )


def test_full_says_what_to_do_and_why_below_each_finding() -> None:
    lines = text([REVIEW], full=True).splitlines()
    at = next(number for number, line in enumerate(lines) if " format-added " in line)
    assert lines[at + 1 : at + 4] == [
        "    What to do: Keep taking what was valid until callers have moved.",
        "    For example, as the value of `Settings.dataset_id` in a request, such as `POST",
        "        /v1/finetuning/finetuned-models`, this was valid and is not, at `/settings/dataset_id`: `ds-1` is no",
    ]
    assert lines[at + 5].startswith('    {"name": "foobar", ')
    assert max(map(len, lines[at + 1 : at + 6])) <= WIDTH
    assert any(line.startswith("    Why the axes differ: a server may ignore") for line in lines)


def test_what_is_grave_in_python_alone_is_said() -> None:
    found = replace(REMOVED, wire="doc")
    assert "`Settings.multi_label` is gone (py-field-removed)" in text([replace(REVIEW, findings=(found,))])


@pytest.mark.parametrize("columns", [80, 110, 200])
@pytest.mark.parametrize("review", [REVIEW, many(60)], ids=["few", "many"])
def test_a_terminal_shows_all_of_it_whatever_its_width(
    review: Review, columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for full in (False, True):
        found = rows([review], full=full)
        painted.show(found)
        shown = capsys.readouterr().out
        assert max(map(len, shown.splitlines())) <= columns
        letters = "".join(shown.split())
        for row in found:
            assert "".join(row.cells[-1].split()) in letters


def test_what_callers_do_is_said_where_nothing_else_has_to_be_done() -> None:
    found = replace(REMOVED, wire="doc", hint="")
    lines = text([replace(REVIEW, findings=(found,))], full=True).splitlines()
    assert "    What to do: Keep the property, and mark it `deprecated` first." in lines


def test_the_version_of_the_document_stands_with_the_verdict() -> None:
    review = replace(REVIEW, findings=(FORMAT, UNRAISED))
    assert counts(replace(review, counts=counted(review.findings, review.gate))) == counts(review)
    assert counts(review)["overall"]["warning"] == 0
    alone = replace(review, level="warning", findings=(UNRAISED,))
    assert text([alone]).startswith("Warning: nothing but the version of the document needs a look.\n")
    lines = text([review]).splitlines()
    assert lines[3] == (
        "warning: the version is still `1.4.2`, although something breaks (version-not-bumped)"
    )
    assert sum("version-not-bumped" in line for line in lines) == 1


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


def test_places_and_entries_that_are_not_shown_are_counted_on_one_screen() -> None:
    over = UnusedAccept("type-changed", "y", "expired", place(4, 1, "", file="accepted.toml"))
    unused = (*REVIEW.unused_accepts * 4, over)
    review = many(300, callers=REVIEW.callers * 3, unused_accepts=unused)
    lines = text([review]).splitlines()
    assert len(lines) <= LINES
    assert "6 places in your code" in lines
    assert "… and 1 more: --full lists all of them" in lines
    assert "accepted.toml:4: the entry `type-changed` of the accept list has expired" in lines
    assert lines.count("the entry `enum-value-removed: Strategy*` of the accept list met nothing") == 2
    assert "… and 2 more entries of the accept list: --full lists all of them" in lines


@pytest.mark.parametrize(
    ("change", "symbol", "said"),
    [
        ("py-enum-member-added", "models.Status.SETTLED", "this match has no case for `SETTLED`"),
        ("py-union-member-added", "models.Pet[list[Cat]]", "this match has no case for `list[Cat]`"),
        ("py-param-added-required", "Client.pets.list_pets(buyer_id=)", "must give `buyer_id`"),
        ("py-key-required", "inputs.Pet['name']", "must give `name`"),
        ("py-param-default-changed", "Client.list(a=)", "does not give `a`, whose default changed"),
        ("py-field-removed", "models.Pet.age", "uses `models.Pet.age`"),
    ],
)
def test_what_code_has_to_do_with_a_change(change: str, symbol: str, said: str) -> None:
    assert used(replace(REVIEW.callers[0], change=change, symbol=symbol)) == said
