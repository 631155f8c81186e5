"""Every version of OpenAPI raised to one dialect: 3.1 with the additions of 3.2. Nothing behind it knows a version."""

from __future__ import annotations

import difflib
import enum
import re
from typing import TYPE_CHECKING, Any, Final

from specwright.document.tree import Map, Seq, written
from specwright.document.upgrade import meant, schemas, swagger
from specwright.problems import Refused, problem, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from specwright.document.shape import Walk
    from specwright.document.source import Source


class Version(enum.Enum):
    """The versions that are read."""

    SWAGGER = "2.0"
    V30 = "3.0"
    V31 = "3.1"
    V32 = "3.2"

    @property
    def root(self) -> str:
        """The kind of the outermost object, in the grammar."""
        return "Swagger" if self is Version.SWAGGER else "OpenAPI"


_OPENAPI: Final = re.compile(r"(3\.[012])(?:\.\d+)?(?:-[\w.-]+)?", re.ASCII)
_SWAGGER: Final = re.compile(r"2\.0(?:\.0)?")

_EVERY: Final[Mapping[str, Callable[[Map, Walk], Map]]] = {
    "Example": meant.example,
    "PathItem": schemas.path_item,
    "Responses": meant.responses,
}
RAISES: Final[Mapping[Version, Mapping[str, Callable[[Map, Walk], Map]]]] = {
    Version.SWAGGER: swagger.RAISES,
    Version.V30: {**_EVERY, "OpenAPI": schemas.openapi_30, "Schema": schemas.raised_30},
    Version.V31: {**_EVERY, "Schema": schemas.raised},
    Version.V32: {**_EVERY, "Schema": schemas.raised},
}
"""Of each version: the kinds of object that it writes otherwise, and what makes them the dialect's."""


def version_of(source: Source) -> Version:
    """The version that a document names; Refused where it names none that is read, or is no object."""
    root = source.content
    if root is None:
        raise Refused([problem("document-empty", source.whole(), "The file has no content.")])
    if not isinstance(root, Map):
        kind = "a list" if isinstance(root, Seq) else "a single value"
        raise Refused([problem("document-kind", source.whole(), f"The document is {kind}, not an object.")])
    for key, pattern in (("openapi", _OPENAPI), ("swagger", _SWAGGER)):
        if key in root:
            return _named(root, key, pattern)
    near = [key for key in root if difflib.get_close_matches(key.lower(), ("openapi", "swagger"), 1, 0.75)]
    hint = f"Did you mean `openapi` for {quoted(near[0])}?" if near else None
    raise Refused([problem("version-missing", source.whole(), "There is no key `openapi`.", hint)])


def _named(root: Map, key: str, pattern: re.Pattern[str]) -> Version:
    value: Any = root[key]
    text = written(root, key) if isinstance(value, float | int) else value
    found = pattern.fullmatch(text) if isinstance(text, str) else None
    if not found:
        shown = quoted(str(text)) if isinstance(value, str | int | float) else "no text"
        raise Refused([problem("version-unknown", root.place(key), f"The value of `{key}` is {shown}.")])
    return Version.SWAGGER if key == "swagger" else Version(found.group(1))
