"""Documents of any version, whole and broken: they are refused, or what is made of them can be imported and is made again."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sweeps.fuzz.documents import Writer
from sweeps.mutations.verdict import judged

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from sweeps.mutations.verdict import Verdict

EXAMPLES = settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


@st.composite
def documents(draw: Callable[[Any], Any], *, broken: bool) -> dict[str, Any]:
    """A document by the grammar; `broken` at random places."""
    return Writer(lambda below: draw(st.integers(0, below - 1)), broken=broken).document()


def verdict_of(document: dict[str, Any], apart: Executor) -> Verdict:
    with tempfile.TemporaryDirectory() as folder:
        return apart.submit(judged, json.dumps(document), Path(folder), twice=True).result()


@EXAMPLES
@given(document=documents(broken=False))
def test_a_document_by_the_grammar_is_made_into_a_package(document: dict[str, Any], apart: Executor) -> None:
    verdict = verdict_of(document, apart)
    assert verdict.fault == ""
    assert verdict.status == 0, verdict.codes


@EXAMPLES
@given(document=documents(broken=True))
def test_a_broken_document_is_made_into_a_package_or_refused(
    document: dict[str, Any], apart: Executor
) -> None:
    assert verdict_of(document, apart).fault == ""
