"""Documents that nobody here wrote: each is read, and has the shape that the grammar promises.

SPECWRIGHT_CORPUS names their folder; with SPECWRIGHT_ALL=1 all of them are read, else every sixth.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from specwright.config import Config
from specwright.document import Document, grammar, kinds, load
from specwright.document.selection import METHODS
from specwright.document.tree import Map, Seq, escape
from specwright.problems import headline

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).parents[2]
CORPUS = Path(os.environ.get("SPECWRIGHT_CORPUS", REPOSITORY / "../shared/corpus"))
ALL = bool(os.environ.get("SPECWRIGHT_ALL"))
SPECS = sorted(path for path in CORPUS.glob("specs/*") if path.suffix != ".tsv")
OPERATIONS = frozenset(METHODS)
TABLE = {name: kinds._fields(name, fields) for name, fields in grammar.OPENAPI.items()}

pytestmark = pytest.mark.skipif(not SPECS, reason=f"there is no corpus at {CORPUS} (SPECWRIGHT_CORPUS)")


def misfits(value: Any, kind: kinds.Kind, at: str, seen: set[tuple[int, str]]) -> Iterator[str]:
    """Where a value is not of its kind."""
    if value.__class__ not in kind.classes:
        yield f"{at}: {value.__class__.__name__} for {kind.expected}"
        return
    match kind:
        case kinds.Word(words=words) if value not in words:
            yield f"{at}: {value}"
        case kinds.Count() if value.__class__ is not int or value < 0:
            yield f"{at}: {value}"
        case kinds.ListOf(item=field):
            for index, item in enumerate(value):
                yield from misfits(item, field.kind, f"{at}/{index}", seen)
        case kinds.MapOf(value=field):
            for key, item in value.items():
                yield from misfits(item, field.kind, f"{at}/{key}", seen)
        case kinds.ObjectOf(name=name) if value.__class__ is Map and (id(value), name) not in seen:
            seen.add((id(value), name))
            yield from object_misfits(value, name, at, seen)
        case kinds.Choice(options=options):
            fitting = next(option for option in options if value.__class__ in option.classes)
            yield from misfits(value, fitting, at, seen)
        case _:
            return


def object_misfits(value: Map, name: str, at: str, seen: set[tuple[int, str]]) -> Iterator[str]:
    fields = TABLE[name]
    if fields.referable and "$ref" in value:
        return
    for key, item in value.items():
        field = fields.by_key.get(key) or (None if key.startswith("x-") else fields.rest)
        if field is not None:
            yield from misfits(item, field.kind, f"{at}/{key}", seen)


def references(node: Any) -> Iterator[Map]:
    if isinstance(node, Map):
        if isinstance(node.get("$ref"), str):
            yield node
        for value in node.values():
            yield from references(value)
    elif isinstance(node, Seq):
        for value in node:
            yield from references(value)


def check(document: Document) -> None:
    found = list(misfits(document.root, kinds.parse("OpenAPI"), "", set()))
    assert not found, found[:5]
    for problem in document.problems:
        assert problem.place
        assert problem.place.file
        assert len(headline(problem)) <= 500
    for reference in document.references.walk.references:
        target = document.target(reference.node)
        assert "$ref" not in target
        assert document.target(reference.node) is target


@pytest.mark.parametrize("path", SPECS if ALL else SPECS[::6], ids=lambda path: path.stem)
def test_a_real_document(path: Path) -> None:
    check(load(path, Config(spec=path)))


@pytest.mark.parametrize(
    ("spec", "root", "files"),
    [
        ("lago/src/openapi.yaml", "lago", 500),
        ("redocly-cafe-split/resources/cafe-split/cafe.yaml", "redocly-cafe-split", 20),
        (
            "oai-petstore-separate-json/examples/v2.0/json/petstore-separate/spec/swagger.json",
            "oai-petstore-separate-json",
            5,
        ),
    ],
)
def test_a_document_in_many_files(spec: str, root: str, files: int) -> None:
    folder = CORPUS / "multi-file"
    path = folder / spec
    document = load(path, Config(spec=path, root=folder / root))
    check(document)
    assert len(document.files) >= files
    found = {problem.code for problem in document.problems if problem.code.startswith("ref-")}
    assert found <= {"ref-place"}


@pytest.mark.parametrize("path", SPECS if ALL else SPECS[1::6], ids=lambda path: path.stem)
def test_what_is_selected_of_a_real_document_uses_nothing_that_is_not_there(path: Path) -> None:
    whole = load(path, Config(spec=path))
    items = whole.root.get("paths", {}).items()
    wanted = [path for path, item in items if not OPERATIONS.isdisjoint(whole.target(item))][::40]
    document = load(path, Config(spec=path, paths=tuple(wanted)))
    check(document)
    kept = {
        f"#/components/{section}/{escape(name)}"
        for section, named in document.root.get("components", {}).items()
        for name in named
    }
    named = {
        reference["$ref"]
        for reference in references(document.root)
        if re.fullmatch(r"#/components/[^/]+/[^/%]+", reference["$ref"]) and document.target(reference)
    }
    assert named <= kept
    assert len(kept) <= sum(map(len, whole.root.get("components", {}).values()))
