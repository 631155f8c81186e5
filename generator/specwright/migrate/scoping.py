"""Names, and what they mean where a walk through a file has come."""

from __future__ import annotations

from abc import ABC, abstractmethod
from itertools import count
from typing import TYPE_CHECKING

from specwright.migrate.cells import (
    RESULT,
    Cell,
    InstanceOf,
    ModelOf,
)
from specwright.migrate.sites import Failure, Read, Sites
from specwright.migrate.symbols import (
    NARROWER,
    RAISED,
    SENDING,
    Own,
    OwnClass,
    Reference,
    Symbol,
    Thing,
    is_of,
    target,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import libcst as cst

    from specwright.migrate import before as old
    from specwright.migrate.symbols import Meaning


class Scoping(ABC):
    """Keeps account of names, and of the sites that are met."""

    def __init__(self, package: old.Package, find: Callable[[str], Meaning | None]) -> None:
        self.package = package
        self.find = find
        """What a full name means, if it is of the code base."""
        self.sites = Sites()
        self.seen: set[cst.Name] = set()
        """The names whose meaning was asked for."""
        self.scopes: list[dict[str, Meaning]] = [{}]
        self.line: cst.SimpleStatementLine | None = None
        self.block: Sequence[cst.BaseStatement | cst.BaseSmallStatement] | None = None
        """The line that is walked through, and the statements around it."""
        self._lines: list[cst.SimpleStatementLine | None] = []
        self._counted = count(1)
        self.numbers: list[int] = [0]
        """The number of each scope around."""

    @abstractmethod
    def of(self, node: cst.BaseExpression) -> Meaning:
        """What an expression is."""

    @abstractmethod
    def value(self, node: cst.BaseExpression) -> Cell:
        """What an expression is, as a value."""

    # --- names ---

    def name(self, node: cst.Name) -> Meaning:
        """What a name means."""
        self.seen.add(node)
        for number, scope in zip(reversed(self.numbers), reversed(self.scopes), strict=True):
            if node.value in scope:
                self.sites.loads.setdefault(number, {}).setdefault(node.value, []).append(node)
                return self._resolved(node, scope[node.value])
        return Symbol(f"builtins.{node.value}")

    def _resolved(self, node: cst.BaseExpression, known: Meaning) -> Meaning:
        if not isinstance(known, Symbol):
            return known
        own = self.find(known.path)
        if own is not None and not (isinstance(own, Symbol) and own.path == known.path):
            return self._resolved(node, own) if isinstance(own, Symbol) else own
        return self._target(node, known)

    def _target(self, node: cst.BaseExpression, symbol: Symbol) -> Meaning:
        if not is_of(self.package.name, symbol.path):
            self._of_httpx(node, symbol.path)
            return symbol
        found = target(self.package, symbol.path)
        if found is None:
            self.sites.dangling[node] = symbol.by
            return symbol
        reference = Reference(node, found, symbol.by)
        self.sites.references.append(reference)
        return reference

    def _of_httpx(self, node: cst.BaseExpression, path: str) -> None:
        """Take note of an error of httpx, and of what sends something."""
        home, _, name = path.rpartition(".")
        if home == "httpx" and (name in RAISED or name in NARROWER):
            self.sites.failures.setdefault(node, Failure(node, name))
        elif home == "httpx" and name in SENDING:
            self.sites.sending.append(node)

    def attribute(self, node: cst.Attribute, *, is_called: bool = False) -> Meaning:
        """What an attribute is; `is_called` where that is called."""
        owner = self.of(node.value)
        name = node.attr.value
        match owner:
            case Symbol(path, by):
                self.sites.dangling.pop(node.value, None)
                return self._resolved(node, Symbol(f"{path}.{name}", by))
            case Reference(target=Thing("class", whole, "")):
                self.sites.references.remove(owner)
                made = Reference(node, Thing("class", whole, name), owner.by)
                self.sites.references.append(made)
                is_member = name in getattr(self.package.enums.get(whole), "members", {})
                if not is_member:
                    return made
                made.role, made.cell = "enum", Cell(ModelOf(whole))
                return made.cell
            case Own() | OwnClass() | Reference():
                return owner.attribute(name) if isinstance(owner, OwnClass) else Cell()
            case Cell():
                known = self._of_instance(owner, name)
                if known is not None:
                    return known
                cell = owner.attribute(f"{name}{RESULT}" if is_called else name)
                self.sites.reads.append(Read(node, owner, cell, is_called=is_called))
                return cell

    def _of_instance(self, owner: Cell, name: str) -> Meaning | None:
        if not isinstance(owner.kind, InstanceOf):
            return None
        own = self.find(owner.kind.name)
        if not isinstance(own, OwnClass):
            return None
        method = own.methods.get(name)
        if method is not None:
            return method.result if method.is_property else method
        return own.attribute(name)

    # --- scopes ---

    def enter(self) -> None:
        """Begin a scope."""
        self._lines.append(self.line)
        self.line = None
        self.scopes.append({})
        self.numbers.append(next(self._counted))

    def leave(self) -> None:
        """End it."""
        self.line = self._lines.pop()
        self.scopes.pop()
        self.numbers.pop()

    def bind(self, name: str, known: Meaning) -> None:
        """Say what a name means from here on."""
        self.sites.names.add(name)
        self.scopes[-1][name] = known
