from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server

WHOLE = {
    "name": "a",
    "anything": {"id": 1, "deep": [{"x": None}], "*": 2},
    "many": [{"id": 2}, {"more": 1}],
    "patterns": {"x-a": "b"},
    "taken": {"extra": 1, "other": True},
    "north": {"grams": 5, "unit": "kg"},
}


def test_answers_keep_them_typed(client: Any, server: Server, package: Any) -> None:
    server.answer(WHOLE)
    labels = client.label(name="a")
    assert labels.extra == {"north": package.models.Weight(grams=5, extra={"unit": "kg"})}
    assert labels.anything.extra == {"deep": [{"x": None}], "*": 2}
    assert [one.extra for one in labels.many] == [{}, {"more": 1}]
    assert labels.patterns.extra == {"x-a": "b"}
    assert (labels.taken.extra_, labels.taken.extra) == (1, {"other": True})
    assert pickle.loads(pickle.dumps(labels)) == labels  # noqa: S301  # made here


def test_they_go_back_side_by_side_with_the_fields(client: Any, server: Server, package: Any) -> None:
    server.answer(WHOLE)
    labels = client.label(name="a")
    assert package.as_json(labels) == WHOLE
    assert labels.as_input() == WHOLE


def test_callers_give_them_under_a_key_of_their_own(client: Any, server: Server, package: Any) -> None:
    items = package.ExtraItems
    server.answer({"name": "a"})
    client.label(
        name="a",
        anything={"id": 1, "extra": items({"colour": "red"})},
        taken={"extra": 1, "extra_": items(other=True)},
        extra=items(north={"grams": 5, "extra": items(unit="kg")}),
    )
    assert server.take().json == {
        "name": "a",
        "anything": {"id": 1, "colour": "red"},
        "taken": {"extra": 1, "other": True},
        "north": {"grams": 5, "unit": "kg"},
    }


def test_they_are_checked(client: Any, server: Server, package: Any) -> None:
    with pytest.raises(package.RequestInvalid) as caught:
        client.label(name="a", extra=package.ExtraItems(north={"grams": "heavy"}))
    assert [issue.pointer for issue in caught.value.issues] == ["/north/grams"]
    with pytest.raises(package.RequestInvalid) as caught:
        client.label(name="a", extra=package.ExtraItems(name="b"))
    assert [issue.keyword for issue in caught.value.issues] == ["propertyNames"]
    assert server.untouched


def test_what_can_not_be_read_is_none_and_the_rest_stays(client: Any, server: Server, package: Any) -> None:
    server.answer({"name": 1, "north": {"grams": 5, "unit": 3}, "south": "heavy"})
    with pytest.warns(package.ResponseMismatch) as caught:
        labels = client.label(name="a")
    assert labels.name is None
    assert labels.extra == {"north": package.models.Weight(grams=5, extra={"unit": None}), "south": None}
    assert {issue.pointer for issue in caught[0].message.issues} == {"/name", "/north/unit", "/south"}  # type: ignore[union-attr]
