"""The walk over the syntax tree of a generated module."""

from __future__ import annotations

import ast
import builtins
from typing import TYPE_CHECKING, Any, cast

from specwright.emit import allowed
from specwright.emit.unsound import Unsound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


def is_text(node: ast.expr) -> bool:
    """Whether an expression is a text written out."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def is_type_checking(test: ast.expr) -> bool:
    """Whether a condition is one that only type checkers meet."""
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"


def top_level(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a module, the branches of `if TYPE_CHECKING` among them, without its docstrings."""
    for statement in body:
        if isinstance(statement, ast.If) and is_type_checking(statement.test):
            yield from top_level([*statement.body, *statement.orelse])
        elif not (isinstance(statement, ast.Expr) and is_text(statement.value)):
            yield statement


def _is_dunder(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


_RISKY = frozenset(name for name in dir(builtins) if not _is_dunder(name)) - allowed.BUILTINS


_LEAVES = (ast.Constant, ast.expr_context, ast.operator, ast.cmpop, ast.boolop, ast.unaryop)


class Walk:
    """One pass over the syntax tree of one module."""

    def __init__(self, path: str, handed_on: Mapping[str, frozenset[str]], tables: allowed.Tables) -> None:
        self._path = path
        self._tables = tables
        self._handed_on = handed_on
        self._modules: dict[str, str] = {}  # the name a module is imported as -> the module
        self._functions: list[ast.AST] = []  # around the node that is looked at
        self._checking_types = False
        self.links: list[str | None] = []
        """The modules of the package from which this one has what ends small modules."""
        self._own: set[str] = set()  # what the module defines, or has from another module of the package
        self._rules: dict[type[ast.AST], Callable[[Any], object]] = {
            ast.Import: self._import,
            ast.ImportFrom: self._import_from,
            ast.If: self._if,
            ast.Name: self._name,
            ast.Attribute: self._attribute,
            ast.Call: self._call,
            ast.arg: self._annotated,
            ast.AnnAssign: self._annotated,
            ast.FunctionDef: self._function,
            ast.AsyncFunctionDef: self._function,
            ast.Lambda: self._function,
        }

    def learn(self, tree: ast.Module) -> None:
        """Keep what a module, or a piece of it, defines."""
        for node in top_level(tree.body):
            match node:
                case ast.ClassDef(name=name):
                    self._own.add(name)
                case ast.ImportFrom(level=level, names=names) if level:
                    self._own.update(alias.asname or alias.name for alias in names)
                    if any(alias.name == allowed.LINK for alias in names):
                        self.links.append(node.module)
                case _:
                    pass

    def walk(self, node: ast.AST) -> None:
        """Look at what is below `node`, and refuse what is outside the tables."""
        for name in node._fields:
            value: object = getattr(node, name, None)
            if value.__class__ is list:
                self._look_at(*cast("list[object]", value))
            elif isinstance(value, ast.AST):
                self._look_at(value)

    def _look_at(self, *nodes: object) -> None:
        for node in nodes:
            if not isinstance(node, ast.AST) or isinstance(node, _LEAVES):
                continue
            rule = self._rules.get(node.__class__)
            if rule is None:
                self.walk(node)
            else:
                rule(node)

    def _refuse(self, node: ast.AST, why: str) -> Unsound:
        return Unsound(self._path, getattr(node, "lineno", 0), why)

    def _import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._may_import(node, alias.name)
            self._modules[alias.asname or alias.name.partition(".")[0]] = alias.name

    def _import_from(self, node: ast.ImportFrom) -> None:
        if node.level:
            self._may_import_from_package(node)
            return
        module = cast("str", node.module)
        names = self._may_import(node, module)
        for alias in node.names:
            if alias.name not in names:
                raise self._refuse(node, f"the import of `{alias.name}` from `{module}`")

    def _may_import(self, node: ast.stmt, module: str) -> frozenset[str]:
        imports = self._tables.imports
        table = {**imports, **allowed.IMPORTS_FOR_TYPES} if self._checking_types else imports
        if module not in table:
            raise self._refuse(node, f"the import of `{module}`")
        return table[module]

    def _may_import_from_package(self, node: ast.ImportFrom) -> None:
        folders = self._path.split("/")[:-1]
        if node.level > len(folders):
            raise self._refuse(node, "an import from outside the package")
        start = folders[: len(folders) - node.level + 1]
        source = "/".join([*start, *(node.module.split(".") if node.module else ())])
        for alias in node.names:
            if alias.name == "*" or alias.name in self._handed_on.get(source, ()):
                raise self._refuse(
                    node, f"the import of `{alias.name}` from a module of the package that does not define it"
                )
            if _is_dunder(alias.name):
                raise self._refuse(node, f"the import of `{alias.name}`")

    def _if(self, node: ast.If) -> None:
        before, self._checking_types = (
            self._checking_types,
            self._checking_types or is_type_checking(node.test),
        )
        self._look_at(*node.body)
        self._checking_types = before
        self._look_at(node.test, *node.orelse)

    def _name(self, node: ast.Name) -> None:
        name = node.id
        if name in self._modules:
            raise self._refuse(node, f"the module `{name}` as a value")
        if _is_dunder(name) and name not in allowed.DUNDER_NAMES:
            raise self._refuse(node, f"the name `{name}`")
        if (
            name in _RISKY
            and name not in self._own
            and isinstance(node.ctx, ast.Load)
            and not self._is_local(name)
        ):
            raise self._refuse(node, f"the builtin `{name}`")

    def _is_local(self, name: str) -> bool:
        """Whether a function around the node binds `name`, as its argument or otherwise."""
        return any(
            (isinstance(node, ast.arg) and node.arg == name)
            or (isinstance(node, ast.Name) and node.id == name and not isinstance(node.ctx, ast.Load))
            for function in self._functions
            for node in ast.walk(function)
        )

    def _attribute(self, node: ast.Attribute) -> None:
        if _is_dunder(node.attr) and node.attr not in self._tables.dunder_attributes:
            raise self._refuse(node, f"the attribute `{node.attr}`")
        if isinstance(node.value, ast.Name) and node.value.id in self._modules:
            module = self._modules[node.value.id]
            if node.attr not in {**self._tables.imports, **allowed.IMPORTS_FOR_TYPES}[module]:
                raise self._refuse(node, f"`{node.attr}` of `{module}`")
        else:
            self.walk(node)

    def _call(self, node: ast.Call) -> None:
        called = node.func.id if isinstance(node.func, ast.Name) else ""
        if called == "getattr" and len(node.args) > 1 and is_text(node.args[1]):
            name = str(cast("ast.Constant", node.args[1]).value)
            if name.isidentifier() and not name.startswith("_"):
                self._look_at(*node.args, *node.keywords)
                return
        if (
            called == "TypedDict"
            and len(node.args) == len(allowed.TYPED_DICT)
            and isinstance(node.args[1], ast.Dict)
        ):
            for value in node.args[1].values:
                self._annotation(value)
        self.walk(node)

    def _annotated(self, node: ast.arg | ast.AnnAssign) -> None:
        if node.annotation is not None:
            self._annotation(node.annotation)
        self.walk(node)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> None:
        if not isinstance(node, ast.Lambda) and node.returns is not None:
            self._annotation(node.returns)
        self._functions.append(node)
        self.walk(node)
        self._functions.pop()

    def _annotation(self, node: ast.AST) -> None:
        """Look into the texts of an annotation, which are code to whoever asks for its types."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            try:
                inner = ast.parse(node.value, self._path, mode="eval")
            except (SyntaxError, ValueError) as error:
                raise self._refuse(node, "an annotation that is no expression") from error
            self.walk(inner)
        elif not (
            isinstance(node, ast.Call) or (isinstance(node, ast.Subscript) and _is_literal(node.value))
        ):
            for child in ast.iter_child_nodes(node):
                self._annotation(child)


def _is_literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "Literal"
