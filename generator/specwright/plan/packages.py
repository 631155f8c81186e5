"""What the distribution is called, its version, and where its API is served."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from specwright.document import Map
from specwright.plan.ir import Doc, Package
from specwright.plan.names import spelled
from specwright.plan.shadowed import SHADOWED
from specwright.problems import problem, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.config import Config
    from specwright.document import Document
    from specwright.problems import Problem

NAMELESS: Final = frozenset({"api", "index", "openapi", "swagger"})
"""File names that don't say which API they describe; its title does."""

_VERSION = re.compile(
    r"v?(?:\d{1,9}!)?\d{1,9}(?:\.\d{1,9})*(?:[-_.]?(?:a|b|c|rc|alpha|beta|pre|preview)[-_.]?\d{0,9})?"
    r"(?:-\d{1,9}|[-_.]?(?:post|rev|r)[-_.]?\d{0,9})?(?:[-_.]?dev[-_.]?\d{0,9})?(?:\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?",
    re.ASCII | re.IGNORECASE,
)
"""PEP 440, appendix B."""


def package(document: Document, config: Config) -> Package:
    """The names and the metadata of the distribution."""
    info = document.root.get("info", {})
    title = info.get("title", "")
    called = _called(document, config)
    module = spelled(called, "snake", "api")
    if module in SHADOWED:
        module = f"{module}_api"
    wanted = config.version or info.get("version", "")
    return Package(
        distribution=module.strip("_").replace("_", "-"),
        module=module,
        version=wanted if _VERSION.fullmatch(wanted) else "0.0.0",
        title=title or module,
        doc=Doc(info.get("description", "")),
        summary=info.get("summary", ""),
    )


def doubts(document: Document, config: Config) -> Iterator[Problem]:
    """Why a package is not called as it would be."""
    called = _called(document, config)
    name = spelled(called, "snake", "api")
    if name in SHADOWED:
        info: Map = document.root.get("info", Map())
        message = (
            f"a package {quoted(name)} would hide the module of that name; it is {quoted(name + '_api')}"
        )
        yield problem("package-name", info.place("title"), message)


def _called(document: Document, config: Config) -> str:
    """What the package is called after: what the user says, else the file, or the title where that says no more."""
    title: str = document.root.get("info", {}).get("title", "")
    stem = Path(config.spec).name.partition(".")[0]
    return config.package or (title if stem.lower() in NAMELESS else stem) or "api"
