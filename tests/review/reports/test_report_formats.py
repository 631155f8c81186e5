from __future__ import annotations

import pytest

from review.reports.samples import NOTHING, REVIEW, WORDS_ONLY, hostile
from specwright.review.reports import FORMATS
from specwright.review.reports.verdict import described, path
from specwright.review.rules import RULES


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_of_none_one_or_several_documents(name: str) -> None:
    for reviews in ([], [REVIEW], [NOTHING], [REVIEW, WORDS_ONLY, NOTHING], [hostile(REVIEW)]):
        written = FORMATS[name](reviews)
        assert written == FORMATS[name](reviews)
        assert written.encode("utf-8") is not None
        assert written.endswith("\n") or not written


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_has_characters_that_nobody_sees(name: str) -> None:
    written = FORMATS[name]([hostile(REVIEW)])
    assert all(char.isprintable() or char == "\n" for char in written)


def test_a_rule_is_described_by_its_table() -> None:
    first = next(iter(RULES.values()))
    assert described(first.id) == (first.purpose, first.hint)
    assert described("py-field-removed")[0]
    assert described("no-such-rule") == ("", "")


@pytest.mark.parametrize(
    ("file", "shown"),
    [
        ("spec/a.yaml", "spec/a.yaml"),
        ("./spec/a.yaml", "spec/a.yaml"),
        ("main:spec/a.yaml", "spec/a.yaml"),
        ("main:./a.yaml", "a.yaml"),
        ("C:\\spec\\a.yaml", "C:/spec/a.yaml"),
    ],
)
def test_a_path_is_that_of_the_repository(file: str, shown: str) -> None:
    assert path(file) == shown
