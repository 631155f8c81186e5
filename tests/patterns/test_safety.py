"""No pattern takes long: `re` takes linear time where that is said, and elsewhere is asked short texts only."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from specwright.plan.patterns import pattern_of
from specwright.plan.patterns.automaton import automaton_of
from specwright.plan.patterns.effort import Effort
from specwright.runtime.ecma import parse

ROOT: Final = Path(__file__).parents[2]
KNOWN: Final = Path(__file__).parent / "known.tsv"
SOURCES: Final = [
    line.split("\t")[0] for line in KNOWN.read_text("utf-8").splitlines() if not line.startswith("# ")
]

LINEAR: Final = (
    r"^[a-z]{1,63}(\.[a-z]{1,63})*$", r"^\d{4}-\d{2}-\d{2}$", r"^\d{1,3}(\.\d{1,3}){3}$", "^.{1,100}$", "^.{0,262144}$",
    r"^[\w.-]{1,64}@[\w-]{1,255}$", r"^(?=.*[A-Z])(?=.*\d).{8,}$", "[a-z]+", r"x[\s\S]*$", "a*b|a", r"(a{1,100}){1,100}",
    r"^\p{L}+$", r"\p{L}", r"/IM(SV|CL)(-[\dA-Za-z]{4}){8}/",
    r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
    r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?$",
)  # fmt: skip


@pytest.mark.parametrize("source", LINEAR)
def test_what_is_harmless_is_left_as_it_is(source: str) -> None:
    pattern = pattern_of(source)
    assert pattern.longest is None
    assert pattern.linear is None


@pytest.mark.parametrize(
    ("source", "python"),
    [
        ("^(a+)+$", r"^a+\Z"),
        ("(x+x+)+y", "x{2}y"),
        (r"[a-z]+\.[a-z]+", r"[a-z]\.[a-z]"),
        ("^([a-z0-9]+(-[a-z0-9]+)*){1,100}x$", r"^[a-z0-9]+(?:-[a-z0-9]+)*x\Z"),
        ("^([a-z]+_?)*$", r"^(?:[a-z]+(?:_[a-z]+)*_?)?\Z"),
        (r"^[0-9]+\.?[0-9]*$", r"^[0-9]+(?:\.[0-9]*)?\Z"),
        (r"^[^@]+@[^@]+\.[^@]+$", r"^[^@]+@[^@][^.@]*\.[^@]+\Z"),
        (r"a+$", r"a\Z"),
        ("^[a-z]*[a-z0-9]*$", r"^[a-z0-9]*\Z"),
    ],
)
def test_what_is_slow_is_rewritten_where_that_is_the_same(source: str, python: str) -> None:
    pattern = pattern_of(source)
    assert pattern.longest is None
    assert pattern.python == python


@pytest.mark.parametrize(
    ("source", "longest", "by_re2"),
    [
        ("(.*a){20}", 30, True),
        (r"^\s*(.*?)\s*$", 1000, True),
        (r"(\d+)(x?)(\d+)!", 2000, True),
        ("^(?:(?=.*x)a)*b", 3000, False),
        (r"(a+)\1$", 2000, False),
        ("^(a{1,30}){1,30}$", 30, False),
    ],
)
def test_what_stays_slow_is_asked_short_texts_only(source: str, longest: int, by_re2: bool) -> None:  # noqa: FBT001 -- a row of the table
    pattern = pattern_of(source)
    assert pattern.longest is not None
    assert 0 < pattern.longest <= longest
    assert (pattern.linear is not None) is by_re2


@pytest.mark.parametrize(
    "source", ["(a|a?)+$", "^(a|aa)+b", "(?:.*,){9}x", r"\s*x|\s*y", "^(?:a{0,10}){0,10}$"]
)
def test_the_bound_is_not_less_than_what_a_search_walks(source: str) -> None:
    """Ways are counted by hand, for all texts of two letters."""
    effort = Effort(automaton_of(parse(source).node, 400, 10_000))
    longest = effort.longest()
    assert longest is not None
    assert longest < 2000


def test_an_analysis_ends_for_what_is_huge() -> None:
    for source in (
        "(a?){20000}" * 500,
        "(?:a|b|c|d)*" * 900,
        "(((a{1,99}){1,99}){1,99}){1,99}$",
        "(a+b?)*" * 1500,
    ):
        assert pattern_of(source) is not None


_PROGRAM: Final = """
import sys
from specwright.plan.patterns import pattern_of
from specwright.runtime.ecma import parse
from specwright.runtime.patterns import matches, matches_linear
from sweeps.attacks import attacks, text
for source in sys.stdin.read().split("\\0"):
    try:
        pattern = pattern_of(source)
    except ValueError:
        continue
    for attack in attacks(parse(source, "lenient").node):
        for length in (100, 1_000, 10_000, 100_000, pattern.longest or 100):
            if pattern.longest is None:
                matches(pattern.python, text(attack, length))
            else:
                matches_linear(pattern.python, "", pattern.longest, text(attack, length))
                matches_linear(pattern.python, pattern.linear or "", pattern.longest, text(attack, length))
print("done")
"""


@pytest.mark.parametrize("part", range(4))
def test_no_text_takes_long(part: int) -> None:
    """A sample of those that are known to be slow, with attacks: what would take for ever does not end in time."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        input="\0".join(SOURCES[part::8]),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "generator")},
    )
    assert done.stdout == "done\n", done.stderr


def test_enough_are_known() -> None:
    assert len(set(SOURCES)) >= 120
