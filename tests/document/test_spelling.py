"""Hints for misspelt words: found, and given up where a document has them by the thousand."""

from __future__ import annotations

from specwright.spelling import Spelling


def test_the_nearest_word_is_found_among_the_first_thousands() -> None:
    words = {f"Name{number}": None for number in range(3_000)}
    spelling = Spelling()
    assert spelling.nearest("Nmae17", words) == "Name17"
    assert spelling.nearest("Other", words) is None
    assert spelling.hint("Nmae17", words) == "Did you mean `Name17`?"
    assert spelling.nearest("summray", ("summary",), 0.99) is None
    assert spelling.nearest("summary " * 100, ("summary " * 100,)) is None


def test_patience_ends_but_not_for_what_is_known() -> None:
    words = {f"Name{number}": None for number in range(2_000)}
    spelling = Spelling()
    found = [spelling.nearest(f"Nmae{number}", words) for number in range(110)]
    assert found == [*(f"Name{number}" for number in range(100)), *[None] * 10]
    assert spelling.nearest("Nmae7", words) == "Name7"
    assert spelling.nearest("Nmae7", ("Name8",)) is None
