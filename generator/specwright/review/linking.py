"""Changes on the wire -> findings, one for each change of the document."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from specwright.document.tree import Map, Seq, held
from specwright.plan.keywords import plain
from specwright.review.findings import Finding, gravest
from specwright.review.folding import folded
from specwright.review.naming import Name, named
from specwright.review.policy import STABILITY
from specwright.review.rules import LAW, RULES
from specwright.review.wire.edits import identity
from specwright.review.wire.graph import Reach, bits
from specwright.review.wire.lifecycle import LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.document import Document
    from specwright.problems import Place
    from specwright.review.findings import Direction, Effect, Level
    from specwright.review.rules import Rule
    from specwright.review.wire.edits import At, Edit, Guard
    from specwright.review.wire.graph import Graph, Node

_TURNED: Final[Mapping[Effect, Effect]] = {
    "narrows": "widens",
    "widens": "narrows",
    "swaps": "swaps",
    "none": "none",
    "unknown": "unknown",
}
"""What becomes of what must not be."""
_UNREACHED: Final = "no operation uses it"
_IDLE: Final = "the side that would send it never does"
_UNSURE: Final = "it stands in a condition: nobody can tell which values that concerns"
_OF_OPERATIONS: Final = ("operation", "answers")
"""The kinds of pairs whose changes are those of an operation."""
_ADDED: Final = ("-added", "-added-optional", "-added-required", "-added-success", "-added-error")
_REMOVED: Final = ("-removed", "-removed-optional", "-removed-required", "-removed-success", "-removed-error")
"""What the rules of what came, and of what went, end with."""


@dataclass(slots=True)
class Change:
    """What was found of one change: at which pairs, by which edits."""

    rule: str
    edits: list[tuple[Node, Edit]] = field(default_factory=list["tuple[Node, Edit]"])
    content: str = ""
    """All that it says, wherever it stands."""

    @property
    def edit(self) -> Edit:
        """The first."""
        return self.edits[0][1]

    @property
    def node(self) -> Node:
        """Where that was found."""
        return self.edits[0][0]

    @property
    def is_removed(self) -> bool:
        """Whether something went that has no place in the new document."""
        return self.rule.endswith(_REMOVED)

    @property
    def is_added(self) -> bool:
        """Whether something came that had no place in the old one, and that allows other values."""
        return RULES[self.rule].effect != "none" and self.rule.endswith(_ADDED)


def changes(graph: Graph) -> list[Change]:
    """The changes of a comparison, each once: what several schemas have from one place has changed once."""
    found: dict[Any, Change] = {}
    for node, edit in graph.found():
        says = tuple(sorted(edit.says.items()))
        places = (identity(edit.spot.old), identity(edit.spot.new))
        told = (edit.rule, places, says)
        found.setdefault(told, Change(edit.rule)).edits.append((node, edit))
    return list(found.values())


class Namer:
    """Names and places of what changed."""

    def __init__(self, old: Document, new: Document) -> None:
        self.old = old
        self.new = new

    def place(self, at: At) -> Place | None:
        """Where a value stands; None for what came from no file."""
        if at is None:
            return None
        holder, key = at
        if isinstance(holder, Map):
            place = holder.place(key if isinstance(key, str) else None)
        else:
            place = holder.place(key if isinstance(key, int) else None)
        return place if place.file else None

    def whole(self, value: Any) -> Place | None:
        """Where an object, or a list, stands; None for other values."""
        return self.place((value, None)) if isinstance(value, Map | Seq) else None

    def name(self, place: Place, *, new: bool) -> Name:
        """What a place is called."""
        return named(place.pointer, place.file, self.new if new else self.old)


def findings(graph: Graph, namer: Namer, *, types: Mapping[str, str]) -> list[Finding]:
    """What changed on the wire. `types` are the public types of named schemas, by their names in the document."""
    return [finding for finding, _ in linked(graph, namer, types)]


def linked(graph: Graph, namer: Namer, types: Mapping[str, str]) -> list[tuple[Finding, Change]]:
    """The same findings, each with the change that it tells of."""
    return list(folded((_finding(change, graph, namer, types), change) for change in changes(graph)))


def _finding(change: Change, graph: Graph, namer: Namer, types: Mapping[str, str]) -> Finding:
    """A change as a finding."""
    rule, edit = RULES[change.rule], change.edit
    wire, guards = _weighed(change)
    reach = _reach(change)
    if stability := _stability(graph, reach):
        guards = (*guards, stability)
    old, new = _places(change, namer)
    said = _called(change, namer, old, new)
    schemas = [graph.schemas[bit] for bit in bits(reach.schemas)]
    change.content = _content(edit, said.tail)
    return Finding(
        id=rule.id,
        wire=wire,
        python=None,
        message=_message(rule, said.owner, edit),
        subject=said.subject,
        group=said.group,
        hint=rule.hint if wire in ("breaking", "warning") else "",
        effect=rule.effect,
        directions=_directions(reach),
        old=None if change.is_added else old,
        new=None if change.is_removed else new,
        parent=_parent(change, namer) if change.is_removed else None,
        operations=tuple(dict.fromkeys(graph.operations[bit] for bit in bits(reach.operations))),
        types=tuple(sorted({types[name] for name in schemas if name in types})),
        guards=guards,
        evidence=edit.evidence,
        wire_name=_wire_name(change),
    )


def _wire_name(change: Change) -> str:
    """The name on the wire of the property, parameter or header that a change is of; "" where it is of none."""
    spot, says = change.edit.spot, change.edit.says
    if "property" in says:
        return says["property"]
    if change.rule.startswith(("param-", "header-")) and change.node.kind in (*_OF_OPERATIONS, "answer"):
        return str(spot.after or spot.before)
    above: Node | None = change.node
    while above is not None and not above.wire:
        above = above.parent
    return above.wire if above is not None else ""


def _message(rule: Rule, owner: str, edit: Edit) -> str:
    """What changed; of whom is said in front, unless the rule's text has a place for it."""
    text = rule.text if "{owner}" in rule.text else f"{{owner}} {rule.text}"
    return text.format_map(defaultdict(str, edit.says, owner=owner))


def _stability(graph: Graph, reach: Reach) -> str:
    """Where all that is reached is less than stable: how stable the most stable of it is."""
    said = [LEVELS.index(graph.stabilities[bit]) for bit in bits(reach.operations)]
    return f"{STABILITY}{LEVELS[max(said)]}" if said and max(said) < len(LEVELS) - 1 else ""


def _content(edit: Edit, tail: str) -> str:
    """All that a change says, wherever it stands."""
    spot = edit.spot
    values = [plain(spot.before), plain(spot.after), _held(spot.old), _held(spot.new)]
    said = [edit.rule, sorted(edit.says.items()), tail, *values]
    return json.dumps(said, default=str, sort_keys=True)


def _held(at: At) -> Any:
    if at is None or at[1] is None:
        return None
    return plain(held(at[0], at[1]))


# --- how grave it is ---


def _weighed(change: Change) -> tuple[Level | None, tuple[str, ...]]:
    """The gravest level of all that was found of a change, and what speaks for another one than the rule's."""
    levels: list[Level] = []
    guards: dict[str, None] = {}
    for node, edit in change.edits:
        level, why = _level(node.reach, edit)
        levels.append(level)
        guards |= dict.fromkeys(reason for reason in (_spoken(node.reach, edit.guard), why) if reason)
    return gravest(levels), tuple(guards)


def _spoken(reach: Reach, guard: Guard) -> str:
    """What a guard says, if it speaks for a side that is reached."""
    if guard.inward is None and guard.outward is None:
        return guard.why
    speaks = (reach.inward and guard.inward is not None) or (reach.outward and guard.outward is not None)
    return guard.why if speaks else ""


def _level(reach: Reach, edit: Edit) -> tuple[Level, str]:
    """How grave a change is where it was found, and what of what reaches it speaks for another level than the rule's."""
    rule = RULES[edit.rule]
    if rule.level("in") == "doc":
        return "doc", ""
    levels: list[Level] = []
    if reach.inward:
        levels.append(edit.level("in"))
    if reach.outward:
        levels.append(edit.level("out"))
    # Behind `not` it is the law that holds, the other way round; what tables and guards say is said of what is allowed.
    turned = _TURNED[rule.effect]
    if reach.negated_in:
        levels.append(LAW["in", turned])
    if reach.negated_out:
        levels.append(LAW["out", turned])
    if reach.unsure:
        levels.append("compatible" if rule.effect == "none" else "warning")
    if not levels:
        return ("compatible", _IDLE) if reach.idle else ("doc", _UNREACHED)
    return gravest(levels) or "doc", _UNSURE if reach.unsure else ""


def _reach(change: Change) -> Reach:
    """What all that was found of a change reaches."""
    reach = Reach()
    for node, _ in change.edits:
        reach.take(node.reach)
    return reach


def _directions(reach: Reach) -> tuple[Direction, ...]:
    said: list[Direction] = []
    if reach.sent:
        said.append("in")
    if reach.answered:
        said.append("out")
    return tuple(said)


# --- where it is, and what it is called ---


def _places(change: Change, namer: Namer) -> tuple[Place | None, Place | None]:
    """Where it is in both documents; where that is in no file, what holds it."""
    old, new = namer.place(change.edit.spot.old), namer.place(change.edit.spot.new)
    above: Node | None = change.node
    while old is None and new is None and above is not None:
        old, new = namer.whole(above.old), namer.whole(above.new)
        above = above.parent
    if new is None and not change.is_removed:
        new = namer.whole(change.node.new)  # what said it says it no more
    return old, new


def _parent(change: Change, namer: Namer) -> Place | None:
    """Where in the new document stands what held something."""
    spot = change.edit.spot
    found = namer.place(spot.parent) or namer.place(spot.new)
    above: Node | None = change.node
    while found is None and above is not None:
        found = namer.whole(above.new)
        above = above.parent
    return found


def _name(change: Change, namer: Namer) -> Name | None:
    """What a change is called by: where what changed is written; where the two are of different places, where they are used.

    So it is where a schema that was written out became a reference, and where what was inherited is said by itself.
    """
    node, spot = change.node, change.edit.spot
    # What is said of a value may be said where its schema stands, or by what that refers to.
    target = node.edges[0][0] if node.kind == "use" and node.edges else node
    if _one_name(target, namer, "group") is None and (used := _used(node, namer)) is not None:
        return used
    old, new = namer.place(spot.old), namer.place(spot.new)
    before = None if old is None else namer.name(old, new=False)
    after = None if new is None else namer.name(new, new=True)
    if change.is_removed:
        return before or after
    if before is None or after is None or before.group == after.group or change.is_added:
        return after or before
    return _used(node, namer) or after


def _used(node: Node, namer: Namer) -> Name | None:
    """What a pair is called by the nearest place that is the same in both documents."""
    words: list[str] = []
    inner = ""
    above: Node | None = node
    while above is not None:
        name = _one_name(above, namer, "whole")
        if name is not None:
            return Name(name.group, inner or name.inner, name.schema + "".join(reversed(words)))
        if above.kind in ("answer", "body"):
            inner = above.kind
        elif above.kind == "use" and above.words:
            words.append(above.words if above.words.startswith("[") else f".{above.words}")
        above = above.parent
    return None


def _one_name(node: Node, namer: Namer, part: Literal["group", "whole"]) -> Name | None:
    """What both values of a pair are called, if that is the same; of a value that is in no file, what the other is."""
    old, new = namer.whole(node.old), namer.whole(node.new)
    before = None if old is None else namer.name(old, new=False)
    after = None if new is None else namer.name(new, new=True)
    if before is None or after is None:
        return after or before
    return after if getattr(before, part) == getattr(after, part) else None


@dataclass(frozen=True, slots=True)
class _Called:
    """What changed, in words."""

    owner: str
    """Who a message speaks of."""
    subject: str
    group: str
    """What it is folded by."""
    tail: str = ""
    """Where in a schema it is."""


def _is_of_all(old: Place | None, new: Place | None) -> bool:
    """Whether it is said of all operations together."""
    return all(place is None or place.pointer in ("", "/security") for place in (old, new))


def _called(change: Change, namer: Namer, old: Place | None, new: Place | None) -> _Called:
    node, says = change.node, change.edit.says
    added = says.get("name", "").replace("`", "")
    if change.rule.startswith("security-") and _is_of_all(old, new):
        return _Called("the document", f"the document {added}".rstrip(), "the document", added)
    if node.kind in _OF_OPERATIONS and node.words:
        return _Called(f"`{node.words}`", f"{node.words}{' ' + added if added else ''}", node.words, added)
    place = new or old
    if place is None:
        return _Called("the document", "the document", "the document")
    if node.kind == "scheme":
        whole = f"security scheme {node.words}"
        return _Called(f"the security scheme `{node.words}`", f"{whole} {added}".rstrip(), whole)
    name = _name(change, namer) or namer.name(place, new=place is new)
    wire = says.get("property")
    if wire is None:
        return _Called(f"`{name.whole}`", f"{name.whole} {added}".rstrip(), name.group, name.schema)
    schema = name.schema.removesuffix(f".{wire}")
    owner = Name(name.group, name.inner, schema)
    field_ = Name(name.group, name.inner, f"{schema}.{wire}")
    return _Called(f"`{owner.whole}`", field_.whole, name.group, field_.schema)
