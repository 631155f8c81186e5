"""Python statements as values, so that they can be joined before they are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from specwright.emit.code import Code, block, code, opposite, truth

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


Statement: TypeAlias = "Code | If | For"
Body: TypeAlias = tuple[Statement, ...]


def guarded(condition: Code, body: Body) -> Body:
    """`body` where `condition` holds: one `if` with both conditions where that says the same."""
    match body:
        case ():
            return ()
        case (If(inner, then, ()),):
            return (If(code("{} and {}", operand(condition), operand(inner)), then),)
        case _:
            return (If(condition, body),)


def operand(condition: Code) -> Code:
    """A condition that others may be joined to by `and`."""
    return code("({})", condition) if ":=" in condition or " or " in condition else condition


REFUSED: Final[Body] = (code("return False"),)
"""What a test does with what is wrong."""


def tested(body: Body) -> Body:
    """The body of a test, which ends in whether all is right, with no more branches than it needs."""
    plain = list(_flat(body))
    match plain[-1:]:
        case [If(wrong, then, ())] if then == REFUSED:
            return (*plain[:-1], code("return {}", truth(opposite(wrong))))
        case [For(head, (If(wrong, then, ()),))] if then == REFUSED:
            return (*plain[:-1], code("return all({} for {})", opposite(wrong), head))
        case _:
            return (*plain, code("return True"))


def _flat(body: Body) -> Iterator[Statement]:
    """The same statements; behind a branch that returns, what follows otherwise just follows."""
    for statement in body:
        match statement:
            case If(test, then, otherwise) if then == REFUSED:
                yield If(test, then)
                yield from _flat(otherwise)
            case If(test, then, otherwise):
                yield If(test, tuple(_flat(then)), tuple(_flat(otherwise)))
            case For(head, repeated):
                yield For(head, tuple(_flat(repeated)))
            case Code():
                yield statement


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
        yield block([line], 1) if "\n" in line else code("    {}", line)
