"""Answers and errors as a terminal is shown them."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterable
from contextlib import closing, contextmanager, nullcontext
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import msgspec

from .encode import as_json, json_bytes
from .errors import ApiError, MissingCredentials, RequestInvalid, TransportError
from .model import Model

if TYPE_CHECKING:
    from collections.abc import Generator

__all__ = ["status_of", "told", "warned", "write"]

_STATUSES: Final[tuple[tuple[type[ApiError], int], ...]] = (
    (MissingCredentials, 2),
    (RequestInvalid, 2),
    (TransportError, 3),
)
"""The exit status of errors; of others it is 1."""
_WHOLE: Final = (Model, dict, list, tuple)


def status_of(error: ApiError) -> int:
    """The exit status of an error."""
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), 1)


def told(error: BaseException) -> str:
    """An error in a line; the issues of a request or an answer in one each."""
    return f"{type(error).__name__}: {error}".rstrip()


@contextmanager
def warned() -> Generator[None]:
    """Shows warnings as errors are shown."""

    def show(message: Warning | str, category: type[Warning], *_place: Any, **_more: Any) -> None:
        shown = told(message) if isinstance(message, Warning) else f"{category.__name__}: {message}"
        sys.stderr.write(f"warning: {shown}\n")

    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = show
        yield


def write(value: Any, out: BinaryIO, most: int | None = None) -> None:
    """Write what a method returned.

    Bytes and text as they are, else JSON; what comes one after another as one line of JSON each, once it comes.
    """
    if value is None:
        return
    if isinstance(value, bytes):
        out.write(value)
    elif isinstance(value, str):
        out.write(value.encode())
    elif not _is_many(value):
        out.write(msgspec.json.format(json_bytes(as_json(value)), indent=2) + b"\n")
    else:
        with _closed(value):
            for item in islice(value, most):
                out.write(json_bytes(as_json(item)) + b"\n")
                out.flush()
    out.flush()


def _is_many(value: Any) -> bool:
    """Whether it is values that come one after another."""
    return isinstance(value, Iterable) and not isinstance(value, _WHOLE)


def _closed(value: Any) -> Any:
    return closing(value) if hasattr(value, "close") else nullcontext()
