"""The plan: one document -> what will be written, in Python's terms."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specwright.plan import (
    canned,
    choices,
    credentials,
    failures,
    layout,
    limits,
    mirrors,
    operations,
    packages,
    paths,
    schemas,
    servers,
    webhooks,
)
from specwright.plan.catalogue import Catalogue
from specwright.plan.ir import Api, Layout
from specwright.plan.names import decide, remembered
from specwright.plan.operations import Operations
from specwright.plan.outlined import Outlined
from specwright.plan.pages import Paging
from specwright.plan.schemas import Types
from specwright.plan.views import Views
from specwright.problems import Refused, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping

    from specwright.config import Config
    from specwright.document import Document
    from specwright.plan.ir import Direction, Validator
    from specwright.plan.keywords import Node
    from specwright.plan.paths import Found
    from specwright.problems import Problem

    Doubts = Callable[[Document, Catalogue, Iterable[Found]], Iterable[Problem]]
    """What is doubtful in a document once it is seen as a whole."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be written, the names that were given (for the lock), and what is doubtful in the document."""

    api: Api
    names: Mapping[str, str]
    layout: Layout
    problems: tuple[Problem, ...]


SHOWN: Final = "README operation"
"""The key under which a lock keeps which operation the README shows."""


def plan(document: Document, config: Config, kept: Mapping[str, str], laid_out: str = "") -> Plan:
    """Plan the package of a document.

    `kept` are the names that its lock has and `laid_out` is the layout that it tells of, "" without a lock: both stay.

    Raises:
        Refused: Its schemas lead to one another deeper, or in more ways, than can be followed.
    """
    # What they do is much to import, and for who asks for an outline nothing of it is needed.
    from specwright.plan.checks import Validators  # noqa: PLC0415
    from specwright.plan.doubts import doubts  # noqa: PLC0415

    with _within_limits(document):
        return _plan(document, config, kept, laid_out, Validators, doubts)


def outline(document: Document, config: Config, kept: Mapping[str, str], laid_out: str = "") -> Plan:
    """The same, but for what validators do, and what is doubtful: what a package is to who calls it."""
    with _within_limits(document):
        return _plan(document, config, kept, laid_out, Outlined, None)


@contextmanager
def _within_limits(document: Document) -> Generator[None]:
    try:
        yield
    except RecursionError:
        message = "schemas lead to one another in a chain that is longer than can be followed"
        raise Refused([problem("limit-depth", document.root.place(), message)]) from None


def _plan(  # noqa: PLR0913, PLR0917 -- what the two that are public differ in
    document: Document,
    config: Config,
    kept: Mapping[str, str],
    laid_out: str,
    checks: type[Outlined],
    doubts: Doubts | None,
) -> Plan:
    views = Views(document)
    found = tuple(paths.operations(document, views))
    catalogue = Catalogue(views)
    catalogue.add_components(document.root.get("components", {}).get("schemas", {}))
    choices.enter_families(document, catalogue)
    operations.walk(catalogue, found)
    hooks = tuple(webhooks.hooks(document, views, found))
    webhooks.walk(catalogue, hooks)
    choices.enter(document, catalogue)
    catalogue.put_in_order()
    limits.hold(document, catalogue, config.budgets)

    wishes = [
        *schemas.wishes(catalogue),
        *operations.wishes(catalogue, found),
        *credentials.wishes(document),
        *servers.wishes(document),
        *webhooks.wishes(catalogue, hooks),
    ]
    names = decide(wishes, kept)
    # Validators mirror the types, so they are named once those are.
    mirrored = list(mirrors.wishes(catalogue, names))
    names |= decide(mirrored, kept)
    kind, outgrown = layout.choose(config.layout, laid_out, catalogue)
    modules = list(layout.wishes(catalogue, found, names)) if kind == "folders" else []
    names |= decide(modules, kept)

    types = Types(catalogue, names)
    # A client of another generator has no way to hold a value that its enum does not list.
    validators = checks(document, catalogue, names, enums_grow=config.client == "specwright")
    paging = Paging(config, views, types)
    methods = Operations(document, catalogue, names, types, validators, found, config, paging)
    plain, resources = methods.plain(found), methods.resources(found)
    readers = webhooks.Webhooks(names, types, validators)
    read = readers.all(hooks)
    keys = credentials.credentials(document, config, names)
    shown = canned.canned(document, views, names, keys, found, kept.get(SHOWN, ""))
    names |= {SHOWN: shown.builder} if shown is not None else {}
    api = Api(
        package=packages.package(document, config),
        server=servers.root(document, names),
        credentials=keys,
        operations=plain,
        resources=resources,
        models=tuple(types.models()),
        inputs=tuple(types.inputs()),
        validators=validators.completed((*validators.all(), *methods.validators, *readers.validators)),
        error_bodies=tuple(failures.bodies(plain, resources)),
        webhooks=read,
        canned=shown,
        slow_patterns=validators.are_slow(),
    )
    return Plan(
        api,
        remembered([*wishes, *mirrored, *modules], names),
        Layout(kind, layout.homes(catalogue, found, names) if modules else {}),
        (
            *packages.doubts(document, config),
            *outgrown,
            *paging.problems,
            *doubts(document, catalogue, found),
        )
        if doubts is not None
        else (),
    )


def plan_validators(
    document: Document, node: Node, direction: Direction | None
) -> tuple[str, tuple[Validator, ...]]:
    """The name of a validator of one schema, and the validators that it and what it calls are made of.

    Without a direction, it asks for what the schema says and no more.
    """
    from specwright.plan.checks import Validators  # noqa: PLC0415 -- as `plan`

    views = Views(document)
    catalogue = Catalogue(views)
    components = choices.in_families(document, views, node, direction or "response")
    if components:
        catalogue.add_components(components)
        choices.enter_families(document, catalogue)
    catalogue.walk(node, direction or "response", "#", "schema")
    choices.enter(document, catalogue)
    names = decide(schemas.wishes(catalogue), {})
    names |= decide(mirrors.wishes(catalogue, names), {})
    validators = Validators(document, catalogue, names)
    root = "validate"
    planned = (*validators.all([direction]), *validators.inline(root, "a value", node, direction))
    return root, validators.completed(planned, root)
