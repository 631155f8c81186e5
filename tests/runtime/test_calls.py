"""What goes over the wire, and what comes back, with clients of both kinds against a server on loopback."""

from __future__ import annotations

import asyncio
import copy
import datetime as dt
import logging
import pickle
import threading
import warnings
from typing import Any
from uuid import UUID

import httpx2
import pytest
import widgets
from telling import TOKEN, everything
from widgets import Part, Twin, Widget, update

from raw_server import RawServer, reply
from specwright.runtime import errors
from specwright.runtime.operation import Answer, Call, Operation
from specwright.runtime.parameters import Style
from specwright.runtime.types import OMIT


def test_a_call_sends_what_the_document_says_and_reads_the_answer(twin: Twin, server: RawServer) -> None:
    answer = twin(update("w 1", tag="t", q=["a", "b"], body={"name": "n", "size": 2}))
    assert answer == Widget(
        id="w1", owner=None, size=3, colour=widgets.Colour.RED, parts=[Part(part_name="p")]
    )
    seen = server.last
    assert (seen.method, seen.target) == ("PATCH", "/v1/widgets/w%201?q=a&q=b")
    assert seen.json == {"name": "n", "size": 2}
    assert seen.header("authorization") == f"Bearer {TOKEN}"
    assert seen.header("content-type") == "application/json"
    assert seen.header("accept") == "application/json"
    assert seen.header("x-tag") == "t"
    assert seen.header("user-agent") == "specwright"


def test_resources_send_as_their_client_does(server: RawServer) -> None:
    with widgets.Client(base_url=server.url, token=TOKEN) as client:
        assert client.widgets.update("w1", body={"name": "n"}).id == "w1"
        assert client.widgets is client.widgets

    async def main() -> str:
        async with widgets.AsyncClient(base_url=server.url, token=TOKEN) as client:
            return (await client.widgets.update("w1", body={"name": "n"})).id

    assert asyncio.run(main()) == "w1"


def test_what_is_omitted_is_not_sent(twin: Twin, server: RawServer) -> None:
    twin(update("w1", body={"name": "n", "size": OMIT, "settings": {"deep": OMIT}}))
    assert server.last.json == {"name": "n", "settings": {}}
    assert server.last.target == "/v1/widgets/w1"
    assert server.last.header("x-tag") is None
    assert server.last.header("cookie") is None


def test_none_is_null(twin: Twin, server: RawServer) -> None:
    twin(update("w1", body={"name": "n", "settings": None}))
    assert server.last.json == {"name": "n", "settings": None}


def test_values_of_python_are_sent_as_their_formats(twin: Twin, server: RawServer) -> None:
    made = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
    twin(
        update(
            "w1",
            body={"name": "n", "made": made, "settings": {"id": UUID(int=7), "colour": widgets.Colour.RED}},
        )
    )
    assert server.last.json == {
        "name": "n",
        "made": "2026-01-02T03:04:05Z",
        "settings": {"id": "00000000-0000-0000-0000-000000000007", "colour": "red"},
    }


def test_a_model_is_sent_without_what_is_read_only(twin: Twin, server: RawServer) -> None:
    part = Part(part_name="p", weight=2.5)
    twin(
        update(
            "w1", body={"name": "n", "parts": [part], "settings": Widget(id="x", owner=None, parts=[part])}
        )
    )
    assert server.last.json == {
        "name": "n",
        "parts": [{"part_name": "p"}],
        "settings": {"owner": None, "parts": [{"part_name": "p"}]},
    }


def test_a_body_that_is_not_given_is_not_sent(twin: Twin, server: RawServer) -> None:
    twin(update("w1"))
    assert server.last.body == b""
    assert server.last.header("content-type") is None


def test_an_optional_body_with_nothing_in_it_is_not_sent(twin: Twin, server: RawServer) -> None:
    operation: Operation[None] = Operation("POST", "/x", body_required=False, answers={"200": Answer(None)})
    assert twin(Call(operation, body={"a": OMIT})) is None
    assert server.last.body == b""
    assert server.last.header("content-length") == "0"


def test_everything_that_is_wrong_comes_at_once_and_nothing_is_sent(twin: Twin, server: RawServer) -> None:
    with pytest.raises(errors.RequestInvalid) as caught:
        twin(
            update(
                "..",
                tag="x" * 30,
                sid=["a", ["b"]],
                body={"size": "big", "made": dt.datetime(2026, 1, 1), "nmae": "n"},  # noqa: DTZ001
            )
        )
    assert {(issue.pointer, issue.keyword) for issue in caught.value.issues} == {
        ("/made", "format"),
        ("/nmae", "additionalProperties"),
        ("", "required"),
        ("/size", "type"),
        ("/header/X-Tag", "maxLength"),
        ("/path/id", "minLength"),
        ("/cookie/sid", "type"),
    }
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, errors.ApiError)
    assert "Nothing was sent." in str(caught.value)
    assert server.seen == []


def test_what_cannot_be_encoded_is_not_blamed_twice(twin: Twin) -> None:
    with pytest.raises(errors.RequestInvalid) as caught:
        twin(update("w1", body={"name": object()}))
    assert [issue.pointer for issue in caught.value.issues] == ["/name"]
    assert "object" in caught.value.issues[0].message


def test_a_long_list_of_issues_is_cut_in_the_message_alone(twin: Twin) -> None:
    with pytest.raises(errors.RequestInvalid) as caught:
        twin(update("w1", body={"name": "n", **{f"x{n}": n for n in range(40)}}))
    assert len(caught.value.issues) == 40
    assert "and 30 more" in str(caught.value)


def test_a_client_may_warn_of_requests_instead(twin: Twin, server: RawServer) -> None:
    with pytest.warns(errors.RequestMismatch) as caught:
        twin(update("w1", body={"size": "big"}), check_requests="warn")
    (warning,) = caught
    assert [issue.pointer for issue in warning.message.issues] == ["", "/size"]
    assert server.last.json == {"size": "big"}


def test_a_client_that_only_warns_still_refuses_what_cannot_be_sent(twin: Twin, server: RawServer) -> None:
    with pytest.raises(errors.RequestInvalid):
        twin(update("", body={"name": "n"}), check_requests="warn")
    with pytest.raises(errors.RequestInvalid):
        twin(update("w1", body={"name": float("nan")}), check_requests="off")
    assert server.seen == []


def test_a_client_may_not_check_requests(twin: Twin, server: RawServer) -> None:
    twin(update("w1", body={"size": "big"}), check_requests="off")
    assert server.last.json == {"size": "big"}


def test_extra_headers_query_and_body_go_with_the_call(twin: Twin, server: RawServer) -> None:
    twin(
        update("w1", q="1", tag="t", body={"name": "n", "size": 1}),
        {
            "extra_headers": {"x-tag": "mine", "X-Other": "o"},
            "extra_query": {"page": 2, "q2": ["a", "b"], "none": None},
            "extra_body": {"size": "huge", "unheard": {"of": True}},
        },
    )
    seen = server.last
    assert seen.target == "/v1/widgets/w1?q=1&page=2&q2=a&q2=b"
    assert (seen.header("X-Tag"), seen.header("X-Other")) == ("mine", "o")
    assert seen.json == {"name": "n", "size": "huge", "unheard": {"of": True}}


def test_extra_body_can_be_the_whole_body_and_must_fit_the_body(twin: Twin, server: RawServer) -> None:
    twin(update("w1"), {"extra_body": {"a": 1}})
    assert server.last.json == {"a": 1}
    with pytest.raises(TypeError, match="extra_body"):
        twin(Call(Operation("POST", "/x"), body=[1]), {"extra_body": {"a": 1}})


@pytest.mark.parametrize("name", ["Content-Length", "transfer-encoding", "Host", "bad name", "a:b", ""])
def test_headers_of_the_connection_and_names_that_are_none_are_refused(
    twin: Twin, server: RawServer, name: Any
) -> None:
    with pytest.raises(errors.RequestInvalid):
        twin(update("w1", body={"name": "n"}), {"extra_headers": {name: "1"}})
    assert server.seen == []


def test_options_are_spelled_as_they_are_documented(twin: Twin, server: RawServer) -> None:
    with pytest.raises(TypeError, match=r"'tiemout'.*timeout"):
        twin(update("w1"), {"tiemout": 3})
    with pytest.raises(TypeError, match="'max_retires'"):
        twin(update("w1"), max_retires=3)
    for wrong in ({"check_requests": "no"}, {"on_mismatch": "shout"}, {"max_response_bytes": 0}):
        with pytest.raises(ValueError, match=next(iter(wrong))):
            twin(update("w1"), **wrong)
    assert server.seen == []


@pytest.mark.parametrize(
    ("styles", "value", "target"),
    [
        ({}, [1, 2], "/p/x?q=1&q=2"),
        ({"q": Style("form")}, [1, 2], "/p/x?q=1,2"),
        (
            {"q": Style("deepObject", explode=True)},
            {"a": 1, "b": {"c": [2, 3]}},
            "/p/x?q%5Ba%5D=1&q%5Bb%5D%5Bc%5D%5B0%5D=2&q%5Bb%5D%5Bc%5D%5B1%5D=3",
        ),
    ],
)
def test_styles_of_parameters_are_data_of_the_operation(
    twin: Twin, server: RawServer, styles: Any, value: Any, target: Any
) -> None:
    operation: Operation[None] = Operation(
        "GET", "/p/{id}", styles={"query": styles}, answers={"200": Answer(None)}
    )
    twin(Call(operation, path={"id": "x"}, query={"q": value}))
    assert server.last.target == target


def test_a_caller_may_bring_an_http_client_and_keeps_it(server: RawServer) -> None:
    with httpx2.Client(
        headers={"X-Mine": "1", "User-Agent": "mine/1"}, timeout=0.001, params={"p": "1"}
    ) as own:
        with widgets.Client(base_url=server.url, token=TOKEN, http_client=own) as client:
            client.widgets.update("w1", body={"name": "n"})
        assert not own.is_closed
    seen = server.last
    assert (seen.header("x-mine"), seen.header("user-agent")) == ("1", "mine/1")
    assert seen.target == "/v1/widgets/w1?p=1"
    assert seen.header("authorization") == f"Bearer {TOKEN}"


def test_an_http_client_of_the_other_kind_is_refused(server: RawServer) -> None:
    with pytest.raises(TypeError, match=r"httpx2\.Client"):
        widgets.Client(base_url=server.url, http_client=httpx2.AsyncClient())
    with httpx2.Client() as own, pytest.raises(TypeError, match=r"httpx2\.AsyncClient"):
        widgets.AsyncClient(base_url=server.url, http_client=own)


def test_a_closed_client_says_so(server: RawServer) -> None:
    client = widgets.Client(base_url=server.url, token=TOKEN)
    client.close()
    client.close()
    with pytest.raises(errors.ClientClosed) as caught:
        client.widgets.update("w1", body={"name": "n"})
    assert isinstance(caught.value, RuntimeError)

    async def main() -> None:
        client = widgets.AsyncClient(base_url=server.url, token=TOKEN)
        await client.aclose()
        await client.aclose()
        await client.widgets.update("w1", body={"name": "n"})

    with pytest.raises(errors.ClientClosed):
        asyncio.run(main())
    own = httpx2.Client()
    own.close()
    with pytest.raises(errors.ClientClosed):
        widgets.Client(base_url=server.url, token=TOKEN, http_client=own).widgets.update(
            "w1", body={"name": "n"}
        )
    assert server.seen == []


def test_threads_and_tasks_may_share_a_client(server: RawServer) -> None:
    with widgets.Client(base_url=server.url, token=TOKEN) as client:
        threads = [
            threading.Thread(target=client.widgets.update, args=(f"w{n}",), kwargs={"body": {"name": str(n)}})
            for n in range(20)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert {(seen.target[-2:].strip("w"), seen.json["name"]) for seen in server.seen} == {
        (str(n), str(n)) for n in range(20)
    }

    async def main() -> None:
        async with widgets.AsyncClient(base_url=server.url, token=TOKEN) as client:
            await asyncio.gather(*(client.widgets.update(f"w{n}", body={"name": "n"}) for n in range(20)))

    asyncio.run(main())
    assert len(server.seen) == 40


def test_a_connection_is_used_again(server: RawServer) -> None:
    with widgets.Client(base_url=server.url, token=TOKEN) as client:
        for _ in range(3):
            client.widgets.update("w1", body={"name": "n"})
    assert server.connections == 1


def test_clients_cannot_be_pickled_or_copied_and_print_without_secrets(server: RawServer) -> None:
    client = widgets.Client(base_url=server.url, token=TOKEN)
    for spread in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="cannot be pickled"):
            spread(client)
    assert repr(client) == f"Client(base_url='{server.url}')"
    assert repr(client.widgets) == f"<Widgets of {client!r}>"
    assert TOKEN not in repr(vars(client))
    client.close()


def test_the_log_has_method_path_status_and_time_alone(twin: Twin, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="specwright"):
        twin(update("secret-id", q="secret-q", tag="secret-tag", body={"name": "secret-name"}))
    (record,) = [record for record in caplog.records if record.name == "specwright"]
    assert record.getMessage().startswith("PATCH /v1/widgets/{id}: 200 after 0.")
    assert "secret" not in record.getMessage()


@pytest.mark.parametrize(
    "path", ["@evil.example/x", ".evil.example/x", "//evil.example/x", ":1/x", "https://evil.example/x"]
)
def test_no_path_leads_to_another_host(twin: Twin, server: RawServer, path: Any) -> None:
    operation: Operation[None] = Operation("GET", path, answers={"200": Answer(None)})
    if path.startswith("//"):  # to our own server, whatever it makes of it
        twin(Call(operation))
        assert server.last.target == path
    else:
        with pytest.raises(errors.RequestInvalid, match=r"Nothing was sent\.") as caught:
            twin(Call(operation))
        assert TOKEN not in everything(caught.value)
        assert server.seen == []


def test_a_url_that_is_too_long_is_refused(twin: Twin, server: RawServer) -> None:
    with pytest.raises(errors.RequestInvalid, match="too long"):
        twin(update("x" * 70_000, body={"name": "n"}))
    assert server.seen == []


def test_fixed_parts_of_a_path_are_encoded_and_values_inserted_once(twin: Twin, server: RawServer) -> None:
    operation: Operation[None] = Operation(
        "GET", "/ä b/%7Bx%7D/{a}:run/{b}.json", answers={"200": Answer(None)}
    )
    twin(Call(operation, path={"a": "{b}", "b": "%s{0.__class__}"}))
    assert server.last.target == "/%C3%A4%20b/%7Bx%7D/%7Bb%7D:run/%25s%7B0.__class__%7D.json"


def test_a_missing_path_parameter_is_an_issue(twin: Twin) -> None:
    operation: Operation[None] = Operation("GET", "/a/{id}", answers={"200": Answer(None)})
    with pytest.raises(errors.RequestInvalid) as caught:
        twin(Call(operation, path={"id": OMIT}))
    assert caught.value.issues[0][:2] == ("/path", "required")


def test_warnings_point_at_the_line_of_the_caller(server: RawServer) -> None:
    server.answer = reply(200, {"id": 1, "owner": None})
    client = widgets.Client(base_url=server.url, token=TOKEN)
    with client, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        client._send(update("w1", body={"name": "n"}), {})
    assert [warning.filename for warning in caught] == [__file__]


def test_a_base_url_with_a_path_and_a_slash_is_joined(twin: Twin, server: RawServer) -> None:
    twin(update("w1", body={"name": "n"}), base_url=f"{server.url}/base/")
    assert server.last.target == "/base/v1/widgets/w1"
