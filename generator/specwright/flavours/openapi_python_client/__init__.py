"""A client that openapi-python-client writes, and what specwright puts beside it: validators, and who calls them.

The stages are those of our own packages. What is planned is the same; what is rendered comes for the most part from
openapi-python-client's command, with two of its templates changed (`templates/openapi-python-client/`); it is tidied, vetted,
locked and written like everything else.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

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
from specwright.flavours.openapi_python_client.given import given, settings
from specwright.flavours.openapi_python_client.sound import sound
from specwright.problems import Refused, problem
from specwright.results import counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.config import Config
    from specwright.document import Document
    from specwright.flavours.openapi_python_client.given import Given
    from specwright.plan import Plan
    from specwright.problems import Problem


def compose(document: Document, planned: Plan, config: Config) -> Composed:
    """The package of a document whose client openapi-python-client writes.

    Raises:
        Refused: It is not installed, can't read the document, or writes what may not be written.
    """
    command.version()
    told = settings(config)
    source, output = _run(document, told.text)
    # With `generate_all_tags` it says the same once for each tag.
    heard = tuple(dict.fromkeys(said.problems(output.said, source, failed=False)))
    made = [path for path in output.files if path.endswith(".py")]
    module = made[0].partition("/")[0]
    files, broken = sound(output.files, source)
    package = planned.api.package
    # The name of a distribution has no letters of other scripts.
    distribution = module.replace("_", "-") if module.isascii() else package.distribution
    found = endpoints(files)
    api = narrowed(planned.api, found)
    api = replace(api, package=replace(package, module=module, distribution=distribution))
    operations, unchecked = checked(api, found, document)
    runtime = every_runtime()
    try:
        rendered = {
            **tidy_foreign(held(files, config.budgets)),
            **tidy(render_beside(api, planned.layout, operations)),
        }
        needs = {f"{module}/_runtime/{path}": runtime[path] for path in needed(rendered, runtime)}
        vetted = vet({**rendered, **needs}, runtime, tables=allowed.BESIDE)
    except Unsound as error:
        if error.path not in files:
            raise
        message = f"openapi-python-client wrote what is not written to a package: {error}."
        raise Refused(
            [*told.problems, *heard, problem("client-unsound", source.tree.place(), message)]
        ) from error
    # One of the modules of models is the folder's own.
    models = sum(path.startswith(f"{module}/models/") for path in files) - 1
    return Composed(
        api,
        vetted,
        {**counts(api), "models": models},
        {**document.files, **told.inputs},
        problems=(*told.problems, *heard, *broken, *unchecked),
    )


def made_with(config: Config) -> tuple[str, ...]:
    """The version of openapi-python-client, and what is in its configuration.

    Raises:
        Refused: It is not installed, or its configuration can't be read.
    """
    return (command.version(), settings(config).text)


def _run(document: Document, told: str) -> tuple[Given, command.Output]:
    """What openapi-python-client was given, and what it made of it.

    Raises:
        Refused: It made nothing of anything.
    """
    refused: list[tuple[Given, command.Output]] = []
    for source in given(document):
        output = command.run(source.text, told)
        if output.status == 0 and output.files:
            return source, output
        refused.append((source, output))
    # What it says of the document as it is written is what an author can mend.
    raise Refused(_why(*refused[0], told))


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
