"""The official tests of formats (JSON Schema Test Suite), those of each draft that has formats we assert.

SPECWRIGHT_JSON_SCHEMA_SUITE names the folder that has its `tests`.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final

import pytest
from asserted import FORMATS, check

SUITE: Final = Path(
    os.environ.get("SPECWRIGHT_JSON_SCHEMA_SUITE", Path(__file__).parents[3] / "shared" / "json-schema-suite")
)
DRAFTS: Final = ("draft2020-12", "draft2019-09", "draft7")

pytestmark = pytest.mark.skipif(
    not SUITE.is_dir(), reason=f"there is no suite at {SUITE} (SPECWRIGHT_JSON_SCHEMA_SUITE)"
)


def _groups(draft: str, name: str) -> list[Any]:
    path = SUITE / "tests" / draft / "optional" / "format" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("draft", DRAFTS)
def test_what_the_official_tests_say(draft: str, name: str) -> None:
    groups = _groups(draft, name)
    if not groups:
        assert (draft, name) in {("draft7", "duration"), ("draft7", "uuid")}
        pytest.skip(f"{draft} has no format {name}")
    tests = [test for group in groups for test in group["tests"]]
    # Formats say nothing of values that are not text.
    assert all(test["valid"] for test in tests if not isinstance(test["data"], str))
    wrong = [
        test for test in tests if isinstance(test["data"], str) and check(name)(test["data"]) != test["valid"]
    ]
    assert wrong == []
