"""What the document says of answers -> sections of docstrings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.plan.ir import Answer, Link, Operation


def sections(operation: Operation) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Titles, each with its entries: the headers of answers, and what may be called after them."""
    headers = [entry for answer in operation.answers for entry in _headers(answer)]
    links = [entry for answer in operation.answers for entry in map(_link, answer.links)]
    if headers:
        yield "Headers of answers", list(dict.fromkeys(headers))
    if links:
        yield "What can be called then", list(dict.fromkeys(links))


def _headers(answer: Answer) -> Iterator[tuple[str, str]]:
    for name, text in answer.headers:
        yield f"{name} ({answer.status})", text.strip()


def _link(link: Link) -> tuple[str, str]:
    """The call, with the runtime expressions of the document as they are; `body` is what its body is made from."""
    given = [f"{name}={value!r}" for name, value in link.arguments]
    body = [f"**{link.body!r}"] if link.body else []
    return f"`{link.call}({', '.join([*given, *body])})`", link.text.strip() or link.name
