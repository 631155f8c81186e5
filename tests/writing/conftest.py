from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from outputs import Output

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def output(tmp_path: Path) -> Output:
    return Output(tmp_path / "out")
