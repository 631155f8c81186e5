"""The reference as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.problems import escaped
from specwright.reference.prose import blocks, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.reference.model import Answer, Content, Operation, Reference, Row, Sent, ServerUrl, Table

_COLUMNS = "Name Type Required Description"


def text(reference: Reference) -> str:
    """The whole: what it is of, and each operation as its page has it."""
    parts = ["\n\n".join(_operation(operation)) for operation in reference.operations()]
    parts += ["\n\n".join(_sent(sent, "Webhook")) for sent in reference.sent]
    head = " ".join(filter(None, (_line(reference.title), _line(reference.version))))
    return "\n\n\n".join(["\n\n".join([head, *_prose(reference.text)]), *parts]) + "\n"


def of_operation(operation: Operation) -> str:
    """One operation."""
    return "\n\n".join(_operation(operation)) + "\n"


def _operation(operation: Operation) -> Iterator[str]:
    yield f"{_line(operation.method)} {_line(operation.path)}"
    mark = "Deprecated: " if operation.deprecated else ""
    yield f"{mark}{_line(operation.title)}"
    yield from _prose(operation.text)
    yield "Servers"
    if operation.servers:
        yield "\n".join(map(_server, operation.servers))
    if operation.security:
        yield "Authentication"
        yield "\n".join(f"  • {_line(way)}" for way in operation.security)
    for table in operation.tables:
        yield from _table(table)
    if operation.bodies and operation.body_text:
        yield "Request body"
        yield from _prose(operation.body_text)
    for content in operation.bodies:
        yield from _content(content, several=len(operation.bodies) > 1)
    for answer in operation.answers:
        yield from _answer(answer)
    for sent in operation.sent:
        yield from _sent(sent, "Callback")
    for title, code in (
        ("Python", operation.calls.python),
        ("curl", operation.calls.curl),
        ("Conductor task", operation.calls.conductor),
    ):
        if code:
            yield title
            yield _indented(code)


def _answer(answer: Answer) -> Iterator[str]:
    yield f"Response {_line(answer.status)}"
    yield from _prose(answer.text)
    if answer.headers.rows:
        yield from _table(answer.headers)
    for content in answer.contents:
        yield from _content(content, several=True)


def _sent(sent: Sent, what: str) -> Iterator[str]:
    yield " ".join(_line(part) for part in (what, sent.name, sent.method, sent.where) if part)
    yield from _prose(sent.text)
    for content in sent.bodies:
        yield from _content(content, several=True)


def _server(server: ServerUrl) -> str:
    said = _line(_flat(server.text))
    return f"{_line(server.url)}{f' ({said})' if said else ''}"


def _content(content: Content, *, several: bool) -> Iterator[str]:
    yield from _table(content.table, content.media_type if several else "")
    for example in content.examples[:1]:
        yield f"{_line(example.title.removesuffix('.'))} ({_line(content.media_type)})"
        yield _indented(example.text)


def _table(table: Table, media_type: str = "") -> Iterator[str]:
    behind = f" ({_line(media_type)})" if media_type else ""
    if not table.rows:
        if behind:
            yield f"Body{behind}"
        return
    yield f"{table.title}{behind}"
    yield _COLUMNS
    for row in table.rows:
        yield from _row(row)
    if table.more:
        yield "There are further fields, deeper or more than are listed here."


def _row(row: Row) -> Iterator[str]:
    yield f"{_line(row.name)} {row.type} {'Yes' if row.required else 'No'}"
    marks = [
        mark
        for mark, is_so in (
            ("read-only.", row.read_only),
            ("write-only.", row.write_only),
            ("Deprecated:", row.deprecated),
        )
        if is_so
    ]
    first, *more = [*_prose(row.text)] or [""]
    said = " ".join([*marks, first]).strip()
    if said:
        yield said
    yield from more
    if row.only_of:
        yield f"Only of: {', '.join(map(_line, row.only_of))}"
    if row.as_of:
        yield f"Members: as those of {_line(row.as_of)}"
    if row.limits:
        yield "\n".join(map(_line, row.limits))
    if row.values:
        yield "Possible values:"
        yield "\n".join(f"  • {_line(value)}" for value in row.values)
    if row.default is not None:
        yield f"Default value: {_line(row.default)}"


def _prose(said: str) -> Iterator[str]:
    for block in blocks(said):
        match block.kind:
            case "code":
                yield _indented(block.text)
            case "list":
                yield "\n".join(f"  • {escaped(plain(item))}" for item in block.items)
            case _:
                yield from (escaped(plain(item)) for item in block.items)


def _flat(said: str) -> str:
    return " ".join(plain(item) for block in blocks(said) for item in block.items)


def _line(said: str) -> str:
    return escaped(" ".join(said.split()))


def _indented(code: str) -> str:
    return "\n".join(f"    {escaped(line.expandtabs())}".rstrip() for line in code.split("\n"))
