"""Bodies of the media type `application/x-www-form-urlencoded` (OpenAPI 3.2, section 4.15.4; WHATWG URL, section 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .encode import UnsendableError, pointed
from .issues import Issue
from .media import family
from .styles import as_json, by_default, form_escaped, pairs, reserved, scalar, urlencoded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .operation import Encoding

__all__ = ["form", "text_of"]


def form(value: Mapping[str, Any], encodings: Mapping[str, Encoding], issues: list[Issue]) -> bytes:
    """The members of an object as a form; `None` is left out, which has no text."""
    parts: list[str] = []
    for name, item in value.items():
        if item is None:
            continue
        try:
            parts += [f"{form_escaped(key)}={text}" for key, text in _pairs(name, item, encodings.get(name))]
        except UnsendableError as fault:
            issues.append(Issue(pointed("", name), fault.keyword, fault.message))
    return "&".join(parts).encode("ascii")


def _pairs(name: str, value: Any, encoding: Encoding | None) -> Iterable[tuple[str, str]]:
    if encoding is None:
        return by_default(name, value, form_escaped)
    if encoding.style is not None:
        return pairs(name, value, encoding.style, _reserved if encoding.style.reserved else form_escaped)
    items = value if value.__class__ is list else [value]
    return [(name, form_escaped(text_of(item, encoding.content_type))) for item in items]


def _reserved(text: str) -> str:
    return reserved(text).replace("%20", "+")


def text_of(value: Any, content_type: str) -> str:
    """A value as text of a media type; as JSON or plain, by what it is, where there is none."""
    inner = value.__class__ is dict or value.__class__ is list
    kind = family(content_type) if content_type else "json" if inner else "text"
    if kind == "json":
        return as_json(value)
    if kind == "form":
        return urlencoded("value", value)
    if inner:
        raise UnsendableError("contentMediaType", f"must be text to be sent as {content_type}")
    return scalar(value)
