"""What comparing two packages knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specwright.review.python.types import ANY, options

if TYPE_CHECKING:
    from specwright.plan.ir import Type
    from specwright.review.findings import Level
    from specwright.review.python.causes import Causes
    from specwright.review.python.making import Origin
    from specwright.review.python.origins import Origins
    from specwright.review.python.pairing import Pairs
    from specwright.review.python.types import Comparison, Side

NOT_CHECKED: Final = "to type checkers `Any` may be used as anything"
UNREAD: Final = "no answer holds it"


@dataclass(frozen=True, slots=True)
class Comparing:
    """The pairs of two packages, and why types changed."""

    pairs: Pairs
    causes: Causes
    went: Origins
    """What in the old document the things that are gone came from."""
    came: Origins
    """The same for those that are new."""

    def compare(self, old: Type, new: Type, side: Side) -> Comparison:
        """What became of the values that a type of the old package allows."""
        return self.pairs.relation.compare(self.pairs.translated(old), new, side)

    def cause(self, old: Type, new: Type, origin: Origin) -> Origin:
        """Where the reason for the change of a type is: at the alias behind it, else at the thing itself."""
        found = self.causes.of(self.pairs.translated(old), new)
        return type(origin)(origin.old, found) if found else origin


def softened(new: Type, verdict: Comparison) -> tuple[Level | None, str]:
    """The level and the note of what is read as something wider, where type checkers see no harm in that."""
    if verdict == "widened" and ANY in options(new):
        return "warning", NOT_CHECKED
    return None, ""
