"""Pairs of documents with the verdicts of oasdiff, and ours beside them. SPECWRIGHT_DIFF_CASES names a copy of them.

Where the two differ, `differences.toml` says why; a pair that it does not explain is a mistake of ours.
"""

from __future__ import annotations

import csv
import os
import tomllib
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from specwright.config import Config
from specwright.document import Document, load
from specwright.problems import Refused
from specwright.review import wire
from specwright.review.findings import LEVELS, gravest
from specwright.review.linking import Namer, findings
from specwright.review.policy import Policy, judged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specwright.review.findings import Finding, Level

ROOT: Final = Path(__file__).resolve().parents[2]
TODAY: Final = date(2026, 1, 1)
"""What `x-sunset` is held against: the dates of the pairs are long past, or long to come."""


@dataclass(frozen=True)
class Case:
    """A pair, and what oasdiff finds: the ids of its checks with their levels; none where it is silent."""

    name: str
    old: Path
    new: Path
    expected: tuple[tuple[str, str], ...]
    theirs: str
    """Its gravest level: ERR, WARN, INFO, or NONE where it is silent."""


@dataclass(frozen=True)
class Difference:
    """Why a verdict of ours differs."""

    kind: str
    """`lower` where oasdiff calls ERR what is less to us; `higher` where it is silent and we are not."""
    check: str
    """Of `lower`: the check of oasdiff, with `*` for any text."""
    ours: str
    """The rule of ours that stands in its place, with `*`; "" for silence."""
    level: str
    """Of `higher`: the gravest level of ours that is explained."""
    why: str


def folder() -> Path:
    """The folder of the pairs, which is not part of the repository."""
    return Path(os.environ.get("SPECWRIGHT_DIFF_CASES") or ROOT.parent / "shared" / "diff-cases")


def cases() -> list[Case]:
    """Every pair, in the order of its table; none where the folder is not there."""
    table = folder() / "cases.tsv"
    if not table.is_file():
        return []
    with table.open(encoding="utf-8", newline="") as rows:
        return [_case(row) for row in csv.DictReader(rows, delimiter="\t")]


def _case(row: dict[str, str]) -> Case:
    checks = (text.partition(":") for text in row["expected"].split() if text != "-")
    expected = tuple((check, level.partition("*")[0]) for check, _, level in checks)
    return Case(row["case"], folder() / row["old"], folder() / row["new"], expected, row["max_level"])


def differences() -> list[Difference]:
    """The table of reasons."""
    table = tomllib.loads(Path(__file__).with_name("differences.toml").read_text(encoding="utf-8"))
    return [
        Difference(kind, row.get("check", ""), row["ours"], row.get("level", ""), row["why"])
        for kind in ("lower", "higher")
        for row in table[kind]
    ]


@cache
def _document(path: Path) -> Document | None:
    """A document; None for what is none by itself."""
    try:
        return load(path, Config(spec=path))
    except Refused:
        return None


def found(case: Case) -> list[Finding] | None:
    """What we say of a pair on the wire, without what is not stable enough to count; None where a side is no document."""
    old, new = _document(case.old), _document(case.new)
    if old is None or new is None:
        return None
    told, _ = judged(findings(wire.compare(old, new, today=TODAY), Namer(old, new), types={}), Policy())
    return [finding for finding in told if finding.counts]


def level(told: Iterable[Finding]) -> Level | None:
    """The gravest level on the wire."""
    return gravest(finding.wire for finding in told)


def unexplained(case: Case, told: list[Finding], reasons: Iterable[Difference]) -> Iterator[str]:
    """What differs from oasdiff, and no reason explains."""
    ours = level(told)
    if case.theirs == "ERR" and ours not in ("breaking", "warning"):
        for check in sorted({check for check, theirs in case.expected if theirs == "ERR"}):
            if not any(_explains_lower(reason, check, told) for reason in reasons):
                yield f"{check} is ERR to oasdiff, and to us {_said(told)}"
    if case.theirs == "NONE":
        for finding in told:
            if not any(_explains_higher(reason, finding) for reason in reasons):
                yield f"oasdiff is silent, and we say {finding.id}: {finding.wire}: {finding.message}"


def _explains_lower(reason: Difference, check: str, told: list[Finding]) -> bool:
    if reason.kind != "lower" or not fnmatchcase(check, reason.check):
        return False
    return reason.ours == "" or any(fnmatchcase(finding.id, reason.ours) for finding in told)


def _explains_higher(reason: Difference, finding: Finding) -> bool:
    if reason.kind != "higher" or not fnmatchcase(finding.id, reason.ours):
        return False
    return finding.wire is None or LEVELS.index(finding.wire) >= [*LEVELS].index(reason.level)  # type: ignore[arg-type]


def _said(told: list[Finding]) -> str:
    return ", ".join(f"{finding.id}: {finding.wire}" for finding in told) or "nothing"
