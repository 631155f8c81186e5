"""`deprecated` of PEP 702, which the standard library has from Python 3.13 on only."""

from __future__ import annotations

import functools
import inspect
import sys
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["deprecated"]


def deprecated(message: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A decorator: a call of what it marks warns with `message`. Type checkers see PEP 702's own."""

    def mark(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def warning(*args: Any, **kwargs: Any) -> Any:
            warnings.warn(message, DeprecationWarning, stacklevel=2)
            return function(*args, **kwargs)

        vars(warning)["__deprecated__"] = message
        # Python 3.11 has no way to mark it; a function that returns a coroutine is awaited alike there.
        if inspect.iscoroutinefunction(function) and sys.version_info >= (3, 12):
            return inspect.markcoroutinefunction(warning)
        return warning

    return mark
