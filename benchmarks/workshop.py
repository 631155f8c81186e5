"""What a run needs: peers' packages made of the same document, a temporary folder for them, and a server."""

from __future__ import annotations

import asyncio
import importlib
import os
import sys
import tempfile
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from . import redocly
from .apis import DOCUMENTS
from .page import DOCUMENT, PACKAGE
from .schema import written
from .server import Server
from .subjects import ran

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from contextlib import AbstractContextManager
    from types import TracebackType

    from .samples import Sample

T = TypeVar("T")

BIN: Final = Path(sys.executable).parent
GENERATE_MODELS: Final = (BIN / "datamodel-codegen", "--disable-timestamp", "--formatters", "builtin")
GENERATE_CLIENT: Final = (BIN / "openapi-python-client", "generate", "--path", DOCUMENT)


class Workshop:
    """A folder for a run, where each thing is made when it is first asked for. Use it in a `with`."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self.folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="specwright-bench-")))
        self._path = list(sys.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        sys.path[:] = self._path
        for name, module in list(sys.modules.items()):
            if (getattr(module, "__file__", None) or "").startswith(str(self.folder)):
                del sys.modules[name]  # another run makes its own
        self._stack.close()

    def keep(self, resource: AbstractContextManager[T]) -> T:
        """Enter a context that is left at the end of the run."""
        return self._stack.enter_context(resource)

    def keep_until_closed(self, close: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Have something of the event loop closed at the end of the run."""
        runner = self.runner
        self._stack.callback(lambda: runner.run(close()))

    @cached_property
    def environment(self) -> dict[str, str]:
        """For commands: they find the tools of this Python first, and the packages made here.

        Bytecode is kept, and here: all start with theirs compiled, whatever was installed or imported how before.
        """
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return {
            **kept,
            "PATH": os.pathsep.join((str(BIN), os.environ.get("PATH", os.defpath))),
            "PYTHONPATH": os.pathsep.join(
                (
                    str(PACKAGE),
                    str(self.folder),
                    *(str(self.folder / package / "made") for package in DOCUMENTS),
                )
            ),
            "PYTHONPYCACHEPREFIX": str(self.folder / "bytecode"),
            **redocly.ENVIRONMENT,
        }

    def subfolder(self, name: str) -> Path:
        """A folder of that name in this one, there already or not."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        return folder

    def run(self, *arguments: str | Path) -> None:
        """Run a command in the folder."""
        self.run_in(self.folder, *arguments)

    def run_in(self, folder: Path, *arguments: str | Path) -> None:
        """Run a command in another one."""
        ran(arguments, folder=folder, environment=self.environment)

    @cached_property
    def server(self) -> Server:
        """A server that gives every request the page's answer, in a process of its own."""
        return self.keep(Server())

    @cached_property
    def runner(self) -> asyncio.Runner:
        """The event loop of all that is awaited."""
        return self.keep(asyncio.Runner())

    # --- packages -----------------------------------------------------------------------------------------------

    def ours(self, module: str = "") -> Any:
        """The package that is checked in, or one of its modules."""
        return self._imported(PACKAGE, f"cohere_finetuning{module and '.'}{module}")

    def ours_of(self, package: str) -> Any:
        """The package that ours makes of the document of another API, whole."""
        folder = self.subfolder(package) / "made"
        if not folder.exists():
            if not DOCUMENTS[package].exists():
                raise FileNotFoundError(f"there is no {DOCUMENTS[package]} (SPECWRIGHT_CORPUS)")
            self.run(
                BIN / "specwright", "generate", DOCUMENTS[package], "--output", folder, "--package", package
            )
        return self._imported(folder, package)

    def model_of_schema(self, sample: Sample, kind: str, *options: str) -> Any:
        """The model of a JSON Schema, made by datamodel-code-generator, so that it checks what the schema says."""
        name = f"{sample.name}_{kind.partition('.')[0]}"
        if not (self.folder / f"{name}.py").exists():
            source = written(sample.schema, self.folder / f"{sample.name}.json")
            self.run(
                *GENERATE_MODELS, "--input", source, "--input-file-type", "jsonschema",
                "--output-model-type", kind, *options, "--output", f"{name}.py",
            )  # fmt: skip
        return getattr(self._imported(self.folder, name), sample.schema["title"])

    @cached_property
    def pydantic_client(self) -> Any:
        """The client of datamodel-code-generator, made of the document; its models are in `pydantic_models`.

        A password is plain text in them: as pydantic's `SecretStr`, which is their default, it is sent as `**********`.
        """
        self.run(
            *GENERATE_MODELS, "--input", DOCUMENT, "--input-file-type", "openapi",
            "--type-mappings", "string+password=string",
            "--output", "pydantic_models.py", "--generate-client", "httpx2",
            "--client-output", "pydantic_client", "--client-package", "pydantic_client",
            "--client-model-package", "pydantic_models",
        )  # fmt: skip
        return self._imported(self.folder, "pydantic_client")

    @cached_property
    def pydantic_models(self) -> Any:
        """The models that go with it, with what the document says and nothing beyond."""
        _ = self.pydantic_client
        return self._imported(self.folder, "pydantic_models")

    def attrs_client(self, module: str = "") -> Any:
        """The client of openapi-python-client, or one of its modules."""
        name = "attrs_client"
        if not (self.folder / name).exists():
            settings = self.folder / "openapi-python-client.yaml"
            settings.write_text("post_hooks: []\n")  # here nobody reads it
            self.run(*GENERATE_CLIENT, "--meta", "none", "--config", settings, "--output-path", name)
        return self._imported(self.folder, f"{name}{module and '.'}{module}")

    def _imported(self, folder: Path, name: str) -> Any:
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))
        importlib.invalidate_caches()
        return importlib.import_module(name)
