"""Base URLs."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

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
        parts = urlsplit(text)
        return cls(text.rstrip("/"), parts.scheme.lower() == "https" or _loopback(parts.hostname or ""))


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
