"""What must hold for any bytes: of the loader, references, upgrades, literals, docstrings, and patterns. Each asserts it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sweeps.fuzz.properties.documents import loads, refers, upgrades
from sweeps.fuzz.properties.doors import docstrings, literals
from sweeps.fuzz.properties.patterns import translates

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sweeps.fuzz.draws import Draws

__all__ = ["PROPERTIES"]

PROPERTIES: Final[Mapping[str, Callable[[Draws], None]]] = {
    "load": loads,
    "refs": refers,
    "upgrade": upgrades,
    "literal": literals,
    "docstring": docstrings,
    "patterns": translates,
}
"""By the names of the targets."""
