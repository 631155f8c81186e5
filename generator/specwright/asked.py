"""What the public functions begin with: which settings hold, the document, and what of its Problems is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from specwright.config import Config
    from specwright.document import Document
    from specwright.problems import Problem
    from specwright.review.revisions import Match
    from specwright.stores import Store


def match(old: Path | str | None, new: Path | str | None, config: Config | None, base: str | None) -> Match:
    """The one document that is compared."""
    from pathlib import Path

    from specwright.review.revisions import Options, matches, since

    if (old is None) == (base is None):
        raise ValueError("what is compared with: `old` or `base`?")
    options = Options(Path.cwd(), {}, config)
    spec = settings(None, config).spec if new is None else Path(new)
    found = (
        since(base, (spec,), options) if base is not None else matches(str(old), str(new or spec), options)
    )
    if len(found) != 1:
        raise LookupError(f"{len(found)} documents are compared, not one")
    return found[0]


def settings(
    spec: Path | str | None,
    config: Config | None,
    output: Path | str | None = None,
    package: str | None = None,
) -> Config:
    """The config with what the arguments say in its place."""
    from dataclasses import replace
    from pathlib import Path

    from specwright.config import configured

    if config is None:
        (config, *_) = configured(Path.cwd(), Path(spec) if spec is not None else None)
    elif spec is not None:
        config = replace(config, spec=Path(spec))
    if output is not None:
        config = replace(config, output=Path(output))
    return replace(config, package=package) if package is not None else config


def target(document: Document, config: Config) -> Path:
    """The output folder: the config's, else one named after the distribution, in the current folder."""
    from pathlib import Path

    from specwright.plan.packages import package

    return config.output or Path(package(document, config).distribution)


def read(config: Config, store: Store | None = None) -> Document:
    """The document, from the disk if not from `store`; whether a warning in it is an error is for `reported` to say, which knows what is ignored."""
    from dataclasses import replace

    from specwright.document import load

    return load(config.spec, replace(config, strict=False), store=store)


def read_whole(config: Config) -> Document:
    """The document with every operation, whichever are wanted."""
    from dataclasses import replace

    return read(replace(config, tags=(), paths=(), operations=()))


def kept_names(document: Document, config: Config, *, named: bool) -> Mapping[str, str]:
    """The names that the document's package has already; where it was not written yet, and `named`, those that it would have."""
    from specwright.emit.write import read_lock
    from specwright.plan import outline

    lock = read_lock(target(document, config))
    if lock is not None:
        return lock.names
    return outline(document, config, {}).names if named else {}


def reported(document: Document, problems: tuple[Problem, ...], config: Config) -> tuple[Problem, ...]:
    """Those that neither the document nor the config silences, the warnings among them errors where it is strict."""
    from specwright.problems import strict

    left = document.silences.left(problems, config.ignore)
    return strict(left) if config.strict else left


def accepted(document: Document, problems: tuple[Problem, ...], config: Config) -> tuple[Problem, ...]:
    """Those that are reported, if the package may be made in spite of them.

    Raises:
        Refused: An error is among them.
    """
    from specwright.problems import Refused, refused

    left = reported(document, problems, config)
    if refused(left):
        raise Refused(left)
    return left
