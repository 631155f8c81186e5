"""Path, query, header and cookie parameters as text: RFC 6570 and the styles of OpenAPI (3.1, section 4.8.12.2).

What is written is plain JSON already (`encode.plain`). A value that a place cannot hold is an `Issue` and never text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote

from .encode import UnsendableError, json_bytes, pointed
from .issues import Issue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

__all__ = ["Style", "check_header", "cookies", "headers", "path_segment", "query"]


class Style(NamedTuple):
    """How a parameter is written, where it is not the usual way of its place."""

    style: str
    """`simple`, `label`, `matrix`, `form`, `spaceDelimited`, `pipeDelimited` or `deepObject`; `json` for a parameter that
    has a media type instead."""
    explode: bool = False
    """Whether each item or member stands for itself."""
    reserved: bool = False
    """Whether reserved characters of RFC 3986 stay as they are (`allowReserved`)."""


PATH: Final = Style("simple")
QUERY: Final = Style("form", explode=True)
HEADER: Final = Style("simple")
COOKIE: Final = Style("form")

# All but what ends the parameter or is read as a space.
_RESERVED = ":/?[]@!$'()*,;="
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]*", re.ASCII)
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)
# Visible ASCII with spaces inside (RFC 9110, section 5.5, without what only some servers understand).
_HEADER_VALUE = re.compile(r"(?:[!-~](?:[ -~]*[!-~])?)?", re.ASCII)
_COOKIE_VALUE = re.compile(r"[!#-+\--:<-\[\]-~]*", re.ASCII)  # RFC 6265, section 4.1.1
_FRAMING: Final = frozenset({"content-length", "transfer-encoding", "host", "connection"})


def path_segment(name: str, value: Any, style: Style, issues: list[Issue]) -> str:
    """The text of a path parameter: never empty, `.` or `..`, and never more than its part of the path."""
    try:
        text = _PATH_STYLES[style.style](_percent(name), value, style)
    except UnsendableError as fault:
        issues.append(Issue(pointed("/path", name), fault.keyword, fault.message))
        return "-"
    if text in _ELSEWHERE:
        issues.append(Issue(pointed("/path", name), "minLength", _ELSEWHERE[text]))
    return text


_ELSEWHERE: Final = {
    "": "is empty, which would make it another path",
    ".": "is '.', which would make it another path",
    "..": "is '..', which would make it another path",
}


def query(values: Mapping[str, Any], styles: Mapping[str, Style], issues: list[Issue]) -> list[str]:
    """The `name=value` parts of a query. `None` is left out: the query has no text for it."""
    parts: list[str] = []
    for name, value in values.items():
        if value is None:
            continue
        style = styles.get(name, QUERY)
        try:
            parts.extend(_QUERY_STYLES[style.style](_percent(name), value, style))
        except UnsendableError as fault:
            issues.append(Issue(pointed("/query", name), fault.keyword, fault.message))
    return parts


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
            text = _as_json(value) if style.style == "json" else _delimited(value, ",", style, _same)
            check_header(name, text)
            given.append((name, text))
        except UnsendableError as fault:
            issues.append(Issue(pointed("/header", name), fault.keyword, fault.message))
    return given


def check_header(name: str, value: str) -> None:
    """Refuse what is no header, without telling its value: `UnsendableError`."""
    if _TOKEN.fullmatch(name) is None:
        raise UnsendableError("propertyNames", "is no name of a header")
    if name.lower() in _FRAMING:
        raise UnsendableError("propertyNames", "is a header that only the connection itself may set")
    if _HEADER_VALUE.fullmatch(value) is None:
        raise UnsendableError("pattern", f"{_why_not(value)}, which no header can hold")


def cookies(values: Mapping[str, Any], styles: Mapping[str, Style], issues: list[Issue]) -> list[str]:
    """The `name=value` pairs of the cookie parameters. `None` is left out."""
    pairs: list[str] = []
    for name, value in values.items():
        if value is None:
            continue
        style = styles.get(name, COOKIE)
        try:
            text = _percent(_as_json(value)) if style.style == "json" else _scalar(value)
            _check_cookie(name, text)
            pairs.append(f"{name}={text}")
        except UnsendableError as fault:
            issues.append(Issue(pointed("/cookie", name), fault.keyword, fault.message))
    return pairs


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


# Text of values.


def _scalar(value: Any) -> str:
    if type(value) is str:
        return value
    if value is True or value is False:
        return "true" if value else "false"
    if value is None:
        raise UnsendableError("type", "is null, which has no text")
    if value.__class__ is dict or value.__class__ is list:
        raise UnsendableError("type", "has an array or object in a place that holds only text")
    return repr(value)


def _same(text: str) -> str:
    return text


def _percent(text: str) -> str:
    return text if _UNRESERVED.fullmatch(text) else quote(text, safe="")


def _percent_but_reserved(text: str) -> str:
    return quote(text, safe=_RESERVED)


def _as_json(value: Any) -> str:
    return json_bytes(value).decode()


def _delimited(value: Any, delimiter: str, style: Style, escape: Callable[[str], str]) -> str:
    """A scalar; `a,b`; or `k,v,k,v`, exploded `k=v,k=v`."""
    if value.__class__ is list:
        return delimiter.join([escape(_scalar(item)) for item in value])
    if value.__class__ is dict:
        between = "=" if style.explode else delimiter
        members = value.items()
        return delimiter.join([f"{escape(key)}{between}{escape(_scalar(item))}" for key, item in members])
    return escape(_scalar(value))


def _simple(_name: str, value: Any, style: Style) -> str:
    return _delimited(value, ",", style, _percent)


def _label(_name: str, value: Any, style: Style) -> str:
    return "." + _delimited(value, "." if style.explode else ",", style, _percent)


def _matrix(name: str, value: Any, style: Style) -> str:
    if style.explode and value.__class__ is list:
        return "".join([f";{name}={_percent(_scalar(item))}" for item in value])
    if style.explode and value.__class__ is dict:
        return ";" + _delimited(value, ";", style, _percent)
    return f";{name}={_delimited(value, ',', style, _percent)}"


def _json_segment(_name: str, value: Any, _style: Style) -> str:
    return _percent(_as_json(value))


_PATH_STYLES: Final[dict[str, Callable[[str, Any, Style], str]]] = {
    "simple": _simple,
    "label": _label,
    "matrix": _matrix,
    "json": _json_segment,
}


def _form(name: str, value: Any, style: Style, delimiter: str = ",") -> Iterable[str]:
    escape = _percent_but_reserved if style.reserved else _percent
    if style.explode and value.__class__ is list:
        return [f"{name}={escape(_scalar(item))}" for item in value]
    if style.explode and value.__class__ is dict:
        members = value.items()
        return [f"{_percent(key)}={escape(_scalar(item))}" for key, item in members if item is not None]
    return [f"{name}={_delimited(value, delimiter, style, escape)}"]


def _space_delimited(name: str, value: Any, style: Style) -> Iterable[str]:
    return _form(name, value, style, "%20")


def _pipe_delimited(name: str, value: Any, style: Style) -> Iterable[str]:
    return _form(name, value, style, "%7C")


def _deep_object(name: str, value: Any, style: Style) -> Iterator[str]:
    """`name[key]=value`, and, as is the custom though OpenAPI does not say, `name[a][b]=value` and repeated items."""
    if value.__class__ is dict:
        for key, item in value.items():
            if item is not None:
                yield from _deep_object(f"{name}%5B{_percent(key)}%5D", item, style)
    elif value.__class__ is list:
        for item in value:
            yield from _deep_object(name, item, style)
    else:
        yield f"{name}={_percent(_scalar(value))}"


def _json_pair(name: str, value: Any, _style: Style) -> Iterable[str]:
    return [f"{name}={_percent(_as_json(value))}"]


_QUERY_STYLES: Final[dict[str, Callable[[str, Any, Style], Iterable[str]]]] = {
    "form": _form,
    "spaceDelimited": _space_delimited,
    "pipeDelimited": _pipe_delimited,
    "deepObject": _deep_object,
    "json": _json_pair,
}
