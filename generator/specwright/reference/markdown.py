"""The reference as one file of Markdown (GitHub Flavored Markdown 0.29), in which nothing that a document says is markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specwright.emit.prose import Markdown, line, span
from specwright.problems import escaped
from specwright.reference.prose import blocks, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.reference.model import Answer, Content, Operation, Reference, Row, Sent, Table
    from specwright.reference.prose import Piece


def markdown(reference: Reference) -> str:
    """The whole: a list of the operations, and each of them."""
    return "\n\n".join(_whole(reference)) + "\n"


def _whole(reference: Reference) -> Iterator[str]:
    yield f"# {line(' '.join(filter(None, (reference.title, reference.version))))}"
    yield from _prose(reference.text)
    for tag in reference.tags:
        yield f"**{line(tag.name or 'Operations')}**"
        yield "\n".join(
            f"- [{line(operation.title)}](#{operation.slug}) {span(f'{operation.method} {operation.path}')}"
            for operation in tag.operations
        )
    for tag in reference.tags:
        yield f"## {line(tag.name or 'Operations')}"
        yield from _prose(tag.text)
        for operation in tag.operations:
            yield from _operation(operation)
    if reference.sent:
        yield "## Webhooks"
        for sent in reference.sent:
            yield from _sent(sent)


def _operation(operation: Operation) -> Iterator[str]:
    yield f'<a id="{operation.slug}"></a>'
    yield f"### {line(operation.title)}"
    mark = "**Deprecated.** " if operation.deprecated else ""
    yield f"{mark}{span(f'{operation.method} {operation.path}')}"
    yield from _prose(operation.text)
    if operation.servers:
        yield "#### Servers"
        yield "\n".join(f"- {span(server.url)} {_flat(server.text)}".rstrip() for server in operation.servers)
    if operation.security:
        yield "#### Authentication"
        yield "\n".join(f"- {line(way)}" for way in operation.security)
    for table in operation.tables:
        yield from _table(table, "")
    if operation.bodies:
        yield "#### Request body"
        yield from _prose(operation.body_text)
    for content in operation.bodies:
        yield from _content(content)
    for answer in operation.answers:
        yield from _answer(answer)
    for sent in operation.sent:
        yield from _sent(sent)
    yield from _calls(operation)


def _calls(operation: Operation) -> Iterator[str]:
    calls = operation.calls
    for title, language, code in (
        ("Python", "python", calls.python),
        ("curl", "sh", calls.curl),
        ("Conductor task", "json", calls.conductor),
    ):
        if code:
            yield f"#### {title}"
            yield _fenced(code, language)


def _answer(answer: Answer) -> Iterator[str]:
    yield f"#### Response {line(answer.status)}"
    yield from _prose(answer.text)
    yield from _table(answer.headers, "")
    for content in answer.contents:
        yield from _content(content)


def _sent(sent: Sent) -> Iterator[str]:
    where = f" {span(sent.where)}" if sent.where else ""
    yield f"#### {line(sent.name)}: {line(sent.method)}{where}"
    yield from _prose(sent.text)
    for content in sent.bodies:
        yield from _content(content)


def _content(content: Content) -> Iterator[str]:
    yield from _table(content.table, content.media_type)
    for example in content.examples:
        yield f"{line(example.title.removesuffix('.'))} ({span(content.media_type)}):"
        yield _fenced(example.text, "json" if not isinstance(example.value, str) else "")


def _table(table: Table, media_type: str) -> Iterator[str]:
    behind = f" ({span(media_type)})" if media_type else ""
    if not table.rows:
        if behind:
            yield f"Body{behind}"
        return
    yield f"**{line(table.title)}**{behind}"
    head = ["| Name | Type | Required | Description |", "| --- | --- | --- | --- |"]
    yield "\n".join([*head, *map(_row, table.rows)])
    if table.more:
        yield "There are further fields, deeper or more than are listed here."


def _row(row: Row) -> str:
    cells = (_code(row.name), line(row.type), "Yes" if row.required else "No", " ".join(_said(row)))
    return f"| {' | '.join(cells)} |"


def _said(row: Row) -> Iterator[str]:
    for mark, is_so in (
        ("*read-only.*", row.read_only),
        ("*write-only.*", row.write_only),
        ("*Deprecated:*", row.deprecated),
    ):
        if is_so:
            yield mark
    if row.text:
        yield _flat(row.text)
    if row.only_of:
        yield f"Only of: {', '.join(map(_code, row.only_of))}."
    if row.as_of:
        yield f"Its members are those of {_code(row.as_of)}."
    if row.limits:
        yield f"{line('; '.join(row.limits))}."
    if row.values:
        yield f"Possible values: {', '.join(map(_code, row.values))}."
    if row.default is not None:
        yield f"Default value: {_code(row.default)}."


def _code(text: str) -> Markdown:
    """Code within a cell, where a bar ends it even in code (section 4.10)."""
    return Markdown(span(text).replace("|", "\\|"))


def _prose(text: str) -> Iterator[str]:
    for block in blocks(text):
        match block.kind:
            case "code":
                yield _fenced(block.text, "")
            case "list":
                yield "\n".join(f"- {_pieces(item)}" for item in block.items)
            case "heading":
                yield f"**{line(plain(block.items[0]))}**"
            case "paragraph":
                yield _pieces(block.items[0])


def _pieces(pieces: tuple[Piece, ...]) -> str:
    return "".join(
        span(piece.text) if piece.kind == "code" else _inner(piece.text) for piece in pieces
    ).strip()


def _inner(text: str) -> str:
    """Text between other pieces: the spaces at its ends stay."""
    before, after = (" " if text[:1].isspace() else ""), (" " if text[-1:].isspace() else "")
    return f"{before}{line(text)}{after}"


def _flat(text: str) -> str:
    return line(" ".join(plain(item) for block in blocks(text) for item in block.items))


_TICKS: Final = re.compile("`{3,}")


def _fenced(text: str, language: str) -> str:
    """Lines of code; the fence is longer than any in them (CommonMark 0.31, section 4.5)."""
    fence = "`" * max((len(run) + 1 for run in _TICKS.findall(text)), default=3)
    lines = "\n".join(escaped(each.expandtabs(4)) for each in text.split("\n"))
    return f"{fence}{language}\n{lines}\n{fence}"
