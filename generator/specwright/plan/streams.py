"""Operations whose successes are many values, one after another -> methods that give a stream of them.

Where the same operation has answers that come as a whole too, it becomes two methods.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from specwright.plan.combined import NONE, union
from specwright.plan.ir import ListOf, Scalar
from specwright.plan.media import SEQUENTIAL
from specwright.runtime.media import family

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from specwright.plan.ir import Answer, Argument, Operation, StreamKind, Type
    from specwright.plan.paths import Found, FoundAnswer

AnyAnswer = TypeVar("AnyAnswer", "Answer", "FoundAnswer")

STREAM: Final = " stream"
"""What stands behind the key of an operation's method in that of the method that gives its stream."""

_FLAG: Final = "stream"
"""The property of a body that asks for the one or the other."""

_KINDS: Final[Mapping[str, StreamKind]] = {"lines": "items", "sequence": "items", "events": "events"}


def successes(answers: Sequence[AnyAnswer]) -> list[AnyAnswer]:
    """The answers that are a success: where none is documented, the `default` answer is one too."""
    return [answer for answer in answers if answer.status[0] == "2"] or [
        answer for answer in answers if answer.status == "default"
    ]


def is_twofold(found: Found) -> bool:
    """Whether an operation has answers of both kinds."""
    kinds = {media.family in SEQUENTIAL for answer in successes(found.answers) for media in answer.contents}
    return len(kinds) > 1


def result(answers: Sequence[Answer]) -> Type:
    """What the successes among answers hold."""
    good = successes(answers)
    return union(answer.type or NONE for answer in good) if good else NONE


def methods(whole: Operation, name: str, builder: str) -> Iterator[Operation]:
    """The methods of an operation that is one as a whole; of two, the one for the stream has these names."""
    families = [
        family(content.media_type) for answer in successes(whole.answers) for content in answer.contents
    ]
    kinds: list[StreamKind] = [_KINDS[one] for one in families if one in _KINDS]
    if not kinds:
        yield whole
        return
    stream = _streaming(whole, kinds[0])
    if len(kinds) == len(families):
        yield stream
        return
    flag = _flag(whole)
    yield _chosen(_at_once(whole), flag, streams=False)
    yield _chosen(replace(stream, name=name, builder=builder), flag, streams=True)


def _streaming(whole: Operation, kind: StreamKind) -> Operation:
    apart = _with(whole, {name for name, one in _KINDS.items() if one == kind})
    items = [content.type for answer in successes(apart.answers) for content in answer.contents]
    return replace(apart, stream=kind, result=ListOf(union(items)), pagination=None)


def _at_once(whole: Operation) -> Operation:
    apart = _with(whole, None)
    return replace(apart, result=result(apart.answers))


def _with(whole: Operation, families: set[str] | None) -> Operation:
    """The operation with the successes that are written in one of these ways; None is all that come as a whole."""
    good = successes(whole.answers)
    answers: list[Answer] = []
    for answer in whole.answers:
        if answer not in good or not answer.contents:
            answers.append(answer)
            continue
        contents = tuple(
            content
            for content in answer.contents
            if (one := family(content.media_type)) in (families or ())
            or (families is None and one not in SEQUENTIAL)
        )
        if contents:
            held = union(content.type for content in contents)
            answers.append(replace(answer, contents=contents, type=held))
    accepted = [content.media_type for answer in successes(answers) for content in answer.contents]
    return replace(whole, answers=tuple(answers), accept=", ".join(dict.fromkeys(accepted)))


def _flag(operation: Operation) -> Argument | None:
    """The argument by which callers would choose."""
    return next(
        (
            argument
            for argument in operation.arguments
            if operation.flat and argument.location == "body" and argument.wire == _FLAG
            if argument.type == Scalar("bool")
        ),
        None,
    )


def _chosen(operation: Operation, flag: Argument | None, *, streams: bool) -> Operation:
    """The method without that argument. It says what it wants, unless the document has just that as the default."""
    if flag is None:
        return operation
    is_default = flag.doc.default == (streams,) and not flag.required
    return replace(
        operation,
        arguments=tuple(argument for argument in operation.arguments if argument is not flag),
        example={name: value for name, value in operation.example.items() if name != flag.name},
        fixed=() if is_default and not streams else ((flag.wire, streams),),
    )
