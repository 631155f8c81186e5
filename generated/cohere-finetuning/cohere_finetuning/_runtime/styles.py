"""Values as text in the styles of OpenAPI (3.2, section 4.12.4): RFC 6570, and what came after it.

What is written is plain JSON already (`encode.plain`). Each style gives pairs of a name, as it is, and an escaped text:
queries and forms join them, the parts of a multipart body are made of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias
from urllib.parse import quote, quote_plus

from .encode import UnsendableError, json_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["Style", "delimited", "form_escaped", "pairs", "percent", "reserved", "same", "scalar"]


class Style(NamedTuple):
    """How a value is written, where it is not the usual way of its place."""

    style: str
    """`simple`, `label`, `matrix`, `form`, `spaceDelimited`, `pipeDelimited`, `deepObject` or `cookie`; for what has a media
    type instead, `json`, `text` or `urlencoded`, and behind `whole ` where that is all of a query."""
    explode: bool = False
    """Whether each item or member stands for itself."""
    reserved: bool = False
    """Whether reserved characters of RFC 3986 stay as they are (`allowReserved`)."""


Pair: TypeAlias = "tuple[str, str]"

_UNRESERVED: Final = re.compile(r"[A-Za-z0-9._~-]*", re.ASCII)
# All but what ends the parameter or is read as a space.
_RESERVED: Final = ":/?[]@!$'()*,;="
_ESCAPED: Final = re.compile(r"(%[0-9A-Fa-f]{2})", re.ASCII)


# How characters are escaped.


def same(text: str) -> str:
    """`text` as it is."""
    return text


def percent(text: str) -> str:
    """`text` with all but unreserved characters percent-encoded (RFC 6570, section 3.2.1)."""
    return text if _UNRESERVED.fullmatch(text) else quote(text, safe="")


def reserved(text: str, safe: str = _RESERVED) -> str:
    """`text` with reserved characters and escapes as they are (RFC 6570, section 3.2.3), but for those that have a meaning."""
    pieces = _ESCAPED.split(text)
    pieces[::2] = [quote(piece, safe=safe) for piece in pieces[::2]]
    return "".join(pieces)


def form_escaped(text: str) -> str:
    """`text` as a form has it, with `+` for a blank (WHATWG URL, `application/x-www-form-urlencoded` percent-encode set)."""
    return quote_plus(text, safe="*").replace("~", "%7E")


# Text of values.


def scalar(value: Any) -> str:
    """The text of a scalar. `UnsendableError` for what has none."""
    if type(value) is str:
        return value
    if value is True or value is False:
        return "true" if value else "false"
    if value is None:
        raise UnsendableError("type", "is null, which has no text")
    if value.__class__ is dict or value.__class__ is list:
        raise UnsendableError("type", "has an array or object in a place that holds only text")
    return repr(value)


def as_json(value: Any) -> str:
    """The JSON of a value, as text."""
    return json_bytes(value).decode()


def delimited(value: Any, delimiter: str, style: Style, escape: Callable[[str], str]) -> str:
    """A scalar; `a,b`; or `k,v,k,v`, exploded `k=v,k=v`."""
    if value.__class__ is list:
        return delimiter.join([escape(scalar(item)) for item in value])
    if value.__class__ is dict:
        between = "=" if style.explode else delimiter
        members = value.items()
        return delimiter.join([f"{escape(key)}{between}{escape(scalar(item))}" for key, item in members])
    return escape(scalar(value))


def pairs(name: str, value: Any, style: Style, escape: Callable[[str], str]) -> Iterable[Pair]:
    """The pairs that a value is written as. `UnsendableError` for one that the style can't hold."""
    return _STYLES[style.style](name, value, style, escape)


def _form(name: str, value: Any, style: Style, escape: Callable[[str], str]) -> Iterator[Pair]:
    if style.explode and value.__class__ is list:
        for item in value:
            yield name, escape(scalar(item))
    elif style.explode and value.__class__ is dict:
        for key, item in value.items():
            if item is not None:
                yield key, escape(scalar(item))
    else:
        yield name, delimited(value, ",", style, escape)


def _spaces(name: str, value: Any, style: Style, escape: Callable[[str], str]) -> Iterable[Pair]:
    return _separated(name, value, style, escape, " ")


def _pipes(name: str, value: Any, style: Style, escape: Callable[[str], str]) -> Iterable[Pair]:
    return _separated(name, value, style, escape, "|")


def _separated(
    name: str, value: Any, style: Style, escape: Callable[[str], str], delimiter: str
) -> Iterable[Pair]:
    if style.explode:  # which has no meaning of its own here, so that it is read as that of `form`
        return _form(name, value, style, escape)
    return [(name, delimited(value, escape(delimiter), style, escape))]


def _deep_object(name: str, value: Any, style: Style, escape: Callable[[str], str]) -> Iterator[Pair]:
    """`name[key]=value`, and, as is the custom though OpenAPI does not say, `name[a][b]=value` and `name[0]=value`."""
    if value.__class__ is dict:
        for key, item in value.items():
            if item is not None:
                yield from _deep_object(f"{name}[{key}]", item, style, escape)
    elif value.__class__ is list:
        for index, item in enumerate(value):
            yield from _deep_object(f"{name}[{index}]", item, style, escape)
    else:
        yield name, escape(scalar(value))


def _json(name: str, value: Any, _style: Style, escape: Callable[[str], str]) -> Iterable[Pair]:
    return [(name, escape(as_json(value)))]


def _text(name: str, value: Any, _style: Style, escape: Callable[[str], str]) -> Iterable[Pair]:
    return [(name, escape(scalar(value)))]


def _urlencoded(name: str, value: Any, _style: Style, escape: Callable[[str], str]) -> Iterable[Pair]:
    return [(name, escape(urlencoded(name, value)))]


def urlencoded(name: str, value: Any) -> str:
    """A value as a form of its own: the members of an object; anything else under its name."""
    members: Any = value.items() if value.__class__ is dict else [(name, value)]
    return "&".join(
        f"{form_escaped(key)}={text}"
        for wire, item in members
        if item is not None
        for key, text in by_default(wire, item, form_escaped)
    )


def by_default(name: str, value: Any, escape: Callable[[str], str]) -> Iterator[Pair]:
    """Pairs without a style: each item for itself, objects and arrays in arrays as JSON (OpenAPI 3.2, section 4.15.1)."""
    for item in value if value.__class__ is list else [value]:
        inner = item.__class__ is dict or item.__class__ is list
        yield name, escape(as_json(item) if inner else scalar(item))


_STYLES: Final[dict[str, Callable[[str, Any, Style, Callable[[str], str]], Iterable[Pair]]]] = {
    "form": _form,
    "cookie": _form,
    "spaceDelimited": _spaces,
    "pipeDelimited": _pipes,
    "deepObject": _deep_object,
    "json": _json,
    "text": _text,
    "urlencoded": _urlencoded,
}
