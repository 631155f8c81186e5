"""The formats that the runtime has a function for, and what tests ask of them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from specwright.plan.formats import ASSERTED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Check = Callable[[str], bool]

FORMATS: Final = sorted(ASSERTED.keys() - {"regex"})
"""All but those that are tested with the patterns."""


def check(name: str) -> Check:
    """The function of a format."""
    module: Any = import_module(f"specwright.runtime.{ASSERTED[name]}")
    found: Check = getattr(module, f"is_{name.replace('-', '_')}")
    return found


def rows(table: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    """A format and a text for each text of a table of formats."""
    return [(name, text) for name, texts in table.items() for text in texts]
