"""What need not be made again: a whole package whose inputs are the same, or the modules that come out the same.

Both are told from the hashes in `specwright.lock`, and both are for `generate` alone: `check`, which is to prove what is
there, makes everything and compares.
"""

from __future__ import annotations

import json
import os
from dataclasses import fields
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from specwright.emit import templates
from specwright.emit.lock import FILE_NAME, digest
from specwright.emit.write import as_listed, is_as_listed, lock_at_rest, shown
from specwright.flavours import made_with
from specwright.results import Generated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.config import Config
    from specwright.emit.lock import Lock
    from specwright.stores import Store

_PLACES: Final = frozenset({"client_config", "file", "name", "output", "overlays", "root", "spec"})
"""Settings that say where things are, which differ between machines: what is in the files is hashed with the inputs."""


def recipe(config: Config) -> str:
    """The hash of all but the inputs that a package depends on: the generator, and the settings."""
    settings = {
        setting.name: repr(getattr(config, setting.name))
        for setting in fields(config)
        if setting.name not in _PLACES
    }
    above = os.path.relpath(_root(config), config.spec.parent)
    overlays = [os.path.relpath(overlay, config.spec.parent) for overlay in config.overlays]
    parts = [_generator(), settings, above, overlays, made_with(config)]
    return digest(json.dumps(parts, sort_keys=True).encode())


def _root(config: Config) -> Path:
    return config.root or config.spec.parent


@cache
def _generator() -> str:
    """The hash of the generator itself, and of what formats its output."""
    found = sha256(metadata.version("ruff").encode())
    for folder, kind in ((_SOURCES, "*.py"), (templates.folder(), "*.jinja")):
        for path in sorted(folder.rglob(kind)):
            found.update(sha256(path.read_bytes()).digest())
    return found.hexdigest()


_SOURCES: Final = Path(__file__).parent


def unchanged(config: Config, store: Store) -> Generated | None:
    """What was generated, where a lock proves that a run would give the same; None where it does not.

    The document's files are those of `store`.
    """
    if config.output is None:
        return None  # only the document knows how the folder is called
    lock = lock_at_rest(config.output)
    if lock is None or not lock.recipe or (config.strict and lock.problems > 0):
        return None
    # What tells most often, and reads least, comes first.
    as_before = (
        lock.recipe == recipe(config)
        and _are_inputs(lock, config, store)
        and is_as_listed(config.output, lock)
    )
    if not as_before:
        return None
    return Generated(
        package=lock.module,
        output=shown(config.output),
        operations=lock.operations,
        models=lock.models,
        validators=lock.validators,
        files=tuple(sorted((*lock.files, FILE_NAME))),
        written=(),
        removed=(),
        problems=(),
        told_before=lock.problems,
    )


def _are_inputs(lock: Lock, config: Config, store: Store) -> bool:
    """Whether what was read is what would be read now; of what came from elsewhere that can't be told without asking there."""
    root = Path(store.real(str(_root(config))))
    read = {store.real(str(root / name)): expected for name, expected in lock.inputs.items()}
    named = (config.spec, *config.overlays)
    if any("://" in name for name in lock.inputs) or not all(store.real(str(path)) in read for path in named):
        return False
    try:
        return all(
            digest(store.fetch(path, config.budgets.bytes)) == expected for path, expected in read.items()
        )
    except OSError:
        return False


def kept(rendered: Mapping[str, str], target: Path, old: Lock | None, made_by: str) -> dict[str, str]:
    """Of modules, by their `hashes` as they were rendered, those that were the same when last written: as they are there."""
    if old is None or not made_by or old.recipe != made_by:
        return {}
    return as_listed(
        target, old, [path for path, hash_ in rendered.items() if old.rendered.get(path) == hash_]
    )
