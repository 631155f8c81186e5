"""Bytes to values that know their places: the one home of PyYAML. Nothing is built that was not counted.

YAML is read as the events of libyaml's parser, on which every budget is counted: nothing composes or constructs nodes
before us, so that nesting and aliases can't do harm. Merge keys (`<<`) are supported; tags are refused.
"""

from __future__ import annotations

import hashlib
import re
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn

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

from specwright.document import scalars, yaml_errors
from specwright.document.source import Source
from specwright.document.text import decoded, is_json, merge_mark, read_json, too_much
from specwright.document.tree import Map, Node, Seq, escape
from specwright.problems import Problem, Refused, problem, quoted

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
    source.is_yaml = True
    builder = _Builder(source, budgets)
    builder.build()
    return source, tuple(builder.problems)


class _Resolved(dict[str, Any]):
    """What plain scalars stand for, each worked out once."""

    def __missing__(self, text: str) -> Any:
        value = self[text] = scalars.resolve(text)
        return value


class _Anchor(NamedTuple):
    """What an alias stands for."""

    value: Any
    """_ABSENT until it is complete."""
    text: str | None
    """Of a scalar: what it says as a key."""
    size: int
    """How many values it is when each alias in it is written out."""
    at: int = 0
    """Where it begins, as long as it is not complete."""


_ABSENT: Final[Any] = object()
_UNKNOWN: Final[_Anchor] = _Anchor(None, None, 0)
_MERGE: Final = "<<"
_TAG_DIRECTIVE: Final = re.compile(r"(?:\A|[\n\r\x85\u2028\u2029])%TAG(?=[ \t])")
_DIRECTIVES: Final = 100
_TEXT: Final = "tag:yaml.org,2002:str"
"""The one tag that is read: with it a scalar is text, as with quotes around it."""


class _Builder:
    """Builds the values of one YAML document from its events.

    Events are Any below: typeshed gives each of their marks the type of an event that was made without one.
    """

    def __init__(self, source: Source, budgets: Budgets) -> None:
        self.source = source
        self.budgets = budgets
        self.resolved = _Resolved()
        self.problems: list[Problem] = []
        self.nodes = 0
        self.repeated = 0
        """How many more values there would be with each alias written out."""
        # What is being filled: a list that takes the root is the outermost.
        self.holder: Any = Seq()
        self.marks: list[int] = []
        self.key: str | None = None
        self.key_at = 0
        self.outer: list[tuple[Any, list[int], str | None, int]] = []
        """Around what is being filled: what holds it, its marks, the anchor of what it holds, and the values before."""
        self.anchors: dict[str, _Anchor] = {}
        self.holders: dict[int, tuple[Node, str | int]] = {}
        """Of each object and list, by identity: what holds it, and under which key."""
        self.is_tree = True
        """Whether each value is in one place: none has an alias, or is merged."""
        self.merged: dict[int, tuple[Any, int]] = {}
        """Of each object with a merge key, by identity: what it merges, and where."""

    def build(self) -> None:
        """Reads the whole file into its `root`."""
        self._count_directives()
        try:
            self._read_events(CParser(self.source.text).get_event)
        except YAMLError as error:
            raise Refused([merge_mark(self.source) or _explained(self.source, error, self.budgets)]) from None
        if not self.holder:
            self._refuse("document-empty", 0, "The file has nothing but comments.")
        self.source.root = self.holder[0]
        if self.is_tree:
            self.holders.pop(id(self.source.root), None)
            self.source.holders = self.holders

    def _count_directives(self) -> None:
        """The parser holds each handle of a tag against all before it, and gives no event until it has them all."""
        found = _TAG_DIRECTIVE.finditer(self.source.text) if "%TAG" in self.source.text else iter(())
        one_too_many = next(islice(found, _DIRECTIVES, None), None)
        if one_too_many is not None:
            at = one_too_many.end() - len("%TAG")
            self._refuse(
                "yaml-tag", at, f"There are more than {_DIRECTIVES} handles of tags, and no tag is allowed."
            )

    def _read_events(self, next_event: Callable[[], Any]) -> None:
        handlers: Mapping[type[Event], Callable[[Any], None]] = {
            ScalarEvent: self._scalar,
            AliasEvent: self._alias,
            MappingStartEvent: self._open,
            SequenceStartEvent: self._open,
            MappingEndEvent: self._close,
            SequenceEndEvent: self._close,
            DocumentStartEvent: self._document,
        }
        resolved, longest, most = self.resolved, self.budgets.key, self.budgets.nodes
        while (event := next_event()) is not None:
            kind: type[Event] = event.__class__
            # Two of three events are scalars with nothing special to them. Those are taken here, as `_scalar` would: its calls
            # would cost as much as the parser does.
            if kind is ScalarEvent and event.tag is None and event.anchor is None:
                text = event.value
                if self.key is None and self.holder.__class__ is Map:
                    if text not in self.holder and text != _MERGE and len(text) <= longest:
                        self.key = text
                        self.key_at = event.start_mark.index
                        continue
                elif self.nodes < most and self.key != _MERGE:
                    value = resolved.get(text, _ABSENT) if event.implicit[0] else text
                    if value is not _ABSENT:
                        self.nodes += 1
                        self.marks.append(event.start_mark.index)
                        if self.key is None:
                            self.holder.append(value)
                        else:
                            self.holder[self.key] = value
                            self.key = None
                        continue
            handler = handlers.get(kind)
            if handler is not None:
                handler(event)

    def _document(self, event: Any) -> None:
        if self.holder:
            self._refuse("yaml-documents", event.start_mark.index, "A second document starts here.")

    def _scalar(self, event: Any) -> None:
        text: str = event.value
        if event.tag is not None and event.tag != _TEXT:
            self._refuse_tag(event)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchor(self._value(event), text, 1)
        if self.key is None and self.holder.__class__ is Map:
            self._take_key(text, event.start_mark.index, plain=event.implicit[0])
        else:
            self._put(self._value(event), event.start_mark.index)

    def _value(self, event: Any) -> Any:
        if not event.implicit[0]:
            return event.value
        if event.value not in self.resolved and scalars.is_ruinous(event.value):
            place = self.source.at(event.start_mark.index, self._pointer())
            message = "Some readers of YAML take this for a number in base sixty, which takes them very long; it is text."
            self.problems.append(problem("ambiguous-text", place, message))
        try:
            return self.resolved[event.value]
        except scalars.TooManyDigitsError:
            self._refuse("number-range", event.start_mark.index, "The number has too many digits.")

    def _take_key(self, text: str, at: int, *, plain: bool) -> None:
        if text in self.holder:
            first = self.source.at(self.marks[list(self.holder).index(text) + 1])
            self.key = text
            message = f"The key {quoted(text)} is here twice; the other is at line {first.line}."
            self._refuse("duplicate-key", at, message)
        if plain and text == _MERGE:
            if id(self.holder) in self.merged:
                self._refuse(
                    "duplicate-key", at, "The merge key `<<` is here twice.", "Give it a list of both."
                )
            self.merged[id(self.holder)] = (_ABSENT, at)
        elif len(text) > self.budgets.key:
            self._refuse("limit-key", at, *too_much("key", len(text), self.budgets.key))
        self.key = text
        self.key_at = at

    def _put(self, value: Any, at: int) -> None:
        """Adds a value to the object or list that is being filled."""
        self.nodes += 1
        if self.nodes > self.budgets.nodes:
            self._refuse("limit-nodes", at, *too_much("nodes", self.nodes, self.budgets.nodes))
        node = self.holder
        if node.__class__ is Seq:
            node.append(value)
            self.marks.append(at)
            return
        key, self.key = self.key, None
        if key == _MERGE and self.merged.get(id(node), (None,))[0] is _ABSENT:
            self.merged[id(node)] = (value, at)
            return
        node[key] = value
        self.marks.append(at)

    def _open(self, event: Any) -> None:
        new: Node = Map() if event.__class__ is MappingStartEvent else Seq()
        at: int = event.start_mark.index
        if event.tag is not None:
            self._refuse_tag(event)
        if self.holder.__class__ is Map:
            if self.key is None:
                self._refuse("yaml-key", at, "A key is a list or an object here.")
            at = self.key_at
        self.holders[id(new)] = (self.holder, len(self.holder) if self.key is None else self.key)
        new.origin = self.source
        new.marks = [at]
        anchor = event.anchor
        if anchor is not None:
            self.anchors[anchor] = _Anchor(_ABSENT, None, 0, at)
        self._put(new, at)
        self.outer.append((self.holder, self.marks, anchor, self.nodes + self.repeated))
        if len(self.outer) > self.budgets.depth:
            self._refuse("limit-depth", at, *too_much("depth", len(self.outer), self.budgets.depth))
        self.holder = new
        self.marks = new.marks or []
        self.key = None

    def _close(self, _event: Any) -> None:
        done = self.holder
        if id(done) in self.merged:
            self._merge(done)
        if len(done) > self.budgets.members and done.__class__ is Map:
            at = self.marks[0]
            self._refuse("limit-members", at, *too_much("members", len(done), self.budgets.members))
        self.holder, self.marks, anchor, before = self.outer.pop()
        if anchor is not None:
            self.anchors[anchor] = _Anchor(done, None, self.nodes + self.repeated - before + 1)

    def _alias(self, event: Any) -> None:
        at: int = event.start_mark.index
        found = self.anchors.get(event.anchor, _UNKNOWN)
        if found.size == 0:
            begun = self.source.at(found.at).line
            reason = (
                f"is part of what it stands for, which begins at line {begun}"
                if found.value is _ABSENT
                else "stands for nothing before it"
            )
            self._refuse("yaml-alias", at, f"The alias {quoted('*' + event.anchor)} {reason}.")
        if self.key is None and self.holder.__class__ is Map:
            if found.text is None:
                self._refuse("yaml-key", at, "A key is a list or an object here.")
            self._take_key(found.text, at, plain=False)
            return
        self.is_tree = False
        self._expand(found.size - 1, at, before=1)
        self._put(found.value, self.key_at if found.text is None and self.holder.__class__ is Map else at)

    def _expand(self, size: int, at: int, *, before: int = 0) -> None:
        """Counts `size` values more; `before` is how many of them will be counted as they are put in place."""
        self.repeated += size
        expanded = self.nodes + self.repeated + before
        if expanded > self.budgets.expansion:
            self._refuse("limit-expansion", at, *too_much("expansion", expanded, self.budgets.expansion))

    def _merge(self, node: Node) -> None:
        """Takes over what the merge key of an object names; its own keys win, then the first that has one."""
        self.is_tree = False
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
        raise Refused([problem(code, self.source.at(offset, self._pointer()), message, hint)])

    def _pointer(self) -> str:
        """The JSON Pointer of what is being read."""
        keys: list[str | int] = []
        node = self.holder
        if self.outer:
            if node.__class__ is Seq:
                keys.append(len(node))
            elif self.key is not None:
                keys.append(self.key)
        while id(node) in self.holders:
            node, key = self.holders[id(node)]
            keys.append(key)
        return "".join(f"/{escape(str(key))}" for key in reversed(keys[:-1]))  # the outermost holds the root

    def _refuse_tag(self, event: Any) -> NoReturn:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        self._refuse("yaml-tag", event.start_mark.index, f"The tag {quoted(tag)} is not allowed.")


_DEEPEST: Final = "exceeded maximum nesting depth"
"""What libyaml says where it looks ahead and meets what is deeper than it counts."""
_COUNTED: Final = 1_000


def _explained(source: Source, error: YAMLError, budgets: Budgets) -> Problem:
    if isinstance(error, ReaderError):
        return yaml_errors.character(source, error.position, int(error.character))
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    place = source.at(mark.index) if mark else source.whole()
    if isinstance(error, MarkedYAMLError) and error.problem == _DEEPEST:
        return problem("limit-depth", place, *too_much("depth", _COUNTED, budgets.depth))
    return yaml_errors.syntax(getattr(error, "problem", None) or "it can't be read", place)
