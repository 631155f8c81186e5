"""Every hostile document through the command, each in fresh processes with limits and under an audit hook.

The documents are no part of the repository: SPECWRIGHT_HOSTILE names their folder. What holds for each is in
`sweeps/hostile`, and what of a row is explained, in `sweeps/hostile/explained.toml`. `make hostile` prints all of it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from sweeps.hostile.table import expected, hostile, unexplained
from sweeps.hostile.verdict import findings

if TYPE_CHECKING:
    from pathlib import Path

    from sweeps.hostile.table import Expected

FOLDER = hostile()
ROWS = expected(FOLDER)
IN_CI = 12
"""One row of so many is run by continuous integration; all of them by who runs the tests, and by `make hostile`."""
LONG = {"anchors_1m", "enum_1m", "paths_20k"}
"""Recipes that take long, if no more than they may: with SPECWRIGHT_ALL=1, and by `make hostile`."""

pytestmark = pytest.mark.skipif(
    not ROWS, reason=f"there are no hostile documents at {FOLDER} (SPECWRIGHT_HOSTILE)"
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_hostile_document(row: Expected, tmp_path: Path) -> None:
    if os.environ.get("CI") and ROWS.index(row) % IN_CI and not os.environ.get("SPECWRIGHT_ALL"):
        pytest.skip(f"continuous integration runs one of {IN_CI}: SPECWRIGHT_ALL=1")
    if row.name in LONG and not os.environ.get("SPECWRIGHT_ALL"):
        pytest.skip("it takes long: SPECWRIGHT_ALL=1")
    assert not unexplained(row.name, findings(row, FOLDER, tmp_path.resolve()))
