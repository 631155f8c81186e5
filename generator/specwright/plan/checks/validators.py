"""The validators of a package: a function for each model, each input, and each body and parameter without a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.plan.checks.calls import completed
from specwright.plan.checks.functions import Functions
from specwright.plan.checks.fusing import DEMANDS_NOTHING
from specwright.plan.checks.reader import Reader
from specwright.plan.checks.sides import OneSide, References
from specwright.plan.checks.where import Where
from specwright.plan.ir import Checks, ObjectChecks, PropertyChecks, Validator
from specwright.plan.outlined import DIRECTIONS, Outlined, subject_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from specwright.document import Document
    from specwright.plan.catalogue import Catalogue, Entry
    from specwright.plan.ir import Direction
    from specwright.plan.keywords import Node


class Validators(Outlined):
    """The validators of a catalogue, once everything in it has a name."""

    def __init__(
        self, document: Document, catalogue: Catalogue, names: Mapping[str, str], *, enums_grow: bool = True
    ) -> None:
        """See `Outlined`."""
        super().__init__(document, catalogue, names)
        self._functions = Functions()
        self._graph = References(document)
        self._sides = {
            side: OneSide(catalogue, names, self._graph, side, enums_grow=enums_grow and side == "response")
            for side in (*DIRECTIONS, None)
        }
        self._readers = {
            direction: Reader(self._graph, side, self._functions) for direction, side in self._sides.items()
        }

    def all(self, directions: Iterable[Direction | None] = DIRECTIONS) -> Iterator[Validator]:
        """A validator for every model and every input; those that demand the same are written once."""
        written: dict[str, tuple[str, Checks]] = {}
        for direction in directions:
            side, reader = self._sides[direction], self._readers[direction]
            for entry in sorted(self._catalogue.entries, key=self._place):
                function = self.named(entry, direction)
                if function is None:
                    continue
                if entry.members:
                    yield Validator(function, subject_of(entry, direction), side.family(entry))
                    continue
                itself = self._catalogue.entry(entry.schema) is entry
                owner = None if itself else self.function(entry.schema, direction)
                if owner is not None:
                    yield Validator(function, subject_of(entry, direction), DEMANDS_NOTHING, same_as=owner)
                    continue
                checks = reader.written(entry.schema, Where(function))
                yield from self._functions.taken()
                first, same = written.setdefault(entry.key, (function, checks))
                twin = first if first != function and same == checks else None
                yield Validator(function, subject_of(entry, direction), checks, same_as=twin)

    def _place(self, entry: Entry) -> int:
        """Where an entry comes: what is another name for a schema after what has it, alone or with those that extend it."""
        is_other_name = self._catalogue.is_other_name(entry)
        return is_other_name + (is_other_name and not entry.members)

    def completed(self, planned: Sequence[Validator], root: str | None = None) -> tuple[Validator, ...]:
        """The same validators with what they need of one another, and without what nobody needs, or what `root` does not."""
        return completed(planned, root)

    def are_slow(self) -> bool:
        """Whether there are patterns that another engine than `re` has to search long texts for."""
        met = (pattern for reader in self._readers.values() for pattern in reader.patterns.values())
        return any(pattern is not None and pattern.longest is not None for pattern in met)

    def parameters(
        self, function: str, subject: str, groups: Mapping[str, Iterable[tuple[str, Node, bool]]]
    ) -> Iterator[Validator]:
        """A validator of the parameters of an operation, and what it needs.

        `groups` are, by location, the parameters, each with its schema and whether it must be there.
        """
        reader, where = self._readers["request"], Where(function)
        properties = tuple(
            PropertyChecks(
                location,
                Checks(
                    types=("object",),
                    object=ObjectChecks(
                        tuple(
                            PropertyChecks(wire, reader.of(node, where), need) for wire, node, need in group
                        )
                    ),
                ),
                required=True,
            )
            for location, group in groups.items()
        )
        yield from self._functions.taken()
        yield Validator(function, subject, Checks(types=("object",), object=ObjectChecks(properties)))

    def inline(
        self, function: str, subject: str, node: Node, direction: Direction | None
    ) -> Iterator[Validator]:
        """A validator for a schema that has no name of its own, and what it needs."""
        checks = self._readers[direction].of(node, Where(function))
        yield from self._functions.taken()
        yield Validator(function, subject, checks)
