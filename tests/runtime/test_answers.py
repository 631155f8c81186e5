"""What is made of answers: values, errors, and warnings where a server strays from its document."""

from __future__ import annotations

import gzip
import json
import warnings
from typing import Any

import httpx2
import pytest
import widgets
from msgspec import UNSET
from telling import TOKEN, everything
from widgets import WIDGET, Part, Problem, Twin, Widget, update

from raw_server import RawServer, reply
from specwright.runtime import errors, statuses
from specwright.runtime.issues import Issue
from specwright.runtime.operation import Answer, Call, Operation
from specwright.runtime.text import sensitive

CALL = update("w1", body={"name": "n"})


def operation(method: str = "GET", **answers: Answer) -> Call[Any]:
    made: Operation[Any] = Operation(
        method, "/x", answers={name.lstrip("_"): answer for name, answer in answers.items()}
    )
    return Call(made)


# Statuses.


@pytest.mark.parametrize(
    ("status", "kind"),
    sorted(
        {
            **statuses.ERRORS,
            300: errors.Redirect,
            302: errors.Redirect,
            418: errors.ClientError,
            499: errors.ClientError,
            520: errors.ServerError,
            599: errors.ServerError,
            600: errors.StatusError,
            999: errors.StatusError,
        }.items()
    ),
)
def test_every_status_has_its_error(twin: Twin, server: RawServer, status: Any, kind: Any) -> None:
    server.answer = reply(status, {"message": "because"}, headers=(("X-Request-Id", "r-1"),))
    with pytest.raises(errors.StatusError) as caught:
        twin(CALL)
    error = caught.value
    assert type(error) is kind
    assert (error.status, error.method, error.path) == (status, "PATCH", "/v1/widgets/{id}")
    assert error.request_id == "r-1"
    assert str(status) in str(error)
    assert ("because" in str(error)) is (status // 100 != 3)


def test_the_map_is_of_classes_of_their_kind() -> None:
    for status, kind in statuses.ERRORS.items():
        assert issubclass(kind, statuses.CLASSES[status // 100])
        assert kind.__doc__.startswith(str(status))
    named = {
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.StatusError)
    }
    assert named == {*statuses.ERRORS.values(), *statuses.CLASSES.values(), errors.StatusError}
    for kind in named:
        assert kind.__name__ in (errors.__doc__ or "")


@pytest.mark.parametrize(
    ("status", "body", "content_type", "expected"),
    [
        (404, {"message": "m", "code": 3}, "application/json", Problem(message="m", code=3)),
        (404, {"message": "m"}, "application/problem+json; charset=utf-8", Problem(message="m")),
        (404, {"message": "m"}, None, Problem(message="m")),
        (404, {"message": "m"}, "text/plain", Problem(message="m")),
        (404, b'\xef\xbb\xbf{"message": "m"}', "application/json", Problem(message="m")),
        (404, {"message": 3}, "application/json", {"message": 3}),
        (404, [1], "application/json", [1]),
        (404, "<h1>gone</h1>", "text/html", "<h1>gone</h1>"),
        (404, "{broken", "application/json", "{broken"),
        (404, b"gr\xfc\xdfe", "text/plain; charset=latin-1", "grüße"),
        (404, b"\xff", "text/plain; charset=nonsense", "\ufffd"),
        (404, "", "application/json", None),
        (409, {"a": 1}, "application/json", {"a": 1}),
        (500, {"message": "m"}, "application/json", Problem(message="m")),
    ],
)
def test_the_body_of_an_error_is_what_the_document_gives_for_its_status(  # noqa: PLR0913, PLR0917  # a table's columns
    twin: Twin, server: RawServer, status: Any, body: Any, content_type: Any, expected: Any
) -> None:
    server.answer = reply(status, body, content_type=content_type)
    with pytest.raises(errors.StatusError) as caught:
        twin(CALL)
    assert caught.value.body == expected
    assert type(caught.value.body) is type(expected)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"message": "one\x1b[31mtwo\n"}, "one\\x1b[31mtwo\\n"),
        ({"error": {"message": "inner"}}, ": inner"),
        ({"errors": [{"detail": "first"}, {"detail": "second"}]}, ": first"),
        ({"unusual": 1}, '{"unusual": 1}'),
        ("<html>\x00\u202e", "<html>\\x00\\u202e"),
        ("x" * 5000, "x" * 200 + "…"),
    ],
)
def test_an_error_tells_what_the_server_says_short_and_printable(
    twin: Twin, server: RawServer, body: Any, words: Any
) -> None:
    server.answer = reply(
        500, body, content_type="application/json" if isinstance(body, dict) else "text/html"
    )
    with pytest.raises(errors.InternalServerError) as caught:
        twin(CALL)
    assert str(caught.value).endswith(words)
    assert str(caught.value).isprintable()


def test_a_huge_error_is_cut_and_is_still_that_error(twin: Twin, server: RawServer) -> None:
    server.answer = reply(500, b"x" * (3 * 2**20), content_type="text/html")
    with pytest.raises(errors.InternalServerError) as caught:
        twin(CALL)
    assert len(caught.value.body) == 2**20


def test_headers_of_errors_print_without_secrets(twin: Twin, server: RawServer) -> None:
    sent = (
        ("Set-Cookie", "sid=SECRET"),
        ("Set-Cookie", "b=SECRET2"),
        ("X-Api-Key", "SECRET"),
        ("Location", "https://x?SECRET"),
        ("X-Plain", "shown"),
        ("X-Latin", "é"),
    )
    server.answer = reply(404, {"message": "m"}, headers=sent)
    with pytest.raises(errors.NotFound) as caught:
        twin(CALL)
    headers = caught.value.headers
    assert headers["set-cookie"] == "sid=SECRET, b=SECRET2"
    assert headers.all("SET-COOKIE") == ["sid=SECRET", "b=SECRET2"]
    assert "X-PLAIN" in headers
    assert "shown" in repr(headers)
    assert "SECRET" not in everything(caught.value)


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("https://other.example/path?token=SECRET", "redirects to https://other.example are not followed"),
        ("http://user:SECRET@169.254.169.254/", "redirects to http://169.254.169.254 are not followed"),
        ("/SECRET", "redirects are not followed"),
        ("file:///SECRET", "redirects are not followed"),
        ("javascript:SECRET", "redirects are not followed"),
        ("", "redirects are not followed"),
        ("http://[SECRET", "redirects are not followed"),
        ("x" * 60_000, "redirects are not followed"),
        (None, "302 Found"),
    ],
)
def test_redirects_are_not_followed_and_tell_only_the_host(
    twin: Twin, server: RawServer, location: Any, words: Any
) -> None:
    headers = () if location is None else (("Location", location),)
    server.answer = reply(302, headers=headers)
    with pytest.raises(errors.Redirect) as caught:
        twin(CALL)
    assert str(caught.value).endswith(words)
    assert "SECRET" not in everything(caught.value)
    assert len(server.seen) == 1


def test_a_caller_s_client_that_follows_redirects_does_not_here(server: RawServer) -> None:
    server.answer = reply(307, headers=(("Location", "/elsewhere"),))
    with httpx2.Client(follow_redirects=True) as own, pytest.raises(errors.Redirect):
        widgets.Client(base_url=server.url, token=TOKEN, http_client=own)._send(CALL, {})
    assert len(server.seen) == 1


# No body.


@pytest.mark.parametrize("status", [204, 205])
def test_no_content_is_none(twin: Twin, server: RawServer, status: Any) -> None:
    server.answer = reply(status, content_type=None)
    assert twin(operation("DELETE", _204=Answer(None), _205=Answer(None))) is None


def test_head_is_none_whatever_the_headers_say(twin: Twin, server: RawServer) -> None:
    server.answer = (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999999999999\r\n\r\n"
    )
    assert twin(operation("HEAD", _200=Answer(None))) is None
    assert twin(operation("HEAD", _200=Answer(Widget))) is None


def test_bytes_behind_an_empty_answer_are_no_part_of_any_answer(server: RawServer) -> None:
    server.answer = [b"HTTP/1.1 204 No Content\r\n\r\n{left over}", reply(200, {"a": 1})]
    with widgets.Client(base_url=server.url, token=TOKEN) as client:
        assert client._send(operation("DELETE", _204=Answer(None)), {}) is None
        assert client._send(operation("GET", _200=Answer(dict)), {"retries": 0}) == {"a": 1}
    assert server.connections == 2


def test_an_operation_that_answers_nothing_reads_nothing(twin: Twin, server: RawServer) -> None:
    server.answer = reply(200, b"whatever", content_type="text/html")
    assert twin(operation(_200=Answer(None))) is None
    assert twin(operation()) is None


# Statuses that the document does not have.


def test_a_success_that_is_not_declared_is_read_as_the_one_that_is(twin: Twin, server: RawServer) -> None:
    server.answer = reply(201, WIDGET)
    with pytest.warns(errors.ResponseMismatch) as caught:
        answer = twin(operation(_200=Answer(Widget)))
    assert answer.id == "w1"
    assert caught[0].message.issues[0].keyword == "status"
    assert twin(operation(_2XX=Answer(Widget))).id == "w1"
    assert twin(operation(default=Answer(Widget))).id == "w1"
    # `default` is there for errors, so the other success is what is meant
    assert twin(operation(_200=Answer(Widget), default=Answer(Problem))).id == "w1"


def test_an_empty_success_that_is_not_declared_is_none(twin: Twin, server: RawServer) -> None:
    server.answer = reply(204, content_type=None)
    with pytest.warns(errors.ResponseMismatch):
        assert twin(operation(_200=Answer(Widget))) is None


# Media types.


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        'Application/JSON; Charset="UTF-8"',
        "application/vnd.x+json",
        None,
        "application/json, text/html",
    ],
)
def test_json_is_read_by_any_of_its_names_and_without_one(
    twin: Twin, server: RawServer, content_type: Any
) -> None:
    server.answer = reply(200, WIDGET, content_type=content_type)
    assert twin(CALL).id == "w1"


def test_json_under_another_name_is_read_and_warned_of(twin: Twin, server: RawServer) -> None:
    server.answer = reply(200, WIDGET, content_type="text/plain")
    with pytest.warns(errors.ResponseMismatch, match="expected application/json, found text/plain"):
        assert twin(CALL).id == "w1"


# What cannot be read.


@pytest.mark.parametrize(
    ("body", "content_type", "words"),
    [
        (b"not json", "application/json", "no JSON at line 1, column 1: not json"),
        (
            b"<html>\x1b",
            "text/html",
            "200 with text/html: the body is no JSON at line 1, column 1: <html>\\x1b",
        ),
        (b"", "application/json", "is empty"),
        (b" \n", "application/json", "is empty"),
        (b"{", "application/json", "no JSON"),
        (b'{"id": NaN}', "application/json", "no JSON"),
        (b'{"id": "x", "owner": null, "size": Infinity}', "application/json", "no JSON"),
        (b'{"id": "x", "owner": null, "size": 1e400}', "application/json", "no JSON"),
        (b'{"size": ' + b"9" * 5000 + b"}", "application/json", "no JSON"),
        (b"[" * 100_000, "application/json", "nested too deep"),
        (b'{"a":' * 100_000, "application/json", "nested too deep"),
        (b"[]", "application/json", "expected an object (Widget), found an array"),
        (b"null", "application/json", "expected an object (Widget), found null"),
        (b'"str"', "application/json", "expected an object (Widget), found a string"),
        (b"1", "application/json", "found a number"),
        (b"\x1f\x8b\x08 not gzip", "application/json", "no JSON"),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_what_cannot_be_read_at_all_is_an_error(
    twin: Twin, server: RawServer, body: Any, content_type: Any, words: Any
) -> None:
    server.answer = reply(200, body, content_type=content_type)
    with pytest.raises(errors.DecodeError) as caught:
        twin(CALL, on_mismatch="ignore")
    error = caught.value
    assert words in str(error)
    assert str(error).isprintable()
    assert len(str(error)) < 400
    assert (error.status, error.raw) == (200, body)
    assert "content-length" in error.headers
    assert error.__context__ is None


def test_what_is_not_compressed_as_it_says(twin: Twin, server: RawServer) -> None:
    server.answer = reply(200, b"plain", headers=(("Content-Encoding", "gzip"),))
    with pytest.raises(errors.TransportError, match="not compressed"):
        twin(CALL)


def test_an_answer_may_be_compressed(twin: Twin, server: RawServer) -> None:
    server.answer = reply(
        200, gzip.compress(json.dumps(WIDGET).encode()), headers=(("Content-Encoding", "gzip"),)
    )
    assert twin(CALL).id == "w1"


# Sizes.


@pytest.mark.parametrize(
    "answer",
    [
        reply(200, b"x" * 2000),
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000000000000\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"3e8\r\n" + b"x" * 1000 + b"\r\n3e8\r\n" + b"x" * 1000 + b"\r\n",
        reply(200, gzip.compress(b"x" * 2000), headers=(("Content-Encoding", "gzip"),)),
    ],
)
def test_an_answer_that_is_too_large_is_not_read(twin: Twin, server: RawServer, answer: Any) -> None:
    server.answer = answer
    with pytest.raises(errors.ResponseTooLarge, match="1500 bytes"):
        twin(CALL, max_response_bytes=1500)


def test_a_bomb_is_stopped_while_it_is_unpacked(twin: Twin, server: RawServer) -> None:
    server.answer = reply(200, gzip.compress(b"x" * 300_000_000, 9), headers=(("Content-Encoding", "gzip"),))
    with pytest.raises(errors.ResponseTooLarge):
        twin(CALL)


@pytest.mark.parametrize("length", ["-1", "+5", "5, 6", "x"])
def test_lengths_that_are_none_are_the_server_s_fault(twin: Twin, server: RawServer, length: Any) -> None:
    server.answer = f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n12345".encode()
    with pytest.raises(errors.TransportError):
        twin(CALL)


@pytest.mark.parametrize(
    "answer",
    [
        b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"id"\r\n',
        b'HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{"id": "w1", "owner": null}',
        b"",
        b"garbage\r\n\r\n",
    ],
)
def test_an_answer_that_breaks_off_is_no_answer(twin: Twin, server: RawServer, answer: Any) -> None:
    server.answer = lambda connection: connection.sendall(answer)
    with pytest.raises(errors.TransportError) as caught:
        twin(CALL)
    assert caught.value.maybe_sent


@pytest.mark.parametrize(
    "extra", [b"Content-Type: application/json\r\nContent-Type: text/html", b"X-Bytes: \xff\xfe", b"X: "]
)
def test_odd_headers_do_not_matter(twin: Twin, server: RawServer, extra: Any) -> None:
    body = json.dumps(WIDGET).encode()
    server.answer = b"HTTP/1.1 200 OK\r\n" + extra + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    assert twin(CALL).id == "w1"


# Lenient reading.


def test_what_could_not_be_read_is_none_and_listed(twin: Twin, server: RawServer) -> None:
    body = {
        "id": 7,
        "size": "big",
        "colour": "mauve",
        "made": "yesterday",
        "parts": [{"part_name": "a", "weight": "heavy"}, 3, {"weight": 1}],
        "unknown": {"x": 1},
        "apiKey": "k",
    }
    server.answer = reply(200, body)
    with pytest.warns(errors.ResponseMismatch) as caught:
        answer = twin(CALL)
    assert answer == Widget(
        id=None,
        size=None,
        colour=widgets.Colour("mauve"),
        made=None,
        parts=[Part(part_name="a"), None, Part(part_name=None, weight=1.0)],
        owner=None,
        api_key="k",
    )
    (warning,) = caught
    assert warning.message.raw == body
    assert {issue.pointer for issue in warning.message.issues} == {
        "", "/id", "/size", "/made", "/parts/0/weight", "/parts/1", "/parts/2",
    }  # fmt: skip
    assert "PATCH /v1/widgets/{id}: the answer is not what the document promises" in str(warning.message)
    assert "unknown" not in str(warning.message)


def test_a_client_may_ignore_raise_or_be_told(twin: Twin, server: RawServer) -> None:
    body = {**WIDGET, "size": "big"}
    server.answer = reply(200, body)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert twin(CALL, on_mismatch="ignore").size is None
    with pytest.raises(errors.ResponseMismatch) as caught:
        twin(CALL, on_mismatch="raise")
    assert [issue.pointer for issue in caught.value.issues] == ["/size"]
    assert caught.value.raw == body
    assert caught.value.__context__ is None
    told: list[errors.ResponseMismatch] = []
    assert twin(CALL, on_mismatch=told.append).id == "w1"
    assert [issue.pointer for issue in told[0].issues] == ["/size"]


def test_the_validator_runs_on_every_answer_when_asked_to(twin: Twin) -> None:
    calls: list[Any] = []

    def picky(value: Any) -> list[Issue]:
        calls.append(value)
        return [Issue("/id", "pattern", "too short")]

    call = operation(_200=Answer(Widget, picky))
    assert twin(call).id == "w1"
    assert calls == []
    with pytest.raises(errors.ResponseMismatch, match="too short"):
        twin(call, on_mismatch="raise")
    told: list[Any] = []
    twin(call, on_mismatch=told.append)
    assert calls == [WIDGET, WIDGET]
    assert len(told) == 1


def test_a_warning_that_is_made_an_error_is_one(twin: Twin, server: RawServer) -> None:
    server.answer = reply(200, {**WIDGET, "size": "big"})
    with warnings.catch_warnings():
        warnings.simplefilter("error", errors.ResponseMismatch)
        with pytest.raises(errors.ApiError, match="/size"):
            twin(CALL)


@pytest.mark.parametrize("on_mismatch", ["warn", "raise"])
@pytest.mark.parametrize(
    "body",
    [
        {**WIDGET, "size": None, "parts": None, "colour": None},
        {**WIDGET, "size": 3.0},
        {**WIDGET, "note": None},
        {**WIDGET, "extra": [1, {"2": 3}], "__class__": "x", "__init__": 1, "self": 2, "cls": 3},
        {**WIDGET, "colour": "never heard of"},
    ],
)
def test_these_are_nothing_to_speak_of(twin: Twin, server: RawServer, body: Any, on_mismatch: Any) -> None:
    def lenient_about_floats(value: Any) -> list[Issue]:
        return [issue for issue in widgets.validate_widget(value) if value.get("size") != 3.0]

    server.answer = reply(200, body)
    answer = twin(operation(_200=Answer(Widget, lenient_about_floats)), on_mismatch=on_mismatch)
    assert answer.id == "w1"
    assert answer.size == (3 if body["size"] else None)
    assert answer.note is (None if "note" in body else UNSET)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b'\xef\xbb\xbf{"id": "w1", "owner": null}', "w1"),
        (b'{"id": "a\x01b", "owner": null}', "a\x01b"),
        (b'{"id": "a\xffb", "owner": null}', "a\ufffdb"),
        (b'{"id": "\\ud800x", "owner": null}', "\ufffdx"),
        (b'{"id": "\\ud83d\\ude00 \\udc00", "owner": null}', "😀 \ufffd"),
        (b'{"id": "\\u0000\\u001b", "owner": null}', "\x00\x1b"),
    ],
)
def test_text_that_is_a_little_off_is_read(twin: Twin, server: RawServer, body: Any, text: Any) -> None:
    server.answer = reply(200, body)
    answer = twin(CALL, on_mismatch="raise")
    assert answer.id == text
    assert repr(answer).isprintable()
    assert json.dumps(answer.as_input()) is not None


def test_deep_but_readable_nesting_in_what_strays_is_no_crash(twin: Twin, server: RawServer) -> None:
    inner: Any = {"id": 1}
    for _ in range(400):
        inner = {"child": inner}
    server.answer = reply(200, json.dumps({**WIDGET, "size": "big", "unknown": inner}))
    with pytest.warns(errors.ResponseMismatch):
        assert twin(CALL).id == "w1"


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("password", True),
        ("apiKey", True),
        ("api_key", True),
        ("access_token", True),
        ("clientSecret", True),
        ("private-key", True),
        ("max_tokens", False),
        ("tokenizer", False),
        ("private", False),
        ("key", False),
        ("name", False),
    ],
)
def test_which_names_look_like_secrets(name: str, *, secret: bool) -> None:
    assert sensitive(name) is secret
