"""What the tests of cases are given: their package, ready to be imported, and a server to send to."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from cases import golden
from cases.server import Server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder from which packages are imported."""
    folder = tmp_path_factory.mktemp("packages")
    sys.path.insert(0, str(folder))
    yield folder
    sys.path.remove(str(folder))


@pytest.fixture(scope="module")
def package(packages: Path, request: pytest.FixtureRequest) -> Any:
    """The package of the case that the test stands in, as it is expected."""
    case = request.path.parent.name
    if request.config.getoption("--update"):
        golden.update(case)
    golden.assemble([case], packages)
    found = import_module(case)
    assert (found.__file__ or "").startswith(str(packages))
    for module in ("models", "inputs", "validators"):  # so that a test can name them, whichever runs first
        import_module(f"{case}.{module}")
    return found


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture
def client(package: Any, server: Server) -> Iterator[Any]:
    """A client of the package, for documents without credentials."""
    with package.Client(base_url=server.url) as client:
        yield client
