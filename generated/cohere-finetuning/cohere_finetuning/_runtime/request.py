"""A call as the request that is sent: its values encoded, then checked, and only then anything else."""

from __future__ import annotations

import warnings
from copy import copy
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast
from uuid import uuid4

from . import parameters
from .caller import stacklevel
from .checking import checked, complaint, hinted, refused
from .credentials import chosen
from .encode import UnsendableError, json_bytes, plain, pointed
from .errors import RequestMismatch
from .issues import Issue
from .text import printable, secrets_in, without
from .types import OMIT, CallOptions, Retries, Timeout

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .bodies import Outgoing
    from .credentials import Credential, Renewable
    from .errors import ApiError
    from .operation import Call, Operation
    from .reply import Reply
    from .setup import Setup
    from .uploads import Stream
    from .wire import Origin

__all__ = ["Request", "prepare", "refuse_unknown"]

Headers: TypeAlias = dict[str, tuple[str, str]]

_OPTIONS: Final = CallOptions.__optional_keys__
_PLACES: Final = ("path", "query", "header", "cookie")
_NO_STYLES: Final[dict[str, parameters.Style]] = {}
_OPEN_HEADERS: Final = frozenset({"accept", "content-type", "user-agent"})
# A text shorter than this is no secret worth the name, and covering it would cover half of a message.
_SHORTEST_SECRET: Final = 4
_MOST_LOOKED_AT: Final = 2**16


class Request:
    """A request that can be sent. It prints without what is in it."""

    __slots__ = (
        "abroad",
        "attempts",
        "content",
        "credentials",
        "headers",
        "keyed",
        "method",
        "opens",
        "operation",
        "origin",
        "private",
        "renewable",
        "reply",
        "retries",
        "sent",
        "timeout",
        "url",
    )

    def __init__(  # noqa: PLR0913  # the parts of a request
        self,
        operation: Operation[Any],
        *,
        url: str,
        origin: Origin,
        headers: Headers,
        content: bytes | Stream | None,
        timeout: Timeout,
        retries: Retries,
        keyed: bool = False,
        credentials: list[Credential],
        private: tuple[Any, ...],
    ) -> None:
        self.operation = operation
        self.method = operation.method
        self.url = url
        self.origin = origin
        """Where the URL has to lead."""
        self.headers = headers
        """Names and values, by the names in lower case."""
        self.content = content
        self.timeout = timeout
        self.credentials = credentials
        self.private = private
        """What the caller gave, for `covered` to find the secrets in."""
        self.retries = retries
        self.keyed = keyed
        """Whether it has a key by which the server knows it again."""
        self.renewable = [cast("Renewable", credential) for credential in credentials if credential.renews]
        """The credentials that are asked for anew before each attempt."""
        self.sent: Headers = headers
        """The headers of the last attempt, as a hook of the caller's left them."""
        self.opens = False
        """Whether a success is handed on while it comes."""
        self.attempts = 0
        """How often it was sent."""
        self.reply: Reply | None = None
        """What it was answered last, once that is read."""
        self.abroad = False
        """Whether it goes to another origin than the client's, to which a redirect led."""

    @property
    def replayable(self) -> bool:
        """Whether it can be sent once more."""
        return self.content is None or isinstance(self.content, bytes) or self.content.replayable

    def rewrite(self, headers: Mapping[Any, Any]) -> ValueError | TypeError | None:
        """Send `headers`; or why not: the error names the one that can't be sent.

        It is returned and not raised, so that no frame with these headers is in its traceback.
        """
        sent: Headers = {}
        for name, value in headers.items():
            if not isinstance(name, str) or not isinstance(value, str):
                return TypeError(f"{self.name}: headers must have names and values of the type str")
            key = name.lower()
            if self.headers.get(key) != (
                name,
                value,
            ):  # those of our own are checked, and may be about the body
                try:
                    parameters.check_header(name, value)
                except UnsendableError as fault:
                    return ValueError(f"{self.name}: the header {printable(name)} {fault.message}")
            sent[key] = name, value
        self.sent = sent
        return None

    def redirected(  # noqa: PLR0913  # the parts of a request that a redirect changes
        self,
        url: str,
        origin: Origin,
        *,
        method: str,
        headers: Headers,
        content: bytes | Stream | None,
        abroad: bool,
    ) -> Request:
        """The request as a redirect asks for it; another origin gets none of its credentials."""
        there = copy(self)
        there.url, there.origin, there.method = url, origin, method
        there.headers = there.sent = headers
        there.content, there.abroad = content, abroad
        if abroad:
            there.renewable, there.keyed = [], False
        return there

    def __repr__(self) -> str:
        return f"<Request {self.name}>"

    @property
    def name(self) -> str:
        """The request in messages: its method, and its path as the document writes it."""
        return f"{self.operation.method} {self.operation.path}"

    def mark(self, error: ApiError) -> None:
        """Tell an error which call, and which answer, it is about."""
        error.about(self.operation.method, self.operation.path, self.reply)

    @property
    def authorized(self) -> bool:
        """Whether it says who is calling in its `Authorization`, in place of what an HTTP client would say there."""
        return "authorization" in self.headers

    def covered(self, text: str) -> str:
        """`text` of a server, fit to print: short, without control characters, without secrets of the request."""
        text = text[:_MOST_LOOKED_AT]
        hidden = [secret for credential in self.credentials for secret in credential.secrets()]
        for headers in (self.headers, self.sent):
            hidden += [value for key, (_, value) in headers.items() if key not in _OPEN_HEADERS]
            hidden.append(headers.get("authorization", ("", ""))[1].partition(" ")[2])
        hidden += secrets_in(self.private, self.operation.secrets)
        hidden.append(self.url.partition("?")[2])
        if isinstance(self.content, bytes):
            hidden.append(self.content.decode("utf-8", "replace"))
        return printable(without(text, [secret for secret in hidden if len(secret) >= _SHORTEST_SECRET]))


def refuse_unknown(options: CallOptions) -> None:
    """Raise `TypeError` for an option that methods don't have."""
    if options and (unknown := sorted(options.keys() - _OPTIONS)):
        message = f"there is no argument {unknown[0]!r}; beside its own, every method has {', '.join(sorted(_OPTIONS))}"
        raise TypeError(message)


def prepare(call: Call[Any], options: CallOptions, setup: Setup) -> Request:
    """The request of a call. Raises `RequestInvalid` with all that is wrong, or `MissingCredentials`."""
    operation = call.operation
    refuse_unknown(options)
    faults: list[Issue] = []
    given = _given(call, faults)
    out = _outgoing(call, faults) if operation.bodies else None
    body, validator = (
        (_plain_body(call, faults), operation.body) if out is None else (out.value, out.body.validator)
    )
    if out is not None and body == {} and not operation.body_required:
        body = OMIT
    remarks = (
        []
        if setup.check_requests == "off"
        else hinted(checked(operation, given, validator, body, faults), call.body)
    )
    body = _extended(body, options.get("extra_body"), faults)
    if out is not None:
        content, content_type = out.encoded(body, faults)
    else:
        content, content_type = None if body is OMIT else json_bytes(body), operation.media_type
    unwritten: list[Issue] = []
    path, query, headers = _written(operation, given, options, unwritten)
    if faults or unwritten or (remarks and setup.check_requests == "raise"):
        raise refused(operation, faults + remarks, unwritten)
    if remarks:
        message = f"{complaint(operation, remarks)}\nIt was sent."
        mismatch = RequestMismatch(message, remarks)
        mismatch.about(operation.method, operation.path)
        warnings.warn(mismatch, stacklevel=stacklevel())
    credentials = _authenticated(operation, setup, headers, query)
    if content is not None:
        _describe(content, content_type, headers)
    _default(headers, "Accept", operation.accept)
    if setup.user_agent:
        _default(headers, "User-Agent", setup.user_agent)
    if operation.idempotency:
        _default(headers, operation.idempotency, str(uuid4()))
    base, origin = (setup.base, setup.origin) if operation.server is None else setup.place(operation.server)
    return Request(
        operation,
        url=f"{base.text}{path}{operation.joint if query else ''}{'&'.join(query)}",
        origin=origin,
        headers=headers,
        content=content,
        timeout=Timeout.of(options["timeout"]) if "timeout" in options else setup.timeout,
        retries=Retries.of(options["retries"]) if "retries" in options else setup.retries,
        keyed=bool(operation.idempotency),
        credentials=credentials,
        private=(given, body),
    )


def _given(call: Call[Any], faults: list[Issue]) -> dict[str, Any]:
    """What the caller gave for the parameters, by their place, as plain JSON."""
    given = {
        place: plain(values, f"/{place}", faults)
        for place in _PLACES
        if (values := getattr(call, place)) is not None
    }
    key, headers = call.operation.idempotency, given.get("header")
    if key and headers is not None:
        headers.setdefault(
            key, str(uuid4())
        )  # one for all attempts of a call; where it is a parameter, it is checked
    return given


def _describe(content: bytes | Stream, content_type: str, headers: Headers) -> None:
    """Add what headers say of a body."""
    _default(headers, "Content-Type", content_type)
    if not isinstance(content, bytes) and content.length is not None:
        headers["content-length"] = ("Content-Length", str(content.length))


# Bodies.


def _plain_body(call: Call[Any], faults: list[Issue]) -> Any:
    if call.body is OMIT:
        return OMIT
    body = plain(call.body, "", faults)
    return OMIT if body == {} and not call.operation.body_required else body


def _outgoing(call: Call[Any], faults: list[Issue]) -> Outgoing:
    from .bodies import outgoing  # noqa: PLC0415  # only where a body is not plain JSON

    return outgoing(call, faults)


def _extended(body: Any, extra: Mapping[str, Any] | None, faults: list[Issue]) -> Any:
    """The body with the members that the document does not have."""
    if extra is None:
        return body
    members: Any = {} if body is OMIT else body
    if type(members) is not dict:
        raise TypeError("extra_body needs a body that is an object")
    return members | plain(dict(extra), "", faults)


# Paths, queries, headers and cookies.


def _written(
    operation: Operation[Any], given: dict[str, Any], options: CallOptions, issues: list[Issue]
) -> tuple[str, list[str], Headers]:
    """The path, the query's parts, and the headers by their names in lower case."""
    path = _path(operation, given.get("path") or {}, issues)
    query: list[str] = []
    headers: Headers = {}
    if "query" in given:
        query = parameters.query(given["query"], operation.styles.get("query", _NO_STYLES), issues)
    if "header" in given:
        pairs = parameters.headers(given["header"], operation.styles.get("header", _NO_STYLES), issues)
        headers = {name.lower(): (name, value) for name, value in pairs}
    if "cookie" in given:
        cookies = parameters.cookies(given["cookie"], operation.styles.get("cookie", _NO_STYLES), issues)
        if cookies:
            headers["cookie"] = ("Cookie", "; ".join(cookies))
    if "extra_query" in options:
        extra = plain(dict(options["extra_query"]), "/query", issues)
        query += parameters.query(extra, _NO_STYLES, issues)
    for name, value in options.get("extra_headers", _NO_HEADERS).items():
        _extra_header(name, value, headers, issues)
    return path, query, headers


_NO_HEADERS: Final[dict[str, str]] = {}


def _path(operation: Operation[Any], values: Mapping[str, Any], issues: list[Issue]) -> str:
    styles = operation.styles.get("path", _NO_STYLES)
    path = ""
    for text, name in operation.path_parts:
        path += text
        if not name:
            continue
        if name not in values:
            issues.append(Issue("/path", "required", f"the parameter {name!r} is missing"))
        else:
            path += parameters.path_segment(name, values[name], styles.get(name, parameters.PATH), issues)
    return path


def _extra_header(name: object, value: object, headers: Headers, issues: list[Issue]) -> None:
    if not isinstance(name, str) or not isinstance(value, str):
        raise TypeError("extra_headers must have names and values of the type str")
    try:
        parameters.check_header(name, value)
    except UnsendableError as fault:
        issues.append(Issue(pointed("/header", name), fault.keyword, fault.message))
    headers[name.lower()] = (name, value)


def _default(headers: Headers, name: str, value: str) -> None:
    if name.lower() not in headers:
        headers[name.lower()] = (name, value)


# Credentials.


def _authenticated(
    operation: Operation[Any], setup: Setup, headers: Headers, query: list[str]
) -> list[Credential]:
    """The credentials of the call, which are added to `headers` and `query`."""
    credentials = chosen(operation.security, setup.credentials, headers.keys(), foreign=setup.foreign)
    for credential in credentials:
        if credential.renews:
            continue  # it is asked for when the request is sent
        place, name, text = credential.part()
        _ADD[place](name, text, headers, query)
    return credentials


def _add_header(name: str, text: str, headers: Headers, _query: list[str]) -> None:
    headers[name.lower()] = (name, text)


def _add_query(name: str, text: str, _headers: Headers, query: list[str]) -> None:
    query.extend(parameters.query({name: text}, _NO_STYLES, []))


def _add_cookie(name: str, text: str, headers: Headers, _query: list[str]) -> None:
    before = f"{headers['cookie'][1]}; " if "cookie" in headers else ""
    headers["cookie"] = ("Cookie", f"{before}{name}={text}")


_ADD: Final[dict[str, Callable[[str, str, Headers, list[str]], None]]] = {
    "header": _add_header,
    "query": _add_query,
    "cookie": _add_cookie,
}
