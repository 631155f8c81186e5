"""What is written out again and again is told of once; each finding has what tells it from others."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from specwright.problems import counted
from specwright.review.findings import gravest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from specwright.problems import Place
    from specwright.review.findings import Finding
    from specwright.review.linking import Change


def folded(made: Iterable[tuple[Finding, Change]]) -> Iterator[tuple[Finding, Change]]:
    """Findings, each with its fingerprint, and with the change that it tells of, or the first of several alike.

    Named schemas are told of one by one, whatever became them; what stands in operations, and words, are copies where they
    are the same in all.
    """
    groups: dict[tuple[str, ...], list[tuple[Finding, Change]]] = {}
    for finding, change in made:
        inline = finding.wire == "doc" or " " in finding.group or finding.group.startswith("/")
        told: tuple[str, ...] = (change.content,) if inline else (finding.id, finding.message)
        if finding.id == "path-renamed":
            told = (finding.id, *_prefixes(change))
        groups.setdefault(told, []).append((finding, change))
    prints: set[str] = set()
    for group in groups.values():
        first, change = group[0]
        merged = _merged([finding for finding, _ in group])
        if first.id == "path-renamed" and len(group) > 1:
            old, new = _prefixes(change)
            message = f"{len(group)} operations are below `{new}` instead of `{old}`"
            merged = replace(merged, message=message, subject=f"operations below {new}", group="the document")
        # Where it is, does not tell; what it is of, does: what is accepted of these is not accepted of one more.
        says = [first.id, change.content, *sorted({finding.subject for finding, _ in group})]
        yield replace(merged, fingerprint=fingerprint(says, prints)), change


def _prefixes(change: Change) -> tuple[str, str]:
    """How the paths of an operation that moved begin, before and after: all but what they end with alike."""
    old, new = (
        str(label).partition(" ")[2].split("/") for label in (change.edit.spot.before, change.edit.spot.after)
    )
    while len(old) > 1 and len(new) > 1 and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return "/".join(old) or "/", "/".join(new) or "/"


def _merged(group: Sequence[Finding]) -> Finding:
    """The first of some findings that are the same, with where the others stand and what they reach."""
    first = group[0]
    level = gravest(other.wire for other in group)
    places = _repeated(group)
    return replace(
        first,
        wire=level,
        message=first.message + _more(len(places)),
        repeated=places,
        hint=next((other.hint for other in group if other.wire == level), first.hint),
        operations=tuple(dict.fromkeys(operation for other in group for operation in other.operations)),
        types=tuple(sorted({type_ for other in group for type_ in other.types})),
        directions=tuple(side for side in ("in", "out") if any(side in other.directions for other in group)),
        guards=tuple(dict.fromkeys(guard for other in group for guard in other.guards)),
    )


def _repeated(group: Sequence[Finding]) -> tuple[Place, ...]:
    first = group[0]
    spots = ((other.new if other.new != first.new else None) or other.old for other in group[1:])
    return tuple(dict.fromkeys(place for place in spots if place is not None))


def _more(places: int) -> str:
    return f" (and in {counted(places, 'more place')})" if places else ""


def fingerprint(told: Sequence[str], taken: set[str]) -> str:
    """What tells a finding from others by all that it says, wherever in the file it stands; adds it to those that are taken."""
    number = 0
    while True:
        found = hashlib.sha256(json.dumps([*told, number]).encode()).hexdigest()[:16]
        if found not in taken:
            taken.add(found)
            return found
        number += 1
