"""The credentials of a client: where each comes from, and what it adds to a request.

Each is read once, when the client is made, from its argument or else from its environment variable, and refused there if
it could not be sent; a function that gives one is asked for each attempt. No message has a credential in it.
"""

from __future__ import annotations

import os
import re
from base64 import b64encode
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias
from urllib.parse import quote

from .errors import MissingCredentials
from .secret import Secret

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from .deadline import Deadline
    from .request import Request
    from .setup import Setup
    from .steps import Steps
    from .types import AsyncToken

__all__ = [
    "ApiKey",
    "Basic",
    "Bearer",
    "Credential",
    "Given",
    "Http",
    "Renewable",
    "Security",
    "bear",
    "chosen",
    "token_of",
]

Security: TypeAlias = "Sequence[Sequence[str]]"
"""The alternatives of an operation, each the names of the schemes that it needs; none at all: no credential is needed."""

Source: TypeAlias = Literal["argument", "environment"]
Location: TypeAlias = Literal["header", "query", "cookie"]
Part: TypeAlias = "tuple[Location, str, str]"
"""What a credential adds to a request: where, the name, the text."""


class Credential(Protocol):
    """What every kind of credential has."""

    @property
    def source(self) -> Source | None:
        """Where it is from; None if it was not given."""
        ...

    @property
    def header(self) -> str:
        """The header it goes into, in lower case; `""` if it goes elsewhere."""
        ...

    @property
    def renews(self) -> bool:
        """Whether it is a `Renewable`, which is asked for when a request is sent."""
        ...

    def part(self) -> Part:
        """What it adds to a request."""
        ...

    def secrets(self) -> list[str]:
        """The texts that must not be printed."""
        ...

    def wanted(self) -> str:
        """How it is given, in words."""
        ...


class Renewable(Credential, Protocol):
    """A credential that may be another one for each attempt."""

    def renewed(self, request: Request, setup: Setup, deadline: Deadline) -> Steps:
        """The steps that put it into a request; they return None, or the error in the place of the call's answer."""
        ...

    def refused(self, request: Request) -> bool:
        """Take note that a server refused the one in a request. Whether there may be another."""
        ...


_Characters: TypeAlias = "tuple[re.Pattern[str], str]"
_TOKEN: Final[_Characters] = (re.compile(r"[!-~]+", re.ASCII), "a space or a character that is not ASCII")
_HEADER: Final[_Characters] = (
    re.compile(r"[!-~](?:[ -~]*[!-~])?", re.ASCII),
    "a space at its start or end, or a character that is not ASCII",
)
_COOKIE: Final[_Characters] = (
    re.compile(r"[!#-+\--:<-\[\]-~]+", re.ASCII),
    "a character that no cookie can hold",
)
_ANY: Final[_Characters] = (re.compile(r"[^\x00-\x1f\x7f-\x9f\ud800-\udfff]*"), "a character that is no text")
_USERNAME: Final[_Characters] = (re.compile(r"[^:\x00-\x1f\x7f-\x9f\ud800-\udfff]*"), "a colon")


class Given:
    """A text from an argument or the environment, checked."""

    __slots__ = ("argument", "env", "secret", "source")

    def __init__(
        self,
        argument: str,
        value: str | None,
        *,
        env: str | None,
        characters: _Characters | None = None,
        empty: bool = False,
    ) -> None:
        self.argument = argument
        self.env = env
        self.secret: Secret | None = None
        self.source: Source | None = None
        text: object = value
        name = argument
        if value is not None:
            self.source = "argument"
        elif env is not None and os.environ.get(env):
            text, name = os.environ[env], f"the environment variable {env}"
            self.source = "environment"
        if text is not None:
            made = _checked(name, text, characters or _ANY, empty=empty)
            if isinstance(made, Exception):
                del (
                    text,
                    value,
                )  # an error reporter collects the variables of the frames that it comes through
                raise made
            self.secret = made

    def reveal(self) -> str:
        """The text; asked for only where it was given."""
        return "" if self.secret is None else self.secret.reveal()

    def wanted(self) -> str:
        """How it is given, in words."""
        return f"`{self.argument}`" + (f" (or the environment variable {self.env})" if self.env else "")


def _checked(
    name: str, text: object, characters: _Characters, *, empty: bool
) -> Secret | TypeError | ValueError:
    if not isinstance(text, str):
        return TypeError(f"{name} must be a str")
    allowed, otherwise = characters
    if not text and not empty:
        return ValueError(f"{name} is empty")
    if any(c < " " or c == "\x7f" for c in text):
        return ValueError(f"{name} contains a control character, such as a line break at its end")
    if allowed.fullmatch(text) is None:
        return ValueError(f"{name} contains {otherwise}")
    return Secret(str.__str__(text))  # of a subclass that prints otherwise: the text itself


def token_of(name: str, token: object) -> Secret | TypeError | ValueError:
    """A token that can be sent; or the error, which names what gave another, and not the token."""
    return _checked(name, token, _TOKEN, empty=False)


def bear(request: Request, token: Secret) -> None:
    """Put a bearer token into a request."""
    request.headers["authorization"] = ("Authorization", f"Bearer {token.reveal()}")


class Bearer:
    """An HTTP bearer token (RFC 6750), or a function that gives one for each attempt."""

    __slots__ = ("_function", "_token", "header", "renews", "source")

    def __init__(self, argument: str, value: AsyncToken | None, *, env: str | None = None) -> None:
        self._function = value if callable(value) else None
        given = None if callable(value) else value
        self._token = Given(argument, given, env=None if self._function else env, characters=_TOKEN)
        self.renews = self._function is not None
        self.source: Source | None = "argument" if self.renews else self._token.source
        self.header = "authorization"

    def renewed(self, request: Request, _setup: Setup, _deadline: Deadline) -> Steps:
        """The steps that put the token of the function into a request."""
        if self._function is not None:
            from .steps import Ask  # noqa: PLC0415  # with what sends, once a request is

            given = f"what the function for `{self._token.argument}` returned"
            token = token_of(given, (yield Ask(self._function)))
            if isinstance(token, Exception):
                raise token
            bear(request, token)

    def refused(self, _request: Request) -> bool:
        """Whether there may be another token: the function is asked again."""
        return self.renews

    def part(self) -> Part:
        """`Authorization: Bearer …`."""
        return "header", "Authorization", f"Bearer {self._token.reveal()}"

    def secrets(self) -> list[str]:
        """The token."""
        return [self._token.reveal()]

    def wanted(self) -> str:
        """How it is given, in words."""
        return self._token.wanted()


class Http:
    """What stands behind the name of an HTTP authentication scheme (RFC 9110, section 11.4)."""

    __slots__ = ("_given", "_scheme", "header", "renews", "source")

    def __init__(self, argument: str, value: str | None, *, scheme: str, env: str | None = None) -> None:
        self._given = Given(argument, value, env=env, characters=_HEADER)
        self._scheme = scheme
        self.renews = False
        self.source: Source | None = self._given.source
        self.header = "authorization"

    def part(self) -> Part:
        """`Authorization: Scheme …`."""
        return "header", "Authorization", f"{self._scheme} {self._given.reveal()}"

    def secrets(self) -> list[str]:
        """What stands behind the name."""
        return [self._given.reveal()]

    def wanted(self) -> str:
        """How it is given, in words."""
        return self._given.wanted()


class ApiKey:
    """A key in a header, in the query or in a cookie.

    A key in the query is part of the URL, which the log of httpx2 itself prints in full at the level INFO.
    """

    __slots__ = ("_key", "_location", "_name", "header", "renews", "source")

    def __init__(
        self,
        argument: str,
        value: str | None,
        *,
        name: str,
        location: Location,
        env: str | None = None,
    ) -> None:
        characters = {"header": _HEADER, "query": _ANY, "cookie": _COOKIE}[location]
        self._key = Given(argument, value, env=env, characters=characters)
        self._location: Location = location
        self._name = name
        self.renews = False
        self.source: Source | None = self._key.source
        self.header = name.lower() if location == "header" else ""

    def part(self) -> Part:
        """The key under its name."""
        return self._location, self._name, self._key.reveal()

    def secrets(self) -> list[str]:
        """The key, and as it stands in a URL."""
        key = self._key.reveal()
        return [key, quote(key, safe="")]

    def wanted(self) -> str:
        """How it is given, in words."""
        return self._key.wanted()


class Basic:
    """A user name and a password (RFC 7617, in UTF-8)."""

    __slots__ = ("_password", "_username", "header", "renews", "source")

    def __init__(  # noqa: PLR0913  # two texts, each with its argument and variable
        self,
        username_argument: str,
        username: str | None,
        password_argument: str,
        password: str | None,
        *,
        username_env: str | None = None,
        password_env: str | None = None,
    ) -> None:
        self._username = Given(
            username_argument, username, env=username_env, characters=_USERNAME, empty=True
        )
        self._password = Given(password_argument, password, env=password_env, characters=_ANY, empty=True)
        self.renews = False
        complete = self._username.source is not None and self._password.source is not None
        self.source: Source | None = self._password.source if complete else None
        self.header = "authorization"

    def _pair(self) -> str:
        return b64encode(f"{self._username.reveal()}:{self._password.reveal()}".encode()).decode("ascii")

    def part(self) -> Part:
        """`Authorization: Basic …`."""
        return "header", "Authorization", f"Basic {self._pair()}"

    def secrets(self) -> list[str]:
        """The password, and the pair as it is sent."""
        return [self._password.reveal(), self._pair()]

    def wanted(self) -> str:
        """How it is given, in words."""
        return f"{self._username.wanted()} and {self._password.wanted()}"


def chosen(
    security: Security, credentials: Mapping[str, Credential], provided: Collection[str], *, foreign: bool
) -> list[Credential]:
    """The credentials that go with a call: those of the first alternative of which all are there.

    `provided` are the headers that the caller set for this call; a scheme whose header is among them is satisfied, and adds
    nothing. `foreign` says that the HTTP client has credentials of its own: they come before those of the environment.
    `MissingCredentials` is raised if no alternative can be met.
    """
    if not security:
        return []
    for names in security:
        if not names:
            continue
        schemes = [credentials.get(name) for name in names]
        found = [
            scheme
            for scheme in schemes
            if scheme is not None and (scheme.source is not None or scheme.header in provided)
        ]
        if len(found) == len(names):
            return [
                scheme
                for scheme in found
                if scheme.header not in provided and not (foreign and scheme.source == "environment")
            ]
    if foreign or not all(security):
        return []
    wanted = [
        " and ".join(
            scheme.wanted() if (scheme := credentials.get(name)) is not None else f"the scheme `{name}`"
            for name in names
        )
        for names in security
    ]
    raise MissingCredentials(
        f"this call needs a credential: give the client {', or '.join(wanted)}; "
        "or an `http_client` with its own `auth`; or the header in `extra_headers`"
    )
