"""Bytes to values that know their places: the one home of PyYAML. Nothing is built that was not counted.

YAML is read as the events of libyaml's parser, on which every budget is counted: nothing composes or constructs nodes
before us, so that nesting and aliases can't do harm. Merge keys (`<<`) are supported; tags are refused.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final, NoReturn

from yaml._yaml import CParser
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.reader import ReaderError

from specwright.document import scalars
from specwright.document.source import Source
from specwright.document.text import decoded, is_json, read_json, too_much
from specwright.document.tree import Map, Node, Seq
from specwright.problems import Place, Problem, Refused, problem, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from specwright.config import Budgets


def read(data: bytes, *, name: str, path: str, budgets: Budgets) -> tuple[Source, tuple[Problem, ...]]:
    """One file with its content, and what was mended in it; Refused where it can't be read."""
    text = decoded(data, name, budgets)
    source = Source(name=name, path=path, text=text, digest=hashlib.sha256(data).hexdigest())
    if (
        is_json(text, path)
        and (mended := read_json(source, budgets, fallback=not path.endswith(".json"))) is not None
    ):
        return source, mended
    _Builder(source, budgets).build()
    return source, ()


class _Resolved(dict[str, Any]):
    """What plain scalars stand for, each worked out once."""

    def __missing__(self, text: str) -> Any:
        value = self[text] = scalars.resolve(text)
        return value


_ABSENT: Final[Any] = object()
_MERGE: Final = "<<"


class _Builder:
    """Builds the values of one YAML document from its events."""

    def __init__(self, source: Source, budgets: Budgets) -> None:
        self.source = source
        self.budgets = budgets
        self.resolved = _Resolved()
        self.depth = 0
        self.nodes = 0
        self.expanded = 0
        # What is being filled: a list that takes the root is the outermost.
        self.node: Node = self._new(Seq(), 0)
        self.marks: list[int] = []
        self.key: str | None = None
        self.key_at = 0
        self.outer: list[tuple[Node, list[int], str | None, int, str | None, int]] = []
        self.anchors: dict[str, tuple[Any, str | None, int]] = {}
        """Of each anchor: its value (_ABSENT until it is complete), its text if a scalar, and its expanded size."""
        self.merged: dict[int, tuple[Any, int]] = {}
        """Of each object with a merge key, by identity: what it merges, and where."""

    def build(self) -> None:
        """Reads the whole file into its `root`."""
        handlers: Mapping[type[Event], Callable[[Any], None]] = {
            ScalarEvent: self._scalar,
            AliasEvent: self._alias,
            MappingStartEvent: self._open_map,
            SequenceStartEvent: self._open_seq,
            MappingEndEvent: self._close,
            SequenceEndEvent: self._close,
            DocumentStartEvent: self._document,
        }
        parser = CParser(self.source.text)
        event: Any = None
        try:
            while (event := parser.get_event()) is not None:
                handler = handlers.get(event.__class__)
                if handler is not None:
                    handler(event)
        except YAMLError as error:
            self._refuse_syntax(error)
        except scalars.TooManyDigits:
            self._refuse("number-range", event.start_mark.index, "The number has too many digits.")
        if not self.node:
            self._refuse("document-empty", 0, "The file has nothing but comments.")
        self.source.root = self.node[0]

    def _new(self, node: Node, at: int) -> Node:
        node.origin = self.source
        node.marks = [at]
        return node

    def _document(self, event: DocumentStartEvent) -> None:
        if self.node:
            self._refuse("yaml-documents", event.start_mark.index, "A second document starts here.")

    def _scalar(self, event: ScalarEvent) -> None:
        text: str = event.value
        at: int = event.start_mark.index
        if event.tag is not None:
            self._refuse_tag(event)
        value = self.resolved[text] if event.implicit[0] else text
        if event.anchor is not None:
            self.anchors[event.anchor] = (value, text, 1)
        if self.key is None and self.node.__class__ is Map:
            self._take_key(text, at, plain=event.implicit[0])
        else:
            self._put(value, at)

    def _take_key(self, text: str, at: int, *, plain: bool) -> None:
        if plain and text == _MERGE and id(self.node) not in self.merged:
            self.merged[id(self.node)] = (_ABSENT, at)
        elif text in self.node:
            first = self.source.at(self.marks[list(self.node).index(text) + 1])
            self._refuse(
                "duplicate-key",
                at,
                f"The key {quoted(text)} is here twice; the other is at line {first.line}.",
            )
        elif len(text) > self.budgets.key:
            self._refuse("limit-key", at, *too_much("key", len(text), self.budgets.key))
        self.key = text
        self.key_at = at

    def _put(self, value: Any, at: int) -> None:
        """Adds a value to the object or list that is being filled."""
        self.nodes += 1
        self.expanded += 1
        if self.nodes > self.budgets.nodes:
            self._refuse("limit-nodes", at, *too_much("nodes", self.nodes, self.budgets.nodes))
        node = self.node
        if node.__class__ is Seq:
            node.append(value)  # type: ignore[union-attr] # its class was just compared
            self.marks.append(at)
            return
        key, self.key = self.key, None
        if key == _MERGE and self.merged.get(id(node), (None,))[0] is _ABSENT:
            self.merged[id(node)] = (value, at)
            return
        node[key] = value  # type: ignore[index] # a key came before each value of a Map
        self.marks.append(at)

    def _open_map(self, event: MappingStartEvent) -> None:
        self._open(Map(), event)

    def _open_seq(self, event: SequenceStartEvent) -> None:
        self._open(Seq(), event)

    def _open(self, new: Node, event: MappingStartEvent | SequenceStartEvent) -> None:
        at: int = event.start_mark.index
        if event.tag is not None:
            self._refuse_tag(event)
        if self.node.__class__ is Map:
            if self.key is None:
                self._refuse("yaml-key", at, "A key is a list or an object here.")
            at = self.key_at
        self._new(new, at)
        anchor = event.anchor
        if anchor is not None:
            self.anchors[anchor] = (_ABSENT, None, 0)
        self._put(new, at)
        self.outer.append((self.node, self.marks, self.key, self.key_at, anchor, self.expanded))
        if len(self.outer) > self.budgets.depth:
            self._refuse("limit-depth", at, *too_much("depth", len(self.outer), self.budgets.depth))
        self.node = new
        self.marks = new.marks or []
        self.key = None

    def _close(self, _event: Event) -> None:
        done = self.node
        if id(done) in self.merged:
            self._merge(done)
        self.node, self.marks, self.key, self.key_at, anchor, before = self.outer.pop()
        if anchor is not None:
            self.anchors[anchor] = (done, None, self.expanded - before + 1)

    def _alias(self, event: AliasEvent) -> None:
        at: int = event.start_mark.index
        value, text, size = self.anchors.get(event.anchor, (None, None, 0))
        if size == 0:
            reason = "is part of what it stands for" if value is _ABSENT else "stands for nothing before it"
            self._refuse("yaml-alias", at, f"The alias {quoted('*' + event.anchor)} {reason}.")
        if self.key is None and self.node.__class__ is Map:
            if text is None:
                self._refuse("yaml-key", at, "A key is a list or an object here.")
            self._take_key(text, at, plain=False)
            return
        self._put(value, self.key_at if text is None and self.node.__class__ is Map else at)
        self._expand(size - 1, at)

    def _expand(self, size: int, at: int) -> None:
        self.expanded += size
        if self.expanded > self.budgets.expansion:
            self._refuse("limit-expansion", at, *too_much("expansion", self.expanded, self.budgets.expansion))

    def _merge(self, node: Node) -> None:
        """Takes over what the merge key of an object names; its own keys win, then the first that has one."""
        value, at = self.merged.pop(id(node))
        for each in value if isinstance(value, Seq) else [value]:
            if not isinstance(each, Map) or not isinstance(node, Map):
                self._refuse(
                    "yaml-merge", at, "The merge key `<<` does not name an object, or a list of objects."
                )
            self._expand(len(each), at)
            for mark, (key, inner) in zip((each.marks or [])[1:], each.items(), strict=True):
                if key not in node:
                    node[key] = inner
                    self.marks.append(mark)

    def _refuse(self, code: str, offset: int, message: str, hint: str | None = None) -> NoReturn:
        raise Refused([problem(code, self.source.at(offset), message, hint)])

    def _refuse_tag(self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> NoReturn:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        self._refuse("yaml-tag", event.start_mark.index, f"The tag {quoted(tag)} is not allowed.")

    def _refuse_syntax(self, error: YAMLError) -> NoReturn:
        raise Refused([_explained(self.source, error)])


_TOO_EARLY: Final = ("The quoted text is not closed.", "Add the closing quote.")
_NOT_CLOSED: Final = (
    "A comma or the closing bracket has to be here.",
    "Look for a bracket that is not closed.",
)
_REASONS: Final = {
    "mapping values are not allowed in this context": (
        "A `: ` is not allowed here.",
        "Check the indentation, and quote a value that has `: ` in it.",
    ),
    "block sequence entries are not allowed in this context": (
        "An item of a list is not allowed here.",
        "Check the indentation.",
    ),
    "did not find expected ',' or ']'": _NOT_CLOSED,
    "did not find expected ',' or '}'": _NOT_CLOSED,
    "did not find expected key": (
        "A key has to be here.",
        "Check the indentation, and the quotes of the value before it.",
    ),
    "did not find expected '-' indicator": (
        "An item of the list has to be here.",
        "Check the indentation: the items of a list start in one column.",
    ),
    "found unexpected end of stream": _TOO_EARLY,
    "found unexpected document indicator": _TOO_EARLY,
    "found unknown escape character": (
        "There is no such escape in double quotes.",
        "Use single quotes, or write a backslash as \\\\.",
    ),
    "could not find expected ':'": ("A `:` has to stand behind a key.", "Check the indentation."),
    "did not find expected node content": ("A value has to be here.", ""),
    "did not find expected <document start>": (
        "There is more after the end of the document.",
        "Check the indentation and the quotes of this line.",
    ),
    "found incompatible YAML document": (
        "The file asks for a version of YAML that is none.",
        "Remove the directive.",
    ),
    "found undefined tag handle": ("A YAML tag is not allowed.", "Remove it; quote what has to stay text."),
}
_NO_TOKEN: Final = "found character that cannot start any token"


def _explained(source: Source, error: YAMLError) -> Problem:
    """What libyaml says, in plain words, at its place."""
    if isinstance(error, ReaderError):
        before = source.text.encode()[: error.position].decode(errors="ignore")
        character = f"U+{error.character:04X}" if isinstance(error.character, int) else "the character"
        message = f"The control character {character} is not allowed in YAML."
        return problem(
            "yaml-syntax",
            source.at(len(before)),
            message,
            'Write it escaped in double quotes, such as "\\x1b".',
        )
    place, said = source.whole(), str(error)
    if isinstance(error, MarkedYAMLError) and error.problem_mark:
        place, said = source.at(error.problem_mark.index), error.problem or ""
    if said == _NO_TOKEN:
        reason, hint = _no_token(place)
    else:
        reason, hint = _REASONS.get(said, (f"It is not YAML: {said}.", ""))
    code = "yaml-tag" if "tag" in said else "yaml-syntax"
    return problem(code, place, reason, hint)


def _no_token(place: Place) -> tuple[str, str]:
    character = place.text[place.column - 1 - place.cut :][:1]
    if character == "\t":
        return "A tab stands where YAML counts spaces.", "Indent with spaces."
    return f"A plain value can't start with {quoted(character)}.", "Put the value in quotes."
