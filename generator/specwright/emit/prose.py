"""The doors to what is not Python: `Markdown` for the README, `Toml` for its metadata."""

from __future__ import annotations

import re
import shlex
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specwright.emit.code import Code


class Markdown(str):
    """Text that is Markdown already."""

    __slots__ = ()


class Toml(str):
    """Text that is TOML already."""

    __slots__ = ()


def toml(text: str) -> Toml:
    """A basic string of TOML (TOML 1.0.0, section String) that holds `text`; half a surrogate pair becomes U+FFFD."""
    return Toml('"' + "".join(_toml_char(char) for char in text) + '"')


def toml_line(text: str) -> Toml:
    """As `toml`, for `text` on one line, as metadata of packages want it."""
    return toml(" ".join("".join(char if char.isprintable() else " " for char in text).split()) or "-")


def _toml_char(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if "\ud800" <= char <= "\udfff":
        return "\\uFFFD"
    if char.isprintable():
        return char
    number = ord(char)
    return f"\\u{number:04X}" if number <= 0xFFFF else f"\\U{number:08X}"  # noqa: PLR2004 -- the last of four digits


def line(text: str) -> Markdown:
    """Text on one line, in which nothing is markup."""
    return Markdown(_escaped(" ".join(_visible(text).split())))


def prose(text: str) -> Markdown:
    """Paragraphs of text, in which nothing is markup: no link, no image, no HTML, nobody mentioned."""
    paragraphs = re.split(r"\n\s*\n", _visible(text).strip())
    return Markdown("\n\n".join(_escaped(" ".join(paragraph.split())) for paragraph in paragraphs))


def span(text: str) -> Markdown:
    """Text as code within a line (CommonMark 0.31, section 6.1)."""
    plain = " ".join(_visible(text).split())
    fence = "`" * (max((len(run) for run in re.findall("`+", plain)), default=0) + 1)
    pad = " " if plain.startswith("`") or plain.endswith("`") else ""
    return Markdown(f"{fence}{pad}{plain}{pad}{fence}")


def fenced(python: Code) -> Markdown:
    """Python as a block of code; its literals hold no line of backticks."""
    return Markdown(f"```python\n{python}\n```")


def shell(words: Iterable[str]) -> Markdown:
    """A command as a block of code, in which a POSIX shell sees these words."""
    command = _visible(shlex.join(words))
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", command)), default=0))
    return Markdown(f"{fence}sh\n{command}\n{fence}")


# Anywhere; and at the start of a line, where it makes a list, a rule or a heading.
_MARKUP: Final = re.compile(r"[\\`*_\[\]<>#|!~&]|^[-+=]|^\d+[.)]")
_BARE: Final = re.compile(r"@|:(?=//)|(?i:\bwww\.)|(?i:\b(?:mailto|xmpp):)")
_INVISIBLE: Final = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _escaped(text: str) -> str:
    # A mention has no escape in Markdown; its character reference is shown and not acted on. The same goes for what GitHub
    # makes a link of where it stands bare (GitHub Flavored Markdown 0.29, section 6.9).
    plain = _MARKUP.sub(lambda found: found[0][:-1] + "\\" + found[0][-1], text)
    return _BARE.sub(lambda found: found[0][:-1] + f"&#{ord(found[0][-1])};", plain)


def _visible(text: str) -> str:
    return "".join(
        char
        if char == "\n" or unicodedata.category(char) not in _INVISIBLE
        else " "
        if char.isspace()
        else "\ufffd"
        for char in text.replace("\r\n", "\n").replace("\r", "\n")
    )
