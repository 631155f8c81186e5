# ruff: noqa: N802 -- the names of visitors are those of libcst
"""What the module of a file has before anything in it is run: imports, functions and classes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import libcst as cst
from libcst.helpers import get_full_name_for_node

from specwright.migrate.cells import Cell, InstanceOf
from specwright.migrate.evaluating import Evaluator
from specwright.migrate.sites import Sites
from specwright.migrate.symbols import Import, Own, OwnClass, Symbol, is_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from specwright.migrate import before as old
    from specwright.migrate.symbols import Meaning

_PROPERTIES: Final = frozenset({"cached_property", "property"})


@dataclass(slots=True)
class Source:
    """A file of the code base."""

    path: str
    module: str
    """Its full name."""
    is_package: bool
    tree: cst.Module
    sites: Sites = field(default_factory=Sites)


class Declaring(Evaluator):
    """Binds what a module has."""

    def __init__(self, package: old.Package, source: Source, find: Callable[[str], Meaning | None]) -> None:
        super().__init__(package, find)
        self.source = source
        self.classes: dict[str, OwnClass] = {}
        """By full name."""
        self.shared: set[str] = set()
        """Variables that functions assign to for others, by `global` and `nonlocal`."""
        self.waiting: list[tuple[cst.FunctionDef, Own, list[dict[str, Meaning]], list[int]]] = []
        self.owns: dict[cst.FunctionDef, Own] = {}

    def imports(self) -> None:
        """Bind what is imported anywhere outside of functions."""
        for statement in _outside(self.source.tree.body):
            if isinstance(statement, cst.Import | cst.ImportFrom):
                self.import_(statement)

    def declarations(self) -> None:
        """Bind functions and classes, by their annotations."""
        found = [node for node in self.source.tree.body if isinstance(node, cst.ClassDef)]
        for node in found:
            self.class_(node)
        for node in found:
            self.members(node)
        for statement in self.source.tree.body:
            if isinstance(statement, cst.FunctionDef):
                self.bind(statement.name.value, self.declare(statement))

    def import_(self, node: cst.Import | cst.ImportFrom) -> None:
        """Bind what a statement imports."""
        if isinstance(node.names, cst.ImportStar):
            if (
                isinstance(node, cst.ImportFrom)
                and node.module
                and is_of(self.package.name, self._base(node))
            ):
                self.sites.dangling[node.module] = None
            return
        base = ""
        if isinstance(node, cst.ImportFrom):
            base = self._base(node)
        for alias in node.names:
            path = get_full_name_for_node(alias.name) or ""
            full = f"{base}.{path}" if base else path
            asname = (
                alias.asname.name.value if alias.asname and isinstance(alias.asname.name, cst.Name) else ""
            )
            bound = asname or path.partition(".")[0]
            leads = full if asname or base else bound
            by = Import(node, alias, bound)
            ours = is_of(self.package.name, full)
            if ours and not any(known.alias is alias for known in self.sites.imports):
                self.sites.imports.append(by)
            taken = bound in self.sites.names
            self.bind(bound, Symbol(leads, by))
            if ours and not taken:
                self.sites.names.discard(bound)

    def _base(self, node: cst.ImportFrom) -> str:
        module = get_full_name_for_node(node.module) if node.module else ""
        if not node.relative:
            return module or ""
        parts = self.source.module.split(".")
        up = len(node.relative) - (1 if self.source.is_package else 0)
        return ".".join([*parts[: len(parts) - up], *([module] if module else [])])

    def class_(self, node: cst.ClassDef) -> OwnClass:
        """Bind a class; what is in it comes later."""
        name = f"{self.source.module}.{node.name.value}"
        own = self.classes[name] = OwnClass(name)
        self.bind(node.name.value, own)
        return own

    def members(self, node: cst.ClassDef) -> None:
        """What a class that is bound has."""
        own = self.scopes[-1][node.name.value]
        if not isinstance(own, OwnClass):
            return
        for base in node.bases:
            known = self.of(base.value)
            if isinstance(known, OwnClass):
                own.methods |= {
                    name: method for name, method in known.methods.items() if name not in own.methods
                }
                own.attributes |= known.attributes
        for statement in within(node.body):
            if isinstance(statement, cst.FunctionDef):
                own.methods[statement.name.value] = self.declare(statement, own)
            elif isinstance(statement, cst.AnnAssign) and isinstance(statement.target, cst.Name):
                name = statement.target.value
                own.attribute(name).unite(self.annotation(statement.annotation.annotation))
                own.annotated.append(name)
                if statement.value is not None:
                    own.attribute(name).unite(self.value(statement.value))

    def declare(self, node: cst.FunctionDef, own: OwnClass | None = None) -> Own:
        """A function, which is a method of `own` if that is given; its body is walked through later."""
        words = {word(decorator.decorator) for decorator in node.decorators}
        for decorator in node.decorators:
            self.value(decorator.decorator)
        arguments: dict[str, Cell] = {}
        first = [*node.params.posonly_params, *node.params.params]
        for parameter in (*first, *node.params.kwonly_params):
            cell = self.annotation(parameter.annotation.annotation) if parameter.annotation else Cell()
            if parameter.default is not None:
                cell.unite(self.value(parameter.default))
            arguments[parameter.name.value] = cell
        positional = [parameter.name.value for parameter in first]
        if own is not None and positional and "staticmethod" not in words:
            bound = arguments[positional.pop(0)]
            if "classmethod" not in words:
                bound.unite(Cell(InstanceOf(own.name)))
        result = self.annotation(node.returns.annotation) if node.returns else Cell()
        made = Own(
            node.name.value,
            arguments,
            tuple(positional),
            result,
            is_async=node.asynchronous is not None,
            is_generator=_yields(node.body),
            is_property=bool(words & _PROPERTIES),
        )
        self.owns[node] = made
        self.waiting.append((node, made, [*self.scopes], [*self.numbers]))
        return made

    def bind(self, name: str, known: Meaning) -> None:
        """As of any scope; a variable that functions share has one cell, which those who import it see, too."""
        before = self.scopes[-1].get(name)
        is_shared = len(self.scopes) == 1 or name in self.shared
        if is_shared and isinstance(before, Cell) and isinstance(known, Cell):
            before.unite(known)
            return
        super().bind(name, known)


def word(node: cst.BaseExpression) -> str:
    """The last name of a function, or of what is called."""
    inner = node.func if isinstance(node, cst.Call) else node
    return (get_full_name_for_node(inner) or "").rpartition(".")[2]


def within(suite: cst.BaseSuite) -> Iterator[cst.BaseStatement | cst.BaseSmallStatement]:
    """The statements of a block."""
    for statement in suite.body:
        if isinstance(statement, cst.SimpleStatementLine):
            yield from statement.body
        else:
            yield statement


def _outside(statements: Sequence[cst.CSTNode]) -> Iterator[cst.CSTNode]:
    """The statements of a module that are in no function and no class, at any depth."""
    for statement in statements:
        match statement:
            case cst.SimpleStatementLine():
                yield from statement.body
            case cst.FunctionDef() | cst.ClassDef():
                continue
            case _:
                yield from _outside(statement.children)


class _Yields(cst.CSTVisitor):
    def __init__(self) -> None:
        self.found = False

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:  # noqa: ARG002 - as libcst calls it
        return False

    def visit_Lambda(self, node: cst.Lambda) -> bool:  # noqa: ARG002 - as above
        return False

    def visit_Yield(self, node: cst.Yield) -> None:  # noqa: ARG002 - as above
        self.found = True


def _yields(body: cst.BaseSuite) -> bool:
    seen = _Yields()
    body.visit(seen)
    return seen.found
