"""Schemas by the names that they give themselves: `$id`, `$anchor` and `$dynamicAnchor` (JSON Schema 2020-12, section 8.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urldefrag, urljoin

from specwright.document.source import Source
from specwright.document.tree import Map, Seq

if TYPE_CHECKING:
    from specwright.document.files import Files

_KEYWORDS: Final = ("$id", "$anchor", "$dynamicAnchor")


class Identities:
    """What is known of the schemas of one document.

    The walk keeps what it comes by. It has not come by everything where a reference is followed, so what it does not know
    is looked for in all that was loaded: there, a schema and data that looks like one can't be told apart.
    """

    def __init__(self, files: Files, identified: dict[tuple[str, str], Map]) -> None:
        self.files = files
        self._walked = identified
        self._searched = 0
        """How many of the files were searched, in the order in which they were read."""
        self._found: dict[tuple[str, str], Map] = {}

    def at(self, within: str, anchor: str) -> Map | None:
        """The schema with an anchor in a file or below a URI; with "", the one with that URI. None if there is none."""
        if (within, anchor) in self._walked:
            return self._walked[within, anchor]
        for source in self.files.since(self._searched):
            self._searched += 1
            self._search(source)
        return self._found.get((within, anchor))

    def dynamic_anchors(self) -> dict[str, dict[str, Map]]:
        """The schemas with a `$dynamicAnchor` that the walk came by: by the file or URI they belong to, and it."""
        found: dict[str, dict[str, Map]] = {}
        for (within, anchor), schema in self._walked.items():
            if schema.get("$dynamicAnchor") == anchor:
                found.setdefault(within, {})[anchor] = schema
        return found

    def base_of(self, node: Map) -> str:
        """The URI that the `$id`s around a value make, as it was loaded; "" where there are none."""
        file = getattr(node, "origin", None)
        if not isinstance(file, Source) or "$id" not in file.text:
            return ""
        base = ""
        for above in file.around(node):
            if isinstance(above, Map):
                base = identify({}, above, base, "")
        return base

    def _search(self, source: Source) -> None:
        """Keeps what the values of a file call themselves."""
        if source.part_of is not None or not any(keyword in source.text for keyword in _KEYWORDS):
            return
        seen: set[tuple[int, str]] = set()
        waiting: list[tuple[Any, str]] = [(source.content, "")]
        while waiting:
            node, base = waiting.pop()
            if (id(node), base) in seen:
                continue
            seen.add((id(node), base))
            if isinstance(node, Map):
                base = identify(self._found, node, base, source.path)
                waiting += ((value, base) for value in node.values() if isinstance(value, Map | Seq))
            elif isinstance(node, Seq):
                waiting += ((value, base) for value in node if isinstance(value, Map | Seq))


def identify(identified: dict[tuple[str, str], Map], value: Map, base: str, path: str) -> str:
    """Keeps a schema under its `$id` and its anchors, unless another has them; returns the URI that it is the base of.

    Args:
        identified: Schemas by the file or URI they belong to, and their anchor.
        value: The schema.
        base: The URI that the `$id`s around it make.
        path: The file that it is in.
    """
    own = value.get("$id")
    if isinstance(own, str):
        base = joined(base, own)
        identified.setdefault((base, ""), value)
    for keyword in ("$anchor", "$dynamicAnchor"):
        anchor = value.get(keyword)
        if isinstance(anchor, str):
            identified.setdefault((base or path, anchor), value)
    return base


def joined(base: str, reference: str) -> str:
    """A URI reference against the base around it (RFC 3986, section 5), without its fragment."""
    try:
        return urldefrag(urljoin(base, reference)).url
    except ValueError:
        return reference
