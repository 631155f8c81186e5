"""The validators of a package by their names alone, for who asks what it has and not what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.plan.ir import Checks, Validator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from specwright.document import Document
    from specwright.plan.catalogue import Catalogue, Entry
    from specwright.plan.ir import Direction
    from specwright.plan.keywords import Node

DIRECTIONS: Final[tuple[Direction, ...]] = ("response", "request")

_NOTHING: Final = Checks()


class Outlined:
    """The validators of a catalogue, once everything in it has a name; none of them demands anything."""

    def __init__(
        self, document: Document, catalogue: Catalogue, names: Mapping[str, str], *, enums_grow: bool = True
    ) -> None:
        """`enums_grow` says that a value of an answer that its enum does not list is none that is refused."""
        del document, enums_grow
        self._catalogue = catalogue
        self._names = names

    def all(self, directions: Iterable[Direction | None] = DIRECTIONS) -> Iterator[Validator]:
        """A validator for every model and every input."""
        for direction in directions:
            for entry in self._catalogue.entries:
                function = self.named(entry, direction)
                if function is not None:
                    yield Validator(function, subject_of(entry, direction), _NOTHING)

    def completed(self, planned: Sequence[Validator], root: str | None = None) -> tuple[Validator, ...]:
        """The same validators, each once, with what they need of one another; with a `root`, only what that needs."""
        del root
        return tuple({validator.function: validator for validator in planned}.values())

    def are_slow(self) -> bool:
        """Whether there are patterns that another engine than `re` has to search long texts for."""
        return False

    def parameters(
        self,
        function: str,
        subject: str,
        groups: Mapping[str, Iterable[tuple[str, Node, bool]]],
    ) -> Iterator[Validator]:
        """A validator of the parameters of an operation, and what it needs.

        `groups` are, by location, the parameters, each with its schema and whether it must be there.
        """
        del groups
        yield Validator(function, subject, _NOTHING)

    def named(self, entry: Entry, direction: Direction | None) -> str | None:
        """The validator of what has a name."""
        return self._names.get(f"validator {direction or 'response'} {entry.key}")

    def function(self, node: Node, direction: Direction | None) -> str | None:
        """The validator of the schema behind `node`, if it has one of its own."""
        entry = self._catalogue.entry(node)
        return None if entry is None else self.named(entry.family or entry, direction)

    def inline(
        self, function: str, subject: str, node: Node, direction: Direction | None
    ) -> Iterator[Validator]:
        """A validator for a schema that has no name of its own, and what it needs."""
        del node, direction
        yield Validator(function, subject, _NOTHING)


def subject_of(entry: Entry, direction: Direction | None) -> str:
    """What a validator of an entry says that it looks at."""
    text = entry.wire or entry.text
    if direction is None:
        return text
    sender = "callers send" if direction == "request" else "servers answer with"
    return f"{text}, as {sender} it"
