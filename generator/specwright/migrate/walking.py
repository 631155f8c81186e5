"""A walk through the files of a code base: what their statements make of names, and the sites in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import libcst as cst

from specwright.migrate.annotating import attribute
from specwright.migrate.cells import ENTERED, ITEM, Cell, ErrorOf, settle
from specwright.migrate.declaring import Source, within, word
from specwright.migrate.matching import Matching
from specwright.migrate.overlooked import overlooked
from specwright.migrate.sites import Assigned, OperationCall, Runs
from specwright.migrate.symbols import Own, OwnClass, Reference, Thing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from specwright.migrate import before as old
    from specwright.migrate.symbols import Meaning

_CATCHING: Final = frozenset({"raises", "suppress"})
"""Functions of `contextlib` and of pytest that stand for an `except`."""


def parsed(path: str, module: str, data: bytes, *, is_package: bool) -> tuple[Source | None, str]:
    """A file, or why it can't be read."""
    try:
        return Source(path, module, is_package, cst.parse_module(data)), ""
    except (cst.ParserSyntaxError, UnicodeError, LookupError, RecursionError) as error:
        return None, f"no Python that can be read: {str(error).splitlines()[0]}"


def walk(package: old.Package, sources: Sequence[Source]) -> None:
    """Find the sites of every file, and learn what is known of the values in them."""
    files: dict[str, Walker] = {}

    def find(path: str) -> Meaning | None:
        return _found(files, path)

    for source in sources:
        files[source.module] = Walker(package, source, find)
    for step in ("imports", "declarations", "statements", "bodies"):
        for walker in files.values():
            getattr(walker, step)()
    for walker in files.values():
        walker.mark_open()
    cells = [cell for walker in files.values() for cell in walker.all_cells()]
    settle(cells, lambda model, name: attribute(package, model, name))
    for walker in files.values():
        walker.overlook()
        walker.source.sites = walker.sites


def _found(files: Mapping[str, Walker], path: str) -> Meaning | None:
    """What a full name means, if it is of one of the files: a name of a module, or of a class in one."""
    module, _, name = path.rpartition(".")
    if not module:
        return None
    walker = files.get(module)
    if walker is None:
        ends = [known for known in files if known.endswith(f".{module}") or module.endswith(f".{known}")]
        walker = files[ends[0]] if len(ends) == 1 else None
    if walker is not None:
        return walker.scopes[0].get(name) or walker.classes.get(path)
    return None


class Walker(Matching):
    """The walk through one file."""

    def __init__(self, package: old.Package, source: Source, find: Callable[[str], Meaning | None]) -> None:
        super().__init__(package, source, find)
        self._functions: list[Own] = []

    def all_cells(self) -> Iterator[Cell]:
        """Every cell that the walk has met."""
        yield from self.sites.cells.values()
        yield from (site.owner for site in self.sites.reads)
        yield from (site.cell for site in self.sites.reads)
        for site in self.sites.calls:
            yield from (site.body, *site.cells.values())
        for known in self.sites.references:
            if known.cell is not None:
                yield known.cell

    def overlook(self) -> None:
        """Note the names of the old package that the walk has not come to."""
        bound = {known.bound: known for known in self.sites.imports}
        found = overlooked(self.source.tree, bound.keys(), self.seen)
        self.sites.overlooked = [(node, bound[node.value]) for node in found]

    def mark_open(self) -> None:
        """Mark what functions give that nothing in the code base calls."""
        for own in self.owns.values():
            if not own.is_called:
                own.result.mark("open")
                own.result.attribute(ITEM).mark("open")

    def statements(self) -> None:
        """Walk through what is run when the module is imported."""
        self._block(self.source.tree.body)
        for node, own in self.owns.items():
            self._default(node, own)

    def _default(self, node: cst.FunctionDef, own: Own) -> None:
        """Defaults that are variables of the module, which were not bound when the function was."""
        for parameter in (*node.params.posonly_params, *node.params.params, *node.params.kwonly_params):
            if isinstance(parameter.default, cst.Name):
                known = self.scopes[0].get(parameter.default.value)
                if isinstance(known, Cell):
                    own.arguments[parameter.name.value].unite(known)

    def bodies(self) -> None:
        """Walk through functions, which are run later; those in them as they come."""
        while self.waiting:
            node, own, scopes, numbers = self.waiting.pop(0)
            self.scopes, self.numbers = [*scopes], [*numbers]
            self.enter()
            for name, cell in own.arguments.items():
                self.bind(name, cell)
            self._functions.append(own)
            before = self._mark()
            self._suite(node.body)
            own.runs = self._since(before)
            self._functions.pop()
            self.leave()

    def _block(self, statements: Sequence[cst.BaseStatement | cst.BaseSmallStatement]) -> None:
        before = self.line, self.block
        for statement in statements:
            self.line, self.block = None, statements
            if isinstance(statement, cst.SimpleStatementLine):
                self.line = statement
                for part in statement.body:
                    self._statement(part)
            else:
                self._statement(statement)
        self.line, self.block = before

    def _suite(self, suite: cst.BaseSuite) -> None:
        self._block(suite.body)

    def _statement(self, node: cst.BaseStatement | cst.BaseSmallStatement) -> None:  # noqa: C901, PLR0912 - a case for each
        match node:
            case cst.Import() | cst.ImportFrom():
                self.import_(node)
            case cst.Assign():
                self._assigned(node)
            case cst.AnnAssign():
                cell = self.annotation(node.annotation.annotation)
                if node.value is not None:
                    cell.unite(self.value(node.value))
                self.assign(node.target, cell)
            case cst.AugAssign():
                self.assign(node.target, self.value(node.value))
            case cst.Return() if node.value is not None:
                cell = self.value(node.value)
                if self._functions:
                    self._functions[-1].result.unite(cell)
            case cst.Expr():
                self._expression(node)
            case cst.If():
                self.test(node.test)
                self._branches([node.body, node.orelse])
            case cst.While():
                self.test(node.test)
                self._branches([node.body, None])
                self._branches([node.orelse])
            case cst.For():
                item = self.value(node.iter).attribute(ITEM)
                self.assign(node.target, item)
                self._branches([node.body, None])
                self._branches([node.orelse])
            case cst.With():
                self._with(node)
            case cst.Try() | cst.TryStar():
                self._try(node)
            case cst.Global() | cst.Nonlocal():
                for shared in node.names:
                    self._share(shared.name.value)
            case cst.FunctionDef():
                if node not in self.owns:
                    self.bind(node.name.value, self.declare(node))
            case cst.ClassDef():
                self._of_class(node)
            case cst.Match():
                subject = self.value(node.subject)
                self.subjects |= dict.fromkeys(node.cases, subject)
                self._branches([*node.cases, None])
            case _:
                self._rest(node)

    def _share(self, name: str) -> None:
        """A variable of a scope around: what is assigned to it here is what others have."""
        self.shared.add(name)
        around = next((scope for scope in reversed(self.scopes[:-1]) if name in scope), self.scopes[0])
        self.scopes[-1][name] = around.setdefault(name, Cell())

    def _expression(self, node: cst.Expr) -> None:
        value = node.value
        if isinstance(value, cst.Yield):
            self._yielded(value)
            return
        before = len(self.sites.calls)
        self.value(value)
        inner = value.expression if isinstance(value, cst.Await) else value
        for site in self.sites.calls[before:]:
            site.alone = site.node is inner

    def _yielded(self, node: cst.Yield) -> None:
        match node.value:
            case cst.From(item=many):
                item = self.value(many).attribute(ITEM)
            case cst.BaseExpression() as one:
                item = self.value(one)
            case _:
                return
        if self._functions:
            self._functions[-1].result.attribute(ITEM).unite(item)

    def _assigned(self, node: cst.Assign) -> None:
        cell = self.value(node.value)
        for target in node.targets:
            self.assign(target.target, cell)
        match node.targets:
            case [cst.AssignTarget(target=cst.Name(value=name))]:
                self.sites.assigned.append(
                    Assigned(node, name, cell, self.numbers[-1], self.line, self.block)
                )
            case _:
                return

    def _branches(
        self, suites: Sequence[cst.BaseSuite | cst.BaseCompoundStatement | cst.Else | cst.MatchCase | None]
    ) -> None:
        """Walk through what is run instead of one another; a variable is then what any of them has made of it."""
        before = dict(self.scopes[-1])
        after: list[dict[str, Meaning]] = []
        for suite in suites:
            self.scopes[-1] = dict(before)
            match suite:
                case None:
                    pass
                case cst.BaseSuite():
                    self._suite(suite)
                case cst.Else():
                    self._suite(suite.body)
                case cst.MatchCase():
                    self.case(suite)
                    self._suite(suite.body)
                case _:
                    self._statement(suite)
            after.append(self.scopes[-1])
        self.scopes[-1] = before
        for names in after:
            for name, known in names.items():
                other = before.get(name)
                if isinstance(known, Cell) and isinstance(other, Cell):
                    known.unite(other)
                before[name] = known

    def _with(self, node: cst.With) -> None:
        for item in node.items:
            cell = self.value(item.item)
            cell.mark("async" if node.asynchronous else "sync")
            if item.asname is not None:
                self.assign(item.asname.name, cell.attribute(ENTERED))
        before = self._mark()
        self._suite(node.body)
        runs = self._since(before)
        for item in node.items:
            if isinstance(item.item, cst.Call) and word(item.item) in _CATCHING:
                for argument in item.item.args:
                    self._raised(argument.value, runs)

    def _mark(self) -> tuple[int, int, int]:
        """Where the walk has come."""
        return len(self.sites.calls), len(self.sites.invoked), len(self.sites.sending)

    def _since(self, mark: tuple[int, int, int]) -> Runs:
        calls, invoked, sending = mark
        return Runs(
            self.sites.calls[calls:], self.sites.invoked[invoked:], sends=len(self.sites.sending) > sending
        )

    def _try(self, node: cst.Try | cst.TryStar) -> None:
        before = self._mark()
        self._suite(node.body)
        runs = self._since(before)
        for handler in node.handlers:
            if handler.type is not None:
                for kind in _kinds(handler.type):
                    self._handled(kind, runs.calls)
                self._raised(handler.type, runs)
            if handler.name is not None and isinstance(handler.name.name, cst.Name):
                caught = next((one for one in self.sites.references if one.node is handler.type), None)
                error = Cell(ErrorOf()) if caught is not None else Cell()
                if caught is not None:
                    caught.cell = error
                self.bind(handler.name.name.value, error)
            known = set(self.sites.failures)
            self._branches([handler.body, None])
            name = handler.name.name if handler.name is not None else None
            if isinstance(name, cst.Name):
                self._asked(name.value, runs, known)
        for suite in (node.orelse, node.finalbody):
            if suite is not None:
                self._suite(suite.body)

    def _asked(self, name: str, runs: Runs, known: set[cst.BaseExpression]) -> None:
        """Say of errors of httpx, but for those known before, that are asked about in a handler what may raise them."""
        for failure in self.sites.failures.values():
            if failure.node not in known and failure.runs is None and failure.tested == name:
                failure.runs = runs

    def _handled(self, kind: cst.BaseExpression, calls: list[OperationCall]) -> None:
        known = self.of(kind)
        if isinstance(known, Reference) and known.target == Thing("error"):
            known.role = "except"
            self.sites.tried[known] = calls

    def _raised(self, kinds: cst.BaseExpression, runs: Runs) -> None:
        """Say of errors of httpx that are caught what may raise them."""
        for kind in _kinds(kinds):
            failure = self.sites.failures.get(kind)
            if failure is not None:
                failure.runs = runs

    def _of_class(self, node: cst.ClassDef) -> None:
        if not isinstance(self.scopes[-1].get(node.name.value), OwnClass):
            self.class_(node)
            self.members(node)
        for statement in within(node.body):
            if isinstance(statement, cst.FunctionDef | cst.AnnAssign):
                continue
            if isinstance(statement, cst.Assign):
                self.value(statement.value)
            else:
                self._rest(statement)


def _kinds(node: cst.BaseExpression) -> Sequence[cst.BaseExpression]:
    """The classes of an `except` clause."""
    return [one.value for one in node.elements] if isinstance(node, cst.Tuple) else [node]
