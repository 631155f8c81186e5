"""What is given in a call, and what is not."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from specwright.plan.ir import Enum, InputDict, ListOf, Struct
from specwright.review.callers.known import Bound, Class
from specwright.review.python.types import options

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.plan.ir import Type
    from specwright.review.callers.known import Known, Package
    from specwright.review.callers.touched import Touched, Touching

    Told = Iterator[tuple[ast.AST, Touching, str]]

WHERE_MISSING: Final = ("-required", "-default-changed")
"""What rules end with whose changes touch calls that do not give the thing."""
OF_FIELDS: Final = frozenset({"py-field-removed", "py-field-renamed", "py-field-type-changed"})
"""Changes of fields that building a model meets."""
ONLY_BY_NAME: Final = ("py-param-renamed",)


class Calls:
    """The changes of arguments and keys that a call meets."""

    def __init__(self, package: Package, touched: Touched) -> None:
        self._package = package
        self._touched = touched

    def of(self, node: ast.Call, known: Known | None) -> Told:
        """What a call meets, given what is called."""
        match known:
            case Bound(method):
                positions = [item.name for item in method.operation.arguments if item.location == "path"]
                yield from self._arguments(node, method.symbol, positions)
                types = {item.name: item.type for item in method.operation.arguments}
                for keyword in node.keywords:
                    if keyword.arg in types:
                        yield from self.given(keyword.value, types[keyword.arg])
            case Class("Client"):
                yield from self._arguments(node, "Client", [])
            case Class(symbol):
                yield from self._construction(node, symbol)
            case _:
                return

    def of_name(self, node: ast.Call, name: str) -> Told:
        """What a call of something meets of which only the name is known."""
        for symbol in self._touched.attributes.get(name, ()):
            yield from self._arguments(node, symbol, [])

    def _arguments(self, node: ast.Call, symbol: str, positions: list[str]) -> Told:
        changed = self._touched.arguments.get(symbol)
        if not changed:
            return
        by_name = {keyword.arg: keyword for keyword in node.keywords if keyword.arg is not None}
        by_position = dict(zip(positions, node.args, strict=False))
        is_open = len(by_name) < len(node.keywords) or any(
            isinstance(item, ast.Starred) for item in node.args
        )
        for name, touchings in changed.items():
            place = by_name.get(name) or by_position.get(name)
            for touching in touchings:
                missing = touching.change.id.endswith(WHERE_MISSING)
                if missing and place is None and not is_open:
                    yield node.func, touching, f"{symbol}({name}=)"
                elif (
                    not missing
                    and place is not None
                    and (name in by_name or touching.change.id not in ONLY_BY_NAME)
                ):
                    yield place, touching, f"{symbol}({name}=)"

    def _construction(self, node: ast.Call, symbol: str) -> Told:
        given = {keyword.arg: keyword for keyword in node.keywords if keyword.arg is not None}
        match self._package.type_named(symbol):
            case Struct():
                for name, keyword in given.items():
                    for touching in self._touched.symbols.get(f"{symbol}.{name}", ()):
                        if touching.change.id in OF_FIELDS:
                            yield keyword, touching, f"{symbol}.{name}"
            case Enum():
                yield from self._member(node, symbol)
            case InputDict() if len(given) == len(node.keywords) and not node.args:
                yield from self._keys(node, given, symbol)
            case _:
                return

    def _member(self, node: ast.Call, symbol: str) -> Told:
        """An enum's member, by its value."""
        match node.args:
            case [ast.Constant(value=value) as argument]:
                for touching in self._touched.members.get(symbol, ()):
                    if touching.change.old is not None and touching.change.member == str(value):
                        yield argument, touching, touching.change.symbol
            case _:
                return

    # --- what is given ---

    def given(self, node: ast.expr, type_: Type) -> Told:
        """What a value that is written out meets, given as something of a type."""
        match node:
            case ast.Dict():
                yield from self._dict(node, type_)
            case ast.List(elts=parts) | ast.Tuple(elts=parts):
                for option in options(type_):
                    if isinstance(option, ListOf):
                        for part in parts:
                            yield from self.given(part, option.item)
            case ast.Constant(value=value):
                for symbol in self._package.enums(type_):
                    for touching in self._touched.keys.get(symbol, {}).get(str(value), ()):
                        yield node, touching, touching.change.symbol
            case _:
                return

    def _dict(self, node: ast.Dict, type_: Type) -> Told:
        given: dict[str, ast.AST] = {}
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                given[key.value] = key
                inner = self._package.key_type(type_, key.value)
                if inner is not None:
                    yield from self.given(value, inner)
        is_whole = len(given) == len(node.keys)
        candidates = list(self._package.dicts(type_))
        if len(candidates) > 1:
            candidates = [one for one in candidates if _may_be(one, given)][:1]
        for one in candidates:
            yield from self._keys(node, given, f"inputs.{one.name}", is_whole=is_whole)

    def _keys(
        self, node: ast.AST, given: Mapping[str, ast.AST], symbol: str, *, is_whole: bool = True
    ) -> Told:
        for name, touchings in self._touched.keys.get(symbol, {}).items():
            for touching in touchings:
                missing = touching.change.id.endswith(WHERE_MISSING)
                if missing and is_whole and name not in given:
                    yield node, touching, f"{symbol}[{name!r}]"
                elif not missing and name in given:
                    yield given[name], touching, f"{symbol}[{name!r}]"


def _may_be(one: InputDict, given: Mapping[str, object]) -> bool:
    """Whether what is given may be that input: it has all that has to be there."""
    return all(key.wire in given for key in one.keys if key.required)
