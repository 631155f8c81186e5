"""Alternatives, and discriminators, that do not tell apart what they are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.document import Map
from specwright.document.reach import bases
from specwright.document.tree import home_of, source_of
from specwright.linting.survey import Advice
from specwright.plan.keywords import demands, plain
from specwright.problems import quoted
from specwright.runtime.values import comparable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specwright.linting.survey import Survey
    from specwright.plan.keywords import Node, Schema


def one_of_alike(survey: Survey) -> Iterator[Advice]:
    """Alternatives of a `oneOf` that are the same but for what documents them."""
    known: dict[int, object] = {}
    for schema in survey.schemas_with("oneOf"):
        first: dict[object, int] = {}
        alternatives = schema["oneOf"]
        for index, node in enumerate(alternatives):
            behind = survey.views.behind(node)
            if id(behind) not in known:
                known[id(behind)] = _demanded(behind)
            other = first.setdefault(known[id(behind)], index)
            if other != index:
                message = f"This asks for the same as alternative {other + 1}: what fits one fits both."
                yield Advice(alternatives, index, message)


def _demanded(schema: Schema) -> object:
    """Something hashable that tells apart what schemas demand: the same text may refer to another thing in another file."""
    home = home_of(schema) if isinstance(schema, Map) else None
    return home and home.path, comparable({keyword: plain(schema[keyword]) for keyword in demands(schema)})


def discriminator_alone(survey: Survey) -> Iterator[Advice]:
    """Discriminators of what has no alternatives (OpenAPI 3.2, section 4.25)."""
    extended = {
        id(source_of(survey.document.target(base)))
        for schema in survey.of_kind("Schema")
        for base in bases(schema)
    }
    for schema in survey.schemas_with("discriminator"):
        if "oneOf" in schema or "anyOf" in schema or id(source_of(schema)) in extended:
            continue
        if any(key in schema["discriminator"] for key in ("mapping", "defaultMapping")):
            continue  # it says itself what there is
        yield Advice(
            schema,
            "discriminator",
            "There is nothing to tell apart: no `oneOf`, no `anyOf`, and no schema that extends this one.",
        )


def discriminator_property(survey: Survey) -> Iterator[Advice]:
    """Alternatives without the property that they are told apart by."""
    for schema in survey.schemas_with("discriminator"):
        name = schema["discriminator"]["propertyName"]
        if _has(survey, schema, name):
            continue
        for alternatives in (schema[keyword] for keyword in ("oneOf", "anyOf") if keyword in schema):
            for index, node in enumerate(alternatives):
                if _lacks(survey, node, name, set()):
                    message = f"This alternative has no property {quoted(name)}, by which it is told from the others."
                    yield Advice(alternatives, index, message)


_MOST = 50
"""Alternatives in one another that are looked at."""


def _lacks(survey: Survey, node: Node, name: str, seen: set[int]) -> bool:
    """Whether an alternative is an object that is described, and not the property in it; `seen` are those around it."""
    if id(node) in seen:
        return True  # as far as it goes, which the others tell
    if node.__class__ is not Map or len(seen) > _MOST:
        return False
    seen.add(id(node))
    merged = survey.views.merged(survey.views.behind(node))
    inner: Sequence[Node] = [*merged.get("oneOf", ()), *merged.get("anyOf", ())]
    if inner:
        return not _has(survey, node, name) and all(_lacks(survey, one, name, seen) for one in inner)
    if not merged.get("properties") or _OPEN & merged.keys():
        return False
    return name not in merged["properties"]


_OPEN = frozenset({"patternProperties", "if", "dependentSchemas", "$dynamicRef", "unevaluatedProperties"})


def _has(survey: Survey, node: Node, name: str) -> bool:
    if not isinstance(node, Map):
        return False
    return name in survey.views.merged(survey.views.behind(node)).get("properties", {})
