"""The official tests of formats (JSON Schema Test Suite), those of each draft that has formats we assert."""

from __future__ import annotations

from typing import Final

import pytest
from asserted import FORMATS, check
from sweeps.suite.cases import Group, groups

from judges.suite import FOLDER, at

DRAFTS: Final = ("draft2020-12", "draft2019-09", "draft7")

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason=f"there is no suite in {FOLDER} (SPECWRIGHT_SUITE)"
)


def _groups(draft: str, name: str) -> list[Group]:
    path = at(f"{draft}/optional/format/{name}.json")
    return [*groups(path)] if path.is_file() else []


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("draft", DRAFTS)
def test_what_the_official_tests_say(draft: str, name: str) -> None:
    found = _groups(draft, name)
    if not found:
        assert (draft, name) in {("draft7", "duration"), ("draft7", "uuid")}
        pytest.skip(f"{draft} has no format {name}")
    tests = [test for group in found for test in group.tests]
    # Formats say nothing of values that are not text.
    assert all(test.valid for test in tests if not isinstance(test.data, str))
    wrong = [test for test in tests if isinstance(test.data, str) and check(name)(test.data) != test.valid]
    assert wrong == []
