"""A client that openapi-python-client writes, and what specwright puts beside it: validators, and who calls them.

The stages are those of our own packages. What is planned is the same; what is rendered comes for the most part from
openapi-python-client's command, with two of its templates changed (`templates/openapi-python-client/`); it is tidied, vetted,
locked and written like everything else.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from keyword import iskeyword
from typing import TYPE_CHECKING, Final

from specwright.emit import allowed
from specwright.emit.beside import render_beside
from specwright.emit.held import held
from specwright.emit.render import every_runtime
from specwright.emit.tidy import tidy, tidy_foreign
from specwright.emit.unsound import Unsound
from specwright.emit.vet import vet
from specwright.flavours import Composed
from specwright.flavours.openapi_python_client import command, said
from specwright.flavours.openapi_python_client.blame import blamed
from specwright.flavours.openapi_python_client.checks import checked, narrowed
from specwright.flavours.openapi_python_client.closure import needed
from specwright.flavours.openapi_python_client.endpoints import endpoints
from specwright.flavours.openapi_python_client.given import given
from specwright.flavours.openapi_python_client.lost import lost
from specwright.flavours.openapi_python_client.said import operation_place, walked
from specwright.flavours.openapi_python_client.settings import settings
from specwright.flavours.openapi_python_client.sound import key_of, sound
from specwright.problems import Refused, problem, quoted
from specwright.results import counts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.config import Config
    from specwright.document import Document
    from specwright.emit.code import Code
    from specwright.flavours.openapi_python_client.endpoints import Endpoint
    from specwright.flavours.openapi_python_client.given import Given
    from specwright.flavours.openapi_python_client.settings import Settings
    from specwright.plan import Plan
    from specwright.plan.ir import Api
    from specwright.problems import Place, Problem

_EMPTY: Final = '{"openapi": "3.1.1", "info": {"title": "Empty", "version": "1"}, "paths": {}}'


@dataclass(frozen=True, slots=True)
class _Client:
    """What openapi-python-client makes of a document, and what is checked of it."""

    source: Given
    files: Mapping[str, str]
    found: tuple[Endpoint, ...]
    api: Api
    """What is planned of the operations that it has, under its name."""
    checks: Mapping[str, Code]
    inputs: Mapping[str, str]
    problems: tuple[Problem, ...]


def compose(document: Document, planned: Plan, config: Config) -> Composed:
    """The package of a document whose client openapi-python-client writes.

    Raises:
        Refused: It is not installed, can't read the document, or writes what may not be written.
    """
    command.version()
    client = _client(document, planned, settings(config))
    module, files = client.api.package.module, client.files
    runtime = every_runtime()
    try:
        rendered = {
            **tidy_foreign(held(files, config.budgets)),
            **tidy(render_beside(client.api, planned.layout, client.checks)),
        }
        needs = {f"{module}/_runtime/{path}": runtime[path] for path in needed(rendered, runtime)}
        vetted = vet({**rendered, **needs}, runtime, tables=allowed.BESIDE)
    except Unsound as error:
        if error.path not in files:
            raise
        message = f"openapi-python-client wrote what is not written to a package: {error}."
        found = problem("client-unsound", _place(client, error.path), message)
        raise Refused([*client.problems, found]) from error
    # One of the modules of models is the folder's own.
    models = sum(path.startswith(f"{module}/models/") for path in files) - 1
    return Composed(
        client.api,
        vetted,
        {**counts(client.api), "models": models},
        {**document.files, **client.inputs},
        problems=client.problems,
    )


def problems(document: Document, planned: Plan, config: Config) -> tuple[Problem, ...]:
    """What openapi-python-client finds in a document, the reason why it makes no client of it among it.

    Raises:
        Refused: It is not installed, or its configuration can't be read.
    """
    command.version()
    told = settings(config)
    try:
        return _client(document, planned, told).problems
    except Refused as refused:
        return tuple(refused.problems)


def made_with(config: Config) -> tuple[str, ...]:
    """The version of openapi-python-client, and what is in its configuration.

    Raises:
        Refused: It is not installed, or its configuration can't be read.
    """
    return (command.version(), settings(config).text)


def _client(document: Document, planned: Plan, told: Settings) -> _Client:
    """What openapi-python-client makes of a document.

    Raises:
        Refused: It makes nothing of it, or what Python can't import.
    """
    source, output = _run(document, told)
    # With `generate_all_tags` it says the same once for each tag.
    heard = tuple(dict.fromkeys(said.problems(output.said, source, failed=False)))
    made = [path for path in output.files if path.endswith(".py")]
    module = made[0].partition("/")[0]
    if not module.isidentifier() or iskeyword(module):
        message = f"openapi-python-client calls the package {quoted(module)}, which Python can't import."
        hint = "Give it another name: `package` in the configuration, or `--package`."
        place = told.name_place(walked(source.tree, ["info", "title"]))
        raise Refused([*told.problems, problem("client-unsound", place, message, hint)])
    files, broken = sound(output.files, source)
    package = planned.api.package
    # The name of a distribution has no letters of other scripts.
    distribution = module.replace("_", "-") if module.isascii() else package.distribution
    found = endpoints(files)
    known = said.gone(output.said) | {
        key_of(text) for path, text in output.files.items() if path not in files
    }
    more = lost(planned.api, found, source, every_tag=told.every_tag, known=known)
    api = narrowed(planned.api, found)
    api = replace(api, package=replace(package, module=module, distribution=distribution))
    checks, unchecked = checked(api, found, document)
    every = (*told.problems, *heard, *broken, *more, *unchecked)
    return _Client(source, files, found, api, checks, told.inputs, every)


def _place(client: _Client, path: str) -> Place:
    """The place of the operation that a module is made of; that of the document, where it is made of none."""
    key = next((one.key for one in client.found if one.module == path), "")
    method, _, where = key.partition(" ")
    return operation_place(client.source, method, where) if key else client.source.tree.place()


def _run(document: Document, told: Settings) -> tuple[Given, command.Output]:
    """What openapi-python-client was given, and what it made of it.

    Raises:
        Refused: It made nothing of anything.
    """
    refused: list[tuple[Given, command.Output]] = []
    for source in given(document):
        output = command.run(source.text, told.text)
        if output.status == 0 and output.files:
            return source, output
        if said.is_misconfigured(output.said) and (unread := tuple(_misread(told))):
            raise Refused(unread)
        refused.append((source, output))
    # What it says of the document as it is written is what an author can mend.
    raise Refused([*told.problems, *_why(*refused[0], told.text)])


def _misread(told: Settings) -> Iterator[Problem]:
    """The settings that openapi-python-client can't read: it does not say which."""
    for key, value in json.loads(told.text).items():
        if said.is_misconfigured(command.run(_EMPTY, json.dumps({"post_hooks": [], key: value})).said):
            place = told.root.place(key) if told.root is not None and key in told.root else None
            message = f"{quoted(key)} is not what openapi-python-client reads there."
            yield problem("client-config", place, message)


def _why(source: Given, output: command.Output, told: str) -> Iterator[Problem]:
    why = said.ending(output.said)
    if why:
        place = blamed(source, why, lambda text: command.run(text, told))
        message = f"openapi-python-client ends over this with an error of its own: {why}"
        yield problem("client-refused", place, message)
    found = list(said.problems(output.said, source, failed=True))
    yield from found
    if not why and not found:
        yield problem("client-refused", source.tree.place(), "openapi-python-client ends without saying why.")
