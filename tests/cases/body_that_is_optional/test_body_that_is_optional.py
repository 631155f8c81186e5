from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server


@pytest.fixture(autouse=True)
def _bodiless(server: Server) -> None:
    server.answer(status=204)


def test_nothing_is_sent_where_nothing_is_given(client: Any, server: Server) -> None:
    client.start_job()
    seen = server.take()
    assert seen.body == b""
    assert "content-type" not in seen.headers
    client.replace_jobs()
    assert server.take().body == b""


def test_what_is_given_is_sent(client: Any, server: Server) -> None:
    client.start_job(queue="q", priority=1)
    assert server.take().json == {"queue": "q", "priority": 1}
    client.replace_jobs(body=[])
    assert server.take().json == []


def test_what_a_body_must_have_it_must_have(client: Any, server: Server, package: Any) -> None:
    with pytest.raises(package.RequestInvalid) as caught:
        client.start_job(priority=1)
    assert [(issue.pointer, issue.keyword) for issue in caught.value.issues] == [("", "required")]
    assert server.untouched


def test_a_body_that_must_be_there_is_sent_empty(client: Any, server: Server) -> None:
    client.change_jobs()
    assert server.take().body == b"{}"
