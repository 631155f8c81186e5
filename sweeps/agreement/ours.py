"""The validators of all schemas of a document, which ask for what these say and no more, made in one module."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any

from specwright.emit.render import render_validators
from specwright.plan import mirrors, schemas
from specwright.plan.catalogue import Catalogue
from specwright.plan.checks import Validators, completed
from specwright.plan.names import decide
from specwright.plan.views import Views

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from specwright.document import Document
    from specwright.runtime.issues import Issue
    from sweeps.agreement.pairs import Pair


@dataclass(frozen=True, slots=True)
class Ours:
    """The validators, in the order of what they are of; how large the module is, and how long it took."""

    validators: tuple[Callable[[Any], list[Issue]], ...]
    size: int
    """Bytes."""
    planned: float
    """Seconds until there was the text."""
    compiled: float
    """Seconds until there were functions."""


def made(document: Document, pairs: Sequence[Pair]) -> Ours:
    """The validators of the schemas of a document."""
    start = perf_counter()
    catalogue = Catalogue(Views(document))
    catalogue.add_components(document.root.get("components", {}).get("schemas", {}))
    for at, pair in enumerate(pairs):
        catalogue.walk(pair.read, "response", f"#/{at}", f"schema {at}")
    names = decide(schemas.wishes(catalogue), {})
    names |= decide(mirrors.wishes(catalogue, names), {})
    validators = Validators(document, catalogue, names)
    functions = [
        f"judged_{at}" for at in range(len(pairs))
    ]  # those of schemas with names begin with `validate`
    written = [*validators.all([None])]
    for function, pair in zip(functions, pairs, strict=True):
        written += validators.inline(function, pair.key, pair.read, None)
    text = render_validators(completed(written))
    planned = perf_counter() - start
    namespace: dict[str, Any] = {"__name__": "specwright.compiled"}
    exec(compile(text, "validators", "exec"), namespace)  # noqa: S102 -- what templates print is `Code`, never text of a document
    found = tuple(namespace[function] for function in functions)
    return Ours(found, len(text.encode()), planned, perf_counter() - start - planned)
