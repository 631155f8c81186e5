"""What is compared: two files, two folders, revisions of a repository, or all that the configuration lists with one."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from specwright.config import configured
from specwright.problems import Refused, problem, quoted
from specwright.review.revisions.git import ask
from specwright.review.revisions.naming import Names, is_document
from specwright.review.revisions.side import Options, Revision, Side
from specwright.review.revisions.tree import Folder, Given

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specwright.config import Config
    from specwright.review.revisions.side import Past

__all__ = ["Match", "Options", "Pair", "Revision", "Side", "between", "differing_lines", "matches", "since"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A document, before and after."""

    name: str
    """What the configuration calls it, or else its path."""
    old: Revision | None
    """None where it is new."""
    new: Revision | None
    """None where it is gone."""


@dataclass(frozen=True, slots=True)
class Match:
    """A document before and after, not read yet."""

    name: str
    old: Side | None
    new: Side | None

    def read(self) -> Pair:
        """Both documents. Where one has no lock, it is planned with the names of the other: as `generate` would.

        Raises:
            Refused: One of them can't be read.
        """
        old = self.old.read() if self.old else None
        new = self.new.read() if self.new else None
        if old and new:
            old, new = replace(old, lock=old.lock or new.lock), replace(new, lock=new.lock or old.lock)
        return Pair(self.name, old, new)


def matches(old: str, new: str, options: Options) -> tuple[Match, ...]:
    """The documents that two texts name, each a file, a folder or `REV:PATH` of git; those of folders by their paths.

    Raises:
        Refused: A text names nothing, one names a folder and the other a document, or there are no documents.
    """
    names = Names(options)
    before, after = names.named(old, new), names.named(new, old)
    if before.is_folder != after.is_folder:
        folder, file = (old, new) if before.is_folder else (new, old)
        message = f"{quoted(folder)} is a folder, and {quoted(file)} is a document."
        raise Refused([problem("diff-mixed", None, message)])
    if not before.is_folder:
        return (_named(after.path_named, before.side(options), after.side(options)),)
    olds, news = before.documents(options), after.documents(options)
    if not olds and not news:
        message = f"There is no OpenAPI document below {quoted(old)}, nor below {quoted(new)}."
        raise Refused([problem("diff-nothing", None, message)])
    return tuple(_named(path, olds.get(path), news.get(path)) for path in sorted({*olds, *news}))


def since(base: str, specs: Sequence[Path], options: Options) -> tuple[Match, ...]:
    """The documents that are named, or else all that the configuration lists, since they parted from a revision.

    That is the last commit which the revision has in common with what is checked out: what a pull request shows, in
    which nothing counts that others changed meanwhile. Which is new, and which is gone, the configurations of both say.

    Raises:
        Refused: There is no such revision, no repository, or nothing is listed.
    """
    names = Names(options)
    commit = names.repository.common(base)
    past = names.past(commit.shown, names.repository.tree(commit.id))
    current = (
        tuple(options.on_disk(spec) for spec in specs)
        if specs
        else tuple(map(options.as_said, configured(options.folder)))
    )
    gone = () if specs else _gone(current, past)
    return (
        *(_now_and(past, config) for config in current),
        *(_named(str(config.spec), past.side(config), None) for config in gone),
    )


def _now_and(past: Past, config: Config) -> Match:
    """A document of the working tree, and what it was."""
    then = past.called(config.name) or past.settings(config.spec)
    old = past.side(then) if past.has(then.spec) else None
    new: Side | None = Side(str(config.spec), config, Folder())
    if old and not config.name and not os.path.lexists(config.spec):  # it was named, and is gone
        new = None
    return _named(str(config.spec), old, new)


def between(old: tuple[str, str], new: tuple[str, str], options: Options) -> Match | None:
    """A document that git has in two files: for each side its path in the repository, and the file with its content.

    What it refers to is read from the working tree. None where a side is no document; the null device is no side at all.
    """
    before, after = (
        _given(path, f"{letter}/{path}", file, options) for letter, (path, file) in (("a", old), ("b", new))
    )
    missing = [file for side, (_, file) in ((before, old), (after, new)) if side is None]
    return None if any(file != os.devnull for file in missing) else _named(new[0], before, after)


def _given(path: str, label: str, file: str, options: Options) -> Side | None:
    if file == os.devnull:
        return None
    config = options.on_disk(Path(path))
    content = Folder().fetch(file, config.budgets.bytes)
    return Side(label, config, Given(path, content)) if is_document(content) else None


def differing_lines(old: tuple[str, str], new: tuple[str, str], folder: Path) -> str:
    """The lines that differ, as git shows them; for each side its name, and the file with its content."""
    options = ("--no-index", "--no-ext-diff", "--no-textconv", "--no-color", "--")
    shown = ask(folder, "diff", *options, old[1], new[1]).stdout.decode("utf-8", "replace").splitlines()
    start = next((at for at, line in enumerate(shown) if line.startswith("--- ")), None)
    if start is None:  # nothing differs, or it is no text
        return "".join(f"{line}\n" for line in shown if line.startswith("Binary files"))
    names = [os.devnull if side[1] == os.devnull else side[0] for side in (old, new)]
    return "".join(f"{line}\n" for line in (f"--- {names[0]}", f"+++ {names[1]}", *shown[start + 2 :]))


def _gone(current: Sequence[Config], past: Past) -> Iterator[Config]:
    """The documents that the configuration listed and no longer does."""
    for then in past.configs:
        is_listed = any(then.name == now.name or past.same(then.spec, now.spec) for now in current)
        if not is_listed and past.has(then.spec):
            yield then


def _named(path: str, old: Side | None, new: Side | None) -> Match:
    side = new or old
    return Match((side.config.name if side else "") or path, old, new)
