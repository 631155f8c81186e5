"""What the expressions of a piece of code are, so far as that is simple to tell."""

from __future__ import annotations

import ast
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from specwright.plan.ir import ListOf, MapOf
from specwright.review.callers.known import (
    Body,
    Class,
    Client,
    Foreign,
    Module,
    Own,
    Raised,
    Value,
    optional,
)

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from specwright.review.callers.known import Known, Package

LISTS: Final = frozenset({"Iterable", "Iterator", "List", "Sequence", "list", "tuple"})
MAPS: Final = frozenset({"Dict", "Mapping", "dict"})
WRAPPERS: Final = frozenset({"Annotated", "Awaitable", "Final", "NotRequired", "Optional", "Required"})
"""Of which the first argument is what is meant."""


class Inference:
    """What names mean where a walk through a module has come, and with that, what expressions are."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._scopes: list[dict[str, Known | None]] = [{}]
        self._attributes: dict[str, dict[str, Known]] = {}
        self._returns: dict[str, Known | None] = {}
        self._narrowed: list[dict[str, Known]] = []

    # --- names ---

    def enter(self) -> None:
        """Begin a function."""
        self._scopes.append({})

    def leave(self) -> None:
        """End it."""
        self._scopes.pop()

    def bind(self, name: str, known: Known | None) -> None:
        """Say what a name means from here on."""
        self._scopes[-1][name] = known
        for narrowed in self._narrowed:
            for text in [text for text in narrowed if text.partition(".")[0] == name]:
                del narrowed[text]

    @contextmanager
    def narrowing(self, test: ast.expr) -> Generator[None, None, None]:
        """While it lasts, what a condition has tested is what it was tested for."""
        self._narrowed.append(dict(self._tested(test)))
        try:
            yield
        finally:
            self._narrowed.pop()

    def _tested(self, test: ast.expr) -> Iterator[tuple[str, Known]]:
        match test:
            case ast.BoolOp(op=ast.And(), values=values):
                for value in values:
                    yield from self._tested(value)
            case ast.Call(func=ast.Name(id="isinstance"), args=[(ast.Name() | ast.Attribute()) as it, kind]):
                known = self._of_class(kind) or self.caught(kind)
                before = self.of(it)
                if known is not None:
                    yield ast.unparse(it), _narrowed(before, known)
            case _:
                return

    def assign(self, target: ast.expr, known: Known | None) -> None:
        """Say what is assigned to a target."""
        match target:
            case ast.Name(id=name):
                self.bind(name, known)
            case ast.Attribute(value=ast.Name(id=owner), attr=name):
                own = self._look_up(owner)
                if isinstance(own, Own) and known is not None:
                    self._attributes.setdefault(own.name, {})[name] = known
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                for part in parts:
                    self.assign(part, None)
            case _:
                pass

    def _look_up(self, name: str) -> Known | None:
        return next((scope[name] for scope in reversed(self._scopes) if name in scope), None)

    def bind_arguments(self, arguments: ast.arguments, own: str) -> None:
        """The arguments of a function: by their annotations; `own` is the class whose method it is, "" for none."""
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        for number, argument in enumerate(every):
            known = self.annotated(argument.annotation) if argument.annotation is not None else None
            self.bind(argument.arg, Own(own) if own and not number else known)

    def returns(self, name: str, annotation: ast.expr | None) -> None:
        """What a function of the user's own gives."""
        self._returns[name] = self.annotated(annotation) if annotation is not None else None

    # --- expressions ---

    def of(self, node: ast.expr) -> Known | None:
        """What an expression is; None where nobody knows."""
        if self._narrowed and isinstance(node, ast.Name | ast.Attribute):
            text = ast.unparse(node)
            found = (narrowed[text] for narrowed in reversed(self._narrowed) if text in narrowed)
            known = next(found, None)
            return self._of(node) if known is None else known
        return self._of(node)

    def _of(self, node: ast.expr) -> Known | None:
        match node:
            case ast.Name(id=name):
                return self._look_up(name)
            case ast.Attribute(value=owner, attr=name):
                return self._attribute(self.of(owner), name)
            case ast.Call(func=function):
                return self._call(function)
            case ast.Await(value=inner) | ast.NamedExpr(value=inner) | ast.Starred(value=inner):
                known = self.of(inner)
                return self._package.awaited(known) if isinstance(node, ast.Await) else known
            case ast.Subscript(value=owner, slice=index):
                known = self.of(owner)
                if isinstance(index, ast.Slice):
                    return known
                return self._package.item(known) or self._package.value(known)
            case ast.IfExp(body=one, orelse=other):
                return self.of(one) or self.of(other)
            case ast.BoolOp(values=values):
                return next((known for value in values if (known := self.of(value)) is not None), None)
            case ast.Constant() | ast.JoinedStr() | ast.List() | ast.Dict() | ast.Set() | ast.Tuple():
                return Foreign()
            case _:
                return None

    def items(self, node: ast.expr) -> Known | None:
        """What iterating over an expression gives."""
        return self._package.item(self.of(node))

    def _attribute(self, owner: Known | None, name: str) -> Known | None:
        if owner is None:
            return None
        if isinstance(owner, Own):
            return self._attributes.get(owner.name, {}).get(name)
        return self._package.attribute(optional(owner) or owner, name)

    def _call(self, function: ast.expr) -> Known | None:
        match function:
            case ast.Name(id=name) if name in self._attributes:
                return Own(name)
            case ast.Name(id=name) if name in self._returns and self._look_up(name) is None:
                return self._returns[name]
            case ast.Attribute(value=owner, attr="get" | "pop") if isinstance(self.of(owner), Value):
                return self._package.value(self.of(owner))
            case _:
                known = self.of(function)
                return None if known is None else self._package.called(known)

    def caught(self, node: ast.expr | None) -> Known | None:
        """What is caught by an `except` clause of that type."""
        kinds = node.elts if isinstance(node, ast.Tuple) else [node] if node is not None else []
        names: list[str] = []
        for known in map(self.of, kinds):
            if not isinstance(known, Class) or not known.symbol.startswith("errors."):
                return None
            names.append(known.symbol.partition(".")[2])
        return Raised(tuple(names)) if names else None

    # --- annotations ---

    def annotated(self, node: ast.expr) -> Known | None:
        """What is of an annotation's type."""
        match node:
            case ast.Constant(value=str(text)):
                try:
                    return self.annotated(ast.parse(text, mode="eval").body)
                except (SyntaxError, ValueError):
                    return None
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                return self.annotated(left) or self.annotated(right)
            case ast.Subscript(value=outer, slice=inner):
                return self._parametrized(outer, inner)
            case ast.Name() | ast.Attribute():
                return self._of_class(node)
            case _:
                return None

    def _of_class(self, node: ast.expr) -> Known | None:
        if isinstance(node, ast.Name) and node.id in self._attributes:
            return Own(node.id)
        match self.of(node):
            case Class("Client"):
                return Client()
            case Class(symbol):
                return self._package.of_class(symbol)
            case _:
                return None

    def _parametrized(self, outer: ast.expr, inner: ast.expr) -> Known | None:
        word = outer.id if isinstance(outer, ast.Name) else getattr(outer, "attr", "")
        parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
        known = self.annotated(parts[-1 if word in MAPS else 0]) if parts else None
        if word in WRAPPERS or not isinstance(known, Value):
            return known if word in WRAPPERS else None
        if word in LISTS:
            return Value(ListOf(known.type))
        return Value(MapOf(known.type)) if word in MAPS else None

    # --- classes of the user's own ---

    def learn(self, node: ast.ClassDef) -> None:
        """What the objects of a class have: what is annotated in it, and what its methods assign to `self`."""
        self._attributes.setdefault(node.name, {})
        for statement in node.body:
            match statement:
                case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation):
                    known = self.annotated(annotation)
                    if known is not None:
                        self._attributes[node.name][name] = known
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    self._learn_from(statement, node.name)
                case _:
                    pass

    def _learn_from(self, function: ast.FunctionDef | ast.AsyncFunctionDef, own: str) -> None:
        self.enter()
        self.bind_arguments(function.args, own)
        for node in ast.walk(function):
            match node:
                case ast.AnnAssign(target=ast.Attribute() as attribute, annotation=annotation):
                    self.assign(attribute, self.annotated(annotation))
                case ast.Assign(targets=targets, value=value):
                    known = self.of(value)
                    for target in targets:
                        self.assign(target, known)
                case _:
                    pass
        self.leave()

    def modules(self, node: ast.Import) -> bool:
        """Take in an `import`; whether the package is imported."""
        is_ours = False
        for alias in node.names:
            root, _, rest = alias.name.partition(".")
            ours = root == self._package.module
            is_ours |= ours
            known = Module(rest if alias.asname else "") if ours else Foreign()
            self.bind(alias.asname or root, known)
        return is_ours


def _narrowed(before: Known | None, known: Known) -> Known:
    """What something is that was tested for being something; of a body, whose it is stays known."""
    if isinstance(before, Body) and isinstance(known, Value):
        return Body(before.errors, known.type)
    return known
