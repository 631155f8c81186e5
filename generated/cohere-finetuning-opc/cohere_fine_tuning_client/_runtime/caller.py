"""Where a warning points: at the line that called into the package, not at one of ours."""

from __future__ import annotations

from inspect import currentframe

PACKAGE = (__package__ or __name__).rpartition(".")[0] or __name__
"""The package that this runtime is a part of."""


def stacklevel() -> int:
    """The `stacklevel` for a `warnings.warn` by the function that calls this one."""
    level = 1
    here = currentframe()
    frame = here.f_back if here is not None else None
    while frame is not None and _ours(frame.f_globals.get("__name__", "")):
        frame = frame.f_back
        level += 1
    return level


def _ours(module: str) -> bool:
    return module == PACKAGE or module.startswith(f"{PACKAGE}.")
