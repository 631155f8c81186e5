"""What values of a code base are, so far as that matters here: clients, models, answers, and what holds them.

A cell stands for the values that meet in one place: a variable, an argument, what a function gives. Where a value goes from
one place to another the two become one, so that what is learnt of either (that it is sent; that a client is awaited) is
known of both, in whichever order files are read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Flag = Literal[
    "anonymous",
    "async",
    "escaped",
    "kept",
    "made",
    "named",
    "nullable",
    "open",
    "optional",
    "raised",
    "received",
    "result",
    "sent",
    "several",
    "sync",
]
"""What is known of a cell.

`sync` and `async`: how a client is used. `anonymous`: it is made without a token. `sent` and `received`: which way a model
goes. `result`: it is what a call gives. `made`: it is made here. `kept`: it goes to something that is left as it is, or comes
from it, and stays what it is, too (`because` tells of what). `named`:
an annotation tells its type. `several`: they are of several classes. `escaped`: it goes where nobody follows it. `open`: it is given to who knows whom. `optional`: it may be `UNSET`. `nullable`: it may be
`None`.
"""


@dataclass(frozen=True, slots=True)
class ClientOf:
    """A client."""


@dataclass(frozen=True, slots=True)
class ModelOf:
    """An instance of a model, or a member of an enum, by the class."""

    name: str


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list, or whatever is gone through."""

    item: Cell


@dataclass(frozen=True, slots=True)
class MapOf:
    """A mapping with values that are alike."""

    value: Cell


@dataclass(frozen=True, slots=True)
class TupleOf:
    """Values one after another."""

    items: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class AnswerOf:
    """What a detailed call gives, with the body in it."""

    body: Cell


@dataclass(frozen=True, slots=True)
class AwaitableOf:
    """What has to be awaited."""

    result: Cell


@dataclass(frozen=True, slots=True)
class InstanceOf:
    """An object of a class of the code base."""

    name: str


@dataclass(frozen=True, slots=True)
class ErrorOf:
    """An `UnexpectedStatus` that was caught."""


Kind = ClientOf | ModelOf | ListOf | MapOf | TupleOf | AnswerOf | AwaitableOf | InstanceOf | ErrorOf

_OLD: Final = (AnswerOf, ClientOf, ErrorOf, ModelOf)
_WAYS: Final[frozenset[Flag]] = frozenset({"kept", "made", "received", "result", "sent"})
_DIFFERENT: Final[frozenset[Flag]] = frozenset({"kept", "optional", "several"})


class Cell:
    """Values that meet; use `root` for what is known of them."""

    __slots__ = ("_attributes", "_because", "_fed", "_flags", "_kin", "_kind", "_mixed", "_parent")

    def __init__(self, kind: Kind | None = None, *flags: Flag) -> None:
        self._parent: Cell | None = None
        self._kind = kind
        self._flags: set[Flag] = set(flags)
        self._mixed = False
        self._attributes: dict[str, Cell] = {}
        self._fed: list[Cell] = []
        self._kin: list[Cell] = []
        self._because = ""

    @property
    def root(self) -> Cell:
        """The cell that stands for all that are one with this."""
        cell = self
        while cell._parent is not None:
            cell = cell._parent
        return cell

    @property
    def kind(self) -> Kind | None:
        """What the values are; None where that is not known, or not the same of all."""
        root = self.root
        return None if root._mixed else root._kind

    @property
    def mixed(self) -> bool:
        """Whether values of several kinds meet."""
        return self.root._mixed

    def has(self, flag: Flag) -> bool:
        """Whether something is known of the values."""
        return flag in self.root._flags

    def kept(self) -> str | None:
        """What keeps the values, or any that is in them, what they are; None where nothing does."""
        return next((cell._because for cell in self._within() if cell.has("kept")), None)

    @property
    def because(self) -> str:
        """What keeps the values; "" where nothing does."""
        return self.root._because

    def known(self) -> bool:
        """Whether it is known where the values come from, or where they go."""
        return bool(self.root._flags & _WAYS) or self.mixed

    def differs(self) -> bool:
        """Whether the values, or any that is in them, are not the same with the old package as with the new one."""
        return any(
            cell.mixed or isinstance(cell.kind, _OLD) or cell._flags & _DIFFERENT for cell in self._within()
        )

    def bound(self) -> Iterator[Cell]:
        """The cells that have to be kept if the values go to something that is left: itself, if it matters, and what comes with it."""
        yield from (cell for cell in (self, *self.root._kin) if cell.differs())

    def _within(self) -> Iterator[Cell]:
        """The cell itself, and those of all that is in it."""
        waiting, seen = [self.root], set["Cell"]()
        while waiting:
            cell = waiting.pop()
            if cell not in seen:
                seen.add(cell)
                yield cell
                waiting += (inner.root for _, inner in cell.inner())

    def keep(self, because: str) -> None:
        """Say that the values stay what they are, and what they do so for."""
        if not self.has("kept"):
            self.mark("kept")
            self.root._because = because

    def mark(self, *flags: Flag) -> None:
        """Say what is known of the values."""
        self.root._flags.update(flags)

    def forget(self, *flags: Flag) -> None:
        """Take back what was said of the values."""
        self.root._flags.difference_update(flags)

    def attribute(self, name: str) -> Cell:
        """The values of an attribute."""
        return self.root._attributes.setdefault(name, Cell())

    def feed(self, value: Cell) -> None:
        """Put a value into these: where they go, it goes."""
        self.root._fed.append(value)

    def meet(self, other: Cell) -> None:
        """Say that these are compared with others, or come with them: what keeps the one what it is keeps the other."""
        self.root._kin.append(other)
        other.root._kin.append(self)

    def kin(self) -> Iterator[Cell]:
        """The values that these meet."""
        yield from self.root._kin

    def unite(self, other: Cell) -> None:
        """Make one of two cells, and of what is in them."""
        waiting: list[tuple[Cell, Cell]] = [(self, other)]
        while waiting:
            one, two = (cell.root for cell in waiting.pop())
            if one is two:
                continue
            two._parent = one
            one._flags |= two._flags
            one._mixed |= two._mixed
            one._fed += two._fed
            one._kin += two._kin
            one._because = one._because or two._because
            if one._kind is None:
                one._kind = two._kind
            elif two._kind is not None:
                inner = _inner(one._kind, two._kind)
                if inner is None:
                    one._mixed = True
                else:
                    waiting += inner
            for name, cell in two._attributes.items():
                if name in one._attributes:
                    waiting.append((one._attributes[name], cell))
                else:
                    one._attributes[name] = cell

    def inner(self) -> Iterator[tuple[str, Cell]]:
        """The values in these: attributes by their names, and what they hold without one."""
        root = self.root
        yield from root._attributes.items()
        yield from (("", cell) for cell in root._fed)
        match root._kind:
            case ListOf(cell) | MapOf(cell) | AnswerOf(cell) | AwaitableOf(cell):
                yield "", cell
            case TupleOf(cells):
                yield from (("", cell) for cell in cells)
            case _:
                return


def _inner(one: Kind, two: Kind) -> list[tuple[Cell, Cell]] | None:
    """What is to be united in two that are; None where they are not of one kind."""
    match one, two:
        case (
            (ListOf(a), ListOf(b))
            | (MapOf(a), MapOf(b))
            | (AnswerOf(a), AnswerOf(b))
            | (AwaitableOf(a), AwaitableOf(b))
        ):
            return [(a, b)]
        case TupleOf(a), TupleOf(b) if len(a) == len(b):
            return list(zip(a, b, strict=True))
        case _:
            return [] if one == two else None


WAYS: Final[tuple[Flag, ...]] = ("received", "sent")
ITEM: Final = "[item]"
"""What going through values gives, as if it were an attribute; the others are of the same kind."""
AT: Final = "[]"
AWAITED: Final = "await"
ENTERED: Final = "with"
RESULT: Final = "()"
"""What a method gives is an attribute called as the method, with this behind it."""

_SAME: Final = frozenset(
    {ENTERED, "__aenter__()", "__enter__()", "with_cookies()", "with_headers()", "with_timeout()"}
)
"""What gives a client again."""


def meaning(kind: Kind, name: str) -> Cell | None:
    """What an attribute of something of a kind is, if that does not depend on the package."""
    match kind, name:
        case (ListOf(cell), "[item]" | "[]" | "pop()" | "with") | (MapOf(cell), "[]" | "get()" | "pop()"):
            return cell
        case (MapOf(cell), "values()") | (AwaitableOf(cell), "await") | (AnswerOf(cell), "parsed"):
            return Cell(ListOf(cell)) if name == "values()" else cell
        case ListOf(cell), _ if name.isdecimal():
            return cell
        case MapOf(cell), "items()":
            return Cell(ListOf(Cell(TupleOf((Cell(), cell)))))
        case ListOf(), "copy()":
            return Cell(kind)
        case ClientOf(), _ if name in _SAME:
            return Cell(kind)
        case TupleOf(cells), _ if name.isdecimal() and int(name) < len(cells):
            return cells[int(name)]
        case _:
            return None


def settle(cells: list[Cell], attribute: Callable[[str, str], Cell | None]) -> None:
    """Learn what attributes are, and spread what is known of values to what is in them, until nothing is new.

    `attribute` gives what an attribute of a model is, by the names of both.
    """
    asked: set[tuple[Cell, str, Kind]] = set()
    waiting = list(cells)
    while waiting:
        root, found = waiting.pop().root, False
        kind = root.kind
        for name, inner in list(root.inner()):
            if kind is not None and name and (root, name, kind) not in asked:
                asked.add((root, name, kind))
                typed = meaning(kind, name) or (
                    attribute(kind.name, name) if isinstance(kind, ModelOf) else None
                )
                if isinstance(kind, ClientOf) and name in _SAME:
                    typed = root
                if typed is not None:
                    inner.unite(typed)
                    found = True
            if isinstance(kind, ModelOf | ListOf | MapOf | AnswerOf | AwaitableOf | TupleOf):
                ways: list[Flag] = [flag for flag in WAYS if root.has(flag) and not inner.has(flag)]
                inner.mark(*ways)
                found = found or bool(ways)
        if found:
            waiting += [root, *(inner for _, inner in root.inner())]


def spread(cells: list[Cell]) -> None:
    """Let what is in values that are kept, and what meets them, stay what it is with them."""
    waiting = [cell.root for cell in cells]
    while waiting:
        root = waiting.pop()
        inner = () if isinstance(root.kind, InstanceOf) else (cell for _, cell in root.inner())
        for near in (*inner, *root.kin()):
            for cell in near.bound():
                if not cell.has("kept"):
                    cell.keep(root.because)
                    waiting.append(cell.root)
