"""Changes on the wire, and of the package -> findings, one for each change of the document."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from specwright.document.tree import Map, Seq, held
from specwright.plan.keywords import plain
from specwright.problems import Place
from specwright.review.findings import Finding, gravest
from specwright.review.naming import Name, named
from specwright.review.rules import RULES
from specwright.review.wire.graph import Reach, bits, identity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specwright.document import Document
    from specwright.review.findings import Direction, Level
    from specwright.review.wire.graph import At, Edit, Graph, Node

_UNREACHED: Final = "no operation uses it"
_IDLE: Final = "the side that would send it never does"


@dataclass(slots=True)
class Change:
    """What was found of one change: at which pairs, by which edits."""

    rule: str
    edits: list[tuple[Node, Edit]] = field(default_factory=list["tuple[Node, Edit]"])

    @property
    def edit(self) -> Edit:
        """The first."""
        return self.edits[0][1]

    @property
    def node(self) -> Node:
        """Where that was found."""
        return self.edits[0][0]


def changes(graph: Graph) -> list[Change]:
    """The changes of a comparison, each once: what several schemas have from one place has changed once."""
    found: dict[Any, Change] = {}
    for node, edit in graph.found():
        says = tuple(sorted(edit.says.items()))
        places = (identity(edit.old), identity(edit.new))
        if RULES[edit.rule].level("in") == "doc" and edit.new is not None:
            places = (places[1],)  # words that stand for several others have changed once
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
        elif isinstance(holder, Seq):
            place = holder.place(key if isinstance(key, int) else None)
        else:
            return None  # it was made up for what is not there
        return place if place.file else None

    def name(self, place: Place, *, new: bool) -> Name:
        """What a place is called."""
        return named(place.pointer, place.file, self.new if new else self.old)


def findings(graph: Graph, namer: Namer, *, types: Mapping[str, str]) -> list[Finding]:
    """What changed on the wire. `types` are the public types of named schemas, by their names in the document."""
    made = [_finding(change, graph, namer, types) for change in changes(graph)]
    return list(_folded(made))


def _finding(change: Change, graph: Graph, namer: Namer, types: Mapping[str, str]) -> tuple[Finding, str]:
    rule = RULES[change.rule]
    edit, node = change.edit, change.node
    reach = Reach()
    wire: Level | None = None
    guards: dict[str, None] = {}
    for each, one in change.edits:
        merge(reach, each.reach)
        level, why = _level(rule.id, each.reach, one)
        wire = gravest([wire, level])
        guards |= dict.fromkeys([*one.guards, *why])
    old, new = namer.place(edit.old), namer.place(edit.new)
    above = node
    while old is None and new is None and above is not None:
        old = namer.place((above.old, None) if isinstance(above.old, Map | Seq) else None)
        new = namer.place((above.new, None) if isinstance(above.new, Map | Seq) else None)
        above = above.parent
    owner, subject, group, tail = _names(node, edit, namer, old, new)
    text = rule.text.format_map(defaultdict(str, edit.says))
    operations = tuple(dict.fromkeys(graph.operations[bit] for bit in bits(reach.operations)))
    finding = Finding(
        id=rule.id,
        wire=wire,
        python=None,
        message=f"{owner} {text}",
        subject=subject,
        group=group,
        hint=rule.hint if wire in ("breaking", "warning") else "",
        effect=rule.effect,
        directions=_directions(reach),
        old=old if rule.effect == "none" or not _is_added(rule.id) else None,
        new=new if not _is_removed(rule.id) else None,
        parent=_parent(edit, node, namer) if _is_removed(rule.id) else None,
        operations=operations,
        types=tuple(
            sorted({types[name] for bit in bits(reach.schemas) if (name := graph.schemas[bit]) in types})
        ),
        guards=tuple(guards),
        evidence=edit.evidence,
    )
    content = json.dumps(
        [
            rule.id,
            sorted(edit.says.items()),
            tail,
            plain(edit.values[0]),
            plain(edit.values[1]),
            _content(edit.old),
            _content(edit.new),
        ],
        default=str,
        sort_keys=True,
    )
    return finding, content


def merge(reach: Reach, other: Reach) -> None:
    """Adds what another pair is reached by."""
    reach.inward |= other.inward
    reach.outward |= other.outward
    reach.unsure |= other.unsure
    reach.idle |= other.idle
    reach.schemas |= other.schemas


def _level(rule: str, reach: Reach, edit: Edit) -> tuple[Level, list[str]]:
    """How grave a change is where it was found, and what speaks for another level than the rule's."""
    if RULES[rule].level("in") == "doc":
        return "doc", []
    levels: list[Level] = []
    why: list[str] = []
    if reach.inward:
        levels.append(edit.inward)
    if reach.outward:
        levels.append(edit.outward)
    if reach.unsure:
        levels.append("compatible" if RULES[rule].effect == "none" else "warning")
        why.append("it stands in a condition: nobody can tell which values that concerns")
    if not levels and reach.idle:
        return "compatible", [_IDLE]
    if not levels:
        return "doc", [_UNREACHED]
    found = gravest(levels)
    return found or "doc", why


def _directions(reach: Reach) -> tuple[Direction, ...]:
    said: list[Direction] = []
    if reach.inward:
        said.append("in")
    if reach.outward:
        said.append("out")
    return tuple(said)


def _is_added(rule: str) -> bool:
    return rule.endswith(("-added", "-added-optional", "-added-required", "-added-success", "-added-error"))


def _is_removed(rule: str) -> bool:
    return rule.endswith(
        ("-removed", "-removed-optional", "-removed-required", "-removed-success", "-removed-error")
    )


def _parent(edit: Edit, node: Node, namer: Namer) -> Place | None:
    """Where in the new document stands what held something."""
    found = namer.place(edit.parent) or namer.place(edit.new)
    above: Node | None = node
    while found is None and above is not None:
        if isinstance(above.new, Map | Seq):
            found = namer.place((above.new, None))
        above = above.parent
    return found


def _content(at: At) -> Any:
    if at is None or at[1] is None:
        return None
    return plain(held(at[0], at[1]))


def _names(
    node: Node, edit: Edit, namer: Namer, old: Place | None, new: Place | None
) -> tuple[str, str, str, str]:
    """Who a message speaks of, what changed, what it is folded by, and where in a schema that is."""
    is_old = new is None or (old is not None and _is_removed(edit.rule))
    place = old if is_old else new
    if node.kind == "operation":
        added = edit.says.get("name", "").replace("`", "")
        return f"`{node.words}`", f"{node.words}{' ' + added if added else ''}", node.words, added
    if place is None:
        return "the document", "the document", "the document", ""
    name = namer.name(place, new=not is_old)
    if node.kind == "scheme":
        whole = f"security scheme {node.words}"
        said = edit.says.get("name", "").replace("`", "")
        return f"the security scheme `{node.words}`", f"{whole} {said}".rstrip(), whole, ""
    wire = edit.says.get("property")
    if wire is None:
        said = edit.says.get("name", "").replace("`", "")
        whole = name.whole
        return f"`{whole}`", f"{whole} {said}".rstrip(), name.group, name.schema
    schema = name.schema.removesuffix(f".{wire}")
    owner = Name(name.group, name.inner, schema)
    whole = Name(name.group, name.inner, f"{schema}.{wire}").whole
    return f"`{owner.whole}`", whole, name.group, f"{schema}.{wire}"


def _folded(made: Iterable[tuple[Finding, str]]) -> Iterator[Finding]:
    """Findings, each with its fingerprint; what is written out again and again is told of once.

    Named schemas are told of one by one, whatever became them; what stands in operations, and words, are copies where they
    are the same in all.
    """
    from dataclasses import replace

    groups: dict[Any, list[Finding]] = {}
    for finding, content in made:
        inline = finding.wire == "doc" or " " in finding.group or finding.group.startswith("/")
        groups.setdefault((content,) if inline else (finding.id, finding.message), []).append(finding)
    prints: set[str] = set()
    for group in groups.values():
        first = group[0]
        spots = ((other.new if other.new != first.new else None) or other.old for other in group[1:])
        places = tuple(dict.fromkeys(place for place in spots if place is not None))
        level = gravest(other.wire for other in group)
        merged = replace(
            first,
            wire=level,
            message=first.message
            + (f" (and in {len(places)} more place{'s' if len(places) > 1 else ''})" if places else ""),
            repeated=places,
            hint=next((other.hint for other in group if other.wire == level), first.hint),
            operations=tuple(dict.fromkeys(operation for other in group for operation in other.operations)),
            types=tuple(sorted({type_ for other in group for type_ in other.types})),
            directions=tuple(
                side for side in ("in", "out") if any(side in other.directions for other in group)
            ),
            guards=tuple(dict.fromkeys(guard for other in group for guard in other.guards)),
        )
        yield replace(merged, fingerprint=fingerprint(first, prints))


def fingerprint(finding: Finding, taken: set[str]) -> str:
    """What tells a finding from others, wherever in the file it stands."""
    number = 0
    while True:
        told = json.dumps([finding.id, finding.subject, finding.message, number])
        found = hashlib.sha256(told.encode()).hexdigest()[:16]
        if found not in taken:
            taken.add(found)
            return found
        number += 1
