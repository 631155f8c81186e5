from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specwright.config import Config
from specwright.document import Document, load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEAD = "openapi: 3.1.1\ninfo: {title: Pets, version: '1'}\n"


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Document]:
    """Reads a document from its text, with other files beside it."""

    def read(text: str, name: str = "spec.yaml", **settings: object) -> Document:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return load(tmp_path / name, Config(spec=tmp_path / name, **settings))  # type: ignore[arg-type]

    return read


@pytest.fixture
def schemas(read: Callable[..., Document]) -> Callable[..., Document]:
    """Reads a document of these `components.schemas`, in YAML's flow style."""

    def schemas(text: str, version: str = "3.1.1") -> Document:
        head = HEAD.replace("3.1.1", version)
        return read(f"{head}paths: {{}}\ncomponents: {{schemas: {text}}}\n")

    return schemas
