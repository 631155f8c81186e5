"""Checks of values that messages must not show."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from specwright.plan.ir import Checks


def secret(checks: Checks) -> Checks:
    """The same checks of a value that must not be shown, nor any part of it."""
    made: Checks = _covered(checks)
    return made


def _covered(value: Any) -> Any:
    if isinstance(value, tuple):
        parts: tuple[Any, ...] = value  # pyright: ignore[reportUnknownVariableType] -- of whatever the IR is made of
        return tuple(map(_covered, parts))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    inner = {field.name: _covered(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Checks):
        inner["secret"] = True
    return replace(value, **inner)
