"""Bodies that are made in the lines before the call that sends them, and that nothing else uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.migrate.sites import Assigned, Construction, OperationCall, Sites


@dataclass(frozen=True, slots=True)
class Inlined:
    """A body that is made in lines of its own: they go, and its members stand in the call."""

    made: Construction
    set: dict[str, cst.BaseExpression]
    """The attributes that are set after it is made, with their values."""
    lines: tuple[cst.SimpleStatementLine, ...]


def inlined(sites: Sites, call: OperationCall, node: cst.BaseExpression) -> Inlined | None:
    """The body that a variable holds, if it is made right before a call, which alone reads it."""
    if not isinstance(node, cst.Name) or call.line is None:
        return None
    assigned = [one for one in sites.assigned if one.name == node.value and one.block is call.block]
    if len(assigned) != 1 or assigned[0].block is None:
        return None
    (one,) = assigned
    made = next((site for site in sites.constructions if site.node is one.node.value), None)
    if made is None or made.problem:
        return None
    between = list(_between(one, call))
    found: dict[str, cst.BaseExpression] = {}
    users: list[cst.BaseExpression] = [node]
    for line in between:
        statement = (
            line.body[0] if isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1 else None
        )
        match statement:
            case cst.Assign(
                targets=[cst.AssignTarget(target=cst.Attribute(value=cst.Name(value=name)) as target)]
            ) if name == node.value:
                found[target.attr.value] = statement.value
                users.append(target.value)
            case _:
                return None
    loads = sites.loads.get(one.scope, {}).get(one.name, [])
    if {id(load) for load in loads} != {id(user) for user in users}:
        return None
    lines = (one.line, *between)
    if any(isinstance(line, cst.SimpleStatementLine) and line.trailing_whitespace.comment for line in lines):
        return None
    return Inlined(made, found, tuple(line for line in lines if isinstance(line, cst.SimpleStatementLine)))


def _between(
    one: Assigned, call: OperationCall
) -> Iterator[cst.BaseStatement | cst.BaseSmallStatement | None]:
    """The statements from the one behind an assignment to the one before a call; None where they are in another order."""
    statements = list(one.block or ())
    start, end = _index(statements, one.line), _index(statements, call.line)
    if not 0 <= start < end:
        yield None
        return
    yield from statements[start + 1 : end]


def _index(statements: list[cst.BaseStatement | cst.BaseSmallStatement], line: object) -> int:
    return next((number for number, one in enumerate(statements) if one is line), -1)
