"""What the user decided: one frozen Config per document."""

from __future__ import annotations

import dataclasses
from pathlib import Path  # noqa: TC003 - the fields of a dataclass


@dataclasses.dataclass(frozen=True, slots=True)
class Budgets:
    """How much a document may ask for; what goes beyond is refused, naming the budget."""

    bytes: int = 32 * 1024 * 1024
    """Size of one file."""
    depth: int = 200
    """Nesting of values."""
    nodes: int = 1_000_000
    """Values in one file."""
    expansion: int = 2_000_000
    """Values in one file if each alias were written out."""
    key: int = 4_096
    """Characters of one key."""
    files: int = 2_000
    """Files that one document is split over."""


@dataclasses.dataclass(frozen=True, slots=True)
class Config:
    """The settings of one document."""

    root: Path | None = None
    """The folder that `$ref` may reach; None for that of the document."""
    strict: bool = False
    """Whether warnings are errors."""
    budgets: Budgets = Budgets()
