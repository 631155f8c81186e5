"""A walk through a file that keeps account of what names mean."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from specwright.review.callers.inference import Inference
from specwright.review.callers.known import Client, Value

if TYPE_CHECKING:
    from specwright.review.callers.known import Package


class Walker(ast.NodeVisitor):
    """A walk through a file, in the order in which it is run so far as there is one."""

    def __init__(self, package: Package) -> None:
        self.inference = Inference(package)
        self._class = ""

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """A class of the user's own."""
        outer, self._class = self._class, node.name
        self.inference.learn(node)
        self.generic_visit(node)
        self._class = outer

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """A function."""
        self._visit_function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """An `async` function."""
        self._visit_function(node)

    def _visit_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        own, self._class = self._class, ""
        for part in (*node.decorator_list, node.args, *([node.returns] if node.returns else [])):
            self.visit(part)
        self.inference.enter()
        self.inference.bind_arguments(node.args, own)
        for statement in node.body:
            self.visit(statement)
        self.inference.leave()
        self._class = own

    def visit_Lambda(self, node: ast.Lambda) -> None:
        """A function without a name."""
        self.inference.enter()
        self.inference.bind_arguments(node.args, "")
        self.visit(node.body)
        self.inference.leave()

    def visit_Assign(self, node: ast.Assign) -> None:
        """An assignment."""
        self.visit(node.value)
        known = self.inference.of(node.value)
        for target in node.targets:
            self.visit(target)
            self.inference.assign(target, known)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        """An assignment in an expression."""
        self.visit(node.value)
        self.inference.assign(node.target, self.inference.of(node.value))

    def visit_With(self, node: ast.With) -> None:
        """A block with a client, most often, or with a stream."""
        self._visit_with(node)

    def visit_AsyncWith(self, node: ast.AsyncWith) -> None:
        """The same of `async` code."""
        self._visit_with(node)

    def _visit_with(self, node: ast.With | ast.AsyncWith) -> None:
        for item in node.items:
            self.visit(item.context_expr)
            if item.optional_vars is not None:
                known = self.inference.of(item.context_expr)
                self.inference.assign(
                    item.optional_vars, known if isinstance(known, Client | Value) else None
                )
        for statement in node.body:
            self.visit(statement)

    def visit_If(self, node: ast.If) -> None:
        """What is only done where something was tested."""
        self.visit(node.test)
        with self.inference.narrowing(node.test):
            for statement in node.body:
                self.visit(statement)
        for statement in node.orelse:
            self.visit(statement)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        """The same in an expression."""
        self.visit(node.test)
        with self.inference.narrowing(node.test):
            self.visit(node.body)
        self.visit(node.orelse)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        """Conditions, each of which is met where those before it are."""
        for number, value in enumerate(node.values):
            before = node.values[:number] if isinstance(node.op, ast.And) else []
            with self.inference.narrowing(ast.BoolOp(ast.And(), before)):
                self.visit(value)

    def visit_For(self, node: ast.For) -> None:
        """A loop."""
        self._visit_loop(node)

    def visit_AsyncFor(self, node: ast.AsyncFor) -> None:
        """An `async` loop."""
        self._visit_loop(node)

    def _visit_loop(self, node: ast.For | ast.AsyncFor) -> None:
        self.visit(node.iter)
        self.inference.assign(node.target, self.inference.items(node.iter))
        for statement in (*node.body, *node.orelse):
            self.visit(statement)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        """A loop in an expression."""
        self.visit(node.iter)
        self.inference.assign(node.target, self.inference.items(node.iter))
        for condition in node.ifs:
            self.visit(condition)

    def visit_ListComp(self, node: ast.ListComp) -> None:
        """Loops come before what is made in them, though that is written first."""
        self._visit_loops(node.generators, node.elt)

    def visit_SetComp(self, node: ast.SetComp) -> None:
        """The same of sets."""
        self._visit_loops(node.generators, node.elt)

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        """The same of generators."""
        self._visit_loops(node.generators, node.elt)

    def visit_DictComp(self, node: ast.DictComp) -> None:
        """The same of dicts."""
        self._visit_loops(node.generators, node.key, node.value)

    def _visit_loops(self, loops: list[ast.comprehension], *made: ast.expr) -> None:
        for part in (*loops, *made):
            self.visit(part)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """What is caught."""
        if node.name:
            self.inference.bind(node.name, self.inference.caught(node.type))
        self.generic_visit(node)
