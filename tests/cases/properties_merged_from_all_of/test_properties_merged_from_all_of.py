from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server


def test_properties_of_all_members_are_arguments(client: Any, server: Server) -> None:
    server.answer({"name": "Rex", "age": 3.0, "breed": "collie", "chip": "c-1", "barks": True})
    dog = client.put_animal("1", name="Rex", breed="collie", age=3, barks=True)
    assert server.take().json == {"name": "Rex", "age": 3, "breed": "collie", "barks": True}
    assert (dog.name, dog.age, dog.breed, dog.chip, dog.barks) == ("Rex", 3, "collie", "c-1", True)


def test_what_all_members_demand_is_demanded(package: Any) -> None:
    issues = package.validators.validate_dog_input({"name": "x" * 21, "age": 31.5, "chip": "c-1"})
    assert {(issue.pointer, issue.keyword) for issue in issues} == {
        ("/name", "maxLength"),
        ("/age", "type"),  # a number in one member, an integer in another
        ("/chip", "readOnly"),
        ("", "required"),
    }
    for age, keyword in ((-1, "minimum"), (31, "maximum")):
        (issue,) = package.validators.validate_dog_input({"name": "x", "breed": "y", "age": age})
        assert (issue.pointer, issue.keyword) == ("/age", keyword)


def test_a_member_stays_a_model_of_its_own(package: Any) -> None:
    animal = package.models.Animal(name="Rex")
    assert not hasattr(animal, "breed")


def test_a_schema_that_adds_nothing_is_another_name(package: Any) -> None:
    assert package.models.Hound is package.models.Dog
    assert package.models.Dog.__name__ == "Dog"
    assert package.validators.validate_hound is package.validators.validate_dog


def test_required_of_a_member_stays_required(client: Any, server: Server) -> None:
    with pytest.raises(TypeError, match="breed"):
        client.put_animal("1", name="Rex")
    assert server.untouched
