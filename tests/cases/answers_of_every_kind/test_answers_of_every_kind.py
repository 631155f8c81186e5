from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server


@pytest.mark.parametrize("method", ["nothing", "silent", "bare", "head"])
def test_no_body_is_none(client: Any, server: Server, method: str) -> None:
    server.answer(status=204 if method == "nothing" else 200)
    assert getattr(client, method)() is None


def test_text_and_bytes_are_what_they_are(client: Any, server: Server) -> None:
    server.answer("Größe".encode(), media_type="text/plain; charset=utf-8")
    assert client.text() == "Größe"
    server.answer(b"\x89PNG", media_type="image/png")
    assert client.bytes() == b"\x89PNG"


def test_json_of_any_shape_is_as_it_came(client: Any, server: Server) -> None:
    server.answer({"a": [1, None]})
    assert client.anything() == {"a": [1, None]}


def test_json_may_have_another_name(client: Any, server: Server) -> None:
    server.answer({"name": "x"}, media_type="application/vnd.thing+json")
    assert client.vendor().name == "x"


def test_each_status_has_its_own(client: Any, server: Server, package: Any) -> None:
    server.answer({"name": "x"})
    assert client.either() == package.models.Thing(name="x")


@pytest.mark.parametrize(("status", "body"), [(202, {"ticket": "t"}), (204, None)])
def test_another_success_has_its_own_too(
    client: Any, server: Server, package: Any, status: int, body: Any
) -> None:
    server.answer(body, status=status)
    assert client.either() == (package.models.Ticket(ticket="t") if body else None)


def test_default_is_the_success_where_no_other_is(client: Any, server: Server, package: Any) -> None:
    server.answer({"name": "x"}, status=201)
    assert client.default() == package.models.Thing(name="x")


def test_the_nearest_description_of_a_status_counts(client: Any, server: Server, package: Any) -> None:
    models = package.models
    server.answer({"name": "x"}, status=203)
    assert client.range() == models.Thing(name="x")
    for status, body, error, expected in (
        (404, {"ticket": "t"}, package.NotFound, models.Ticket(ticket="t")),
        (409, {"reason": "r"}, package.Conflict, models.Fault(reason="r")),
        (400, {"reason": "r"}, package.BadRequest, models.Fault(reason="r")),
    ):
        server.answer(body, status=status)
        with pytest.raises(error) as caught:
            client.range()
        assert caught.value.body == expected
    server.answer(b"out of order", status=503, media_type="text/plain")
    with pytest.raises(package.ServiceUnavailable) as caught:
        client.range()
    assert caught.value.body == "out of order"


def test_an_answer_may_be_described_elsewhere(client: Any, server: Server, package: Any) -> None:
    server.answer({"name": "x"})
    assert client.shared() == package.models.Thing(name="x")
