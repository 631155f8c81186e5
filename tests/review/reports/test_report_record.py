from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING

import jsonschema_rs
import pytest

from review.reports.samples import NOTHING, REVIEW, WORDS_ONLY, hostile, many
from specwright import compile_validator
from specwright.problems import as_json
from specwright.review.reports import FORMATS
from specwright.review.reports.record import as_object

if TYPE_CHECKING:
    from specwright.review.findings import Review

SCHEMA = json.loads((resources.files("specwright.review.reports") / "schema.json").read_text("utf-8"))
ISSUES = compile_validator(SCHEMA)
JUDGE = jsonschema_rs.Draft202012Validator(SCHEMA)


@pytest.mark.parametrize(
    "reviews",
    [[REVIEW], [NOTHING], [WORDS_ONLY], [], [REVIEW, NOTHING], [hostile(REVIEW)], [many(50)]],
    ids=["one", "nothing", "words", "none", "two", "hostile", "many"],
)
def test_every_object_is_as_the_published_schema_says(reviews: list[Review]) -> None:
    made = as_object(reviews)
    assert ISSUES(made) == []
    assert json.loads(FORMATS["json"](reviews)) == made
    assert JUDGE.is_valid(made)


def test_the_schema_is_one_and_says_what_everything_is() -> None:
    jsonschema_rs.meta.validate(SCHEMA)
    for name, part in SCHEMA["$defs"].items():
        assert part.get("description"), name
        assert part.get("additionalProperties", False) is False


def test_a_finding_has_what_is_promised() -> None:
    made = as_object([REVIEW])
    assert (made["level"], made["version"], made["documentation_only"]) == ("breaking", "2.0.0", False)
    first, second = made["findings"][:2]
    assert (first["id"], first["wire"], first["python"]) == ("format-added", "breaking", "breaking")
    assert first["new"] == {
        "file": "spec/cohere-finetuning.yaml",
        "line": 17,
        "column": 11,
        "pointer": "/components/schemas/Settings/properties/dataset_id/format",
    }
    assert len(first["reaches"]["operations"]) == 18
    assert first["reaches"]["types"] == ["BaseModel", "Settings", "SettingsInput"]
    assert first["python_changes"][0]["breaks"] == ["attribute", "type check"]
    assert first["fingerprint"] == "0123456789abcdef"
    assert second["new"] is None
    assert second["parent"]["line"] == 13
    assert made["counts"]["python"] == {"breaking": 2, "warning": 1, "compatible": 1, "doc": 1}


def test_a_misspelt_field_is_no_review() -> None:
    made = as_object([REVIEW])
    made["findings"][0]["pyhton"] = None
    assert ISSUES(made)


def test_several_documents_have_the_gravest_level() -> None:
    made = as_object([WORDS_ONLY, REVIEW])
    assert made["level"] == "breaking"
    assert [each["level"] for each in made["documents"]] == ["doc", "breaking"]


def test_what_could_not_be_compared_is_in_the_object() -> None:
    failures: list[dict[str, object]] = [
        {"spec": "b.yaml", "problems": [as_json(REVIEW.problems[0])]},
        {"spec": "c.yaml", "error": "c.yaml: Permission denied", "problems": []},
    ]
    made = as_object([REVIEW], failures)
    assert ISSUES(made) == []
    assert JUDGE.is_valid(made)
    assert (made["level"], len(made["documents"]), made["failed"]) == ("breaking", 1, failures)


def test_what_is_printed_is_ascii() -> None:
    assert FORMATS["json"]([hostile(REVIEW)]).isascii()
