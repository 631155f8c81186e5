"""The private validators that others need: schemas that are tried, or too deep to be written in place."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specwright.plan.checks.where import Where
    from specwright.plan.ir import Validator
    from specwright.plan.keywords import Schema


class Functions:
    """Private validators, each named after the function that first needed it."""

    def __init__(self) -> None:
        self._numbers: Counter[str] = Counter()
        self._known: dict[tuple[object, ...], tuple[str, Schema]] = {}
        self._written: list[Validator] = []

    def name(self, within: str) -> str:
        """A new name for a function that `within` calls."""
        # No name that was decided has two underscores in a row, so that this is a new one.
        owner = f"_{within.lstrip('_').partition('__')[0]}"
        self._numbers[owner] += 1
        return f"{owner}__{self._numbers[owner]}"

    def constant(self, within: str) -> str:
        """A new name for a constant that `within` looks up."""
        owner = within.strip("_").partition("__")[0].upper()
        self._numbers[owner] += 1
        return f"_{owner}__KEYS{self._numbers[owner]}"

    def private(self, schema: Schema, where: Where) -> tuple[str, bool]:
        """The name of the private validator of a schema, and whether it is new, and to be written.

        It is shared by all that one validator with a name is made of, since they stand in one module.
        """
        owner = where.function.lstrip("_").partition("__")[0]
        key = (id(schema), owner, where.fragment, where.exact, where.scope, where.absent, where.secret)
        if key in self._known:
            return self._known[key][0], False
        # The schema is kept too: an id is only its own as long as it lives.
        self._known[key] = (self.name(where.function), schema)
        return self._known[key][0], True

    def write(self, validator: Validator) -> None:
        """Keep a validator until it is taken."""
        self._written.append(validator)

    def taken(self) -> list[Validator]:
        """Those that were written since it was last asked for them."""
        taken, self._written = self._written, []
        return taken
