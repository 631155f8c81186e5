"""What the document says of an operation, and one call of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeAlias, TypeVar
from urllib.parse import quote

from .media import family, matches
from .types import OMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from .credentials import Security
    from .issues import Issue
    from .media import Family
    from .paging import Paging
    from .styles import Style
    from .url import Server

    Validator: TypeAlias = Callable[[Any], list[Issue]]

__all__ = ["Answer", "Body", "Call", "Encoding", "Operation"]

T = TypeVar("T")

AS_STREAM: Final = ", as a stream"
"""What tests have behind the name of an operation that has two methods, where the stream is meant."""
_FIRST_ERROR: Final = 400
_NAME: Final = re.compile(r"\{([^{}]+)\}")
# What stays as it is in the fixed parts of a path: the characters of `pchar` (RFC 3986), slashes, escapes, and the mark of
# a query, which some documents have in their paths.
_LITERAL: Final = "/:@!$&'()*+,;=%~-._?"


class Answer:
    """What an operation answers with one status.

    Args:
        type: What its body is decoded to; `None` if it has no body, `str` or `bytes` for text and for anything else that is
            no JSON.
        validator: Lists what is wrong with its decoded JSON.
        media_type: Its media type; what it is no JSON by.
        others: The same of further media types that it may come as.
    """

    __slots__ = ("family", "media_type", "others", "type", "validator")

    def __init__(
        self,
        type: Any,  # noqa: A002  # as `Operation` names it in the document's terms
        validator: Validator | None = None,
        *,
        media_type: str = "application/json",
        others: Sequence[Answer] = (),
    ) -> None:
        self.type = type
        self.validator = validator
        self.media_type = media_type
        self.family: Family = family(media_type)
        self.others = others

    def of(self, content_type: str) -> Answer:
        """The one that comes as a media type: the one of that name, else of its kind, else the first."""
        every = (self, *self.others)
        named = next((one for one in every if matches(content_type, one.media_type)), None)
        kind = family(content_type)
        return named or next((one for one in every if one.family == kind), self)


class Encoding(NamedTuple):
    """How a member of a form, or a part, is written, where that is not the usual way."""

    style: Style | None = None
    """As parameters of a query are; `None` for one that is written by its media type."""
    content_type: str = ""
    """Its media type, or several, separated by commas; `""` for what its value is usually written as."""
    headers: Mapping[str, str] = {}
    """Headers that the part always has."""


class Body:
    """A media type that a body is sent as, where that is not JSON, or one of several.

    Args:
        media_type: The media type.
        validator: Lists what is wrong with it, as plain JSON.
        encodings: How members are written, where that is not the usual way.
        positions: How the items of an array are written, as parts; the last is for all further ones too.
        uploads: The members that are files.
        texts: Those of them that may be text as well.
    """

    __slots__ = ("encodings", "family", "media_type", "positions", "texts", "uploads", "validator")

    def __init__(  # noqa: PLR0913  # what the document says, by name
        self,
        media_type: str,
        validator: Validator | None = None,
        *,
        encodings: Mapping[str, Encoding] | None = None,
        positions: Sequence[Encoding] = (),
        uploads: Sequence[str] = (),
        texts: Sequence[str] = (),
    ) -> None:
        self.media_type = media_type
        self.family: Family = family(media_type)
        self.validator = validator
        self.encodings: Mapping[str, Encoding] = encodings or {}
        self.positions = positions
        self.uploads = uploads
        self.texts = texts


class Operation(Generic[T]):
    """What the document says of an operation whose success is a `T`.

    Args:
        method: The HTTP method.
        path: The path as the document writes it, such as `/models/{id}`.
        server: Where it is served, if that is elsewhere.
        security: The alternatives of credentials, each the names of schemes; none for an open operation.
        parameters: Lists what is wrong with the parameters, given as `{"path": {"id": …}, "query": {…}, …}` under their wire
            names, with the places that the operation has parameters in.
        body: Lists what is wrong with the body, which is JSON.
        bodies: The media types of the body, where it is not JSON or not always; the first is the usual one.
        answers: The answers by status: `"200"`, `"4XX"`, `"default"`.
        styles: The styles that are not the usual ones, by place and name: `{"query": {"filter": Style("deepObject")}}`.
        media_type: The media type of the JSON body.
        accept: The `Accept` header.
        body_required: `False` leaves out a body that would be an empty object.
        idempotency: The header of a key that makes a repeated request harmless; `""` if there is none.
        retry_after: The statuses, as `answers` has them, whose answers may say when to try again.
        secrets: The names of members and parameters that are secrets, beside those that look so: what the caller gave for
            them is covered where a server repeats it in an error.
        paging: How its pages follow one another, if it has pages.
    """

    __slots__ = (
        "accept",
        "answers",
        "bodies",
        "body",
        "body_required",
        "idempotency",
        "joint",
        "media_type",
        "method",
        "paging",
        "parameters",
        "path",
        "path_parts",
        "retry_after",
        "secrets",
        "security",
        "server",
        "styles",
    )

    def __init__(  # noqa: PLR0913  # what the document says, by name
        self,
        method: str,
        path: str,
        *,
        server: Server | None = None,
        security: Security = (),
        parameters: Validator | None = None,
        body: Validator | None = None,
        bodies: Sequence[Body] = (),
        answers: Mapping[str, Answer] | None = None,
        styles: Mapping[str, Mapping[str, Style]] | None = None,
        media_type: str = "application/json",
        accept: str = "application/json",
        body_required: bool = True,
        idempotency: str = "",
        retry_after: tuple[str, ...] = (),
        secrets: tuple[str, ...] = (),
        paging: Paging | None = None,
    ) -> None:
        self.method = method
        self.path = path
        pieces = _NAME.split(path.partition("#")[0])
        self.path_parts = [
            (quote(text, safe=_LITERAL), name)
            for text, name in zip(pieces[::2], [*pieces[1::2], ""], strict=True)
        ]
        """The fixed parts of the path, each with the name of the parameter behind it, `""` behind the last."""
        self.joint = "&" if "?" in path.partition("#")[0] else "?"
        """What goes between the path, which may have a query already, and the rest of the query."""
        self.server = server
        self.security = security
        self.parameters = parameters
        self.body = body
        self.bodies = bodies
        self.answers: Mapping[str, Answer] = answers or {}
        self.styles: Mapping[str, Mapping[str, Style]] = styles or {}
        self.media_type = media_type
        self.accept = accept
        self.body_required = body_required
        self.idempotency = idempotency
        self.retry_after = retry_after
        self.secrets = frozenset(secrets)
        self.paging = paging

    def __repr__(self) -> str:
        return f"<Operation {self.method} {self.path}>"

    def answer(self, status: int) -> Answer | None:
        """What the document promises for a status: by its number, by its class, or by default."""
        answers = self.answers
        return answers.get(str(status)) or answers.get(f"{status // 100}XX") or answers.get("default")

    def retryable(self, status: int) -> bool:
        """Whether the document says of an error that the same may work later."""
        said = self.retry_after
        return bool(said) and status >= _FIRST_ERROR and (str(status) in said or f"{status // 100}XX" in said)

    def success(self, status: int) -> Answer | None:
        """What is read for a successful status.

        `default` is for errors wherever a success is declared. A success that the document does not have is read as the
        first that it has.
        """
        declared = self.answers.get(str(status)) or self.answers.get("2XX")
        if declared is not None:
            return declared
        first = next((answer for key, answer in self.answers.items() if key.startswith("2")), None)
        return first or self.answers.get("default")


class Call(Generic[T]):
    """One call of an operation: the values that its caller gave, under their wire names."""

    __slots__ = ("body", "cookie", "header", "media_type", "operation", "path", "query")

    def __init__(  # noqa: PLR0913  # the places of a request, by name
        self,
        operation: Operation[T],
        *,
        path: Mapping[str, Any] | None = None,
        query: Mapping[str, Any] | None = None,
        header: Mapping[str, Any] | None = None,
        cookie: Mapping[str, Any] | None = None,
        body: Any = OMIT,
        media_type: Any = OMIT,
    ) -> None:
        self.operation = operation
        self.path = path
        self.query = query
        self.header = header
        self.cookie = cookie
        self.body = body
        self.media_type = media_type
        """That of the body, if the operation has several and the caller chose."""

    def __repr__(self) -> str:
        return f"<Call of {self.operation.method} {self.operation.path}>"
