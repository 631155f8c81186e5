"""`x-specwright-name` and the names that a lock keeps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from specwright.config import Config
from specwright.document import load
from specwright.plan import plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.plan import Plan


def planned(kept: Mapping[str, str], **schemas: str) -> Plan:
    """The plan of a document with these schemas, each with the name that is chosen for it, or ""."""
    components = {
        wire: {"type": "object", "properties": {"p": {}}, **({"x-specwright-name": name} if name else {})}
        for wire, name in schemas.items()
    }
    call = {
        "x-specwright-name": schemas.get("A", ""),
        "operationId": "call",
        "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}},
    }
    source = {
        "openapi": "3.1.1",
        "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"post": call}},
        "components": {"schemas": components},
    }
    config = Config(spec=Path("spec.json"), package="p")
    return plan(load(json.dumps(source).encode(), config), config, kept)


def names(made: Plan) -> tuple[list[str], list[str], set[str], list[str]]:
    api = made.api
    return (
        [model.name for model in api.models],
        [each.name for each in api.inputs],
        {each.function for each in api.validators},
        [operation.name for operation in api.operations],
    )


BEFORE = (["A"], ["AInput"], {"validate_a", "validate_a_input"}, ["call"])
AFTER = (["Cat"], ["CatInput"], {"validate_cat", "validate_cat_input"}, ["cat"])


def test_a_name_that_is_chosen_later_takes_the_place_of_the_one_in_the_lock() -> None:
    before = planned({}, A="")
    assert names(before) == BEFORE
    after = planned(before.names, A="Cat")
    assert names(after) == AFTER
    assert names(planned(after.names, A="Cat")) == AFTER


def test_a_chosen_name_stays_when_another_comes() -> None:
    before = planned({}, A="Cat")
    after = planned(before.names, Cat="", A="Cat")
    assert names(after)[0] == ["CatModel", "Cat"]
    first = planned({}, Cat="", A="")
    assert names(planned(first.names, Cat="", A="Cat"))[0] == ["Cat", "CatModel"]


def test_a_chosen_name_goes_before_one_that_is_not() -> None:
    assert names(planned({}, Cat="", A="Cat"))[0] == ["CatModel", "Cat"]


def test_what_is_no_name_is_made_one() -> None:
    for chosen, made in (
        ("class", "Class"),
        ("2 cats", "Schema2Cats"),
        ("🐈", "Schema"),
        ("import", "Import"),
    ):
        assert names(planned({}, A=chosen))[0] == [made]
