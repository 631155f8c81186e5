"""The spans of OpenTelemetry that calls leave."""

from __future__ import annotations

import asyncio
import socket
import sys
from typing import TYPE_CHECKING, Any

import pytest
import widgets
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode
from telling import TOKEN

from raw_server import RawServer, reply
from specwright.runtime import errors
from specwright.runtime.types import Retries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from opentelemetry.sdk.trace import ReadableSpan
    from widgets import Twin

CALL = widgets.update("w1", q="private", body={"name": "n"})


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer", provider.get_tracer)
    yield exporter
    provider.shutdown()


def attributes(span: ReadableSpan) -> dict[str, Any]:
    return dict(span.attributes or {})


def test_each_attempt_is_a_span(twin: Twin, server: RawServer, spans: InMemorySpanExporter) -> None:
    replies = iter(
        [reply(503, headers=(("Retry-After", "0"), ("Connection", "close"))), reply(200, widgets.WIDGET)]
    )
    server.answer = lambda connection: connection.sendall(next(replies))
    twin(CALL, {"retries": Retries(unsafe=True)}, tracing=True)
    first, second = spans.get_finished_spans()
    assert (first.name, first.kind) == ("PATCH /v1/widgets/{id}", SpanKind.CLIENT)
    port = int(server.url.rpartition(":")[2])
    known = {
        "http.request.method": "PATCH",
        "url.template": "/v1/widgets/{id}",
        "server.address": "127.0.0.1",
        "server.port": port,
    }
    assert attributes(first) == {**known, "http.response.status_code": 503, "error.type": "503"}
    assert attributes(second) == {**known, "http.response.status_code": 200, "http.request.resend_count": 1}
    assert first.status.status_code is StatusCode.ERROR
    assert second.status.status_code is StatusCode.UNSET
    for span, seen in zip((first, second), server.seen, strict=True):
        assert span.context is not None
        assert f"-{span.context.trace_id:032x}-{span.context.span_id:016x}-" in (
            seen.header("traceparent") or ""
        )


def test_what_fails_says_so(twin: Twin, server: RawServer, spans: InMemorySpanExporter) -> None:
    server.answer = lambda connection: connection.shutdown(socket.SHUT_RDWR)
    with pytest.raises(errors.TransportError):
        twin(CALL, {"retries": 0}, tracing=True)
    (span,) = spans.get_finished_spans()
    assert attributes(span)["error.type"] == "TransportError"
    told = f"{span.to_json()}"
    assert "private" not in told
    assert TOKEN not in told


def test_a_call_that_is_broken_off_ends_its_span(server: RawServer, spans: InMemorySpanExporter) -> None:
    server.answer = lambda _: server.wait(8.0)

    async def main() -> None:
        async with widgets.AsyncClient(base_url=server.url, token=TOKEN, tracing=True) as client:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(client._send(CALL, {}), 0.3)

    asyncio.run(main())
    (span,) = spans.get_finished_spans()
    assert attributes(span)["error.type"] == "cancelled"


def test_without_opentelemetry_it_says_what_to_install(twin: Twin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.trace", None)
    with pytest.raises(ImportError, match=r"pip install specwright\[opentelemetry\]"):
        twin(CALL, tracing=True)


def test_nothing_is_traced_unasked(twin: Twin, server: RawServer, spans: InMemorySpanExporter) -> None:
    twin(CALL)
    assert spans.get_finished_spans() == ()
    assert server.seen[0].header("traceparent") is None
