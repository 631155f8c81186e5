"""Python statements as values, so that they can be joined before they are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from specwright.emit.code import Code, block, code

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class If:
    """`if condition:` with what follows, and what follows otherwise."""

    condition: Code
    then: Body
    otherwise: Body = ()


@dataclass(frozen=True, slots=True)
class For:
    """`for head:` with what is repeated."""

    head: Code
    body: Body


Body = tuple["Code | If | For", ...]


def guarded(condition: Code, body: Body) -> Body:
    """`body` where `condition` holds: one `if` with both conditions where that says the same."""
    match body:
        case ():
            return ()
        case (If(inner, then, ()),):
            return (If(code("{} and {}", _operand(condition), _operand(inner)), then),)
        case _:
            return (If(condition, body),)


def _operand(condition: Code) -> Code:
    return code("({})", condition) if ":=" in condition or " or " in condition else condition


def written(body: Body) -> Iterator[Code]:
    """The lines of a body."""
    for statement in body:
        match statement:
            case If(condition, then, otherwise):
                yield code("if {}:", condition)
                yield from _below(then)
                yield from _otherwise(otherwise)
            case For(head, repeated):
                yield code("for {}:", head)
                yield from _below(repeated)
            case Code():
                yield statement


def _otherwise(body: Body) -> Iterator[Code]:
    match body:
        case ():
            pass
        case (If(condition, then, otherwise),):
            yield code("elif {}:", condition)
            yield from _below(then)
            yield from _otherwise(otherwise)
        case _:
            yield code("else:")
            yield from _below(body)


def _below(body: Body) -> Iterator[Code]:
    for line in written(body):
        yield block([line], 1)
