"""What a client was made with, checked once."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, Final, get_args

from .caller import PACKAGE, stacklevel
from .errors import InsecureConnection
from .types import AsyncClientOptions, CheckRequests, ClientOptions, Retries, Timeout
from .url import BaseUrl
from .wire import origin

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .credentials import Credential
    from .tracing import Tracing
    from .types import OnMismatch
    from .url import Server
    from .wire import Origin

__all__ = ["Setup"]

_RETRIES: Final = Retries()
_OPTIONS: Final = ClientOptions.__optional_keys__ | AsyncClientOptions.__optional_keys__
_CHECKS: Final[tuple[str, ...]] = get_args(CheckRequests)
_REACTIONS: Final = ("ignore", "warn", "raise")
_MOST_BYTES: Final = 100 * 2**20
_NO_TOKEN: Final = re.compile(r"[^!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)


class Setup:
    """The settings of a client that both its twins have."""

    __slots__ = (
        "after",
        "base",
        "before",
        "check_requests",
        "checks_answers",
        "credentials",
        "follow_redirects",
        "foreign",
        "given",
        "max_response_bytes",
        "on_mismatch",
        "origin",
        "owns_http",
        "places",
        "retries",
        "timeout",
        "tracing",
        "user_agent",
        "variables",
    )

    def __init__(
        self,
        base_url: str | None,
        credentials: Mapping[str, Credential],
        options: ClientOptions | AsyncClientOptions,
        version: str,
        server: Server | None = None,
    ) -> None:
        unknown = sorted(options.keys() - _OPTIONS)
        if unknown:
            raise TypeError(f"a client has no option {unknown[0]!r}; it has {', '.join(sorted(_OPTIONS))}")
        self.given = base_url
        self.variables: Mapping[str, str] = {} if server is None else server.variables
        if base_url is None and server is not None:
            base_url = server.filled({})
        self.base = BaseUrl.of(base_url)
        self.origin = origin(self.base.text)
        self.places: dict[str, tuple[BaseUrl, Origin]] = {}
        self.credentials = credentials
        self.timeout = Timeout.of(options.get("timeout", Timeout()))
        self.retries = Retries.of(options.get("retries", _RETRIES))
        self.follow_redirects = options.get("follow_redirects", False)
        _one_of("follow_redirects", self.follow_redirects, (True, False))
        self.before = _hooks(options, "before_attempt")
        self.after = _hooks(options, "after_attempt")
        self.tracing = _tracing(options, version)
        self.check_requests: CheckRequests = options.get("check_requests", "raise")
        _one_of("check_requests", self.check_requests, _CHECKS)
        self.on_mismatch: OnMismatch = options.get("on_mismatch", "warn")
        if not callable(self.on_mismatch):
            _one_of("on_mismatch", self.on_mismatch, _REACTIONS)
        self.checks_answers = callable(self.on_mismatch) or self.on_mismatch == "raise"
        http_client = options.get("http_client")
        self.owns_http = http_client is None
        self.foreign = http_client is not None and (
            http_client.auth is not None or "Authorization" in http_client.headers
        )
        """Whether the caller's HTTP client has credentials of its own."""
        self.max_response_bytes = options.get("max_response_bytes", _MOST_BYTES)
        if type(self.max_response_bytes) is not int or self.max_response_bytes <= 0:
            raise ValueError("max_response_bytes must be a number of bytes above 0")
        self.user_agent = product(PACKAGE.replace("_", "-"), version)
        if http_client is not None and not http_client.headers.get("User-Agent", "").startswith(
            "python-httpx2/"
        ):
            self.user_agent = ""  # the caller's client says already who is calling
        self.warn_if_plain("base_url", self.base.secure)

    def place(self, server: Server) -> tuple[BaseUrl, Origin]:
        """The base URL, and its origin, of an operation that has a server of its own.

        A base URL of the caller's takes its place, unless it is but a path, which is on the same host.
        """
        is_path = server.url.startswith("/")
        if not is_path and self.given is not None and self.given != server.instead_of:
            return self.base, self.origin
        text = server.resolved(self.base.text, self.variables)
        known = self.places.get(text)
        if known is None:
            base = BaseUrl.of(text)
            known = self.places[text] = base, origin(base.text)
            self.warn_if_plain("the server of this operation", base.secure)
        return known

    def warn_if_plain(self, what: str, secure: bool) -> None:  # noqa: FBT001  # as `BaseUrl` says
        """Warn of credentials that everyone on the way can read."""
        if not secure and any(credential.source for credential in self.credentials.values()):
            warnings.warn(
                f"credentials will be sent over plain HTTP: {what} does not start with https://",
                InsecureConnection,
                stacklevel=stacklevel(),
            )


def _hooks(options: ClientOptions | AsyncClientOptions, option: str) -> tuple[Callable[..., object], ...]:
    hook = options.get(option)
    if hook is not None and not callable(hook):
        raise TypeError(f"{option} must be a function")
    return () if hook is None else (hook,)


def _tracing(options: ClientOptions | AsyncClientOptions, version: str) -> Tracing | None:
    wanted = options.get("tracing", False)
    _one_of("tracing", wanted, (True, False))
    if not wanted:
        return None
    from .tracing import Tracing  # noqa: PLC0415  # few trace

    return Tracing(version)


def _one_of(option: str, value: object, allowed: tuple[object, ...]) -> None:
    if value not in allowed:
        raise ValueError(f"{option} must be one of {', '.join(map(repr, allowed))}")


def product(name: str, version: str) -> str:
    """`name/version` of the `User-Agent` (RFC 9110, section 10.1.5), of the characters that tokens have."""
    clean = [_NO_TOKEN.sub("-", part).strip("-") for part in (name, version)]
    return "/".join(part for part in clean if part)
