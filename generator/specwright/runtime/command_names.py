"""What annotations of the package mean when it runs, where much of what they name is not imported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, ForwardRef, Literal, NotRequired, Required, get_args, get_origin
from uuid import UUID

from .caller import PACKAGE

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["Names"]


class Names(dict[str, Any]):
    """What the names in the annotations of a module mean, those too that are imported for type checkers alone."""

    def __init__(self, module: ModuleType | None = None) -> None:
        super().__init__()
        self._module: dict[str, Any] = vars(module) if module else {}

    def meaning(self, annotation: str | ForwardRef) -> Any:
        """What an annotation means; whether a key is required is no part of that."""
        text = annotation if isinstance(annotation, str) else annotation.__forward_arg__
        found = eval(text, {}, self)  # noqa: S307  # code of the package itself, from its own signatures
        return get_args(found)[0] if get_origin(found) in {NotRequired, Required} else found

    def __missing__(self, name: str) -> Any:
        found = self._module[name] if name in self._module else _elsewhere(name)
        # A type that is made of itself is written as a text: it may be anything as deep as that.
        return Any if isinstance(found, str) else found


_COMMON: Final[dict[str, Any]] = {
    "Any": Any,
    "Decimal": Decimal,
    "Literal": Literal,
    "Mapping": Mapping,
    "Sequence": Sequence,
    "UUID": UUID,
    "dt": dt,
}
"""What modules of the package import under these names, where it is not known which module an annotation is of."""
_HOMES: Final = ("inputs", "models", "_runtime.uploads", "_runtime.types")
"""Where names are from that are imported for type checkers alone."""


def _elsewhere(name: str) -> Any:
    for home in _HOMES:
        try:
            return getattr(import_module(f"{PACKAGE}.{home}"), name)
        except AttributeError:
            continue
    return _COMMON[name]
