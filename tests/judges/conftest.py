"""What the judges share: the generated package, and a server on loopback."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from judges.loopback import Loopback

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
GENERATED = ROOT / "generated" / "cohere-finetuning"


@pytest.fixture(scope="session")
def document() -> Path:
    return ROOT / "spec" / "cohere-finetuning.yaml"


@pytest.fixture(scope="session")
def ours() -> Iterator[Any]:
    """The package made of the document, as it is checked in."""
    sys.path.insert(0, str(GENERATED))
    yield importlib.import_module("cohere_finetuning")
    sys.path.remove(str(GENERATED))


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as loopback:
        yield loopback
