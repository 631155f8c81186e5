"""The settings of openapi-python-client: what its own configuration says, and what ours gives."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from specwright.config import near_client_config
from specwright.document import Map
from specwright.document.load import read
from specwright.problems import Refused, problem, quoted
from specwright.spelling import Spelling

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.config import Config
    from specwright.problems import Place, Problem

_OURS: Final = "post_hooks"
"""The setting that says what runs over its output: that is for `emit.tidy`."""
_NAMES: Final = ("package_name_override", "project_name_override")
"""The settings that name the package: the second one where the first one says nothing."""
KNOWN: Final = frozenset(
    {
        "class_overrides",
        "content_type_overrides",
        "docstrings_on_attributes",
        "field_prefix",
        "generate_all_tags",
        "http_timeout",
        "literal_enums",
        "package_version_override",
        "use_path_prefixes_for_title_model_names",
        _OURS,
        *_NAMES,
    }
)
"""The settings that it has, in the version that was tried. Of others it says nothing."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The configuration of openapi-python-client."""

    text: str
    """In JSON: what its own file says, and the names and the version that ours gives."""
    inputs: Mapping[str, str]
    """The file that was read, as the lock tells of it."""
    problems: tuple[Problem, ...]
    root: Map | None
    """What that file says, with its places; None where there is none."""
    named: bool
    """Whether our configuration names the package."""

    @property
    def every_tag(self) -> bool:
        """Whether an operation is written once for each of its tags."""
        return json.loads(self.text).get("generate_all_tags") is True

    def name_place(self, title: Place) -> Place | None:
        """Where the package gets its name, `title` being where it gets that if nothing says another; None for our own settings."""
        if self.named:
            return None
        root = self.root
        return next((root.place(name) for name in _NAMES if root.get(name)), title) if root else title


def settings(config: Config) -> Settings:
    """How openapi-python-client is told to work.

    Raises:
        Refused: Its configuration can't be read.
    """
    path = near_client_config(config)
    said: dict[str, Any] = {}
    inputs: dict[str, str] = {}
    problems: list[Problem] = []
    root: Map | None = None
    if path is not None:
        root, digest = _read(path, config)
        said = dict(root)
        above = config.root or config.spec.parent
        inputs[Path(os.path.relpath(path, above)).as_posix()] = digest
        problems += _ignored(root)
    ours = {
        "package_name_override": config.package,
        "package_version_override": config.version,
        "project_name_override": config.package.replace("_", "-"),
    }
    said |= {key: value for key, value in ours.items() if value}
    said[_OURS] = list[str]()
    return Settings(json.dumps(said), inputs, tuple(problems), root, named=bool(config.package))


def _read(path: Path, config: Config) -> tuple[Map, str]:
    """What the file says, and its hash."""
    try:
        source, _ = read(_bytes(path), name=str(path), path=str(path), budgets=config.budgets)
    except Refused as refused:
        raise Refused([_of_settings(found, path) for found in refused.problems]) from refused
    if not isinstance(source.root, Map):
        message = f"{quoted(path.name)} is not what openapi-python-client reads: an object with its settings."
        raise Refused([problem("client-config", source.whole(), message)])
    return source.root, source.digest


def _of_settings(found: Problem, path: Path) -> Problem:
    """A Problem of a file as one of a file that is no document."""
    if found.code != "document-empty":
        return found
    message = f"{quoted(path.name)} says nothing: openapi-python-client reads an object with its settings."
    return problem("client-config", found.place, message, "Write settings into it, or remove it.")


def _ignored(root: Map) -> Iterator[Problem]:
    """What of the file is followed by nobody."""
    spelling = Spelling()
    for key in root:
        if key not in KNOWN:
            message = f"{quoted(key)} is no setting of openapi-python-client."
            yield problem("client-config-ignored", root.place(key), message, spelling.hint(key, KNOWN))
    if root.get(_OURS):
        message = (
            f"{quoted(_OURS)} is not run: specwright formats what it writes, and nothing else may change it."
        )
        yield problem("client-config-ignored", root.place(_OURS), message)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{quoted(str(path))}: {error.strerror}."
        raise Refused([problem("client-config", None, message)]) from error
