"""Bodies that are not JSON, or not always: chosen, made plain for the validator, and encoded."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import TYPE_CHECKING, Any, Final, cast

from .encode import UnsendableError, json_bytes, plain, pointed
from .forms import form
from .issues import Issue
from .media import charset, family
from .sequences import lines, sequence
from .styles import scalar
from .types import OMIT
from .uploads import File, Stream, binary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .media import Family
    from .operation import Body, Call

__all__ = ["Outgoing", "outgoing"]

Content = bytes | Stream | None


class Outgoing:
    """A body on its way."""

    __slots__ = ("body", "files", "raw", "value")

    def __init__(self, body: Body, value: Any, files: Mapping[str, Sequence[File]], raw: Any) -> None:
        self.body = body
        self.value = value
        """As plain JSON, for its validator; `OMIT` if there is none."""
        self.files = files
        """The members of it that are files."""
        self.raw = raw
        """What the caller gave, where that is bytes already."""

    def encoded(self, value: Any, issues: list[Issue]) -> tuple[Content, str]:
        """The content, and its `Content-Type`; `issues` gains what has no form in it."""
        if value is OMIT and self.raw is OMIT:
            return None, ""
        try:
            return _ENCODERS[self.body.family](self, value, issues)
        except UnsendableError as fault:
            issues.append(Issue("", fault.keyword, fault.message))
            return None, ""


_OF_FILES: Final = ("read", "__fspath__")
"""What an open file has, or the path of one."""


def outgoing(call: Call[Any], faults: list[Issue]) -> Outgoing:
    """The body of a call, as the media type that the caller chose, else the first. `faults` gains what can't be sent."""
    bodies = call.operation.bodies
    wanted = call.media_type
    body = next((one for one in bodies if wanted is OMIT or one.media_type == wanted), None)
    if body is None:
        known = ", ".join(repr(one.media_type) for one in bodies)
        raise ValueError(f"content_type must be one of {known}")
    if call.body is OMIT:
        return Outgoing(body, OMIT, {}, OMIT)
    # Where the schema of a text is binary, callers give bytes, and they are not to be written once more.
    written = isinstance(call.body, bytes) or any(hasattr(call.body, name) for name in _OF_FILES)
    if body.family == "binary" or (body.family in {"text", "xml"} and written):
        return Outgoing(body, OMIT, {}, call.body)
    if body.family == "multipart":
        return _of_parts(body, call.body, faults)
    return Outgoing(body, plain(call.body, "", faults), {}, OMIT)


# Parts.


def _of_parts(body: Body, given: Any, faults: list[Issue]) -> Outgoing:
    if isinstance(given, list | tuple):
        return _of_placed_parts(body, list(cast("Sequence[Any]", given)), faults)
    if not isinstance(given, Mapping):
        return Outgoing(body, plain(given, "", faults), {}, OMIT)
    members = cast("Mapping[str, Any]", given)
    files = {
        name: _files(members[name], pointed("", name), faults)
        for name in body.uploads
        if members.get(name, OMIT) is not OMIT
        and members[name] is not None
        and not (name in body.texts and isinstance(members[name], str))
    }
    rest = plain({name: value for name, value in members.items() if name not in files}, "", faults)
    # In the caller's order. The validator has nothing to say of files but how many there are.
    value = {
        name: _places(members[name]) if name in files else rest[name]
        for name in members
        if name in files or name in rest
    }
    return Outgoing(body, value, files, OMIT)


def _places(value: Any) -> Any:
    """What stands for files in the eyes of a validator."""
    return [None] * len(value) if _listed(value) else None


def _listed(value: Any) -> bool:
    """Whether a caller gave several files: a tuple may be one file, and starts with its name then."""
    return value.__class__ is list or (isinstance(value, tuple) and not isinstance((*value, "")[0], str))


def _of_placed_parts(body: Body, given: list[Any], faults: list[Issue]) -> Outgoing:
    parts: list[Any] = []
    for index, item in enumerate(given):
        pointer = pointed("", index)
        is_file = isinstance(item, bytes | PathLike | tuple) or hasattr(item, "read")
        parts += _files(item, pointer, faults) if is_file else [plain(item, pointer, faults)]
    value = [None if isinstance(part, File) else part for part in parts]
    return Outgoing(body, value, {}, parts)


def _files(value: Any, pointer: str, faults: list[Issue]) -> list[File]:
    """The files that a caller gave: one, or a list of them."""
    if not _listed(value):
        return _opened(value, pointer, faults)
    return [
        file for index, item in enumerate(value) for file in _opened(item, pointed(pointer, index), faults)
    ]


def _opened(value: Any, pointer: str, faults: list[Issue]) -> list[File]:
    try:
        return [File.of(value)]
    except UnsendableError as fault:
        faults.append(Issue(pointer, fault.keyword, fault.message))
        return []


# How each family is written.


def _as_json(out: Outgoing, value: Any, _issues: list[Issue]) -> tuple[Content, str]:
    return json_bytes(value), out.body.media_type


def _as_lines(out: Outgoing, value: Any, _issues: list[Issue]) -> tuple[Content, str]:
    return lines(_items(value)), out.body.media_type


def _as_sequence(out: Outgoing, value: Any, _issues: list[Issue]) -> tuple[Content, str]:
    return sequence(_items(value)), out.body.media_type


def _items(value: Any) -> list[Any]:
    if value.__class__ is not list:
        raise UnsendableError("type", "must be an array to be sent as a sequence of JSON")
    return value


def _as_form(out: Outgoing, value: Any, issues: list[Issue]) -> tuple[Content, str]:
    return form(_members(value, "a form"), out.body.encodings, issues), out.body.media_type


def _as_parts(out: Outgoing, value: Any, issues: list[Issue]) -> tuple[Content, str]:
    from .multipart import multipart, named_parts, placed_parts  # noqa: PLC0415  # only where there are parts

    body = out.body
    if value.__class__ is list:
        placed: list[Any] = value if out.raw is OMIT else out.raw
        return multipart(placed_parts(placed, body.positions, issues), body.media_type)
    members = _members(value, "a body of several parts")
    return multipart(named_parts(members, out.files, body.encodings, issues), body.media_type)


def _members(value: Any, what: str) -> dict[str, Any]:
    if value.__class__ is not dict:
        raise UnsendableError("type", f"must be an object to be sent as {what}")
    return value


def _as_text(out: Outgoing, value: Any, _issues: list[Issue]) -> tuple[Content, str]:
    if value is OMIT:
        return binary(out.raw), out.body.media_type
    text, media_type = scalar(value), out.body.media_type
    name = charset(media_type)
    if not name and not text.isascii() and family(media_type) == "text":
        media_type += "; charset=utf-8"
    try:
        return text.encode(name or "utf-8"), media_type
    except (UnicodeEncodeError, LookupError):
        raise UnsendableError("contentMediaType", f"cannot be written in the character set {name}") from None


def _as_binary(out: Outgoing, _value: Any, _issues: list[Issue]) -> tuple[Content, str]:
    return binary(out.raw), out.body.media_type


_ENCODERS: Final[dict[Family, Callable[[Outgoing, Any, list[Issue]], tuple[Content, str]]]] = {
    "json": _as_json,
    "lines": _as_lines,
    "sequence": _as_sequence,
    "events": _as_text,
    "form": _as_form,
    "multipart": _as_parts,
    "text": _as_text,
    "xml": _as_text,
    "binary": _as_binary,
}
