from __future__ import annotations

import re
import warnings

import pytest

from specwright.plan.patterns import pattern_of
from specwright.runtime.ecma import is_regex, parse
from specwright.runtime.patterns import filled, matches, matches_linear

_DOT = r"[^\n\r\u2028\u2029]"
_BLANK = r"\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"


@pytest.mark.parametrize(
    ("source", "python"),
    [
        ("^/v1/[a-z]{2,3}(?:x|y)", "^/v1/[a-z]{2,3}(?:x|y)"),  # what says the same in both is left as it is
        ("^[a-z]+$", r"^[a-z]+\Z"),
        (r"^\d{4}-\d\d$", r"^[0-9]{4}-[0-9][0-9]\Z"),
        (r"\w\D\W", "[A-Za-z0-9_][^0-9][^A-Za-z0-9_]"),
        (r"^[\w\-_. ]+$", r"^[A-Za-z0-9_\-_. ]+\Z"),
        (r"[\w-.]", r"[A-Za-z0-9_\-.]"),
        (r"\s", f"[{_BLANK}]"),
        (r"[^,\S]", r"[^,\x00-\x08\x0e-\x1f!-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\U0010ffff]"),
        (r"[\s\S]", r"[\s\S]"),
        ("^.$", rf"^{_DOT}\Z"),
        (r"\bx\B", r"(?a:\b)x(?!(?a:\b))"),
        ("[]", r"[^\s\S]"),
        ("[^]", r"[\s\S]"),
        ("[[a]", r"[\[a]"),
        ("[a&&b||c~~d]", r"[a\&&b\||c\~~d]"),
        (r"[\b]", r"[\b]"),
        (r"\cC\0\u{1F432}\uD83D\uDC32\/", r"\x03\x00\U0001f432\U0001f432\/"),
        ("é[à-ü]", r"\xe9[\xe0-\xfc]"),
        ("(?<year>[0-9])x", "(?P<year>[0-9])x"),
        (r"(?<n>a)\k<n>", r"(?P<n>a)\1"),
        (r"(a)\1", r"(a)\1"),
        (r"(a)?\1", r"(a)?(?(1)\1)"),
        (r"(a)\12", r"(a)\n"),
        (r"(a)\1[0]0", r"(a)\1[0]0"),
        (r"\1(a)", r"(?:)(a)"),
        ("(?<=a|bc)x", "(?:(?<=a)|(?<=bc))x"),
        ("(?<!a|bc)x", "(?<!a)(?<!bc)x"),
        ("(?<=a+)b", "(?<=a{1})b"),
        (r"\p{Lu}[\p{Script=Greek}-]", r"[\p{Lu}][\p{Script=Greek}-]"),
        ("(?i:a)", "(?i:a)"),
        ("(?:a?){99999999}", "(?:a?){0,99999999}"),
        ("a{99999999999999999999}", "a{4294967294,}"),
        ("a{,3}", "a{,3}"),
    ],
)  # fmt: skip
def test_a_pattern_is_written_for_python(source: str, python: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = pattern_of(source).python
        re.compile(filled(found))
    assert found == python
    assert found.isascii()


@pytest.mark.parametrize(
    ("source", "odd"),
    [
        (r"\A[0-9]+\z", (r"\A", r"\z")),
        ("(?P<n>a)(?P=n)", ("(?P<…>", "(?P=…)")),
        ("(?i)^pet", ("(?i)",)),
        ("a++b", ("++",)),
        ("(?>a|b)c", ("(?>…)",)),
        ("[[:alpha:]]", ("[:alpha:]",)),
        ("/^a$/i", ("the slashes around it",)),
        (r"/IM(SV|CL)(-[\dA-Z]{4})/", ("the slashes around it",)),
        ("/a/", ()),
        ("/v1/[a-z]+/", ()),
        (r"\_\-\@[\w-.]a]", ()),
        ("[]a]", ("a ] that is the first of a class",)),
        (r"\pL", (r"\pL without braces",)),
        (r"\p{IsLatin}", (r"\p{IsLatin}",)),
        ("a{,3}", ("{,3}",)),
    ],
)
def test_what_is_no_ecma_is_read_and_said(source: str, odd: tuple[str, ...]) -> None:
    assert pattern_of(source).odd == odd
    assert not odd or not is_regex(source) or source[0] == "/"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("^[a-z", "a class that is not closed at position 1"),
        ("(a", "a group that is not closed at position 0"),
        ("a)", "a group that was not opened at position 1"),
        ("a**", "nothing to repeat at position 2"),
        ("[b-a]", "a range whose end comes before its start at position 1"),
        ("a{2,1}", "a repeat whose end comes before its start at position 1"),
        (r"\p{Foo}", "'Foo' is no property of Unicode that ECMA-262 names at position 0"),
        (r"\p{Emoji}", "which characters have the property Emoji is not known here"),
        ("(?<=a.*)b", "what must come before may have any length"),
        (r"(?:\b){9999}", "a repeat of what takes no characters"),
        ("(?x)a", "there is no modifier 'x' at position 0"),
        ("(" * 100 + ")" * 100, "groups that are nested too deeply"),
        ("a" * 30_000, "a pattern of more than 20,000 characters"),
    ],
)
def test_what_is_no_pattern_is_refused(source: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        pattern_of(source)


@pytest.mark.parametrize(
    "text", ["(" * 10_000, "(" * 10_000 + ")" * 9_999, "(?:" * 10_000, "[" * 10_000, "(?<" * 10_000]
)
def test_deep_nesting_is_no_crash(text: str) -> None:
    assert not is_regex(text)
    with pytest.raises(ValueError, match="at position"):
        parse(text, "lenient")


def test_whole_groups_may_be_nested_as_deep_as_they_are() -> None:
    assert is_regex("(" * 10_000 + ")" * 10_000)


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("([abc])+\\s+$", True), ("^(abc]", False), (r"\a", False), ("(?P<name>x)", False), ("(?#c)a", False),
        ("(?i)abc", False), ("(?i:abc)", True), ("(?ii:a)", False), ("(?-:a)", False), ("(?<n>a)|(?<n>b)", True),
        ("(?<n>a)(?<n>b)", False), (r"\k<n>", False), (r"\1", False), ("{", False), ("a{1", False), ("]", False),
        (r"[\w-.]", False), (r"\-", False), (r"[\-]", True), ("(?=a)*", False), (r"\u{110000}", False), (r"\01", False),
        (r"\p{Script=Adlam}", True), (r"\p{Script=Klingon}", False), (r"\p{L", False), ("(?<é>.)", True), ("", True),
    ],
)  # fmt: skip
def test_the_format_regex(text: str, valid: bool) -> None:  # noqa: FBT001 -- a row of the table
    assert is_regex(text) is valid


def test_properties_of_unicode() -> None:
    letters = pattern_of(r"^\p{L}+$").python
    assert matches(letters, "Straßeßé\U00020000")
    assert not matches(letters, "a1")
    assert matches(pattern_of(r"^\P{L}+$").python, "12-\U0001f432")
    assert matches(pattern_of(r"^[^\p{Lu}]+$").python, "abc")
    assert matches(pattern_of(r"^\p{sc=Greek}+$").python, "αβγ")
    assert matches(pattern_of(r"^\p{Script=Thai}+$").python, "ก")
    assert not matches(pattern_of(r"^\p{Script=Thai}+$").python, "a")


def test_case_is_folded_where_that_is_asked_for() -> None:
    pattern = pattern_of("^(?i:é[a-c])d$").python
    assert matches(pattern, "ÉBd")
    assert not matches(pattern, "ÉBD")


def test_texts_that_are_too_long_are_taken_as_they_are() -> None:
    pattern = pattern_of("(a+)(b+)?(a+)!")
    assert pattern.longest
    short = "a" * pattern.longest
    assert not matches_linear(pattern.python, "", pattern.longest, short)
    assert matches_linear(pattern.python, "", pattern.longest, short + "a")


def test_re2_reads_what_utf_8_has_not() -> None:
    pytest.importorskip("re2")
    assert matches_linear("x", "^[^a]$", 0, "\ud83d")
    assert matches_linear("x", r"^\x{1f432}$", 0, "\ud83d\udc32")
    assert not matches_linear("x", "^a$", 0, "\ud83d")
