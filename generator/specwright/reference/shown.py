"""What the templates of the reference ask of its model."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote

from specwright.emit.html import Markup, elements, lines
from specwright.reference import prose as taken_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from specwright.reference.model import Answer, Calls, Content, Row, Table, Tag
    from specwright.reference.prose import Block, Piece

_METHODS: Final = frozenset({"get", "put", "post", "delete", "patch"})
_NOTHING: Final = Markup("")


class Call(NamedTuple):
    """A form of a request."""

    key: str
    title: str
    text: str
    first: bool


# --- prose --------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4_096)
def prose(text: str) -> Markup:
    """The blocks of a text."""
    return _joined(map(_block, taken_apart.blocks(text)))


@lru_cache(maxsize=4_096)
def inline(text: str) -> Markup:
    """A text on one line."""
    return Markup(" ").join(_pieces(item) for block in taken_apart.blocks(text) for item in block.items)


def first_line(text: str) -> Markup:
    """The first block of a text, if it is a paragraph; else nothing."""
    found = taken_apart.blocks(text)
    return _pieces(found[0].items[0]) if found and found[0].kind == "paragraph" else _NOTHING


def rest(text: str) -> Markup:
    """What `first_line` leaves of it."""
    found = taken_apart.blocks(text)
    return _joined(map(_block, found[1:] if found and found[0].kind == "paragraph" else found))


def _block(block: Block) -> Markup:
    match block.kind:
        case "code":
            return elements("<pre><code>{}</code></pre>", lines(block.text))
        case "list":
            return elements(
                "<ul>{}</ul>", _joined(elements("<li>{}</li>", _pieces(item)) for item in block.items)
            )
        case "heading":
            return elements('<p class="heading"><strong>{}</strong></p>', _pieces(block.items[0]))
        case "paragraph":
            return elements("<p>{}</p>", _pieces(block.items[0]))


def _pieces(found: Sequence[Piece]) -> Markup:
    return _joined(elements(_PIECES[piece.kind], piece.text, piece.href) for piece in found)


_PIECES: Final[Mapping[str, str]] = {
    "text": "{0}",
    "code": "<code>{0}</code>",
    "strong": "<strong>{0}</strong>",
    "link": '<a href="{1}" rel="noreferrer noopener external">{0}</a>',
}


def _joined(parts: Any) -> Markup:
    return _NOTHING.join(parts)


# --- rows ---------------------------------------------------------------------------------------------------------


def said(row: Row) -> Markup:
    """What is said of a field beside its name and type, as elements."""
    marks = [
        elements('<span class="mark {}">{}</span> ', kind, word)
        for kind, word, is_so in (
            ("read", "read-only", row.read_only),
            ("write", "write-only", row.write_only),
            ("deprecated", "deprecated", row.deprecated),
        )
        if is_so
    ]
    parts = [*marks, prose(row.text)]
    if row.only_of:
        parts.append(elements('<p class="only">Only of: {}</p>', _codes(row.only_of)))
    if row.as_of:
        link = elements('<a href="{}">{}</a>', fragment(row.as_of_anchor), row.as_of)
        parts.append(elements("<p>Its members are those of {}.</p>", link if row.as_of_anchor else row.as_of))
    if row.limits:
        parts.append(elements('<p class="limits">{}</p>', " · ".join(row.limits)))
    if row.values:
        parts.append(elements('<p class="values">Possible values: {}</p>', _codes(row.values)))
    if row.default is not None:
        parts.append(elements('<p class="default">Default value: <code>{}</code></p>', row.default))
    return _joined(parts)


def _codes(texts: Sequence[str]) -> Markup:
    return Markup(", ").join(elements("<code>{}</code>", text) for text in texts)


_BREAK: Final = elements("{}<wbr>", ".")


@lru_cache(maxsize=4_096)
def field_name(name: str) -> Markup:
    """A dotted name, which may break behind its dots."""
    return _BREAK.join(elements("{}", part) for part in name.split("."))


def path(text: str) -> Markup:
    """A path, which may break before its slashes."""
    return elements("<wbr>{}", "/").join(elements("{}", part) for part in text.split("/"))


def fragment(anchor: str) -> str:
    """The link to a place of the page."""
    return f"#{quote(anchor, safe='', errors='replace')}"


def requirement(row: Row) -> Markup:
    """The cell that says whether a field is required."""
    return _REQUIRED[row.required]


_REQUIRED: Final[Mapping[bool, Markup]] = {
    True: elements('<td class="yes">Yes</td>'),
    False: elements('<td class="no">No</td>'),
}


# --- the rest -----------------------------------------------------------------------------------------------------


def tag_name(tag: Tag) -> str:
    """What a tag is called; operations without one have a heading too."""
    return tag.name or "Operations"


def count(items: Sequence[object]) -> str:
    """How many there are."""
    return f"{len(items):,}"


def method_class(method: str) -> str:
    """The class of a method's colour."""
    return method.lower() if method.lower() in _METHODS else "other"


def status_class(answer: Answer) -> str:
    """The class of a status's colour."""
    return {"2": "success", "3": "moved", "4": "mistake", "5": "fault"}.get(answer.status[:1], "other")


def is_success(answer: Answer) -> bool:
    """Whether an answer is what callers hope for."""
    return answer.status.startswith("2")


def tables(content: Content) -> tuple[Table, ...]:
    """The table of a body, to be gone through: that is how a template gives it a name."""
    return (content.table,)


def header_tables(answer: Answer) -> tuple[Table, ...]:
    """The table of an answer's headers, likewise."""
    return (answer.headers,)


def call_forms(calls: Calls) -> list[Call]:
    """The forms that there are of a request, the first of them shown first."""
    every = (
        ("python", "Python", calls.python),
        ("curl", "curl", calls.curl),
        ("conductor", "Conductor", calls.conductor),
    )
    found = [(key, title, text) for key, title, text in every if text]
    return [Call(key, title, text, number == 0) for number, (key, title, text) in enumerate(found)]


FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    function.__name__: function
    for function in (
        call_forms,
        count,
        field_name,
        first_line,
        fragment,
        header_tables,
        inline,
        is_success,
        lines,
        method_class,
        path,
        prose,
        requirement,
        rest,
        said,
        status_class,
        tables,
        tag_name,
    )
}
