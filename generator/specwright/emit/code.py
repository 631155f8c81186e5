"""`Code`, and the only functions that make it: the doors through which text of a document may pass."""

from __future__ import annotations

import ast
import json
import keyword
import math
import re
import textwrap
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specwright.plan.ir import Json

WIDTH = 100
"""Columns of generated Python."""


class Code(str):
    """Text that is Python already: a name, a literal, an expression."""

    __slots__ = ()


# --- doors ------------------------------------------------------------------------------------------------------


@cache
def name(identifier: str) -> Code:
    """An identifier that the naming pass decided (`a.b` for an attribute of a module).

    Raises:
        ValueError: it is no ASCII identifier of Python's, or a keyword.
    """
    for part in identifier.split("."):
        if not (part.isascii() and part.isidentifier()) or keyword.iskeyword(part):
            raise ValueError(f"not a Python name: {identifier!r}")
    return Code(identifier)


def literal(value: Json | tuple[Json, ...]) -> Code:
    """A Python literal in ASCII that is equal to `value`: decoded JSON, or a tuple of such."""
    match value:
        case None | True | False:
            return Code(repr(value))
        case str():
            return Code(_quote(value))
        case int():
            return Code(_integer(value))
        case float():
            return Code(repr(value) if math.isfinite(value) else f'float("{value}")')
        case tuple():
            inner = ", ".join(literal(item) for item in value)
            return Code(f"({inner},)" if len(value) == 1 else f"({inner})")
        case list():
            return Code("[" + ", ".join(literal(item) for item in value) + "]")
        case dict():
            return Code(
                "{" + ", ".join(f"{literal(key)}: {literal(item)}" for key, item in value.items()) + "}"
            )


def regex(text: str) -> Code:
    """A literal of a regular expression: a raw one, where that has fewer backslashes and reads the same."""
    if "\\" in text and text.isascii() and text.isprintable() and '"' not in text and not text.endswith("\\"):
        return Code(f'r"{text}"')
    return Code(_quote(text))


def docstring(text: str, indent: int = 4) -> Code:
    """A docstring that reads as `text`, its paragraphs wrapped for a block indented by `indent` columns.

    What is not printable ASCII or ordinary text of other scripts (controls, line separators, bidirectional marks) is
    written as an escape. Half of a surrogate pair becomes U+FFFD: from 3.13 on, Python can't compile a docstring with it.
    """
    text = _SURROGATE.sub("\ufffd", text)
    lines = [line for part in _lines(text) for line in _wrapped(part, WIDTH - indent)]
    while lines and not lines[-1]:
        lines.pop()
    match lines:
        case []:
            return Code('""')
        case [line] if line.endswith('"'):
            # It would join the closing quotes.
            return Code(f'"""{_inside_docstring(line[:-1])}\\""""')
        case [line]:
            return Code(f'"""{_inside_docstring(line)}"""')
        case _:
            margin = " " * indent
            first, *rest = map(_inside_docstring, lines)
            return Code(
                "\n".join([f'"""{first}', *(f"{margin}{line}".rstrip() for line in rest), f'{margin}"""'])
            )


def comment(text: str) -> Code:
    """A comment on one line."""
    return Code("# " + _printable(" ".join(_lines(text))).strip())


def fstring(parts: Iterable[str]) -> Code:
    """An f-string (or, where no part is code, a literal) of texts and of expressions, which are code."""
    pieces = list(parts)
    if not any(isinstance(piece, Code) for piece in pieces):
        return literal("".join(pieces))
    inner = (
        f"{{{piece}}}"
        if isinstance(piece, Code)
        else _quote(piece)[1:-1].replace("{", "{{").replace("}", "}}")
        for piece in pieces
    )
    return Code(f'f"{"".join(inner)}"')


def quoted(annotation: Code) -> Code:
    """An annotation as text, for where its names are not defined yet.

    Nothing else that is rendered stands between single quotes: so it is told that the text uses those names.
    """
    inner = annotation.replace("\\", "\\\\").replace("'", "\\'")
    return Code(f"'{inner}'")


# --- code made of code ------------------------------------------------------------------------------------------


def code(pattern: str, *parts: Code) -> Code:
    """`pattern`, which is ours, with its `{}` filled by parts that are code already.

    Raises:
        TypeError: a part is text that came through no door.
    """
    return Code(pattern.format(*_passed(parts)))


def join(separator: str, parts: Iterable[Code]) -> Code:
    """The parts, with `separator`, which is ours, between them."""
    return Code(separator.join(_passed(tuple(parts))))


def _passed(parts: tuple[Code, ...]) -> tuple[Code, ...]:
    """The same parts: whatever annotations say, text must not get through."""
    for part in parts:
        if type(part) is not Code:
            raise TypeError(f"text is not code: {part!r}")
    return parts


def block(lines: Iterable[Code], depth: int = 0) -> Code:
    """Lines of code, one below the other, indented by `depth` steps."""
    text = join("\n", lines)
    return Code(_FILLED.sub("    " * depth, text)) if depth else text


_FILLED = re.compile(r"^(?=[^\n]*\S)", re.MULTILINE)
"""Where a line begins that is not blank."""


def opposite(condition: Code) -> Code:
    """The condition that holds where another one does not; a comparison is turned around."""
    match ast.parse(condition, mode="eval").body:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _part(condition, operand)
        case ast.Compare(left=left, ops=[operator], comparators=[right]) if type(operator) in _OPPOSITES:
            sides = (_part(condition, left), _part(condition, right))
            return code(f"{{}} {_OPPOSITES[type(operator)]} {{}}", *sides)
        case ast.BoolOp(op=operator, values=values):
            others = [opposite(_part(condition, value)) for value in values]
            if isinstance(operator, ast.And):
                return join(" or ", (code("({})", one) if " and " in one else one for one in others))
            return join(" and ", (code("({})", one) if " or " in one else one for one in others))
        case _:
            return code("not {}", condition)


def truth(condition: Code) -> Code:
    """A condition as a bool to type checkers, who can't know what comparing a value of any type gives."""
    match ast.parse(condition, mode="eval").body:
        case ast.Compare(left=ast.Name() | ast.Subscript(), ops=[operator]) if type(operator) in _COMPARING:
            return code("bool({})", condition)
        case _:
            return condition


_COMPARING: Final = (ast.Eq, ast.Gt, ast.GtE, ast.Lt, ast.LtE, ast.NotEq)


def _part(whole: Code, node: ast.expr) -> Code:
    """What was written for a part of an expression."""
    written = ast.get_source_segment(whole, node) or ast.unparse(node)
    return Code(f"({written})" if isinstance(node, ast.NamedExpr) else written)


_OPPOSITES: Final[Mapping[type[ast.cmpop], str]] = {
    ast.Eq: "!=",
    ast.Gt: "<=",
    ast.GtE: "<",
    ast.In: "not in",
    ast.Is: "is not",
    ast.IsNot: "is",
    ast.Lt: ">=",
    ast.LtE: ">",
    ast.NotEq: "==",
    ast.NotIn: "in",
}


# --- how the doors are made -------------------------------------------------------------------------------------

_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_STRUCTURE = re.compile(r"\s*(?:[-*+>|#]|\d+[.)]|```|~~~)| {4}|\t")
_LONGEST_PLAIN_INTEGER = 4000  # decimal digits; Python refuses to read literals of over 4,300


def _quote(text: str) -> str:
    # JSON's escapes are Python's too, but for astral characters (surrogate pairs) and DEL.
    if text.isascii() and text.isprintable():
        return json.dumps(text) if '"' in text or "\\" in text else f'"{text}"'
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    number = ord(char)
    if " " <= char <= "~":
        return char
    if number < 0x100:  # noqa: PLR2004 -- the widths of Python's three escapes
        return _SHORT.get(char) or f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"  # noqa: PLR2004


_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _integer(value: int) -> str:
    # Counted in bits, since writing such a number as decimal text is what Python refuses.
    if value.bit_length() < _LONGEST_PLAIN_INTEGER * 3:
        return repr(value)
    return hex(value)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in _LINE_ENDS.split(text.strip())]


def _wrapped(line: str, width: int) -> list[str]:
    """A line as people would wrap it; lists, tables, quotations and lines of code stay as they are."""
    if (
        len(line) <= width
        or _SPAN.fullmatch(line)
        or (_STRUCTURE.match(line) and not line.lstrip().startswith(("-", "*")))
    ):
        return [line]
    hang = re.match(r"\s*(?:[-*]\s+)?", line)
    indent = " " * len(hang.group()) if hang else ""
    return textwrap.wrap(
        line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    ) or [line]


_SPAN = re.compile(r"`[^`]*`")
"""A line that is nothing but code, such as the method and path of an operation."""


def _inside_docstring(line: str) -> str:
    return _printable(line.replace("\\", "\\\\")).replace('""', '"\\"')


def _printable(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escaped(char) if unicodedata.category(char) in _UNPRINTABLE else char for char in text)
