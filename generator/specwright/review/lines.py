"""The lines of both revisions: of the documents, and of the packages that are made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.emit.render import render
from specwright.emit.tidy import tidy
from specwright.plan import plan
from specwright.review.findings import Lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.document import Document
    from specwright.plan import Plan
    from specwright.review.revisions import Revision


def documents(old: Document, new: Document) -> tuple[Lines, ...]:
    """The files of two documents that differ; where each is one file, whatever they are called."""
    before, after = old.texts(), new.texts()
    if len(before) == len(after) == 1:
        ((name, text),) = after.items()
        return _differing({name: next(iter(before.values()))}, {name: text})
    return _differing(before, after)


def packages(old: Revision, new: Revision, before: Plan, after: Plan) -> tuple[Lines, ...]:
    """The generated files that differ; those that are the same in every package are none of them."""
    olds, news = _rendered(old, before), _rendered(new, after)
    differ = [path for path in {**olds, **news} if olds.get(path) != news.get(path)]
    # What is the same before it is formatted is the same afterwards.
    return _differing(
        *(tidy({path: files[path] for path in differ if path in files}) for files in (olds, news))
    )


def _rendered(revision: Revision, outlined: Plan) -> Mapping[str, str]:
    whole = plan(revision.document, revision.config, outlined.names, outlined.layout.kind)
    files = render(whole.api, whole.layout)
    return {path: text for path, text in files.items() if "/_runtime/" not in path}


def _differing(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Lines, ...]:
    return tuple(
        Lines(path, old.get(path, ""), new.get(path, ""))
        for path in sorted({*old, *new})
        if old.get(path) != new.get(path)
    )
