"""Regular expressions of a document (ECMA-262) -> what validators search texts with, so that none takes long."""

from __future__ import annotations

from specwright.plan.patterns.findings import pattern_problems
from specwright.plan.patterns.translate import pattern_of

__all__ = ["pattern_of", "pattern_problems"]
