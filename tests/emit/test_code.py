"""The doors through which text of a document becomes Python: nothing but the value, and nothing else, gets through."""

from __future__ import annotations

import ast
import io
import math
import tokenize
import unicodedata
import warnings
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from specwright.emit.code import Code, block, code, comment, docstring, fstring, join, literal, name
from specwright.emit.tidy import tidy

INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
NASTY = [
    "", " ", '"', '""', '"""', "'''", "\\", '\\"', 'a"', 'a\\"""', "a\\", "\n", "\r", "\r\n", "a\rb", "\x00", "\x1b[31m",
    "\x85", "\u2028", "\u202e", "\ufeff", "\ud800", "\U000e0001", "\\N{DASH}", "\\x41", "\\u0041", "{x}", "{{ 7*7 }}",
    "{% raw %}", "{#", "%s", "${x}", "# -*- coding: rot13 -*-", "    indented", "- item", "1. item", "```", "\t\ttabs",
    '"""\nimport os\n"""', "é日本🎉", "a" * 300, "word " * 60, 'x"""' * 40, "\\" * 101, '" ' * 60, "a\n\n\n\nb", "\x0c\x0b\x1c",
]  # fmt: skip

texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(),
    # Surrogates, which JSON can write and UTF-8 can't.
    st.text(st.characters(categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Po", "Ll"])),
    st.lists(st.sampled_from(NASTY), max_size=8).map("".join),
    st.text(alphabet='"\\\n \t\r{}#a', max_size=200),
)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=-(10**5000), max_value=10**5000)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


def parsed(source: str) -> ast.Module:
    """The syntax tree of a module, as Python reads it from a file; a warning is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tree = ast.parse(source.encode("utf-8"))
        compile(tree, "generated", "exec")
    return tree


def same(first: Any, second: Any) -> bool:
    """Whether two values are equal to the type and the sign of zero."""
    if type(first) is not type(second):
        return False
    if isinstance(first, float):
        return first == second and math.copysign(1, first) == math.copysign(1, second)
    if isinstance(first, list | tuple):
        return len(first) == len(second) and all(map(same, first, second))
    if isinstance(first, dict):
        return list(first) == list(second) and all(same(first[key], second[key]) for key in first)
    return bool(first == second)


# --- literals ---------------------------------------------------------------------------------------------------


@given(values)
@example(-0.0)
@example(10**5000)
@example(-(10**4300))
@example("\ud800\udc00")
def test_a_literal_is_the_value(value: Any) -> None:
    written = literal(value)
    assert written.isascii()
    assert "\n" not in written
    (statement,) = parsed(f"x = {written}\n").body
    assert isinstance(statement, ast.Assign)
    assert same(ast.literal_eval(statement.value), value)


@given(st.lists(values, max_size=3).map(tuple))
def test_a_tuple_stays_one(value: tuple[Any, ...]) -> None:
    assert same(ast.literal_eval(literal(value)), value)


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_what_json_can_not_say_is_still_the_number(value: float) -> None:
    made = eval(literal(value), {"__builtins__": {"float": float}})  # noqa: S307 - what is tested
    assert math.isnan(made) if math.isnan(value) else made == value


# --- docstrings -------------------------------------------------------------------------------------------------


def whole(text: str) -> str:
    """The text with U+FFFD for each half of a surrogate pair, which no docstring can hold."""
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


@settings(max_examples=400)
@given(texts, st.sampled_from([0, 4, 8]))
def test_a_docstring_is_one_and_nothing_else(text: str, indent: int) -> None:
    written = docstring(text, indent)
    opening = "".join(f"{' ' * depth}class A:\n" for depth in range(0, indent, 4))
    tree: Any = parsed(f"{opening}{' ' * indent}{written}\n{' ' * indent}x = 1\n")
    for _ in range(indent // 4):
        (tree,) = tree.body
    said, after = tree.body
    assert isinstance(after, ast.Assign)
    assert isinstance(said, ast.Expr)
    assert isinstance(said.value, ast.Constant)
    assert isinstance(said.value.value, str)
    # Wrapped and stripped: all but white space is what it was.
    assert "".join(said.value.value.split()) == "".join(whole(text).split())


@given(texts)
def test_nothing_in_a_docstring_is_invisible(text: str) -> None:
    lines = docstring(text).split("\n")
    assert not any(unicodedata.category(char) in INVISIBLE for line in lines for char in line)


@given(st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1, max_size=60))
def test_a_docstring_of_one_plain_line_is_that_line(text: str) -> None:
    assert docstring(text) == f'"""{text}"""'


def test_paragraphs_and_lists_keep_their_lines() -> None:
    text = f"One.\n\n- {'word ' * 25}\n- two\n\n1. {'word ' * 25}\n| a | b |"
    read = ast.literal_eval(docstring(text, 0)).split("\n")
    assert read[0] == "One."
    assert [line[:7] for line in read if line] == [
        "One.",
        "- word ",
        "  word ",
        "- two",
        "1. word",
        "| a | b",
    ]
    assert all(len(line) <= 100 for line in read if not line.startswith("1."))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(texts, texts), min_size=20, max_size=40))
def test_formatting_leaves_what_the_doors_made(pairs: list[tuple[str, str]]) -> None:
    classes = [
        f"class A{number}:\n    {docstring(first)}\n\n    def f(self) -> None:\n        {docstring(second, 8)}\n"
        for number, (first, second) in enumerate(pairs)
    ]
    once = tidy({"p/m.py": "\n\n".join(classes)})
    assert tidy(once) == once
    for (first, second), written in zip(pairs, parsed(once["p/m.py"]).body, strict=True):
        assert isinstance(written, ast.ClassDef)
        (method,) = (item for item in written.body if isinstance(item, ast.FunctionDef))
        for text, said in ((first, ast.get_docstring(written)), (second, ast.get_docstring(method))):
            assert "".join((said or "").split()) == "".join(whole(text).split())


# --- comments, f-strings, names ---------------------------------------------------------------------------------


@given(texts)
def test_a_comment_is_one_and_nothing_else(text: str) -> None:
    written = comment(text)
    tokens = list(tokenize.generate_tokens(io.StringIO(f"x = 1\n{written}\ny = 2\n").readline))
    assert [token.string for token in tokens if token.type == tokenize.COMMENT] == [written]
    assert [token.string for token in tokens if token.type == tokenize.NAME] == ["x", "y"]
    assert not any(unicodedata.category(char) in INVISIBLE for char in written)
    if text.isprintable():
        assert written == f"# {text.strip()}"


@given(st.lists(st.one_of(texts, st.sampled_from([name("a"), name("b")])), max_size=6))
def test_an_fstring_is_its_texts_and_the_values_of_its_code(parts: list[str]) -> None:
    written = fstring(parts)
    assert written.isascii()
    made = eval(written, {"__builtins__": {}}, {"a": "<A>", "b": "{B}"})  # noqa: S307 - what is tested
    values = {"a": "<A>", "b": "{B}"}
    assert made == "".join(values[part] if isinstance(part, Code) else part for part in parts)


@given(texts)
def test_a_name_is_one_or_refused(text: str) -> None:
    try:
        written = name(text)
    except ValueError:
        return
    assert isinstance(ast.parse(written, mode="eval").body, ast.Name | ast.Attribute)


@pytest.mark.parametrize("text", ["class", "None", "a.class", "a..b", ".a", "é", "a b", "", "1a", "a\n", "ª"])
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a Python name"):
        name(text)


# --- code made of code ------------------------------------------------------------------------------------------


def test_text_is_no_code() -> None:
    for make in (lambda: code("{}", "x"), lambda: join(", ", ["x"]), lambda: block(["x"])):  # type: ignore[arg-type,list-item]
        with pytest.raises(TypeError, match="text is not code"):
            make()


def test_what_is_derived_from_code_is_none() -> None:
    class Fake(Code):
        pass

    with pytest.raises(TypeError, match="text is not code"):
        code("{}", Fake("x"))
    # What methods of `str` give is text again.
    assert type(code("x").upper()) is str


def test_code_is_made_of_code() -> None:
    assert code("{}({})", name("f"), join(", ", [name("a"), literal("b")])) == 'f(a, "b")'
    assert block([code("if x:"), block([code("pass")], 1)], 1) == "    if x:\n        pass"
