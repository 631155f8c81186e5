"""A command is carried out: its words become the arguments of a method, and what that returns is written."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .caller import PACKAGE
from .command import UsageError
from .command_arguments import Method
from .command_options import Variables, parser_of, place
from .command_output import status_of, told, warned, write
from .command_values import json_value, put, text_of
from .errors import ApiError, MissingCredentials

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Generator, Iterator, Mapping, Sequence

    from .command import Command
    from .command_arguments import Argument
    from .command_options import Parser

__all__ = ["run"]


def run(command: Command, credentials: Mapping[str, str], words: Sequence[str]) -> int:
    """Call an operation, write its answer, and return the exit status.

    `UsageError` is raised for words that say no call.
    """
    method = Method(command)
    client_class: Any = import_module(f"{PACKAGE}.client").Client
    variables = Variables(client_class, credentials)
    parser = parser_of(command, method, variables, credentials)
    if parser.asks_for_help(words):
        parser.show_help()
        return 0
    said = parser.read(words)
    values = _values(method, said, parser)
    options = _call_options(said)
    with warned():
        try:
            with _client(client_class, variables, credentials, said) as client:
                _carry_out(command, method, client, {**values, **options}, said)
        except MissingCredentials as error:
            sys.stderr.write(f"{told(error)}\n")
            names = " or ".join(credentials.values())
            sys.stderr.write(f"In a terminal credentials are taken from the environment: {names}.\n")
            return status_of(error)
        except ApiError as error:
            sys.stderr.write(f"{told(error)}\n")
            return status_of(error)
    return 0


def _carry_out(
    command: Command, method: Method, client: Any, values: dict[str, Any], said: Namespace
) -> None:
    """Call the method, and write what it returns."""
    path = [values.pop(argument.name) for argument in method.path]
    raw = said.raw or method.result in {"bytes", "_bytes"}
    owner = client.with_response if raw else client
    if command.attribute:
        owner = getattr(owner, command.attribute)
    called = getattr(owner, command.method)
    if not raw:
        answer = called(*path, **values)
        with _writing(said.output) as out:
            write(answer, out, said.max_items)
        return
    with called.stream(*path, **values) as answer:
        if said.output:
            with _told_of_files(said.output):
                answer.save(Path(said.output))
            return
        for piece in answer.iter_bytes():
            sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()


def _writing(path: str | None) -> Any:
    if path is None:
        return nullcontext(sys.stdout.buffer)
    with _told_of_files(path):
        return Path(path).open("wb")


@contextmanager
def _told_of_files(path: str) -> Generator[None]:
    """What goes wrong with a file is said of the command."""
    try:
        yield
    except ApiError:
        raise
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or 'the file cannot be used'}") from None


# --- the client -------------------------------------------------------------------------------------------------


def _client(client_class: Any, variables: Variables, credentials: Mapping[str, str], said: Namespace) -> Any:
    """The client that a command says, with the credentials of the environment."""
    given: dict[str, Any] = {
        argument: os.environ[variable]
        for argument, variable in credentials.items()
        if os.environ.get(variable)
    }
    given |= variables.given(said)
    names = ("base_url", "timeout", "retries", "check_requests", "on_mismatch")
    given |= {name: value for name in names if (value := getattr(said, name)) is not None}
    try:
        return client_class(**given)
    except (TypeError, ValueError) as error:
        raise UsageError(str(error)) from None


def _call_options(said: Namespace) -> dict[str, Any]:
    options: dict[str, Any] = {}
    for name, option in (("extra_headers", "extra_header"), ("extra_query", "extra_query")):
        pairs = [text.partition("=") for text in getattr(said, option) or ()]
        if any(not sign for _, sign, _ in pairs):
            raise UsageError(f"--{option.replace('_', '-')} is given as NAME=VALUE")
        if pairs:
            options[name] = {key: value for key, _, value in pairs}
    return options


# --- the arguments ----------------------------------------------------------------------------------------------


def _values(method: Method, said: Namespace, parser: Parser) -> dict[str, Any]:
    """The value of each argument that is given, by its name. `UsageError` for one that is wrong, or missing."""
    values: dict[str, Any] = {}
    for argument in method.path:
        with _about(parser.shown(argument)):
            values[argument.name] = argument.kind.read(getattr(said, place(argument)))
    if getattr(said, "whole_body", None) is not None:
        with _about("--body"):
            values |= _members(text_of("@-" if said.whole_body == "-" else said.whole_body), method)
    for argument, texts in _given(method, said):
        with _about(parser.shown(argument)):
            values[argument.name] = argument.kind.read_all(texts)
    for argument, members, text in parser.members:
        with _about(".".join((parser.shown(argument), *members))):
            path, kind = [argument.name], argument.kind
            for member in members:
                wire, kind = kind.below(member)
                path.append(wire)
            put(values, path, kind.read_all([text]))
    missing = [argument for argument in method.named if argument.required and argument.name not in values]
    if missing:
        raise UsageError(f"{' and '.join(map(parser.shown, missing))} must be given")
    return values


def _given(method: Method, said: Namespace) -> Iterator[tuple[Argument, list[str]]]:
    for argument in method.named:
        texts: list[str] | None = getattr(said, place(argument))
        if texts is not None:
            is_body = argument.name == "body"
            yield (
                argument,
                ["@-" if is_body and text == "-" and not argument.kind.is_file else text for text in texts],
            )


def _members(text: str, method: Method) -> dict[str, Any]:
    """The arguments that a whole body is given by."""
    value = json_value(text)
    if value.__class__ is not dict:
        raise ValueError("is no JSON object")
    names = {argument.wire: argument.name for argument in method.named if argument.wire}
    unknown = next((member for member in value if member not in names), None)
    if unknown is not None:
        raise ValueError(f"has no member {unknown!a}; it has {', '.join(names)}")
    return {names[member]: inner for member, inner in value.items()}


@contextmanager
def _about(argument: str) -> Generator[None]:
    """What is wrong with a text is said of the argument it was given for."""
    try:
        yield
    except ValueError as error:
        raise UsageError(f"{argument} {error}") from None
    except OSError as error:
        raise UsageError(f"{argument}: the file cannot be read: {error.strerror}") from None
