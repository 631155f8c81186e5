"""Real changes of real documents. SPECWRIGHT_CORPUS names the folder of documents that has `pairs`; SPECWRIGHT_ALL=1 takes all."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # the sweeps are a folder beside the tests, and are not installed

from sweeps.review import pairs  # noqa: E402  # as above

from specwright.review.reports import FORMATS, text  # noqa: E402  # as above

LARGEST = None if os.environ.get("SPECWRIGHT_ALL") else 1_300_000
FOLDERS = [
    folder
    for folder in pairs.folders()
    if LARGEST is None or max(side.stat().st_size for side in pairs.sides(folder)) < LARGEST
]

pytestmark = pytest.mark.skipif(not FOLDERS, reason="there are no pairs (SPECWRIGHT_CORPUS)")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_real_change_is_told_once_and_in_every_form(folder: Path) -> None:
    done = pairs.of_pair(folder)
    assert done.findings
    assert not list(pairs.faults(done))
    for name, report in FORMATS.items():
        assert report([done]), name
    assert len(FORMATS["markdown"]([done])) < 65_536
    assert len(text([done]).splitlines()) <= 50


@pytest.mark.skipif(
    not any("cohere-finetuned" in folder.name for folder in FOLDERS), reason="the pair is not there"
)
def test_a_required_name_without_a_property_asks_nobody_for_it() -> None:
    (folder,) = (folder for folder in FOLDERS if folder.name == "cohere-finetuned-required")
    done = pairs.of_pair(folder)
    told = [finding for finding in done.findings if finding.level() in {"breaking", "warning"}]
    assert [(finding.id, finding.wire, finding.python) for finding in told] == [
        ("property-required", "warning", None)
    ]
    assert "finetuned_model" in told[0].message
