"""The places of a file where something may have to be written anew, as walking through it finds them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import libcst as cst

    from specwright.migrate.cells import Cell
    from specwright.migrate.symbols import Import, Own, Reference


@dataclass(slots=True, eq=False)
class OperationCall:
    """A call of a function of an operation."""

    node: cst.Call
    reference: Reference
    arguments: dict[str, cst.Arg]
    """By the name of the parameter, without `client`."""
    cells: dict[str, Cell]
    client: cst.BaseExpression | None
    client_cell: Cell | None
    body: Cell
    """What the answer holds."""
    answer: Cell | None
    """Of a detailed call: what it gives once it is awaited."""
    problem: str = ""
    """Why it can't be understood."""
    because: str = ""
    """What it is left with, or it itself; "" while it is not left."""
    alone: bool = False
    """Whether nothing is done with what it gives."""
    line: cst.SimpleStatementLine | None = None
    """The line that it is in; None where it is not done once when that is run."""
    block: Sequence[cst.BaseStatement | cst.BaseSmallStatement] | None = None
    """The statements that the line is one of."""


@dataclass(slots=True, eq=False)
class Construction:
    """A model that is made."""

    node: cst.Call
    reference: Reference
    arguments: dict[str, cst.Arg]
    cell: Cell
    problem: str = ""


@dataclass(slots=True, eq=False)
class Made:
    """A client that is made."""

    node: cst.Call
    reference: Reference
    cell: Cell
    problem: str = ""


@dataclass(slots=True, eq=False)
class Read:
    """An attribute of a value."""

    node: cst.Attribute
    owner: Cell
    cell: Cell
    is_set: bool = False
    is_called: bool = False
    problem: str = ""


@dataclass(slots=True, eq=False)
class Looked:
    """Something that is looked into by a key: `x["a"]`, or `"a" in x`."""

    node: cst.BaseExpression
    """What is looked into."""
    cell: Cell


@dataclass(slots=True, eq=False)
class Tested:
    """Whether something is absent: `isinstance(x, Unset)`, `x is UNSET` or `x == UNSET`."""

    node: cst.Call | cst.Comparison | cst.MatchClass | cst.UnaryOperation
    reference: Reference
    subject: cst.BaseExpression
    cell: Cell
    negated: bool = False
    reversed: bool = False
    """Whether the subject is the right side of the comparison."""


@dataclass(slots=True, eq=False)
class Matched:
    """A pattern of a class of the old package."""

    node: cst.MatchClass
    reference: Reference
    cell: Cell
    """What is matched with it."""
    problem: str = ""


@dataclass(slots=True, eq=False)
class Doubted:
    """Where what a call gave may be None or the body of an error: a test for that, or an annotation that says so."""

    node: cst.CSTNode
    cell: Cell


@dataclass(slots=True, eq=False)
class Assigned:
    """A name that a value is assigned to, without an annotation."""

    node: cst.Assign
    name: str
    cell: Cell
    scope: int
    """Which scope it is in, by a number of its own."""
    line: cst.SimpleStatementLine | None
    block: Sequence[cst.BaseStatement | cst.BaseSmallStatement] | None


@dataclass(slots=True, eq=False)
class Same:
    """Whether two values are one object: `a is b`, where neither is `None` or `UNSET`."""

    node: cst.Comparison
    cells: list[Cell]


@dataclass(slots=True, eq=False)
class OfAttrs:
    """A function of attrs that is given something."""

    node: cst.Call
    name: str
    cell: Cell


@dataclass(slots=True, eq=False)
class Runs:
    """What a block runs that may send something."""

    calls: list[OperationCall]
    owns: list[Own]
    """Functions of the code base."""
    sends: bool
    """Whether it uses httpx itself, too."""


@dataclass(slots=True, eq=False)
class Failure:
    """Where an error of httpx is spoken of, which is the library that the old client sends with."""

    node: cst.BaseExpression
    name: str
    runs: Runs | None = None
    """What may raise it; None where that is not known."""
    tested: str = ""
    """The variable of which is asked whether it is one."""


@dataclass(slots=True)
class Sites:
    """All of a file."""

    references: list[Reference] = field(default_factory=list["Reference"])
    dangling: dict[cst.BaseExpression, Import | None] = field(
        default_factory=dict["cst.BaseExpression", "Import | None"]
    )
    """Names of modules of the old package that are used other than to reach something in them."""
    overlooked: list[tuple[cst.Name, Import]] = field(default_factory=list["tuple[cst.Name, Import]"])
    """Names that imports of the old package bind, where it is not known what is done with them."""
    named: list[cst.SimpleString] = field(default_factory=list["cst.SimpleString"])
    """Text that is the full name of something in the old package."""
    dotted: list[cst.SimpleString] = field(default_factory=list["cst.SimpleString"])
    """Text that is some other full name."""
    calls: list[OperationCall] = field(default_factory=list[OperationCall])
    constructions: list[Construction] = field(default_factory=list[Construction])
    made: list[Made] = field(default_factory=list[Made])
    reads: list[Read] = field(default_factory=list[Read])
    looked: list[Looked] = field(default_factory=list[Looked])
    tested: list[Tested] = field(default_factory=list[Tested])
    matched: list[Matched] = field(default_factory=list[Matched])
    doubted: list[Doubted] = field(default_factory=list[Doubted])
    same: list[Same] = field(default_factory=list[Same])
    of_attrs: list[OfAttrs] = field(default_factory=list[OfAttrs])
    assigned: list[Assigned] = field(default_factory=list[Assigned])
    tried: dict[Reference, list[OperationCall]] = field(
        default_factory=dict["Reference", "list[OperationCall]"]
    )
    """By `UnexpectedStatus` that is caught: the calls that are in the block before it."""
    failures: dict[cst.BaseExpression, Failure] = field(default_factory=dict["cst.BaseExpression", Failure])
    invoked: list[Own] = field(default_factory=list["Own"])
    """Functions of the code base, as they are called."""
    sending: list[cst.BaseExpression] = field(default_factory=list["cst.BaseExpression"])
    """Where httpx is used to send something."""
    imports: list[Import] = field(default_factory=list["Import"])
    """Those of the old package."""
    names: set[str] = field(default_factory=set[str])
    """Every name that the file binds in some other way than by those imports."""
    loads: dict[int, dict[str, list[cst.Name]]] = field(
        default_factory=dict[int, "dict[str, list[cst.Name]]"]
    )
    """By scope and name: where a variable is read."""
    cells: dict[cst.BaseExpression, Cell] = field(default_factory=dict["cst.BaseExpression", "Cell"])
    """What expressions are."""
    texts: dict[cst.SimpleString, cst.BaseExpression] = field(
        default_factory=dict["cst.SimpleString", "cst.BaseExpression"]
    )
    """Annotations that are written as text, and what stands in it."""
