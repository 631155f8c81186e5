"""The page of the endpoint and the document written from it, side by side.

The page is no part of this repository: the environment variable `SPECWRIGHT_SEED` names the folder that has it
as `endpoint.txt` (by default `../shared/seed`, seen from the repository's root). Without it, its tests are skipped.
Nothing of specwright is used here, so that a mistake of its reading can't hide one of the document.
"""

from __future__ import annotations

import copy
import datetime as dt
import importlib
import importlib.util
import json
import os
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "spec" / "cohere-finetuning.yaml"
PAGE = ROOT / os.environ.get("SPECWRIGHT_SEED", "../shared/seed") / "endpoint.txt"

PATH = "/v1/finetuning/finetuned-models/{id}"
MISSING = "(missing)"


class Fact(NamedTuple):
    """What page and document both say of one field; the default is `MISSING` where there is none."""

    type: str
    required: bool
    read_only: bool = False
    deprecated: bool = False
    values: tuple[str, ...] = ()
    default: Any = MISSING


class Listing(NamedTuple):
    """An operation (`PATCH /path`) and its fields, each as `body settings.wandb` or `header X-Client-Name`."""

    operation: str
    fields: list[tuple[str, Fact]]


# --- the page -----------------------------------------------------------------------------------------------------

SECTIONS = {"Path parameters": "path", "Request headers": "header", "Request body fields": "body"}
OTHER_SECTIONS = {"Servers", "How to start integrating"}
ROW = re.compile(r"(?P<name>\S+) (?P<type>[A-Z]\w*) (?P<required>Yes|No)(?: (?P<description>.+))?")
DEFAULT = re.compile(r"Default value: (?P<value>.+)")
BULLET = re.compile(r"\s*• (?P<value>.+)")
MARKS = re.compile(r"(?P<mark>read-only\. |Deprecated: )")


class Row:
    """One field of the page while its lines are read."""

    def __init__(self, key: str, row: re.Match[str]) -> None:
        self.key = key
        self.type = row["type"].lower()
        self.required = row["required"] == "Yes"
        self.description = row["description"] or ""
        self.values: list[str] = []
        self.default: Any = MISSING

    def fact(self) -> Fact:
        mark = MARKS.match(self.description)
        return Fact(
            type=self.type,
            required=self.required,
            read_only=mark is not None and mark["mark"].startswith("read-only"),
            deprecated=mark is not None and mark["mark"].startswith("Deprecated"),
            values=tuple(self.values),
            default=self.default,
        )


def rows_of_page(text: str) -> list[Row]:
    rows: list[Row] = []
    section = ""
    for line in filter(str.strip, text.splitlines()[1:]):
        if line in SECTIONS or line in OTHER_SECTIONS:
            section = SECTIONS.get(line, "")
        elif not section or line in ("Name Type Required Description", "Possible values:"):
            continue
        elif row := ROW.fullmatch(line):
            rows.append(Row(f"{section} {row['name']}", row))
        elif default := DEFAULT.fullmatch(line):
            rows[-1].default = json.loads(default["value"])
        elif bullet := BULLET.fullmatch(line):
            rows[-1].values.append(json.loads(bullet["value"]))
        else:
            rows[-1].description += line
    return rows


def listing_of_page(text: str) -> Listing:
    return Listing(text.splitlines()[0], [(row.key, row.fact()) for row in rows_of_page(text)])


# --- the document -------------------------------------------------------------------------------------------------


def resolved(document: Any, node: Any) -> Any:
    """`node` with what its `$ref` and `allOf` give; the keywords beside a `$ref` win, as the nearer ones."""
    merged: dict[str, Any] = {}
    if "$ref" in node:
        target = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        merged |= resolved(document, target)
    for member in node.get("allOf", ()):
        of_member = resolved(document, member)
        both = {
            "properties": merged.get("properties", {}) | of_member.get("properties", {}),
            "required": [*merged.get("required", ()), *of_member.get("required", ())],
        }
        merged |= of_member | both
    return merged | {key: value for key, value in node.items() if key not in ("$ref", "allOf")}


def fact_of_schema(schema: Any, *, required: bool) -> Fact:
    return Fact(
        type=schema.get("type", "of no type"),
        required=required,
        read_only=schema.get("readOnly", False),
        deprecated=schema.get("deprecated", False),
        values=tuple(schema.get("enum", ())),
        default=schema.get("default", MISSING),
    )


def fields_of_schema(document: Any, node: Any, prefix: str) -> Iterator[tuple[str, Fact]]:
    schema = resolved(document, node)
    for name, of_property in schema.get("properties", {}).items():
        yield (
            f"{prefix}{name}",
            fact_of_schema(resolved(document, of_property), required=name in schema.get("required", ())),
        )
        yield from fields_of_schema(document, of_property, f"{prefix}{name}.")


def parameters_of(document: Any, operation: Any, where: str) -> Iterator[tuple[str, Fact]]:
    for node in operation.get("parameters", ()):
        parameter = resolved(document, node)
        if parameter["in"] == where:
            schema = resolved(document, parameter["schema"]) | {
                "deprecated": parameter.get("deprecated", False)
            }
            yield (
                f"{where} {parameter['name']}",
                fact_of_schema(schema, required=parameter.get("required", False)),
            )


def listing_of_document(document: Any) -> Listing:
    ((path, item),) = document["paths"].items()
    ((method, operation),) = item.items()
    body = operation["requestBody"]
    # OpenAPI has no parameter for this header: it is the media type of the body.
    content_type = Fact("string", required=body.get("required", False), default=", ".join(body["content"]))
    fields = [
        *parameters_of(document, operation, "path"),
        *parameters_of(document, operation, "query"),
        ("header Content-Type", content_type),
        *parameters_of(document, operation, "header"),
        *parameters_of(document, operation, "cookie"),
    ]
    for media_type in body["content"].values():
        fields += fields_of_schema(document, media_type["schema"], "body ")
    return Listing(f"{method.upper()} {path}", fields)


# --- side by side -------------------------------------------------------------------------------------------------


def differences(page: Listing, document: Listing) -> list[str]:
    found: list[str] = []
    if page.operation != document.operation:
        found.append(f"operation: the page has {page.operation}, the document {document.operation}")
    on_page, in_document = dict(page.fields), dict(document.fields)
    found += [f"{key}: not in the document" for key in on_page if key not in in_document]
    found += [f"{key}: not on the page" for key in in_document if key not in on_page]
    found += [
        f"{key}: more than once" for key, n in Counter(key for key, _ in document.fields).items() if n > 1
    ]
    for key in [key for key in on_page if key in in_document]:
        found += [
            f"{key}: {what}: the page has {there!r}, the document {here!r}"
            for what, there, here in zip(Fact._fields, on_page[key], in_document[key], strict=True)
            if there != here
        ]
    if not found and [*on_page] != [*in_document]:
        found.append("the fields are not in the order of the page")
    return found


@pytest.fixture(scope="module")
def page_text() -> str:
    if not PAGE.is_file():
        pytest.skip(f"the page is not here: {PAGE} (SPECWRIGHT_SEED names its folder)")
    return PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(page_text: str) -> Listing:
    return listing_of_page(page_text)


@pytest.fixture
def document() -> Any:
    return yaml.safe_load(DOCUMENT.read_text(encoding="utf-8"))


def test_the_document_says_what_the_page_says_and_nothing_else(page: Listing, document: Any) -> None:
    assert differences(page, listing_of_document(document)) == []


def test_the_page_was_read_whole(page_text: str, page: Listing) -> None:
    """What the parser would skip must not go unseen: every row and every quoted value of the page is in the listing."""
    in_tables = page_text[page_text.index("Path parameters") : page_text.index("How to start integrating")]
    assert len(page.fields) == len(re.findall(r"^\S+ \S+ (?:Yes|No)\b", in_tables, re.MULTILINE))
    quoted = Counter(re.findall(r'"(.+?)"', in_tables))
    listed = Counter(value for _, fact in page.fields for value in fact.values)
    listed += Counter(fact.default for _, fact in page.fields if fact.default is not MISSING)
    assert listed == quoted
    assert in_tables.count("read-only. ") == sum(fact.read_only for _, fact in page.fields)
    assert in_tables.count("Deprecated: ") == sum(fact.deprecated for _, fact in page.fields)


def test_every_field_is_described(document: Any) -> None:
    operation = document["paths"][PATH]["patch"]
    undescribed = [
        name
        for name, schema in document["components"]["schemas"].items()
        for name, node in [(name, schema), *resolved(document, schema).get("properties", {}).items()]
        if not node.get("description")
    ]
    undescribed += [
        node["name"]
        for node in (resolved(document, parameter) for parameter in operation["parameters"])
        if not node.get("description")
    ]
    assert undescribed == []


# --- what the comparison must find --------------------------------------------------------------------------------


def schema_of(document: Any, name: str) -> Any:
    return document["components"]["schemas"][name]


def property_of(document: Any, schema: str, name: str) -> Any:
    return schema_of(document, schema)["properties"][name]


def operation_of(document: Any) -> Any:
    return document["paths"][PATH]["patch"]


def swap_first_two(items: list[Any]) -> None:
    items[:2] = reversed(items[:2])


def reorder(document: Any) -> None:
    properties = schema_of(document, "WandbConfig")["properties"]
    properties["api_key"] = properties.pop("api_key")


PLANTED: dict[str, tuple[Callable[[Any], object], str]] = {
    "another method": (
        lambda d: d["paths"][PATH].update(put=d["paths"][PATH].pop("patch")),
        "operation: the page has PATCH",
    ),
    "another path": (
        lambda d: d["paths"].update({"/v2/models/{id}": d["paths"].pop(PATH)}),
        "operation: the page has PATCH /v1",
    ),
    "a missing field": (
        lambda d: schema_of(d, "WandbConfig")["properties"].pop("entity"),
        "body settings.wandb.entity: not in the document",
    ),
    "a missing object": (
        lambda d: schema_of(d, "Settings")["properties"].pop("hyperparameters"),
        "body settings.hyperparameters.train_epochs: not in the document",
    ),
    "an extra field": (
        lambda d: schema_of(d, "BaseModel")["properties"].update(size={"type": "integer"}),
        "body settings.base_model.size: not on the page",
    ),
    "another type": (
        lambda d: property_of(d, "Hyperparameters", "learning_rate").update(type="integer"),
        "body settings.hyperparameters.learning_rate: type: the page has 'number', the document 'integer'",
    ),
    "no type": (
        lambda d: property_of(d, "UpdateFinetunedModelRequest", "name").pop("type"),
        "body name: type: the page has 'string', the document 'of no type'",
    ),
    "required no more": (
        lambda d: schema_of(d, "Settings")["required"].remove("dataset_id"),
        "body settings.dataset_id: required: the page has True",
    ),
    "required now": (
        lambda d: schema_of(d, "UpdateFinetunedModelRequest")["required"].append("creator_id"),
        "body creator_id: required: the page has False",
    ),
    "a lost read-only mark": (
        lambda d: property_of(d, "BaseModel", "version").pop("readOnly"),
        "body settings.base_model.version: read_only: the page has True",
    ),
    "a read-only mark too many": (
        lambda d: property_of(d, "UpdateFinetunedModelRequest", "status").update(readOnly=True),
        "body status: read_only: the page has False",
    ),
    "a lost deprecation": (
        lambda d: property_of(d, "UpdateFinetunedModelRequest", "last_used").pop("deprecated"),
        "body last_used: deprecated: the page has True",
    ),
    "a deprecation of a whole schema": (
        lambda d: schema_of(d, "Settings").update(deprecated=True),
        "body settings: deprecated: the page has False",
    ),
    "a changed default": (
        lambda d: property_of(d, "BaseModel", "base_type").update(default="BASE_TYPE_CHAT"),
        "body settings.base_model.base_type: default: the page has 'BASE_TYPE_UNSPECIFIED'",
    ),
    "a lost default": (
        lambda d: property_of(d, "UpdateFinetunedModelRequest", "status").pop("default"),
        "body status: default: the page has 'STATUS_UNSPECIFIED', the document '(missing)'",
    ),
    "a lost value": (
        lambda d: schema_of(d, "Status")["enum"].remove("STATUS_PAUSED"),
        "body status: values: the page has",
    ),
    "values in another order": (
        lambda d: swap_first_two(schema_of(d, "Strategy")["enum"]),
        "body settings.base_model.strategy: values: the page has",
    ),
    "fields in another order": (reorder, "the fields are not in the order of the page"),
    "another path parameter": (
        lambda d: operation_of(d)["parameters"][0].update(name="model_id"),
        "path id: not in the document",
    ),
    "a lost header": (
        lambda d: operation_of(d)["parameters"].pop(),
        "header X-Client-Name: not in the document",
    ),
    "a required header": (
        lambda d: d["components"]["parameters"]["ClientName"].update(required=True),
        "header X-Client-Name: required: the page has False",
    ),
    "a query parameter": (
        lambda d: d["components"]["parameters"]["ClientName"].update({"in": "query"}),
        "query X-Client-Name: not on the page",
    ),
    "another media type": (
        lambda d: operation_of(d)["requestBody"].update(
            content={"text/json": operation_of(d)["requestBody"]["content"].pop("application/json")}
        ),
        "header Content-Type: default: the page has 'application/json', the document 'text/json'",
    ),
    "the media type as a parameter too": (
        lambda d: operation_of(d)["parameters"].append(
            {"name": "Content-Type", "in": "header", "required": True, "schema": {"type": "string"}}
        ),
        "header Content-Type: more than once",
    ),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_difference_is_found(planted: str, page: Listing, document: Any) -> None:
    plant, expected = PLANTED[planted]
    plant(document)
    found = differences(page, listing_of_document(document))
    assert any(difference.startswith(expected) for difference in found), found


# --- what the page doesn't say ------------------------------------------------------------------------------------


def test_answers_server_and_security_are_the_agreed_ones(document: Any) -> None:
    operation = operation_of(document)
    assert (operation["operationId"], operation["tags"]) == ("UpdateFinetunedModel", ["finetuning"])
    assert [server["url"] for server in document["servers"]] == ["https://api.cohere.com"]
    (scheme,) = document["components"]["securitySchemes"].values()
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    assert document["security"] == [{"bearerAuth": []}]
    bodies = {
        status: resolved(document, answer)["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        for status, answer in operation["responses"].items()
    }
    errors = dict.fromkeys(("400", "401", "403", "404", "500", "503"), "Error")
    assert bodies == {"200": "UpdateFinetunedModelResponse"} | errors


def test_a_fine_tuned_model_is_the_body_and_its_id(document: Any) -> None:
    model = resolved(document, schema_of(document, "FinetunedModel"))
    body = resolved(document, schema_of(document, "UpdateFinetunedModelRequest"))
    id_of_model = model["properties"].pop("id")
    assert (id_of_model["type"], id_of_model["readOnly"]) == ("string", True)
    assert model["properties"] == body["properties"]
    assert model["required"] == body["required"] == ["name", "settings"]


def test_the_formats_are_the_agreed_ones(document: Any) -> None:
    formats = {
        f"{schema_name}.{name}": of_property["format"]
        for schema_name, schema in document["components"]["schemas"].items()
        for name, of_property in schema.get("properties", {}).items()
        if "format" in of_property
    }
    timestamps = ("completed_at", "last_used", "created_at", "updated_at")
    expected = {f"UpdateFinetunedModelRequest.{name}": "date-time" for name in timestamps}
    assert formats == expected | {"WandbConfig.api_key": "password"}


# --- own words ----------------------------------------------------------------------------------------------------

LONGEST_COMMON_RUN = 5  # words; a longer one is no accident


def words_of(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z0-9_&]+", text.lower()) if word not in ("a", "an", "the")]


def sentences_of(text: str) -> list[list[str]]:
    return [words_of(sentence) for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z])", MARKS.sub("", text))]


def runs_of(words: list[str]) -> set[tuple[str, ...]]:
    length = LONGEST_COMMON_RUN + 1
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def texts_of(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("description", "summary") and isinstance(value, str):
                yield value
            elif key not in ("example", "examples"):
                yield from texts_of(value)
    elif isinstance(node, list):
        for item in node:
            yield from texts_of(item)


def copied(page_text: str, document: Any) -> list[str]:
    """The descriptions of the document that have a sentence of the page, or a long run of its words."""
    of_page = [sentence for row in rows_of_page(page_text) for sentence in sentences_of(row.description)]
    runs = {run for sentence in of_page for run in runs_of(sentence)}
    return [
        text
        for text in texts_of(document)
        if any(sentence in of_page for sentence in sentences_of(text)) or runs & runs_of(words_of(text))
    ]


def test_the_document_has_its_own_words(page_text: str, document: Any) -> None:
    assert copied(page_text, document) == []


@pytest.mark.parametrize("start", ["It is this. ", ""])
def test_a_copied_sentence_is_found(start: str, page_text: str, document: Any) -> None:
    for row in rows_of_page(page_text):
        planted = copy.deepcopy(document)
        planted["info"]["description"] = start + MARKS.sub("", row.description)
        assert len(copied(page_text, planted)) == 1, row.key


# --- examples -----------------------------------------------------------------------------------------------------


def examples_of(document: Any, node: Any, place: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Each example of a parameter or a media type, as (place, its schema in one piece, its value)."""
    if isinstance(node, dict):
        if "schema" in node:
            values = {name: example["value"] for name, example in node.get("examples", {}).items()}
            if "example" in node:
                values["example"] = node["example"]
            for name, value in values.items():
                yield f"{place}/{name}", in_one_piece(document, node["schema"]), value
        for key, value in node.items():
            yield from examples_of(document, value, f"{place}/{key}")
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from examples_of(document, item, f"{place}/{index}")


def in_one_piece(document: Any, node: Any) -> Any:
    """A schema without `$ref` and `allOf`; it ends, since no schema of the document holds itself."""
    schema = resolved(document, node)
    properties = {name: in_one_piece(document, child) for name, child in schema.get("properties", {}).items()}
    return schema | ({"properties": properties} if properties else {})


TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
}


def is_date_time(text: str) -> bool:
    try:
        return dt.datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def mistakes(schema: Any, value: Any, place: str = "") -> list[str]:
    """What is wrong with a value, by the keywords that the document uses; a name that is no property is wrong too."""
    if type(value) not in TYPES[schema["type"]]:
        return [f"{place}: is no {schema['type']}"]
    found: list[str] = []
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{place}: is not one of its values")
    if schema.get("format") == "date-time" and not is_date_time(value):
        found.append(f"{place}: is no date-time")
    if schema["type"] == "object":
        properties = schema["properties"]
        found += [f"{place}/{name}: is missing" for name in schema.get("required", ()) if name not in value]
        found += [f"{place}/{name}: is no property" for name in value if name not in properties]
        for name in [name for name in value if name in properties]:
            found += mistakes(properties[name], value[name], f"{place}/{name}")
    return found


def test_the_examples_are_valid(document: Any) -> None:
    examples = list(examples_of(document, document))
    places = [place for place, _, _ in examples]
    assert any("/requestBody/" in place for place in places)
    assert any("/responses/200/" in place for place in places)
    assert {place: found for place, schema, value in examples if (found := mistakes(schema, value))} == {}


def test_the_examples_are_valid_for_jsonschema(document: Any) -> None:
    if importlib.util.find_spec("jsonschema") is None:
        pytest.skip("jsonschema is not installed; the check by hand above is what holds")
    jsonschema: Any = importlib.import_module("jsonschema")
    for place, schema, value in examples_of(document, document):
        found = [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(value)]
        assert not found, place


def test_a_request_example_sends_nothing_read_only(document: Any) -> None:
    for media_type in operation_of(document)["requestBody"]["content"].values():
        read_only = {
            name: fact.read_only for name, fact in fields_of_schema(document, media_type["schema"], "")
        }
        for example in media_type["examples"].values():
            assert not [name for name in names_in(example["value"]) if read_only[name]]


def names_in(value: Any, prefix: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, child in value.items():
            yield f"{prefix}{name}"
            yield from names_in(child, f"{prefix}{name}.")


WRONG_EXAMPLES: dict[str, tuple[Callable[[Any], object], str]] = {
    "a missing name": (lambda value: value.pop("name"), "/name: is missing"),
    "a misspelt name": (lambda value: value.update(nmae="x"), "/nmae: is no property"),
    "another type": (
        lambda value: value["settings"].update(dataset_id=7),
        "/settings/dataset_id: is no string",
    ),
    "a bool for a number": (
        lambda value: value["settings"]["hyperparameters"].update(lora_rank=True),
        "/settings/hyperparameters/lora_rank: is no integer",
    ),
    "an unknown value": (
        lambda value: value["settings"]["base_model"].update(base_type="CHAT"),
        "/settings/base_model/base_type: is not one of its values",
    ),
    "a date without its offset": (
        lambda value: value.update(completed_at="2026-08-03T09:00:00"),
        "/completed_at: is no date-time",
    ),
}


@pytest.mark.parametrize("wrong", WRONG_EXAMPLES)
def test_a_wrong_example_is_found(wrong: str, document: Any) -> None:
    spoil, expected = WRONG_EXAMPLES[wrong]
    media_type = operation_of(document)["requestBody"]["content"]["application/json"]
    spoil(media_type["examples"]["chat"]["value"])
    found = {place: mistakes(schema, value) for place, schema, value in examples_of(document, document)}
    assert [issue for issues in found.values() for issue in issues] == [expected]
