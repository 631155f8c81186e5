"""Spans of OpenTelemetry, one for each attempt of a call (Semantic Conventions for HTTP client spans)."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from .caller import PACKAGE
from .reply import Reply

if TYPE_CHECKING:
    from .request import Headers, Request
    from .steps import Outcome

__all__ = ["Tracing"]

_FIRST_ERROR: Final = 400
_PORTS: Final = {"http": 80, "https": 443}


class Tracing:
    """What makes spans. They have nothing of a request but where it goes, and its path as the document writes it."""

    __slots__ = ("_inject", "_trace", "_tracer")

    def __init__(self, version: str) -> None:
        # By their names, since type checkers of who has not installed them would find nothing there.
        try:
            self._trace: Any = import_module("opentelemetry.trace")
            self._inject: Any = import_module("opentelemetry.propagate").inject
        except ImportError:
            distribution = PACKAGE.replace("_", "-")
            message = f"tracing needs OpenTelemetry: pip install {distribution}[opentelemetry]"
            raise ImportError(message) from None
        self._tracer: Any = self._trace.get_tracer(PACKAGE, version or None)

    def begun(self, request: Request, headers: Headers) -> tuple[Any, Headers]:
        """The span of an attempt, and the headers by which the server continues its trace."""
        scheme, host, port = request.origin
        attributes: dict[str, Any] = {
            "http.request.method": request.method,
            "url.template": request.operation.path,
            "server.address": host.decode("ascii"),
            "server.port": port or _PORTS.get(scheme, 0),
        }
        if request.attempts > 1:
            attributes["http.request.resend_count"] = request.attempts - 1
        span = self._tracer.start_span(
            f"{request.method} {request.operation.path}",
            kind=self._trace.SpanKind.CLIENT,
            attributes=attributes,
        )
        carrier: dict[str, str] = {}
        if not request.abroad:
            self._inject(carrier, context=self._trace.set_span_in_context(span))
        return span, {**headers, **{name.lower(): (name, value) for name, value in carrier.items()}}

    def ended(self, span: Any, outcome: Outcome | None) -> None:
        """End a span with what came of its attempt; None where it was broken off."""
        failed = type(outcome).__name__ if outcome is not None else "cancelled"
        if isinstance(outcome, Reply):
            span.set_attribute("http.response.status_code", outcome.status)
            failed = str(outcome.status) if outcome.status >= _FIRST_ERROR else ""
        if failed:
            span.set_attribute("error.type", failed)
            span.set_status(self._trace.StatusCode.ERROR)
        span.end()
