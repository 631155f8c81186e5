"""What openapi-python-client is given: the document as it is written, or as one document of OpenAPI 3.1; and its settings."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from specwright.config import near_client_config
from specwright.document import Map, Seq
from specwright.document.load import read
from specwright.document.tree import file_of, source_of
from specwright.flavours.openapi_python_client.bundle import bundled
from specwright.problems import Refused, problem, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.config import Config
    from specwright.document import Document
    from specwright.problems import Problem

_READ_AS_IT_IS: Final = ("3.0", "3.1")
METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
"""The methods of a path that openapi-python-client looks at."""
_OURS: Final = "post_hooks"
"""The setting that says what runs over its output: that is for `emit.tidy`."""


@dataclass(frozen=True, slots=True)
class Given:
    """A document as openapi-python-client is given it."""

    text: str
    """In JSON."""
    tree: Map
    """The same with its places, but for `named`."""
    named: Mapping[str, Map] = field(default_factory=dict[str, Map])
    """The schemas that got a name below `components/schemas` for it, by that."""


def given(document: Document) -> Iterator[Given]:
    """The document for openapi-python-client: what it is given first, and if it refuses that, what else.

    First is what the author wrote, wherever that can be read as it is, so that the client is the one that is in use: a
    document of OpenAPI 3.0 or 3.1 in one file, without what is not selected. Else it is the document as it is read here, in
    OpenAPI 3.1, in one piece, and mended.
    """
    file = file_of(source_of(document.root))
    written = file.content if file is not None else None
    if isinstance(written, Map) and _is_read(written):
        yield Given(json.dumps(_selected(written, document)), written)
    data, named = bundled(document)
    yield Given(json.dumps(data), document.root, named)


def _is_read(written: Map) -> bool:
    version = written.get("openapi")
    if not isinstance(version, str) or not version.startswith(_READ_AS_IT_IS):
        return False
    items = written.get("paths")
    referring = isinstance(items, Map) and any(
        isinstance(item, Map) and "$ref" in item for item in items.values()
    )
    return not referring and all(reference.startswith("#") for reference in _references(written))


def _references(node: Any) -> Iterator[str]:
    """Every `$ref` that may be one: where it is data, it does no harm to take it for one."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Map):
            reference = node.get("$ref")
            if isinstance(reference, str):
                yield reference
            waiting += node.values()
        elif isinstance(node, Seq):
            waiting += node


def _selected(written: Map, document: Document) -> dict[str, Any]:
    """What is written, without the operations and schemas that are not in the document that was read of it."""
    kept = document.root
    data: dict[str, Any] = dict(written)
    if isinstance(items := written.get("paths"), Map):
        data["paths"] = {
            path: _item(item, kept["paths"][path])
            for path, item in items.items()
            if path in kept.get("paths", ()) and isinstance(item, Map)
        }
    components = written.get("components")
    if isinstance(components, Map) and isinstance(schemas := components.get("schemas"), Map):
        left = kept.get("components", {}).get("schemas", {})
        data["components"] = {
            **components,
            "schemas": {name: schema for name, schema in schemas.items() if name in left},
        }
    return data


def _item(item: Map, kept: Map) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key not in METHODS or key in kept}


# --- settings ---------------------------------------------------------------------------------------------------


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

    @property
    def every_tag(self) -> bool:
        """Whether an operation is written once for each of its tags."""
        return json.loads(self.text).get("generate_all_tags") is True


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
        source, _ = read(_bytes(path), name=str(path), path=str(path), budgets=config.budgets)
        if not isinstance(source.root, Map):
            message = (
                f"{quoted(path.name)} is not what openapi-python-client reads: an object with its settings."
            )
            raise Refused([problem("client-config", source.whole(), message)])
        root = source.root
        said = dict(root)
        above = config.root or config.spec.parent
        inputs[Path(os.path.relpath(path, above)).as_posix()] = source.digest
        if said.get(_OURS):
            message = f"{quoted(_OURS)} is not run: specwright formats what it writes, and nothing else may change it."
            problems.append(problem("client-config-ignored", root.place(_OURS), message))
    ours = {
        "package_name_override": config.package,
        "package_version_override": config.version,
        "project_name_override": config.package.replace("_", "-"),
    }
    said |= {key: value for key, value in ours.items() if value}
    said[_OURS] = list[str]()
    return Settings(json.dumps(said), inputs, tuple(problems), root)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{quoted(str(path))}: {error.strerror}."
        raise Refused([problem("client-config", None, message)]) from error
