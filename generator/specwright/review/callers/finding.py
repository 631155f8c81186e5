# ruff: noqa: N802 -- the names are those of ast.NodeVisitor
"""A walk through a file of the user's: what it has that a change touches."""

from __future__ import annotations

import ast
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from specwright.review.callers.calls import Calls
from specwright.review.callers.known import Body, Class, Client, Module, Raised, Resource, Value, optional
from specwright.review.callers.touched import BODY_REMOVED
from specwright.review.callers.walking import Walker
from specwright.review.findings import CallerPlace

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from specwright.review.callers.known import Known, Package
    from specwright.review.callers.reading import Source
    from specwright.review.callers.touched import Touched, Touching

SHORT: Final = 9
"""Letters from which on a name of one word is told from what else may be called so; of several words, two are enough."""


class Finder(Walker):
    """The places of one file."""

    def __init__(self, source: Source, package: Package, touched: Touched) -> None:
        super().__init__(package)
        self._source = source
        self._package = package
        self._touched = touched
        self._calls = Calls(package, touched)
        self._found: list[CallerPlace] = []
        self._is_using = False

    def places(self) -> Iterator[CallerPlace]:
        """What is touched, in the order in which it is met."""
        if self._source.tree is None:
            return
        with suppress(RecursionError):  # what was found so far is true
            self.visit(self._source.tree)
        yield from self._found

    def _tell(self, node: ast.AST, touching: Touching, symbol: str, *, sure: bool = True) -> None:
        line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0) + 1
        if isinstance(node, ast.Attribute):
            # The name itself, not what it is read from, which may begin lines above.
            line, column = node.end_lineno or line, (node.end_col_offset or column) - len(node.attr) + 1
        lines = self._source.lines
        self._found.append(
            CallerPlace(
                file=self._source.path,
                line=line,
                column=column,
                text=lines[line - 1].strip() if line <= len(lines) else "",
                symbol=symbol,
                change=touching.change.id,
                level=touching.change.level,
                sure=sure,
                fingerprint=touching.fingerprint,
            )
        )

    def _tell_symbol(self, node: ast.AST, symbol: str, *, sure: bool = True) -> None:
        for touching in self._touched.symbols.get(symbol, ()):
            # Members that came are met where all of them are told apart.
            is_new = touching.change.old is None and touching.change.id.endswith("-member-added")
            if not is_new and touching.change.id != BODY_REMOVED:
                self._tell(node, touching, symbol, sure=sure)

    # --- imports ---

    def visit_Import(self, node: ast.Import) -> None:
        """The package, or a module of it."""
        if self.inference.modules(node):
            self._is_using = True
            self._tell_symbol(node, self._package.module)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """Names of the package."""
        root, _, rest = (node.module or "").partition(".")
        if node.level or root != self._package.module:
            for alias in node.names:
                self.inference.bind(alias.asname or alias.name, None)
            return
        self._is_using = True
        self._tell_symbol(node, self._package.module)
        # Small modules are imported from, too; names are known by the folder.
        module = rest.partition(".")[0]
        for alias in node.names:
            known = self._package.named(alias.name, module)
            self.inference.bind(alias.asname or alias.name, known)
            if isinstance(known, Class):
                self._tell_symbol(alias, known.symbol)
                if known.symbol.startswith("client."):
                    self._tell_symbol(alias, module)

    def visit_Module(self, node: ast.Module) -> None:
        """A file: its imports and its functions first, since code in functions runs later."""
        for statement in node.body:
            if isinstance(statement, ast.Import | ast.ImportFrom):
                before = len(self._found)
                self.visit(statement)
                del self._found[before:]
        for statement in node.body:
            if isinstance(statement, ast.ClassDef):
                self.inference.learn(statement)
            elif isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
                self.inference.returns(statement.name, statement.returns)
        self.generic_visit(node)

    # --- what is used ---

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """An assignment with an annotation; a dict in it is an input, if that says so."""
        self.generic_visit(node)
        known = self.inference.annotated(node.annotation)
        self.inference.assign(node.target, known)
        if isinstance(known, Value) and node.value is not None:
            self._tell_given(node.value, known)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """What is read from something."""
        self.visit(node.value)
        owner = self.inference.of(node.value)
        for symbol in self._symbols(owner, node.attr):
            self._tell_symbol(node, symbol)
        if isinstance(owner, Body):
            having = self._package.structs(owner.type)
            names = {one.name for one in having if any(field.name == node.attr for field in one.fields)}
            self._tell_body(node, owner, names)
        if owner is None and self._is_using and is_distinctive(node.attr):
            for symbol in self._touched.attributes.get(node.attr, ()):
                self._tell_symbol(node, symbol, sure=False)

    def _symbols(self, owner: Known | None, name: str) -> Iterator[str]:
        match optional(owner):
            case Module():
                known = self._package.attribute(owner, name) if owner is not None else None
                if isinstance(known, Class):
                    yield known.symbol
            case Client():
                yield f"Client.{name}"
            case Resource(attribute):
                yield f"Client.{attribute}.{name}"
            case Class(symbol):
                yield f"{symbol}.{name}"
            case Raised(errors):
                yield from (f"errors.{error}.{name}" for error in errors)
            case Value(type_) | Body(type=type_):
                yield from (f"models.{struct.name}.{name}" for struct in self._package.structs(type_))
            case _:
                pass

    def visit_Call(self, node: ast.Call) -> None:
        """A call."""
        self.generic_visit(node)
        known = self.inference.of(node.func)
        match node:
            case ast.Call(func=ast.Name(id="isinstance"), args=[subject, kind]):
                body = self.inference.of(subject)
                if isinstance(body, Body):
                    self._tell_kinds(kind, body)
            case _:
                pass
        for place, touching, symbol in self._calls.of(node, known):
            self._tell(place, touching, symbol)
        if (
            known is None
            and self._is_using
            and isinstance(node.func, ast.Attribute)
            and is_distinctive(node.func.attr)
        ):
            for place, touching, symbol in self._calls.of_name(node, node.func.attr):
                self._tell(place, touching, symbol, sure=False)

    def _tell_kinds(self, kind: ast.expr, body: Body) -> None:
        """The classes that the body of an error is tested for."""
        for part in ast.walk(kind):
            if isinstance(part, ast.Name | ast.Attribute):
                known = self.inference.of(part)
                if isinstance(known, Class) and known.symbol.startswith("models."):
                    self._tell_body(part, body, {known.symbol.partition(".")[2]})

    def _tell_body(self, node: ast.AST, body: Body, names: Collection[str]) -> None:
        """What the body of an error is taken for, of models of these names, which it is not any more."""
        for error in body.errors:
            for touching in self._touched.symbols.get(f"errors.{error}.body", ()):
                if touching.change.id == BODY_REMOVED and touching.change.old in names:
                    self._tell(node, touching, touching.change.symbol)

    def _tell_given(self, node: ast.expr, known: Value) -> None:
        for place, touching, symbol in self._calls.given(node, known.type):
            self._tell(place, touching, symbol)

    def visit_Compare(self, node: ast.Compare) -> None:
        """A value beside a constant that it can't be any more."""
        self.generic_visit(node)
        sides = [node.left, *node.comparators]
        for side in sides:
            for other in sides:
                self._tell_constant(other, self.inference.of(side))

    def visit_Match(self, node: ast.Match) -> None:
        """All that a value may be, told apart."""
        self.generic_visit(node)
        subject = optional(self.inference.of(node.subject))
        parts = [part for case in node.cases for part in ast.walk(case.pattern)]
        if isinstance(subject, Body):
            for part in parts:
                if isinstance(part, ast.MatchClass):
                    self._tell_kinds(part.cls, subject)
        if isinstance(subject, Value):
            self._tell_match(node, subject, parts)

    def _tell_match(self, node: ast.Match, subject: Value, parts: Iterable[ast.AST]) -> None:
        for symbol in self._package.enums(subject.type):
            for touching in self._touched.members.get(symbol, ()):
                if touching.change.old is None:
                    self._tell(node, touching, touching.change.symbol)
        for part in parts:
            if isinstance(part, ast.MatchValue):
                self._tell_constant(part.value, subject)

    def _tell_constant(self, node: ast.expr, known: Known | None) -> None:
        if not isinstance(node, ast.Constant) or not isinstance(known, Value):
            return
        for symbol in self._package.enums(known.type):
            for touching in self._touched.members.get(symbol, ()):
                if touching.change.old is not None and touching.change.member == str(node.value):
                    self._tell(node, touching, touching.change.symbol)


def is_distinctive(name: str) -> bool:
    """Whether few other things are called so: it has two words, or is long."""
    return "_" in name.strip("_") or len(name) >= SHORT
