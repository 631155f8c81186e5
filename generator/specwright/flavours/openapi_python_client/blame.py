"""Which part of a document openapi-python-client ends over: what it says in a traceback names no place.

Halves of the document are tried, and halves of those, so that all runs together take about twice as long as the first.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from specwright.flavours.openapi_python_client.said import ending, walked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from specwright.flavours.openapi_python_client.command import Output
    from specwright.flavours.openapi_python_client.given import Given
    from specwright.problems import Place

Entry = tuple[str, str, str]
"""Three steps down the document: `components`, `schemas` and a name, or `paths`, a path and a method."""


def blamed(given: Given, why: str, run: Callable[[str], Output]) -> Place:
    """The place of the one component or operation without which it does not end so, as far as there is one.

    Args:
        given: The document.
        why: What is at the end of the traceback.
        run: openapi-python-client, of a document.
    """
    data: dict[str, Any] = json.loads(given.text)
    components, operations = list(_entries(data, "components")), list(_entries(data, "paths"))

    def ends(entries: list[Entry]) -> bool:
        return ending(run(json.dumps(_only(data, entries))).said) == why

    if ends([]):
        return given.tree.place()
    # Operations refer to components, and may be all right without them.
    found = _halved(components, [], ends) if ends(components) else _halved(operations, components, ends)
    if len(found) != 1:
        return given.tree.place()
    *_, name = found[0]
    named = given.named.get(name)
    return named.place() if named is not None else walked(given.tree, list(found[0]))


def _entries(data: Mapping[str, Any], part: str) -> Iterator[Entry]:
    inner: Mapping[str, Any] = data.get(part) or {}
    for key, members in inner.items():
        if members.__class__ is dict:
            yield from ((part, key, name) for name in members)


def _halved(entries: list[Entry], beside: list[Entry], ends: Callable[[list[Entry]], bool]) -> list[Entry]:
    """The fewest of the entries that it ends over, if that is one; else more."""
    while len(entries) > 1:
        middle = len(entries) // 2
        halves = (entries[:middle], entries[middle:])
        half = next((half for half in halves if ends([*beside, *half])), None)
        if half is None:
            return entries
        entries = half
    return entries


def _only(data: Mapping[str, Any], entries: list[Entry]) -> dict[str, Any]:
    """The document with nothing but these entries in its paths and components."""
    made = {key: value for key, value in data.items() if key not in {"paths", "components"}}
    made |= {"paths": {}, "components": {}}
    for part, key, name in entries:
        made[part].setdefault(key, {})[name] = data[part][key][name]
    return made
