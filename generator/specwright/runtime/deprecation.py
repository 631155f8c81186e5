"""`deprecated` of PEP 702, which the standard library has from Python 3.13 on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import deprecated as deprecated  # noqa: PLC0414 -- handed on to generated code
else:
    import functools
    import inspect
    import warnings

    def deprecated(message):
        """A decorator: calls of what it marks warn with `message`."""

        def mark(function):
            @functools.wraps(function)
            def warning(*args, **kwargs):
                warnings.warn(message, DeprecationWarning, stacklevel=2)
                return function(*args, **kwargs)

            warning.__deprecated__ = message
            return inspect.markcoroutinefunction(warning) if _is_async(function) else warning

        return mark

    def _is_async(function):
        return inspect.iscoroutinefunction(function) and hasattr(inspect, "markcoroutinefunction")
