from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server


@pytest.mark.parametrize("method", ["silent", "closed"])
def test_an_undeclared_key_is_a_misspelling(client: Any, server: Server, package: Any, method: str) -> None:
    with pytest.raises(package.RequestInvalid) as caught:
        getattr(client, method)(body=[{"knwon": "x"}])
    assert [(issue.pointer, issue.keyword) for issue in caught.value.issues] == [
        ("/0/knwon", "additionalProperties")
    ]
    assert server.untouched


def test_unless_the_document_writes_that_there_may_be_more(client: Any, server: Server, package: Any) -> None:
    server.answer(status=204)
    client.open(body=[{"more": "x"}])
    assert server.take().json == [{"more": "x"}]
    client.typed(body=[{"more": 1}])
    assert server.take().json == [{"more": 1}]
    with pytest.raises(package.RequestInvalid) as caught:
        client.typed(body=[{"more": "x"}])
    assert [(issue.pointer, issue.keyword) for issue in caught.value.issues] == [("/0/more", "type")]


def test_an_answer_may_have_more_than_is_declared(client: Any, server: Server) -> None:
    server.answer({"known": "x", "new": 1})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert client.silent(body=[]).known == "x"


def test_unless_the_document_closes_it(package: Any, server: Server) -> None:
    server.answer({"known": "x", "new": 1})
    with (
        package.Client(base_url=server.url, on_mismatch="raise") as client,
        pytest.raises(package.ResponseMismatch) as caught,
    ):
        client.closed(body=[])
    assert [(issue.pointer, issue.keyword) for issue in caught.value.issues] == [
        ("/new", "additionalProperties")
    ]
