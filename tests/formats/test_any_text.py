"""No text makes a check of a format fail, or take long."""

from __future__ import annotations

from time import thread_time
from typing import TYPE_CHECKING, Final

import pytest
from asserted import FORMATS, check
from hypothesis import given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from asserted import Check

LENGTH: Final = 100_000
LIMIT: Final = 0.2
"""In seconds of the processor: ten times what an idle machine needs at most, and far less than time that is quadratic."""

SEEDS: Final = [
    "xn--",
    "a@",
    "://",
    "[",
    "]",
    "::",
    "1.",
    "{",
    "}",
    "/~0",
    "P1D",
    "23:59:60Z",
    "2024-02-29T",
    "\u05d0",
    "\u0628\u200c",
    "l\u00b7l",
]
STARTS: Final = [
    "",
    "a@",
    "\u00e9@",
    "http://",
    "a:",
    "#",
    "PT",
    "{",
    '"',
    "a@[ipv6:",
    "a://[v1.",
    "10:20:30.",
]
REPEATED: Final = ["a", "a.", "-", "a--", "xn--", "xn--a.", "0", "1.", ":", "1:", "@", "a:a@", '"', '\\"', "[", "%4", "%41", "/", "?", "{a", "{a}",
                   "{a,", "a,", "~0", "~", "\u00e9", "\u00e9.", "\u0628\u200c", "\u00ad", "e\u0301", "\ufdfa", "\u05d0.", "\ud800", "\x00", "\n", "1Y",
                   "\ue000", "\U0001f600"]  # fmt: skip
ENDS: Final = ["", "!", "@b"]

ANY: Final = st.text(st.characters(codec=None, exclude_categories=()))
MIXED: Final = st.lists(st.one_of(st.sampled_from(SEEDS), ANY)).map("".join)


@pytest.mark.parametrize("name", FORMATS)
@settings(deadline=None)  # the first call loads what it needs
@given(text=ANY | MIXED)
def test_every_text_is_of_the_format_or_is_not(name: str, text: str) -> None:
    assert check(name)(text) in {True, False}


@pytest.mark.parametrize("text", ["\ud800", "\x00", "\U0010ffff", "\ufffe"])
@pytest.mark.parametrize("name", FORMATS)
def test_odd_characters_are_of_no_format_but_in_pointers(name: str, text: str) -> None:
    assert not check(name)(text)
    assert check(name)(f"/{text}") is (name == "json-pointer")


@pytest.mark.parametrize("name", FORMATS)
def test_long_texts_take_time_that_grows_linearly(name: str) -> None:
    asked, late = check(name), []
    for start in STARTS:
        for piece in REPEATED:
            for end in ENDS:
                text = start + piece * (LENGTH // len(piece)) + end
                if _seconds(asked, text) > LIMIT:
                    late.append((start, piece, end))
    assert late == []


@pytest.mark.parametrize("name", ["email", "hostname", "idn-email", "idn-hostname"])
@pytest.mark.parametrize("length", [63, 253, 1000])
def test_names_of_the_length_that_is_looked_at_take_no_time_either(name: str, length: int) -> None:
    asked = check(name)
    for start in ("", "a@"):
        for piece in REPEATED:
            text = (start + piece * length)[:length]
            assert _seconds(asked, text) < LIMIT, (start, piece)


def _seconds(asked: Check, text: str) -> float:
    before = thread_time()
    asked(text)
    return thread_time() - before
