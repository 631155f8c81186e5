from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specwright.problems import LONGEST, Place, Problem, as_json, headline, printed, problem, refused, strict


def shown(text: str, column: int) -> list[str]:
    return printed(
        problem("wrong-type", Place("x.yaml", 3, column, "/a", text), "It is wrong.", "Do better.")
    ).splitlines()


@pytest.mark.parametrize(
    ("text", "column", "source", "caret"),
    [
        ("a: b", 4, "a: b", "   ^"),
        ("\ta: b", 5, "    a: b", "       ^"),
        ("日本: b", 5, "日本: b", "      ^"),
        ("e\u0301: b", 5, "e\u0301: b", "   ^"),
        ("\x1b[31m: b", 8, "\\x1b[31m: b", "          ^"),
        ("\u202eab: b", 6, "\\u202eab: b", "          ^"),
        ("ab", 3, "ab", "  ^"),
    ],
)
def test_the_caret_is_below_the_character(text: str, column: int, source: str, caret: str) -> None:
    assert shown(text, column) == [f"x.yaml:3:{column}: warning[wrong-type]: It is wrong.", f"  3 | {source}", f"    | {caret}", "  hint: Do better."]  # fmt: skip


def test_a_long_line_is_cut_around_the_column() -> None:
    lines = shown("a" * 5_000 + "!" + "b" * 5_000, 5_001)
    assert len(lines[1]) < 200
    assert lines[1][lines[2].index("^")] == "!"


@given(st.text(), st.text(), st.text(), st.integers(1, 2_000))
def test_what_is_printed_is_harmless(file: str, message: str, text: str, column: int) -> None:
    found = problem("wrong-type", Place(file, 1, column, "", text), message)
    assert len(headline(found)) <= LONGEST
    assert all(char.isprintable() or char == "\n" for char in printed(found))
    assert len(printed(found).splitlines()) <= 4
    json.dumps(as_json(found))


def test_strict_makes_errors_of_warnings_alone() -> None:
    found = (problem("wrong-type", None, "a"), problem("more", None, "b"))
    assert not refused(found)
    assert [each.severity for each in strict(found)] == ["error", "note"]
    assert refused(strict(found))


def test_a_code_has_to_be_in_the_catalogue() -> None:
    with pytest.raises(ValueError, match="no such code"):
        Problem("nonsense", "error", None, "")
