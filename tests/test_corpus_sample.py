"""Ten documents of the corpus through all that `make corpus` asks of every one; the rest takes too long for each run."""

from __future__ import annotations

import pytest
from sweeps.corpus import ROOT, corpus, sources
from sweeps.rows import explained, row

SAMPLE = {
    "ag-runscope-com": "Swagger 2.0",
    "multi-oai-petstore-separate-json": "Swagger 2.0, split over files",
    "ag-openstates-org": "OpenAPI 3.0, by a framework",
    "ogen-tinkoff": "OpenAPI 3.0, names in Russian",
    "oxide-keeper": "OpenAPI 3.0, by a program",
    "ag-apideck-com-lead": "OpenAPI 3.0, alternatives of scalars",
    "redocly-museum": "OpenAPI 3.1",
    "meilisearch": "OpenAPI 3.1, maps and type arrays",
    "redocly-cafe": "OpenAPI 3.2",
    "multi-redocly-cafe-split": "OpenAPI 3.2, split over files",
}

WORKSHOP = ROOT / "build" / "corpus-sample"

pytestmark = pytest.mark.skipif(not corpus().is_dir(), reason=f"there are no documents in {corpus()}")


@pytest.mark.parametrize("name", SAMPLE)
def test_nothing_falls_short(name: str) -> None:
    (source,) = [source for source in sources(corpus(), WORKSHOP) if source.name == name]
    assert row(source, quick=False).shortfalls == []


def test_what_is_explained_has_a_reason_and_a_document() -> None:
    names = {source.name for source in sources(corpus())}
    for entry in explained():
        assert entry.keys() == {"document", "operation", "step", "reason"}
        assert entry["document"] in names
        assert entry["reason"]
