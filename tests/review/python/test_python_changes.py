from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from review.python.comparing import changes, paired, planned
from review.python.edits import ARRAY, EDITS, PETS
from specwright.review.python.rules import RULES
from specwright.review.python.snippets import snippets

if TYPE_CHECKING:
    from specwright.plan import Plan

ASIDE = ("py-docstring-changed", "py-validator-")


OLD = planned(PETS)


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_what_it_says(name: str) -> None:
    edit = EDITS[name]
    found = changes(OLD, planned(edit.document, OLD))
    told = [(change.id, change.symbol) for change in found if not change.id.startswith(ASIDE)]
    assert sorted(told) == sorted(edit.expected)
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("name", EDITS)
def test_what_breaks_says_so(name: str) -> None:
    edit = EDITS[name]
    found = changes(OLD, planned(edit.document, OLD))
    breaking = {kind for change in found if change.level == "breaking" for kind in change.breaks}
    # A parameter of the path may be given by its name, or by its position, where nothing breaks.
    if name != "a path parameter by another name":
        assert bool(breaking) == bool(edit.fails)
        assert ("type check" in breaking) == ("types" in edit.fails)


@pytest.mark.parametrize("name", EDITS)
def test_every_change_has_a_rule_and_a_place(name: str) -> None:
    new = planned(EDITS[name].document, OLD)
    for change in changes(OLD, new):
        assert RULES[change.id].breaks == change.breaks
        assert change.old != change.new
        if not change.symbol.lower().startswith("client"):
            key = f" {change.origin}"
            names = OLD.names if change.in_old else new.names
            assert any(said.endswith(key) or f"{key} " in said for said in names)


def test_words_alone_are_documentation() -> None:
    found = changes(OLD, planned(EDITS["a description"].document, OLD))
    assert [(change.id, change.level, change.symbol) for change in found] == [
        ("py-docstring-changed", "doc", "Client.pets.get_pet")
    ]


def test_old_and_new_are_written_as_code() -> None:
    change, *_ = changes(OLD, planned(EDITS["a renamed operation"].document, OLD))
    assert change.old == "Client.pets.get_pet(id: int) -> Pet"
    assert change.new == "Client.pets.fetch_pet(id: int) -> Pet"
    assert change.origin == "#/paths/~1pets~1{id}/get"


def test_an_answer_that_becomes_a_stream_is_another_one() -> None:
    new = planned(PETS.replace(ARRAY, ARRAY.replace("/json", "/jsonl")), OLD)
    (change,) = (change for change in changes(OLD, new) if not change.id.startswith(ASIDE))
    assert (change.id, change.symbol, change.level) == (
        "py-return-changed",
        "Client.pets.list_pets",
        "breaking",
    )
    assert (change.old, change.new) == ("-> list[Pet]", "-> ItemStream[Pet]")
    other = planned(PETS.replace(ARRAY, ARRAY.replace("application/json", "text/event-stream")), new)
    (change,) = (change for change in changes(new, other) if not change.id.startswith(ASIDE))
    assert (change.old, change.new) == ("-> ItemStream[Pet]", "-> EventStream[Pet]")


def test_what_went_with_an_operation_comes_from_it() -> None:
    inline = "schema: {type: object, properties: {age: {type: integer}}}"
    old = planned(PETS.replace("schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}", inline))
    new = planned("openapi: 3.1.0\ninfo: {title: Pets, version: 1.0.0}\npaths: {}\n", old)
    gone = [change for change in changes(old, new) if change.symbol == "models.ListPetsResponse"]
    assert [change.origin for change in gone] == ["#/paths/~1pets/get"]


def test_the_way_back_is_the_opposite() -> None:
    for edit in EDITS.values():
        new = planned(edit.document, OLD)
        forth, back = (
            {change.symbol for change in found if "-added" in change.id or "-removed" in change.id}
            for found in (changes(OLD, new), changes(new, OLD))
        )
        assert forth == back


def test_an_alias_is_why_what_it_stands_for_changed() -> None:
    named = PETS.replace("weight: {type: integer}", "weight: {$ref: '#/components/schemas/Grams'}")
    named = named.replace("    Owner:\n", "    Grams: {type: integer}\n    Owner:\n", 1)
    old = planned(named)
    found = changes(old, planned(named.replace("Grams: {type: integer}", "Grams: {type: number}"), old))
    assert {change.origin for change in found} == {"#/components/schemas/Grams"}


ALIASED = PETS.replace(
    "    Fault:\n",
    """    Severe:
      allOf:
        - {$ref: '#/components/schemas/Fault'}
        - {type: object, properties: {lives: {type: integer}}}
    Fault:
""",
).replace("'404':", "'410': {description: Gone., content: {application/json: {schema: {$ref: '#/components/schemas/Severe'}}}}\n        '404':")  # fmt: skip
LESS = "        - {type: object, properties: {lives: {type: integer}}}\n"


def told(old: Plan, new: Plan) -> set[tuple[str, str, str]]:
    found = (change for change in changes(old, new) if not change.id.startswith(ASIDE))
    return {(change.id, change.symbol, change.level) for change in found}


def test_an_alias_of_a_class_is_compared_by_its_fields() -> None:
    old = planned(ALIASED)
    new = planned(ALIASED.replace(LESS, ""), old)
    assert told(old, new) == {
        ("py-type-aliased", "models.Severe", "compatible"),
        ("py-field-removed", "models.Severe.lives", "breaking"),
    }
    assert told(new, planned(ALIASED, new)) == {
        ("py-type-aliased", "models.Severe", "compatible"),
        ("py-field-added-optional", "models.Severe.lives", "compatible"),
        # Bodies are tested with `isinstance`, and the new class is another one.
        ("py-exception-body-added", "errors.Gone.body[Severe]", "warning"),
        ("py-exception-body-removed", "errors.Gone.body[Fault]", "breaking"),
    }


def test_a_class_that_becomes_an_alias_of_the_same_is_as_it_was() -> None:
    old = planned(ALIASED.replace("lives", "code"))
    new = planned(ALIASED.replace(LESS, ""), old)
    assert told(old, new) == {("py-type-aliased", "models.Severe", "compatible")}


def test_what_no_answer_holds_is_told_of_in_one_way() -> None:
    unread = PETS.replace(
        "content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}\n      responses",
        "content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}\n      responses",
    )
    order = "    Order: {type: object, required: [a], properties: {a: {type: string}, b: {type: string}}}\n"
    old = planned(unread.replace("    Fault:\n", f"{order}    Fault:\n"))
    for now, symbols in {
        order.replace("b: {type: string}", "b: {type: string}, c: {type: string}"): {"models.Order.c"},
        order.replace("[a]", "[a, c]").replace("b: {", "c: {type: string}, b: {"): {"models.Order.c"},
        order.replace("b: {type: string}", "b: {type: [string, 'null']}"): {"models.Order.b"},
        order.replace("[a]", "[]"): {"models.Order.a"},
    }.items():
        new = planned(unread.replace("    Fault:\n", f"{now}    Fault:\n"), old)
        found = {each for each in told(old, new) if each[1].startswith("models.")}
        assert found == {("py-unread-changed", symbol, "compatible") for symbol in symbols}


def test_what_became_of_a_tag_is_told_of_with_the_tag() -> None:
    found = {change.id: change for change in changes(OLD, planned(EDITS["another tag"].document, OLD))}
    renamed, of_class = found["py-resource-renamed"], found["py-resource-class-renamed"]
    assert (renamed.old, renamed.new) == ("client.pets", "client.animals")
    assert (of_class.old, of_class.new) == ("Pets", "Animals")
    for change in (renamed, of_class):
        assert (change.origin, change.member, change.in_old) == ("#/tags", "pets", True)


def test_arguments_of_the_client_come_from_what_they_are_for() -> None:
    another = PETS.replace(
        "    key: {type: http, scheme: bearer}", "    other: {type: apiKey, in: header, name: X}"
    )
    found = [change for change in changes(OLD, planned(another, OLD)) if change.symbol.startswith("Client(")]
    assert {(change.id, change.origin, change.in_old) for change in found} == {
        ("py-client-argument-added", "#/components/securitySchemes/other", False),
        ("py-client-argument-removed", "#/components/securitySchemes/key", True),
    }
    (change,) = changes(OLD, planned(EDITS["no server"].document, OLD))
    assert (change.origin, change.in_old) == ("#/servers", True)


def test_snippets_show_the_call_before_and_after() -> None:
    new = planned(EDITS["a required parameter"].document, OLD)
    (snippet,) = snippets(paired(OLD, new), changes(OLD, new))
    assert snippet.before == "answer = client.pets.list_pets()"
    assert snippet.after == "answer = client.pets.list_pets(page=1)"


def test_snippets_show_what_is_left_out() -> None:
    new = planned(EDITS["a removed parameter"].document, OLD)
    (snippet,) = snippets(paired(OLD, new), changes(OLD, new))
    assert snippet.before == "answer = client.pets.list_pets(limit=1)"
    assert snippet.after == "answer = client.pets.list_pets()"


def test_snippets_show_new_names() -> None:
    new = planned(EDITS["a schema by another name"].document, OLD)
    (snippet,) = snippets(paired(OLD, new), changes(OLD, new))
    assert "from pets.models import Owner" in snippet.before
    assert "from pets.models import Keeper" in snippet.after


def test_rules_are_told_in_a_line() -> None:
    for name, rule in RULES.items():
        assert name == rule.id
        assert rule.purpose.endswith(".")
        assert "\n" not in rule.purpose + rule.hint
        assert (rule.level in {"compatible", "doc"}) <= (not rule.breaks)
