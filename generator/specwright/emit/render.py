"""IR -> the text of every file of the distribution, through the templates."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from specwright.emit import calls, readme
from specwright.emit.code import Code, code, name
from specwright.emit.filters import FILTERS
from specwright.emit.filters.client import TWINS
from specwright.emit.filters.layout import reexports
from specwright.emit.filters.models import error_names
from specwright.emit.filters.operations import hidden, operations, paginated, streams
from specwright.emit.layout import FOLDERS, Links, indexes, modules, resource_index
from specwright.emit.prose import Markdown, Toml
from specwright.plan.ir import Layout
from specwright.runtime import answered, attempts, issues, opened, server_sent, types

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from specwright.emit.calls import Known
    from specwright.emit.layout import Module
    from specwright.plan.ir import Api, Validator

MODULES: Final = Layout()
"""One module of each kind."""


def render(api: Api, layout: Layout = MODULES) -> dict[str, str]:
    """The text of every file, by its path in the output folder; Python is not formatted yet."""
    known = calls.known(api)
    files = dict(_python(api, layout, known))
    files["README.md"] = _environment("markdown").get_template("README.md.jinja").render(api=api, known=known)
    files["pyproject.toml"] = _environment("toml").get_template("pyproject.toml.jinja").render(api=api)
    module = api.package.module
    files[f"{module}/py.typed"] = ""
    files |= {f"{module}/_runtime/{path}": text for path, text in runtime().items()}
    return files


def _python(api: Api, layout: Layout, known: Known) -> Iterator[tuple[str, str]]:
    """The modules of the package and of its folders."""
    package = api.package.module
    exports = _exports(api)
    context = {
        "layout": layout,
        "twins": TWINS,
        "known": known,
        "errors": error_names(),
        "exports": exports,
    }
    yield f"{package}/errors.py", _template("package/errors.py.jinja", context, api=api)
    every = tuple(modules(api, layout))
    for module in every:
        shown = {"links": module.links, "runtime": module.runtime, "validators": module.api.validators}
        template = f"package/{module.folder}.py.jinja"
        yield f"{package}/{module.path}", _template(template, context, api=module.api, **shown)
    if api.webhooks:
        yield f"{package}/webhooks.py", _template("package/webhooks.py.jinja", context, api=api)
    if any(operations(api)):
        yield f"{package}/__main__.py", _template("package/__main__.py.jinja", context, api=api)
        yield f"{package}/testing.py", _template("package/testing.py.jinja", context, api=api)
    if layout.kind == "modules":
        beside = {"above": code("."), "runtime": code("._runtime"), "hidden": hidden(api)}
        imported = dict(sorted(exports.items()))
        yield (
            f"{package}/__init__.py",
            _template("package/__init__.py.jinja", context, api=api, imported=imported),
        )
        yield f"{package}/client.py", _template("package/client.py.jinja", context, api=api, **beside)
        return
    yield from ((f"{package}/{path}", text) for path, text in _folders(api, layout, every, context))


def _folders(
    api: Api, layout: Layout, every: Iterable[Module], context: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """What a package of folders has beside its small modules; paths are those in the package."""
    own = replace(api, resources=tuple(replace(resource, operations=()) for resource in api.resources))
    client = {"above": code("."), "runtime": code("._runtime"), "hidden": hidden(own)}
    yield "client.py", _template("package/folders/client.py.jinja", context, api=own, **client)
    for resource in api.resources:
        alone = replace(api, operations=(), resources=(resource,))
        beside = {"above": code(".."), "runtime": code(".._runtime"), "hidden": hidden(alone)}
        text = _template("package/folders/resource.py.jinja", context, api=alone, **beside)
        yield f"resources/{layout.homes[resource.name]}.py", text
    for index in (*indexes(every), resource_index(api, layout)):
        yield (
            f"{index.folder}/__init__.py",
            _template("package/folders/folder.py.jinja", context, index=index),
        )
        yield f"{index.folder}/_index.py", _template("package/folders/index.py.jinja", context, index=index)
        lines = [
            line for stem, names in index.names.items() for line in reexports(code(".{}", name(stem)), names)
        ]
        yield (
            f"{index.folder}/__init__.pyi",
            _template("package/folders/stub.pyi.jinja", context, lines=lines),
        )
    exports: Mapping[str, list[str]] = context["exports"]
    listed = {home: names for home, names in exports.items() if home not in FOLDERS}
    yield "__init__.py", _template("package/folders/__init__.py.jinja", context, api=api, listed=listed)
    lines = [
        *reexports(code("."), (home for home in exports if "." not in home)),
        *(line for home, names in exports.items() for line in reexports(code(".{}", name(home)), names)),
    ]
    yield "__init__.pyi", _template("package/folders/stub.pyi.jinja", context, lines=lines)


def _template(path: str, context: Mapping[str, Any], **more: Any) -> str:
    return _environment("python").get_template(path).render({**context, **more})


def render_validators(validators: tuple[Validator, ...]) -> str:
    """The text of a module of validators that uses the generator's own copy of the runtime."""
    template = _environment("python").get_template("package/validators.py.jinja")
    return template.render(validators=validators, runtime=name("specwright.runtime"), links=Links())


@cache
def runtime() -> Mapping[str, str]:
    """The text of each file of the runtime, by its path below `_runtime/`."""
    folder = resources.files("specwright.runtime")
    return {item.name: item.read_text("utf-8") for item in folder.iterdir() if item.name.endswith(".py")}


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
        "_runtime.opened": [opened.AsyncOpenResponse.__name__, opened.OpenResponse.__name__],
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
        loader=FileSystemLoader(_templates()),
        undefined=StrictUndefined,
        finalize=only,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 -- nothing but the printable type passes; HTML has an environment of its own
    )
    environment.filters.clear()
    environment.filters.update(filters)
    return environment


def _templates() -> Path:
    """The repository's templates before those of an installed package: an editable install has none of its own."""
    package = Path(__file__).resolve().parent.parent
    beside = package.parent.parent / "templates"
    return beside if (beside / "package").is_dir() else package / "templates"
