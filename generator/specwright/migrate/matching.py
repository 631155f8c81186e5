"""The patterns of `match`: what they ask of values, and what they bind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from specwright.migrate.cells import ITEM, Cell, ListOf, ModelOf
from specwright.migrate.declaring import Declaring
from specwright.migrate.sites import Doubted, Matched, Tested
from specwright.migrate.symbols import Reference, Thing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from specwright.migrate import before as old
    from specwright.migrate.declaring import Source
    from specwright.migrate.symbols import Meaning


class Matching(Declaring):
    """Binds what patterns do."""

    def __init__(self, package: old.Package, source: Source, find: Callable[[str], Meaning | None]) -> None:
        super().__init__(package, source, find)
        self.subjects: dict[cst.MatchCase, Cell] = {}
        """What is matched, by the cases."""

    def case(self, node: cst.MatchCase) -> None:
        """Bind the names of a case."""
        self._pattern(node.pattern, self.subjects[node])
        if node.guard is not None:
            self.test(node.guard)

    def _pattern(self, node: cst.MatchPattern, cell: Cell) -> Cell:
        """What a pattern matches, of what is matched with it."""
        match node:
            case cst.MatchAs():
                return self._named(node, cell)
            case cst.MatchClass():
                return self._of_class_pattern(node, cell)
            case cst.MatchOr():
                for element in node.patterns:
                    self._pattern(element.pattern, cell)
            case cst.MatchList() | cst.MatchTuple():
                self._items(node.patterns, cell.attribute(ITEM))
            case cst.MatchMapping():
                self._members(node)
            case cst.MatchValue():
                known = self.of(node.value)
                if isinstance(known, Reference):
                    known.about = cell
            case _:
                self.sites.doubted.append(Doubted(node, cell))
        return cell

    def _named(self, node: cst.MatchAs, cell: Cell) -> Cell:
        found = self._pattern(node.pattern, cell) if node.pattern is not None else cell
        if node.name is not None:
            self.bind(node.name.value, found)
        return found

    def _members(self, node: cst.MatchMapping) -> None:
        for member in node.elements:
            self._pattern(member.pattern, Cell())
        if node.rest is not None:
            self.bind(node.rest.value, Cell())

    def _items(self, nodes: Sequence[cst.MatchSequenceElement | cst.MatchStar], item: Cell) -> None:
        for node in nodes:
            if isinstance(node, cst.MatchSequenceElement):
                self._pattern(node.value, item)
            elif node.name is not None:
                self.bind(node.name.value, Cell(ListOf(item)))

    def _of_class_pattern(self, node: cst.MatchClass, cell: Cell) -> Cell:
        known, found = self.of(node.cls), cell
        match known:
            case Reference(target=Thing("Unset")):
                known.role = "test"
                self.sites.tested.append(Tested(node, known, node.cls, cell))
            case Reference(target=Thing("class", name, "")):
                known.role, known.about = "instance", cell
                self.sites.matched.append(Matched(node, known, cell))
                if cell.kind != ModelOf(name):
                    self.sites.doubted.append(Doubted(node, cell))
                    found = Cell(ModelOf(name), "received")
                    found.meet(cell)
            case Reference():
                known.about = cell
            case _:
                found = Cell()
        for element in node.patterns:
            self._pattern(element.value, Cell())
        for member in node.kwds:
            self._pattern(member.pattern, found.attribute(member.key.value))
        return found
