"""What `make fuzz` looks for, among a few hundred inputs; and it would see what is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sweeps.fuzz.documents import Writer
from sweeps.fuzz.draws import Draws
from sweeps.fuzz.engine import NODE, searched
from sweeps.fuzz.properties import PROPERTIES, documents, doors, patterns

from specwright.emit.code import Code


@pytest.mark.parametrize("name", PROPERTIES)
@settings(max_examples=150)
@given(data=st.binary(max_size=300))
def test_it_holds(name: str, data: bytes) -> None:
    PROPERTIES[name](Draws(data))


def test_choices_are_below_what_is_asked_and_end_with_the_first() -> None:
    draws = Draws(b"\xff\x01\x02ab")
    assert [draws.choose(10), draws.choose(1000)] == [5, 258]
    assert draws.rest() == b"ab"
    assert [Draws(b"").choose(5), Draws(b"").choose(1000)] == [0, 0]
    assert Draws(b"a\x80\x83\x85").text() == "a\ud800\u2028\U0001f432"


def test_a_document_of_no_choices_is_the_smallest() -> None:
    assert Writer(lambda _: 0, broken=False).document() == {
        "openapi": "3.1.0",
        "info": {"title": "Pet", "version": "1"},
        "paths": {},
        "components": {"schemas": {}},
    }


@pytest.mark.skipif(NODE is None, reason="there is no JavaScript engine")
def test_the_engine_knows_patterns_from_what_is_none() -> None:
    assert searched("^a$", ["a", "b", "a\n"]) == [True, False, False]
    assert searched("(", ["a"]) is None


def test_a_door_that_lets_something_through_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "literal", lambda value: Code(repr(value).replace("-0.0", "0.0")))
    with pytest.raises(AssertionError):
        doors.literals(Draws(b"\x00\x04"))
    monkeypatch.setattr(doors, "docstring", lambda text, _indent: Code(f'"""{text}"""'))
    with pytest.raises((AssertionError, SyntaxError, ValueError)):
        doors.docstrings(Draws(b'\x00"""\nimport os\n"""'))


def test_a_loader_that_reads_something_else_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    real = documents.read

    def wrong(data: bytes, **options: object) -> object:
        return real(data.replace(b"1", b"2"), **options)  # type: ignore[arg-type]

    monkeypatch.setattr(documents, "read", wrong)
    documents.loads(Draws(b'\x01{"a": [3]}'))
    with pytest.raises(AssertionError):
        documents.loads(Draws(b'\x01{"a": [1]}'))


@pytest.mark.skipif(NODE is None, reason="there is no JavaScript engine")
def test_a_translation_that_means_something_else_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "matches", lambda _pattern, text: text == "a")
    with pytest.raises(AssertionError):
        patterns.translates(Draws(b"\x00b"))
