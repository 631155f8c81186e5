"""What expressions are: the part of walking through a file that does not depend on statements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeGuard

import libcst as cst

from specwright.migrate.cells import (
    AT,
    AWAITED,
    ITEM,
    Cell,
    ListOf,
    MapOf,
    ModelOf,
    TupleOf,
)
from specwright.migrate.invoking import Invoking
from specwright.migrate.sites import Doubted, Looked, Same, Tested
from specwright.migrate.symbols import Reference, Symbol, Thing, is_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from specwright.migrate.symbols import Meaning

_NAMED: Final = re.compile(r"\w+(?:\.\w+)+")
_NOTHING: Final = frozenset({"None", "UNSET"})


class Evaluator(Invoking):
    """Tells what expressions are where a walk through a file has come, and keeps the sites that it meets."""

    def of(self, node: cst.BaseExpression) -> Meaning:  # noqa: C901, PLR0912 - a case for each kind of expression
        """What an expression is."""
        match node:
            case cst.Name():
                found = self.name(node)
            case cst.Attribute():
                found = self.attribute(node)
            case cst.Call():
                found = self.called(node)
            case cst.Await():
                found = self.value(node.expression).attribute(AWAITED)
            case cst.Subscript():
                found = self._subscript(node)
            case cst.IfExp():
                self.test(node.test)
                found = self._joined([node.body, node.orelse])
            case cst.BooleanOperation():
                self.test(node.left)
                found = self._joined([node.left, node.right], again=False)
            case cst.NamedExpr():
                found = self.value(node.value)
                if isinstance(node.target, cst.Name):
                    self.bind(node.target.value, found)
            case cst.List() | cst.Set():
                found = Cell(ListOf(self._held([element.value for element in node.elements])))
            case cst.Tuple():
                found = Cell(TupleOf(tuple(self.value(element.value) for element in node.elements)))
            case cst.Dict():
                for part in node.elements:
                    self.value(part.key if isinstance(part, cst.DictElement) else part.value)
                held = [part.value for part in node.elements if isinstance(part, cst.DictElement)]
                found = Cell(MapOf(self._held(held)))
            case cst.ListComp() | cst.SetComp() | cst.GeneratorExp():
                found = self._loops(node.for_in, lambda: Cell(ListOf(self.value(node.elt))))
            case cst.DictComp():
                found = self._loops(node.for_in, lambda: Cell(MapOf(self._pair(node))))
            case cst.Comparison():
                found = self._comparison(node)
            case cst.UnaryOperation():
                found = self._not(node)
            case cst.Lambda():
                found = self._lambda(node)
            case cst.SimpleString():
                found = self._text(node)
            case _:
                found = self._rest(node)
        if isinstance(found, Cell):
            self.sites.cells[node] = found
        return found

    def _text(self, node: cst.SimpleString) -> Cell:
        """Text, which may name something to be replaced in a test."""
        said = node.evaluated_value
        if isinstance(said, str) and _NAMED.fullmatch(said):
            is_old = is_of(self.package.name, said)
            (self.sites.named if is_old else self.sites.dotted).append(node)
        return Cell()

    def value(self, node: cst.BaseExpression) -> Cell:
        """What an expression is, as a value."""
        found = self.of(node)
        match found:
            case Cell():
                return found
            case Reference(target=Thing("unset")):
                found.role, found.cell = "value", Cell(None, "optional")
                return found.cell
            case _:
                return Cell()

    def _rest(self, node: cst.CSTNode) -> Cell:
        """Something of which no more is known than what is in it, which nobody follows from there."""
        for child in node.children:
            if isinstance(child, cst.BaseExpression):
                self.value(child).mark("escaped")
            else:
                self._rest(child)
        return Cell()

    def _held(self, nodes: Sequence[cst.BaseExpression]) -> Cell:
        """What a list or a dict that is written here holds.

        Parts of which nothing is known may be of any kind: what is known of one, such as that it may be absent, is not
        so of the others.
        """
        found = Cell()
        cells = [self.value(node) for node in nodes]
        alike = len(cells) == 1 or all(isinstance(node, cst.Name) for node in nodes)
        for cell in cells:
            if alike or cell.kind is not None or cell.mixed:
                found.unite(cell)
            else:
                found.feed(cell)
        return found

    def _pair(self, node: cst.DictComp) -> Cell:
        self.value(node.key)
        return self.value(node.value)

    def _joined(self, nodes: Sequence[cst.BaseExpression], *, again: bool = True) -> Cell:
        cells = [
            self.value(node) if again or number else self.sites.cells.get(node, Cell())
            for number, node in enumerate(nodes)
        ]
        named = [cell for cell, node in zip(cells, nodes, strict=True) if not _is_nothing(node)]
        for cell in named[1:]:
            named[0].unite(cell)
        for cell, node in zip(cells, nodes, strict=True):
            if named and _is_nothing(node):
                named[0].meet(cell)
        return named[0] if named else Cell()

    def _lambda(self, node: cst.Lambda) -> Cell:
        self.enter()
        for parameter in node.params.params:
            self.bind(parameter.name.value, Cell())
        self.value(node.body)
        self.leave()
        return Cell()

    def _loops(self, loop: cst.CompFor, made: Callable[[], Cell]) -> Cell:
        self.enter()
        inner: cst.CompFor | None = loop
        while inner is not None:
            self.assign(inner.target, self.value(inner.iter).attribute(ITEM))
            for condition in inner.ifs:
                self.test(condition.test)
            inner = inner.inner_for_in
        found = made()
        self.leave()
        return found

    def _subscript(self, node: cst.Subscript) -> Cell:
        owner = self.of(node.value)
        for element in node.slice:
            if isinstance(element.slice, cst.Index):
                self.value(element.slice.value)
        is_slice = any(isinstance(element.slice, cst.Slice) for element in node.slice)
        if not isinstance(owner, Cell):
            return Cell()
        self.sites.looked.append(Looked(node.value, owner))
        return owner if is_slice else owner.attribute(AT)

    def test(self, node: cst.BaseExpression) -> None:
        """A condition: what a call gave may be what is asked about."""
        cell = self.value(node)
        if isinstance(node, cst.Name | cst.Attribute):
            self.sites.doubted.append(Doubted(node, cell))

    def _not(self, node: cst.UnaryOperation) -> Cell:
        before = len(self.sites.tested)
        self.test(node.expression)
        for site in self.sites.tested[before:]:
            if site.node is node.expression and isinstance(node.operator, cst.Not):
                site.node, site.negated = node, not site.negated
        return Cell()

    def _comparison(self, node: cst.Comparison) -> Cell:
        left, found = self.of(node.left), Cell()
        for part in node.comparisons:
            right = self.of(part.comparator)
            _compare(left, right)
            match part.operator, right:
                case (
                    (cst.Is() | cst.IsNot() | cst.Equal() | cst.NotEqual()),
                    Reference(target=Thing("unset")),
                ) if isinstance(left, Cell):
                    right.role = "test"
                    negated = isinstance(part.operator, cst.IsNot | cst.NotEqual)
                    self.sites.tested.append(Tested(node, right, node.left, left, negated))
                case ((cst.Is() | cst.IsNot() | cst.Equal() | cst.NotEqual()), Cell()) if _is_unset(left):
                    left.role = "test"
                    negated = isinstance(part.operator, cst.IsNot | cst.NotEqual)
                    self.sites.tested.append(
                        Tested(node, left, part.comparator, right, negated, reversed=True)
                    )
                case ((cst.In() | cst.NotIn()), Cell()):
                    self.sites.looked.append(Looked(part.comparator, right))
                case _, Symbol("builtins.None") if isinstance(left, Cell):
                    self.sites.doubted.append(Doubted(node, left))
                case _:
                    if isinstance(left, Cell):
                        self.sites.doubted.append(Doubted(node, left))
                    if isinstance(part.operator, cst.Is | cst.IsNot):
                        self.sites.same.append(
                            Same(node, [one for one in (left, right) if isinstance(one, Cell)])
                        )
        return found

    def assign(self, node: cst.BaseExpression, cell: Cell) -> None:
        """Say what is assigned to a target."""
        match node:
            case cst.Name(value=name):
                self.bind(name, cell)
            case cst.Tuple() | cst.List():
                for number, element in enumerate(node.elements):
                    self.assign(element.value, cell.attribute(str(number)))
            case cst.Attribute():
                self._set(node, cell)
            case cst.Subscript():
                self._subscript(node).unite(cell)
                cell.mark("open")
            case cst.StarredElement():
                self.assign(node.value, Cell())
            case _:
                self.value(node)

    def _set(self, node: cst.Attribute, cell: Cell) -> None:
        known = self.attribute(node)
        owner = self.sites.cells.get(node.value)
        if owner is not None and isinstance(owner.kind, ModelOf):
            self.put(owner, node.attr.value, cell)
        elif isinstance(known, Cell):
            known.unite(cell)
            cell.mark("open")
        for site in self.sites.reads[-1:]:
            site.is_set = site.node is node


def _compare(left: Meaning, right: Meaning) -> None:
    """Members of an enum are of the same one as what they are compared with."""
    if not isinstance(left, Cell) or not isinstance(right, Cell):
        return
    items = (
        right.kind.items if isinstance(right.kind, TupleOf) else (right, *(cell for _, cell in right.inner()))
    )
    for item in items:
        if isinstance(item.kind, ModelOf) or isinstance(left.kind, ModelOf):
            left.meet(item)


def _is_unset(known: Meaning) -> TypeGuard[Reference]:
    return isinstance(known, Reference) and known.target == Thing("unset")


def _is_nothing(node: cst.BaseExpression) -> bool:
    return isinstance(node, cst.Name) and node.value in _NOTHING
