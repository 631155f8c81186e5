"""Pairs of documents with the verdicts of oasdiff: what differs stands in a table of reasons. SPECWRIGHT_DIFF_CASES names them."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # the sweeps are a folder beside the tests, and are not installed

from sweeps.review import cases  # noqa: E402  # as above

REASONS = cases.differences()
CASES = cases.cases()
CHUNKS = 8

pytestmark = pytest.mark.skipif(
    not CASES, reason=f"there are no pairs in {cases.folder()} (SPECWRIGHT_DIFF_CASES)"
)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_verdict_agrees_or_has_its_reason(chunk: int) -> None:
    faults = [
        f"{case.name}: {fault}"
        for case in CASES[chunk::CHUNKS]
        for fault in cases.unexplained(case, cases.found(case) or [], REASONS)
    ]
    assert not faults


def test_pairs_that_are_no_documents_are_few() -> None:
    refused = [case.name for case in CASES if cases.found(case) is None]
    assert len(refused) * 100 < len(CASES)


def test_what_oasdiff_calls_a_warning_is_seldom_less_to_us() -> None:
    levels = Counter(
        str(cases.level(told))
        for case in CASES
        if case.theirs == "WARN" and (told := cases.found(case)) is not None
    )
    assert levels["breaking"] + levels["warning"] > 0.9 * levels.total()


def test_every_reason_is_needed() -> None:
    left = {
        (reason.kind, reason.check, reason.ours)
        for reason in REASONS
        if not any(
            list(
                cases.unexplained(
                    case, cases.found(case) or [], [other for other in REASONS if other is not reason]
                )
            )
            for case in CASES
            if case.theirs in {"ERR", "NONE"}
        )
    }
    assert not left
