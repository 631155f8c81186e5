"""Names: every wish has one, no two of a scope are alike, and a name once given stays."""

from __future__ import annotations

import json
import keyword
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specwright.config import Config
from specwright.document import load
from specwright.plan import plan
from specwright.plan.ir import Struct
from specwright.plan.names import RESERVED, Wish, decide, spelled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.plan import Plan

NASTY = [
    "a", "A", "a b", "a-b", "a_b", "aB", "AB", "ab", "_a", "a_", "__a__", "", " ", "1", "1a", "-1", "+1", "é", "日本", "ß", "🎉",
    "class", "None", "True", "list", "self", "Client", "client", "Model", "as_input", "timeout", "id", "ID", "IDs", "HTTPServer",
    "a input", "AInput", "a_2", "a2", "A2", "a_query", "x" * 300, "word " * 60, ".", "$", "\\", '"', "\n", "\u202e", "ª", "ⅷ",
]  # fmt: skip
SCOPES = [
    ("classes", "class"),
    ("methods", "snake"),
    ("fields x", "snake"),
    ("members x", "constant"),
    ("arguments x", "snake"),
]

texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=12))
wishes = st.lists(
    st.builds(
        lambda key, text, scope, suffix: Wish(
            key=str(key), scope=scope[0], text=text, case=scope[1], fallback="thing", suffix=suffix
        ),
        st.integers(min_value=0, max_value=10**9),
        texts,
        st.sampled_from(SCOPES),
        st.sampled_from(["", "body", "query"]),
    ),
    max_size=20,
    unique_by=lambda wish: wish.key,
)


@given(texts, st.sampled_from(["class", "snake", "constant"]))
def test_any_text_is_spelled_as_a_name(text: str, case: Any) -> None:
    name = spelled(text, case, "thing")
    assert name.isascii()
    assert name.isidentifier()
    assert not keyword.iskeyword(name)
    # None is private, and none is for Python itself.
    assert not name.startswith("_")


@pytest.mark.parametrize(
    ("text", "spellings"),
    [
        ("finetuned-model", ("FinetunedModel", "finetuned_model", "FINETUNED_MODEL")),
        ("FinetunedModel", ("FinetunedModel", "finetuned_model", "FINETUNED_MODEL")),
        ("HTTPServer", ("HTTPServer", "http_server", "HTTP_SERVER")),
        ("userIDs", ("UserIDs", "user_ids", "USER_IDS")),
        ("X-Client-Name", ("XClientName", "x_client_name", "X_CLIENT_NAME")),
        ("GET", ("GET", "get", "GET")),
        ("SOME_VALUE", ("SomeValue", "some_value", "SOME_VALUE")),
        ("class", ("Class", "class_", "CLASS")),
        ("Straße", ("Strasse", "strasse", "STRASSE")),
        ("-1", ("Minus1", "minus_1", "MINUS_1")),
        ("日本", ("Thing", "thing", "THING")),
    ],
)
def test_how_names_are_spelled(text: str, spellings: tuple[str, str, str]) -> None:
    assert tuple(spelled(text, case, "thing") for case in ("class", "snake", "constant")) == spellings


@settings(max_examples=300)
@given(wishes)
def test_no_two_of_a_scope_are_alike(some: list[Wish]) -> None:
    names = decide(some, {})
    assert names.keys() == {wish.key for wish in some}
    for scope, _ in SCOPES:
        given_names = [names[wish.key] for wish in some if wish.scope == scope]
        assert len(set(given_names)) == len(given_names)
        assert not set(given_names) & RESERVED[scope.partition(" ")[0]]
    assert all(name.isidentifier() and not keyword.iskeyword(name) for name in names.values())


@settings(max_examples=300)
@given(wishes, wishes, st.randoms())
def test_a_name_that_is_kept_stays(some: list[Wish], more: list[Wish], order: Any) -> None:
    names = decide(some, {})
    keys = {wish.key for wish in some}
    together = [*some, *(wish for wish in more if wish.key not in keys)]
    order.shuffle(together)
    after = decide(together, names)
    assert {key: after[key] for key in names} == names


def test_what_is_called_as_in_python_has_its_name_before_what_is_not() -> None:
    wanted = [
        Wish(key, "fields x", text, "snake", "field")
        for key, text in (("1", "a-b"), ("2", "a b"), ("3", "a_b"))
    ]
    assert decide(wanted, {}) == {"1": "a_b_", "2": "a_b_2", "3": "a_b"}


# --- whole documents --------------------------------------------------------------------------------------------

STRING = {"type": "string"}
property_schemas = st.sampled_from([STRING, {"type": "string", "enum": ["a", "A", "-1"]}])
members = st.dictionaries(texts, property_schemas, max_size=4)
schemas = st.dictionaries(texts.filter(bool), members, max_size=4)
methods = st.tuples(
    texts,
    st.none() | st.sampled_from(["a", "list", "Client", "é", "get", "a b"]),
    st.sets(texts.filter(bool), max_size=3),
)
parts = st.tuples(
    schemas,
    st.dictionaries(st.integers(0, 9), methods, max_size=3),
    st.dictionaries(texts, property_schemas, min_size=1, max_size=4),
)
"""Schemas by name; operations (id, tag, parameters) by the number in their path; properties of all their bodies."""


def _grown(first: Any, second: Any) -> Any:
    """Both documents in one, where what the second adds stands before what the first has."""
    (kinds, own, body), (more_kinds, more, more_body) = first, second
    together = {name: {**more_kinds.get(name, {}), **kinds.get(name, {})} for name in {**more_kinds, **kinds}}
    operations = {
        number: (*own[number][:2], own[number][2] | more.get(number, own[number])[2])
        if number in own
        else more[number]
        for number in {**more, **own}
    }
    return together, operations, {**more_body, **body}


def _planned(document: Any, kept: Mapping[str, str]) -> Plan:
    kinds, operations, body = document
    schema = {"type": "object", "properties": body}
    paths = {
        f"/{number}": {
            "post": {
                "operationId": text,
                **({"tags": [tag]} if tag is not None else {}),
                "parameters": [{"name": name, "in": "query", "schema": STRING} for name in sorted(queries)],
                "requestBody": {"content": {"application/json": {"schema": schema}}},
                "responses": {"204": {"description": "d"}},
            }
        }
        for number, (text, tag, queries) in operations.items()
    }
    components = {name: {"type": "object", "properties": properties} for name, properties in kinds.items()}
    source = {
        "openapi": "3.1.1",
        "info": {"title": "t", "version": "1"},
        "paths": paths,
        "components": {"schemas": components},
    }
    config = Config(spec=Path("spec.json"), package="p")
    return plan(load(json.dumps(source).encode(), config), config, kept)


def _called(made: Plan) -> dict[tuple[str, ...], str]:
    """What callers call things by, by what these are called in the document."""
    api = made.api
    names: dict[tuple[str, ...], str] = {}
    for model in api.models:
        if not model.wire:
            continue  # it has no name in the document; the lock has it by its place
        names["model", model.wire] = model.name
        if isinstance(model, Struct):
            names |= {("field", model.wire, field.wire): field.name for field in model.fields}
    for holder, operations in (
        ("", api.operations),
        *((item.attribute, item.operations) for item in api.resources),
    ):
        for operation in operations:
            names["method", operation.path] = f"{holder}.{operation.name}"
            names |= {
                ("argument", operation.path, item.location, item.wire): item.name
                for item in operation.arguments
            }
    return names


@settings(max_examples=150, deadline=None)
@given(parts, parts)
def test_what_is_added_to_a_document_renames_nothing(first: Any, second: Any) -> None:
    before = _planned(first, {})
    after = _planned(_grown(first, second), before.names)
    assert _called(after).items() >= _called(before).items()
    assert after.names.items() >= before.names.items()


def test_a_parameter_like_a_property_of_the_body_leaves_the_property_its_name() -> None:
    before = _planned(({}, {0: ("send", None, set())}, {"id": STRING}), {})
    after = _planned(({}, {0: ("send", None, {"id"})}, {"id": STRING}), before.names)
    (operation,) = after.api.operations
    assert {(item.location, item.name) for item in operation.arguments} == {
        ("body", "id"),
        ("query", "id_query"),
    }
