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


def _comma(argument: cst.Arg | cst.DictElement, between: Whitespace) -> cst.Comma:
    """The comma behind an argument; one that has a comment stays."""
    comma = argument.comma
    if isinstance(comma, cst.Comma) and "#" in cst.Module([]).code_for_node(comma):
        return comma
    return cst.Comma(whitespace_after=between)


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
    listed = [argument.with_changes(comma=_comma(argument, before)) for argument in arguments[:-1]]
    last = arguments[-1]
    comma = _comma(last, close)
    listed.append(last.with_changes(comma=comma, whitespace_after_arg=cst.SimpleWhitespace("")))
    return cst.Call(function, listed, whitespace_before_args=before)


def _closing(like: cst.Call) -> Whitespace:
    last = like.args[-1]
    if isinstance(last.comma, cst.Comma) and _is_broken(last.comma.whitespace_after):
        return last.comma.whitespace_after
    return last.whitespace_after_arg


def written(members: Sequence[tuple[str, cst.BaseExpression]], like: cst.Call) -> cst.Dict:
    """A dict laid out like a call."""
    if not members:
        return cst.Dict([])
    is_spread = spread(like) and bool(like.args)
    between: Whitespace = like.whitespace_before_args if is_spread else cst.SimpleWhitespace(" ")
    elements = [
        cst.DictElement(text(key), value, comma=cst.Comma(whitespace_after=between))
        for key, value in members[:-1]
    ]
    key, value = members[-1]
    if not is_spread:
        return cst.Dict([*elements, cst.DictElement(text(key), value)])
    last = cst.DictElement(text(key), value, comma=cst.Comma(whitespace_after=_closing(like)))
    return cst.Dict([*elements, last], lbrace=cst.LeftCurlyBrace(whitespace_after=between))


def is_absent(node: cst.BaseExpression) -> bool:
    """Whether an expression is `UNSET`, by its last name."""
    name = node.attr if isinstance(node, cst.Attribute) else node
    return isinstance(name, cst.Name) and name.value == "UNSET"


def is_simple(node: cst.BaseExpression) -> bool:
    """Whether reading an expression twice is reading it once: a name, or attributes of one."""
    return isinstance(node, cst.Name) or (isinstance(node, cst.Attribute) and is_simple(node.value))
