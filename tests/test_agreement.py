"""Validators agree with two other readers of JSON Schema: on any small schema, and on those of real documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from sweeps.agreement.__main__ import readings
from sweeps.agreement.judged import Judge, judged
from sweeps.corpus import corpus, sources
from sweeps.documents import Tree
from sweeps.schemas import READINGS, Schemas

from judges.interpreter import valid
from judges.schemas import schemas
from specwright import compile_validator
from specwright.compilation import run
from specwright.config import Config
from specwright.document import load
from specwright.document.standalone import load_schema
from specwright.plan import plan_validators

if TYPE_CHECKING:
    from collections.abc import Callable

    from specwright.runtime.issues import Issue

EXAMPLES = 100
SAMPLE = ("redocly-cafe", "oxide-nexus", "multi-redocly-cafe-split")

with_corpus = pytest.mark.skipif(not corpus().is_dir(), reason=f"there are no documents in {corpus()}")


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[*HealthCheck],
)
@given(schemas())
def test_validators_say_what_the_words_of_a_schema_say(drawn: tuple[Any, list[Any]]) -> None:
    schema, values = drawn
    words = load_schema(schema, dialect="2020-12", base_uri="", resources={}, formats=True)
    other = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    alone, within = compile_validator(schema), of_document(schema)
    for value in values:
        expected = valid(words, value)
        assert (not alone(value)) is expected
        assert (not within(value)) is expected
        assert other.is_valid(value) is expected


def of_document(schema: dict[str, Any]) -> Callable[[Any], list[Issue]]:
    """The validator of the same schema as a component of a document, beside those that it refers to."""
    components = {"root": {key: value for key, value in schema.items() if key != "$defs"}, **schema["$defs"]}
    text = json.dumps(components).replace('"#/$defs/', '"#/components/schemas/')
    text = text.replace('ref": "#node"', 'ref": "#/components/schemas/two"').replace(
        'Ref": "#node"', 'Ref": "#/components/schemas/two"'
    )
    document = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {},
        "components": {"schemas": json.loads(text.replace('ef": "#"', 'ef": "#/components/schemas/root"'))},
    }
    loaded = load(json.dumps(document).encode(), Config(spec=Path("document.json")))
    return run(*plan_validators(loaded, loaded.root["components"]["schemas"]["root"], None))


FOUND: dict[str, tuple[dict[str, Any], Any, bool]] = {
    "an alternative that no value is of, beside others": ({"anyOf": [{}, {"anyOf": [False]}], "minimum": 0}, None, True),
    "what stands beside a reference": (
        {"anyOf": [{"$ref": "#/$defs/one", "type": "string"}, False], "$defs": {"one": {"minLength": 3}, "two": {}}}, "a", False,
    ),
    "two that speak of names": (
        {"allOf": [{"propertyNames": {"minLength": 1}}, {"propertyNames": {"maxLength": 2}}]}, {"abc": 1}, False,
    ),
    "a constant that is not listed": ({"const": None, "enum": [True]}, None, False),
    "a constant beside constants": ({"const": 1, "oneOf": [{"const": 2}]}, 1, False),
    "constants beside constants": ({"oneOf": [{"const": 1}, {"const": 2}], "anyOf": [{"const": 2}]}, 1, False),
    "a constant of another type": ({"oneOf": [{"const": 1, "type": "string"}]}, 1, False),
    "names that none may have": (
        {"propertyNames": {"$ref": "#/$defs/one"}, "$defs": {"one": False, "two": {}}}, {"a": 1}, False,
    ),
    "values that exclude each other": ({"allOf": [{"const": True}, {"enum": ["aa", None]}]}, "aa", False),
    "null among values": ({"enum": [None, 0]}, None, True),
    "null beside values": ({"enum": ["a"], "type": ["null", "string"]}, None, False),
    "values that are numbers": ({"enum": [200], "type": "number"}, 1, False),
    "values that are numbers, and truth": ({"enum": [1], "type": ["boolean", "integer"]}, True, False),
}  # fmt: skip


@pytest.mark.parametrize("named", FOUND)
def test_what_was_found(named: str) -> None:
    schema, value, expected = FOUND[named]
    whole = {"$defs": {}, **schema}
    assert jsonschema_rs.is_valid(whole, value) is expected
    assert (not compile_validator(whole)(value)) is expected
    assert (not of_document(whole)(value)) is expected


@with_corpus
@pytest.mark.parametrize("name", SAMPLE)
def test_validators_of_a_document_agree_with_another_maker(name: str) -> None:
    (source,) = [source for source in sources(corpus()) if source.name == name]
    made = judged(source, mutants=4)
    assert made.instances > made.valid > 0
    assert [(one.key, one.value, one.said) for one in made.unexplained] == []
    assert made.elsewhere == []
    assert made.raised == []
    assert made.unread == []


def test_each_reading_has_a_reason() -> None:
    assert {reading["name"] for reading in readings()} == READINGS
    assert all(reading.keys() == {"name", "standard", "why"} for reading in readings())


NULLABLE: dict[str, dict[str, Any]] = {
    "nullable beside $ref": {"$ref": "#/components/schemas/text", "nullable": True},
    "nullable beside enum": {"type": "string", "nullable": True, "enum": ["a"]},
    "nullable beside others": {"type": "string", "nullable": True, "allOf": [{"type": "string"}]},
    "nullable without type": {"nullable": True, "allOf": [{"type": "string"}]},
}


@pytest.mark.parametrize("named", NULLABLE)
def test_a_reading_makes_null_a_value(named: str) -> None:
    tree = Tree({"openapi": "3.0.3", "components": {"schemas": {"text": {"type": "string"}}}})
    assert not Judge(Schemas(tree, None).alone(NULLABLE[named])).accepts(None)
    assert Judge(Schemas(tree, None, readings=frozenset({named})).alone(NULLABLE[named])).accepts(None)
