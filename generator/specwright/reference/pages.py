"""The reference as pages: one that lists and searches all operations, and one for each of them.

No page loads anything, and each is read without a script.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from specwright.emit import html
from specwright.reference.search import index
from specwright.reference.shown import FILTERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markupsafe import Markup

    from specwright.reference.model import Operation, Reference, Tag

INDEX: Final = "index.html"
FOLDER: Final = "operations"


@dataclass(frozen=True, slots=True)
class Extra:
    """What a page has beside the reference: a form for requests, with its own style and script, all as names of templates."""

    form: str = ""
    """The template that is included beside an operation's calls; "" for none."""
    style: str = ""
    script: str = ""
    data: Markup | str = ""
    """JSON for the script."""
    sources: Mapping[str, str] = field(default_factory=dict[str, str])
    """What the pages may load beside what is in them, by the directives of their policy."""


class Pages:
    """Prints the pages of one reference."""

    def __init__(self, reference: Reference, extra: Extra | None = None) -> None:
        self._reference = reference
        self._extra = extra or Extra()
        environment = _environment()
        self._style = html.own(environment, "reference/style.css", *_named(self._extra.style))
        self._index = environment.get_template("reference/index.html.jinja")
        self._page = environment.get_template("reference/operation.html.jinja")
        self._scripts = {
            name: html.own(environment, f"reference/{name}.js", *_named(self._extra.script))
            for name in ("index", "operation")
        }
        self._tags = {operation.slug: tag for tag in reference.tags for operation in tag.operations}
        self._beside = dict(_beside([*reference.operations()]))

    def index(self) -> str:
        """The page of all operations."""
        script = self._scripts["index"]
        written = self._index.render(
            reference=self._reference,
            index=html.data(index(self._reference)),
            style=self._style,
            script=script,
            policy=self.policy(INDEX),
            extra=self._extra,
        )
        return f"{written}\n"

    def operation(self, operation: Operation) -> str:
        """The page of one operation."""
        script = self._scripts["operation"]
        before, after = self._beside[operation.slug]
        tag: Tag = self._tags[operation.slug]
        written = self._page.render(
            reference=self._reference,
            tag=tag,
            operation=operation,
            before=before,
            after=after,
            style=self._style,
            script=script,
            policy=self.policy(),
            extra=self._extra,
        )
        return f"{written}\n"

    def files(self) -> Iterator[tuple[str, str]]:
        """Every page, by its path."""
        yield INDEX, self.index()
        for operation in self._reference.operations():
            yield f"{FOLDER}/{operation.slug}.html", self.operation(operation)

    def policy(self, path: str = "") -> str:
        """The policy of the page of all operations (`INDEX`), or else of one."""
        script = self._scripts["index" if path == INDEX else "operation"]
        return html.policy([self._style], [script], self._extra.sources)


def _beside(every: list[Operation]) -> Iterator[tuple[str, tuple[Operation | None, Operation | None]]]:
    """By the slug of each operation: the ones before and after it."""
    around = [None, *every, None]
    for (before, operation), (_, after) in pairwise(pairwise(around)):
        if operation is not None:
            yield operation.slug, (before, after)


def _named(name: str) -> tuple[str, ...]:
    return (name,) if name else ()


@cache
def _environment() -> html.Environment:
    return html.environment(FILTERS)


def pages(reference: Reference) -> dict[str, str]:
    """Every page of a reference, by its path."""
    return dict(Pages(reference).files())
