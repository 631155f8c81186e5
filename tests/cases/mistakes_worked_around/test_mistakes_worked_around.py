from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server


def test_a_required_name_that_is_no_property_is_not_asked_for(client: Any, server: Server) -> None:
    server.answer(1)
    client.make("1", name="a")
    assert server.take().json == {"name": "a"}


def test_what_a_reference_to_nowhere_stands_for_is_any_json(client: Any, server: Server) -> None:
    for anything in ([1, {"a": None}], "text", None):
        server.answer(anything)
        assert client.make("1", name="a", lost=anything, self_body=anything, kind=anything) == anything
        assert server.take().json == {"name": "a", "lost": anything, "self": anything, "kind": anything}


def test_a_value_twice_in_an_enum_is_one(package: Any) -> None:
    assert [member.value for member in package.models.ThingChoice] == ["a", "b"]


def test_the_rest_still_holds(client: Any, server: Server, package: Any) -> None:
    with pytest.raises(package.RequestInvalid) as caught:
        client.make("1", name=1, count="x")
    assert {issue.pointer for issue in caught.value.issues} == {"/name", "/count"}
    assert server.untouched


def test_two_operations_of_one_id_are_told_apart(client: Any, server: Server) -> None:
    server.answer(status=204)
    client.get_put_things_id("1")
    assert server.take().method == "PUT"


def test_a_path_has_the_parameters_that_it_names(client: Any, server: Server) -> None:
    server.answer({"name": "a"})
    client.get("a/b", page=1)
    assert server.take().target == "/things/a%2Fb?page=1"


def test_what_demands_a_credential_that_nobody_describes_is_never_sent_without(
    client: Any, server: Server, package: Any
) -> None:
    with pytest.raises(package.MissingCredentials, match="`nobody`"):
        client.closed()
    assert server.untouched
