"""The door to HTML: templates that show text and do nothing with it, and the policy that lets nothing else run.

What a template prints is escaped twice: characters that are invisible or reorder a line as elsewhere, and what HTML reads by Jinja. A
page's policy (Content Security Policy Level 3, section 3.3) allows the styles and the scripts that are in it, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from specwright.problems import escaped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["Environment", "Markup", "data", "elements", "environment", "lines", "own", "policy"]

_PACKAGE: Final = Path(__file__).parents[1]
TEMPLATES: Final = (_PACKAGE / "templates", _PACKAGE.parents[1] / "templates")
"""Those of an installed package, which an editable one has not, and those of the repository."""


def environment(filters: Mapping[str, Callable[..., Any]]) -> Environment:
    """Where templates are printed; nothing but these filters is in it."""
    made = Environment(
        loader=FileSystemLoader([*TEMPLATES]),
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
    )
    made.filters.clear()
    made.filters.update(filters)
    return made


def _visible(value: object) -> object:
    return escaped(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def own(environment: Environment, *names: str) -> Markup:
    """Our own style or script, as it is written in these files: nothing of a document is in it."""
    loader = environment.loader
    if loader is None:
        raise LookupError(names[0])
    texts = (loader.get_source(environment, name)[0] for name in names)
    return Markup("\n".join(texts))  # noqa: S704 -- files of ours


def policy(
    styles: Iterable[str], scripts: Iterable[str], sources: Mapping[str, str] = MappingProxyType({})
) -> str:
    """What a page may load and run: the styles and scripts with these texts, and by the directives further `sources`."""
    allowed = {
        "default-src": "'none'",
        "style-src": " ".join(map(_hash, styles)),
        "script-src": " ".join(map(_hash, scripts)),
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    for directive, source in sources.items():
        allowed[directive] = f"{allowed.get(directive, '')} {source}".strip()
    return "; ".join(f"{directive} {said}" for directive, said in allowed.items())


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def elements(template: str, *parts: object) -> Markup:
    """Elements of ours, with text or further elements in their places."""
    return Markup(template.format(*[escape(_visible(part)) for part in parts]))  # noqa: S704 -- each is escaped


def lines(text: str) -> Markup:
    """Text of several lines, for an element in which they stay as they are."""
    shown = (escaped(line.expandtabs(4)) for line in text.replace("\r\n", "\n").split("\n"))
    return escape("\n".join(shown))


def data(value: object) -> Markup:
    """A value as JSON for a script to read, in which nothing ends the element that it stands in (HTML, section 4.12.1.3)."""
    text = json.dumps(value, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704
