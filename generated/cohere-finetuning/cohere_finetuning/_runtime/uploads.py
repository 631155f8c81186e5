"""Files and other bytes that callers send: what they may give, and the pieces that it is sent in."""

from __future__ import annotations

import os
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator, Sequence
from io import SEEK_END, TextIOBase
from typing import Any, Final, Protocol, TypeAlias, cast

from .encode import UnsendableError

__all__ = ["AsyncBinary", "Binary", "File", "Readable", "Stream", "Upload"]


class Readable(Protocol):
    """A file that is open for reading bytes."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""
        ...


FileContent: TypeAlias = bytes | Readable | os.PathLike[str]
"""What is in a file: the bytes, the file itself, which is read from where it stands, or where it is."""

Upload: TypeAlias = FileContent | tuple[str, FileContent] | tuple[str, FileContent, str]
"""A file to send: its content, or `(file name, content)`, or `(file name, content, media type)`."""

Binary: TypeAlias = FileContent | Iterable[bytes]
"""A body of bytes: all of them, a file, which is read from where it stands, the path of one, or pieces one after another."""

AsyncBinary: TypeAlias = Binary | AsyncIterable[bytes]
"""The same for `async` code."""

_PIECE: Final = 2**16
_NAMELESS: Final = "upload"
_BYTES: Final = (bytes, bytearray, memoryview)


class File:
    """A file as a part of a body has it."""

    __slots__ = ("content", "media_type", "name")

    def __init__(self, name: str, content: Any, media_type: str) -> None:
        self.name = name
        self.content = content
        self.media_type = media_type
        """`""` where the caller gave none."""

    @classmethod
    def of(cls, value: Any) -> File:
        """What a caller gave as an `Upload`. `UnsendableError` if it is none."""
        name, content, media_type = None, value, ""
        if value.__class__ is tuple:
            given: tuple[Any, ...] = value
            if len(given) not in {2, 3} or not all(
                isinstance(given[at], str) for at in (0, *range(2, len(given)))
            ):
                raise UnsendableError(
                    "type", "is a tuple, but not (file name, content) or (file name, content, media type)"
                )
            name, content, media_type = (*given, "")[:3]
        _check(content)
        return cls(_name(content) if name is None else name, content, media_type)


def _check(content: Any) -> None:
    """Refuse what has no bytes."""
    if isinstance(content, TextIOBase):
        raise UnsendableError("type", "is a file that is open as text; open it with the mode 'rb'")
    if not (isinstance(content, (*_BYTES, os.PathLike)) or hasattr(content, "read")):
        raise UnsendableError(
            "type",
            f"is no file: expected bytes, a path or a file that is open, found {type(content).__name__}",
        )


def _name(content: Any) -> str:
    """What a file is called that the caller gave no name for: the last part of its path."""
    path = cast("object", content if isinstance(content, os.PathLike) else getattr(content, "name", None))
    text = os.fspath(cast("os.PathLike[str]", path)) if isinstance(path, os.PathLike) else path
    return (os.path.basename(text) if isinstance(text, str) else "") or _NAMELESS  # noqa: PTH119  # a name alone


class Stream:
    """A body that is sent piece by piece: bytes, files, and iterables of bytes, in this order.

    Each is read while it is sent, and from where it stood first if it is sent again. A path is opened then, and closed.
    """

    __slots__ = ("_starts", "length", "parts")

    def __init__(self, parts: Sequence[Any]) -> None:
        self.parts = parts
        sizes = [_size(part) for part in parts]
        self.length: int | None = None if None in sizes else sum(size or 0 for size in sizes)
        """How many bytes it has; None where that is not known beforehand."""
        self._starts = [_start(part) for part in parts]

    @property
    def replayable(self) -> bool:
        """Whether it can be sent once more: whether there is no part that can be read but once."""
        return None not in self._starts

    def _rewound(self) -> Iterator[Any]:
        """The parts, each open file where it stood in the beginning."""
        for part, start in zip(self.parts, self._starts, strict=True):
            if start is not None and hasattr(part, "seek"):
                part.seek(start)
            yield part

    def __repr__(self) -> str:
        return f"<Stream of {'unknown length' if self.length is None else f'{self.length} bytes'}>"

    def pieces(self) -> Iterator[bytes]:
        """The bytes, in pieces."""
        for part in self._rewound():
            yield from _pieces(part)

    async def async_pieces(self) -> AsyncIterator[bytes]:
        """The bytes, in pieces; files are read in a thread."""
        from anyio.to_thread import run_sync  # noqa: PLC0415  # only where files are sent

        for part in self._rewound():
            if hasattr(part, "__aiter__"):
                async for piece in part:
                    yield _bytes(piece)
                continue
            waiting = _pieces(part)
            while (piece := await run_sync(next, waiting, None)) is not None:
                yield piece


def binary(value: Any) -> bytes | Stream:
    """A body that is bytes already. `UnsendableError` if it is anything else."""
    if isinstance(value, _BYTES):
        return bytes(cast("bytes", value))
    in_pieces = hasattr(value, "__iter__") or hasattr(value, "__aiter__")
    if not in_pieces or isinstance(value, str | TextIOBase | dict):
        _check(value)
    return Stream([value])


def _size(part: Any) -> int | None:
    if isinstance(part, _BYTES):
        return memoryview(cast("bytes", part)).nbytes
    if isinstance(part, os.PathLike):
        return os.stat(cast("os.PathLike[str]", part)).st_size  # noqa: PTH116  # any PathLike
    try:
        here: int = part.tell()
        end: int = part.seek(0, SEEK_END)
        part.seek(here)
    except (AttributeError, OSError, ValueError):
        return None
    return end - here


def _start(part: Any) -> int | None:
    """Where a part is read from; None where it can be read but once."""
    if isinstance(part, (*_BYTES, os.PathLike, list, tuple)):
        return 0
    try:
        here: int = part.tell()
        part.seek(here)
    except (AttributeError, OSError, ValueError):
        return None
    return here


def _pieces(part: Any) -> Iterator[bytes]:
    if isinstance(part, _BYTES):
        yield bytes(cast("bytes", part))
    elif isinstance(part, os.PathLike):
        with open(cast("os.PathLike[str]", part), "rb") as file:  # noqa: PTH123  # any PathLike
            yield from _read(file)
    elif hasattr(part, "read"):
        yield from _read(part)
    elif hasattr(part, "__iter__"):
        for piece in part:
            if _bytes(piece):  # an empty piece would end a body that is sent in chunks
                yield piece
    else:
        raise TypeError("a body of an async iterable needs an AsyncClient")


def _read(file: Readable) -> Iterator[bytes]:
    while piece := _bytes(file.read(_PIECE)):
        yield piece


def _bytes(piece: object) -> bytes:
    if not isinstance(piece, bytes):
        raise TypeError(f"a body is made of bytes, and this piece is {type(piece).__name__}")
    return piece
