"""Every operation of the golden cases is called from a terminal, as READMEs show it: with what it needs and no more."""

from __future__ import annotations

import importlib
import os
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sweeps.corpus import Source

import examples
from cases import golden
from specwright.config import Config
from specwright.document import load
from specwright.emit import calls, terminal
from specwright.emit.filters.operations import operations
from specwright.plan import plan
from specwright.runtime.operation import AS_STREAM
from test_examples import ANSWERS, CASES, UNCALLABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.plan.ir import Api


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder from which packages are imported, and where commands are run."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.chdir(tmp_path)
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        del sys.modules[name]


def planned(case: str) -> Api:
    """What is planned for a case, as its expected files are."""
    folder = golden.FOLDER / case
    settings = folder / "config.toml"
    said = tomllib.loads(settings.read_text("utf-8")) if settings.is_file() else {}
    before = Path.cwd()
    os.chdir(folder)
    try:
        config = Config(spec=Path("spec.yaml"), package=case, **said)
        return plan(load(config.spec, config), config, {}).api
    finally:
        os.chdir(before)


@pytest.mark.parametrize("case", CASES)
def test_examples_are_commands(
    case: str, packages: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    golden.assemble([case], packages)
    (packages / terminal.FILE.removeprefix("@")).write_bytes(b"content")
    spec = golden.FOLDER / case / "spec.yaml"
    package = examples.Package(
        case, Source(case, spec, spec.parent, packages), monkeypatch, ANSWERS.get(case)
    )
    assert not package.faults
    api = planned(case)
    for variable in terminal.variables(api).values():
        monkeypatch.setenv(variable, f"secret-{variable.lower().replace('_', '-')}")
    command: Any = importlib.import_module(f"{case}.__main__")
    place = ["--base-url", "https://api.example.com"] if api.server is None else []
    known, faults, uncalled = calls.known(api), [], 0
    for operation in operations(api):
        words = terminal.words(operation, api, known)
        assert words[:3] == ["python", "-m", case]
        name, given = _apart(words[3:], command)
        package.server.requests.clear()
        status = command.main(command._RESOURCES, command._CREDENTIALS, [*name, *place, *given])
        out, said = capfdbinary.readouterr()
        assert b"secret-" not in out + said
        sent = [request.operation.removesuffix(AS_STREAM) for request in package.server.requests]
        # One answer, made up, leads to no other page.
        endless = operation.pagination is not None and said.startswith(b"PaginationError: ")
        if b"MissingCredentials: " in said:
            uncalled += 1
        elif (status and not endless) or sent != [f"{operation.method} {operation.path}"]:
            faults.append(f"{words}: {status}, {sent}\n{said.decode()}")
    assert not faults, "\n".join(faults)
    assert uncalled == (case in UNCALLABLE)


def _apart(words: list[str], command: Any) -> tuple[list[str], list[str]]:
    """The name of an operation, and the words behind it."""
    dashed = importlib.import_module(f"{command.__package__}._runtime.command").dashed
    count = 1 + (words[0] in map(dashed, filter(None, command._RESOURCES)))
    return words[:count], words[count:]


@pytest.mark.parametrize("case", CASES)
def test_help_tells_of_every_argument(
    case: str, packages: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    golden.assemble([case], packages)
    monkeypatch.setenv("COLUMNS", "200")
    command: Any = importlib.import_module(f"{case}.__main__")
    options = importlib.import_module(f"{case}._runtime.command_options").option_names
    api = planned(case)
    assert command.main(command._RESOURCES, command._CREDENTIALS, ["--help"]) == 0
    assert capfd.readouterr().out.count("\n  ") >= len(list(operations(api)))
    for operation in operations(api):
        name, _ = _apart(terminal.words(operation, api, calls.known(api))[3:], command)
        assert command.main(command._RESOURCES, command._CREDENTIALS, [*name, "--help"]) == 0
        told = capfd.readouterr().out
        assert all(line.isprintable() for line in told.split("\n"))
        known = options([argument.name for argument in operation.arguments])
        for argument in operation.arguments:
            option = known[argument.name]
            shown = f"\n  {option.upper()}" if argument.location == "path" else f"\n  --{option} "
            assert shown in told, (operation.name, shown, told)
