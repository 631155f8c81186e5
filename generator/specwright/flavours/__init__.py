"""What is planned -> the files of a package, by whoever writes its client: specwright, or another generator."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from specwright.results import counts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from specwright.config import Config
    from specwright.document import Document
    from specwright.plan import Plan
    from specwright.plan.ir import Api
    from specwright.problems import Problem
    from specwright.results import Counts


@dataclass(frozen=True, slots=True)
class Composed:
    """A package, before it is written."""

    api: Api
    """What is planned, under the name that the package has."""
    files: Mapping[str, str]
    counts: Counts
    inputs: Mapping[str, str]
    """All that it was made of, for the lock."""
    rendered: Mapping[str, str] = field(default_factory=dict[str, str])
    """The hashes of the modules before they were tidied; none where each has to be made again."""
    problems: tuple[Problem, ...] = ()
    """What only this way of writing a client finds."""


def compose(
    document: Document,
    planned: Plan,
    config: Config,
    kept: Callable[[Mapping[str, str]], Mapping[str, str]],
) -> Composed:
    """The package of a document, formatted and vetted.

    Args:
        document: The document.
        planned: What is planned for it.
        config: Its settings.
        kept: Of modules, by the hashes of what was rendered, those that need not be tidied and vetted again, as they are.

    Raises:
        Refused: Another generator is not installed, can't read the document, or writes what may not be written.
    """
    if config.client == "openapi-python-client":
        from specwright.flavours import openapi_python_client

        return openapi_python_client.compose(document, planned, config)
    from specwright.emit.held import held
    from specwright.emit.lock import hashes
    from specwright.emit.render import render, runtime
    from specwright.emit.tidy import tidy
    from specwright.emit.vet import vet

    rendered = held(render(planned.api, planned.layout), config.budgets)
    before = hashes(rendered)
    same = kept(before)
    new = {path: text for path, text in rendered.items() if path not in same}
    files = {**rendered, **same, **vet(tidy(new), runtime(), same)}
    return Composed(planned.api, files, counts(planned.api), document.files, before)


def problems(document: Document, planned: Plan, config: Config) -> tuple[Problem, ...]:
    """What another generator finds in a document, where one writes the client; why it makes none is among it.

    Raises:
        Refused: It is not installed, or its configuration can't be read.
    """
    if config.client == "specwright":
        return ()
    from specwright.flavours import openapi_python_client

    return openapi_python_client.problems(document, planned, config)


def made_with(config: Config) -> tuple[str, ...]:
    """What tells one output of another generator from another, beside the document and our settings: its version, its own.

    Raises:
        Refused: It is not installed, or its configuration can't be read.
    """
    if config.client == "specwright":
        return ()
    from specwright.flavours import openapi_python_client

    return openapi_python_client.made_with(config)
