"""Secrets in what is shown: marks in their place, and what each form writes there."""

from __future__ import annotations

import os
import re
import secrets
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from specwright.runtime.text import sensitive

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


class Mask(NamedTuple):
    """A secret that is not shown."""

    mark: str
    """The text that stands for it in a request that is only shown."""
    variables: tuple[str, ...]
    """The environment variables that have it: one, or the two of a user name and a password."""


class Secret(NamedTuple):
    """A value that is taken from the environment when it is needed."""

    variable: str


HIDDEN: Final = "***"


class Covering:
    """Puts marks in the place of secrets in values: of those from the environment, and of what the document says is one."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = names
        self.masks: list[Mask] = []

    def covered(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values with marks."""
        return {name: self._covered(value, (name,)) for name, value in values.items()}

    def _covered(self, value: Any, path: tuple[str, ...]) -> Any:
        if isinstance(value, Secret):
            return self._mark(value.variable)
        if value.__class__ is str and (path[-1] in self._names or sensitive(path[-1])):
            return self._mark(re.sub(r"\W+", "_", "_".join(path)).upper())
        if value.__class__ is dict:
            return {name: self._covered(inner, (*path, name)) for name, inner in value.items()}
        return [self._covered(item, path) for item in value] if value.__class__ is list else value

    def _mark(self, variable: str) -> str:
        known = next((mask.mark for mask in self.masks if mask.variables == (variable,)), None)
        if known is None:
            known = mark()
            self.masks.append(Mask(known, (variable,)))
        return known


def revealed(value: Any, *, strict: bool = True) -> Any:
    """A value with what the environment has. `ValueError` names what it has not, if that is asked for."""
    if isinstance(value, Secret):
        found = os.environ.get(value.variable)
        if found is None and strict:
            raise ValueError(f"there is no environment variable {value.variable}")
        return mark() if found is None else found
    if value.__class__ is dict:
        return {name: revealed(inner, strict=strict) for name, inner in value.items()}
    return [revealed(item, strict=strict) for item in value] if value.__class__ is list else value


def mark() -> str:
    """A text that is nothing but itself, to stand for a secret."""
    return f"secret{secrets.token_hex(8)}"


def split(text: str, masks: Sequence[Mask]) -> list[str | Mask]:
    """A text in pieces: what can be shown, and the secrets between."""
    known = {mask.mark: mask for mask in masks}
    if not known:
        return [text]
    pieces = re.split(f"({'|'.join(map(re.escape, known))})", text)
    return [known.get(piece, piece) for piece in pieces if piece]


def hidden(text: str, masks: Sequence[Mask]) -> str:
    """A text with stars for each secret."""
    return "".join(piece if isinstance(piece, str) else HIDDEN for piece in split(text, masks))
