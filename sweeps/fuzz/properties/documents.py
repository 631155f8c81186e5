"""What must hold of the loader, of references, and of what raises documents to the one dialect."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from specwright.config import Budgets, Config
from specwright.document import Map, Seq, load
from specwright.document.load import read
from specwright.problems import Refused, printed
from sweeps.fuzz.documents import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sweeps.fuzz.draws import Draws

BUDGETS: Final = Budgets(bytes=1 << 16, depth=60, nodes=5_000, expansion=5_000, key=500, files=8)


def loads(draws: Draws) -> None:
    """A file is read, each value with its place, or refused with Problems that print; JSON as `json` reads it."""
    suffix = ("yaml", "json")[draws.choose(2)]
    data = draws.rest()
    try:
        source, _ = read(data, name=f"a.{suffix}", path=f"/a.{suffix}", budgets=BUDGETS)
    except Refused as refused:
        _shown(refused)
        return
    for node in _nodes(source.root):
        keys: Any = node if isinstance(node, Map) else range(len(node))
        for key in keys:
            place: Any = node.place(key)
            assert 1 <= place.line <= source.text.count("\n") + 1 + source.text.count("\r"), place
            assert place.column >= 1, place
    if suffix == "json":
        try:
            expected = json.loads(data.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            return
        assert source.root == expected, (source.root, expected)


def _nodes(value: Any) -> Iterator[Map | Seq]:
    """Every object and list, each once."""
    seen: set[int] = set()
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Map | Seq) and id(node) not in seen:
            seen.add(id(node))
            yield node
            waiting += node.values() if isinstance(node, Map) else node


def _shown(refused: Refused) -> None:
    assert refused.problems
    assert str(refused)


class Files:
    """A store of a few files that are nowhere else."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

    def real(self, path: str) -> str:
        """There are no symbolic links."""
        return os.path.normpath(path)

    def size(self, path: str) -> int | None:
        """The bytes of a file."""
        found = self.files.get(path)
        return None if found is None else len(found)

    def fetch(self, path: str, most: int) -> bytes:
        """The content of a file."""
        return self.files[path][: most + 1]

    def shown(self, path: str) -> str:
        """The path without its slash."""
        return path.removeprefix("/")


_PIECES: Final = (
    "#", "/", "components", "schemas", "a", "b", "~1", "~0", "~", "%", "%25", "%2F", "other.yaml", "third.json", "../", "./", "0", "-1", "properties",
    "$defs", "#/components/schemas/a", "#/components/schemas/b", "http://example.com/", "file:///etc/passwd", "/etc/passwd", "urn:x", "?", "é", "\\", "\0",
    "pet", "#pet", "https://example.com/pet", "//example.com", "allOf", "items", " ", "\ud800", "other.yaml#/a", "third.json#/b", "..", "#/$defs/a",
)  # fmt: skip
_AROUND: Final = (
    "properties",
    "$defs",
    "allOf",
    "items",
    "$ref",
    "$ref",
    "$ref",
    "$id",
    "$anchor",
    "not",
    "discriminator",
    "const",
    "$dynamicRef",
    "$dynamicAnchor",
)


def refers(draws: Draws) -> None:
    """References in a file and across files lead somewhere, or are Problems; nothing is read that is not among the files."""

    def reference() -> str:
        return "".join(_PIECES[draws.choose(len(_PIECES))] for _ in range(1 + draws.choose(4)))

    def schema(depth: int) -> Any:
        made: dict[str, Any] = {}
        for _ in range(draws.choose(4) if depth < 5 else 0):  # noqa: PLR2004 - deep enough
            keyword = _AROUND[draws.choose(len(_AROUND))]
            match keyword:
                case "properties" | "$defs":
                    made[keyword] = {name: schema(depth + 1) for name in ("a", "b")}
                case "allOf":
                    made[keyword] = [schema(depth + 1), schema(depth + 1)]
                case "items" | "not" | "const":
                    made[keyword] = schema(depth + 1)
                case "discriminator":
                    made[keyword] = {
                        "propertyName": "a",
                        "mapping": {"a": reference()},
                        "defaultMapping": reference(),
                    }
                case _:
                    made[keyword] = reference()
        return made

    def both() -> dict[str, Any]:
        return {"a": schema(0), "b": schema(0)}

    version = ("3.1.0", "3.0.0", "3.2.0")[draws.choose(3)]
    first: dict[str, Any] = {
        "openapi": version, "info": {"title": "t", "version": "1"}, "components": {"schemas": both()},
        "paths": {"/a": {"$ref": reference()}, "/b": {"get": {"parameters": [{"$ref": reference()}], "responses": {"200": {"$ref": reference()}}}}},
    }  # fmt: skip
    files = {"/s/first.json": first, "/s/other.yaml": both(), "/s/third.json": {**both(), "$defs": both()}}
    _loaded({path: json.dumps(value).encode() for path, value in files.items()})


def upgrades(draws: Draws) -> None:
    """A document of any version by the grammar, broken or not, becomes one of the one dialect, or is refused."""
    document = Writer(draws.choose, broken=draws.choose(2) == 1).document()
    _loaded({"/s/first.json": json.dumps(document).encode()})


def _loaded(files: Mapping[str, bytes]) -> None:
    config = Config(spec=Path("/s/first.json"), budgets=BUDGETS)
    try:
        document = load(config.spec, config, store=Files(files))
    except Refused as refused:
        _shown(refused)
        return
    for problem in document.problems:
        assert printed(problem)
    assert set(document.files) <= {Path(path).name for path in files}, document.files
    for node in _nodes(document.root):
        if isinstance(node, Map) and isinstance(node.get("$ref"), str):
            assert isinstance(document.target(node), Map)
