# ruff: noqa: N802 -- the names of visitors are those of libcst
"""Names of the old package where the walk through a file does not come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet


class _Names(cst.CSTVisitor):
    """Names that are read or bound; not those of attributes, of keywords and in imports."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[cst.Name] = []

    def visit_Import(self, node: cst.Import) -> bool:  # noqa: ARG002 - as libcst calls it
        return False

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:  # noqa: ARG002 - as above
        return False

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        node.value.visit(self)
        return False

    def visit_Arg(self, node: cst.Arg) -> bool:
        node.value.visit(self)
        return False

    def visit_MatchKeywordElement(self, node: cst.MatchKeywordElement) -> bool:
        node.pattern.visit(self)
        return False

    def visit_Param(self, node: cst.Param) -> bool:
        for part in (node.annotation, node.default):
            if part is not None:
                part.visit(self)
        return False

    def visit_Name(self, node: cst.Name) -> None:
        self.found.append(node)


def overlooked(tree: cst.Module, names: AbstractSet[str], seen: AbstractSet[cst.Name]) -> list[cst.Name]:
    """Where one of some names stands, of which nobody has asked there what it means."""
    every = _Names()
    tree.visit(every)
    return [node for node in every.found if node.value in names and node not in seen]
