"""Every example in READMEs and docstrings of generated packages works: it is run as it is written."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

import pytest
from sweeps.columns import generated
from sweeps.corpus import ROOT, Source, corpus, sources

import examples
from cases import golden

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ANSWERS: Final[dict[str, dict[str, Any]]] = {
    "answers_of_several_media_types": {"GET /events": [{"name": "a"}]},
    "mistakes_worked_around": {"GET /things/{id}": {"name": "a"}},
    "names_python_cannot_have": {"POST /things/{from}": {"class": "a", "list": ["b"]}},
}
"""Answers to what the sweeps can't read: JSON in a text, schemas that are none, and names that their judge takes for no URI."""

UNCALLABLE: Final = {
    "mistakes_worked_around": "`nobody` is no scheme of the document",
    "security_of_every_kind": "`nameless` is no scheme of the document",
}
"""Cases with an operation that needs a credential which a client cannot be given."""

CASES: Final = [
    case for case in golden.NAMES if (golden.FOLDER / case / "expected" / case / "testing.py").is_file()
]

SAMPLE: Final = {
    "ag-runscope-com": "Swagger 2.0",
    "ag-ebay-com-sell-account": "a server whose variable is its path",
    "ag-obono-at": "several credentials, and each operation needs one of them",
    "ag-npr-org-listening": "Swagger 2.0, patterns",
    "figma": "choices beside properties, and bodies that need any of theirs",
    "oxide-keeper": "OpenAPI 3.0, by a program",
    "okta-oauth": "successes that are none, and many ways to authenticate",
    "redocly-museum": "OpenAPI 3.1",
    "meilisearch": "OpenAPI 3.1, examples that are wrong",
    "redocly-cafe": "OpenAPI 3.2",
    "multi-redocly-cafe-split": "OpenAPI 3.2, split over files",
}


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder from which packages are imported."""
    monkeypatch.syspath_prepend(str(tmp_path))
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        del sys.modules[name]


@pytest.mark.parametrize("case", CASES)
def test_examples_of_golden_cases_run(case: str, packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    golden.assemble([case], packages)
    spec = golden.FOLDER / case / "spec.yaml"
    source = Source(case, spec, spec.parent, packages)
    package = examples.Package(case, source, monkeypatch, ANSWERS.get(case, {}))
    found = examples.faults(package, (spec.parent / "expected" / "README.md").read_text("utf-8"))
    if case in UNCALLABLE:
        # Where the operation stands: in the README, and in the docstrings of both twins.
        assert len(found) == 3, "\n\n".join(found)
        assert all("MissingCredentials" in fault for fault in found)
    else:
        assert not found, "\n\n".join(found)


def test_examples_of_the_first_package_run(packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = ROOT / "generated" / "cohere-finetuning"
    monkeypatch.syspath_prepend(str(folder))
    spec = ROOT / "spec" / "cohere-finetuning.yaml"
    package = examples.Package("cohere_finetuning", Source("first", spec, spec.parent, packages), monkeypatch)
    found = examples.faults(package, (folder / "README.md").read_text("utf-8"))
    assert not found, "\n\n".join(found)


@pytest.mark.skipif(not corpus().is_dir(), reason=f"there are no documents in {corpus()}")
@pytest.mark.parametrize("name", SAMPLE)
def test_examples_of_real_documents_run(name: str, packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (source,) = [source for source in sources(corpus(), packages) if source.name == name]
    said = generated(source)
    assert said["operations"]
    monkeypatch.syspath_prepend(str(source.folder / "out"))
    package = examples.Package(source.package, source, monkeypatch)
    found = examples.faults(package, (source.folder / "out" / "README.md").read_text("utf-8"))
    assert not found, "\n\n".join(found)
