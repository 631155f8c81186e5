from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cases.server import Server


def test_what_can_be_called_then_is_in_the_docstring(package: Any) -> None:
    doc = " ".join(package.Client.create_user.__doc__.split())
    assert (
        "`client.people.get_user(id='$response.body#/id', x_trace='$request.header.X-Trace')`: The user, later."
        in doc
    )
    assert "`client.rename_user(id='$response.body#/id', **'$request.body')`: Rename" in doc
    assert "`https://other.example/openapi.yaml#/paths/~1x/get()`: Elsewhere" in doc


def test_so_are_the_headers_of_answers(package: Any) -> None:
    doc = package.Client.create_user.__doc__
    assert "X-Rate-Limit (201): Calls that are left." in doc
    assert "Location (201): Where it is." in doc
    assert "Never told." not in doc


def test_the_calls_are_calls(client: Any, server: Server) -> None:
    server.answer({"id": "u 1"}, status=201)
    user = client.create_user()
    server.take()
    server.answer({"id": "u 1"})
    assert client.people.get_user(user.id).id == user.id
    assert server.take().target == "/users/u%201"
