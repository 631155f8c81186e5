"""What must hold of the doors through which text becomes Python."""

from __future__ import annotations

import ast
import math
import tokenize
import warnings
from io import StringIO
from typing import Any

from specwright.emit.code import comment, docstring, literal
from sweeps.fuzz.draws import Draws


def literals(draws: Draws) -> None:
    """A literal is one in ASCII, on one line, and equal to its value to the type and the sign of zero."""
    value = _json(draws, 0)
    written = literal(value)
    assert written.isascii(), written
    assert "\n" not in written
    assert same(ast.literal_eval(written), value), (value, written)


def _json(draws: Draws, depth: int) -> Any:
    match draws.choose(8 if depth < 6 else 6):  # noqa: PLR2004 - deep enough
        case 0:
            return (None, True, False, 0.0, -0.0, 0, 1)[draws.choose(7)]
        case 1:
            return int.from_bytes(_some(draws), "big") - (1 << 63)
        case 2:
            return (1 << draws.choose(20_000)) - draws.choose(3)
        case 3:
            try:
                number = float(_some(draws).decode("ascii", "replace"))
            except ValueError:
                return 0.1
            return number if math.isfinite(number) else 1e308
        case 4 | 5:
            return Draws(_some(draws)).text()
        case 6:
            return [_json(draws, depth + 1) for _ in range(draws.choose(4))]
        case _:
            return {Draws(_some(draws)).text(): _json(draws, depth + 1) for _ in range(draws.choose(4))}


def _some(draws: Draws) -> bytes:
    length = draws.choose(24)
    return bytes(draws.choose(256) for _ in range(length))


def same(first: Any, second: Any) -> bool:
    """Whether two values are equal to the type, the order of keys, and the sign of zero."""
    if type(first) is not type(second):
        return False
    match first:
        case float():
            return first == second and math.copysign(1, first) == math.copysign(1, second)
        case list():
            return len(first) == len(second) and all(map(same, first, second))
        case dict():
            return list(first) == list(second) and all(same(first[key], second[key]) for key in first)
        case _:
            return bool(first == second)


def docstrings(draws: Draws) -> None:
    """A docstring is one, and reads as its text but for white space; a comment is one; both without what is invisible."""
    indent = 4 * draws.choose(3)
    text = draws.text()
    written = docstring(text, indent)
    opening = "".join(f"{' ' * depth}class A:\n" for depth in range(0, indent, 4))
    tree: Any = _parsed(f"{opening}{' ' * indent}{written}\n{' ' * indent}x = 1\n")
    for _ in range(indent // 4):
        (tree,) = tree.body
    said, after = tree.body
    assert isinstance(after, ast.Assign)
    whole = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    assert said.value.value.split() == whole.split() or "".join(said.value.value.split()) == "".join(
        whole.split()
    ), written
    line = comment(text)
    assert len(line.splitlines()) == 1, line
    kinds = [token.type for token in tokenize.generate_tokens(StringIO(line + "\n").readline)]
    assert kinds == [tokenize.COMMENT, tokenize.NL, tokenize.ENDMARKER], line


def _parsed(source: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tree = ast.parse(source.encode())
        compile(tree, "generated", "exec")
    return tree
