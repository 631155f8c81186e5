"""Access tokens by the client credentials grant (RFC 6749, section 4.4)."""

from __future__ import annotations

from base64 import b64encode
from math import isfinite
from time import monotonic
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote_plus, urlencode

from msgspec.structs import replace

from .credentials import Bearer, Given, bear, token_of
from .decode import NotJsonError, loose
from .errors import ApiError, TokenError
from .operation import Operation
from .redirects import target
from .steps import Guarded, call
from .text import printable
from .types import class_of
from .url import secure
from .wire import origin, too_late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .credentials import Part, Source
    from .deadline import Deadline
    from .reply import Reply
    from .request import Headers, Request
    from .secret import Secret
    from .setup import Setup
    from .steps import Outcome, Steps
    from .types import AsyncToken

__all__ = ["OAuth2"]

_EARLIER: Final = 30.0
"""Seconds before its end that a token is no longer sent, or a tenth of its life where that is less."""
_LONGEST: Final = 2**16
_MOST_SECONDS: Final = 365 * 86400.0
_OK: Final = 200


class OAuth2:
    """An access token: one that the caller has, a function that gives one, or one that is asked for with the client's credentials.

    The latter is asked for when it is first needed, by one call at a time, and again before it ends or when it is refused.
    """

    __slots__ = (
        "_bearer",
        "_client_id",
        "_client_secret",
        "_ends",
        "_guards",
        "_scopes",
        "_token",
        "_token_url",
        "header",
        "renews",
        "source",
    )

    def __init__(  # noqa: PLR0913, PLR0917  # three texts, each with its argument and variable
        self,
        argument: str,
        token: AsyncToken | None,
        client_id_argument: str,
        client_id: str | None,
        client_secret_argument: str,
        client_secret: str | None,
        *,
        token_url: str,
        scopes: Sequence[str] = (),
        env: str | None = None,
        client_id_env: str | None = None,
        client_secret_env: str | None = None,
    ) -> None:
        self._bearer = Bearer(argument, token, env=env)
        self._client_id = Given(client_id_argument, client_id, env=client_id_env)
        self._client_secret = Given(client_secret_argument, client_secret, env=client_secret_env)
        self._token_url = token_url
        self._scopes = scopes if isinstance(scopes, str) else " ".join(scopes)
        self._token: Secret | None = None
        self._ends: float | None = None
        self._guards: dict[Any, Any] = {}
        given = self._bearer.source
        own = self._client_id.source is not None and self._client_secret.source is not None
        self.source: Source | None = given or (self._client_secret.source if own else None)
        self.header = "authorization"
        self.renews = self._bearer.renews or (given is None and own)

    def part(self) -> Part:
        """`Authorization: Bearer …`, with the token that was given."""
        return self._bearer.part()

    def secrets(self) -> list[str]:
        """The token that was given, the client's secret, and the token that was got."""
        got = "" if self._token is None else self._token.reveal()
        secret = self._client_secret.reveal()
        return [*self._bearer.secrets(), secret, quote_plus(secret), self._pair(), got]

    def wanted(self) -> str:
        """How it is given, in words."""
        return f"{self._bearer.wanted()}, or {self._client_id.wanted()} and {self._client_secret.wanted()}"

    def renewed(self, request: Request, setup: Setup, deadline: Deadline) -> Steps:
        """The steps that put a token into a request: that of the function, one that is still good, or a new one."""
        if self._bearer.renews:
            yield from self._bearer.renewed(request, setup, deadline)
            return None
        found: Secret | ApiError | None = self._good()
        if found is None:
            found = yield Guarded(self._guards, self._asked_for(request, setup, deadline))
        if found is None:
            return too_late(request)
        if isinstance(found, ApiError):
            return found
        bear(request, found)
        return None

    def refused(self, request: Request) -> bool:
        """Forget the token of a request. Whether there may be another."""
        if self._bearer.renews:
            return True
        _, sent = request.headers.get("authorization", ("", ""))
        token = self._token
        # Another call may have a new one already.
        if token is not None and sent == f"Bearer {token.reveal()}":
            self._token = None
        return True

    def _good(self) -> Secret | None:
        token, ends = self._token, self._ends
        return None if token is None or (ends is not None and monotonic() >= ends) else token

    def _pair(self) -> str:
        pair = f"{quote_plus(self._client_id.reveal())}:{quote_plus(self._client_secret.reveal())}"
        return b64encode(pair.encode()).decode("ascii")

    def _asked_for(self, request: Request, setup: Setup, deadline: Deadline) -> Steps:
        """The steps that get a new token, if no other call has got one meanwhile."""
        found = self._good()
        if found is not None:
            return found
        asked = self._question(request, setup)
        if isinstance(asked, ApiError):
            return asked
        outcome: Outcome = yield from call(asked, setup, deadline)
        if isinstance(outcome, ApiError):
            host = printable(asked.origin[1].decode("ascii", "replace"))
            return _failed(request, f"no answer came from {host}, where tokens are given", outcome)
        return self._taken(request, outcome)

    def _question(self, request: Request, setup: Setup) -> Request | ApiError:
        url = target(f"{setup.base.text}/", self._token_url)
        if url is None:
            return _failed(request, "the URL that gives tokens is none")
        setup.warn_if_plain("the URL that gives tokens", secure(url))
        form = {"grant_type": "client_credentials"} | ({"scope": self._scopes} if self._scopes else {})
        headers: Headers = {
            "authorization": ("Authorization", f"Basic {self._pair()}"),
            "content-type": ("Content-Type", "application/x-www-form-urlencoded"),
            "accept": ("Accept", "application/json"),
        }
        content = urlencode(form).encode()
        asked = request.redirected(
            url, origin(url), method="POST", headers=headers, content=content, abroad=True
        )
        asked.operation = _TOKENS
        asked.retries = replace(request.retries, unsafe=True, count_header="")
        asked.opens = False
        asked.attempts = 0
        return asked

    def _taken(self, request: Request, reply: Reply) -> Secret | ApiError:
        """The token of an answer; or why there is none, without anything of the answer but what RFC 6749, section 5.2, has."""
        try:
            said: Any = loose(reply.content[:_LONGEST])
        except NotJsonError:
            said = None
        if class_of(said) is not dict:
            return _failed(request, f"{reply.status}, and no JSON object")
        if reply.status != _OK:
            error = said.get("error")
            told = f": {request.covered(error)}" if isinstance(error, str) else ""
            return _failed(request, f"{reply.status}{told}")
        kind = said.get("token_type", "bearer")
        if not isinstance(kind, str) or kind.lower() != "bearer":
            return _failed(request, "a token that is no bearer token")
        token = token_of("the access token", said.get("access_token"))
        if isinstance(token, Exception):
            return _failed(request, str(token))
        life = _seconds(said.get("expires_in"))
        self._ends = None if life is None else monotonic() + life - min(_EARLIER, life / 10)
        self._token = token
        return token


_TOKENS: Final[Operation[Any]] = Operation("POST", "the token endpoint")


def _seconds(value: object) -> float | None:
    """How long a token lives; None where the server does not say so in a way that means something."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= 10:  # noqa: PLR2004
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # `isfinite` fails on integers that no float can hold, which are finite.
    value = min(value, _MOST_SECONDS) if isinstance(value, int) else value
    return float(min(value, _MOST_SECONDS)) if value > 0 and isfinite(value) else None


def _failed(request: Request, reason: str, cause: ApiError | None = None) -> TokenError:
    told = f" ({cause})" if cause is not None else ""
    return TokenError(f"{request.name}: no access token: {reason}{told}")
