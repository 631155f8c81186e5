"""IR -> the text of every file of the distribution, through the templates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from specwright.emit import calls, readme, templates
from specwright.emit.code import Code, code, name
from specwright.emit.cores import shared
from specwright.emit.filters import FILTERS
from specwright.emit.filters.client import TWINS
from specwright.emit.filters.layout import reexports
from specwright.emit.filters.models import error_names
from specwright.emit.filters.operations import hidden, operations, paginated, streams
from specwright.emit.layout import FOLDERS, Links, indexes, modules, resource_index
from specwright.emit.prose import Markdown, Toml
from specwright.plan.ir import Layout
from specwright.runtime import answered, attempts, issues, server_sent, types

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from specwright.emit.calls import Known
    from specwright.emit.layout import Module
    from specwright.plan.ir import Api, Validator

MODULES: Final = Layout()
"""One module of each kind."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that is to be rendered."""

    path: str
    """In the output folder."""
    template: str
    values: Mapping[str, Any]
    """What the template is given."""
    kind: Literal["markdown", "python", "toml"] = "python"


def render(api: Api, layout: Layout = MODULES) -> dict[str, str]:
    """The text of every file, by its path in the output folder; Python is not formatted yet."""
    sheets = tuple(_sheets(api, layout))
    texts = {path: text for share in shared(_printed, sheets) for path, text in share}
    module = api.package.module
    files = {sheet.path: texts[sheet.path] for sheet in sheets}
    files[f"{module}/py.typed"] = ""
    return files | {f"{module}/_runtime/{path}": text for path, text in runtime().items()}


def _printed(sheets: Iterable[Sheet]) -> list[tuple[str, str]]:
    return [
        (sheet.path, _environment(sheet.kind).get_template(sheet.template).render(sheet.values))
        for sheet in sheets
    ]


def _sheets(api: Api, layout: Layout) -> Iterator[Sheet]:
    """Every file of the distribution that depends on the document."""
    known = calls.known(api)
    yield from _modules(api, layout, known)
    yield Sheet("README.md", "README.md.jinja", {"api": api, "known": known}, "markdown")
    yield Sheet("pyproject.toml", "pyproject.toml.jinja", {"api": api}, "toml")


def _modules(api: Api, layout: Layout, known: Known) -> Iterator[Sheet]:
    """The modules of the package and of its folders."""
    exports = _exports(api)
    values = {
        "layout": layout,
        "twins": TWINS,
        "known": known,
        "errors": error_names(),
        "exports": exports,
    }

    def sheet(path: str, template: str, **more: Any) -> Sheet:
        return Sheet(f"{api.package.module}/{path}", f"package/{template}", {**values, **more})

    yield sheet("errors.py", "errors.py.jinja", api=api)
    every = tuple(modules(api, layout))
    for module in every:
        shown = {"links": module.links, "runtime": module.runtime, "validators": module.api.validators}
        yield sheet(module.path, f"{module.folder}.py.jinja", api=module.api, **shown)
    if api.webhooks:
        yield sheet("webhooks.py", "webhooks.py.jinja", api=api)
    if any(operations(api)):
        yield sheet("__main__.py", "__main__.py.jinja", api=api)
        yield sheet("testing.py", "testing.py.jinja", api=api)
    if layout.kind == "modules":
        beside = {"above": code("."), "runtime": code("._runtime"), "hidden": hidden(api)}
        yield sheet("__init__.py", "__init__.py.jinja", api=api, imported=dict(sorted(exports.items())))
        yield sheet("client.py", "client.py.jinja", api=api, **beside)
    else:
        yield from _folders(api, layout, every, exports, sheet)


def _folders(
    api: Api,
    layout: Layout,
    every: Iterable[Module],
    exports: Mapping[str, list[str]],
    sheet: Callable[..., Sheet],
) -> Iterator[Sheet]:
    """What a package of folders has beside its small modules."""
    own = replace(api, resources=tuple(replace(resource, operations=()) for resource in api.resources))
    client = {"above": code("."), "runtime": code("._runtime"), "hidden": hidden(own)}
    yield sheet("client.py", "folders/client.py.jinja", api=own, **client)
    for resource in api.resources:
        alone = replace(api, operations=(), resources=(resource,))
        beside = {"above": code(".."), "runtime": code(".._runtime"), "hidden": hidden(alone)}
        path = f"resources/{layout.homes[resource.name]}.py"
        yield sheet(path, "folders/resource.py.jinja", api=alone, **beside)
    for index in (*indexes(every), resource_index(api, layout)):
        yield sheet(f"{index.folder}/__init__.py", "folders/folder.py.jinja", index=index)
        yield sheet(f"{index.folder}/_index.py", "folders/index.py.jinja", index=index)
        lines = [
            line for stem, names in index.names.items() for line in reexports(code(".{}", name(stem)), names)
        ]
        yield sheet(f"{index.folder}/__init__.pyi", "folders/stub.pyi.jinja", lines=lines)
    listed = {home: names for home, names in exports.items() if home not in FOLDERS}
    yield sheet("__init__.py", "folders/__init__.py.jinja", api=api, listed=listed)
    lines = [
        *reexports(code("."), (home for home in exports if "." not in home)),
        *(line for home, names in exports.items() for line in reexports(code(".{}", name(home)), names)),
    ]
    yield sheet("__init__.pyi", "folders/stub.pyi.jinja", lines=lines)


def render_validators(validators: tuple[Validator, ...]) -> str:
    """The text of a module of validators that uses the generator's own copy of the runtime."""
    template = _environment("python").get_template("package/validators.py.jinja")
    return template.render(validators=validators, runtime=name("specwright.runtime"), links=Links())


@cache
def runtime() -> Mapping[str, str]:
    """The text of each file of the runtime, by its path below `_runtime/`."""
    return {name: text for name, text in every_runtime().items() if not name.startswith(_BESIDE)}


@cache
def every_runtime() -> Mapping[str, str]:
    """The same, with what only the client of another generator needs."""
    folder = resources.files("specwright.runtime")
    return {item.name: item.read_text("utf-8") for item in folder.iterdir() if item.name.endswith(".py")}


_BESIDE: Final = "beside_"


_STREAMED: Final = {
    "_runtime.server_sent": [server_sent.ServerSentEvent.__name__],
    "_runtime.streams": ["AsyncEventStream", "AsyncItemStream", "EventStream", "ItemStream"],
}
"""What is public where answers are streams."""


def _exports(api: Api) -> dict[str, list[str]]:
    """The public names of the package by the module they are in; of two that are alike, the runtime's comes first."""
    wanted = {
        "errors": error_names(),
        "_runtime.encode": ["as_json"],
        "_runtime.extra": ["ExtraItems"],
        "_runtime.issues": [issues.Issue.__name__],
        "_runtime.pages": ["AsyncPages", "Pages"] if paginated(api) else [],
        "_runtime.types": ["OMIT", types.Omit.__name__, types.Retries.__name__, types.Timeout.__name__],
        "client": ["AsyncClient", "Client"],
        "inputs": sorted(item.name for item in api.inputs),
        "models": sorted(item.name for item in api.models),
        "webhooks": sorted(item.name for item in api.webhooks),
        # What few import keeps out of the way of models.
        "_runtime.answered": [answered.Response.__name__],
        "_runtime.attempts": [attempts.Attempt.__name__],
        "_runtime.opened": ["AsyncOpenResponse", "OpenResponse"],  # which loads httpx2
        **(_STREAMED if streams(api) else {}),
    }
    taken: set[str] = set()
    exports: dict[str, list[str]] = {}
    for module, names in wanted.items():
        exports[module] = [word for word in names if word not in taken]
        taken.update(names)
    return {module: names for module, names in exports.items() if names}


# --- environments -----------------------------------------------------------------------------------------------

_KINDS: Final[Mapping[str, tuple[type[str], Mapping[str, Callable[..., Any]]]]] = {
    "markdown": (Markdown, readme.FILTERS),
    "python": (Code, FILTERS),
    "toml": (Toml, readme.METADATA),
}
"""What each kind of template may print, and its filters."""


@cache
def _environment(kind: str) -> Environment:
    printable, filters = _KINDS[kind]

    def only(value: object) -> object:
        if not isinstance(value, printable):
            raise TypeError(f"a template printed what is not {printable.__name__}: {value!r}")
        return value

    environment = Environment(
        loader=FileSystemLoader(templates.folder()),
        undefined=StrictUndefined,
        finalize=only,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        autoescape=False,  # noqa: S701 -- nothing but the printable type passes; HTML has an environment of its own
    )
    environment.filters.clear()
    environment.filters.update(filters)
    return environment


def fill(
    template: str, values: Mapping[str, Any], kind: Literal["markdown", "python", "toml"] = "python"
) -> str:
    """The text of one template."""
    return _environment(kind).get_template(template).render(values)
