"""New code, as nodes of libcst: calls, dicts and annotations in the layout of those that they stand in place of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import libcst as cst

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specwright.plan.ir import Json

Whitespace = cst.BaseParenthesizableWhitespace

_PRIMARY = (cst.Name, cst.Attribute, cst.Call, cst.Subscript)


def text(value: str) -> cst.SimpleString:
    """Text as a literal."""
    return cst.SimpleString(json.dumps(value))


def literal(value: Json) -> cst.BaseExpression:
    """JSON as a literal."""
    match value:
        case str():
            return text(value)
        case _:
            return cst.parse_expression(repr(value))


def chained(base: cst.BaseExpression, names: Sequence[str]) -> cst.BaseExpression:
    """An attribute of an attribute of a value."""
    found = base if isinstance(base, _PRIMARY) or base.lpar else bracketed(base)
    for name in names:
        found = cst.Attribute(found, cst.Name(name))
    return found


def bracketed(node: cst.BaseExpression) -> cst.BaseExpression:
    """The same in parentheses."""
    return node.with_changes(lpar=[cst.LeftParen(), *node.lpar], rpar=[*node.rpar, cst.RightParen()])


def spread(node: cst.Call) -> bool:
    """Whether a call has its arguments on lines of their own."""
    return _is_broken(node.whitespace_before_args)


def _is_broken(space: Whitespace) -> bool:
    return isinstance(space, cst.ParenthesizedWhitespace)


def _silent(space: Whitespace) -> Whitespace:
    """The same without comments."""
    if not isinstance(space, cst.ParenthesizedWhitespace):
        return space
    return space.with_changes(first_line=cst.TrailingWhitespace(), empty_lines=[])


def _comma(argument: cst.Arg | None, between: Whitespace) -> cst.Comma:
    """The comma behind an argument; one that has a comment stays, and what is on the next line stands as the others."""
    comma = argument.comma if argument is not None else None
    if not isinstance(comma, cst.Comma) or "#" not in cst.Module([]).code_for_node(comma):
        return cst.Comma(whitespace_after=between)
    said = comma.whitespace_after
    if not isinstance(said, cst.ParenthesizedWhitespace) or not isinstance(
        between, cst.ParenthesizedWhitespace
    ):
        return comma
    lines = [
        line.with_changes(indent=between.indent, whitespace=between.last_line) for line in said.empty_lines
    ]
    return comma.with_changes(
        whitespace_after=said.with_changes(
            empty_lines=lines, indent=between.indent, last_line=between.last_line
        )
    )


def called(function: cst.BaseExpression, arguments: Sequence[cst.Arg], like: cst.Call) -> cst.Call:
    """A call laid out like another."""
    if not arguments:
        return cst.Call(function, lpar=like.lpar, rpar=like.rpar)
    if not spread(like):
        listed = [
            argument.with_changes(comma=_comma(argument, cst.SimpleWhitespace(" "))) for argument in arguments
        ]
        listed[-1] = arguments[-1].with_changes(
            comma=cst.MaybeSentinel.DEFAULT, whitespace_after_arg=cst.SimpleWhitespace("")
        )
        return cst.Call(function, listed)
    before, close = like.whitespace_before_args, _closing(like)
    between = _silent(before)
    listed = [argument.with_changes(comma=_comma(argument, between)) for argument in arguments[:-1]]
    last = arguments[-1]
    comma = _comma(last, close)
    listed.append(last.with_changes(comma=comma, whitespace_after_arg=cst.SimpleWhitespace("")))
    return cst.Call(function, listed, whitespace_before_args=before)


def _closing(like: cst.Call) -> Whitespace:
    last = like.args[-1]
    if isinstance(last.comma, cst.Comma) and _is_broken(last.comma.whitespace_after):
        return last.comma.whitespace_after
    return last.whitespace_after_arg


def written(members: Sequence[tuple[str, cst.BaseExpression, cst.Arg | None]], like: cst.Call) -> cst.Dict:
    """A dict laid out like a call: of each member the key, the value, and the argument that it was."""
    if not members:
        return cst.Dict([])
    is_spread = spread(like) and bool(like.args)
    between = _silent(like.whitespace_before_args) if is_spread else cst.SimpleWhitespace(" ")
    elements = [
        cst.DictElement(text(key), value, comma=_comma(before, between))
        for key, value, before in members[:-1]
    ]
    key, value, before = members[-1]
    if not is_spread:
        return cst.Dict([*elements, cst.DictElement(text(key), value)])
    last = cst.DictElement(text(key), value, comma=_comma(before, _closing(like)))
    brace = cst.LeftCurlyBrace(whitespace_after=like.whitespace_before_args)
    return cst.Dict([*elements, last], lbrace=brace)


def is_absent(node: cst.BaseExpression) -> bool:
    """Whether an expression is `UNSET`, by its last name."""
    name = node.attr if isinstance(node, cst.Attribute) else node
    return isinstance(name, cst.Name) and name.value == "UNSET"


def is_simple(node: cst.BaseExpression) -> bool:
    """Whether reading an expression twice is reading it once: a name, or attributes of one."""
    return isinstance(node, cst.Name) or (isinstance(node, cst.Attribute) and is_simple(node.value))
