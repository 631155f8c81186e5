"""Text from outside, made fit to print."""

from __future__ import annotations

import re
from typing import Any

_LONGEST = 200
_HIDDEN = "***"

# Not `max_tokens` or `tokenizer`.
_SENSITIVE = re.compile(
    r"pass(?:word|wd|phrase)|secret|token(?!s|i)|credential|authorization"
    r"|(?:api|access|private|signing|encryption)[-_]?key",
    re.IGNORECASE,
)


def printable(text: str, longest: int = _LONGEST) -> str:
    """`text` on one line without control characters, escaped as Python does, and cut to `longest` characters."""
    cut = text[:longest]
    if not cut.isprintable():
        cut = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in cut)
    return f"{cut}…" if len(text) > longest else cut


def sensitive(name: str) -> bool:
    """Whether a value of this name is a secret by the look of the name."""
    return _SENSITIVE.search(name) is not None


def without(text: str, secrets: list[str]) -> str:
    """`text` with each of `secrets` covered."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, _HIDDEN)
    return text


def secrets_in(value: Any, names: frozenset[str]) -> list[str]:
    """The texts in `value` under names that are secret."""
    kind: Any = value.__class__
    if kind is list or kind is tuple:
        return [text for item in value for text in secrets_in(item, names)]
    found: list[str] = []
    if kind is dict:
        for name, item in value.items():
            if type(item) is str and (name in names or sensitive(name)):
                found.append(item)
            else:
                found += secrets_in(item, names)
    return found
