from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specwright.config import Budgets
from specwright.document.load import read
from specwright.document.tree import Map, Seq, escape
from specwright.problems import Place, Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.document.source import Source

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def source(text: str | bytes, **budgets: int) -> tuple[Source, tuple[Problem, ...]]:
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return read(data, name="x.json", path="/x.json", budgets=Budgets(**budgets))


def refusal(text: str, **budgets: int) -> Problem:
    with pytest.raises(Refused) as refused:
        source(text, **budgets)
    (found,) = refused.value.problems
    return found


def all_places(node: Map | Seq, pointer: str) -> Iterator[tuple[Place, str, Any]]:
    yield node.place(), pointer, node
    for key, value in node.items() if isinstance(node, Map) else enumerate(node):
        inner = f"{pointer}/{escape(str(key))}"
        if isinstance(value, Map | Seq):
            yield from all_places(value, inner)
        yield node.place(key), inner, value  # type: ignore[arg-type]


@given(VALUES, st.sampled_from([None, 2, "\t"]), st.booleans())
def test_every_value_knows_its_place(value: Any, indent: int | None, ascii_only: bool) -> None:  # noqa: FBT001
    text = json.dumps({"root": value}, indent=indent, ensure_ascii=ascii_only)
    root = source(text)[0].root
    assert root == {"root": value}
    lines = text.replace("\r\n", "\n").split("\n")
    for place, pointer, found in all_places(root, ""):
        assert place.pointer == pointer
        line = lines[place.line - 1] if indent else text
        at = place.column - 1
        if isinstance(found, Map | Seq):
            last = pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
            assert line[at : at + 1] in {"{", "["} or json.JSONDecoder().raw_decode(line[at:])[0] == last
        elif isinstance(found, str):
            assert line[at] == '"'
        else:
            assert line[at:].startswith(json.dumps(found))


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "said"),
    [
        ('{"a": 1, "a": 2}', "duplicate-key", 1, 10, "column 2"),
        ('{"b": [{"x": {}}, {"a": 1,\n "a": 2}], "c": 1}', "duplicate-key", 2, 2, "column 20"),
        ('{"\\u0061": 1, "b": ["a", "a"], "a": {"a": 1, "a": 2}}', "duplicate-key", 1, 32, "column 2"),
        (
            '{"a": {"a": 1, "b": {"a": 1}}, "c": {"a": "}", "c": [{}], "\\u0061": 2}} x',
            "duplicate-key",
            1,
            59,
            "column 38",
        ),
        ('{"a": NaN}', "number-range", 1, 7, "NaN"),
        ('{"a": "1e999 \\\\", "1e999": [1e99, 1e999]}', "number-range", 1, 35, "1e999"),
        ('{"a": "' + "1" * 5000 + '",\n"b": -' + "2" * 5000 + "}", "number-range", 2, 6, "digits"),
        ('{"a": "NaN", "b": -Infinity}', "number-range", 1, 19, "-Infinity"),
        ('{"a": 1e999}', "number-range", 1, 7, "1e999"),
        ('{"a": ' + "1" * 5000 + "}", "number-range", 1, 7, "digits"),
        ('{"a": 1,}', "json-syntax", 1, 8, "comma before"),
        ('{"a": [1,]}', "json-syntax", 1, 9, "comma before"),
        ('{"a": }', "json-syntax", 1, 7, "A value"),
        ("[}", "json-syntax", 1, 2, "A value"),
        ("{'a': 1}", "json-syntax", 1, 2, "double quotes only"),
        ("{a: 1}", "json-syntax", 1, 2, "double quotes"),
        ('{"a": 1 // x\n}', "json-syntax", 1, 9, "comments"),
        ('{"a": 1', "json-syntax", 1, 8, "ends too early"),
        ('{"a": "x', "json-syntax", 1, 7, "not closed"),
        ('{"a": "x\ny"}', "json-syntax", 1, 9, "control character"),
        ('{"a": "\\q"}', "json-syntax", 1, 8, "escape"),
        ('{"a" 1}', "json-syntax", 1, 6, "colon"),
        ('{"a": 1 "b": 2}', "json-syntax", 1, 9, "comma"),
        ('{"a": 1} x', "json-syntax", 1, 10, "more after the end"),
        ("openapi: 3.1.1", "json-syntax", 1, 1, "value"),
    ],
)
def test_what_is_wrong_and_where(text: str, code: str, line: int, column: int, said: str) -> None:
    found = refusal(text)
    assert found.place
    assert (found.code, found.place.line, found.place.column) == (code, line, column)
    assert said in found.message


def test_numbers_are_exact() -> None:
    root = source('{"a": 123456789012345678901234567890, "b": 1.0, "c": 0.1, "d": -0}')[0].root
    assert root["a"] == 123456789012345678901234567890
    assert isinstance(root["b"], float)
    assert repr(root["c"]) == "0.1"


def test_half_a_surrogate_pair_is_mended_and_said() -> None:
    found, problems = source('{"a": "x\\ud800y", "\\uDFFF": [1, "\\ud83d\\ude00"]}')
    assert found.root == {
        "a": "x\N{REPLACEMENT CHARACTER}y",
        "\N{REPLACEMENT CHARACTER}": [1, "\N{GRINNING FACE}"],
    }
    assert [(problem.code, problem.place and problem.place.column) for problem in problems] == [
        ("lone-surrogate", 7),
        ("lone-surrogate", 19),
    ]


def test_keys_that_are_one_once_they_are_mended_are_refused() -> None:
    found = refusal('{"a": {"\\ud800": 1, "\\ud801": 2}}')
    assert (found.code, found.place and found.place.pointer) == ("duplicate-key", "/a")


@pytest.mark.parametrize(
    ("budget", "text"),
    [
        ({"depth": 3}, "[[[[1]]]]"),
        ({"depth": 3}, '{"[[[[": {"b": {"c": {}}}}'),
        ({"nodes": 3}, "[1, 2, 3]"),
        ({"key": 3}, '{"a": {"abcd": 1}}'),
        ({"bytes": 3}, '"abcd"'),
    ],
)
def test_budgets(budget: dict[str, int], text: str) -> None:
    assert refusal(text, **budget).code == f"limit-{next(iter(budget))}"
    source(text, **{name: value + 20 for name, value in budget.items()})


def test_nesting_beyond_the_interpreter_is_a_problem() -> None:
    found = refusal('{"x": ' + "[" * 100_000 + "]" * 100_000 + "}")
    assert found.code == "limit-depth"
    assert found.place
    assert found.place.column == 6 + Budgets().depth


def test_a_byte_order_mark_is_no_content() -> None:
    assert source(b'\xef\xbb\xbf{"a": 1}')[0].root == {"a": 1}
