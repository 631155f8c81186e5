from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server


def test_comes_as_body(client: Any, server: Server, package: Any) -> None:
    server.answer(status=204)
    assert client.set_tags(body=[{"name": "a"}, package.models.Tag(name="b")]) is None
    assert server.take().json == [{"name": "a"}, {"name": "b"}]


def test_an_empty_one_is_sent_too(client: Any, server: Server) -> None:
    server.answer(status=204)
    client.set_tags(body=[])
    assert server.take().body == b"[]"


def test_text_is_a_body_of_json(client: Any, server: Server) -> None:
    server.answer(2)
    assert client.count_words(body="two words") == 2
    assert server.take().json == "two words"


def test_is_checked(client: Any, server: Server, package: Any) -> None:
    with pytest.raises(package.RequestInvalid) as caught:
        client.set_tags(body=[{"name": 1}, {}, {}])
    assert [issue.pointer for issue in caught.value.issues] == ["", "/0/name", "/1", "/2"]
    with pytest.raises(package.RequestInvalid):
        client.count_words(body="")
    assert server.untouched
