from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import specwright
from specwright.config import Config

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from specwright.problems import Problem


@pytest.fixture
def lint(tmp_path: Path) -> Callable[..., tuple[Problem, ...]]:
    """Lints a document, given its text and those of files beside it."""

    def lint(text: str, beside: dict[str, str] | None = None, **settings: object) -> tuple[Problem, ...]:
        for name, content in {"spec.yaml": text, **(beside or {})}.items():
            (tmp_path / name).write_text(content, encoding="utf-8")
        return specwright.lint(config=Config(spec=tmp_path / "spec.yaml", **settings))  # type: ignore[arg-type]

    return lint
