"""A file on its way to its new form: the edits that are decided, and what is left to its author."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import libcst as cst

from specwright.migrate.cells import AnswerOf, Cell, ModelOf
from specwright.migrate.spelling import is_absent, is_simple

if TYPE_CHECKING:
    from collections.abc import Callable

    from specwright.migrate.declaring import Source
    from specwright.migrate.importing import Imports
    from specwright.migrate.pairing import Class, Pairs
    from specwright.migrate.symbols import Import, Reference
    from specwright.plan.ir import Api

    Edit = Callable[[Any], cst.BaseExpression]
    """Of a node whose parts are in their new form already, the new one."""


_LONGEST: Final = 40
_KEPT: Final = "`{}` goes with {}"


class LeftError(Exception):
    """Something can't be rewritten; the message says why."""


class KeptError(LeftError):
    """Something stays as it is with something else, `because` of which it does."""

    def __init__(self, name: str, because: str) -> None:
        super().__init__(_KEPT.format(name, because))
        self.because = because


def shown(node: cst.CSTNode) -> str:
    """Code, short enough to be named; of a call, what is called."""
    if isinstance(node, cst.Call):
        return f"{shown(node.func)}(…)"
    if isinstance(node, cst.Attribute):
        return f"{shown(node.value)}.{node.attr.value}"
    said = " ".join(cst.Module([]).code_for_node(node).split())
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"


@dataclass(slots=True)
class Still:
    """What is of the old package in a code base once all of it is migrated."""

    calls: str = ""
    """One of the calls that are left; "" where none is."""
    classes: dict[str, str] = field(default_factory=dict[str, str])
    """The classes that such calls give, each with one of them."""


@dataclass(slots=True)
class Draft:
    """What becomes of one file. Of what is left, and of what is to be looked at, the node and the reason."""

    source: Source
    pairs: Pairs
    api: Api
    imports: Imports
    still: Still
    edits: dict[cst.CSTNode, Callable[[Any], cst.CSTNode]] = field(
        default_factory=dict["cst.CSTNode", "Callable[[Any], cst.CSTNode]"]
    )
    removed: set[cst.CSTNode] = field(default_factory=set["cst.CSTNode"])
    """Lines of which nothing is left."""
    moved: dict[cst.CSTNode, list[cst.EmptyLine]] = field(
        default_factory=dict["cst.CSTNode", "list[cst.EmptyLine]"]
    )
    """By line: the comments of removed lines that stand above it now."""
    writer: cst.CSTTransformer | None = None
    """What writes the file, once all is decided."""
    rewritten: set[Reference] = field(default_factory=set["Reference"])
    left: list[tuple[cst.CSTNode, str]] = field(default_factory=list["tuple[cst.CSTNode, str]"])
    notes: list[tuple[cst.CSTNode, str]] = field(default_factory=list["tuple[cst.CSTNode, str]"])

    def new(self, by: Import | None, name: str, module: str = "") -> str:
        """What a name of the new package is called here.

        Raises:
            LeftError: The old name comes from another file of the code base.
        """
        if by is None or not self.imports.holds(by):
            raise LeftError("it is imported through another module of this code base")
        return self.imports.need(by, name, module)

    def done(self, reference: Reference, node: cst.CSTNode, edit: Edit) -> None:
        """Decide what becomes of a node, with which nothing is left of a reference."""
        self.edits[node] = edit
        self.rewritten.add(reference)

    def written(self, node: cst.BaseExpression) -> cst.BaseExpression:
        """The new form of an expression that comes to stand elsewhere."""
        found = node.visit(self.writer) if self.writer is not None else node
        return found if isinstance(found, cst.BaseExpression) else node

    # --- which way a model goes ---

    def class_of(self, cell: Cell) -> Class | None:
        """The class of a value, if it is a model or an enum."""
        return self.pairs.classes.get(cell.kind.name) if isinstance(cell.kind, ModelOf) else None

    def is_sent(self, cell: Cell) -> bool:
        """Whether a model is one that callers send, which in the new package is a dict.

        Raises:
            LeftError: It is not known, or it is both.
        """
        known = self.class_of(cell)
        if known is None:
            raise LeftError("the new package has no such class")
        why = cell.kept()
        if why is not None:
            raise KeptError(known.name, why)
        is_made = cell.has("made") or (cell.has("sent") and not cell.has("received"))
        if is_made and cell.has("received"):
            raise LeftError(
                f"`{known.name}` is made here and comes with answers, too, which are two types now"
            )
        if cell.has("received"):
            return self._only(known, sent=False)
        if is_made:
            return self._only(known, sent=True)
        if known.struct is not None and (known.input is not None or known.is_map):
            raise LeftError(f"whether this `{known.name}` is sent or received is not known")
        return known.struct is None

    @staticmethod
    def _only(known: Class, *, sent: bool) -> bool:
        if not known.is_map and (known.input if sent else known.struct) is None:
            what = "sent" if sent else "received"
            raise LeftError(f"in the document, `{known.name}` is never {what}")
        return sent

    def absent(self, cell: Cell, by: Import | None = None) -> str:
        """What of an answer is where there is nothing: `None`, or where that is null, `UNSET`."""
        if not cell.has("nullable"):
            return "None"
        known = by or next(iter(self.source.sites.imports), None)
        return self.new(known, "UNSET", "msgspec")

    def _lacking(self, cell: Cell, *, drops_null: bool) -> Edit:
        """The test whether something of an answer is not there, or is null where that means the same."""

        def is_none(new: Any) -> cst.BaseExpression:
            return cst.Comparison(new, [cst.ComparisonTarget(cst.Is(), cst.Name("None"))])

        if not cell.has("nullable"):
            return is_none
        # A comparison with UNSET is refused by type checkers where they know already that it is none.
        known = next(iter(self.source.sites.imports), None)
        unset = cst.Arg(cst.Name(self.new(known, "UnsetType", "msgspec")))

        def is_unset(new: Any) -> cst.BaseExpression:
            test = cst.Call(cst.Name("isinstance"), [cst.Arg(new), unset])
            return cst.BooleanOperation(is_none(new), cst.Or(), test) if drops_null else test

        return is_unset

    def given(
        self,
        node: cst.BaseExpression,
        cell: Cell,
        *,
        omit: Callable[[], str] | None,
        drops_null: bool = False,
    ) -> Edit:
        """How a value is written where it is sent; `omit` gives the name of what stands for nothing, if there is something.

        With `drops_null`, `None` stands for nothing, too.

        Raises:
            LeftError: It can't be told how.
        """
        if cell.mixed and not isinstance(node, cst.Call):
            raise LeftError("what is given may be of several types")
        if is_absent(node):
            return lambda new: new
        why = cell.kept()
        if why is not None:
            raise KeptError(shown(node), why)
        known = self.class_of(cell)
        converts = known is not None and known.enum is None and cell.has("received") and not known.is_map
        may_lack = cell.has("received") and cell.has("optional")
        if isinstance(cell.kind, AnswerOf):
            raise LeftError("an answer is given, and not what it holds")
        if not (converts or may_lack):
            return lambda new: new
        if converts and (known is None or known.struct is None or known.struct.twin is None):
            raise LeftError("what comes from an answer has no form in which it can be sent")
        if not is_simple(node) or (may_lack and omit is None):
            raise LeftError(
                "what comes from an answer may be absent, or has to become an input: `.as_input()`"
            )
        name = omit() if may_lack and omit is not None else ""
        lacks = self._lacking(cell, drops_null=drops_null) if may_lack else None

        def edit(new: Any) -> cst.BaseExpression:
            sent = cst.Call(cst.Attribute(new, cst.Name("as_input"))) if converts else new
            return cst.IfExp(test=lacks(new), body=cst.Name(name), orelse=sent) if lacks else sent

        return edit
