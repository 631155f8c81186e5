"""One side of a comparison: a document of some revision, and how it is read."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from specwright.config import FILE_NAME, as_said, configuration, configured, configured_at
from specwright.document import load
from specwright.emit import lock as locks
from specwright.emit.write import read_lock
from specwright.plan.packages import package
from specwright.problems import Refused
from specwright.review.revisions.tree import Beside, Tree
from specwright.stores import Disk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.config import Config
    from specwright.document import Document
    from specwright.emit.lock import Lock
    from specwright.review.revisions.git import Repository
    from specwright.stores import Store


@dataclass(frozen=True, slots=True)
class Revision:
    """A document as it is or was, read."""

    label: str
    """As the user named it: `main:spec/pets.yaml`."""
    config: Config
    document: Document
    lock: Lock | None
    """The names to plan it with: those of its own revision, or else those of the other, which hold for both."""
    store: Store
    """Where its files come from."""


@dataclass(frozen=True, slots=True)
class Side:
    """A document as it is or was, not read yet."""

    label: str
    config: Config
    store: Store

    @property
    def is_old(self) -> bool:
        """Whether it comes from a revision, in which nothing can be mended any more."""
        return not isinstance(self.store, Disk)

    def read(self) -> Revision:
        """The document; its warnings are never errors here.

        Raises:
            Refused: It can't be read.
        """
        document = load(self.config.spec, replace(self.config, strict=False), store=self.store)
        return Revision(self.label, self.config, document, self._lock(document), self.store)

    def _lock(self, document: Document) -> Lock | None:
        if not self.config.name:
            return None
        folder = self.config.output or Path(package(document, self.config).distribution)
        return _lock_at(folder, self) if self.is_old else read_lock(folder)


def _lock_at(folder: Path, side: Side) -> Lock | None:
    """The lock of a revision; None where there is none that can be read: it can't be mended, and only names depend on it."""
    path = os.path.abspath(folder / locks.FILE_NAME)  # noqa: PTH100 - links are the revision's to follow
    most = side.config.budgets.bytes
    try:
        size = side.store.size(path)
        if size is None or size > most:
            return None
        text = side.store.fetch(path, most).decode()
        return locks.parse(text, side.store.shown(path))
    except (OSError, UnicodeDecodeError, Refused):
        return None


@dataclass(frozen=True, slots=True)
class Options:
    """What holds for every document that is compared."""

    folder: Path
    """The folder that the command is run in."""
    said: Mapping[str, Any]
    """Fields of Config that options give; they hold for both sides."""
    config: Config | None = None
    """The settings of the document, where a program gives them; else the configuration is read."""

    def on_disk(self, spec: Path, root: Path | None = None) -> Config:
        """The settings of a document in the working tree."""
        found = replace(self.config, spec=spec) if self.config else configured(self.folder, spec)[0]
        return self.as_said(found, root)

    def as_said(self, config: Config, root: Path | None = None) -> Config:
        """The settings with what options say; `root` is the folder that `$ref` may reach where neither says."""
        config = as_said(config, self.said)
        return replace(config, root=config.root or root)


class Past:
    """A revision: its files, and the configuration that it had."""

    def __init__(self, tree: Tree, repository: Repository, options: Options) -> None:
        self.tree = tree
        self._options = options
        file = configuration(options.folder) or Path(repository.top, FILE_NAME)
        self.configs = () if options.config else self._configs(file)
        """What the configuration lists, as it was then."""

    def _configs(self, file: Path) -> tuple[Config, ...]:
        path = os.path.abspath(file)  # noqa: PTH100 - links are the revision's to follow
        try:
            return configured_at(file, self.tree.fetch(path, 1 << 20))
        except OSError:
            return ()

    def has(self, spec: Path) -> bool:
        """Whether something is there; what it is shows when it is read."""
        try:
            return self.tree.size(os.path.abspath(spec)) is not None  # noqa: PTH100 - as above
        except OSError:
            return True

    def same(self, one: Path, other: Path) -> bool:
        """Whether two paths are one file."""
        return self.tree.real(os.path.abspath(one)) == self.tree.real(os.path.abspath(other))  # noqa: PTH100 - as above

    def called(self, name: str) -> Config | None:
        """The settings of the document that the configuration called so; None where there was none."""
        then = next((config for config in self.configs if config.name == name), None)
        return replace(then, budgets=self._options.on_disk(then.spec).budgets) if then else None

    def settings(self, spec: Path) -> Config:
        """The settings of a document: those that it had, or else those that it has now."""
        then = next((config for config in self.configs if self.same(config.spec, spec)), None)
        now = self._options.on_disk(spec)
        return replace(then, spec=spec, budgets=now.budgets) if then else now

    def side(self, config: Config, root: Path | None = None) -> Side:
        """The document with those settings, as it was.

        An overlay of the configuration that was not there then is not applied; one that an option gives is read from disk.
        """
        said = self._options.said
        if "overlays" not in said:
            config = replace(config, overlays=tuple(path for path in config.overlays if self.has(path)))
        config = self._options.as_said(config, root)
        from_disk = {os.path.abspath(path): Disk() for path in said.get("overlays", ())}  # noqa: PTH100 - as above
        store = Beside(self.tree, from_disk) if from_disk else self.tree
        return Side(self.tree.shown(os.path.abspath(config.spec)), config, store)  # noqa: PTH100 - as above
