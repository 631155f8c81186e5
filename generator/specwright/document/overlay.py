"""Overlays: changes to a document that are written down beside it (OpenAPI Overlay Specification 1.0.0).

An overlay is applied to the values as they were loaded, before anything is read of them. Nothing is edited: what changes is
made anew, and knows where each of its values stands, in the document or in the overlay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from jsonpath import JSONPathEnvironment, JSONPathError
from jsonpath.function_extensions import Match, Search

from specwright import spelling
from specwright.config import DEEPEST
from specwright.document.text import hold_size, too_much
from specwright.document.tree import Map, Node, Seq, edited, written
from specwright.problems import Problem, Refused, problem, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specwright.config import Budgets
    from specwright.document.source import Source


class _Match(Match):
    def __call__(self, value: object, pattern: object) -> bool:
        return super().__call__(value, _quick(value, pattern))


class _Search(Search):
    def __call__(self, value: object, pattern: object) -> bool:
        return super().__call__(value, _quick(value, pattern))


_ONE_CHARACTER: Final = re.compile(r"\\.|\[(?:[^\]\\]|\\.)*\]", re.DOTALL)
_REPEATED_GROUP: Final = re.compile(r"\)[*+{]")
_LONGEST_SEARCHED: Final = 10_000


def _quick(value: object, pattern: object) -> object:
    """The regular expression of a filter; JSONPathError if a search for it could take long, by backtracking."""
    if isinstance(value, str) and isinstance(pattern, str):
        plain = _ONE_CHARACTER.sub("x", pattern)
        repeats = sum(map(plain.count, "*+{"))
        if _REPEATED_GROUP.search(plain) or repeats > 2 or (repeats > 1 and len(value) > _LONGEST_SEARCHED):  # noqa: PLR2004
            message = "the search for a regular expression with a repeated group, or with many repeats, could take very long"
            raise JSONPathError(message, token=None)
    return pattern


class _Paths(JSONPathEnvironment):
    max_recursion_depth = DEEPEST + 1
    """How deep values are nested that `..` looks into: as deep as they may be."""

    def setup_function_extensions(self) -> None:
        """The functions of RFC 9535, of which those with regular expressions end soon."""
        super().setup_function_extensions()
        self.function_extensions |= {"match": _Match(), "search": _Search()}


_PATHS: Final = _Paths(strict=True)
_VERSION: Final = re.compile(r"1\.0(?:\.\d+)?", re.ASCII)
_FIELDS: Final[Mapping[str, Mapping[str, type]]] = {
    "overlay": {"overlay": object, "info": Map, "extends": str, "actions": Seq},
    "info": {"title": object, "version": object},
    "action": {"target": str, "description": str, "update": object, "remove": bool},
}
_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "overlay": ("overlay", "info", "actions"),
    "info": ("title", "version"),
    "action": ("target",),
}
"""The objects of an overlay (Overlay 1.0.0, section 4.4): their fields, and those that they need."""
_KINDS: Final[Mapping[type, str]] = {Map: "an object", Seq: "a list", str: "text", bool: "true or false"}
_GONE: Final[Any] = object()


def overlaid(source: Source, overlay: Source, budgets: Budgets) -> tuple[Problem, ...]:
    """Makes the content of a file what an overlay makes of it; returns what is doubtful in the overlay.

    Raises:
        Refused: The overlay is none, or has a target that can't be changed as it asks; or it makes more of the document
            than the budgets allow.
    """
    overlay.part_of = source  # so that what it refers to is looked for where the document does
    faults = tuple(_faults(overlay))
    if faults:
        raise Refused(faults)
    doubts: list[Problem] = []
    added = 0
    for action in overlay.root["actions"]:
        targets = _targets(action, source.content)
        added += len(targets) * _size(action.get("update"))
        if added > budgets.nodes:
            message, hint = too_much("nodes", added, budgets.nodes)
            raise Refused([problem("limit-nodes", action.place("target"), message, hint)])
        if not targets:
            message = f"The target {quoted(action['target'])} meets nothing in {quoted(source.name)}."
            doubts.append(problem("overlay-nothing", action.place("target"), message))
            continue
        changed = _changed(source.content, _tree(targets), action)
        if changed is _GONE:
            message = f"The target {quoted(action['target'])} is all of the document, which can't be removed."
            raise Refused([problem("overlay-target", action.place("target"), message)])
        source.edited = changed
    if added:
        hold_size(source.content, budgets, overlay.root.place("actions"))
    return tuple(doubts)


def _size(value: Any) -> int:
    """How many values there are in a value."""
    waiting, count = [value], 0
    while waiting:
        value = waiting.pop()
        count += 1
        waiting += value.values() if isinstance(value, Map) else value if isinstance(value, Seq) else ()
    return count


# --- what an overlay has to be ---


def _faults(overlay: Source) -> Iterator[Problem]:
    root = overlay.root
    if not isinstance(root, Map):
        yield problem("overlay-invalid", overlay.whole(), "An overlay is an object.")
        return
    yield from _misfits(root, "overlay")
    version = root.get("overlay")
    text = version if isinstance(version, str) else written(root, "overlay") if "overlay" in root else "1.0"
    if not _VERSION.fullmatch(text):
        message = f"The version {quoted(text)} is none that is read here: that is 1.0.0."
        yield problem("overlay-invalid", root.place("overlay"), message)
    if isinstance(root.get("info"), Map):
        yield from _misfits(root["info"], "info")
    actions = root.get("actions")
    actions = actions if isinstance(actions, Seq) else Seq()
    for index, action in enumerate(actions):
        if isinstance(action, Map):
            yield from _action_faults(action)
        else:
            yield problem("overlay-invalid", actions.place(index), "An action is an object.")


def _action_faults(action: Map) -> Iterator[Problem]:
    yield from _misfits(action, "action")
    if "update" not in action and action.get("remove") is not True:
        yield problem(
            "overlay-invalid", action.place(), "The action has neither `update` nor `remove: true`."
        )
    if not isinstance(action.get("target"), str):
        return
    try:
        _PATHS.compile(action["target"])
    except JSONPathError as error:
        said = str(error).partition("\n")[0]
        message = f"The target {quoted(action['target'])} is not JSONPath: {said}."
        yield problem("overlay-target", action.place("target"), message)


def _misfits(node: Map, kind: str) -> Iterator[Problem]:
    """What an object of an overlay has that it can't have, and what it does not have."""
    fields = _FIELDS[kind]
    for key, value in node.items():
        if key in fields:
            if fields[key] is not object and value.__class__ is not fields[key]:
                message = f"{quoted(key)} has to be {_KINDS[fields[key]]}."
                yield problem("overlay-invalid", node.place(key), message)
        elif not key.startswith("x-"):
            hint = spelling.hint(key, fields, f"Its fields are {', '.join(fields)}.")
            yield problem("overlay-invalid", node.place(key), f"{quoted(key)} is no field of it.", hint)
    for key in _NEEDED[kind]:
        if key not in node:
            yield problem("overlay-invalid", node.place(), f"The field {quoted(key)} is missing.")


# --- what it does ---


def _targets(action: Map, content: Any) -> list[tuple[str | int, ...]]:
    """The steps to each value that the target of an action selects."""
    try:
        return [match.parts for match in _PATHS.compile(action["target"]).finditer(content)]
    except JSONPathError as error:
        said = str(error).partition("\n")[0]
        message = f"The target {quoted(action['target'])} can't be looked for: {said}."
        raise Refused([problem("overlay-target", action.place("target"), message)]) from None


_HERE: Final = object()


def _tree(targets: Iterable[tuple[str | int, ...]]) -> dict[Any, Any]:
    """The steps to all targets, those that begin alike together; _HERE is among those of a target."""
    tree: dict[Any, Any] = {}
    for steps in targets:
        branch = tree
        for step in steps:
            branch = branch.setdefault(step, {})
        branch[_HERE] = {}
    return tree


def _changed(value: Any, tree: dict[Any, Any], action: Map) -> Any:
    """A value with what an action does to the targets in it; _GONE if the value is to be removed."""
    if _HERE in tree and action.get("remove") is True:
        return _GONE
    inner = {
        step: _changed(value[step], branch, action) for step, branch in tree.items() if step is not _HERE
    }
    changed = _with(value, inner) if inner else value
    return _updated(changed, action) if _HERE in tree else changed


def _with(node: Node, inner: Mapping[Any, Any]) -> Node:
    """An object or list with other values under some keys, without those that are _GONE."""
    if isinstance(node, Map):
        members = {key: inner.get(key, item) for key, item in node.items()}
        return edited(node, {key: item for key, item in members.items() if item is not _GONE}, {})
    items = [inner.get(index, item) for index, item in enumerate(node)]
    kept = [index for index, item in enumerate(items) if item is not _GONE]
    moved = {to: (node, index) for to, index in enumerate(kept) if index not in inner}
    return edited(node, [items[index] for index in kept], moved)


def _updated(value: Any, action: Map) -> Any:
    """A target with the update of an action (Overlay 1.0.0, section 4.4.3.1)."""
    update = action["update"]
    match value, update:
        case Map(), Map():
            return _merged(value, update)
        case Seq(), Seq():
            return _appended(value, update)  # no list of OpenAPI holds lists, so its items are meant
        case Seq(), _:
            moved: dict[int, tuple[Node, str | int | None]] = {len(value): (action, "update")}
            return edited(value, [*value, update], moved)
        case Map(), _:
            said = "is an object, and its `update` is none"
        case _:
            said = "is neither an object nor a list: let the target be the object that holds it"
    message = f"What the target {quoted(action['target'])} meets {said}."
    raise Refused([problem("overlay-target", action.place("target"), message)])


def _merged(value: Map, update: Map) -> Map:
    members: dict[str, Any] = dict(value)
    moved: dict[str, tuple[Node, str | int | None]] = {}
    for key, new in update.items():
        match value.get(key), new:
            case Map() as old, Map():
                members[key] = _merged(old, new)
            case Seq() as old, Seq():
                members[key] = _appended(old, new)
            case _:
                members[key] = new
                moved[key] = (update, key)
    return edited(value, members, moved)


def _appended(value: Seq, update: Seq) -> Seq:
    moved: dict[int, tuple[Node, str | int | None]] = {
        len(value) + index: (update, index) for index in range(len(update))
    }
    return edited(value, [*value, *update], moved)
