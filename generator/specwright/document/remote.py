"""Files of other hosts: the only use of the network in reading a document, for hosts that the user names.

Nothing but what is asked for is sent: no cookies, no credentials, and through no proxy.
"""

from __future__ import annotations

import ipaddress
import re
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, urljoin, urlsplit

from specwright.problems import Problem, Refused, problem, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from specwright.problems import Place

_SECONDS: Final = 20
"""How long a connection, and each wait for more of an answer, may take."""
_REDIRECTS: Final = 5
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_OK: Final = 200
_PORTS: Final = {"https": 443, "http": 80}
_SENT: Final = {
    "Accept": "application/yaml, application/json, */*",
    "User-Agent": "specwright",
    "Connection": "close",
}
_UNSAFE: Final = re.compile(r"[^\x21-\x7e]")
"""What no URL has (RFC 3986, section 2)."""


def host_of(url: str) -> str:
    """The host of a URL as it is allowed: with its port, where that is not the usual one; "" where it has none."""
    try:
        parts = urlsplit(url)
        name, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return ""
    name = f"[{name}]" if ":" in name else name
    return name if port in {None, _PORTS.get(parts.scheme)} else f"{name}:{port}"


def fetch(url: str, hosts: Collection[str], most: int, place: Place) -> tuple[str, bytes]:
    """The URL that a file has in the end, and its content up to `most` bytes and one.

    Args:
        url: Where the file is.
        hosts: The hosts that may be asked, as `host_of` gives them; redirects lead to these only, too.
        most: How many bytes it may have.
        place: What asks for it.

    Raises:
        Refused: It may not be fetched, or it can't.
    """
    asked = url
    for _ in range(_REDIRECTS + 1):
        refusal = _refusal(url, hosts, place, "" if url == asked else asked)
        if refusal:
            raise Refused([refusal])
        try:
            moved, data = _answer(urlsplit(url), most)
            ahead = urljoin(url, moved)
        except (OSError, HTTPException, ValueError) as error:
            said = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise _failed(asked, said, place) from None
        if not moved:
            return url, data
        url = ahead
    raise _failed(asked, f"it is redirected more than {_REDIRECTS} times", place)


def _refusal(url: str, hosts: Collection[str], place: Place, asked: str) -> Problem | None:
    """Why a URL may not be fetched, if so; `asked` is the one that was redirected to it."""
    what = f"{quoted(asked)} is redirected to {quoted(url)}, which" if asked else f"The `$ref` {quoted(url)}"
    host = host_of(url)
    rules: tuple[tuple[Callable[[], bool], str, str | None], ...] = (
        (lambda: not host or bool(_UNSAFE.search(url)), "is no URL", ""),
        (lambda: "@" in urlsplit(url).netloc, "has credentials, which are never sent", ""),
        (
            lambda: host not in hosts,
            "is on another host, and nothing is fetched",
            f"Save the file beside the document and refer to that, or allow its host: --allow-host {host}.",
        ),
        (
            lambda: (
                urlsplit(url).scheme != "https" and not (urlsplit(url).scheme == "http" and _is_here(url))
            ),
            "is not https",
            "",
        ),
    )
    found = next(((said, hint) for breaks, said, hint in rules if breaks()), None)
    return problem("ref-remote", place, f"{what} {found[0]}.", found[1]) if found else None


def _is_here(url: str) -> bool:
    """Whether a URL is of this machine itself."""
    name = urlsplit(url).hostname or ""
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _answer(url: SplitResult, most: int) -> tuple[str, bytes]:
    """Where else a file is, or "" and its content."""
    kind = HTTPSConnection if url.scheme == "https" else HTTPConnection
    connection = kind(url.hostname or "", url.port, timeout=_SECONDS)
    try:
        connection.request("GET", f"{url.path or '/'}{'?' * bool(url.query)}{url.query}", headers=_SENT)
        answer: HTTPResponse = connection.getresponse()
        if answer.status in _MOVED and answer.headers.get("Location"):
            return answer.headers["Location"], b""
        if answer.status != _OK:
            raise HTTPException(f"the answer is {answer.status} {answer.reason}".rstrip())
        return "", answer.read(most + 1)
    finally:
        connection.close()


def _failed(url: str, said: str, place: Place) -> Refused:
    return Refused([problem("remote-unreachable", place, f"{quoted(url)} can't be fetched: {said}.")])
