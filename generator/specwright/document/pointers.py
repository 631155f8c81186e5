"""JSON Pointers (RFC 6901) and where they lead in a document as it was loaded; and what is said where that is nowhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote_to_bytes

from specwright.document.tree import Map, Seq, unescape
from specwright.problems import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from specwright.spelling import Spelling

_WRONG_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_WRONG_TILDE: Final = re.compile(r"~(?![01])")
_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,8}")
_STEPS_SHOWN: Final = 5
"""Of a circle of references: how many a message has."""


class NotFoundError(LookupError):
    """A reference leads to nothing that can be used."""

    def __init__(
        self,
        code: str,
        message: str,
        hint: str | None = None,
        *,
        missed: tuple[str, Map] | None = None,
        circle: Sequence[Map] = (),
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self._hint = hint
        self._missed = missed
        """A key, and the object that does not have it."""
        self.circle = circle
        """The references that lead back to where they stand, where that is why: what is wrong is wrong there."""

    def hint(self, spelling: Spelling) -> str | None:
        """What to do; a similar name is looked for when it is asked for, which takes its time among thousands."""
        return self._hint if self._missed is None else spelling.hint(*self._missed)


def in_a_circle(circle: Sequence[tuple[Map, str]]) -> str:
    """What is said of references each of which leads to the next, and the last to the first."""
    texts: list[str] = [node[key] for node, key in circle]
    if len(texts) == 1:
        return f"{quoted(texts[0])} leads back to where it stands."
    way = [texts[-1], *texts] if len(texts) <= _STEPS_SHOWN else [texts[-1], *texts[:_STEPS_SHOWN], "…"]
    return f"A circle of references leads back to where it starts: {' -> '.join(map(quoted, way))}."


def decoded(fragment: str, reference: str) -> str:
    """A fragment with its percent signs decoded (RFC 6901, section 6)."""
    if "%" not in fragment:
        return fragment
    if _WRONG_PERCENT.search(fragment):
        raise NotFoundError(
            "ref-syntax", f"{quoted(reference)} has a % that is followed by no two hexadecimal digits."
        )
    try:
        return unquote_to_bytes(fragment).decode()
    except UnicodeDecodeError:
        raise NotFoundError(
            "ref-syntax", f"{quoted(reference)} is not UTF-8 behind its percent signs."
        ) from None


def refers(value: Any) -> bool:
    """Whether a value, as it was loaded, is an object with a `$ref`."""
    return isinstance(value, Map) and isinstance(value.get("$ref"), str)


def at_pointer(root: Any, pointer: str, reference: str, through: Callable[[Map], Any] | None = None) -> Any:
    """The value at a JSON Pointer (RFC 6901); NotFoundError where there is none.

    Where the pointer leads on past a `$ref`, which strictly leads nowhere, `through` gives what that stands for.
    """
    node = root
    for token in pointer.split("/")[1:]:
        if "~" in token and _WRONG_TILDE.search(token):
            raise NotFoundError(
                "ref-syntax", f"{quoted(reference)} has a ~ that is followed by neither 0 nor 1."
            )
        key = unescape(token) if "~" in token else token
        if through is not None and refers(node) and key not in node:
            node = through(node)
        node = _member(node, key, reference)
    return node


def _member(node: Any, key: str, reference: str) -> Any:
    if isinstance(node, Map) and key in node:
        return node[key]
    if isinstance(node, Seq) and _INDEX.fullmatch(key) and int(key) < len(node):
        return node[int(key)]
    message = f"{quoted(reference)} leads nowhere: there is no {quoted(key)}."
    raise NotFoundError("ref-missing", message, missed=(key, node) if isinstance(node, Map) else None)
