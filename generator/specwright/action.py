"""A run on one document as one hermetic action: what it reads, and what it gives."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from specwright.config import configuration
from specwright.emit.lock import FILE_NAME, digest, dump
from specwright.stores import Disk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.config import Config
    from specwright.results import Made


@dataclass(frozen=True, slots=True)
class Action:
    """What is declared of a run: where nothing but its inputs is there, and they are as they are here, it gives its outputs.

    The paths start at the current folder, where they are below it; a file of another host goes by its URL.
    """

    inputs: Mapping[str, str]
    """The SHA-256 of each file that is read: the document's, those of its settings, and the lock of an earlier run."""
    outputs: Mapping[str, str]
    """The SHA-256 of each file of the output folder that is specwright's, the lock among them."""


def action(made: Made, config: Config) -> Action:
    """What is declared of a run that has made all but written nothing; OSError where an input went meanwhile."""
    outputs = {**made.lock.files, FILE_NAME: digest(dump(made.lock).encode())}
    inputs = {**dict(_of_document(made, config)), **dict(_beside(made, config))}
    return Action(
        {path: inputs[path] for path in sorted(inputs)},
        {_shown(made.target / path): hash_ for path, hash_ in sorted(outputs.items())},
    )


def _of_document(made: Made, config: Config) -> Iterator[tuple[str, str]]:
    disk = Disk()
    root = Path(disk.real(str(config.root or config.spec.parent)))
    read = {
        name if "://" in name else disk.real(str(root / name)): hash_
        for name, hash_ in made.lock.inputs.items()
    }
    for path, hash_ in read.items():
        yield path if "://" in path else _shown(Path(path)), hash_
    for named in (
        config.spec,
        *config.overlays,
    ):  # by the name that is asked for, too, where that is a symbolic link
        real = disk.real(str(named))
        if real in read:
            yield _shown(named), read[real]


def _beside(made: Made, config: Config) -> Iterator[tuple[str, str]]:
    disk = Disk()
    settings = configuration(Path.cwd()) if config.name else None
    lock = made.target / FILE_NAME if made.old else None
    for path in (settings, lock):
        if path is not None:
            yield _shown(path), digest(disk.fetch(str(path), disk.size(str(path)) or 0))


def _shown(path: Path) -> str:
    return Path(Disk().shown(str(path.absolute()))).as_posix()
