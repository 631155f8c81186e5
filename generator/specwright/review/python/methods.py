"""The methods of the client and of its resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.review.python import arguments, spelling
from specwright.review.python.comparing import softened
from specwright.review.python.keys import words
from specwright.review.python.making import Origin, Said, change, reworded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.plan.ir import Operation, Resource
    from specwright.review.findings import PythonChange
    from specwright.review.python.comparing import Comparing
    from specwright.review.python.sides import Method

TAGS: Final = "#/tags"
"""Where resources come from: the tags, of which the member is the name of one."""


def of_resources(comparing: Comparing) -> Iterator[PythonChange]:
    """The changes of the client's attributes that hold methods."""
    pairs = comparing.pairs
    before = {item.attribute: name for name, item in pairs.resources.items()}
    olds = {item.attribute: item for item in pairs.old.api.resources}
    was, now = pairs.old.tags, pairs.new.tags
    for new in pairs.new.api.resources:
        symbol = f"Client.{new.attribute}"
        old = olds.get(before.get(new.attribute, ""))
        if old is None:
            origin = Origin("", TAGS, now.get(new.attribute, ""))
            yield change("py-resource-added", symbol, Said(None, _attribute(new)), origin)
            continue
        origin = Origin(TAGS, TAGS, was.get(old.attribute, ""))
        if old.attribute != new.attribute:
            said = Said(_attribute(old), _attribute(new))
            yield change("py-resource-renamed", f"Client.{old.attribute}", said, origin)
        if old.name != new.name:
            said = Said(old.name, new.name)
            yield change("py-resource-class-renamed", f"client.{old.name}", said, origin)
        here = origin.of(now.get(new.attribute, ""))
        yield from reworded(symbol, old.doc.text, new.doc.text, here)
    for old in pairs.old.api.resources:
        if old.attribute not in pairs.resources:
            origin = Origin(TAGS, "", was.get(old.attribute, ""))
            yield change(
                "py-resource-removed", f"Client.{old.attribute}", Said(_attribute(old), None), origin
            )


def _attribute(resource: Resource) -> str:
    return f"client.{resource.attribute}"


def of_methods(comparing: Comparing) -> Iterator[PythonChange]:
    """The changes of methods, in the order of the new package; those that are gone come last."""
    pairs = comparing.pairs
    for new in pairs.new.methods:
        old = pairs.before.get(new.operation.builder)
        if old is None:
            said = Said(None, _signature(new))
            yield change("py-client-method-added", new.symbol, said, Origin("", new.key))
        elif old.key != new.key or pairs.is_renaming or old != new:
            yield from _of_pair(comparing, old, new)
    for old in pairs.old.methods:
        if old.operation.builder not in pairs.methods:
            said = Said(_signature(old), None)
            yield change("py-client-method-removed", old.symbol, said, Origin(old.key, ""))


def _signature(method: Method) -> str:
    return spelling.signature(method.operation, method.symbol)


def _of_pair(comparing: Comparing, old: Method, new: Method) -> Iterator[PythonChange]:
    origin = Origin(old.key, new.key)
    if _expected(comparing, old) != new.place:
        said = Said(_signature(old), _signature(new))
        yield change("py-client-method-renamed", old.symbol, said, origin)
    if old.operation == new.operation and not comparing.pairs.is_renaming:
        return
    yield from _of_deprecation(old.operation, new.operation, new.symbol, origin)
    yield from arguments.changes(comparing, old, new, origin)
    yield from _of_result(comparing, old.operation, new.operation, new.symbol, origin)
    yield from _of_errors(old.operation, new.operation, new.symbol, origin)
    told = (" ".join(_told(one, other)) for one, other in _both_ways(old.operation, new.operation))
    yield from reworded(new.symbol, next(told), next(told), origin)


def _expected(comparing: Comparing, old: Method) -> tuple[str, ...]:
    """Where a method is to be looked for, if nothing but its resource was renamed."""
    now = comparing.pairs.resources.get(old.resource.attribute) if old.resource is not None else None
    return old.place if now is None else (now.attribute, old.operation.name)


def _of_deprecation(old: Operation, new: Operation, symbol: str, origin: Origin) -> Iterator[PythonChange]:
    if new.doc.deprecated and not old.doc.deprecated:
        yield change("py-client-method-deprecated", symbol, Said("", "@deprecated"), origin)
    if old.doc.deprecated and not new.doc.deprecated:
        yield change("py-client-method-undeprecated", symbol, Said("@deprecated", ""), origin)


def _of_result(
    comparing: Comparing, old: Operation, new: Operation, symbol: str, origin: Origin
) -> Iterator[PythonChange]:
    # A list is no stream, a stream of events is none of plain values, and pages are neither.
    if (old.pagination is None, old.stream) != (new.pagination is None, new.stream):
        said = Said(f"-> {spelling.returned(old)}", f"-> {spelling.returned(new)}")
        yield change("py-return-changed", symbol, said, origin)
        return
    verdict = comparing.compare(old.result, new.result, "models")
    if verdict == "same" and old.pagination is not None and new.pagination is not None:
        verdict = comparing.compare(old.pagination.item, new.pagination.item, "models")
    if verdict == "same":
        return
    level, note = softened(new.result, verdict)
    said = Said(f"-> {spelling.returned(old)}", f"-> {spelling.returned(new)}")
    cause = comparing.cause(old.result, new.result, origin)
    yield change(f"py-return-{verdict}", symbol, said, cause, level=level, note=note)


def _of_errors(old: Operation, new: Operation, symbol: str, origin: Origin) -> Iterator[PythonChange]:
    """The errors that a method is documented to raise, each with the status that it is raised for."""
    was, now = _errors(old), _errors(new)
    for error in (error for error in now if error not in was):
        said = Said(None, f"raises {error}")
        yield change("py-exception-added", f"{symbol} raises {error}", said, origin.of(now[error]))
    for error in (error for error in was if error not in now):
        said = Said(f"raises {error}", None)
        yield change("py-exception-removed", f"{symbol} raises {error}", said, origin.of(was[error]))


def _errors(operation: Operation) -> Mapping[str, str]:
    return {answer.error: answer.status for answer in operation.answers if answer.error is not None}


def _both_ways(old: Operation, new: Operation) -> Iterator[tuple[Operation, Operation]]:
    yield old, new
    yield new, old


def _told(operation: Operation, other: Operation) -> Iterator[str]:
    """The words of a method's docstring, but for those about what the other one does not have."""
    yield operation.summary
    yield operation.doc.text
    known = {argument.name for argument in other.arguments}
    yield from (words(argument.doc) for argument in operation.arguments if argument.name in known)
    statuses = {answer.status for answer in other.answers}
    for answer in operation.answers:
        if answer.status in statuses:
            yield answer.text
            yield from (text for _, text in answer.headers)
