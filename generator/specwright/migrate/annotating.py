"""Annotations: of the code base, and of the old package."""

from __future__ import annotations

import ast
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import libcst as cst

from specwright.migrate.cells import (
    AnswerOf,
    AwaitableOf,
    Cell,
    ClientOf,
    ErrorOf,
    InstanceOf,
    ListOf,
    MapOf,
    ModelOf,
    TupleOf,
)
from specwright.migrate.scoping import Scoping
from specwright.migrate.sites import Doubted
from specwright.migrate.symbols import OwnClass, Reference, Thing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specwright.migrate import before as old
    from specwright.migrate.cells import Flag
    from specwright.migrate.symbols import Meaning

LISTS: Final = frozenset(
    """
    AsyncGenerator AsyncIterable AsyncIterator Collection Deque FrozenSet Generator Iterable Iterator List Sequence Set deque
    frozenset list set AbstractAsyncContextManager AbstractContextManager AsyncContextManager ContextManager
    """.split()  # noqa: SIM905 - reads better
)
"""Types of which the first argument is what they hold, or what entering them gives."""
MAPS: Final = frozenset(
    {"DefaultDict", "Dict", "Mapping", "MutableMapping", "OrderedDict", "defaultdict", "dict"}
)
WRAPPERS: Final = frozenset({"Annotated", "ClassVar", "Final", "NotRequired", "Optional", "Required"})
AWAITABLES: Final = frozenset({"Awaitable", "Coroutine", "Task"})


class Annotating(Scoping):
    """Reads annotations."""

    def annotation(self, node: cst.BaseExpression) -> Cell:
        """What is of an annotation's type."""
        match node:
            case cst.SimpleString():
                with suppress(cst.ParserSyntaxError):
                    inner = cst.parse_expression(str(node.evaluated_value))
                    self.sites.texts[node] = inner
                    return self.annotation(inner)
                return Cell()
            case cst.BinaryOperation(operator=cst.BitOr()):
                return self._either(node, list(_written(node)))
            case cst.Subscript():
                return self._parametrized(node)
            case cst.Name() | cst.Attribute():
                return self._typed_by(self.of(node))
            case _:
                return Cell()

    def _either(self, whole: cst.BaseExpression, nodes: Sequence[cst.BaseExpression]) -> Cell:
        cells = [self.annotation(node) for node in nodes]
        found = _one_of(cells)
        is_none = any(isinstance(node, cst.Name) and node.value == "None" for node in nodes)
        if is_none or sum(isinstance(cell.kind, ModelOf) for cell in cells) > 1:
            self.sites.doubted.append(Doubted(whole, found))
        return found

    def _typed_by(self, known: Meaning) -> Cell:
        match known:
            case Reference(target=Thing("class", name, "")):
                known.role, known.cell = "annotation", Cell(ModelOf(name), "named")
            case Reference(target=Thing("client")):
                known.role, known.cell = "annotation", Cell(ClientOf(), "named")
            case Reference(target=Thing("response")):
                known.role, known.cell = "annotation", Cell(AnswerOf(Cell()), "named")
            case Reference(target=Thing("Unset")):
                known.role, known.cell = "annotation", Cell(None, "optional")
            case Reference(target=Thing("error")):
                known.role, known.cell = "except", Cell(ErrorOf())
            case OwnClass(name=name):
                return Cell(InstanceOf(name))
            case _:
                return Cell()
        return known.cell

    def _parametrized(self, node: cst.Subscript) -> Cell:
        outer = self.of(node.value)
        parts = [element.slice.value for element in node.slice if isinstance(element.slice, cst.Index)]
        word = (
            node.value.value
            if isinstance(node.value, cst.Name)
            else getattr(getattr(node.value, "attr", None), "value", "")
        )
        if word == "Literal":
            return Cell()
        if word in {"Union", "Optional"}:
            return self._either(node, parts)
        cells = [self.annotation(part) for part in parts]
        if not cells:
            return Cell()
        match outer:
            case Reference(target=Thing("response")):
                outer.role, outer.cell = "annotation", Cell(AnswerOf(cells[0]), "named")
                return outer.cell
            case _ if word in LISTS:
                return Cell(ListOf(cells[0]))
            case _ if word in MAPS:
                return Cell(MapOf(cells[-1]))
            case _ if word in AWAITABLES:
                return Cell(AwaitableOf(cells[-1]))
            case _ if word in {"tuple", "Tuple"}:
                is_many = len(parts) == 2 and isinstance(parts[1], cst.Ellipsis)  # noqa: PLR2004 - `tuple[X, ...]`
                return Cell(ListOf(cells[0]) if is_many else TupleOf(tuple(cells)))
            case _ if word in WRAPPERS:
                return cells[0]
            case _:
                return Cell()


def _parts(annotation: ast.expr) -> Iterator[ast.expr]:
    """The alternatives of an annotation."""
    if isinstance(annotation, ast.BinOp):
        yield from (*_parts(annotation.left), *_parts(annotation.right))
    else:
        yield annotation


def _written(node: cst.BaseExpression) -> Iterator[cst.BaseExpression]:
    """The same of one in the code base."""
    if isinstance(node, cst.BinaryOperation):
        yield from (*_written(node.left), *_written(node.right))
    else:
        yield node


def _one_of(cells: Sequence[Cell]) -> Cell:
    """What is of one of several types: known, if one of them alone is."""
    named = [cell for cell in cells if cell.kind is not None or cell.mixed]
    found = named[0] if len(named) == 1 else Cell(None, *_several(named))
    for one in named:
        if one is not found:
            found.meet(one)
    for cell in cells:
        if cell not in named:
            found.unite(cell)
    return found


def _several(named: Sequence[Cell]) -> Sequence[Flag]:
    return ("several",) if named else ()


def typed(package: old.Package, annotation: ast.expr | None) -> Cell:
    """What is of the type that an annotation in the old package tells."""
    match annotation:
        case ast.Name(id=name) if name in package.models or name in package.enums:
            return Cell(ModelOf(name))
        case ast.Name(id="Unset"):
            return Cell(None, "optional")
        case ast.Constant(value=None):
            return Cell(None, "nullable")
        case ast.Subscript(value=ast.Name(id="list"), slice=item):
            return Cell(ListOf(typed(package, item)))
        case ast.Subscript(value=ast.Name(id="dict"), slice=ast.Tuple(elts=[_, value])):
            return Cell(MapOf(typed(package, value)))
        case ast.BinOp(left=left, right=right):
            return _one_of([typed(package, part) for part in (*_parts(left), *_parts(right))])
        case ast.Constant(value=str(text)):
            return typed(package, ast.parse(text, mode="eval").body)
        case _:
            return Cell()


def attribute(package: old.Package, model: str, name: str) -> Cell | None:
    """What an attribute of a model is; None for what it does not have."""
    if name == "additional_properties":
        return Cell(MapOf(Cell()))
    known = package.models.get(model)
    found = known.attributes.get(name) if known else None
    return typed(package, found.annotation) if found else None
