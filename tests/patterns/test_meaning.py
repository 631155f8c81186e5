"""A pattern means in Python, and in RE2, what it means to a JavaScript engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sweeps.suite.cases import groups

from ecma_judge import NODE, judged
from judges.suite import FOLDER, at
from specwright.plan.patterns import pattern_of
from specwright.plan.patterns.linear import linear
from specwright.plan.patterns.references import References
from specwright.plan.patterns.rewriting import rewritten
from specwright.plan.patterns.spelling import Python
from specwright.runtime.ecma import is_regex, parse
from specwright.runtime.patterns import matches, matches_linear

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILES: Final = ("pattern", "patternProperties", "optional/ecmascript-regex", "optional/non-bmp-regex", "optional/format/regex", "optional/format/ecmascript-regex")  # fmt: skip


def _holds(schema: Any, value: Any) -> bool | None:
    """Whether a value meets a schema of the suite; `None` where it is about something else."""
    match schema, value:
        case {"pattern": str(pattern)}, str():
            return matches(pattern_of(pattern).python, value)
        case {"format": "regex"}, str():
            return is_regex(value)
        case {"patternProperties": {**patterns}}, {**found}:
            return all(
                _allows(sub, found[key])
                for pattern, sub in patterns.items()
                for key in found
                if matches(pattern_of(str(pattern)).python, str(key))
            ) and (
                "additionalProperties" not in schema
                or all(
                    any(matches(pattern_of(str(pattern)).python, str(key)) for pattern in patterns)
                    for key in found
                )
            )
        case _:
            return None


_KINDS: Final[dict[str, type | tuple[type, ...]]] = {
    "boolean": bool,
    "integer": int,
    "null": type(None),
    "number": (int, float),
    "string": str,
}


def _allows(schema: Any, value: Any) -> bool:
    match schema:
        case bool():
            return schema
        case {"type": str(kind)}:
            return isinstance(value, _KINDS[kind])
        case {"maximum": maximum}:
            return not isinstance(value, int) or value <= maximum
        case _:
            return True


@pytest.mark.skipif(not FOLDER.is_dir(), reason=f"there is no suite in {FOLDER} (SPECWRIGHT_SUITE)")
@pytest.mark.parametrize("draft", ["draft7", "draft2019-09", "draft2020-12"])
def test_the_json_schema_test_suite(draft: str) -> None:
    checked = 0
    for name in _FILES:
        path = at(f"{draft}/{name}.json")
        for group in groups(path) if path.exists() else ():
            for case in group.tests:
                held = _holds(group.schema, case.data)
                checked += held is not None
                assert held in {None, case.valid}, (name, group.schema, case)
    assert checked > 60


# --- patterns made up ---------------------------------------------------------------------------------------------

_LEAVES: Final = ("a", "b", "c", "a", "b", ".", "[ab]", "[^a]", "[b-c]", r"\d", r"\w", r"\s", r"\W", "1", r"[\w-]", r"\n", "é", r"\u{1f432}")  # fmt: skip
_EDGES: Final = ("^", "$", r"\b")
# No \B: V8 finds it between the two halves of one character, against section 22.2.7.2.
_TEXTS: Final = st.text("abc1 -\n\u2028é\U0001f432_", max_size=7)


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.lists(inner, min_size=1, max_size=2).map(lambda parts: f"({'|'.join(parts)})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,2}", "{0,3}", "{2,}", "*?", "+?"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
        st.tuples(st.sampled_from(["?=", "?!"]), inner).map(lambda pair: f"({pair[0]}{pair[1]})"),
    )


PATTERNS: Final = st.tuples(
    st.sampled_from(["", "^", ""]),
    st.recursive(st.sampled_from(_LEAVES + _EDGES), _larger, max_leaves=8),
    st.sampled_from(["", "$", ""]),
).map("".join)


def _readings(source: str) -> Iterator[tuple[str, str]]:
    """The pattern as it is translated, with and without being rewritten, and for RE2."""
    node = parse(source).node
    yield "python", pattern_of(source).python
    yield "as it is", Python(node).text
    if not References(node).used:
        yield "rewritten", Python(rewritten(node)).text


def _judgeable(source: str, texts: list[str]) -> list[str]:
    """The texts without characters of two halves where a pattern says what `\\B` does: `(?!\\b)`."""
    if "(?!" in source and "\\b" in source:
        return [text.replace("\U0001f432", "é") for text in texts]
    return texts


@pytest.mark.skipif(not NODE, reason="there is no JavaScript engine `node` to judge")
@settings(max_examples=6, deadline=None, derandomize=True, phases=[Phase.generate])
@given(st.lists(st.tuples(PATTERNS, st.lists(_TEXTS, min_size=6, max_size=12)), min_size=60, max_size=60))
def test_it_means_what_javascript_says(cases: list[tuple[str, list[str]]]) -> None:
    cases = [(source, _judgeable(source, texts)) for source, texts in cases]
    for (source, texts), wanted in zip(cases, judged(cases), strict=True):
        assert wanted is not None, source
        for name, pattern in _readings(source):
            assert [matches(pattern, text) for text in texts] == wanted, (source, name, pattern, texts)


@settings(max_examples=150, deadline=None)
@given(PATTERNS, st.lists(_TEXTS, min_size=6, max_size=12))
def test_re2_and_re_agree(source: str, texts: list[str]) -> None:
    pytest.importorskip("re2")
    by_re2 = linear(parse(source).node)
    if by_re2 is not None:
        python = pattern_of(source).python
        assert [matches_linear("x", by_re2, 0, text) for text in texts] == [
            matches(python, text) for text in texts
        ], by_re2
