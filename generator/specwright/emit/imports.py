"""The imports of a rendered module: those that are used, in the order in which ruff's isort rules have them.

Templates may import whatever a module could need. ruff knows better which of it is used, since it knows of scopes, and takes
longer to tell than all the rest of the tidying.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHECKED: Final = "if TYPE_CHECKING:\n"
_STATEMENT: Final = r" *(?:from|import) [^\n(]*(?:\([^)]*\))?\n"
_HEAD: Final = re.compile(
    rf'(?:{_STATEMENT}|(?:(?:if TYPE_CHECKING|else):(?=\n *(?:from|import) )|#|"""(?:[^"\\]|\\.|"(?!""))*""")[^\n]*\n|\n)*'
)
"""The comments, docstring and imports that a module opens with."""
_TEXTS: Final = re.compile(
    r'f"((?:[^"\\\n]|\\.)*)"|"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|\'((?:[^\'\\\n]|\\.)*)\'|#[^\n]*'
)
"""What no name is used in, but for the expressions of f-strings, and annotations, which stand between single quotes."""
_NAMES: Final = re.compile(r"(?<![\w.])[^\W\d]\w*(?!\w)(?!: )(?!=[^=])")
"""Names that are read: neither what follows a dot, nor a field with its type, nor the name of an argument."""
_FSTRINGS: Final = re.compile("\x01([^\x02]+)\x02")
_BRACES: Final = re.compile(r"\{([^{}]*)\}")
_OFFERED: Final = re.compile(r"^__all__ = \[([^\]]*)\]", re.MULTILINE)
_GROUP: Final = re.compile(rf"(?:^{_STATEMENT})+", re.MULTILINE)
_IMPORT: Final = re.compile(r"( *)(?:from (\.*)([\w.]*) )?import (?:\(([^()]*)\)|([^\n(]*))\n")
_BLOCK: Final = re.compile(rf"^{_CHECKED}", re.MULTILINE)
_GAPS: Final = re.compile(r"\n{3,}")
_DIGITS: Final = re.compile(r"(\d+)")


def pruned(text: str) -> str:
    """A module with those of the imports at its top that something in it uses, sorted.

    What is used is told from the names in it, and not from their scopes: where a local name is an import's, too, that stays.
    """
    end = found.end() if (found := _HEAD.match(text)) else 0
    body = text[end:]
    code = _FSTRINGS.sub(_expressions, _TEXTS.sub("\x01\\1\x02\\2 ", body))
    used = {"annotations", *_NAMES.findall(code), *_offered(body)}
    plain, *blocks = _BLOCK.split(text[:end])
    checked = "".join(_checked([_only(used, block) for block in blocks], body))
    if _CHECKED in checked:
        used.add("TYPE_CHECKING")
    return _GAPS.sub("\n\n", _only(used, plain) + checked) + body


def _expressions(fstring: re.Match[str]) -> str:
    return " ".join(_BRACES.findall(fstring[1]))


def _checked(blocks: list[str], body: str) -> Iterator[str]:
    """The blocks that only type checkers read, without those that are empty; the last may go on in the body."""
    for number, block in enumerate(blocks, start=1):
        goes_on = number == len(blocks) and body.startswith(" ")
        inside = block.lstrip("\n")
        yield f"{_CHECKED}{inside}" if inside.startswith(" ") or goes_on else block


def _offered(body: str) -> list[str]:
    """The names that others may import from the module."""
    found = _OFFERED.search(body)
    return [item.strip(' \n"') for item in found[1].split(",")] if found else []


def _only(used: set[str], head: str) -> str:
    """A part of the head with what is used of each of its imports; what stands without a blank line between is sorted."""

    def group(found: re.Match[str]) -> str:
        kept = filter(None, (_statement(part, used) for part in _IMPORT.finditer(found[0])))
        return "".join(line for _, line in sorted(kept))

    return _GROUP.sub(group, head)


def _statement(found: re.Match[str], used: set[str]) -> tuple[tuple[object, ...], str] | None:
    """What an import is sorted by, and its line with what is used of it, if anything is."""
    indent, dots, module, inside, plain = found.groups()
    names = filter(None, map(str.strip, (inside or plain).split(",")))
    kept = [item for item in names if _is_offered(item) or _bound(item) in used]
    if not kept:
        return None
    start = f"{indent}import " if dots is None else f"{indent}from {dots}{module} import "
    shown = ", ".join(sorted(kept, key=order))
    key = (dots is not None, -len(dots or ""), _natural(kept[0] if dots is None else module), order(kept[0]))
    return key, f"{start}({shown},)\n" if inside else f"{start}{shown}\n"


def _bound(item: str) -> str:
    """The name that an import gives to a module."""
    return item.rpartition(" as ")[2].partition(".")[0]


def _is_offered(item: str) -> bool:
    """Whether it is written so that others can import it from here (`a as a`), as stubs do."""
    name, _, alias = item.partition(" as ")
    return name == alias


def order(member: str) -> tuple[object, ...]:
    """What imported names are sorted by: constants, classes, the rest; each by letters whatever their case, and numbers."""
    name = member.partition(" as ")[0]
    constant = len(name) > 1 and name.isupper()
    return (0 if constant else 1 if name[0].isupper() else 2), _natural(name.lower()), name


def _natural(text: str) -> list[tuple[bool, int | str]]:
    return [(not part.isdigit(), int(part) if part.isdigit() else part) for part in _DIGITS.split(text)]
