"""Where the templates are."""

from __future__ import annotations

from pathlib import Path


def folder() -> Path:
    """The repository's templates before those of an installed package: an editable install has none of its own."""
    package = Path(__file__).resolve().parent.parent
    beside = package.parent.parent / "templates"
    return beside if (beside / "package").is_dir() else package / "templates"


def texts(name: str) -> dict[str, str]:
    """The text of each template in the folder of that name, by its own."""
    return {path.name: path.read_text("utf-8") for path in (folder() / name).iterdir()}
