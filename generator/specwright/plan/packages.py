"""What the distribution is called, its version, and where its API is served."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from specwright.plan.ir import Doc, Package
from specwright.plan.names import spelled

if TYPE_CHECKING:
    from specwright.config import Config
    from specwright.document import Document

NAMELESS: Final = frozenset({"api", "index", "openapi", "swagger"})
"""File names that don't say which API they describe; its title does."""

_VERSION = re.compile(
    r"v?(?:\d{1,9}!)?\d{1,9}(?:\.\d{1,9})*(?:[-_.]?(?:a|b|c|rc|alpha|beta|pre|preview)[-_.]?\d{0,9})?"
    r"(?:-\d{1,9}|[-_.]?(?:post|rev|r)[-_.]?\d{0,9})?(?:[-_.]?dev[-_.]?\d{0,9})?(?:\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?",
    re.ASCII | re.IGNORECASE,
)
"""PEP 440, appendix B."""

_VARIABLE = re.compile(r"\{([^{}]*)\}")


def package(document: Document, config: Config) -> Package:
    """The names and the metadata of the distribution."""
    info = document.root.get("info", {})
    title = info.get("title", "")
    stem = Path(config.spec).name.partition(".")[0]
    called = config.package or (title if stem.lower() in NAMELESS else stem) or "api"
    module = spelled(called, "snake", "api")
    wanted = config.version or info.get("version", "")
    return Package(
        distribution=module.strip("_").replace("_", "-"),
        module=module,
        version=wanted if _VERSION.fullmatch(wanted) else "0.0.0",
        title=title or module,
        doc=Doc(info.get("description") or info.get("summary") or ""),
    )


def base_url(document: Document) -> str | None:
    """The first server's URL, its variables at their defaults; None where it is not absolute (callers name it then)."""
    for server in document.root.get("servers", ()):
        variables = server.get("variables", {})
        url = _VARIABLE.sub(lambda part: str(variables.get(part[1], {}).get("default", part[0])), server.get("url", ""))
        parts = _split(url)
        if parts is not None and parts.scheme in {"http", "https"} and parts.hostname and "{" not in url:
            return url.rstrip("/")
        return None
    return None


def _split(url: str):  # noqa: ANN202
    try:
        return urlsplit(url)
    except ValueError:
        return None
