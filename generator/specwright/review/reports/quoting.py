"""The doors to Markdown, and text that is visible: whatever a document says, it is shown and does nothing.

A comment's Markdown is read twice: as GitHub Flavored Markdown (0.29), and then GitHub looks in the text of the page that
came of it for names to notify, numbers of issues, addresses, emoji and formulas. By then an escape or a character reference is gone, so that
nothing but a character in between (U+200B) stops the second reading; in code it does not take place.
"""

from __future__ import annotations

import html
import re
from typing import Final

from specwright.problems import escaped

_ELLIPSIS: Final = "…"


class Markdown(str):
    """Text that is Markdown already."""

    __slots__ = ()


def cut(text: str, most: int) -> str:
    """Text of at most `most` characters."""
    return text if len(text) <= most else text[: max(most - 1, 0)] + _ELLIPSIS


def on_one_line(text: str, most: int = 1_000) -> str:
    """Text on one line, in which no character is invisible or reorders others."""
    return escaped(cut(" ".join(cut(text, most * 4).split()), most))


_FEWEST: Final = 4
"""Lines that are left out at least, where any are: fewer are shown."""


def on_lines(text: str, most: int = 40) -> list[str]:
    """Text line by line, about so many at most, in which no character is invisible or reorders others."""
    lines = text.replace("\r\n", "\n").split("\n")
    most = most if len(lines) >= most + _FEWEST else len(lines)
    more = [f"{_ELLIPSIS} {len(lines) - most:,} more lines"] if len(lines) > most else []
    return [escaped(cut(line.replace("\t", "    "), 500)) for line in lines[:most]] + more


# --- Markdown ---------------------------------------------------------------------------------------------------

_NOTHING: Final = "&#8203;"
_MARKUP: Final = re.compile(r"[\\`*_\[\]<>|~!&#]|^[-+=]|(?<=^\d)[.)]")
_SECOND: Final = re.compile(
    r"(?P<after>@|\\#|:(?=//)|\bwww\.|\b(?:mailto|xmpp):|\bgh-(?=\d)|:(?=[\w+-]+:))|(?P<dollar>\$)",
    re.IGNORECASE,
)


def text(plain: str, most: int = 400) -> Markdown:
    """Text within a line, in which nothing is markup but what stands in backquotes, which is code.

    Messages quote what a document says in backquotes; of backquotes that it says itself, only the look depends.
    """
    parts = on_one_line(plain, most).split("`")
    if len(parts) % 2 == 0:
        parts[-2:] = ["`".join(parts[-2:])]
    return Markdown(
        "".join(_prose(part) if number % 2 == 0 else _code(part) for number, part in enumerate(parts))
    )


def code(plain: str, most: int = 200) -> Markdown:
    """Text within a line as code (CommonMark 0.31, section 6.1)."""
    return Markdown(_code(on_one_line(plain, most)))


def _prose(plain: str) -> str:
    marked = _MARKUP.sub(lambda found: "\\" + found[0], plain)
    return _SECOND.sub(
        lambda found: "<span>$</span>" if found["dollar"] else found["after"] + _NOTHING, marked
    )


def _code(plain: str) -> str:
    if not plain.strip():
        return "\\`\\`" if not plain else "\\` \\`"
    fence = _fence(plain, 1)
    pad = " " if plain[0] in "` " or plain[-1] in "` " else ""
    return f"{fence}{pad}{plain}{pad}{fence}"


def block(language: str, lines: list[str]) -> Markdown:
    """Lines as a block of code (CommonMark 0.31, section 4.5); no line ends it before its end."""
    fence = _fence("\n".join(lines), 3)
    return Markdown("\n".join([f"{fence}{language}", *lines, fence]))


def _fence(inside: str, least: int) -> str:
    longest = max((len(run) for run in re.findall("`+", inside)), default=0)
    return "`" * max(longest + 1, least)


_NOTICED: Final = re.compile(
    r"(?P<after>[@#]|:(?=//)|\bwww\.|\b(?:mailto|xmpp):|\bgh-(?=\d)|:(?=[\w+-]+:))", re.IGNORECASE
)


def line(plain: str, most: int = 200) -> Markdown:
    """Text within HTML within Markdown, in which what stands in backquotes is code."""
    parts = on_one_line(plain, most).split("`")
    if len(parts) % 2 == 0:
        parts[-2:] = ["`".join(parts[-2:])]
    return Markdown(
        "".join(
            tag(part) if number % 2 else _noticed_by_nobody(part) for number, part in enumerate(parts) if part
        )
    )


def _noticed_by_nobody(plain: str) -> str:
    apart = _NOTICED.sub(lambda found: found["after"] + "\u200b", plain)
    return html.escape(apart).replace("$", "<span>$</span>").replace("\u200b", _NOTHING)


def tag(plain: str, most: int = 200) -> Markdown:
    """Text within HTML within Markdown: code, whose text is not read a second time."""
    return Markdown(f"<code>{html.escape(on_one_line(plain, most)) or '&#8203;'}</code>")
