"""What is wrong with data, where it stands, and the part of the data that is wrong, as far as it may be shown."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from specwright.problems import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specwright.cli.data import Data
    from specwright.runtime.issues import Issue
    from specwright.validation import Secrets

HIDDEN: Final = "(hidden)"
"""What stands for a secret, here and in the messages of validators."""


class Finding(NamedTuple):
    """One thing that is wrong with data."""

    line: int
    column: int
    """In characters, from 1 like the line."""
    pointer: str
    keyword: str
    message: str
    part: str
    """The offending part, shortened and in one line or in several; "" where there is none."""

    def as_json(self) -> dict[str, object]:
        """The finding for `--json`."""
        return {
            "pointer": self.pointer,
            "keyword": self.keyword,
            "message": self.message,
            "line": self.line,
            "column": self.column,
        }

    def printed(self, name: str) -> str:
        """The finding in a line, its place as compilers write it, and its parts between tabs."""
        place = f"{name}:{self.line}:{self.column}:"
        return "\t".join(map(escaped, (place, self.pointer, self.keyword, self.message)))


def findings(data: Data, issues: Iterable[Issue], secrets: Secrets, *, line: int = 1) -> list[Finding]:
    """The issues of data that begins in a line of its file, in the order of their places."""
    return sorted(_found(data, issues, secrets, line), key=lambda finding: finding[:2])


def _found(data: Data, issues: Iterable[Issue], secrets: Secrets, line: int) -> Iterator[Finding]:
    for issue in issues:
        place = data.place(issue.pointer)
        shown = (
            HIDDEN if _is_hidden(issue, secrets) else part(data.part(issue.pointer), covered=bool(secrets))
        )
        yield Finding(line - 1 + place.line, place.column, *issue, shown)


# --- the part that is wrong -------------------------------------------------------------------------------------

_UNDECLARED: Final = frozenset({"additionalProperties", "propertyNames", "unevaluatedProperties"})
"""Keywords of what a schema does not have: it may be a secret under a name that is misspelt."""


def _is_hidden(issue: Issue, secrets: Secrets) -> bool:
    if not secrets:
        return False
    return issue.keyword in _UNDECLARED or HIDDEN in issue.message or secrets.hide(issue.pointer)


_MEMBERS: Final = 5
_CHARACTERS: Final = 40
"""How much is shown: members of an object or an array, and characters of a text, of a number, and of one line."""
_ELLIPSIS: Final = "…"


def part(value: Any, *, covered: bool) -> str:
    """JSON of a value, shortened; `covered` shows only the names of what is in it, which may be a secret."""
    if value.__class__ is dict:
        members = [
            f"{_brief(key)}: {_ELLIPSIS if covered else _brief(item)}"
            for key, item in islice(value.items(), _MEMBERS)
        ]
        return _together("{", members, len(value), "}")
    if value.__class__ is list:
        items = [_ELLIPSIS if covered else _brief(item) for item in value[:_MEMBERS]]
        return _together("[", items, len(value), "]")
    return _brief(value)


def _together(opening: str, members: list[str], count: int, closing: str) -> str:
    line = f"{opening}{', '.join(members)}{closing}"
    if len(line) <= _CHARACTERS and count == len(members):
        return line
    more = [f"{_ELLIPSIS} {count - len(members):,} more"] if count > len(members) else []
    whole = [*(f"{member}," for member in members[:-1]), *members[-1:], *more]
    return "\n".join([opening, *(f"  {each}" for each in whole), closing])


def _brief(value: Any) -> str:
    match value:
        case str():
            cut = _ELLIPSIS if len(value) > _CHARACTERS else ""
            return json.dumps(value[:_CHARACTERS] + cut, ensure_ascii=False)
        case dict():
            return f"{{{_ELLIPSIS}}}" if value else "{}"
        case list():
            return f"[{_ELLIPSIS}]" if value else "[]"
        case _:
            text = json.dumps(value)
            return text if len(text) <= _CHARACTERS else text[:_CHARACTERS] + _ELLIPSIS
