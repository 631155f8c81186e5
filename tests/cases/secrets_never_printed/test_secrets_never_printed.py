from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server

SECRET = "hunter2-hunter2"  # noqa: S105 - made up, to be looked for in what is printed
LONG = SECRET * 100


def test_a_model_covers_them(client: Any, server: Server) -> None:
    server.answer({"key": SECRET, "name": "Ann"})
    session = client.login("t", phrase=LONG)
    assert session.key == SECRET
    assert repr(session) == "Session(key='***', name='Ann')"
    assert SECRET not in f"{session} {[session]}"


def test_issues_do_not_tell_them(client: Any, package: Any) -> None:
    with pytest.raises(package.RequestInvalid) as caught:
        client.login(
            SECRET * 3,
            x_pass=SECRET * 3,
            phrase=SECRET,
            pin=31337,
            code=SECRET,
            nested={"deep": SECRET},
            plain="shown",
        )
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + repr(caught.value.issues)
    assert SECRET not in told
    assert "31337" not in told
    assert '"shown"' in told
    assert {issue.pointer for issue in caught.value.issues} == {
        "/path/ticket", "/header/X-Pass", "/phrase", "/pin", "/code", "/nested/deep", "/plain",
    }  # fmt: skip


def test_an_error_that_repeats_them_is_covered(client: Any, server: Server, package: Any) -> None:
    server.answer({"message": f"unknown phrase {LONG} and ticket {SECRET}-ticket"}, status=401)
    with pytest.raises(package.Unauthorized) as caught:
        client.login(f"{SECRET}-ticket", phrase=LONG)
    assert SECRET not in "".join(traceback.format_exception(caught.value)) + repr(caught.value)
