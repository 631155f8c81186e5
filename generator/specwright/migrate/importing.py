"""The imports of a file: those of the old package that nothing needs any more go, and what is new comes in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import libcst as cst

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specwright.migrate.sites import Sites
    from specwright.migrate.symbols import Import, Reference

_LONGEST: Final = 88


class Imports:
    """What a file is to import, once all is decided."""

    def __init__(
        self,
        sites: Sites,
        module: str,
        top: frozenset[Any],
        *,
        forwarded: bool = False,
        kept: frozenset[str] = frozenset(),
    ) -> None:
        """`module` is what new names are imported from; `top` are the import statements that are in no block.

        Where they are `forwarded`, others import what the file imports and does not use itself. `kept` are the names that
        old imports bind and that are still needed, which new ones can't have.
        """
        self._forwarded = forwarded
        self._sites = sites
        self._module = module
        self._top = top
        self._kept = kept
        self._first = next((known.statement for known in sites.imports if known.statement in top), None)
        self._needed: dict[Any, dict[tuple[str, str], str]] = {}
        self._statements = {known.statement for known in sites.imports}

    def top(self) -> Import | None:
        """The first import of the old package that is in no block, so that all of the file sees its names."""
        return next((known for known in self._sites.imports if known.statement in self._top), None)

    def holds(self, by: Import | None) -> bool:
        """Whether it is a name that this file imports itself."""
        return by is not None and by.statement in self._statements

    def need(self, by: Import, name: str, module: str = "") -> str:
        """What a new name is called in the file, where the name stood in whose place it comes."""
        home = self._first if by.statement in self._top else by.statement
        known = self._needed.setdefault(home, {})
        key = (module or self._module, name)
        if key not in known:
            known[key] = self._called(*key)
        return known[key]

    def given(self) -> frozenset[str]:
        """What new names are called in the file."""
        return frozenset(local for known in self._needed.values() for local in known.values())

    def _called(self, module: str, name: str) -> str:
        """A name that nothing else has: its own, if it can be."""
        others = (
            local for known in self._needed.values() for key, local in known.items() if key != (module, name)
        )
        taken = {*self._sites.names, *self._kept, *others}
        prefix = "".join(word.capitalize() for word in module.split("_"))
        while name in taken:
            name = f"{prefix}{name}"
        return name

    def still(self, unused: set[Any]) -> frozenset[str]:
        """The names that old imports go on binding."""
        return frozenset(known.bound for known in self._sites.imports if known.alias not in unused)

    def lines(self, statement: Any) -> list[cst.SimpleStatementLine]:
        """The new imports in place of a statement."""
        by_module: dict[str, list[tuple[str, str]]] = {}
        for (module, name), local in sorted(self._needed.get(statement, {}).items()):
            by_module.setdefault(module, []).append((name, local))
        return [_line(module, names) for module, names in sorted(by_module.items())]

    def unused(self, references: Sequence[Reference], rewritten: set[Reference]) -> set[Any]:
        """The aliases of the old package's imports of which nothing is left."""
        kept = {reference.by.alias for reference in references if reference.by and reference not in rewritten}
        kept |= {by.alias for by in self._sites.dangling.values() if by is not None}
        kept |= {by.alias for _, by in self._sites.overlooked}
        used = {reference.by.alias for reference in references if reference.by}
        roots = {
            known.bound
            for known in self._sites.imports
            if known.alias in kept and isinstance(known.statement, cst.Import)
        }
        gone: set[Any] = set()
        for known in self._sites.imports:
            is_plain = isinstance(known.statement, cst.Import) and known.alias.asname is None
            if known.alias in kept or (is_plain and known.bound in roots):
                continue
            if known.alias in used or is_plain or not self._forwarded:
                gone.add(known.alias)
        return gone

    def without(
        self, statement: cst.Import | cst.ImportFrom, gone: set[Any]
    ) -> cst.Import | cst.ImportFrom | None:
        """A statement without some of its names; None where none is left."""
        if isinstance(statement.names, cst.ImportStar):
            return statement
        left = [alias for alias in statement.names if alias not in gone]
        if len(left) == len(statement.names):
            return statement
        if not left:
            return None
        left[-1] = left[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
        return statement.with_changes(names=left)


def _line(module: str, names: Sequence[tuple[str, str]]) -> cst.SimpleStatementLine:
    said = [name if name == local else f"{name} as {local}" for name, local in names]
    text = f"from {module} import {', '.join(said)}\n"
    if len(text) > _LONGEST:
        text = f"from {module} import (\n" + "".join(f"    {name},\n" for name in said) + ")\n"
    return cst.ensure_type(cst.parse_statement(text), cst.SimpleStatementLine)
