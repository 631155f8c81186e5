from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server

ODD = [
    "",
    "2x",
    "name",
    "class",
    "None",
    "mro",
    "é",
    "a b",
    "a-b",
    "A_B",
    "+1",
    "-1",
    "*",
    "_x",
    "__doc__",
    "🎉",
    "'\"\\",
]


def test_members_and_their_values_may_be_sent(client: Any, server: Server, package: Any) -> None:
    server.answer({"color": "red"})
    client.choose(order="asc", color=package.models.Color.LIGHT_BLUE, level=package.models.Level.MINUS_1)
    seen = server.take()
    assert seen.target == "/choices?order=asc"
    assert seen.json == {"color": "light-blue", "level": -1}
    client.choose(color="light-blue", level=10, colors=["red"], mixed="one", fixed="always", maybe=None)
    assert server.take().json == {
        "color": "light-blue", "level": 10, "colors": ["red"], "mixed": "one", "fixed": "always", "maybe": None,
    }  # fmt: skip


def test_another_value_is_refused(client: Any, server: Server, package: Any) -> None:
    with pytest.raises(package.RequestInvalid) as caught:
        client.choose(
            order="up", color="pink", level=3, odd="x", maybe="perhaps", mixed=2, fixed="never", colors=["?"]
        )
    assert {(issue.pointer, issue.keyword) for issue in caught.value.issues} == {
        ("/query/order", "enum"), ("/color", "enum"), ("/level", "enum"), ("/odd", "enum"), ("/maybe", "enum"),
        ("/mixed", "enum"), ("/fixed", "enum"), ("/colors/0", "enum"),
    }  # fmt: skip
    assert server.untouched


def test_true_is_not_one(client: Any, server: Server, package: Any) -> None:
    with pytest.raises(package.RequestInvalid) as caught:
        client.choose(color="red", level=True)
    assert [issue.pointer for issue in caught.value.issues] == ["/level"]
    server.answer({"color": "red"})
    client.choose(color="red", mixed=True)
    assert server.take().json["mixed"] is True


def test_an_answer_may_have_values_that_nobody_knew(client: Any, server: Server, package: Any) -> None:
    server.answer({"color": "pink", "level": 3, "maybe": None, "colors": ["red", "pink"]})
    choice = client.choose(color="red")
    assert (choice.color, choice.level, choice.maybe) == ("pink", 3, None)
    assert isinstance(choice.color, package.models.Color)
    assert choice.colors == [package.models.Color.RED, "pink"]
    assert copy.deepcopy(choice) == pickle.loads(pickle.dumps(choice)) == choice  # noqa: S301 - our own
    assert choice.as_input() == {"color": "pink", "level": 3, "maybe": None, "colors": ["red", "pink"]}


@pytest.mark.parametrize("value", ["two", 2, False, None])
def test_a_mixed_choice_is_open_too(client: Any, server: Server, package: Any, value: Any) -> None:
    server.answer({"color": "red", "mixed": value})
    assert client.choose(color="red").as_input()["mixed"] == value
    assert package.validators.validate_choice({"color": "red", "mixed": value}) == []
    (issue,) = package.validators.validate_choice({"color": "red", "mixed": []})
    assert issue.pointer == "/mixed"


def test_every_odd_value_has_a_member(package: Any) -> None:
    members = list(package.models.Odd)
    assert [member.value for member in members] == ODD
    assert all(member.name.isidentifier() for member in members)


@pytest.mark.parametrize("value", ODD)
def test_every_odd_value_goes_out_and_comes_back(client: Any, server: Server, value: str) -> None:
    server.answer({"color": "red", "odd": value})
    assert client.choose(color="red", odd=value).odd == value
    assert server.take().json["odd"] == value
