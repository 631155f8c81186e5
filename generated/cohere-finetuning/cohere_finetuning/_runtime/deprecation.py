"""`deprecated` of PEP 702, which the standard library has from Python 3.13 on only."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import deprecated
else:
    import functools
    import inspect
    import warnings
    from collections.abc import Callable  # noqa: TC003 -- the type checkers see the other branch
    from typing import Any

    def deprecated(message: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """A decorator: a call of what it marks warns with `message`."""

        def mark(function: Callable[..., Any]) -> Callable[..., Any]:
            @functools.wraps(function)
            def warning(*args: Any, **kwargs: Any) -> Any:
                warnings.warn(message, DeprecationWarning, stacklevel=2)
                return function(*args, **kwargs)

            warning.__deprecated__ = message
            # Python 3.11 can't mark it; there it is a function that returns a coroutine, which is awaited alike.
            markable = inspect.iscoroutinefunction(function) and hasattr(inspect, "markcoroutinefunction")
            return inspect.markcoroutinefunction(warning) if markable else warning

        return mark


__all__ = ["deprecated"]
