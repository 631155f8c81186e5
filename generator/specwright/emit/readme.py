"""What the templates of the README and of the metadata ask of the IR."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.emit import calls, prose, terminal
from specwright.emit.filters.operations import operations, paginated, streams
from specwright.emit.prose import Markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from specwright.emit.prose import Toml
    from specwright.plan.ir import Api, Operation


def start(api: Api) -> Markdown:
    """How a client is made."""
    return prose.fenced(calls.start(api))


def heading(operation: Operation) -> Markdown:
    """What an operation is called."""
    called = (operation.summary or f"{operation.method} {operation.path}").rstrip(".")
    return prose.line(f"{called}, as a stream" if operation.stream else called)


def request_line(operation: Operation) -> Markdown:
    """Its method and path."""
    return prose.span(f"{operation.method} {operation.path}")


def summary(operation: Operation) -> Markdown:
    """What the document says of it."""
    return prose.prose(operation.doc.text)


def example(operation: Operation, known: calls.Known) -> Markdown:
    """A call of it, with what it needs and no more."""
    return prose.fenced(calls.call(operation, known))


def tested(api: Api, known: calls.Known) -> Markdown:
    """A test of a call."""
    return prose.fenced(calls.tested(api, known))


def any_operation(api: Api) -> bool:
    """Whether there is anything to call."""
    return any(operations(api))


def commanded(api: Api, known: calls.Known) -> Markdown:
    """A call from a terminal."""
    first, *others = operations(api)
    shown = api.canned.builder if api.canned is not None else first.builder
    operation = next((one for one in (first, *others) if one.builder == shown), first)
    return prose.shell(terminal.words(operation, api, known))


def help_command(api: Api) -> Markdown:
    """The command that lists the operations."""
    return prose.span(f"python -m {api.package.module} --help")


def credential_variables(api: Api) -> Markdown:
    """The environment variables of the credentials, in words."""
    return Markdown(" and ".join(map(prose.span, terminal.variables(api).values())))


def description(api: Api) -> Toml:
    """What the distribution is, on one line."""
    return prose.toml_line(api.package.summary or api.package.title)


FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    function.__name__: function
    for function in (
        any_operation,
        commanded,
        credential_variables,
        example,
        heading,
        help_command,
        paginated,
        prose.line,
        prose.prose,
        request_line,
        start,
        streams,
        summary,
        tested,
    )
}
METADATA: Final[Mapping[str, Callable[..., Any]]] = {"description": description, "toml": prose.toml}
