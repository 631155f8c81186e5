"""What a document says, taken apart: blocks and their pieces, of the CommonMark that descriptions are written in.

Only what makes text readable is looked for: paragraphs, headings, lists, code, emphasis and links. All else stays text, HTML too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line."""

    text: str
    kind: Literal["text", "code", "strong", "link"] = "text"
    href: str = ""
    """Of a link; always http or https."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, the items of a list, or lines of code."""

    kind: Literal["paragraph", "heading", "list", "code"]
    items: tuple[tuple[Piece, ...], ...]
    """One, but for a list."""
    text: str = ""
    """The lines of code."""


_FENCE: Final = re.compile(r" {0,3}(?P<fence>```+|~~~+)")
_ITEM: Final = re.compile(r" {0,8}(?:[-*+]|\d{1,9}[.)])[ \t]+(?P<text>.*)")
_HEADING: Final = re.compile(r" {0,3}#{1,6}[ \t]+(?P<text>.*?)[ \t#]*")
_INLINE: Final = re.compile(
    r"(?P<ticks>`+)(?P<code>[^`]+)(?P=ticks)(?!`)"
    r"|\*\*(?P<strong>[^*\n]{1,500})\*\*"
    r"|!?\[(?P<label>[^\[\]]{1,500})\]\((?P<href>[^\s()]{1,2000})(?: \"[^\"]{0,300}\")?\)"
    r"|<(?P<plain>https?://[^\s<>]{1,2000})>"
)
_ADDRESS: Final = re.compile(r"https?://[!-~]+", re.ASCII)


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text, in their order."""
    return tuple(_blocks(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))


def first_line(text: str) -> str:
    """The first paragraph of a text without its marks, on one line."""
    return next((plain(block.items[0]) for block in blocks(text) if block.items), "")


def plain(pieces: tuple[Piece, ...]) -> str:
    """The text of pieces without marks."""
    return "".join(piece.text for piece in pieces)


def _blocks(lines: list[str]) -> Iterator[Block]:
    waiting: list[str] = []
    items: list[str] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        fence, item, heading = _FENCE.match(line), _ITEM.fullmatch(line), _HEADING.fullmatch(line)
        if not (fence or item or heading) and line.strip():
            (items if items and not waiting else waiting).append(line)
            if len(items) > 1 and not waiting:
                items[-2:] = [f"{items[-2]}\n{items[-1]}"]
            continue
        if not item or waiting:
            yield from _ended(waiting, items)
            waiting, items = [], []
        if fence:
            end = next((at for at in range(number, len(lines)) if _closes(lines[at], fence)), len(lines))
            yield Block("code", (), "\n".join(lines[number:end]))
            number = end + 1
        elif item:
            items.append(item["text"])
        elif heading:
            yield Block("heading", (pieces(heading["text"]),))
    yield from _ended(waiting, items)


def _closes(line: str, fence: re.Match[str]) -> bool:
    return line.strip().startswith(fence["fence"]) and not line.strip().strip(fence["fence"][0])


def _ended(waiting: list[str], items: list[str]) -> Iterator[Block]:
    if items:
        yield Block("list", tuple(pieces(item) for item in items))
    if waiting:
        yield Block("paragraph", (pieces("\n".join(waiting)),))


def pieces(text: str) -> tuple[Piece, ...]:
    """The pieces of a paragraph, its lines joined."""
    text = " ".join(text.split())
    found: list[Piece] = []
    end = 0
    for match in _INLINE.finditer(text):
        piece = _piece(match)
        if piece is not None:
            if match.start() > end:
                found.append(Piece(text[end : match.start()]))
            found.append(piece)
            end = match.end()
    if end < len(text):
        found.append(Piece(text[end:]))
    return tuple(found)


def _piece(match: re.Match[str]) -> Piece | None:
    if match["code"] is not None:
        return Piece(match["code"].strip() or match["code"], "code")
    if match["strong"] is not None:
        return Piece(match["strong"].replace("`", ""), "strong")
    href = match["plain"] or match["href"]
    label = match["label"] or match["plain"]
    if _ADDRESS.fullmatch(href):
        return Piece(label, "link", href)
    return Piece(label) if match["href"] else None
