"""What the tests of flavours share: the package that is checked in, one of a small document, and a server on loopback."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import specwright
from judges.loopback import Loopback

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
CHECKED_IN = ROOT / "generated" / "cohere-finetuning-opc"
HERE = Path(__file__).parent


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as loopback:
        yield loopback


@pytest.fixture(scope="session")
def cohere() -> Iterator[Any]:
    """The package made of the document of the repository, as it is checked in."""
    yield from _imported(CHECKED_IN, "cohere_fine_tuning_client")


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """What openapi-python-client makes of the document of the repository without us."""
    folder = tmp_path_factory.mktemp("alone")
    (folder / "config.yaml").write_text("post_hooks: []\n")
    spec = str(ROOT / "spec" / "cohere-finetuning.yaml")
    options = ["--path", spec, "--config", "config.yaml", "--output-path", "alone_client", "--meta", "none"]
    command = [sys.executable, "-m", "openapi_python_client", "generate", *options]
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    yield from _imported(folder, "alone_client")


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The package of `shop.yaml`, which has what is mended in templates."""
    folder = tmp_path_factory.mktemp("shop")
    made = specwright.generate(
        config=specwright.Config(
            spec=HERE / "shop.yaml", output=folder, client="openapi-python-client", package="corner_shop"
        )
    )
    assert made.package == "corner_shop"
    assert not made.problems
    yield from _imported(folder, "corner_shop")


def _imported(folder: Path, name: str) -> Iterator[Any]:
    """A function that imports the modules of a package, by their names in it."""
    sys.path.insert(0, str(folder))
    yield lambda module: importlib.import_module(f"{name}.{module}")
    sys.path.remove(str(folder))
