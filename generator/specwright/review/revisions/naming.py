"""What the user named: a file, a folder, or a path of a revision."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from specwright.problems import Place, Refused, problem, quoted
from specwright.review.revisions.git import Repository
from specwright.review.revisions.side import Past, Side
from specwright.review.revisions.tree import Folder, Folders, Scope, Tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.review.revisions.side import Options

_SUFFIXES: Final = (".yaml", ".yml", ".json")
_DRIVE: Final = re.compile(r"[A-Za-z]:[\\/]")
_YAML: Final = re.compile(r"""^["']?(?:openapi|swagger)["']?[ \t]*:""", re.MULTILINE)
_FLOW: Final = re.compile(r"""[{,]\s*["']?(?:openapi|swagger)["']?\s*:""")
_HEAD: Final = 4_000
"""Characters of an object that can't be read as JSON in which its version has to stand."""
_KEYS: Final = frozenset({"openapi", "swagger"})


@dataclass(frozen=True, slots=True)
class Named:
    """A file or a folder that is there."""

    text: str
    """As the user wrote it."""
    path: Path
    store: Folders
    past: Past | None
    """The revision; None for the working tree."""

    @property
    def path_named(self) -> str:
        """The path, without the revision."""
        parts = revision_and_path(self.text) if self.past else None
        return parts[1] if parts else self.text

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return self.store.is_folder(str(self.path))

    def side(self, options: Options) -> Side:
        """The document that it is."""
        return self._side(self.path, options, None)

    def documents(self, options: Options) -> Mapping[str, Side]:
        """The documents below the folder that it is, each by its path from there."""
        most = options.config.budgets.bytes if options.config else None
        found: dict[str, Side] = {}
        for path in self.store.below(str(self.path)):
            if path.endswith(_SUFFIXES):
                config = self._side(Path(path), options, self.path)
                if is_document(self.store.fetch(path, most or config.config.budgets.bytes)):
                    found[os.path.relpath(path, self.path).replace(os.sep, "/")] = config
        return found

    def _side(self, spec: Path, options: Options, root: Path | None) -> Side:
        if self.past:
            return self.past.side(self.past.settings(spec), root)
        config = options.on_disk(spec, root)
        return Side(self.store.shown(str(spec)), config, self.store)


def is_document(content: bytes) -> bool:
    """Whether a file is an OpenAPI document, and not one that only others refer to."""
    text = content.decode("utf-8-sig", "replace")
    if not text.lstrip().startswith("{"):
        return _YAML.search(text) is not None
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError):
        return _FLOW.search(text[:_HEAD]) is not None
    return not _KEYS.isdisjoint(value)


class Names:
    """Finds what texts name, and reads each repository once."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._repository: Repository | None = None

    @property
    def repository(self) -> Repository:
        """That of the current folder.

        Raises:
            Refused: There is none.
        """
        self._repository = self._repository or Repository(self._options.folder)
        return self._repository

    def named(self, text: str, other: str = "") -> Named:
        """What a text names: a file that is there has precedence over a revision. `other` is named beside it.

        Raises:
            Refused: Nothing.
        """
        parts = None if os.path.lexists(self._options.folder / text) else revision_and_path(text)
        if parts is None:
            named = Named(text, Path(text), Folder(), None)
            if not named.is_folder and Folder().size(text) is None:
                raise _nothing(text, self._of_revision(text, other))
            return named
        revision, path = parts
        repository = self.repository
        past = self.past(revision, repository.tree(revision))
        start = repository.folder if path.startswith(("./", "../")) or path in {".", ".."} else repository.top
        real = Path(os.path.normpath(Path(start, path)))
        named = Named(text, real, past.tree, past)
        if not named.is_folder and not past.has(real):
            below = os.path.relpath(repository.folder, repository.top)
            inner = Path(repository.folder, path)
            hint = f"PATH starts at the top of the repository: write `{revision}:./{path}`."
            raise _nothing(text, hint if below != "." and past.has(inner) else None)
        return named

    def _of_revision(self, text: str, other: str) -> str | None:
        """What to write where a text that names no file is a revision."""
        try:
            self.repository.commit(text)
        except Refused:
            return None
        path = (revision_and_path(other) or ("", other))[1]
        if not revision_and_path(other) and self.repository.folder != self.repository.top:
            path = f"./{path}"
        return f"`{text}` is a revision: name a file of it, `{text}:{path}`, or use `--base {text}`."

    def past(self, shown: str, tree: str) -> Past:
        """The revision with a tree of that id."""
        return Past(Tree(Scope(self.repository, tree, shown)), self.repository, self._options)


def revision_and_path(text: str) -> tuple[str, str] | None:
    """The two halves of `REV:PATH`, as git splits it; None for a path. A colon in braces belongs to REV."""
    if _DRIVE.match(text):
        return None
    depth = 0
    for at, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        if character == ":" and depth <= 0:
            return text[:at], text[at + 1 :]
    return None


def _nothing(text: str, hint: str | None) -> Refused:
    place = Place(text, 1, 1, "", "")
    return Refused([problem("file-missing", place, f"There is no file {quoted(text)}.", hint)])
