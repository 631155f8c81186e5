"""`docs/benchmarks.md`, made from what was measured and kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from . import growth, sizes
from .report import HEADS, duration, figure, memory
from .subjects import OURS, Comparison

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

PICTURE: Final = "pictures/growth.svg"
"""Where the curve is, from the page's folder."""
_INTRODUCTION: Final = """\
# Benchmarks

<!-- Written by `{command}` from docs/benchmarks.json: measure again rather than change it. -->

What users wait for: ours beside peers, where they do the same. Each round of a case has a sample of each subject, so that
what slows the machine down slows all of them; the garbage collector runs before a sample and not in it. A figure is the
median of the rounds, and *spread* is the middle half of them as a part of it. *Beside* is the median of what the rounds say
when two subjects are compared in each: with many rounds it hardly moves when the machine's speed does. *Processor* is the
fewest seconds that processors worked for a run, in all of its processes: where a case has few rounds and other programs used
the machine, compare that. Memory is the most that a run had, of its largest process, the first run left out where it is a
warm-up. A budget that ours keeps, or not, stands last.

```console
$ make bench                                    # all of it
$ make bench ARGS="--only lint --rounds 3"      # one row, in few rounds
$ {command}
```
"""
COMMAND: Final = 'make bench ARGS="--json docs/benchmarks.json --page docs/benchmarks.md"'


def page(found: Mapping[str, Any]) -> str:
    """The page in Markdown."""
    parts = [_INTRODUCTION.format(command=COMMAND), *_where(found)]
    for row in found["rows"]:
        parts += ["", f"## {row['title']}", "", *_row(row), "", *_notes(row)]
    return "\n".join(parts).rstrip() + "\n"


def _where(found: Mapping[str, Any]) -> Iterator[str]:
    machine = found["machine"]
    versions = (
        f"{name} {version}" for name, version in found["versions"].items() if version != "not installed"
    )
    yield f"Measured on {machine['cores']} cores of {machine['cpu']}, {machine['python']}, {machine['system']}, with"
    yield f"{', '.join(versions)}."
    loads = [row["load"] for row in found["rows"]]
    if loads:
        yield ""
        yield f"The machine was not ours alone: its load was {min(loads):.1f} to {max(loads):.1f} when rows began."


def _row(row: Mapping[str, Any]) -> Iterable[str]:
    if row["name"] == growth.NAME:
        told = (*_table(("schemas", *growth.HEADS), growth.lines(row)), "", growth.fit(row))
        return (*told, "", f"![How seconds and memory grow with the document]({PICTURE})")
    if row["name"] == sizes.NAME:
        heads = ("", "code", "schema", "ratio", "budget")
        return _table(heads, sizes.lines(list(sizes.from_json(row))))
    return _measured(row)


def _notes(row: Mapping[str, Any]) -> Iterator[str]:
    for note in row["notes"]:
        yield f"- {note}"


def _measured(row: Mapping[str, Any]) -> Iterator[str]:
    heads = [head for head in _EXTRA if any(one.get(head) for one in _subjects(row))]
    titles = (_EXTRA[head][0] for head in heads)
    cases = [line for case in row["cases"] for line in _case(case, heads)]
    yield from _table(("", "median", "spread", "beside", *titles, ""), cases)


_EXTRA: Final[Mapping[str, tuple[str, Callable[[Any], str]]]] = {
    "processor": ("processor", duration),
    "kibibytes": ("memory", memory),
    "finds": ("finds", str),
}
"""Columns that a table has if one of its cells has something to say: what they are called, and how it is shown."""


def _subjects(row: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return (subject for case in row["cases"] for subject in case["subjects"])


def _case(case: Mapping[str, Any], heads: Sequence[str]) -> Iterator[Sequence[str]]:
    comparison = Comparison(case["comparison"])
    said = HEADS[comparison].format(case["reference"])
    rounds = max((len(subject.get("samples", ())) for subject in case["subjects"]), default=0)
    told = (
        f"**{case['name']}**, {rounds} round{'s' if rounds != 1 else ''}" if rounds else f"**{case['name']}**"
    )
    yield (told, "", "", f"*{said}*", *("" for _ in heads), "")
    for subject in case["subjects"]:
        if "missing" in subject:
            yield (subject["name"], "—", "", "", *("" for _ in heads), _reason(subject["missing"]))
            continue
        itself = subject["name"] == case["reference"] or subject["compared"] is None
        yield (
            subject["name"],
            duration(subject["median"]),
            f"{subject['spread']:.0%}",
            "" if itself else figure(subject["compared"], comparison),
            *("" if subject[head] is None else _EXTRA[head][1](subject[head]) for head in heads),
            "; ".join(filter(None, (*_verdicts(case, subject), subject["note"]))),
        )


_MOST_SAID: Final = 100


def _reason(said: str) -> str:
    """Why a subject could not take part, in a few words; frames of tables that it printed are none."""
    words = " ".join(re.sub("[\u2500-\u257f]+", " ", said).split())
    return words if len(words) <= _MOST_SAID else f"{words[:_MOST_SAID].rpartition(' ')[0]} …"


def _verdicts(case: Mapping[str, Any], subject: Mapping[str, Any]) -> Iterator[str]:
    """What is to be said of ours: which budgets it keeps."""
    for budget in case["budgets"] if subject["name"] == OURS else ():
        verdict = "within" if budget["within"] else "**over**"
        if not budget["against"]:
            yield f"{verdict} {duration(budget['limit'])}"
            continue
        comparison = Comparison(budget["comparison"])
        limit = figure(budget["limit"], comparison)
        found = figure(budget["found"], comparison)
        beyond = "" if budget["against"] == case["reference"] else f", at {found} of {budget['against']}"
        yield f"{verdict} {limit}{beyond}"


def _table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> Iterator[str]:
    yield _cells(heads)
    yield _cells(["---", *("---:" if head else "---" for head in heads[1:])])
    yield from map(_cells, lines)


def _cells(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
