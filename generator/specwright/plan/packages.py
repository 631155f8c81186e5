"""What the distribution is called, its version, and where its API is served."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from specwright.plan.ir import Doc, Package
from specwright.plan.names import spelled

if TYPE_CHECKING:
    from collections.abc import Mapping

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
        doc=Doc(info.get("description", "")),
        summary=info.get("summary", ""),
    )


def base_url(document: Document) -> str | None:
    """The first server's URL, its variables at their defaults; None where it is not absolute (callers name it then)."""
    for server in document.root.get("servers", ()):
        url = _filled(server.get("url", ""), server.get("variables", {}))
        return url.rstrip("/") if _absolute(url) else None
    return None


def _filled(url: str, variables: Mapping[str, Mapping[str, Any]]) -> str:
    """A server's URL with its variables at their defaults (OpenAPI 3.2, section 4.7)."""
    return _VARIABLE.sub(lambda part: str(variables.get(part[1], {}).get("default", part[0])), url)


def _absolute(url: str) -> bool:
    """Whether a client can send to it as it is: HTTP, a host, and none of what a base URL may not have."""
    try:
        parts = urlsplit(url)
        named = (
            parts.scheme in {"http", "https"}
            and bool(parts.hostname)
            and (parts.port is None or parts.port > 0)
        )
    except ValueError:
        return False
    plain = not (parts.query or parts.fragment or "@" in parts.netloc)
    return named and plain and url.isascii() and url.isprintable() and not set(url) & set(' {}<>\\^`|"')
