from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server


def test_they_are_called_as_the_file_or_the_key_that_they_are_under(
    client: Any, server: Server, package: Any
) -> None:
    models = package.models
    server.answer([{"name": "Ann", "home": {"town": "Ulm"}, "kind": "guest"}])
    (user,) = client.list_users()
    assert user == models.User(name="Ann", home=models.Address(town="Ulm"), kind=models.Kind.GUEST)
    server.take()
    server.answer({"message": "no"}, 400)
    with pytest.raises(package.BadRequest) as caught:
        client.add_user(name="Bob", home={"town": "Bonn"})
    assert caught.value.body == models.Error(message="no")
