"""Path, query, header and cookie parameters as text (OpenAPI 3.2, section 4.12).

What is written is plain JSON already (`encode.plain`). A value that a place cannot hold is an `Issue` and never text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from .encode import UnsendableError, pointed
from .issues import Issue
from .styles import Style, as_json, delimited, pairs, percent, reserved, same, scalar, urlencoded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Style", "check_header", "cookies", "headers", "is_header", "path_segment", "query"]

PATH: Final = Style("simple")
QUERY: Final = Style("form", explode=True)
HEADER: Final = Style("simple")
COOKIE: Final = Style("form", explode=True)

_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)
# Visible ASCII with spaces inside (RFC 9110, section 5.5, without what only some servers understand).
_HEADER_VALUE: Final = re.compile(r"(?:[!-~](?:[ -~]*[!-~])?)?", re.ASCII)
_COOKIE_VALUE: Final = re.compile(r"[!#-+\--:<-\[\]-~]*", re.ASCII)  # RFC 6265, section 4.1.1
_FRAMING: Final = frozenset({"content-length", "transfer-encoding", "host", "connection"})


# Paths.


def path_segment(name: str, value: Any, style: Style, issues: list[Issue]) -> str:
    """The text of a path parameter: never empty, `.` or `..`, and never more than its part of the path.

    With `allowReserved` it may be several segments, none of which is `.` or `..`.
    """
    try:
        text = _PATH_STYLES[style.style](percent(name), value, style)
    except UnsendableError as fault:
        issues.append(Issue(pointed("/path", name), fault.keyword, fault.message))
        return "-"
    parts = [unquote(part) for part in text.split("/")] if style.reserved else [text]
    wrong = next((part for part in parts if part in _ELSEWHERE), None)
    if wrong is not None:
        issues.append(Issue(pointed("/path", name), "minLength", _ELSEWHERE[wrong]))
    return text


_ELSEWHERE: Final = {
    "": "is empty, which would make it another path",
    ".": "is '.', which would make it another path",
    "..": "is '..', which would make it another path",
}

# Neither what ends a path nor what is no part of one.
_RESERVED_IN_PATHS: Final = "/:@!$&'()*+,;="


def _reserved_in_paths(text: str) -> str:
    return reserved(text, _RESERVED_IN_PATHS)


def _in_paths(style: Style) -> Callable[[str], str]:
    return _reserved_in_paths if style.reserved else percent


def _simple(_name: str, value: Any, style: Style) -> str:
    return delimited(value, ",", style, _in_paths(style))


def _label(_name: str, value: Any, style: Style) -> str:
    return "." + delimited(value, "." if style.explode else ",", style, _in_paths(style))


def _matrix(name: str, value: Any, style: Style) -> str:
    escape = _in_paths(style)
    if style.explode and value.__class__ is list:
        return "".join([f";{name}={escape(scalar(item))}" for item in value])
    if style.explode and value.__class__ is dict:
        return ";" + delimited(value, ";", style, escape)
    return f";{name}={delimited(value, ',', style, escape)}"


def _json_segment(_name: str, value: Any, _style: Style) -> str:
    return percent(as_json(value))


def _text_segment(_name: str, value: Any, _style: Style) -> str:
    return percent(scalar(value))


def _form_segment(name: str, value: Any, _style: Style) -> str:
    return percent(urlencoded(name, value))


_PATH_STYLES: Final[dict[str, Callable[[str, Any, Style], str]]] = {
    "simple": _simple,
    "label": _label,
    "matrix": _matrix,
    "json": _json_segment,
    "text": _text_segment,
    "urlencoded": _form_segment,
}


# Queries.


def query(values: Mapping[str, Any], styles: Mapping[str, Style], issues: list[Issue]) -> list[str]:
    """The `name=value` parts of a query. `None` is left out: the query has no text for it."""
    parts: list[str] = []
    for name, value in values.items():
        if value is None:
            continue
        style = styles.get(name, QUERY)
        try:
            if style is QUERY and value.__class__ is not list and value.__class__ is not dict:
                parts.append(f"{percent(name)}={percent(scalar(value))}")
            elif style.style in _WHOLE:
                parts += filter(None, [_WHOLE[style.style](name, value)])
            else:
                escape = _reserved_in_queries if style.reserved else percent
                parts += [f"{percent(key)}={text}" for key, text in pairs(name, value, style, escape)]
        except UnsendableError as fault:
            issues.append(Issue(pointed("/query", name), fault.keyword, fault.message))
    return parts


def _reserved_in_queries(text: str) -> str:
    return reserved(text)


_WHOLE: Final[dict[str, Callable[[str, Any], str]]] = {
    "whole json": lambda _name, value: percent(as_json(value)),
    "whole text": lambda _name, value: percent(scalar(value)),
    "whole urlencoded": urlencoded,
}
"""Of a parameter that is the whole query (OpenAPI 3.2, section 4.12.1): the text, by its media type."""


# Headers.


def headers(
    values: Mapping[str, Any], styles: Mapping[str, Style], issues: list[Issue]
) -> list[tuple[str, str]]:
    """The headers of the header parameters, checked. `None` is left out."""
    given: list[tuple[str, str]] = []
    for name, value in values.items():
        if value is None:
            continue
        style = styles.get(name, HEADER)
        try:
            content = _CONTENT.get(style.style) if style is not HEADER else None
            text = delimited(value, ",", style, same) if content is None else content(name, value)
            check_header(name, text)
            given.append((name, text))
        except UnsendableError as fault:
            issues.append(Issue(pointed("/header", name), fault.keyword, fault.message))
    return given


_CONTENT: Final[dict[str, Callable[[str, Any], str]]] = {
    "json": lambda _name, value: as_json(value),
    "text": lambda _name, value: scalar(value),
    "urlencoded": urlencoded,
}
"""Of a parameter that has a media type: its text."""


def check_header(name: str, value: str) -> None:
    """Refuse what is no header, without telling its value: `UnsendableError`."""
    if _TOKEN.fullmatch(name) is None:
        raise UnsendableError("propertyNames", "is no name of a header")
    if name.lower() in _FRAMING:
        raise UnsendableError("propertyNames", "is a header that only the connection itself may set")
    if _HEADER_VALUE.fullmatch(value) is None:
        raise UnsendableError("pattern", f"{_why_not(value)}, which no header can hold")


def is_header(name: str, value: str) -> bool:
    """Whether a header of that name can be sent with that value."""
    try:
        check_header(name, value)
    except UnsendableError:
        return False
    return True


# Cookies.


def cookies(values: Mapping[str, Any], styles: Mapping[str, Style], issues: list[Issue]) -> list[str]:
    """The `name=value` pairs of the cookie parameters. `None` is left out."""
    made: list[str] = []
    for name, value in values.items():
        if value is None:
            continue
        style = styles.get(name, COOKIE)
        # The style `cookie` leaves values as they are (OpenAPI 3.2, section 4.12.3).
        escape = same if style.style == "cookie" else percent
        try:
            for key, text in pairs(name, value, style, same):
                escaped = escape(text)
                _check_cookie(key, escaped)
                made.append(f"{key}={escaped}")
        except UnsendableError as fault:
            issues.append(Issue(pointed("/cookie", name), fault.keyword, fault.message))
    return made


def _check_cookie(name: str, value: str) -> None:
    if _TOKEN.fullmatch(name) is None:
        raise UnsendableError("propertyNames", "is no name of a cookie")
    if _COOKIE_VALUE.fullmatch(value) is None:
        raise UnsendableError("pattern", f"{_why_not(value)}, which no cookie can hold")


def _why_not(value: str) -> str:
    """What is wrong with a text, without the text."""
    if any(c < " " or c == "\x7f" for c in value):
        return "contains a control character"
    if not value.isascii():
        return "contains a character that is not ASCII"
    if value != value.strip():
        return "starts or ends with a space"
    return "contains a space, a quote, a comma, a semicolon or a backslash"
