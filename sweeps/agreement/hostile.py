"""Values that are made to hang or to break a validator: very deep ones, very long ones, very wide ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sweeps.agreement.mutants import replaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sweeps.agreement.mutants import Path, Place
    from sweeps.schemas import Schema

SIZE: Final = 100_000
"""Characters of a value as JSON, about."""
DEPTHS: Final = (900, 100_000)
_TEXTS: Final = ("a", "0", " ", "a.", "-", "a@", "1:", "%41", "é", "/{a}", "\n")
"""What long texts are made of."""
MOST: Final = 4
"""Places of a value where something long is put."""


def deep(schema: Schema) -> Iterator[Any]:
    """Values as deep as the schema is made of itself; where it is not, arrays in arrays and objects in objects."""
    found = _circle(schema)
    ways: list[tuple[Path, Path]] = [((), (0,)), ((), ("a",))] if found is None else [found]
    for way, circle in ways:
        for depth in DEPTHS:
            value: Any = None
            for at in range(depth):
                value = _around(value, circle[-1 - at % len(circle)])
            for step in reversed(way):
                value = _around(value, step)
            yield value


def _around(value: Any, step: str | int) -> Any:
    return [value] if isinstance(step, int) else {step: value}


def _circle(schema: Schema) -> tuple[Path, Path] | None:
    """Steps into a value that lead to a schema, and those that lead from there to the same one."""
    definitions: dict[str, Any] = schema.get("$defs", {}) if isinstance(schema, dict) else {}
    waiting: list[tuple[Any, Path, tuple[tuple[str, int], ...]]] = [(schema, (), ())]
    seen: set[str] = set()
    while waiting:
        node, path, passed = waiting.pop(0)
        if not isinstance(node, dict):
            continue
        if "$ref" in node:
            key = node["$ref"].removeprefix("#/$defs/")
            start = next((at for name, at in passed if name == key), None)
            if start is not None and start < len(path):
                return path[:start], path[start:]
            if start is None and key not in seen:
                seen.add(key)
                waiting.append((definitions[key], path, (*passed, (key, len(path)))))
            continue
        waiting += ((part, (*path, *step), passed) for part, step in _below(node))
    return None


def _below(node: dict[str, Any]) -> Iterator[tuple[Any, Path]]:
    for keyword in ("allOf", "anyOf", "oneOf"):
        yield from ((part, ()) for part in node.get(keyword, ()))
    yield from ((part, (name,)) for name, part in node.get("properties", {}).items())
    for keyword, step in (("items", 0), ("additionalProperties", "a")):
        if keyword in node:
            yield node[keyword], (step,)


def wide(value: Any, places: Sequence[Place], number: int) -> Iterator[Any]:
    """The same value with something very long in one place; `number` says which of all that may be put there."""
    texts = [place for place in places if isinstance(place.value, str)][:MOST]
    for at, place in enumerate(texts):
        piece = _TEXTS[(number + at) % len(_TEXTS)]
        yield replaced(value, place.path, piece * (SIZE // len(piece)))
        if place.value:
            yield replaced(value, place.path, place.value * (SIZE // len(place.value)) + "\x00")
    for place in [place for place in places if isinstance(place.value, list)][:MOST]:
        yield replaced(value, place.path, [[at] for at in range(SIZE // 8)])
        if place.value:
            yield replaced(value, place.path, place.value * (SIZE // max(len(str(place.value)), 1)))
    for place in [place for place in places if isinstance(place.value, dict)][:MOST]:
        yield replaced(value, place.path, {f"a{at}": None for at in range(SIZE // 15)})
