"""A few of `make mutations`; and what is wrong with a mutant is seen."""

from __future__ import annotations

import copy
import json
import os
import signal
import sys
import time
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any, NoReturn

import httpx2
import pytest
from sweeps.mutations import verdict
from sweeps.mutations.mutants import MUTATIONS, every_slot, mutant, part
from sweeps.mutations.tallies import cases, tally

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor
    from pathlib import Path

WHOLE: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "t", "version": "1"},
    "paths": {
        path: {"get": {"responses": {"200": {"$ref": f"#/components/responses/{name}"}}}}
        for path, name in (("/a", "A"), ("/b", "B"))
    },
    "components": {
        "responses": {
            name: {"description": "d", "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}}
            for name in ("A", "B")
        },
        "schemas": {"A": {"$ref": "#/components/schemas/A~1B"}, "A/B": {"type": "string"}, "B": {"type": "integer"}},
    },
}  # fmt: skip


@pytest.mark.parametrize("at", range(3))
def test_mutants_of_the_golden_cases_are_refused_or_can_be_imported(at: int, apart: Executor) -> None:
    """50 mutants, of one case after the other."""
    tallies = [apart.submit(tally, source, 1, [0]).result() for source in cases()[:50][at::3]]
    assert [each for each in tallies if each.faults] == []


def test_a_part_has_what_its_operations_refer_to() -> None:
    seen: set[str] = set()
    for seed in range(20):
        made = part(WHOLE, Random(seed))  # noqa: S311 - made again by its seed
        seen.add("".join(made["paths"]))
        assert {path[1:].upper() for path in made["paths"]} == set(made["components"]["responses"])
        assert ("A/B" in made["components"]["schemas"]) == ("/a" in made["paths"])
    assert seen == {"/a", "/b", "/a/b"}


@pytest.mark.parametrize("name", MUTATIONS)
def test_what_is_done_to_a_document_changes_it_and_leaves_one(name: str) -> None:
    changed = 0
    for seed in range(30):
        random = Random(seed)  # noqa: S311 - as above
        document = copy.deepcopy(WHOLE)
        every = list(every_slot(document))
        MUTATIONS[name](random.choice(every), every, random)
        changed += json.dumps(document) != json.dumps(WHOLE)
    assert changed > 10


def test_a_mutant_is_the_same_by_its_seed() -> None:
    first, second, other = (mutant(WHOLE, Random(seed)) for seed in (1, 1, 2))  # noqa: S311 - as above
    assert first == second
    assert first.document != other.document
    assert json.dumps(WHOLE).count("$ref") == 5


def fails() -> dict[str, Any]:
    raise KeyError("x")


def leaves() -> NoReturn:
    sys.exit(1)


def dies() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def sleeps() -> NoReturn:
    time.sleep(60)
    raise AssertionError


def grows() -> dict[str, Any]:
    return {"status": len(bytes(verdict.MEMORY))}


def fault_of(act: Callable[[], dict[str, Any]], seconds: float) -> str:
    verdict.WAIT, usual = seconds, verdict.WAIT
    try:
        return str(verdict.in_child(act)["fault"])
    finally:
        verdict.WAIT = usual


@pytest.mark.parametrize(
    ("act", "fault"),
    [
        (fails, "KeyError: 'x'"),
        (leaves, "SystemExit"),
        (dies, "the process ended with 9"),
        (grows, "MemoryError"),
    ],
)
def test_what_must_not_be_is_a_fault(act: Callable[[], dict[str, Any]], fault: str, apart: Executor) -> None:
    assert fault in apart.submit(fault_of, act, 60).result()


def test_what_does_not_end_is_a_fault(apart: Executor) -> None:
    assert "it takes more than" in apart.submit(fault_of, sleeps, 1).result()


def fault_of_package(folder: Path) -> dict[str, Any]:
    return {"fault": verdict.import_fault(folder, "broken_by_us", httpx2.Client())}


def test_a_package_that_can_not_be_imported_is_a_fault(tmp_path: Path, apart: Executor) -> None:
    package = tmp_path / "broken_by_us"
    package.mkdir()
    (package / "__init__.py").write_text("__all__ = ()\n")
    (package / "models.py").write_text("Pet = Dog\n")
    found = apart.submit(fault_of, partial(fault_of_package, tmp_path), 60).result()
    assert "NameError: name 'Dog' is not defined" in found
    assert verdict.kind(found).endswith("NameError: name 'Dog' is not defined")
