from __future__ import annotations

from typing import Any

import pytest


def test_the_body_of_each_is_read(package: Any) -> None:
    pet = package.models.Pet(name="Rex")
    assert package.read_new_pet(b'{"name": "Rex"}') == pet
    assert package.webhooks.read_new_pet('{"name": "Rex"}') == pet
    assert package.read_pet_gone(b'{"id": 1}') == package.models.PetGonePayload(id=1)
    assert package.read_pets_changed(b'[{"name": "Rex"}]') == [pet]
    assert package.read_batch_put("größer".encode()) == "größer"
    assert not hasattr(package.webhooks, "read_ping")


def test_what_strays_is_told_as_in_answers(package: Any) -> None:
    with pytest.warns(package.ResponseMismatch, match="the webhook `pet.gone`") as caught:
        assert package.read_pet_gone(b'{"id": "x"}').id is None
    assert [issue.pointer for issue in caught[0].message.issues] == ["/id"]
    with pytest.raises(package.ResponseMismatch):
        package.read_new_pet(b'{"name": "Rex", "secret": "s"}', on_mismatch="raise")
    seen: list[Any] = []
    package.read_pet_gone(b"{}", on_mismatch=seen.append)
    assert len(seen) == 1


@pytest.mark.parametrize("body", [b"", b"nonsense", b"[]"])
def test_what_cannot_be_read_is_refused(package: Any, body: bytes) -> None:
    with pytest.raises(package.DecodeError, match="the webhook `newPet`: the body") as caught:
        package.read_new_pet(body, on_mismatch="ignore")
    assert (caught.value.raw, caught.value.status) == (body, 0)


def test_what_is_said_of_each_is_in_its_docstring(package: Any) -> None:
    doc = package.read_new_pet.__doc__
    assert "Read the body of the webhook `newPet`." in doc
    assert "A pet came. It is sent once for each." in doc


def test_each_has_a_validator(package: Any) -> None:
    assert package.validators.validate_pet_gone_payload({"reason": 1})
