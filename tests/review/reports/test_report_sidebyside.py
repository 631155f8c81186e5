from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from specwright.review.reports.sidebyside import Pair, hunks, spans, whole

LINES = st.lists(st.sampled_from(["", "a", "b", "  c", "def f():", "x = 1", "x = 2"]), max_size=40)


def shown(pairs: list[Pair]) -> list[tuple[str | None, str | None]]:
    return [tuple(cell and "".join(cell[1:]) for cell in pair) for pair in pairs]


def test_lines_that_changed_stand_beside_each_other_with_what_differs() -> None:
    (pairs,) = hunks("a\nid: str\nb\n", "a\nid: UUID\nb\n")
    assert shown(pairs) == [("a", "a"), ("id: str", "id: UUID"), ("b", "b")]
    assert (pairs[1].old.middle, pairs[1].new.middle) == ("str", "UUID")
    assert [pair.same for pair in pairs] == [True, False, True]


def test_what_is_new_stands_alone() -> None:
    (pairs,) = hunks("", "a\n")
    assert shown(pairs) == [(None, "a")]


def test_what_is_far_apart_is_in_hunks_of_its_own() -> None:
    old = [str(number) for number in range(100)]
    new = [*old[:10], "ten", *old[11:90], "ninety", *old[91:]]
    found = list(hunks("\n".join(old), "\n".join(new)))
    assert [[pair.old.number for pair in pairs] for pairs in found] == [
        list(range(8, 15)),
        list(range(88, 95)),
    ]


@given(LINES, LINES)
def test_the_parts_that_differ_make_one_of_the_other(old: list[str], new: list[str]) -> None:
    made, at = [], 0
    for start, end, new_start, new_end in spans(old, new):
        assert start >= at
        made += [*old[at:start], *new[new_start:new_end]]
        at = end
    assert made + old[at:] == new


@given(LINES, LINES)
def test_hunks_hold_every_line_that_differs(old: list[str], new: list[str]) -> None:
    found = [pair for pairs in hunks("\n".join(old), "\n".join(new), 0) for pair in pairs]
    kept = len(old) - sum(pair.old is not None and not pair.same for pair in found)
    assert kept >= 0
    for pair in whole("\n".join(old), "\n".join(new)):
        assert pair.old or pair.new


def test_long_files_take_no_quadratic_time() -> None:
    same = ["    }", "    {", "    x = 1"] * 20_000
    old = [*same, *(f"old {number}" for number in range(20_000)), *same]
    new = [*same, *(f"new {number}" for number in range(20_000)), *same]
    assert list(spans(old, new)) == [(60_000, 80_000, 60_000, 80_000)]
