"""Bytes to one OpenAPI document in one dialect, in which every value knows its place."""

from __future__ import annotations

import dataclasses
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from specwright.config import written_at
from specwright.document import kinds
from specwright.document.files import Files
from specwright.document.refs import References
from specwright.document.selection import select
from specwright.document.shape import LEFT_OUT, Walk
from specwright.document.silences import Silences
from specwright.document.tree import Map, Seq
from specwright.document.upgrade import RAISES, Version, version_of
from specwright.garbage import uncollected
from specwright.problems import Place, Problem, Refused, problem, quoted, refused, strict
from specwright.stores import Disk, Store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.config import Config
    from specwright.document.source import Source

__all__ = ["Document", "Map", "Seq", "load"]


@dataclasses.dataclass(frozen=True)
class Document:
    """One OpenAPI document of the one dialect: 3.1 with the additions of 3.2."""

    root: Map
    """The OpenAPI object; what is in it has the shape that the grammar promises."""
    files: Mapping[str, str]
    """Every file that was read, by its path from the root folder: the SHA-256 of its bytes, in hexadecimal."""
    problems: tuple[Problem, ...]
    references: References
    silences: Silences
    """What the document says of its own Problems; `problems` has those that it silences, too."""

    def texts(self) -> Mapping[str, str]:
        """The text of every file that was read, by its path from the root folder."""
        return self.references.files.texts()

    @property
    def is_whole(self) -> bool:
        """Whether every file that it refers to was there."""
        return not self.references.files.lacks_some

    def target(self, node: Map) -> Map:
        """The object that a node stands for by its `$ref`, over whole chains and files; without one, the node itself.

        The same target gives the same object. A `$ref` to nowhere was reported by `load` and gives an empty Map.
        """
        return self.references.target(node)

    def mapped(self, mapping: Map) -> Mapping[str, Map]:
        """The schemas that the `mapping` of a discriminator names, by its keys; those that lead nowhere were reported."""
        return self.references.mapped(mapping)

    def default_mapping(self, discriminator: Map) -> Map | None:
        """The schema that the `defaultMapping` of a discriminator names; None where there is none, or it leads nowhere."""
        return self.references.default(discriminator)


def load(source: Path | bytes, config: Config, *, store: Store | None = None) -> Document:
    """The document in a file, or in bytes that stand for one; Refused where it can't be read."""
    with uncollected():
        files, first = _opened(source, config, store or Disk())
        for overlay in config.overlays:
            files.overlay(first, os.path.abspath(overlay))  # noqa: PTH100 - as the document's
        version = version_of(first)
        table = kinds.table(swagger=version is Version.SWAGGER)
        walk = Walk(first.content, table, RAISES[version], older=version in {Version.SWAGGER, Version.V30})
        references = References(files, walk)
        root = walk.read(first.content, version.root)
        references.follow_all()
    problems = (*files.problems, *walk.findings.all())
    problems = strict(problems) if config.strict else problems
    if root is LEFT_OUT or refused(problems):
        raise Refused(problems)
    silences = Silences(walk.ignored.silencing, whole=not (config.tags or config.paths or config.operations))
    return select(Document(root, files.digests(), problems, references, silences), config)


def _opened(source: Path | bytes, config: Config, store: Store) -> tuple[Files, Source]:
    """The files that the document may be split over, and the first of them."""
    if isinstance(source, bytes):
        files = Files(store, str(config.root or os.curdir), config)
        return files, files.add(source, os.path.join(files.root, "document"))  # noqa: PTH118 - a name, of no file
    path = os.path.abspath(source)  # noqa: PTH100 - not resolved: `$ref` starts where the user sees the file
    files = Files(store, str(config.root or os.path.dirname(path)), config)  # noqa: PTH120 - as above
    if config.root and not Path(store.real(path)).is_relative_to(files.root):
        message = f"{quoted(store.shown(path))} is not below {quoted(str(config.root))}."
        raise Refused([problem("root-outside", None, message)])
    first = files.read(path, None)
    if first is None:
        raise Refused([_missing(source, store.shown(path), config)])
    return files, first


def _missing(source: Path, name: str, config: Config) -> Problem:
    """The Problem for a document that is not there."""
    address = _ADDRESS.sub(r"\1://", str(source))
    if address != str(source):
        message = f"{quoted(address)} is an address; a document is a file."
        return problem("file-missing", None, message, f"Fetch it first: `curl -fLo openapi.yaml {address}`.")
    place = written_at(config, "spec", source) or Place(name, 1, 1, "", "")
    return problem("file-missing", place, f"There is no file {quoted(name)}.")


_ADDRESS: Final = re.compile(r"^(https?):/+")
