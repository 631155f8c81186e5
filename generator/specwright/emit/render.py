"""IR -> the text of every file of the distribution, through the templates."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from specwright.emit import calls, readme
from specwright.emit.code import Code, code, name
from specwright.emit.filters import FILTERS
from specwright.emit.filters.client import TWINS
from specwright.emit.filters.models import error_names
from specwright.emit.filters.operations import hidden
from specwright.emit.prose import Markdown, Toml
from specwright.runtime import issues, types

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from specwright.plan.ir import Api, Validator

PYTHON: Final = ("__init__", "client", "errors", "inputs", "models", "validators")
"""The modules of a package, each a template below `package/`."""


def render(api: Api) -> dict[str, str]:
    """The text of every file, by its path in the output folder; Python is not formatted yet."""
    module = api.package.module
    context = {
        "api": api,
        "validators": api.validators,
        "twins": TWINS,
        "hidden": hidden(api),
        "exports": _exports(api),
        "errors": error_names(),
        "runtime": code("._runtime"),
    }
    files = {
        f"{module}/{stem}.py": _environment("python").get_template(f"package/{stem}.py.jinja").render(context)
        for stem in PYTHON
    }
    files["README.md"] = (
        _environment("markdown").get_template("README.md.jinja").render(api=api, known=calls.known(api))
    )
    files["pyproject.toml"] = (
        _environment("toml").get_template("pyproject.toml.jinja").render(api=api, known=calls.known(api))
    )
    files[f"{module}/py.typed"] = ""
    files |= {f"{module}/_runtime/{path}": text for path, text in runtime().items()}
    return files


def render_validators(validators: tuple[Validator, ...]) -> str:
    """The text of a module of validators that uses the generator's own copy of the runtime."""
    template = _environment("python").get_template("package/validators.py.jinja")
    return template.render(validators=validators, runtime=name("specwright.runtime"))


@cache
def runtime() -> Mapping[str, str]:
    """The text of each file of the runtime, by its path below `_runtime/`."""
    folder = resources.files("specwright.runtime")
    return {item.name: item.read_text("utf-8") for item in folder.iterdir() if item.name.endswith(".py")}


def _exports(api: Api) -> dict[str, list[str]]:
    """The public names of the package by the module they are in; of two that are alike, the runtime's comes first."""
    wanted = {
        "errors": error_names(),
        "_runtime.issues": [issues.Issue.__name__],
        "_runtime.types": ["OMIT", types.Omit.__name__, types.Timeout.__name__],
        "client": ["AsyncClient", "Client"],
        "inputs": sorted(item.name for item in api.inputs),
        "models": sorted(item.name for item in api.models),
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
