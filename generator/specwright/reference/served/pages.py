"""The pages of the reference, each with *Test request*, and the files that this needs."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from specwright.emit import html
from specwright.reference.pages import INDEX, Extra, Pages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from specwright.reference.model import Reference

FILES: Final[Mapping[str, str]] = {
    "controls.js": "text/javascript",
    "form.js": "text/javascript",
    "sending.js": "text/javascript",
    "trying.js": "text/javascript",
    "values.js": "text/javascript",
}
"""The files that pages load, and their media types: modules, as they are written."""
_SOURCES: Final[Mapping[str, str]] = {"script-src": "'self'", "connect-src": "'self'"}
"""What pages may load beside what is in them."""
_IN_HEADERS: Final = "frame-ancestors 'none'"
"""What counts in a header only, and not in the page (Content Security Policy Level 3, section 3.3)."""


class File(NamedTuple):
    """What is answered with."""

    text: str
    media_type: str
    policy: str = ""


class Site:
    """The pages of one reference."""

    def __init__(self, reference: Reference, servers: Sequence[str], token: str) -> None:
        """`servers` are shown with the form, and `token` is what its requests need."""
        self._reference = reference
        self._pages = Pages(
            reference,
            Extra(
                form="reference/served/try.html.jinja",
                style="reference/served/served.css",
                script="reference/served/start.js",
                data=html.data({"servers": servers, "token": token}),
                sources=_SOURCES,
            ),
        )
        self._operations = {operation.slug: operation for operation in reference.operations()}

    def index(self) -> File:
        """The page of all operations."""
        return File(self._pages.index(), "text/html", _whole(self._pages.policy(INDEX)))

    def operation(self, slug: str) -> File | None:
        """The page of one operation; None where there is none of that address."""
        found = self._operations.get(slug)
        if found is None:
            return None
        return File(self._pages.operation(found), "text/html", _whole(self._pages.policy()))


def _whole(policy: str) -> str:
    return f"{policy}; {_IN_HEADERS}"


def file(name: str) -> File | None:
    """A file that pages load; None where there is none of that name."""
    return File(_read(name), FILES[name]) if name in FILES else None


@cache
def _read(name: str) -> str:
    paths = (folder / "reference" / "served" / name for folder in html.TEMPLATES)
    return next(path for path in paths if path.is_file()).read_text("utf-8")
