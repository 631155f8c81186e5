"""What templates ask of operations whose answers come in pages, or are streams."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Final

from specwright.emit.code import Code, code, join, literal, name
from specwright.emit.filters.operations import ANSWERED, result
from specwright.plan.ir import Pagination

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specwright.emit.filters.client import Twin
    from specwright.plan.ir import Operation, StreamKind

SAID: Final = tuple(field for field in fields(Pagination) if field.name not in {"kind", "items", "item"})
"""What the runtime is told of by name, where it is not as usual."""


STREAMS: Final[Mapping[StreamKind, str]] = {"events": "EventStream", "items": "ItemStream"}
"""The class of the runtime that a stream is, behind what tells its twins apart."""


def returns(operation: Operation, twin: Twin, hidden: Iterable[str] = ()) -> Code:
    """The annotation of what a method returns: the answer, its pages, or a stream."""
    answer = result(operation, hidden)
    if operation.stream is not None:
        return code("{}{}[{}]", twin.prefix, name(STREAMS[operation.stream]), answer)
    if operation.pagination is None:
        return answer
    item = replace(ANSWERED, shadowed=frozenset(hidden)).spell(operation.pagination.item)
    return code("{}Pages[{}, {}]", twin.prefix, item, answer)


def define(operation: Operation, twin: Twin) -> Code:
    """What a method begins with: pages and streams are returned at once, and nothing is waited for."""
    return twin.define if operation.pagination is None and operation.stream is None else code("def")


def send(operation: Operation, twin: Twin) -> Code:
    """The method of the runtime that a method hands its call to."""
    if operation.stream is not None:
        return code("self._stream_{}", name(operation.stream))
    return code("{}self._send", twin.wait) if operation.pagination is None else code("self._pages")


def paging(pages: Pagination) -> Code:
    """How pages follow one another, as the runtime takes it."""
    return code("Paging({})", join(", ", _paging(pages)))


def _paging(pages: Pagination) -> Iterator[Code]:
    yield literal(pages.kind)
    yield literal(pages.items)
    for field in SAID:
        value = getattr(pages, field.name)
        if value != field.default:
            said = dict(value) if field.name == "types" else value
            yield code("{}={}", name(field.name), literal(said))
