# ruff: noqa: N802 -- the names are those of libcst.CSTTransformer
"""Writes a file anew, once all of it is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import libcst as cst

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from specwright.migrate.draft import Draft


class Writer(cst.CSTTransformer):
    """Writes what was decided; `unused` are the names of imports that nothing needs any more."""

    def __init__(self, draft: Draft, unused: set[Any]) -> None:
        super().__init__()
        self._draft = draft
        self._unused = unused

    def on_leave(self, original_node: Any, updated_node: Any) -> Any:
        """The new form of a node."""
        new = super().on_leave(original_node, updated_node)
        edit = self._draft.edits.get(original_node)
        if edit is not None:
            return edit(new)
        inner = self._draft.source.sites.texts.get(original_node)
        if inner is not None:
            written = inner.visit(self)
            if isinstance(written, cst.BaseExpression) and not written.deep_equals(inner):
                return _quoted(original_node, written)
        return new

    def leave_SimpleStatementLine(self, original_node: Any, updated_node: Any) -> Any:
        """A line with an import: what is left of it, and what is new."""
        if original_node in self._draft.removed:
            return cst.RemoveFromParent()
        if original_node in self._draft.moved:
            above = [*updated_node.leading_lines, *self._draft.moved[original_node]]
            return updated_node.with_changes(leading_lines=above)
        imports = [part for part in original_node.body if isinstance(part, cst.Import | cst.ImportFrom)]
        if not imports:
            return updated_node
        kept = [
            self._draft.imports.without(part, self._unused) if part in imports else part
            for part in original_node.body
        ]
        body = [part for part in kept if part is not None]
        new = [line for part in imports for line in self._draft.imports.lines(part)]
        if len(body) == len(kept) and body == list(original_node.body) and not new:
            return updated_node
        lines: list[Any] = [updated_node.with_changes(body=body)] if body else []
        lines += new
        if not lines:
            return cst.RemoveFromParent()
        lines[0] = lines[0].with_changes(leading_lines=updated_node.leading_lines)
        return cst.FlattenSentinel(lines)

    def leave_BinaryOperation(self, original_node: Any, updated_node: Any) -> Any:
        """A union in which two have become the same."""
        if not isinstance(updated_node.operator, cst.BitOr) or updated_node.deep_equals(original_node):
            return updated_node
        parts = list(_alternatives(updated_node))
        once = [
            part
            for number, part in enumerate(parts)
            if not any(part.deep_equals(other) for other in parts[:number])
        ]
        return updated_node if len(once) == len(parts) else _united(once)

    def leave_IndentedBlock(self, original_node: Any, updated_node: Any) -> Any:
        """A block of which nothing is left."""
        if updated_node.body or not original_node.body:
            return updated_node
        return updated_node.with_changes(body=[cst.SimpleStatementLine([cst.Pass()])])


def _quoted(before: cst.SimpleString, written: cst.BaseExpression) -> cst.SimpleString:
    mark = before.quote
    return before.with_changes(value=f"{mark}{cst.Module([]).code_for_node(written)}{mark}")


def _alternatives(node: cst.BaseExpression) -> Iterable[cst.BaseExpression]:
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.BitOr):
        yield from (*_alternatives(node.left), *_alternatives(node.right))
    else:
        yield node


def _united(parts: Sequence[cst.BaseExpression]) -> cst.BaseExpression:
    found = parts[0]
    for part in parts[1:]:
        found = cst.BinaryOperation(found, cst.BitOr(), part)
    return found


class _Names(cst.CSTVisitor):
    """Counts where a name is used; import statements do not use it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.count = 0

    def visit_Import(self, node: cst.Import) -> bool:  # noqa: ARG002 - as libcst calls it
        """Nothing is used in it."""
        return False

    def visit_Name(self, node: cst.Name) -> None:
        """A use, if it is the name."""
        self.count += node.value == self._name


class _Without(cst.CSTTransformer):
    """Removes `import NAME`, where that is all of a statement."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def leave_SimpleStatementLine(self, original_node: Any, updated_node: Any) -> Any:
        """A line that is such an import goes."""
        match original_node.body:
            case [cst.Import(names=[cst.ImportAlias(name=cst.Name(value=name), asname=None)])] if (
                name == self._name
            ):
                return cst.RemoveFromParent()
            case _:
                return updated_node


def without_unused(before: cst.Module, after: cst.Module, name: str) -> cst.Module:
    """A file without an import of a module that it does not use any more."""
    counts: list[int] = []
    for tree in (before, after):
        names = _Names(name)
        tree.visit(names)
        counts.append(names.count)
    return after.visit(_Without(name)) if counts[0] and not counts[1] else after
