"""What the document says of things -> the text of docstrings."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from specwright.emit import answered
from specwright.emit.code import WIDTH, literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.plan.ir import (
        Alias,
        Api,
        Argument,
        Choice,
        Doc,
        Enum,
        InputDict,
        Operation,
        PagesKind,
        Pagination,
        StreamKind,
        Struct,
        Validator,
        Webhook,
    )

MARKS: Final = (("deprecated", "Deprecated."), ("read_only", "Read-only."), ("write_only", "Write-only."))
"""How the marks of a `Doc` are said."""


STREAMED: Final[Mapping[StreamKind, str]] = {
    "events": "The data of each event, as it comes. The request is sent when the first is asked for, or where a `with` begins.",
    "items": "Each value, as it comes. The request is sent when the first is asked for, or where a `with` begins.",
}
"""What a method gives whose answer is a stream."""


def described(doc: Doc) -> str:
    """The text with the marks before it and the default behind; "" where there is nothing to say."""
    marks = [sentence for mark, sentence in MARKS if getattr(doc, mark)]
    default = [f"Default: `{literal(value)}`." for value in doc.default]
    text = doc.text.strip()
    if "\n" in text and default:
        return "\n".join([" ".join([*marks, text]), "", *default])
    return " ".join([*marks, *([text] if text else []), *default])


def of_class(thing: Struct | Enum | InputDict | Choice | Alias) -> str:
    """The docstring of a class: never empty."""
    return described(thing.doc) or f"{thing.wire or thing.name}."


def of_api(api: Api) -> str:
    """The docstring of the package: what the API is."""
    text = (api.package.summary or api.package.doc.text).strip()
    return f"{api.package.title}: {text}" if text else f"{api.package.title}."


def of_validator(validator: Validator) -> str:
    """The docstring of a validator."""
    return f"{'Tell whether nothing' if validator.tests else 'List what'} is wrong with {validator.subject}."


def of_client(api: Api, aside: str) -> str:
    """The docstring of a client; `aside` is what is special about it."""
    lines = [f"{api.package.title}{aside}.", "", "Args:"]
    for credential in api.credentials:
        for argument in credential.arguments:
            env = credential.env.get(argument)
            otherwise = f" Without it, the environment variable `{env}`." if env else ""
            lines += _item(
                argument, f"{credential.doc.text.strip() or f'For `{credential.scheme}`.'}{otherwise}"
            )
    if any(credential.kind == "oauth2" for credential in api.credentials):
        lines += _item(
            "scopes", "What the tokens that are asked for with the client's credentials are to allow."
        )
    for variable in api.server.variables if api.server else ():
        lines += _item(
            variable.name, variable.doc.text.strip() or "A part of the address that the API is served at."
        )
    lines += _item("base_url", "Where the API is served.")
    lines += _item(
        "**options", "`timeout`, `retries`, `http_client`, `on_mismatch` and more: see `ClientOptions`."
    )
    return "\n".join(lines)


def of_webhook(webhook: Webhook) -> str:
    """The docstring of a function that reads what the server sends."""
    told = " ".join(part for part in (webhook.summary.strip(), described(webhook.doc)) if part)
    lines = [f"Read the body of {webhook.subject}.", "", *([*told.split("\n"), ""] if told else []), "Args:"]
    lines += _item("body", "As it came; check its signature first, if the server signs what it sends.")
    lines += _item(
        "on_mismatch", "What happens when it is not what the document promises: see `ClientOptions`."
    )
    return "\n".join(lines)


def of_operation(operation: Operation, example: str) -> str:
    """The docstring of a method: summary, method and path, description, arguments, errors, and a call of it."""
    # Markdown within the section of Google's style: editors and documentation tools know both.
    lines = ["", "Example:", "    ```python", *(f"    {line}" for line in example.split("\n")), "    ```"]
    return "\n".join([*_of_operation(operation), *lines])


def _of_operation(operation: Operation) -> Iterator[str]:
    summary, text = operation.summary.strip(), operation.doc.text.strip()
    if not summary:
        summary, _, text = text.partition("\n\n")
    if summary:
        yield from (summary, "")
    yield f"`{operation.method} {operation.path}`"
    if text and text != summary:
        yield from ("", *text.split("\n"))
    if operation.pagination is not None:
        yield from ("", pages(operation, operation.pagination))
    yield from ("", "Args:")
    for argument in sorted(
        operation.arguments, key=lambda item: (item.location != "path", not item.required)
    ):
        yield from _item(argument.name, _of_argument(argument))
    yield from _of_options(operation)
    for title, entries in answered.sections(operation):
        yield from ("", f"{title}:")
        for head, told in entries:
            yield from _item(head, told)
    failures = [(answer.error, answer.text) for answer in operation.answers if answer.error is not None]
    if failures:
        yield from ("", "Raises:")
    for error, text in failures:
        yield from _item(error, text.strip())


def _of_options(operation: Operation) -> Iterator[str]:
    """What is said of the options, and, of a stream, of what it gives."""
    yield from _item(
        "**options",
        f"`timeout`, `retries`, {'`reconnect`, ' if operation.stream == 'events' else ''}"
        "`extra_headers`, `extra_query` and `extra_body`, for this call alone.",
    )
    if operation.stream:
        yield from ("", "Returns:")
        indent = " " * 4
        yield from textwrap.wrap(
            STREAMED[operation.stream], WIDTH - 8, initial_indent=indent, subsequent_indent=indent
        )


def pages(operation: Operation, found: Pagination) -> str:
    """The sentence that says how the pages of an operation follow one another."""
    asked = next(
        (
            argument.name
            for argument in operation.arguments
            if (argument.wire, argument.location) == (found.parameter, found.location)
        ),
        found.parameter,
    )
    there = ".".join(found.next or found.key or ())
    return f"Pages: {PAGES[found.kind].format(asked=f'`{asked}`', there=f'`{there}`')}."


PAGES: Final[Mapping[PagesKind, str]] = {
    "cursor": "{asked} is taken from {there}",
    "item": "{asked} is taken from the {there} of the last item",
    "offset": "{asked} goes on by the number of items that came",
    "page": "{asked} goes on by one",
    "url": "what is asked for next is taken from the URL in {there}",
    "link": 'what is asked for next is taken from the `Link` header with `rel="next"`',
}
"""How pages follow one another, by where the next one is told of."""


def _of_argument(argument: Argument) -> str:
    if argument.name == "body":
        return described(argument.doc) or "The body."
    return described(argument.doc) or f"`{argument.wire}`" + (
        "." if argument.location == "body" else f", in the {argument.location}."
    )


def _item(head: str, text: str) -> Iterator[str]:
    """An entry of a section of a docstring, its further lines indented below the first."""
    first, *rest = text.splitlines() or [""]
    yield from textwrap.wrap(
        f"    {head}: {first}",
        WIDTH - 8,
        subsequent_indent=" " * 8,
        break_long_words=False,
        break_on_hyphens=False,
    )
    yield from (f"        {line}".rstrip() for line in rest)
