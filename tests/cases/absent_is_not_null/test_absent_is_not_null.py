from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

if TYPE_CHECKING:
    from cases.server import Server

LEAST = {"must": "a", "mustOrNull": None, "part": None}


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({}, {}),
        ({"may_or_null": None}, {"mayOrNull": None}),
        ({"may_or_null": "b"}, {"mayOrNull": "b"}),
        ({"may": "b"}, {"may": "b"}),
        ({"anything": None}, {"anything": None}),
        ({"only_null": None}, {"onlyNull": None}),
        (
            {"part": {"mustOrNull": None, "mayOrNull": None}},
            {"part": {"mustOrNull": None, "mayOrNull": None}},
        ),
        ({"parts": [1, None]}, {"parts": [1, None]}),
    ],
)
def test_null_is_sent_and_what_is_absent_is_not(client: Any, server: Server, given: Any, sent: Any) -> None:
    server.answer(LEAST)
    client.write(**{"must": "a", "must_or_null": None, "part": None, **given})
    assert server.take().json == LEAST | sent


def test_omit_says_that_nothing_is_given(client: Any, server: Server, package: Any) -> None:
    server.answer(LEAST)
    client.write(must="a", must_or_null=None, part=None, may=package.OMIT, may_or_null=package.OMIT)
    assert server.take().json == LEAST


@pytest.mark.parametrize("name", ["must", "may"])
def test_null_is_refused_where_it_is_no_value(client: Any, server: Server, package: Any, name: str) -> None:
    with pytest.raises(package.RequestInvalid) as caught:
        client.write(**{"must": "a", "must_or_null": None, "part": None, name: None})
    assert [(issue.pointer, issue.keyword) for issue in caught.value.issues] == [(f"/{name}", "type")]
    assert server.untouched


@pytest.mark.parametrize(
    "answer",
    [
        LEAST,
        LEAST | {"mayOrNull": None},
        LEAST | {"mayOrNull": "b", "may": "c"},
        LEAST | {"part": {"mustOrNull": None}},
        LEAST | {"part": {"mustOrNull": "x", "mayOrNull": None}},
        LEAST | {"parts": [None, 1]},
        LEAST | {"anything": 1},
        LEAST | {"anything": None},
        LEAST | {"onlyNull": None},
    ],
)
def test_an_answer_goes_back_as_it_came(client: Any, server: Server, answer: Any) -> None:
    server.answer(answer)
    note = client.write(must="a", must_or_null=None, part=None)
    assert note.as_input() == answer
    assert msgspec.json.decode(msgspec.json.encode(note)) == answer


def test_an_answer_tells_absent_from_null(client: Any, server: Server) -> None:
    server.answer(LEAST)
    note = client.write(must="a", must_or_null=None, part=None)
    assert (note.must_or_null, note.may, note.may_or_null) == (None, None, msgspec.UNSET)
    server.answer(LEAST | {"mayOrNull": None})
    assert client.write(must="a", must_or_null=None, part=None).may_or_null is None


def test_null_for_what_is_optional_is_nothing_to_speak_of(client: Any, server: Server, package: Any) -> None:
    server.answer(LEAST | {"may": None})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert client.write(must="a", must_or_null=None, part=None).may is None
    server.answer(LEAST | {"must": None})
    with pytest.warns(package.ResponseMismatch):
        assert client.write(must="a", must_or_null=None, part=None).must is None


def test_a_query_has_no_null(client: Any, server: Server) -> None:
    server.answer(LEAST)
    client.write(after=None, must="a", must_or_null=None, part=None)
    assert server.take().target == "/notes"
