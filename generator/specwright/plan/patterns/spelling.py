"""How a regular expression is written for Python's `re`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.plan.patterns.lookbehind import pieces, width
from specwright.plan.patterns.references import References
from specwright.plan.patterns.sets import EVERYTHING, ranges_of
from specwright.runtime.ecma_nodes import (
    Alternatives,
    Char,
    CharClass,
    Dot,
    Edge,
    Escape,
    Group,
    Look,
    Property,
    Range,
    Reference,
    Repeat,
    Sequence,
    Switch,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.runtime.ecma_nodes import EdgeKind, Item, Node
    from specwright.runtime.ecma_properties import Ranges

_EDGES: Final[Mapping[EdgeKind, str]] = {
    "start": "^",
    "end": r"\Z",
    "line-start": r"(?<![^\n\r\u2028\u2029])",
    "line-end": r"(?![^\n\r\u2028\u2029])",
    "word": r"(?a:\b)",
    "no-word": r"(?!(?a:\b))",  # `\B` is not found in "" before Python 3.14
}
_SPELLED: Final[Mapping[str, str]] = {
    "d": "0-9",
    "s": r"\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff",
    "w": "A-Za-z0-9_",
}
"""How sets with a letter are written in a class, where the order of code points would not read well."""
_CONTROLS: Final[Mapping[int, str]] = {9: r"\t", 10: r"\n", 11: r"\v", 12: r"\f", 13: r"\r"}
_SPECIAL: Final = frozenset("\\.^$*+?{}[]|()")
_SPECIAL_IN_CLASS: Final = frozenset("\\]^[")
_DOUBLED: Final = frozenset("-&~|")
"""What Python means to read as an operation on sets, when it comes twice in a class."""
_ANY: Final = r"[\s\S]"
_NONE: Final = r"[^\s\S]"


def code_text(code: int) -> str:
    """A code point as an escape, or as itself where that is ASCII and prints."""
    if code in _CONTROLS:
        return _CONTROLS[code]
    if 0x20 <= code < 0x7F:  # noqa: PLR2004 -- what prints of ASCII
        return chr(code)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"  # noqa: PLR2004


class Python:
    """Writes a tree for Python's `re`, as close to how it was written as it can be.

    Raises:
        ValueError: `re` has nothing that means the same.
    """

    def __init__(self, node: Node) -> None:
        self._references = References(node)
        self._numbers: dict[int, int] = {}
        self._names: set[str] = set()
        self._count = 0
        self.text = self._written(node)

    def _written(self, node: Node) -> str:  # noqa: C901 -- a case for each kind
        match node:
            case Char():
                return _character(node, _SPECIAL)
            case Escape() | Property():
                return _class(CharClass((node,), negated=False))
            case CharClass():
                return _class(node)
            case Dot():
                return _ANY if node.lines else r"[^\n\r\u2028\u2029]"
            case Edge():
                return _EDGES[node.kind]
            case Reference():
                return self._reference(node)
            case Group():
                return f"{self._opened(node)}{self._written(node.body)})"
            case Switch():
                return f"(?{'i' if node.folds else '-i'}:{self._written(node.body)})"
            case Look():
                return self._look(node)
            case Repeat():
                return self._repeated(node)
            case Sequence():
                return "".join(self._separate(map(self._item, node.items)))
            case Alternatives():
                return "|".join(map(self._written, node.options))

    def _item(self, node: Node) -> str:
        return f"(?:{self._written(node)})" if isinstance(node, Alternatives) else self._written(node)

    def _separate(self, texts: map[str]) -> list[str]:
        """Texts of which none is read as part of the one before it: a digit behind the number of a group."""
        found: list[str] = []
        for text in texts:
            if text[:1].isdigit() and found and found[-1][:1] == "\\" and found[-1][1:].isdigit():
                found[-1] = f"(?:{found[-1]})"
            found.append(text)
        return found

    def _opened(self, node: Group) -> str:
        if node.number is None:
            return "(?>" if node.atomic else "(?:"
        if node.number in self._numbers:
            if node.number in self._references.used:
                raise ValueError("a reference to a group in what must come before")
            return "(?:"
        self._count += 1
        self._numbers[node.number] = self._count
        if (
            node.name is None
            or not node.name.isascii()
            or not node.name.isidentifier()
            or node.name in self._names
        ):
            return "("
        self._names.add(node.name)
        return f"(?P<{node.name}>"

    def _reference(self, node: Reference) -> str:
        possible = [number for number in node.groups if number in self._references.possible[id(node)]]
        if not possible:
            return "(?:)"
        if len(possible) == 1 and possible[0] in self._references.certain[id(node)]:
            return f"\\{self._numbers[possible[0]]}"
        return "".join(f"(?({self._numbers[number]})\\{self._numbers[number]})" for number in possible)

    def _look(self, node: Look) -> str:
        if node.ahead:
            return f"(?{'!' if node.negated else '='}{self._written(node.body)})"
        parts = [f"(?<{'!' if node.negated else '='}{self._written(piece)})" for piece in pieces(node.body)]
        if node.negated or len(parts) == 1:
            return "".join(parts)
        return f"(?:{'|'.join(parts)})"

    def _repeated(self, node: Repeat) -> str:
        body = self._written(node.body)
        if isinstance(node.body, Sequence | Alternatives | Repeat | Edge | Look | Reference) or not body:
            body = f"(?:{body})"
        return body + counted(node) + node.greed


def counted(node: Repeat) -> str:
    """How often something comes."""
    least, most, text = node.least, node.most, node.text
    if least > 1 and may_be_nothing(node.body):
        # Nothing, often enough; `re` would count to the end.
        least, text = 0, ""
    elif idle(node) > _MOST_IDLE:
        raise ValueError("a repeat of what takes no characters")
    if text:
        return text
    match least, most:
        case 0, None:
            return "*"
        case 1, None:
            return "+"
        case 0, 1:
            return "?"
        case _:
            return f"{{{least}}}" if least == most else f"{{{least},{'' if most is None else most}}}"


def may_be_nothing(node: Node) -> bool:
    """Whether a node takes part without any character, whatever is around it."""
    match node:
        case Edge() | Look() | Reference():
            return False
        case Group() | Switch():
            return may_be_nothing(node.body)
        case Repeat():
            return not node.least or may_be_nothing(node.body)
        case Sequence():
            return all(map(may_be_nothing, node.items))
        case Alternatives():
            return any(map(may_be_nothing, node.options))
        case _:
            return False


_MOST_IDLE: Final = 1000


def idle(node: Node) -> int:
    """How many times `re` may go through a node without taking a character."""
    match node:
        case Group() | Switch() | Look():
            return idle(node.body)
        case Repeat():
            return (1 if width(node)[0] or may_be_nothing(node.body) else max(node.least, 1)) * idle(
                node.body
            )
        case Sequence():
            return max(map(idle, node.items), default=1)
        case Alternatives():
            return max(map(idle, node.options))
        case _:
            return 1


def _character(node: Char, special: frozenset[str]) -> str:
    """A character as it is written, where Python reads that as it is meant."""
    text = node.text
    if text == chr(node.code) and 0x20 <= node.code < 0x7F and (text not in special or text in "]{}"):  # noqa: PLR2004
        return text
    if len(text) == 2 and text[0] == "\\" and not text[1].isalnum() and text.isascii() and text[1] >= " ":  # noqa: PLR2004
        return text
    if text in _CONTROLS.values() or (text[:2] in {"\\x", "\\u"} and text[2:].isalnum() and len(text) == {"x": 4, "u": 6}[text[1]]):  # fmt: skip
        return text
    return f"\\{chr(node.code)}" if chr(node.code) in special else code_text(node.code)


def _class(node: CharClass) -> str:
    known = [item for item in node.items if not isinstance(item, Property)]
    covered = ranges_of(CharClass(tuple(known), negated=False))
    if covered == EVERYTHING or not node.items:
        return _NONE if node.negated == (covered == EVERYTHING) else _ANY
    negated = node.negated
    items = node.items
    if len(items) == 1 and isinstance(items[0], Escape) and items[0].name.isupper():
        items, negated = (Escape(items[0].name.lower()),), not negated
    texts = [_member(item, at_edge=number in {0, len(items) - 1}) for number, item in enumerate(items)]
    for number, text in enumerate(texts[:-1]):
        if text in _DOUBLED and texts[number + 1][0] == text:
            texts[number] = f"\\{text}"
    return f"[{'^' if negated else ''}{''.join(texts)}]"


def _member(item: Item, *, at_edge: bool) -> str:
    match item:
        case Char(45, "-"):
            return "-" if at_edge else r"\-"
        case Char():
            return _inner(item)
        case Range():
            return f"{_inner(item.first)}-{_inner(item.last)}"
        case Property():
            return f"\\{'P' if item.negated else 'p'}{{{item.name}}}"
        case Escape():
            return _SPELLED.get(item.name) or spelled_ranges(ranges_of(item))


def _inner(item: Char) -> str:
    if item.text == "\\b":
        return r"\b"
    if item.text in {"]", "[", "^"}:
        return f"\\{item.text}"
    return "\\-" if item.text == "-" else _character(item, _SPECIAL_IN_CLASS)


def spelled_ranges(ranges: Ranges) -> str:
    """A set as the members of a class of Python's."""
    return "".join(
        _in_class(first)
        if first == last
        else f"{_in_class(first)}{'-' if last > first + 1 else ''}{_in_class(last)}"
        for first, last in ranges
    )


def _in_class(code: int) -> str:
    return f"\\{chr(code)}" if code < 0x80 and chr(code) in "\\]^[-&~|" else code_text(code)  # noqa: PLR2004
