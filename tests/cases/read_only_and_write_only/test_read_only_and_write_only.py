from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_type_hints

import pytest

if TYPE_CHECKING:
    from cases.server import Server

ANSWER = {
    "id": "a-1",
    "name": "Ann",
    "created": "2026-01-31T12:00:00Z",
    "owner": {"email": "ann@example.com", "verified": True},
    "others": [{"email": "bob@example.com", "verified": False}],
    "by_name": {"cid": {"email": "cid@example.com", "verified": False}},
}


def test_each_side_has_what_it_sends(package: Any) -> None:
    models, inputs = package.models, package.inputs
    assert {"id", "created"} <= set(models.Account.__struct_fields__)
    assert not {"pin", "hint"} & set(models.Account.__struct_fields__)
    given = get_type_hints(inputs.AccountInput, vars(inputs))
    assert {"pin", "hint"} <= given.keys()
    assert not {"id", "created"} & given.keys()
    assert get_type_hints(inputs.OwnerInput, vars(inputs)).keys() == {"email", "token"}
    assert not hasattr(inputs, "AuditInput")
    assert not hasattr(models.Audit, "as_input")


def test_what_is_write_only_is_sent_and_not_awaited(client: Any, server: Server, package: Any) -> None:
    server.answer(ANSWER)
    account = client.create(name="Ann", pin="1234", owner={"email": "ann@example.com", "token": "t"})
    assert server.take().json == {
        "name": "Ann", "pin": "1234", "owner": {"email": "ann@example.com", "token": "t"},
    }  # fmt: skip
    assert (account.id, account.owner.verified) == ("a-1", True)
    assert package.validators.validate_account(ANSWER) == []


def test_what_is_read_only_is_refused(client: Any, server: Server, package: Any) -> None:
    with pytest.raises(package.RequestInvalid) as caught:
        client.create(name="Ann", pin="1234", owner={"email": "a", "verified": True})
    assert [(issue.pointer, issue.keyword) for issue in caught.value.issues] == [
        ("/owner/verified", "readOnly")
    ]
    with pytest.raises(TypeError):
        client.create(name="Ann", pin="1234", id="a-1")
    assert server.untouched


def test_an_answer_becomes_an_input(client: Any, server: Server) -> None:
    server.answer(ANSWER)
    account = client.create(name="Ann", pin="1234")
    server.take()
    given = account.as_input()
    assert given == {
        "name": "Ann",
        "owner": {"email": "ann@example.com"},
        "others": [{"email": "bob@example.com"}],
        "by_name": {"cid": {"email": "cid@example.com"}},
    }
    client.create(**given, pin="5678")
    assert server.take().json == given | {"pin": "5678"}


def test_a_model_may_be_sent_as_it_is(client: Any, server: Server, package: Any) -> None:
    server.answer(ANSWER)
    client.create(name="Ann", pin="1234", owner=package.models.Owner(email="ann@example.com", verified=True))
    assert server.take().json["owner"] == {"email": "ann@example.com"}


def test_a_server_that_tells_what_is_write_only_is_told_on(package: Any) -> None:
    (issue,) = package.validators.validate_account(ANSWER | {"pin": "4321-secret"})
    assert (issue.pointer, issue.keyword) == ("/pin", "writeOnly")
    assert "4321" not in issue.message
