"""Base URLs, and servers, from which they are made."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

_ODD = re.compile(r"[\s\\\x00-\x20\x7f]")


class BaseUrl(NamedTuple):
    """Where an API is served."""

    text: str
    """The URL without a slash at its end, to which paths are joined."""
    secure: bool
    """Whether what is sent there cannot be read on the way: HTTPS, or this very machine."""

    @classmethod
    def of(cls, text: object) -> BaseUrl:
        """The base URL that a caller gave. `ValueError` says what is wrong with it, without repeating it."""
        if not isinstance(text, str):
            raise TypeError("base_url must be a str")
        problem = _problem(text)
        if problem:
            raise ValueError(f"base_url {problem}; give it as https://host or https://host/path")
        return cls(text.rstrip("/"), secure(text))


def secure(url: str) -> bool:
    """Whether what is sent there cannot be read on the way: HTTPS, or this very machine."""
    parts = urlsplit(url)
    return parts.scheme.lower() == "https" or _loopback(parts.hostname or "")


def _problem(text: str) -> str:
    if not text:
        return "is missing"
    if _ODD.search(text):
        return "contains a space, a backslash or a control character"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return "is no URL"
    found = {
        "must start with http:// or https://": parts.scheme.lower() not in {"http", "https"},
        "has a user name or password in it, which are given as credentials": "@" in parts.netloc,
        "has no host": not parts.hostname,
        "has a port of 0": port == 0,
        "has a variable in braces, which is to be replaced": "{" in text or "}" in text,
        "has a query": "?" in text,
        "has a fragment": "#" in text,
    }
    return next((problem for problem, true in found.items() if true), "")


def _loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class Server(NamedTuple):
    """A server of the document: a URL with variables in braces, or a path, for one of the same host as the base URL."""

    url: str
    variables: Mapping[str, str] = {}
    """The values of its variables."""
    instead_of: str | None = None
    """The base URL that it takes the place of, for its operation, beside `None`."""

    def filled(self, given: Mapping[str, str]) -> str:
        """The URL with its variables; `given` are those that the client was made with. `ValueError` if one can't be there."""
        values = {**self.variables, **{name: text for name, text in given.items() if name in self.variables}}
        for name, text in values.items():
            if text.__class__ is not str:
                raise TypeError(f"{name} must be a str")
            before, braces, behind = self.url.partition(f"{{{name}}}")
            # A path as a whole may start where the host ends.
            begins = text[:1] == "/" and behind[:1] in {"", "/"}
            unfit = _UNFIT_IN_PATHS if begins or _IN_PATH.match(before) else _UNFIT_IN_HOSTS
            if braces and unfit.search(text) and before:
                raise ValueError(f"{name} has a character that does not fit where the server's URL has it")
        return _VARIABLE.sub(lambda found: values.get(found[1], found[0]), self.url)

    def resolved(self, base_url: str, given: Mapping[str, str]) -> str:
        """The URL, which starts as `base_url` does where it is but a path."""
        text = self.filled(given)
        if not text.startswith("/"):
            return text
        parts = urlsplit(base_url)
        return f"{parts.scheme}://{parts.netloc}{text}"


_VARIABLE: Final = re.compile(r"\{([^{}]*)\}")
# Whether a variable behind this text is in the path: the host has ended.
_IN_PATH: Final = re.compile(r"(?:[^/]*://[^/]*)?/")
_UNFIT_IN_PATHS: Final = re.compile(r"[?#\\@{}\s\x00-\x20\x7f]")
_UNFIT_IN_HOSTS: Final = re.compile(r"[/?#\\@{}\s\x00-\x20\x7f]")
