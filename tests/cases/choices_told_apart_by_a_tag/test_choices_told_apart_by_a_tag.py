from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server


@pytest.mark.parametrize(
    ("member", "value", "kind"),
    [
        ("mapped", {"kind": "cat", "name": "Tom", "lives": 9}, "Cat"),
        ("mapped", {"kind": "dog", "tricks": []}, "Dog"),
        ("mapped", {"kind": "puppy", "name": "Rex", "tricks": ["sit"]}, "Dog"),
        ("named", {"kind": "Cat", "lives": 9}, "Cat"),
        ("named", {"kind": "Dog", "tricks": []}, "Dog"),
        ("otherwise", {"kind": "wolf", "tricks": []}, "Dog"),
        ("inferred", {"event": "opened", "by": "me"}, "InferredOpened"),
        ("inferred", {"event": "locked"}, "InferredOption2"),
        ("nullable", {"kind": "any", "tricks": []}, "Dog"),  # without a tag: the one that can be read
        ("nullable", None, "NoneType"),
    ],
)
def test_the_tag_says_which_it_is(client: Any, server: Server, member: str, value: Any, kind: str) -> None:
    server.answer({member: value})
    box = client.send()
    assert type(getattr(box, member)).__name__ == kind
    assert pickle.loads(pickle.dumps(box)) == box  # noqa: S301  # made here


def test_it_goes_back_as_it_came(client: Any, server: Server, package: Any) -> None:
    value = {"mapped": {"kind": "cat", "lives": 9}, "inferred": {"event": "opened"}, "nullable": None}
    server.answer(value)
    assert package.as_json(client.send()) == value


def test_a_choice_can_be_asked_for_what_it_holds(client: Any, server: Server, package: Any) -> None:
    server.answer({"mapped": {"kind": "dog", "tricks": []}})
    dog = client.send().mapped
    assert isinstance(dog, package.models.Mapped)
    assert not isinstance("dog", package.models.Mapped)


def test_an_unknown_tag_survives_as_it_came(client: Any, server: Server, package: Any) -> None:
    value = {"kind": "fox", "name": "Rey"}
    server.answer({"several": [{"kind": "cat", "lives": 9}, value], "mapped": value})
    with pytest.warns(package.ResponseMismatch) as caught:
        box = client.send()
    assert box.several == [package.models.Cat(kind="cat", lives=9), value]
    assert box.mapped == value
    assert {issue.pointer for issue in caught[0].message.issues} == {"/mapped/kind", "/several/1/kind"}  # type: ignore[union-attr]


def test_what_is_wrong_in_a_member_is_wrong_there_alone(client: Any, server: Server, package: Any) -> None:
    server.answer({"mapped": {"kind": "puppy", "name": 3, "tricks": []}})
    with pytest.warns(package.ResponseMismatch):
        box = client.send()
    assert box.mapped == package.models.Dog(kind="puppy", tricks=[])


def test_true_and_false_are_tags_too(package: Any) -> None:
    validate = package.validators.validate_outcome
    assert validate({"ok": True, "value": 1}) == validate({"ok": False, "reason": "late"}) == []
    assert [issue.pointer for issue in validate({"ok": False, "reason": 1})] == ["/reason"]
