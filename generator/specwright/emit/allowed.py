"""What a generated file may hold, as tables: `vet` refuses the rest."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

PYTHON: Final = (3, 11)
"""The oldest Python that a generated package runs on."""

PYTHON_SUFFIXES: Final = (".py", ".pyi")
SUFFIXES: Final = (*PYTHON_SUFFIXES, ".toml", ".md", ".typed")
FILE_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}(?<!\.)")
"""One part of a path, on every system."""
RESERVED_FILE_NAMES: Final = frozenset(
    {"aux", "con", "nul", "prn", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
)
"""What Windows keeps for devices, with any suffix."""

DEFINITIONS: Final = (
    ast.Import,
    ast.ImportFrom,
    ast.Assign,
    ast.AnnAssign,
    ast.ClassDef,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
)
"""The statements at the top of a module, beside docstrings and `if TYPE_CHECKING`."""

LINK: Final = "link"
LINKING: Final = "_runtime.linking"
"""The one function that a module calls while it is imported, in its last line, and where it has it from."""


RUN: Final = "__main__.py"
RUNNING: Final = 'if __name__ == "__main__":\n    raise SystemExit(main(_RESOURCES, _CREDENTIALS))'
"""What ends the one module that is run, from a terminal: nothing where it is imported."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


IMPORTS: Final[Mapping[str, frozenset[str]]] = {
    module: _words(names)
    for module, names in {
        "__future__": "annotations",
        "collections.abc": """AsyncGenerator AsyncIterable AsyncIterator Awaitable Callable Generator Iterable Iterator
            Mapping MutableMapping MutableSequence Sequence""",
        "datetime": "UTC date datetime time timedelta timezone",
        "decimal": "Decimal",
        "enum": "Enum IntEnum StrEnum",
        "functools": "cached_property partial",
        "httpx2": "AsyncClient Client Headers Request Response Timeout URL",
        "ipaddress": "IPv4Address IPv6Address",
        "math": "inf isfinite isinf isnan nan",
        "msgspec": "Meta Raw Struct UNSET UnsetType field",
        "re": "ASCII compile",
        "types": "MappingProxyType TracebackType",
        "typing": """Annotated Any BinaryIO ClassVar Final Generic IO Literal NamedTuple NewType NoReturn NotRequired
            Optional Protocol Required Self TYPE_CHECKING Type TypeAlias TypeVar TypedDict Union Unpack cast final
            overload""",
        "uuid": "UUID",
    }.items()
}
"""The modules that may be imported, and what of them."""

IMPORTS_FOR_TYPES: Final[Mapping[str, frozenset[str]]] = {
    "typing_extensions": frozenset({"TypeIs", "TypedDict", "deprecated", "override"}),
}
"""The same, below `if TYPE_CHECKING`: no package is needed for it."""

BUILTINS: Final = _words(
    """
    AssertionError AttributeError DeprecationWarning Exception False IndexError KeyError LookupError None
    NotImplementedError OverflowError RecursionError RuntimeError True TypeError UserWarning ValueError ZeroDivisionError
    abs all any bool bytearray bytes classmethod dict divmod enumerate filter float frozenset hash id int isinstance
    issubclass iter len list map max min next object ord property range repr reversed round set slice sorted staticmethod
    str sum super tuple type zip
    """
)
"""The builtins that may be named. What is not here (`exec`, `open`, `globals` …) only where a function binds the name."""

DUNDER_NAMES: Final = frozenset({"__all__", "__dir__", "__getattr__", "__name__", "__secrets__", "__slots__"})
DUNDER_ATTRIBUTES: Final = frozenset({"__class__", "__init__", "__name__"})

TYPED_DICT: Final = ("name", "keys")
"""The arguments of `TypedDict(…)` where a key is no identifier; its values are read as annotations are."""

BUILD_BACKEND: Final = "hatchling.build"
PROJECT_KEYS: Final[Mapping[str, frozenset[str]]] = {
    "": frozenset({"build-system", "project", "tool"}),
    "build-system": frozenset({"requires", "build-backend"}),
    "project": _words(
        """classifiers dependencies description dynamic keywords license license-files maintainers name
        optional-dependencies readme requires-python urls version"""
    ),
    "project.optional-dependencies": frozenset({"opentelemetry", "patterns"}),
    "tool": frozenset({"hatch"}),
    "tool.hatch": frozenset({"build"}),
    "tool.hatch.build": frozenset({"targets"}),
    "tool.hatch.build.targets": frozenset({"wheel"}),
    "tool.hatch.build.targets.wheel": frozenset({"packages"}),
}
"""The tables of a generated `pyproject.toml` and their keys: nothing that runs, beside the one build backend."""

REQUIREMENTS: Final[Mapping[str, frozenset[str]]] = {
    "build-system.requires": frozenset({"hatchling"}),
    "project.dependencies": frozenset({"attrs", "httpx", "httpx2", "msgspec"}),
    "project.optional-dependencies.opentelemetry": frozenset({"opentelemetry-api"}),
    "project.optional-dependencies.patterns": frozenset({"google-re2"}),
}
"""What a generated package needs: to be built, and to run."""
REQUIREMENT: Final = re.compile(r"([a-z0-9-]+)(?:[<>=~!]+[0-9.]+,?)*")
"""A distribution and bounds on its version; no address to fetch it from."""


def is_runtime(path: str) -> bool:
    """Whether a path of the output is a file of the runtime, which is copied and not rendered."""
    return "_runtime" in path.split("/")[:-1]


@dataclass(frozen=True, slots=True)
class Tables:
    """What differs by who wrote the client."""

    file_name: re.Pattern[str]
    imports: Mapping[str, frozenset[str]]
    dunder_attributes: frozenset[str]


OURS: Final = Tables(FILE_NAME, IMPORTS, DUNDER_ATTRIBUTES)
BESIDE: Final = Tables(
    re.compile(r"\w[\w.-]{0,250}(?<!\.)"),
    {
        **IMPORTS,
        **{
            module: IMPORTS.get(module, frozenset[str]()) | _words(names)
            for module, names in {
                "attrs": "define evolve field validators",
                "http": "HTTPStatus",
                "httpx": "AsyncClient Client Response Timeout",
                "io": "BytesIO",
                "json": "dumps loads",
                "ssl": "SSLContext",
                "typing": "Generator TextIO",
            }.items()
        },
    },
    DUNDER_ATTRIBUTES | _words("__aenter__ __aexit__ __enter__ __exit__"),
)
"""Where openapi-python-client wrote it, which names modules in any script."""
