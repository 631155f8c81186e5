"""Requests and answers that show what a change breaks: values that one revision allows, and the other does not.

Nothing is said that was not tried: both sides are judged by the validators that would be generated for them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Literal

from specwright.compilation import run
from specwright.document.tree import Map
from specwright.plan import plan_validators, samples
from specwright.plan.keywords import json_type, plain
from specwright.plan.views import Views
from specwright.problems import Refused
from specwright.review.findings import Witness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from specwright.document import Document
    from specwright.plan.keywords import Schema
    from specwright.review.findings import Finding
    from specwright.review.linking import Change
    from specwright.runtime.issues import Issue

TRIED: Final = 60
"""Values that are tried for one change."""
_LED_TO: Final = 60
"""Other schemas that the schema of a witness may lead to."""
_LONGEST: Final = 200
"""Characters, or items, that a value may be made longer by."""
_OTHERS: Final = ("text", "", 0, 1, -1, 1.5, True, None)


def witnessed(
    told: Sequence[tuple[Finding, Change]], old: Document, new: Document, most: int
) -> list[Finding]:
    """Findings, up to `most` of those that break something with a witness: those first that reach most operations."""
    witnesses = _Witnesses(old, new)
    breaking = [number for number, (finding, change) in enumerate(told) if _can_be_shown(finding, change)]
    wanted = set(sorted(breaking, key=lambda number: -len(told[number][0].operations))[:most])
    return [
        replace(finding, witness=witnesses.of(finding, change)) if number in wanted else finding
        for number, (finding, change) in enumerate(told)
    ]


def _can_be_shown(finding: Finding, change: Change) -> bool:
    """Whether a change breaks something, and is one of the values that a schema allows."""
    return finding.wire == "breaking" and change.node.kind in ("schema", "core") and bool(finding.directions)


def _is_small(document: Document, schema: Schema) -> bool:
    """Whether a schema leads to few others, so that its validator is made in a moment."""
    found: set[int] = set()
    waiting: list[Any] = [schema]
    while waiting and len(found) <= _LED_TO:
        value = waiting.pop()
        if isinstance(value, Map) and "$ref" in value:
            target = document.target(value)
            if id(target) not in found:
                found.add(id(target))
                waiting.append(target)
        elif isinstance(value, Mapping):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return len(found) <= _LED_TO


@dataclass(frozen=True, slots=True)
class _Shown:
    """A value that one side allows, and what the other says of it; `keyword` is the one that changed."""

    value: Any
    issues: Sequence[Issue]
    keyword: str

    @property
    def issue(self) -> Issue:
        """What is said of what changed, if that is among it."""
        return next((issue for issue in self.issues if issue.keyword == self.keyword), self.issues[0])

    @property
    def rank(self) -> tuple[bool, int, int]:
        """The lower, the plainer: the change itself shows, nothing else does, and there is little to read."""
        return (self.issue.keyword != self.keyword, len(self.issues), len(json.dumps(self.value)))


def _keyword(change: Change) -> str:
    """The keyword that says otherwise than it did."""
    if change.rule.startswith("property-"):
        return "required"
    spot = change.edit.spot
    return next((str(at[1]) for at in (spot.new, spot.old) if at is not None and at[1] is not None), "")


class _Witnesses:
    """Finds witnesses for changes between two documents."""

    def __init__(self, old: Document, new: Document) -> None:
        self._documents = {"old": old, "new": new}
        self._views = {"old": Views(old), "new": Views(new)}

    def of(self, finding: Finding, change: Change) -> Witness | None:
        """A value that shows a change; None where none of those that were tried does."""
        inward = "in" in finding.directions and finding.effect != "widens"
        # What clients sent is what they may not send any more; what servers send now is what they did not.
        valid: Literal["old", "new"] = "old" if inward else "new"
        other: Literal["old", "new"] = "new" if inward else "old"
        schemas = {"old": change.node.old, "new": change.node.new}
        spot = change.edit.spot
        if not all(_is_small(self._documents[side], schemas[side]) for side in (valid, other)):
            return None
        try:
            allows, refuses = (self._judge(schemas[side], side) for side in (valid, other))
            limits = self._views[other].merged(schemas[other])
            listed = spot.before if inward else spot.after
            values = islice(self._values(schemas[valid], self._views[valid], limits, listed), TRIED)
            tried = [(value, refuses(value)) for value in values if not allows(value)]
        except (Refused, RecursionError):
            return None  # the schemas are more than can be tried
        # What shows this change and no other says most, and what is small is read.
        shows = [_Shown(value, issues, _keyword(change)) for value, issues in tried if issues]
        plainest = min(shows, key=lambda one: one.rank, default=None)
        if plainest is None:
            return None
        kind: Literal["request", "answer"] = "request" if inward else "answer"
        return Witness(kind, plainest.value, valid, plainest.issue.message, plainest.issue.pointer)

    def _judge(self, schema: Schema, side: str) -> Callable[[object], list[Issue]]:
        """What tells what is wrong with a value by a schema, and by no more than that."""
        return run(*plan_validators(self._documents[side], schema, None))

    def _values(self, schema: Schema, views: Views, limits: Schema, listed: Any) -> Iterator[Any]:
        """Values that may be allowed by a schema, those first that its change speaks of."""
        if json_type(listed) == "array":
            yield from map(plain, listed)
        sample: Any = plain(samples.of(views, schema))
        yield sample
        merged = views.merged(schema)
        yield from map(plain, merged.get("enum", ()))
        match json_type(sample):
            case "object":
                yield from _objects(sample, merged, views)
            case "array":
                yield from _arrays(sample, limits)
            case _:
                pass
        yield from _texts(limits)
        yield from _numbers(limits)
        yield from _OTHERS
        yield from ({}, [])


def _objects(sample: dict[str, Any], merged: Schema, views: Views) -> Iterator[Any]:
    """An object with all properties, with as few as may be, and with one that nobody names."""
    properties = merged.get("properties", {})
    whole = {wire: plain(samples.of(views, node)) for wire, node in properties.items()}
    least = {wire: whole.get(wire, "text") for wire in merged.get("required", ())}
    yield from (whole, least, {**sample, **least})
    for wire, value in whole.items():
        yield {name: other for name, other in {**whole, **least}.items() if name != wire}
        yield {**least, wire: value}
        yield {**least, wire: None}
    yield {**least, "other": "text"}


def _arrays(sample: list[Any], limits: Schema) -> Iterator[Any]:
    item = sample[0] if sample else "text"
    lengths = [limits.get("maxItems", 0) + 1, limits.get("minItems", 1) - 1, 2]
    yield from ([item] * length for length in lengths if 0 <= length <= _LONGEST)


def _texts(limits: Schema) -> Iterator[str]:
    lengths = [limits.get("maxLength", 0) + 1, limits.get("minLength", 1) - 1]
    yield from ("x" * length for length in lengths if 0 <= length <= _LONGEST)


def _numbers(limits: Schema) -> Iterator[float]:
    for keyword, step in (("maximum", 1), ("exclusiveMaximum", 0), ("minimum", -1), ("exclusiveMinimum", 0)):
        if isinstance(limits.get(keyword), int | float):
            yield limits[keyword] + step
    if isinstance(limits.get("multipleOf"), int | float):
        yield limits["multipleOf"] / 2
