from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server


def test_models_keep_their_names(client: Any, server: Server, package: Any) -> None:
    server.answer({"operation": {"style": "x"}})
    answer = client.resource.read("1")
    assert answer == package.models.Answer(operation=package.models.Operation(style="x"))
    server.take()
    server.answer({"style": "y"})
    assert client.call.calls() == package.models.Operation(style="y")


def test_an_error_has_the_body_that_is_called_as_it_is(client: Any, server: Server, package: Any) -> None:
    server.answer({"missing": "it"}, 404)
    with pytest.raises(package.NotFound) as caught:
        client.resource.read("1")
    assert caught.value.body == package.models.NotFound(missing="it")


def test_the_path_stands_on_a_line_of_its_own(client: Any) -> None:
    lines = (type(client.resource).read.__doc__ or "").splitlines()
    assert any(line.strip().startswith("`GET /a/path/") and line.endswith("/{id}`") for line in lines)
