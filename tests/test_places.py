"""Every Problem of a document stands where it says: found by another reader, which follows its JSON Pointer.

SPECWRIGHT_CORPUS names a folder of documents that nobody here wrote; with SPECWRIGHT_ALL=1 all of them are read, else
the small ones.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

import problem_page
import specwright
from specwright.config import Config, configured
from specwright.problems import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.problems import Problem

REPOSITORY = Path(__file__).parents[1]
CORPUS = Path(os.environ.get("SPECWRIGHT_CORPUS", REPOSITORY / "../shared/corpus"))
LARGEST = None if os.environ.get("SPECWRIGHT_ALL") else 260_000
"""Bytes of a document that is read here."""
SPECS = [
    path
    for path in sorted(CORPUS.glob("specs/*"))
    if path.suffix != ".tsv" and (LARGEST is None or path.stat().st_size <= LARGEST)
]
MISTAKES = REPOSITORY / "tests" / "cases" / "mistakes_worked_around" / "spec.yaml"
EXAMPLES = problem_page.examples_of_documents()
UNREADABLE = {"lone-surrogate"}
"""What PyYAML refuses and specwright works around."""
WORKED_AROUND = sorted(
    code for code in EXAMPLES if CATALOGUE[code].severity != "error" and code not in UNREADABLE
)


@cache
def tree(file: str) -> yaml.Node:
    """What PyYAML makes of a file, whose nodes know where they start."""
    with Path(file).open(encoding="utf-8-sig") as opened:
        return yaml.compose(opened, Loader=yaml.CSafeLoader)


def starts(node: yaml.Node, pointer: str) -> Iterator[tuple[int, int]]:
    """The lines and columns of the value that a pointer leads to, and of its key; none if it leads nowhere."""
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    reached: list[yaml.Node] = [node]
    for step in steps:
        match reached[-1]:
            case yaml.MappingNode(value=pairs):
                reached = [part for key, value in pairs if key.value == step for part in (key, value)]
            case yaml.SequenceNode(value=items):
                reached = [items[int(step)]]
            case _:
                return
        if not reached:
            return
    for part in reached:
        yield part.start_mark.line + 1, part.start_mark.column + 1


def misplaced(problems: tuple[Problem, ...]) -> Iterator[str]:
    for found in problems:
        place = found.place
        if place is None or not place.file:
            yield f"{found.code} has no place: {found.message}"
        elif (place.line, place.column) not in starts(tree(place.file), place.pointer):
            yield f"{found.code} is not at {place}: {place.pointer}"
        elif place.text not in Path(place.file).read_text("utf-8-sig").split("\n")[place.line - 1]:
            yield f"{found.code} shows another line than that of {place}"


@pytest.mark.skipif(not SPECS, reason=f"there is no corpus at {CORPUS} (SPECWRIGHT_CORPUS)")
def test_the_problems_of_real_documents_are_where_they_say() -> None:
    problems = [specwright.lint(config=Config(spec=path)) for path in SPECS]
    assert sum(map(len, problems)) > 40
    assert [said for found in problems for said in misplaced(found)] == []


def test_the_problems_of_a_document_with_many_mistakes_are_where_they_say() -> None:
    problems = specwright.lint(config=Config(spec=MISTAKES))
    assert len({found.code for found in problems}) > 10
    assert list(misplaced(problems)) == []


@pytest.mark.parametrize("code", WORKED_AROUND)
def test_the_problem_of_an_example_is_where_it_says(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = EXAMPLES[code].folder
    monkeypatch.chdir(folder)
    (spec,) = (path.name for path in folder.iterdir() if path.stem == "spec")
    (config,) = configured(folder, Path(spec))
    tree.cache_clear()  # files of the current folder
    problems = specwright.lint(config=config)
    assert problems
    assert list(misplaced(problems)) == []
