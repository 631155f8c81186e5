"""What templates ask of operations: what the runtime is told of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.emit.code import code, join, literal, name
from specwright.emit.filters.client import server
from specwright.emit.filters.operations import ANSWERED
from specwright.emit.filters.paging import paging

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specwright.emit.code import Code
    from specwright.plan.ir import Answer, Body, Content, Encoding, Operation

JSON: Final = "application/json"
AGAIN: Final = frozenset({"408", "425", "429", "502", "503", "504"})
HINTS: Final = frozenset({"retry-after", "retry-after-ms", "x-ms-retry-after-ms"})
"""The headers that tell when to try again, as the runtime reads them."""


def described_by(operation: Operation) -> list[Code]:
    """The arguments of the `Operation`."""
    return list(_described_by(operation))


def _described_by(operation: Operation) -> Iterator[Code]:
    yield literal(operation.method)
    yield literal(operation.path)
    if operation.server:
        yield code("server={}", server(operation.server))
    if operation.security:
        yield code("security={}", literal([list(schemes) for schemes in operation.security]))
    if operation.parameters_function:
        yield code("parameters={}", name(operation.parameters_function))
    yield from _bodies(operation)
    if styles := _styles(operation):
        yield code("styles={}", styles)
    if operation.accept != JSON:
        yield code("accept={}", literal(operation.accept))
    if operation.bodies and not operation.body_required:
        yield code("body_required=False")
    yield from _repeated(operation)
    if operation.secrets:
        yield code("secrets={}", literal(operation.secrets))
    if operation.pagination:
        yield code("paging={}", paging(operation.pagination))
    if operation.answers:
        items = (code("{}: {}", literal(answer.status), _answer(answer)) for answer in operation.answers)
        yield code("answers={{{}}}", join(", ", items))


def _repeated(operation: Operation) -> Iterator[Code]:
    """What tells when a request may be sent again."""
    if operation.idempotency:
        yield code("idempotency={}", literal(operation.idempotency))
    if waits := _retry_after(operation):
        yield code("retry_after={}", literal(waits))


def _retry_after(operation: Operation) -> tuple[str, ...]:
    """The statuses of errors that say when to try again, beside those after which it is tried anyway."""
    return tuple(
        answer.status
        for answer in operation.answers
        if answer.status[0] in "45" and answer.status not in AGAIN
        if any(header.lower() in HINTS for header, _ in answer.headers)
    )


# --- bodies -----------------------------------------------------------------------------------------------------


def _bodies(operation: Operation) -> Iterator[Code]:
    match operation.bodies:
        case ():
            return
        case (only,) if only.family == "json":
            if only.function:
                yield code("body={}", name(only.function))
            if only.media_type != JSON:
                yield code("media_type={}", literal(only.media_type))
        case bodies:
            yield code("bodies=[{}]", join(", ", map(_body, bodies)))


def _body(body: Body) -> Code:
    said = [literal(body.media_type)]
    if body.function:
        said.append(name(body.function))
    if body.encodings:
        items = (code("{}: {}", literal(item.wire), _encoding(item)) for item in body.encodings)
        said.append(code("encodings={{{}}}", join(", ", items)))
    if body.positions:
        said.append(code("positions=[{}]", join(", ", map(_encoding, body.positions))))
    if body.uploads:
        said.append(code("uploads={}", literal(body.uploads)))
    if body.texts:
        said.append(code("texts={}", literal(body.texts)))
    return code("Body({})", join(", ", said))


def _encoding(encoding: Encoding) -> Code:
    said = [code("style={}", _style(encoding.style))] if encoding.style else []
    if encoding.content_type:
        said.append(code("content_type={}", literal(encoding.content_type)))
    if encoding.headers:
        said.append(code("headers={}", literal(dict(encoding.headers))))
    return code("Encoding({})", join(", ", said))


def _styles(operation: Operation) -> Code | None:
    """The styles of parameters, by place and name, where they are not the usual ones."""
    places: dict[str, list[Code]] = {}
    for argument in operation.arguments:
        if argument.style is not None:
            styled = code("{}: {}", literal(argument.wire), _style(argument.style))
            places.setdefault(argument.location, []).append(styled)
    items = [code("{}: {{{}}}", literal(place), join(", ", styles)) for place, styles in places.items()]
    return code("{{{}}}", join(", ", items)) if items else None


def _style(style: tuple[str, bool, bool]) -> Code:
    return code("Style({})", join(", ", (literal(said) for said in style)))


# --- answers ----------------------------------------------------------------------------------------------------


def _answer(answer: Answer) -> Code:
    if not answer.contents:
        return code("Answer(None)")
    first, *others = answer.contents
    return _content(first, others)


def _content(content: Content, others: Iterable[Content] = ()) -> Code:
    said = [ANSWERED.spell(content.type)]
    if content.function is not None:
        said.append(name(content.function))
    if content.function is None or content.media_type != JSON:
        said.append(code("media_type={}", literal(content.media_type)))
    more = [_content(other) for other in others]
    if more:
        said.append(code("others=[{}]", join(", ", more)))
    return code("Answer({})", join(", ", said))
