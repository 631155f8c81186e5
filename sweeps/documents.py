"""A document as it was written, read without the generator: what its judge knows of it.

Nothing here is shared with `specwright.document`: a mistake of its reader would hide itself. Files that a document is
split over become one tree, in which all `$ref`s are local.
"""

from __future__ import annotations

import gc
import json
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sweeps.corpus import Source

FILES: Final = "x-files"
"""Where the other files of a split document are in its tree."""

_DATA: Final = frozenset({"const", "default", "enum", "example", "examples"})
"""What is data wherever it is a keyword: a `$ref` in it refers to nothing."""
_NAMED: Final = frozenset(
    {"properties", "patternProperties", "schemas", "definitions", "parameters", "responses"}
)

_PATH: Final = re.compile(r"[/#]|\.(json|ya?ml)$")
"""What of a discriminator's mapping leads to a place, and is no name."""


class _Loader(yaml.CSafeLoader):
    """YAML 1.2's core schema, whose keys are text as they stand."""

    yaml_implicit_resolvers: Final = {}  # type: ignore[misc]  # PyYAML's is a variable of the class

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        return {
            key.value: self.construct_object(value, deep=deep)  # type: ignore[no-untyped-call]
            for key, value in node.value
        }


def _scalar(tag: str, pattern: str, first: str) -> None:
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))


_scalar("null", r"^(?:~|null|Null|NULL|)$", "~nN")
_scalar("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF")
_scalar("int", r"^[-+]?[0-9]+$", "-+0123456789")
_scalar("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789")
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^$"), [""])


def _int(loader: _Loader, node: yaml.ScalarNode) -> int:
    return int(loader.construct_scalar(node))


def _map(loader: _Loader, node: yaml.MappingNode) -> Iterator[dict[str, Any]]:
    data: dict[str, Any] = {}
    yield data
    data.update(loader.construct_mapping(node))


_Loader.add_constructor("tag:yaml.org,2002:int", _int)
_Loader.add_constructor("tag:yaml.org,2002:map", _map)


def parsed(path: Path) -> Any:
    """What a file holds."""
    text = path.read_text(encoding="utf-8-sig")
    gc.disable()  # a growing tree is walked again and again otherwise
    try:
        return json.loads(text) if path.suffix == ".json" else yaml.load(text, _Loader)  # noqa: S506
    finally:
        gc.enable()


def bundled(source: Source) -> dict[str, Any]:
    """The document as one tree."""
    files = {source.path.resolve(): ""}
    trees: list[tuple[Path, Any]] = []
    waiting = [source.path.resolve()]
    while waiting:
        path = waiting.pop()
        tree = parsed(path)
        trees.append((path, tree))
        for node, key in _referring(tree):
            name, _, pointer = str(node[key]).partition("#")
            if not name:
                target = path
            else:
                target = (path.parent / unquote(name)).resolve()
                if not target.is_file():
                    continue
            if target not in files:
                files[target] = f"/{FILES}/{len(files)}"
                waiting.append(target)
            node[key] = f"#{files[target]}{pointer}"
    document: dict[str, Any] = trees[0][1]
    document[FILES] = {files[path].rpartition("/")[2]: tree for path, tree in trees[1:]}
    return document


def _referring(node: Any, *, named: bool = False) -> Iterator[tuple[dict[str, Any], str]]:
    """Every object with a `$ref` that refers, and mappings to files; `named` where keys are names, not keywords."""
    if isinstance(node, list):
        for item in node:
            yield from _referring(item)
    elif isinstance(node, dict):
        if isinstance(node.get("$ref"), str) and (not named or len(node) == 1):
            yield node, "$ref"
        if not named and isinstance(node.get("propertyName"), str) and isinstance(node.get("mapping"), dict):
            yield from (
                (node["mapping"], key) for key, to in node["mapping"].items() if _PATH.search(str(to))
            )
        for key, value in node.items():
            if named or not (key in _DATA or key.startswith("x-")):
                yield from _referring(value, named=not named and key in _NAMED)


class Tree:
    """A document, and what its pointers lead to."""

    def __init__(self, root: dict[str, Any]) -> None:
        self.root = root

    def at(self, reference: str) -> Any:
        """What a local `$ref` leads to; None where it leads nowhere."""
        if not reference.startswith("#"):
            return None
        node: Any = self.root
        for step in unquote(reference[1:]).split("/")[1:]:
            key = step.replace("~1", "/").replace("~0", "~")
            if isinstance(node, dict) and key in node:
                node = node[key]
            elif isinstance(node, list) and key.isdecimal() and int(key) < len(node):
                node = node[int(key)]
            else:
                return None
        return node

    def behind(self, node: Any) -> Any:
        """`node`, or what its `$ref`s lead to in the end; None where they lead nowhere."""
        seen: set[str] = set()
        while isinstance(node, dict) and isinstance(node.get("$ref"), str):
            if node["$ref"] in seen:
                return None
            seen.add(node["$ref"])
            node = self.at(node["$ref"])
        return node
