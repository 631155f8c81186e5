"""Multipart bodies (RFC 2046, section 5.1; RFC 7578; WHATWG HTML, `multipart/form-data` encoding algorithm)."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING, Any, Final

from .encode import UnsendableError, pointed
from .forms import text_of
from .issues import Issue
from .media import essence
from .operation import Encoding
from .parameters import check_header
from .styles import pairs, same
from .uploads import File, Stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Part", "multipart", "named_parts", "placed_parts"]

_USUAL: Final = Encoding()
_BOUNDARY: Final = re.compile(r';\s*boundary\s*=\s*("[^"]*"|[^;]*)', re.IGNORECASE)
"""A boundary that a document has in its media type, where the one of the body comes."""
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_ESCAPES: Final = {"\r": "%0D", "\n": "%0A", '"': "%22"}
_ESCAPED: Final = re.compile(r'[\r\n"]')


class Part:
    """A part of a body: its headers, and bytes or a file."""

    __slots__ = ("content", "headers")

    def __init__(self, headers: Mapping[str, str], content: Any) -> None:
        self.headers = headers
        self.content = content


def multipart(parts: Sequence[Part], media_type: str) -> tuple[bytes | Stream, str]:
    """The body, and its `Content-Type`, whose boundary is new each time and can be in no content but by guessing 128 bits."""
    boundary = secrets.token_hex(16)
    pieces: list[Any] = []
    for part in parts:
        lines = [f"--{boundary}", *(f"{name}: {value}" for name, value in part.headers.items()), "", ""]
        pieces += ["\r\n".join(lines).encode(), part.content, b"\r\n"]
    pieces.append(f"--{boundary}--\r\n".encode())
    whole = all(isinstance(piece, bytes) for piece in pieces)
    said = f"{_BOUNDARY.sub('', media_type)}; boundary={boundary}"
    return b"".join(pieces) if whole else Stream(pieces), said


def named_parts(
    value: Mapping[str, Any],
    files: Mapping[str, Sequence[File]],
    encodings: Mapping[str, Encoding],
    issues: list[Issue],
) -> list[Part]:
    """A part for each member, for each item of one that is an array; `None` is left out.

    `files` are the members that are files; `value` has something in their place, for the order.
    """
    parts: list[Part] = []
    for name, item in value.items():
        try:
            if name in files:
                parts += [_file_part(name, file, encodings.get(name, _USUAL)) for file in files[name]]
            elif item is not None:
                parts += _parts(name, item, encodings.get(name, _USUAL))
        except UnsendableError as fault:
            issues.append(Issue(pointed("", name), fault.keyword, fault.message))
    return parts


def _parts(name: str, value: Any, encoding: Encoding) -> Iterator[Part]:
    if encoding.style is not None:
        for key, text in pairs(name, value, encoding.style, same):
            yield Part(_disposition(key) | _extra(encoding), text.encode())
        return
    for item in value if value.__class__ is list else [value]:
        yield Part(_disposition(name) | _typed(item, encoding), text_of(item, _single(encoding)).encode())


def placed_parts(value: Sequence[Any], encodings: Sequence[Encoding], issues: list[Issue]) -> list[Part]:
    """A part for each item, without names; the last of `encodings` is that of all further ones too (OpenAPI 3.2, section 4.14.4.2)."""
    parts: list[Part] = []
    for index, item in enumerate(value):
        encoding = encodings[min(index, len(encodings) - 1)] if encodings else _USUAL
        try:
            if isinstance(item, File):
                parts.append(Part(_file_type(item, encoding) | _extra(encoding), item.content))
            else:
                parts.append(Part(_typed(item, encoding), text_of(item, _single(encoding)).encode()))
        except UnsendableError as fault:
            issues.append(Issue(pointed("", index), fault.keyword, fault.message))
    return parts


def _file_part(name: str, file: File, encoding: Encoding) -> Part:
    disposition = _disposition(name, file.name)
    return Part(disposition | _file_type(file, encoding) | _extra(encoding), file.content)


def _disposition(name: str, file_name: str | None = None) -> dict[str, str]:
    tail = "" if file_name is None else f'; filename="{_quoted(file_name)}"'
    field = _quoted(_LINE_END.sub("\r\n", name))
    return {"Content-Disposition": f'form-data; name="{field}"{tail}'}


def _quoted(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UnsendableError(
            "type", "has a name with a lone surrogate, which no text in UTF-8 can hold"
        ) from None
    return _ESCAPED.sub(lambda found: _ESCAPES[found[0]], text)


def _single(encoding: Encoding) -> str:
    """The media type that an encoding names: the first, if it is no range."""
    first = encoding.content_type.partition(",")[0].strip()
    return "" if "*" in essence(first) else first


def _typed(value: Any, encoding: Encoding) -> dict[str, str]:
    """The headers of a part that is no file. Without a `Content-Type` it is `text/plain` (RFC 7578, section 4.4)."""
    inner = value.__class__ is dict or value.__class__ is list
    said = _single(encoding) or ("application/json" if inner else "")
    return ({"Content-Type": said} if said else {}) | _extra(encoding)


def _file_type(file: File, encoding: Encoding) -> dict[str, str]:
    said = file.media_type or _single(encoding) or "application/octet-stream"
    check_header("Content-Type", said)
    return {"Content-Type": said}


def _extra(encoding: Encoding) -> dict[str, str]:
    return dict(encoding.headers)
