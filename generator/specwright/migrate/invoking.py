"""Calls: of operations, of the classes of the old package, of functions of the code base, and of others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import libcst as cst

from specwright.migrate.annotating import Annotating, attribute, typed
from specwright.migrate.cells import (
    AWAITED,
    ITEM,
    AnswerOf,
    AwaitableOf,
    Cell,
    ClientOf,
    InstanceOf,
    ListOf,
    ModelOf,
    TupleOf,
)
from specwright.migrate.sites import Construction, Doubted, Made, OfAttrs, OperationCall, Tested
from specwright.migrate.symbols import Called, Own, OwnClass, Reference, Symbol, Thing

if TYPE_CHECKING:
    from collections.abc import Sequence

_ADDING: Final = frozenset({"add", "append", "insert"})
_EXTENDING: Final = frozenset({"extend", "extendleft"})
_DEFAULTING: Final = frozenset({"get", "pop", "setdefault"})
"""Methods whose second argument is what they give where there is nothing."""
_ATTRS: Final = frozenset({"attr", "attrs"})
_BEST: Final = frozenset({"max", "min"})
_RUNNING: Final = frozenset({"anyio.run", "asyncio.run"})
_SAME: Final = frozenset({"asyncio.create_task", "asyncio.shield", "asyncio.wait_for", "builtins.filter"})
_AS_LIST: Final = frozenset({"frozenset", "list", "reversed", "set", "sorted", "tuple"})


class Invoking(Annotating):
    """Tells what calls give."""

    def called(self, node: cst.Call) -> Cell:
        """What a call gives."""
        function = node.func
        known = (
            self.attribute(function, is_called=True)
            if isinstance(function, cst.Attribute)
            else self.of(function)
        )
        match known:
            case Reference():
                return self._of_old(node, known)
            case Symbol(path=path) if path == "builtins.isinstance" and len(node.args) == 2:  # noqa: PLR2004 - as it is called
                return self._isinstance(node)
            case Symbol(path="typing.cast") if len(node.args) == 2:  # noqa: PLR2004 - as it is called
                found = self.annotation(node.args[0].value)
                found.unite(self.value(node.args[1].value))
                return found
            case Symbol():
                return self._of_library(node, known.path)
            case Own():
                known.is_called = True
                self.sites.invoked.append(known)
                before, given = len(self.sites.references), self._given(node)
                self._escape(node, _fit(given, known.arguments, known.positional), before)
                is_awaited = known.is_async and not known.is_generator
                return Cell(AwaitableOf(known.result)) if is_awaited else known.result
            case OwnClass():
                made = known.methods.get("__init__")
                if made is not None:
                    self.sites.invoked.append(made)
                    before, given = len(self.sites.references), self._given(node)
                    self._escape(node, _fit(given, made.arguments, made.positional), before)
                else:
                    _fit(self._given(node), known.attributes, tuple(known.annotated))
                return Cell(InstanceOf(known.name))
            case Cell():
                return self._of_value(node, known)

    def _of_value(self, node: cst.Call, known: Cell) -> Cell:
        """What a call of a value, or of a method of one, gives."""
        before = len(self.sites.references)
        cells = [cell for _, cell in self._given(node)]
        if not isinstance(node.func, cst.Attribute):
            self._escape(node, cells, before)
            return Cell()
        owner = self.sites.cells.get(node.func.value)
        if owner is not None and node.func.attr.value in _ADDING and cells:
            owner.attribute(ITEM).unite(cells[-1])
            return Cell()
        if owner is not None and node.func.attr.value in _EXTENDING and cells:
            owner.attribute(ITEM).unite(cells[0].attribute(ITEM))
            return Cell()
        self._escape(node, cells, before)
        if node.func.attr.value in _DEFAULTING:
            for cell in cells[1:]:
                known.meet(cell)
        return known

    def _escape(self, node: cst.Call, cells: Sequence[Cell], before: int) -> None:
        """Say that values go where nobody follows them; what a function of an operation goes with, it may be called with.

        `before` is how many references there were before the arguments were walked through.
        """
        values = {id(argument.value) for argument in node.args}
        for known in self.sites.references[before:]:
            if cells and not known.role and id(known.node) in values:
                known.cell = Cell()
                for cell in cells:
                    known.cell.meet(cell)
        for cell in cells:
            cell.mark("escaped")

    def _given(self, node: cst.Call) -> list[tuple[str | None, Cell]]:
        return [
            (
                argument.keyword.value if argument.keyword else "*" if argument.star else None,
                self.value(argument.value),
            )
            for argument in node.args
        ]

    def _of_library(self, node: cst.Call, path: str) -> Cell:
        """What a function of Python's own gives."""
        before = len(self.sites.references)
        cells = [cell for _, cell in self._given(node)]
        module, _, name = path.rpartition(".")
        if module in _ATTRS and cells:
            self.sites.of_attrs.append(OfAttrs(node, name, cells[0]))
        if path == "asyncio.gather":
            is_many = len(cells) == 1 and bool(node.args[0].star)
            results = [cell.attribute(ITEM) if is_many else cell for cell in cells]
            waited = tuple(cell.attribute(AWAITED) for cell in results)
            return Cell(AwaitableOf(Cell(ListOf(waited[0]) if is_many else TupleOf(waited))))
        if module == "builtins" and name in {"enumerate", "zip"}:
            items = [cell.attribute(ITEM) for cell in cells]
            return Cell(ListOf(Cell(TupleOf((Cell(), *items) if name == "enumerate" else tuple(items)))))
        if cells and path in _SAME:
            return cells[-1]
        if cells and path in _RUNNING:
            return cells[0].attribute(AWAITED)
        if cells and module == "builtins" and name in _AS_LIST:
            return Cell(ListOf(cells[0].attribute(ITEM)))
        if cells and module == "builtins" and (name == "next" or (name in _BEST and len(cells) == 1)):
            return cells[0].attribute(ITEM)
        self._escape(node, cells, before)
        return Cell()

    def _isinstance(self, node: cst.Call) -> Cell:
        subject = self.value(node.args[0].value)
        kinds = node.args[1].value
        for part in (
            [element.value for element in kinds.elements] if isinstance(kinds, cst.Tuple) else [kinds]
        ):
            known = self.of(part)
            match known:
                case Reference(target=Thing("Unset")) if part is kinds:
                    known.role = "test"
                    self.sites.tested.append(Tested(node, known, node.args[0].value, subject))
                case Reference(target=Thing("class", _, "")):
                    known.role, known.about = "instance", subject
                case Reference(target=Thing("error")):
                    known.role = "except"
                case _:
                    failure = self.sites.failures.get(part)
                    if failure is not None and isinstance(node.args[0].value, cst.Name):
                        failure.tested = node.args[0].value.value
                    continue
        self.sites.doubted.append(Doubted(node, subject))
        return Cell()

    def _of_old(self, node: cst.Call, reference: Reference) -> Cell:
        match reference.target:
            case Called():
                return self._operation(node, reference, reference.target)
            case Thing("client"):
                reference.role, reference.cell = "make", Cell(ClientOf())
                if reference.target.name == "Client":
                    reference.cell.mark("anonymous")
                self._given(node)
                self.sites.made.append(Made(node, reference, reference.cell))
                return reference.cell
            case Thing("class", name, "") if name in self.package.models:
                return self._construction(node, reference, name)
            case Thing("class", name, ""):
                reference.role, reference.cell = "enum", Cell(ModelOf(name))
                self._given(node)
                return reference.cell
            case Thing("class", name, "from_dict"):
                self._given(node)
                reference.cell = Cell(ModelOf(name))
                return reference.cell
            case Thing("file"):
                self._given(node)
                reference.cell = Cell()
                return reference.cell
            case _:
                self._given(node)
                return Cell()

    def _operation(self, node: cst.Call, reference: Reference, called: Called) -> Cell:
        reference.role = "call"
        before = self.package.operations[called.module]
        body = Cell(None, "received", "result")
        is_detailed = called.function.endswith("_detailed")
        answer = Cell(AnswerOf(body)) if is_detailed else None
        site = OperationCall(node, reference, {}, {}, None, None, body, answer)
        site.line, site.block = self.line, self.block
        self.sites.calls.append(site)
        for number, argument in enumerate(node.args):
            cell = self.value(argument.value)
            if argument.star:
                site.problem = f"what `{argument.star}` gives is not known; write it out"
                continue
            name = (
                argument.keyword.value
                if argument.keyword
                else "".join(before.positional[number : number + 1])
            )
            if name == "client":
                site.client, site.client_cell = argument.value, cell
                cell.unite(Cell(ClientOf(), "async" if called.function.startswith("asyncio") else "sync"))
            else:
                site.arguments[name], site.cells[name] = argument, cell
        for parameter in before.parameters:
            if parameter.name in site.cells:
                meant = typed(self.package, parameter.annotation)
                meant.forget("optional", "nullable")
                site.cells[parameter.name].unite(meant)
                site.cells[parameter.name].mark("sent")
        success = next((shape for status, shape in before.answers.items() if status.startswith("2")), None)
        body.unite(typed(self.package, success))
        found = answer or body
        return Cell(AwaitableOf(found)) if called.function.startswith("asyncio") else found

    def _construction(self, node: cst.Call, reference: Reference, name: str) -> Cell:
        reference.role, reference.cell = "construct", Cell(ModelOf(name), "made")
        cell = reference.cell
        site = Construction(node, reference, {}, cell)
        self.sites.constructions.append(site)
        order = list(self.package.models[name].attributes)
        for number, argument in enumerate(node.args):
            given = self.value(argument.value)
            if argument.star:
                site.problem = f"what `{argument.star}` gives is not known"
                continue
            key = argument.keyword.value if argument.keyword else "".join(order[number : number + 1])
            site.arguments[key] = argument
            self.put(cell, key, given)
        return cell

    def put(self, cell: Cell, key: str, given: Cell) -> None:
        """Give a model that is made a value."""
        kind = cell.kind
        meant = attribute(self.package, kind.name, key) if isinstance(kind, ModelOf) else None
        if meant is None:
            cell.attribute(key).unite(given)
            return
        meant.forget("optional", "nullable")
        given.unite(meant)
        cell.feed(given)


def _fit(
    given: Sequence[tuple[str | None, Cell]], arguments: dict[str, Cell], positional: Sequence[str]
) -> list[Cell]:
    """Make what is given one with the arguments that it is given as; what is given as none of them."""
    rest: list[Cell] = []
    for number, (name, cell) in enumerate(given):
        if name == "*":
            return [*rest, *(one for _, one in given[number:])]
        key = name if name is not None else "".join(positional[number : number + 1])
        if key in arguments:
            arguments[key].unite(cell)
        else:
            rest.append(cell)
    return rest
