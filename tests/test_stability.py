"""Adding one operation or schema to a document removes no line of any generated file, and renames nothing.

Each is deleted from a document, the package generated, the deleted put back, and the package generated again with the lock
of the first. SPECWRIGHT_CORPUS names a folder of documents that nobody here wrote; with SPECWRIGHT_ALL=1 (`make stability`)
more of them are tried, and more often.
"""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import pytest
import yaml

import stability

REPOSITORY = Path(__file__).parents[1]
CORPUS = Path(os.environ.get("SPECWRIGHT_CORPUS", REPOSITORY / "../shared/corpus"))
SMALL = (
    "ag-cdcgov-local-prime-data-hub.yaml",
    "ag-npr-org-listening.yaml",
    "ag-obono-at.yaml",
    "ag-ticketmaster-com-discovery.yaml",
    "ogen-manga.json",
    "ogen-tinkoff.json",
    "okta-oauth.yaml",
    "redocly-cafe.yaml",
    "redocly-museum.yaml",
    "twilio-lookups-v2.yaml",
)
LARGER = (
    "adyen-TerminalAPI-v1.yaml",
    "ag-api-video.yaml",
    "ag-getpostman-com.yaml",
    "ag-salesloft-com.yaml",
    "ag-velopayments-com.yaml",
    "cohere.yaml",
    "figma.yaml",
    "immich.json",
    "opencode.yaml",
    "resend.yaml",
    "spotify.yaml",
    "together.yaml",
)
ALL = bool(os.environ.get("SPECWRIGHT_ALL"))
NAMES, OF_EACH_KIND = (SMALL + LARGER, 3) if ALL else (SMALL, 1)
SEED = 7

# What moved lines once: imports on one line, the errors of statuses, a property that several components have, an enum
# without a name, a type of its own for a union.
PETS = """\
openapi: 3.1.1
info: {title: Pets, version: "1"}
servers: [{url: "https://pets.example"}]
paths:
  /pets:
    get:
      operationId: list
      tags: [pets]
      parameters: [{name: since, in: query, schema: {type: string, format: date-time}}]
      responses:
        "200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}}
        "404": {description: no, content: {application/json: {schema: {$ref: "#/components/schemas/Gone"}}}}
    post:
      operationId: create
      tags: [pets]
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Cat"}}}}
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Cat"}}}}
        "404": {description: no, content: {application/json: {schema: {$ref: "#/components/schemas/Missing"}}}}
        "409": {description: no, content: {application/json: {schema: {type: object, properties: {with: {type: string}}}}}}
  /animals/{id}:
    get:
      operationId: animal
      tags: [animals]
      parameters: [{name: id, in: path, required: true, schema: {type: string, format: uuid}}]
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Either"}}}}
components:
  schemas:
    Cat:
      allOf: [{$ref: "#/components/schemas/Pet"}]
      type: object
      properties: {lives: {type: integer}, mood: {type: string, enum: [purring, asleep]}}
    Either: {oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Pet"}, {type: string}]}
    Gone: {type: object, properties: {since: {type: string, format: date}}}
    Missing: {type: object, properties: {id: {type: string}}}
    Owner: {type: object, properties: {pets: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}
    Pet:
      type: object
      required: [kind]
      properties:
        kind: {type: string, enum: [cat, dog]}
        home: {type: object, properties: {city: {type: string}}}
"""


def moved(document: Any, folder: Path, count: int) -> dict[str, stability.Found]:
    """What each addition removes and renames; nothing of those that do neither."""
    chance = random.Random(SEED)  # noqa: S311 - what is tried is to be the same each time
    moved: dict[str, stability.Found] = {}
    for number, addition in enumerate(stability.additions(document, chance, count)):
        work = folder / str(number)
        work.mkdir()
        found = stability.found(document, addition, work)
        if found.removed or found.renamed:
            moved[addition.what] = found
    return moved


def test_each_operation_and_schema_of_a_document_can_be_added(tmp_path: Path) -> None:
    assert moved(yaml.safe_load(PETS), tmp_path, 100) == {}


def test_a_removed_line_is_found(tmp_path: Path) -> None:
    document = yaml.safe_load(PETS)
    before = yaml.safe_load(PETS)
    before["components"]["schemas"]["Pet"]["properties"]["kind"]["enum"] = ["cat", "fish"]
    found = stability.found(document, stability.Addition("", before), tmp_path)
    assert any("FISH" in line for line in found.removed)


@pytest.mark.skipif(not CORPUS.exists(), reason=f"there is no corpus at {CORPUS} (SPECWRIGHT_CORPUS)")
@pytest.mark.parametrize("name", NAMES)
def test_additions_to_a_real_document_remove_no_line(name: str, tmp_path: Path) -> None:
    assert moved(stability.read(CORPUS / "specs" / name), tmp_path, OF_EACH_KIND) == {}
