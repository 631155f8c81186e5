"""How much a document may ask for: one table, from which the configuration, the option and docs/budgets.md are made."""

from __future__ import annotations

import dataclasses
import re
from typing import Any, Final, NamedTuple

DEEPEST: Final = 200
"""The most that `depth` can be raised to: what the interpreter's own stack carries."""

_MIB: Final = 1024**2


class Budget(NamedTuple):
    """One budget: what it counts, and what it is raised to at most."""

    means: str
    in_bytes: bool
    most: int | None


def _of(default: int, means: str, *, in_bytes: bool = False, most: int | None = None) -> Any:
    return dataclasses.field(default=default, metadata={"budget": Budget(means, in_bytes, most)})


@dataclasses.dataclass(frozen=True, slots=True)
class Budgets:
    """The budgets of a document. What goes beyond one is refused with the Problem `limit-` and its name."""

    bytes: int = _of(32 * _MIB, "The size of one file.", in_bytes=True)
    depth: int = _of(100, "Values in one another.", most=DEEPEST)
    nodes: int = _of(1_000_000, "Values in one file.")
    expansion: int = _of(2_000_000, "Values in one file if each alias and each merge key were written out.")
    members: int = _of(25_000, "Members of one object.")
    key: int = _of(4_096, "Characters of one key.")
    files: int = _of(2_000, "Files that one document is split over.")
    properties: int = _of(5_000, "Properties of one schema, with those of its `allOf`.")
    ways: int = _of(10_000, "Alternatives that one value may be tried for, those in alternatives among them.")
    patterns: int = _of(
        250, "Attempts, after the first for each, to tell how long searches for patterns take."
    )
    output: int = _of(256 * _MIB, "What is written of one document, before it is formatted.", in_bytes=True)
    modules: int = _of(50_000, "Files that are written of one document.")


BUDGETS: Final = {field.name: field.metadata["budget"] for field in dataclasses.fields(Budgets)}
"""By its name: what each budget is."""

_AMOUNT: Final = re.compile(r"(\d+(?:_\d+)*)(?:([KMG])iB)?", re.ASCII)
_DIGITS: Final = 15
"""Of a number, which is more than any budget needs."""
_UNITS: Final = {None: 1, "K": 1024, "M": _MIB, "G": 1024 * _MIB}


def amount(name: str, text: str) -> int:
    """What a budget is raised or lowered to by text such as `64MiB`, or `200000`.

    Raises:
        ValueError: It is no such text, or more than the budget can be; the message says which.
    """
    budget: Budget = BUDGETS[name]
    found = _AMOUNT.fullmatch(text)
    if found is None or (found[2] and not budget.in_bytes):
        raise ValueError("a number, with KiB, MiB or GiB behind it" if budget.in_bytes else "a number")
    digits = found[1].replace("_", "")
    if len(digits) > _DIGITS:
        raise ValueError(f"a number of at most {_DIGITS} digits")
    value = int(digits) * _UNITS[found[2]]
    if value < 1 or (budget.most is not None and value > budget.most):
        raise ValueError("a number above 0" if budget.most is None else f"a number from 1 to {budget.most}")
    return value


def is_amount(name: str, value: object) -> bool:
    """Whether a value of the configuration says how much a budget is: a number, or text as `amount` reads it."""
    if isinstance(value, str):
        try:
            amount(name, value)
        except ValueError:
            return False
        return True
    most: int | None = BUDGETS[name].most
    return type(value) is int and value > 0 and (most is None or value <= most)
