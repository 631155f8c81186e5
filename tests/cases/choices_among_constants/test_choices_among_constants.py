from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server


def test_they_are_enums(client: Any, server: Server, package: Any) -> None:
    server.answer({"colour": "red", "level": 9})
    light = client.switch(colour="red", level=9)
    assert light.colour is package.models.Colour.RED
    assert light.level == 9


def test_open_in_answers_and_closed_in_requests(client: Any, server: Server, package: Any) -> None:
    server.answer({"colour": "blue"})
    assert client.switch(colour="green").colour == "blue"
    server.take()
    with pytest.raises(package.RequestInvalid) as caught:
        client.switch(colour="blue")
    assert [(issue.pointer, issue.keyword) for issue in caught.value.issues] == [("/colour", "enum")]
