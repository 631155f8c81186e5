"""A file that was read: its text, its values, and where each of them stands in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

from specwright.document import jsontext
from specwright.document.tree import Map, Node, Seq, escape, held
from specwright.problems import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

_LINE_BREAK: Final = re.compile(r"\r\n|\n|\r")
_LONGEST_LINE: Final = 400
_PLAIN_SCALAR: Final = re.compile(r"[^\s,\]}*&]+")


class Source:
    """One file of a document. Nothing but its text and values is kept; places are worked out when asked for."""

    def __init__(self, *, name: str, path: str, text: str, digest: str) -> None:
        self.name = name
        """As users know the file."""
        self.path = path
        """Where it was read from; what its relative `$ref`s start from."""
        self.from_root = path
        """Its path from the root folder, with slashes, which is the same wherever that folder is; of a file of another host its
        URL."""
        self.text = text
        self.digest = digest
        """SHA-256 of its bytes, in hexadecimal."""
        self.root: Any = None
        """What it holds: a Map, a Seq or a scalar."""
        self.edited: Any = None
        """What overlays made of that; None where there are none."""
        self.part_of: Source | None = None
        """Of an overlay: the file whose content its values become, and are read as."""
        self.holders: Mapping[int, tuple[Node, str | int]] | None = None
        """Of each Map and Seq that it holds, by identity: what holds it, and under which key; None until that is known."""
        self.is_yaml = False
        self._positions: dict[int, dict[str, int]] = {}
        """Of values that were asked about, by identity: where in their marks that of each key is."""

    @property
    def content(self) -> Any:
        """What is read of it."""
        return self.root if self.edited is None else self.edited

    @property
    def url(self) -> str:
        """Where it was fetched from; "" for a file that is here."""
        return self.path if self.path.startswith(("https:", "http:")) else ""

    @property
    def own_uri(self) -> str:
        """The URI that the file gives itself, else the one that it was fetched from; "" where it has none."""
        content = self.content
        own = content.get("$self") if isinstance(content, Map) else None
        try:
            return urljoin(self.url, own) if isinstance(own, str) else self.url
        except ValueError:
            return self.url

    def around(self, node: Node) -> list[Node]:
        """What holds a value that was read from this file, from the outermost on."""
        found: list[Node] = []
        while above := self._parents.get(id(node)):
            node = above[0]
            found.append(node)
        return found[::-1]

    def at(self, offset: int, pointer: str = "") -> Place:
        """The place of the character at `offset`; past the end, that behind the last one."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect_right(self._line_starts, offset)
        start = self._line_starts[line - 1]
        end = self._line_starts[line] if line < len(self._line_starts) else len(self.text)
        cut = max(offset - start - _LONGEST_LINE // 2, 0) if end - start > _LONGEST_LINE else 0
        text = self.text[start + cut : min(end, start + cut + _LONGEST_LINE)].rstrip("\r\n")
        return Place(self.name, line, offset - start + 1, pointer, text, cut)

    def place(self, node: Node, key: str | int | None) -> Place:
        """Where `node`, which was read from this file, or the value in it under `key`, stands."""
        marks = self._marks(node)
        position = self._position(node, key)
        pointer = self._pointer(node)
        if position:
            pointer += f"/{escape(str(key))}"
        return self.at(marks[position], pointer)

    def whole(self) -> Place:
        """The place of the file as a whole: its first character."""
        return self.at(len(self.text) - len(self.text.lstrip()) if self.text.strip() else 0)

    def written(self, node: Node, key: str | int) -> str:
        """The number or boolean under `key` of `node` as it is written in the file; "" where an alias stands for it."""
        offset = self._marks(node)[self._position(node, key)]
        found = _PLAIN_SCALAR.match(self.text, offset)
        return found.group() if found else ""

    def is_plain(self, node: Node, key: str | int) -> bool:
        """Whether what is pointed at for `key` of `node` is text without quotes."""
        offset = self._marks(node)[self._position(node, key)]
        return self.text[offset : offset + 1] not in {'"', "'", "|", ">", "*", "&"}

    def _position(self, node: Node, key: str | int | None) -> int:
        """Where in the marks of a node the value under `key` is; 0, the node's own, where there is none."""
        if isinstance(node, Seq):
            return key + 1 if isinstance(key, int) and key < len(node) else 0
        positions = self._positions.get(id(node))
        if positions is None:
            positions = {name: number for number, name in enumerate(node, 1)}
            self._positions[id(node)] = positions
        return positions.get(key, 0) if isinstance(key, str) else 0

    @cached_property
    def _line_starts(self) -> list[int]:
        if "\r" in self.text:
            return [0, *(found.end() for found in _LINE_BREAK.finditer(self.text))]
        *lines, _ = self.text.split("\n")
        return [before + number for number, before in enumerate(accumulate(map(len, lines), initial=0))]

    @property
    def _parents(self) -> Mapping[int, tuple[Node, str | int]]:
        if self.holders is None:
            self.holders = self._found_holders()
        return self.holders

    def _found_holders(self) -> Mapping[int, tuple[Node, str | int]]:
        parents: dict[int, tuple[Node, str | int]] = {}
        waiting: list[Node] = [self.root] if isinstance(self.root, Map | Seq) else []
        while waiting:
            node = waiting.pop()
            for key, value in node.items() if isinstance(node, Map) else enumerate(node):
                if (value.__class__ is Map or value.__class__ is Seq) and id(value) not in parents:
                    parents[id(value)] = (node, key)
                    waiting.append(value)
        return parents

    def _keys(self, node: Node) -> list[str | int]:
        keys: list[str | int] = []
        while held := self._parents.get(id(node)):
            node, key = held
            keys.append(key)
        return keys[::-1]

    def _pointer(self, node: Node) -> str:
        return "".join(f"/{escape(str(key))}" for key in self._keys(node))

    def _marks(self, node: Node) -> list[int]:
        if node.marks is None:
            self._mark_down_to(node)
        return node.marks or [0]

    def _mark_down_to(self, node: Node) -> None:
        """Finds the offsets in `node` and in all that hold it, in a file of JSON."""
        inner: Any = self.root
        start = jsontext.after_space(self.text, 0)
        own = start
        for key in [*self._keys(node), None]:
            if inner.marks is None:
                inner.marks = [own, *jsontext.member_marks(self.text, start)]
            if key is None:
                return
            own = inner.marks[self._position(inner, key)]
            start = jsontext.value_at(self.text, own) if isinstance(inner, Map) else own
            inner = held(inner, key)
