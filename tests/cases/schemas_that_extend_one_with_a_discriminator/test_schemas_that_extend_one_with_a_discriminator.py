from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ({"petType": "Cat", "name": "Tom", "claws": 18}, "Cat"),
        ({"petType": "Kitten", "claws": 18, "weeks": 3}, "Kitten"),
        ({"petType": "dog", "bark": "loud"}, "Dog"),
        ({"petType": "bird", "wings": 2}, "Bird"),
        ({"petType": "Pet", "name": "Rey"}, "Pet"),
    ],
)
def test_a_reference_means_whatever_extends_the_schema(
    client: Any, server: Server, package: Any, value: Any, kind: str
) -> None:
    server.answer({"pets": [value]})
    (pet,) = client.owner().pets
    assert type(pet).__name__ == kind
    assert package.as_json(pet) == value
    assert isinstance(pet, package.models.AnyPet)


def test_callers_send_any_of_them(client: Any, server: Server) -> None:
    dog = {"petType": "dog", "name": "Rex", "bark": "loud"}
    server.answer(dog)
    answer = client.adopt(body=dog)
    assert server.take().json == dog
    assert answer.bark == "loud"


def test_an_unknown_kind_survives_as_it_came(client: Any, server: Server, package: Any) -> None:
    server.answer({"pets": [{"petType": "fox", "tail": 1}]})
    with pytest.warns(package.ResponseMismatch):
        assert client.owner().pets == [{"petType": "fox", "tail": 1}]


def test_a_reference_to_one_of_them_means_it_alone(client: Any, server: Server, package: Any) -> None:
    server.answer({"kitten": {"petType": "Kitten", "weeks": 3}})
    assert client.owner().kitten == package.models.Kitten(pet_type="Kitten", weeks=3)
