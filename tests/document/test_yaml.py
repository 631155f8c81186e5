from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specwright.config import Budgets
from specwright.document.load import read
from specwright.document.scalars import ambiguous, resolve
from specwright.document.tree import Map
from specwright.problems import Problem, Refused


def root(text: str | bytes, **budgets: int) -> Any:
    data = text.encode() if isinstance(text, str) else text
    return read(data, name="x.yaml", path="/x.yaml", budgets=Budgets(**budgets))[0].root


def refusal(text: str | bytes, **budgets: int) -> Problem:
    with pytest.raises(Refused) as refused:
        root(text, **budgets)
    (found,) = refused.value.problems
    return found


NO_TEXT = "Give a document of OpenAPI, in YAML or JSON."


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("null", None), ("~", None), ("", None), ("Null", None),
        ("true", True), ("FALSE", False),
        ("no", "no"), ("on", "on"), ("yes", "yes"), ("y", "y"), ("off", "off"), ("=", "="),
        ("1", 1), ("-17", -17), ("+3", 3), ("0", 0), ("0o17", 15), ("0x1F", 31),
        ("010", "010"), ("00", "00"), ("1_000", "1_000"), ("12:30", "12:30"), ("0b11", "0b11"), ("-", "-"), ("+", "+"), (".", "."),
        ("1.5", 1.5), ("1.", 1.0), (".5", 0.5), ("1e3", 1000.0), ("-1.5E-2", -0.015), ("1.0", 1.0),
        ("1e999", "1e999"), (".inf", ".inf"), (".nan", ".nan"), ("-.inf", "-.inf"),
        ("2020-01-01", "2020-01-01"), ("2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z"), ("1.2.3", "1.2.3"),
        ("9" * 30, int("9" * 30)),
    ],
)  # fmt: skip
def test_a_plain_scalar_is_what_people_mean(text: str, value: object) -> None:
    found = resolve(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(("text", "is_so"), [("no", True), ("Y", True), ("010", True), ("1:30", True), ("1_0", True), ("=", True), ("note", False), ("1.10", False), ("10", False), ("nonsense", False)])  # fmt: skip
def test_what_other_readers_take_for_something_else(text: str, is_so: bool) -> None:  # noqa: FBT001
    assert ambiguous(text) is is_so


def test_keys_are_the_text_that_is_written() -> None:
    assert list(root("{200: a, no: b, 010: c, null: d, 1.50: e, 2020-01-01: f, '': g}")) == ["200", "no", "010", "null", "1.50", "2020-01-01", ""]  # fmt: skip


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
))  # fmt: skip
def test_json_is_read_as_yaml_reads_it(value: object) -> None:
    text = json.dumps({"value": value}, ensure_ascii=True).replace("\\ud", "\\uD")
    as_json = read(text.encode(), name="x", path="/x.json", budgets=Budgets())[0].root
    assert as_json == {"value": value}
    if "\\uD" in text or "\x7f" in text:
        return  # YAML has no surrogate pairs
    assert root(f"# YAML\n{text}") == as_json


@pytest.mark.parametrize(
    ("data", "message", "hint"),
    [
        ("a: 1".encode("utf-16-le"), "The file is UTF-16, not UTF-8.", "Save the file as UTF-8."),
        ("a: 1".encode("utf-32-be"), "The file is UTF-32, not UTF-8.", "Save the file as UTF-8."),
        (b"\x00\x00\x01\x00binary", "The file is no text.", NO_TEXT),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "The file is no text.", NO_TEXT),
        (b"\x1f\x8b\x08\x00\x00\x00", "The file is no text.", NO_TEXT),
        ("caf\xe9: 1".encode("latin-1"), "Byte 4 of the file, 0xe9, is not UTF-8.", "Save the file as UTF-8."),
        (b"a:\n b: 1\n\tc: 2", "A tab stands where YAML counts spaces.", "Indent with spaces."),
        (b"a: 1\n<<<<<<< HEAD\nb\n>>>>>>> x", "The file still has the marks of a merge.", "Settle the conflict, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>."),
    ],
)  # fmt: skip
def test_what_is_said_of_a_file_that_can_not_be_read(data: bytes, message: str, hint: str) -> None:
    with pytest.raises(Refused) as refused:
        read(data, name="x", path="/x.yaml", budgets=Budgets())
    (found,) = refused.value.problems
    assert (found.message, found.hint) == (message, hint)


def test_merge_keys_take_over_what_is_not_there() -> None:
    made = root("a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc: {y: 5, <<: [*a, *b]}\nd:\n  <<: *b\n  z: 6\n")
    assert made["c"] == {"y": 5, "x": 1, "z": 4}
    assert made["d"] == {"z": 6, "y": 3}
    assert made["c"].place("x").column == 11


def test_a_quoted_merge_key_is_a_key() -> None:
    assert root("a: {'<<': 1}") == {"a": {"<<": 1}}


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: 1\nb: 2\na: 3\n", "duplicate-key", 3, 1),
        ("a: {<<: 1}", "yaml-merge", 1, 9),
        ("a: &a {b: 1}\nc:\n  <<: *a\n  <<: *a\n", "duplicate-key", 4, 3),
        ("a: *b", "yaml-alias", 1, 4),
        ("a: &a [*a]", "yaml-alias", 1, 8),
        ("? [1]\n: 2", "yaml-key", 1, 3),
        ("a: &a {}\n*a : 2", "yaml-key", 2, 1),
        ("a: !!int 1", "yaml-tag", 1, 4),
        ("a: !!str [1]", "yaml-tag", 1, 4),
        ("a: !x!y 1", "yaml-tag", 1, 4),
        ("--- 1\n--- 2\n", "yaml-documents", 2, 1),
        ("a: 1\n...\nb: 2\n", "yaml-syntax", 3, 1),
        ("a: 'it's'", "yaml-syntax", 1, 8),
        ('a: "\\q"', "yaml-syntax", 1, 5),
        ("a: @b", "yaml-syntax", 1, 4),
        ("a: [1, 2", "yaml-syntax", 1, 9),
        ("é: 1\n\tb: 2", "yaml-syntax", 2, 1),
        (b"a: \xff", "file-encoding", 1, 4),
        (b"\x00\x01\x02\x03", "file-encoding", 1, 1),
        ("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> main\n", "yaml-syntax", 2, 1),
        ("a:\n  b: 1\n\tc: 2\n", "yaml-syntax", 3, 1),
        (b"\xef\xbb\xbfa: \xc0\x80", "file-encoding", 1, 4),
        ("a: \x00", "yaml-syntax", 1, 4),
        ("", "document-empty", 1, 1),
        ("# only this\n", "document-empty", 1, 1),
    ],
)
def test_what_is_wrong_and_where(text: str | bytes, code: str, line: int, column: int) -> None:
    found = refusal(text)
    assert found.place
    assert (found.code, found.place.line, found.place.column) == (code, line, column)


@pytest.mark.parametrize(
    ("budget", "text"),
    [
        ({"depth": 3}, "[[[[1]]]]"),
        ({"depth": 3}, "a:\n b:\n  c:\n   d: 1"),
        ({"nodes": 3}, "[1, 2, 3]"),
        ({"expansion": 10}, "a: &a [1, 2, 3, 4]\nb: [*a, *a]"),
        ({"key": 3}, "abcd: 1"),
        ({"bytes": 3}, "abcd"),
    ],
)
def test_budgets(budget: dict[str, int], text: str) -> None:
    assert refusal(text, **budget).code == f"limit-{next(iter(budget))}"
    root(text, **{name: value + 20 for name, value in budget.items()})


def test_a_bomb_of_merge_keys_is_refused_at_once() -> None:
    lines = ["x-0: &a0 {k: 1}"] + [
        f"x-{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 10)}]}}" for n in range(1, 12)
    ]
    assert refusal("\n".join(lines)).code == "limit-expansion"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_places(newline: str) -> None:
    made = root(newline.join(["a: 1", "b:", "  - x: ä", "    y: [1, 'two']", "  - z", "c~/d: {e: 1}", ""]))
    places = {
        ("a", None): (1, 4, "/a"),
        ("b", None): (2, 1, "/b"),
        ("c~/d", None): (6, 1, "/c~0~1d"),
    }
    for (key, _), expected in places.items():
        place = made.place(key)
        assert (place.line, place.column, place.pointer) == expected
    first = made["b"][0]
    assert (first.place().line, first.place().column, first.place().pointer) == (3, 5, "/b/0")
    assert (first.place("x").column, first.place("x").text) == (8, "  - x: ä")
    assert first["y"].place(1).pointer == "/b/0/y/1"
    assert first["y"].place(1).column == 12
    assert made["b"].place(1).line == 5
    assert made.place("nothing").pointer == ""


def test_a_value_behind_an_alias_stands_where_it_was_written() -> None:
    made = root("a: &a {x: 1}\nb: *a\n")
    assert made["b"] is made["a"]
    assert made["b"].place("x").pointer == "/a/x"
    assert made.place("b").line == 2


def test_json_in_a_yaml_file() -> None:
    made = root('{"a": [1, 2.0], "b": "x"}')
    assert isinstance(made, Map)
    assert root("{a: 1}") == {"a": 1}
    assert math.isclose(made["a"][1], 2)
