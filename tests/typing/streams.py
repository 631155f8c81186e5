"""How answers that come one after another are meant to be used, and what is wrong with it."""

from __future__ import annotations

from typing import assert_type

from answers_that_are_streams import (
    AsyncClient,
    AsyncEventStream,
    AsyncOpenResponse,
    Client,
    EventStream,
    ItemStream,
    OpenResponse,
    ServerSentEvent,
)
from answers_that_are_streams.models import Answer, Delta, RowsResponseItem


def read(client: Client) -> str:
    assert_type(client.chat.chat(prompt="p"), Answer)
    text = ""
    with client.chat.chat_stream(prompt="p", reconnect=False) as events:
        assert_type(events, EventStream[Delta])
        assert_type(events.response, OpenResponse | None)
        for delta in events:
            assert_type(delta, Delta)
            text += delta.text
    for event in client.notices(since=1).events():
        assert_type(event, ServerSentEvent[Delta | str])
        if isinstance(event.data, str):
            text += event.data
    assert_type(client.rows(), ItemStream[RowsResponseItem])
    return text + "".join(str(row.n) for row in client.rows(timeout=5.0)) + next(client.log())


async def wait(client: AsyncClient) -> str:
    async with client.chat.chat_stream(prompt="p") as events:
        assert_type(events, AsyncEventStream[Delta])
        async for delta in events:
            assert_type(delta, Delta)
            break
        async for event in events.events():
            assert_type(event.data, Delta)
    async with client.with_response.rows.stream() as answer:
        assert_type(answer, AsyncOpenResponse)
        return (await answer.read()).decode()


def save(client: Client) -> int:
    figures: list[tuple[int, int | None]] = []
    with client.with_response.chat.chat_stream.stream(prompt="p") as answer:
        return answer.save("file", progress=lambda done, size: figures.append((done, size)))


def mistakes(client: Client) -> None:
    client.chat.chat_stream(prompt="p", stream=True)  # wrong: the method says so itself
    client.rows(reconnect=True)  # wrong: lines have no ids
    for delta in client.chat.chat_stream(prompt=1):  # wrong: a prompt is text
        assert delta.txet  # wrong: misspelt
    client.with_response.rows.stream(since=1)  # wrong: it has no such argument
    client.with_response.rows()  # wrong: a stream has no whole answer
    len(client.rows())  # wrong: nobody knows how many there are
