"""A page of the reference as a browser reads it: its elements, their attributes, and the text that is shown."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from html.parser import HTMLParser
from typing import Final

_VOID: Final = frozenset({"meta", "input", "wbr"})

OURS: Final[dict[str, frozenset[str]]] = {
    "html": frozenset({"lang"}),
    "meta": frozenset({"charset", "http-equiv", "content", "name"}),
    "body": frozenset({"class", "data-operation"}),
    "a": frozenset({"class", "href", "id", "rel"}),
    "input": frozenset({"type", "id", "name", "placeholder", "autocomplete", "spellcheck", "checked"}),
    "label": frozenset({"for"}),
    "form": frozenset({"id", "class", "role", "hidden"}),
    "output": frozenset({"id", "aria-live"}),
    "script": frozenset({"type", "id"}),
    "details": frozenset({"class", "id", "open"}),
    "th": frozenset({"scope"}),
    "nav": frozenset({"class", "aria-label"}),
    "ol": frozenset({"id", "class", "hidden"}),
    "div": frozenset({"id", "class", "tabindex"}),
    "main": frozenset({"id", "tabindex"}),
    "span": frozenset({"class", "hidden", "aria-hidden"}),
    "pre": frozenset({"tabindex"}),
    **{name: frozenset({"id", "class"}) for name in ("section", "h2", "h3", "li", "tr", "td", "p", "ul")},
    **{
        name: frozenset({"class"})
        for name in (
            [
                "head",
                "title",
                "style",
                "header",
                "h1",
                "footer",
                "fieldset",
                "legend",
                "summary",
                "code",
                "strong",
                "kbd",
                "table",
                "thead",
                "tbody",
                "wbr",
            ]
        )
    },
}
"""The elements of our templates, and the attributes that they have."""

_LINK: Final = re.compile(
    r"#[!-~]*|(?:\.\./)?index\.html(?:#[!-~]*)?|(?:operations/)?[a-z0-9-]+\.html|https?://[!-~]+"
)


class Page(HTMLParser):
    """What is in a page, and what in it is not ours."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.policy = ""
        self.styles: list[str] = []
        self.scripts: list[str] = []
        self.data: list[str] = []
        self.text: list[str] = []
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()
        self.faults += [f"<{tag}> is not closed" for tag, _ in self._open]
        self.faults += [f"id {name!r} {count} times" for name, count in self.ids.items() if count > 1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        unknown = said.keys() - OURS.get(tag, frozenset())
        if tag not in OURS or unknown:
            self.faults.append(f"<{tag}> with {sorted(unknown)}")
        if said.get("id"):
            self.ids[str(said["id"])] += 1
        if "href" in said:
            self.links.append(str(said["href"]))
            if not _LINK.fullmatch(self.links[-1]):
                self.faults.append(f"a link to {self.links[-1]!r}")
        if said.get("http-equiv") == "Content-Security-Policy":
            self.policy = str(said["content"])
        if tag not in _VOID:
            self._open.append((tag, said))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            self.faults.append(f"</{tag}> in {self._open[-1:]}")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        tag, said = self._open[-1] if self._open else ("", {})
        if tag == "style":
            self.styles.append(data)
        elif tag == "script":
            (self.data if said.get("type") == "application/json" else self.scripts).append(data)
        else:
            self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"a comment: {data!r}")


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def faults(text: str) -> list[str]:
    """What of a page is not from our templates, or may run or load anything that is not."""
    page = Page(text)
    wanted = [
        "default-src 'none'",
        f"style-src {' '.join(map(hashed, page.styles))}",
        f"script-src {' '.join(map(hashed, page.scripts))}",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    found = page.faults
    if page.policy.split("; ") != wanted:
        found.append(f"the policy {page.policy!r}")
    if (len(page.styles), len(page.scripts)) != (1, 1):
        found.append(f"{len(page.styles)} styles and {len(page.scripts)} scripts")
    return found
