"""A document -> a part of it, broken at random places: deleted, swapped, retyped, duplicated, renamed, referred elsewhere."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from specwright.document.grammar import OPENAPI, SWAGGER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from random import Random

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_OPERATIONS: Final = 4
"""Operations of a part at most."""
_NODES: Final = 1_500
"""Values of a part, above which nothing more that is referred to is taken into it."""
_MUTATIONS: Final = 4

NASTY: Final = (
    "", " ", "\n", "\0", "\x1b[31m", "\u2028", "\u202e", "\ud800", "\U0001f432", "é", "ß", "名前", '"', "'", '"""', "\\", "`", "#", "/", "~",
    "{{ x }}", "{% raw %}", "{", "}", "%s", "%", "<script>", "../../etc/passwd", "a.b", "a-b", "1a", "__init__", "__class__", "_", "class",
    "None", "True", "self", "type", "list", "dict", "str", "int", "id", "Model", "Client", "models", "client", "extra_body", "timeout",
    "import os", "x" * 300, "0", "-1", "1e400", "null", "yes", "GET", "*", "*/*", "application/json", "2XX", "default", "^(a+)+$", "(", "[",
    "2020-02-30", "http://[", "https://example.com/{x}?y#z", "#", "#/", "#/paths", "#/components/schemas", "$ref", "x-", "date-time", "uuid",
)  # fmt: skip
"""Texts that have been trouble to somebody."""
OTHERS: Final[tuple[Any, ...]] = (
    None, True, False, 0, 1, -1, 2, 1.0, 1.5, -0.0, 1e308, 1e-320, 2**31, 2**63, 10**40, "", "x", [], {}, [[]], [{}], [None], {"": None},
    ["x", "x"], {"a": {"b": []}}, {"type": "string"}, {"type": []}, {"$ref": "#"}, {"$ref": 1},
)  # fmt: skip
KEYWORDS: Final = tuple(
    sorted({key for fields in (*OPENAPI.values(), *SWAGGER.values()) for key in fields if key != "*"})
)


class Slot(NamedTuple):
    """A place of a document that holds a value."""

    holder: Any
    key: Any
    depth: int

    @property
    def value(self) -> Any:
        """What it holds."""
        return self.holder[self.key]


@dataclass(slots=True)
class Mutant:
    """A broken document, and what was done to it."""

    document: Any
    done: list[str]


def mutant(whole: dict[str, Any], random: Random) -> Mutant:
    """A part of a document, broken in up to four ways."""
    made = Mutant(part(whole, random), [])
    for _ in range(random.randint(1, _MUTATIONS)):
        slots = list(every_slot(made.document))
        if not slots:
            break
        name = random.choice(tuple(MUTATIONS))
        slot = _chosen(slots, random)
        made.done.append(f"{name} at {slot.key!r}, {slot.depth} deep")
        MUTATIONS[name](slot, slots, random)
    return made


# --- a part of a document ---------------------------------------------------------------------------------------


def part(whole: dict[str, Any], random: Random) -> dict[str, Any]:
    """Some operations of a document with what they refer to, or some of what is referred to alone: never much."""
    paths = whole.get("paths")
    operations = [
        (path, method)
        for path, item in (paths.items() if isinstance(paths, dict) else ())
        if isinstance(item, dict)
        for method in item
        if method in METHODS
    ]
    kept = set(random.sample(operations, min(len(operations), random.randint(1, _OPERATIONS))))
    made = {
        key: deepcopy(value) for key, value in whole.items() if key not in {*_HOLDERS, "paths", "x-files"}
    }
    if isinstance(paths, dict):
        made["paths"] = {
            path: {
                key: deepcopy(value)
                for key, value in item.items()
                if key not in METHODS or (path, key) in kept
            }
            for path, item in paths.items()
            if any(path == other for other, _ in kept)
        }
    _complete(made, whole)
    return made


_HOLDERS: Final = ("components", "definitions", "parameters", "responses", "securityDefinitions")


def _complete(made: dict[str, Any], whole: dict[str, Any]) -> None:
    """Take over what is referred to, until it is much; references to the rest lead nowhere."""
    for key in ("securityDefinitions",):
        if key in whole:
            made[key] = deepcopy(whole[key])
    schemes = whole.get("components", {}).get("securitySchemes")
    if schemes is not None:
        made["components"] = {"securitySchemes": deepcopy(schemes)}
    nodes, waiting, seen = 0, [made], set[str]()
    while waiting:
        for value in list(_values(waiting.pop())):  # what is referred to may be added to it
            nodes += 1
            if not isinstance(value, str) or not value.startswith("#/") or value in seen or nodes > _NODES:
                continue
            seen.add(value)
            found = _copied(made, whole, [_unescaped(step) for step in value[2:].split("/")])
            if found is not None:
                waiting.append(found)


def _copied(made: dict[str, Any], whole: dict[str, Any], steps: list[str]) -> Any:
    """Copy what is at a place of the whole to the same place of the part, if it is in objects alone and not there yet."""
    here, there = made, whole
    for at, step in enumerate(steps):
        if not isinstance(there, dict) or step not in there or not isinstance(here, dict):
            return None
        there = there[step]
        if at == len(steps) - 1 and step not in here:
            here[step] = deepcopy(there)
            return here[step]
        here = here.setdefault(step, {})
    return None


def _unescaped(step: str) -> str:
    return step.replace("~1", "/").replace("~0", "~")


def _values(node: Any) -> Iterator[Any]:
    yield node
    for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _values(value)


# --- what is done to it -----------------------------------------------------------------------------------------


def every_slot(node: Any, depth: int = 0) -> Iterator[Slot]:
    """Every slot of a document."""
    for key in list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ():
        yield Slot(node, key, depth)
        yield from every_slot(node[key], depth + 1)


def _chosen(slots: list[Slot], random: Random) -> Slot:
    """Any slot; every other time by its depth first, since most are deep."""
    if random.random() < 0.5:  # noqa: PLR2004 - every other time
        depth = random.randint(0, max(slot.depth for slot in slots))
        slots = [slot for slot in slots if slot.depth == depth]
    return random.choice(slots)


def _deleted(slot: Slot, _slots: list[Slot], _random: Random) -> None:
    del slot.holder[slot.key]


def _swapped(slot: Slot, slots: list[Slot], random: Random) -> None:
    other = _chosen(slots, random)
    mine, theirs = deepcopy(slot.value), deepcopy(other.value)
    slot.holder[slot.key], other.holder[other.key] = theirs, mine


def _grafted(slot: Slot, slots: list[Slot], random: Random) -> None:
    """A copy of what is elsewhere, every other time under the same key."""
    same = [other for other in slots if other.key == slot.key]
    slot.holder[slot.key] = deepcopy(random.choice(random.choice((same, slots))).value)


def _retyped(slot: Slot, _slots: list[Slot], random: Random) -> None:
    wrapped = (
        deepcopy(slot.value),
        [deepcopy(slot.value)],
        {"x": deepcopy(slot.value)},
        str(slot.value)[:200],
    )
    slot.holder[slot.key] = deepcopy(random.choice((random.choice(OTHERS), random.choice(wrapped))))


def _respelt(slot: Slot, _slots: list[Slot], random: Random) -> None:
    text = slot.value if isinstance(slot.value, str) else ""
    at = random.randint(0, len(text))
    nasty = random.choice(NASTY)
    slot.holder[slot.key] = random.choice((nasty, text[:at] + nasty + text[at:], text.upper(), text[:at]))


def _duplicated(slot: Slot, slots: list[Slot], random: Random) -> None:
    """Once more beside itself: under another key, which may differ in case alone."""
    value = deepcopy(slot.value)
    if isinstance(slot.holder, list):
        slot.holder.insert(slot.key, value)
    else:
        slot.holder[_key(slot, slots, random)] = value


def _renamed(slot: Slot, slots: list[Slot], random: Random) -> None:
    """The same value under another key, in its place."""
    if isinstance(slot.holder, list):
        random.shuffle(slot.holder)
        return
    key = _key(slot, slots, random)
    items = [(key if old == slot.key else old, value) for old, value in slot.holder.items()]
    slot.holder.clear()
    slot.holder.update(items)


def _key(slot: Slot, slots: list[Slot], random: Random) -> str:
    keys = [other.key for other in slots if isinstance(other.key, str)]
    own = str(slot.key)
    return random.choice(
        (random.choice(NASTY), random.choice(keys), random.choice(KEYWORDS), own.swapcase(), own + "_")
    )


def _referred(slot: Slot, slots: list[Slot], random: Random) -> None:
    """A reference in its place, or if it is one to another: to a place, to what is around it, or to nowhere."""
    targets = [other.value for other in slots if other.key == "$ref" and isinstance(other.value, str)]
    near = [
        *(targets or ["#"]),
        "#",
        "#/",
        "#/nowhere",
        "other.yaml#/a",
        "#/components/schemas/" + random.choice(NASTY),
    ]
    to = random.choice((random.choice(near), "#" + _pointer(_chosen(slots, random), slots)))
    slot.holder[slot.key] = to if slot.key == "$ref" else {"$ref": to}


def _pointer(slot: Slot, slots: list[Slot]) -> str:
    """The JSON Pointer of a slot."""
    above = {id(other.value): other for other in slots if isinstance(other.value, dict | list)}
    steps: list[str] = []
    at: Slot | None = slot
    while at is not None:
        steps.append(str(at.key).replace("~", "~0").replace("/", "~1"))
        at = above.get(id(at.holder))
    return "/" + "/".join(reversed(steps))


MUTATIONS: Final[Mapping[str, Callable[[Slot, list[Slot], Random], None]]] = {
    "delete": _deleted,
    "swap": _swapped,
    "graft": _grafted,
    "retype": _retyped,
    "respell": _respelt,
    "duplicate": _duplicated,
    "rename": _renamed,
    "refer": _referred,
}
"""By name, what may be done to a place."""
