from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server


@pytest.mark.parametrize(
    "thing",
    [
        {"id": "ab"},
        {"id": 7},
        {"any_kind": True},
        {"any_kind": [1, "a"]},
        {"any_kind": {"a": None}},
        {"any_kind": None},
        {"one_or_more": "a"},
        {"one_or_more": ["a", "b"]},
        {"cat_or_name": "Tom"},
        {"cat_or_name": {"meows": True}},
        {"cat_or_more": "Tom"},
        {"cat_or_more": {"name": "Tom"}},
        {"cat_or_more": None},
        {"level": "low"},
        {"level": 3},
        {"when": "2026-01-31"},
        {"code": "xyz"},
        {"lists": [1, 2]},
        {"pet": {"barks": True}},
        {"pets": [{"meows": True}, {"barks": False}]},
        {"neither": 1},
    ],
)
def test_each_kind_goes_out_and_comes_back(client: Any, server: Server, package: Any, thing: Any) -> None:
    server.answer(thing)
    answer = client.send(**thing)
    assert server.take().json == thing
    assert package.as_json(answer) == thing


def test_what_its_json_tells_apart_is_decoded(client: Any, server: Server, package: Any) -> None:
    server.answer({"cat_or_name": {"name": "Tom", "meows": True}, "level": "low"})
    answer = client.send()
    assert answer.cat_or_name == package.models.Cat(name="Tom", meows=True)


def test_what_it_does_not_is_told_by_what_the_members_know(client: Any, server: Server, package: Any) -> None:
    server.answer({"name": "Rex", "barks": True})
    assert client.adopt(body={"barks": True}) == package.models.Dog(name="Rex", barks=True)


@pytest.mark.parametrize(
    ("thing", "issue"),
    [
        ({"id": "a"}, ("/id", "minLength")),
        ({"id": True}, ("/id", "type")),
        ({"one_or_more": ["a", 1]}, ("/one_or_more/1", "type")),
        ({"code": "wxyz"}, ("/code", "anyOf")),
        ({"when": "noon"}, ("/when", "oneOf")),
        ({"pet": {"meows": True, "barks": True}}, ("/pet/barks", "additionalProperties")),
        ({"pet": {}}, ("/pet", "oneOf")),
        ({"neither": "a"}, ("/neither", "not")),
        ({"any_kind": 1.5}, ("/any_kind", "type")),
    ],
)
def test_what_fits_none_or_too_many_is_refused(
    client: Any, server: Server, package: Any, thing: Any, issue: Any
) -> None:
    with pytest.raises(package.RequestInvalid) as caught:
        client.send(**thing)
    assert [(issue.pointer, issue.keyword) for issue in caught.value.issues] == [issue]
    assert server.untouched


def test_a_list_of_one_value_tells_alternatives_apart(package: Any) -> None:
    assert package.validators.validate_event({"kind": "opened"}) == []
    assert [issue.keyword for issue in package.validators.validate_event({"kind": "moved"})] == ["enum"]
