"""Bytes to text, and text that is JSON to values, within the budgets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from specwright.config.budgets import BUDGETS
from specwright.document import jsontext
from specwright.document.source import Source
from specwright.document.tree import Map, Node, Seq
from specwright.problems import Problem, Refused, problem, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specwright.config import Budgets
    from specwright.problems import Place

_OTHER_ENCODINGS: Final = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_UNMARKED: Final = {"utf-32-be": 4, "utf-32-le": 4, "utf-16-be": 2, "utf-16-le": 2}
"""Encodings, and how many bytes a character of ASCII has in them."""
_ENDS: Final = {ord(end): None for end in "\r\n\t"}
_NO_TEXT: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""Control characters that no text has, be it in UTF-8 or not."""
_LOOKED_AT: Final = 1_024
_IS_NO_TEXT: Final = ("The file is no text.", "Give a document of OpenAPI, in YAML or JSON.")
_MERGE_MARK: Final = re.compile(r"^<{7}(?= |$)(?=[\s\S]*^>{7}(?: |$))", re.MULTILINE)
_LONE_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def too_much(budget: str, found: int, allowed: int) -> tuple[str, str]:
    """Message and hint for a budget that is exceeded."""
    unit = " bytes" if BUDGETS[budget].in_bytes else ""
    return (
        f"The budget `{budget}` allows {allowed:,}{unit}, and here are {found:,} or more.",
        f"If this is meant, raise it: --budget {budget}=…, or [tool.specwright.budgets] {budget}.",
    )


def decoded(data: bytes, name: str, budgets: Budgets) -> str:
    """The text of a file, without its byte order mark; Refused unless it is UTF-8 and not too large."""
    blank = Source(name=name, path=name, text="", digest="")
    if len(data) > budgets.bytes:
        raise Refused([problem("limit-bytes", blank.at(0), *too_much("bytes", len(data), budgets.bytes))])
    other = next((encoding for mark, encoding in _OTHER_ENCODINGS.items() if data.startswith(mark)), None)
    other = other or _unmarked(data)
    if other:
        raise Refused([problem("file-encoding", blank.at(0), f"The file is {other}, not UTF-8.")])
    if _NO_TEXT.match(data):
        raise Refused([problem("file-encoding", blank.at(0), *_IS_NO_TEXT)])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if _NO_TEXT.search(data, 0, _LOOKED_AT):
            raise Refused([problem("file-encoding", blank.at(0), *_IS_NO_TEXT)]) from None
        skipped = 3 if data.startswith(b"\xef\xbb\xbf") else 0
        at = error.start + skipped
        source = Source(name=name, path=name, text=data[skipped:].decode(errors="replace"), digest="")
        offset = len(data[skipped:at].decode(errors="replace"))
        message = f"Byte {at + 1} of the file, 0x{data[at]:02x}, is not UTF-8."
        raise Refused([problem("file-encoding", source.at(offset), message)]) from None
    if not text.strip():
        raise Refused([problem("document-empty", blank.at(0), "The file is empty.")])
    return text


def _unmarked(data: bytes) -> str | None:
    """The encoding of text in UTF-16 or UTF-32 that does not say so: every other byte of what is ASCII is NUL there."""
    for encoding, width in _UNMARKED.items():
        start = data[: 16 * width]
        text = start[: len(start) // width * width].decode(encoding, "replace")
        if b"\x00" in start and text.isascii() and text.translate(_ENDS).isprintable():
            return encoding[:6].upper()
    return None


def merge_mark(source: Source) -> Problem | None:
    """The Problem for the first mark of a merge, in a text that can't be read; None where it has none."""
    found = _MERGE_MARK.search(source.text)
    if found is None:
        return None
    hint = "Settle the conflict, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>."
    code = "json-syntax" if source.path.endswith(".json") else "yaml-syntax"
    return problem(code, source.at(found.start()), "The file still has the marks of a merge.", hint)


def is_json(text: str, path: str) -> bool:
    """Whether a file is to be read as JSON first: by its name, else by its first character."""
    return path.endswith(".json") or text.lstrip()[:1] in {"{", "["}


def read_json(source: Source, budgets: Budgets, *, fallback: bool) -> tuple[Problem, ...] | None:
    """Reads a file of JSON into its `root`; returns what was mended.

    None if it is not JSON and `fallback` says that it may be something else; Refused if it may not.
    """
    try:
        source.root = jsontext.parse(source.text, source)
    except jsontext.NotJsonError as error:
        if fallback and error.code == "json-syntax":
            return None
        marked = merge_mark(source) if error.code == "json-syntax" else None
        raise Refused([marked or _problem(source, error)]) from None
    except RecursionError:
        raise Refused([_too_deep(source, budgets)]) from None
    _count(source, budgets)
    return tuple(_mend_surrogates(source)) if _LONE_SURROGATE.search(source.text) else ()


def _problem(source: Source, error: jsontext.NotJsonError) -> Problem:
    if isinstance(error, jsontext.DuplicateKeyError):
        first = source.at(error.first)
        message = f"The key {quoted(error.key)} is here twice; the other is at line {first.line}, column {first.column}."
        return problem(error.code, _place(source, error.offset), message)
    if error.code == "json-syntax":  # what is before it need not be JSON either
        return problem(error.code, source.at(error.offset), error.message, error.hint or None)
    return problem(error.code, _place(source, error.offset), error.message, error.hint or None)


def _place(source: Source, offset: int) -> Place:
    return source.at(offset, jsontext.pointer_at(source.text, offset))


def _too_deep(source: Source, budgets: Budgets) -> Problem:
    at = jsontext.deeper_than(source.text, budgets.depth)
    return problem("limit-depth", _place(source, at), *too_much("depth", budgets.depth + 1, budgets.depth))


def _count(source: Source, budgets: Budgets) -> None:
    """Holds the values of a file of JSON to the budgets: level by level, so that depth needs no recursion."""
    depth, nodes = 0, 1
    largest = source.root
    level = _nested([source.root])
    while level:
        depth += 1
        if depth > budgets.depth:
            raise Refused([_too_deep(source, budgets)])
        below: list[Node] = []
        for node in level:
            nodes += len(node)
            if len(node) > len(largest):
                largest = node
            if isinstance(node, Map):
                below += _nested(node.values())
                _hold_members(node, budgets)
            else:
                below += _nested(node)
        level = below
    if nodes > budgets.nodes:
        raise Refused([problem("limit-nodes", largest.place(), *too_much("nodes", nodes, budgets.nodes))])


def hold_size(content: Any, budgets: Budgets, place: Place) -> None:
    """Holds what was made of a file to the budgets of depth and expansion; Refused, at `place`, where it is more."""
    depth, count = 0, 1
    level = _nested([content])
    while level:
        depth += 1
        count += sum(map(len, level))
        for budget, found in (("depth", depth), ("expansion", count)):
            allowed: int = getattr(budgets, budget)
            if found > allowed:
                raise Refused([problem(f"limit-{budget}", place, *too_much(budget, found, allowed))])
        level = [each for node in level for each in _nested(node.values() if isinstance(node, Map) else node)]


def _nested(values: Iterable[Any]) -> list[Node]:
    return [value for value in values if value.__class__ is Map or value.__class__ is Seq]


def _hold_members(node: Map, budgets: Budgets) -> None:
    if len(node) > budgets.members:
        raise Refused(
            [problem("limit-members", node.place(), *too_much("members", len(node), budgets.members))]
        )
    longest = max(map(len, node), default=0)
    if longest > budgets.key:
        raise Refused([problem("limit-key", node.place(), *too_much("key", longest, budgets.key))])


def _mend_surrogates(source: Source) -> list[Problem]:
    """Puts U+FFFD for each half of a surrogate pair, which no file and no request could carry."""
    mended: list[tuple[Node, str | int]] = []
    level = _nested([source.root])
    for node in level:
        members = list(node.items()) if isinstance(node, Map) else list(enumerate(node))
        level += _nested(value for _, value in members)
        found = [key for key, value in members if _is_broken(key) or _is_broken(value)]
        if found:
            whole = [(_mend(key), _mend(value)) for key, value in members]
            if len({key for key, _ in whole}) < len(whole):
                message = "Two keys differ in halves of surrogate pairs alone, which are no characters."
                raise Refused([problem("duplicate-key", source.place(node, None), message)])
            node.clear()
            node.update(whole) if isinstance(node, Map) else node.extend(value for _, value in whole)
            mended += [(node, _mend(key)) for key in found]
    message = "The text has half of a surrogate pair, which is no character; U+FFFD stands for it."
    return [problem("lone-surrogate", source.place(node, key), message) for node, key in mended]


def _is_broken(value: Any) -> bool:
    return isinstance(value, str) and _SURROGATE.search(value) is not None


def _mend(value: Any) -> Any:
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value
