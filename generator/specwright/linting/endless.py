"""Schemas that no value is of, as each would have to hold another one of the same, without end."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from specwright.linting.survey import Advice
from specwright.plan.doubts.cycles import circles
from specwright.plan.keywords import demanded_types
from specwright.problems import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from specwright.linting.survey import Survey
    from specwright.plan.keywords import Node, Schema
    from specwright.plan.views import Views


class _Step(NamedTuple):
    """From a schema to one of which each of its values holds, or may have to be, a value."""

    to: Schema


def schema_endless(survey: Survey) -> Iterator[Advice]:
    """Schemas that require themselves, of each circle the first."""
    views = survey.views
    first = (
        schema for keyword in ("required", "minItems", "allOf") for schema in survey.schemas_with(keyword)
    )
    needs = _needs(views, first)
    steps = _unmet(needs)
    found = circles(steps)
    told: set[int] = set()
    for schema in survey.of_kind("Schema") if found else ():
        if views.behind(schema) is not schema:
            continue
        circle = found.get(id(views.merged(schema)))
        if circle is None or circle in told:
            continue
        told.add(circle)
        required = schema.get("required", ())
        properties: Mapping[str, Node] = views.merged(schema).get("properties", {})
        for index, name in enumerate(required):
            if name in properties and found.get(id(views.merged(properties[name]))) == circle:
                message = (
                    f"{quoted(name)} has to be there, and leads here again, without end: no value is valid."
                )
                yield Advice(required, index, message)
                break
        else:
            yield Advice(
                schema, None, "Each value has to hold another one of this, without end: none is valid."
            )


_Group = tuple["Schema", ...]
"""Schemas of which one has to be met."""


def _needs(views: Views, first: Iterable[Schema]) -> dict[int, list[_Group]]:
    """Of each schema, merged, that these lead to, by its identity: what has to be met for a value of it to end."""
    found: dict[int, list[_Group]] = {}
    waiting = [views.merged(schema) for schema in first]
    while waiting:
        merged = waiting.pop()
        if id(merged) not in found:
            groups = found[id(merged)] = [
                tuple(views.merged(node) for node in group) for group in _demanded(merged)
            ]
            waiting += (schema for group in groups for schema in group)
    return found


def _demanded(merged: Schema) -> Iterator[Sequence[Node]]:
    """Schemas that each value of a schema has a part of, or is of, as groups of which one is enough."""
    if "enum" in merged or "const" in merged:
        return
    kinds = demanded_types(merged)
    if kinds == ("object",):
        properties: Mapping[str, Node] = merged.get("properties", {})
        yield from ([properties[name]] for name in merged.get("required", ()) if name in properties)
    if kinds == ("array",) and merged.get("minItems", 0) > 0 and "items" in merged:
        yield [merged["items"]]
    yield from (merged[keyword] for keyword in ("anyOf", "oneOf") if merged.get(keyword))


def _unmet(needs: Mapping[int, Sequence[_Group]]) -> dict[int, list[_Step]]:
    """Those of the schemas that no value is of, with the steps to those that stand in the way; the time is linear."""
    asked_by: dict[int, list[tuple[int, int]]] = {}
    for origin, groups in needs.items():
        for number, group in enumerate(groups):
            for schema in group:
                asked_by.setdefault(id(schema), []).append((origin, number))
    left = {origin: set(range(len(groups))) for origin, groups in needs.items()}
    waiting = [origin for origin, groups in left.items() if not groups]
    while waiting:
        for origin, number in asked_by.get(waiting.pop(), ()):
            if number in left[origin]:
                left[origin].remove(number)
                if not left[origin]:
                    waiting.append(origin)
    return {
        origin: [_Step(schema) for number in sorted(numbers) for schema in needs[origin][number]]
        for origin, numbers in left.items()
        if numbers
    }
