"""The generators: how each is run on a document, where its package is, and how many operations that has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks.subjects import OURS
from benchmarks.workshop import BIN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Command = tuple[str | Path, ...]

BASE_URL: Final = "https://api.example.com"
"""What stands in for the server of a document that has none."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A generator in one of its modes."""

    name: str
    package: str
    """The distribution it is from."""
    commands: Callable[[Path], tuple[Command, ...]]
    """For a document: what to run in an empty folder. Where one fails, the next is tried."""
    parts: tuple[str, ...]
    """What it writes there to be imported, as globs of modules and packages."""
    operations: Callable[[Path], int] | None
    """How many operations a client in a folder has; None for models alone."""
    says: str = ""
    """A note on the mode."""
    settings: str = ""
    """What is in the file `settings.yaml` of the folder."""


def _texts(folder: Path, pattern: str) -> list[str]:
    paths = (path for path in folder.glob(pattern) if "_runtime" not in path.parts)
    return [path.read_text("utf-8", "replace") for path in paths]


def _counted(pattern: str, expression: str) -> Callable[[Path], int]:
    """How often a line stands in the files; the same line in one is one."""
    line = re.compile(expression, re.MULTILINE)
    return lambda folder: sum(len(set(line.findall(text))) for text in _texts(folder, pattern))


def _distinct(pattern: str, expression: str) -> Callable[[Path], int]:
    """How many different ones of a line stand in the files."""
    line = re.compile(expression, re.MULTILINE)
    return lambda folder: len({found for text in _texts(folder, pattern) for found in line.findall(text)})


def _specwright(document: Path) -> tuple[Command, ...]:
    return ((BIN / "specwright", "generate", document, "--output", "out", "--package", "api_package"),)


def _openapi_python_client(document: Path) -> tuple[Command, ...]:
    """With its own pyproject.toml, whose settings its call of ruff obeys."""
    return (
        (
            BIN / "openapi-python-client", "generate", "--path", document, "--config", "settings.yaml",
            "--output-path", "out", "--overwrite",
        ),
    )  # fmt: skip


def _openapi_generator(document: Path) -> tuple[Command, ...]:
    """Without its validation, where that refuses the document."""
    command: Command = (
        BIN / "openapi-generator-cli", "generate", "-g", "python", "-i", document, "-o", "out",
        "--package-name", "api_package",
    )  # fmt: skip
    return (command, (*command, "--skip-validate-spec"))


_CODEGEN: Final = (BIN / "datamodel-codegen", "--input-file-type", "openapi", "--formatters", "builtin")
_CLIENT: Final = (
    "--generate-client", "httpx2", "--client-output", "out/client", "--client-package", "client",
    "--client-model-package", "models", "--client-default-base-url", BASE_URL, "--client-server-base-url", BASE_URL,
)  # fmt: skip


def _codegen(*options: str) -> Callable[[Path], tuple[Command, ...]]:
    """Models in one file; where their names have dots, which takes a folder, in one."""
    return lambda document: tuple(
        (*_CODEGEN, "--input", document, "--output", output, *options)
        for output in ("out/models.py", "out/models")
    )


TOOLS: Final = (
    Tool(
        OURS, "specwright", _specwright, ("api_package",),
        _distinct("out/api_package/**/*.py", r'^ +(?:""")?`([A-Z]+ /[^`]*)`$'),
    ),
    Tool(
        "openapi-python-client", "openapi-python-client", _openapi_python_client, ("api_package",),
        _counted("out/api_package/api/**/*.py", r"^def (sync_detailed)\("),
        settings="package_name_override: api_package\n",
    ),
    Tool(
        "openapi-generator", "openapi-generator-cli", _openapi_generator, ("api_package",),
        _counted("out/api_package/api/*.py", r"^    def (\w+)_with_http_info\("),
    ),
    Tool(
        "datamodel-code-generator", "datamodel-code-generator", _codegen(), ("models", "models.py"), None,
        "models only",
    ),
    Tool(
        "datamodel-code-generator, client", "datamodel-code-generator", _codegen(*_CLIENT),
        ("models", "models.py", "client"), _counted("out/client/_operations.py", r"^(OPERATION_\d+)\b"),
        f"its experimental httpx2 client, given {BASE_URL} where a document has no server",
    ),
)  # fmt: skip
