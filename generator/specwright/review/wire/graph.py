"""What is compared with what, which changes were found there, and which operations and schemas these reach.

Each pair of an old and a new value is looked at once, however often it is referred to: a node. Edges lead from what
uses a pair to it, so that what a node is reached by is known when all have been looked at, in time that grows with the
edges and not with the ways.
"""

from __future__ import annotations

import enum
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from specwright.review.wire.edits import NO_GUARD, Edit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.review.wire.edits import Guard, Spot


class Way(enum.Flag):
    """How an edge passes on who sends a value."""

    AS_IT_IS = 0
    TURNED = enum.auto()
    """An answer, or a callback: it is the other side that sends it."""
    NEGATED = enum.auto()
    """What `not` speaks of: where that allows more, less is allowed."""
    UNSURE = enum.auto()
    """Nobody can tell: `if`, or `contains` with a `maxContains`."""
    NOT_IN = enum.auto()
    """It is read-only on both sides: clients never send it."""
    NOT_OUT = enum.auto()
    """It is write-only on both sides: servers never send it."""


@dataclass(frozen=True, slots=True)
class Step:
    """How a pair is reached from another."""

    words: str = ""
    """How it is called within that."""
    way: Way = Way.AS_IT_IS
    textual: bool = False
    """Whether values are written as text: in a path, a query, a header or a cookie."""
    may_miss: bool = False
    """Whether there need be no value: of a property, or a parameter, that may be left out."""
    wire: str = ""
    """Of a property, or a parameter: its name on the wire."""


@dataclass(slots=True)
class Reach:
    """Sets of operations, as bits, by who sends what is spoken of; and of named schemas."""

    inward: int = 0
    outward: int = 0
    negated_in: int = 0
    """Of those where clients send what it must not be."""
    negated_out: int = 0
    unsure: int = 0
    idle: int = 0
    """Of operations that reach it where the side that would send it never does."""
    schemas: int = 0

    def take(self, other: Reach, way: Way = Way.AS_IT_IS) -> bool:
        """Adds what comes over an edge; whether there was anything new."""
        before = self._all()
        self.unsure |= other.unsure
        self.idle |= other.idle
        self.schemas |= other.schemas
        if way is Way.AS_IT_IS:  # as nearly all are
            self.inward |= other.inward
            self.outward |= other.outward
            self.negated_in |= other.negated_in
            self.negated_out |= other.negated_out
        else:
            self._take_otherwise(other, way)
        return before != self._all()

    def _all(self) -> tuple[int, ...]:
        sides = (self.inward, self.outward, self.negated_in, self.negated_out)
        return (*sides, self.unsure, self.idle, self.schemas)

    def _take_otherwise(self, other: Reach, way: Way) -> None:
        clients, servers = (other.inward, other.negated_in), (other.outward, other.negated_out)
        if way & Way.TURNED:
            clients, servers = servers, clients
        if way & Way.NEGATED:
            clients, servers = clients[::-1], servers[::-1]
        if way & Way.NOT_IN:
            self.idle |= clients[0] | clients[1]
            clients = (0, 0)
        if way & Way.NOT_OUT:
            self.idle |= servers[0] | servers[1]
            servers = (0, 0)
        if way & Way.UNSURE:
            self.unsure |= clients[0] | clients[1] | servers[0] | servers[1]
        else:
            self.inward |= clients[0]
            self.negated_in |= clients[1]
            self.outward |= servers[0]
            self.negated_out |= servers[1]

    @property
    def operations(self) -> int:
        """All operations, whoever sends it."""
        return self.sent | self.answered | self.unsure | self.idle

    @property
    def sent(self) -> int:
        """Those where clients send it, or what it must not be."""
        return self.inward | self.negated_in

    @property
    def answered(self) -> int:
        """The same of servers."""
        return self.outward | self.negated_out


@dataclass(slots=True, eq=False)
class Node:
    """A pair of values."""

    kind: str
    old: Any
    new: Any
    words: str = ""
    """How it is called within what first led to it."""
    textual: bool = False
    """As in the step that leads to it."""
    may_miss: bool = False
    """As in that step."""
    wire: str = ""
    """As in that step."""
    edges: list[tuple[Node, Way]] = field(default_factory=list["tuple[Node, Way]"])
    edits: list[Edit] = field(default_factory=list["Edit"])
    reach: Reach = field(default_factory=Reach)
    parent: Node | None = None
    """What first led to it."""
    taken: bool = False
    """Whether it is, or was, looked at."""

    def edit(
        self,
        rule: str,
        spot: Spot,
        says: Mapping[str, str] = {},
        guard: Guard = NO_GUARD,
        evidence: str = "",
    ) -> None:
        """Notes a change of this pair."""
        self.edits.append(Edit(rule, spot, says, guard, evidence))


class Graph:
    """All pairs that were met."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._by_pair: dict[tuple[str, int, int, bool], Node] = {}
        self._kept: list[Any] = []
        """What was made on the way is kept, as an id is only its own as long as it lives."""
        self.waiting: deque[Node] = deque()
        self.operations: list[str] = []
        """What each bit of a reach stands for."""
        self.stabilities: list[str] = []
        """Of each of these: how much may be relied on it, by its `x-stability-level`."""
        self.schemas: list[str] = []
        """The same for named schemas: their names in the document."""

    def root(self, kind: str, old: Any, new: Any, words: str = "") -> Node:
        """A pair that nothing leads to."""
        node = Node(kind, old, new, words)
        self.nodes.append(node)
        return node

    def edge(self, above: Node, kind: str, old: Any, new: Any, step: Step) -> Node:
        """The node of a pair, which is to be looked at if it was not met before, and the way to it."""
        key = (kind, id(old), id(new), step.textual)
        node = self._by_pair.get(key)
        if node is None:
            node = Node(kind, old, new, step.words, step.textual, step.may_miss, step.wire, parent=above)
            self._by_pair[key] = node
            self._kept += (old, new)
            self.nodes.append(node)
            self.waiting.append(node)
        above.edges.append((node, step.way))
        return node

    def take(self, node: Node) -> bool:
        """Whether a pair is still to be looked at; who asks does so."""
        if node.taken:
            return False
        node.taken = True
        return True

    def spread(self) -> None:
        """Passes on along all edges what each node is reached by, until nothing is new."""
        waiting = deque(self.nodes)
        listed = {id(node) for node in self.nodes}
        while waiting:
            node = waiting.popleft()
            listed.discard(id(node))
            for below, way in node.edges:
                if below.reach.take(node.reach, way) and id(below) not in listed:
                    listed.add(id(below))
                    waiting.append(below)

    def found(self) -> Iterator[tuple[Node, Edit]]:
        """Every change with the pair that it was found at."""
        for node in self.nodes:
            for edit in node.edits:
                yield node, edit


def bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
