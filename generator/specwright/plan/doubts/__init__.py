"""What is doubtful in a document once it is seen as a whole, and what was done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.document import Map
from specwright.plan import credentials, media
from specwright.plan.doubts.cycles import of_cycles
from specwright.plan.doubts.paths import of_bodies, of_parameters, of_paths, of_servers
from specwright.plan.doubts.required import members, of_required
from specwright.plan.doubts.values import of_values
from specwright.plan.keywords import place_of, readable
from specwright.plan.patterns import pattern_problems
from specwright.problems import problem, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specwright.document import Document
    from specwright.plan.catalogue import Catalogue
    from specwright.plan.keywords import Schema
    from specwright.plan.paths import Found
    from specwright.problems import Place, Problem


def doubts(document: Document, catalogue: Catalogue, found: Iterable[Found]) -> Iterator[Problem]:
    """Every Problem that planning sees, each once."""
    found = tuple(found)
    every = (
        *of_required(document, catalogue),
        *_of_schemas(document, catalogue),
        *_of_schemes(document),
        *_of_security(document, found),
        *_of_operations(document, found),
        *of_paths(document),
        *of_parameters(document, found),
        *of_bodies(found),
        *of_servers(document, found),
    )
    told: dict[tuple[object, ...], Problem] = {}
    for one in every:  # for several operations of a path the same may be wrong, with another way out of it
        told.setdefault((one.code, one.place, one.message), one)
    yield from told.values()


def _of_schemas(document: Document, catalogue: Catalogue) -> Iterator[Problem]:
    for entry in catalogue.entries:
        merged = catalogue.views.merged(entry.schema)
        for wire in merged.get("properties", {}):
            if not readable(wire):
                message = f"{quoted(wire)} can't be a field of a model; it is in `.extra`"
                yield problem("property-name", _property_place(document, entry.schema, wire), message)
    for met in catalogue.walked:
        yield from _conflicts(catalogue, met.schema)
        yield from _patterns(met.schema)
        yield from of_values(met.schema, catalogue.views)
    yield from of_cycles(document, (met.schema for met in catalogue.walked))


def _patterns(schema: Schema) -> Iterator[Problem]:
    """What there is to say of the regular expressions in a schema."""
    if isinstance(schema, Map):
        if "pattern" in schema:
            yield from pattern_problems(schema["pattern"], schema.place("pattern"))
        for source in schema.get("patternProperties", ()):
            yield from pattern_problems(source, schema["patternProperties"].place(source))


def _conflicts(catalogue: Catalogue, schema: Schema) -> Iterator[Problem]:
    """What the members of an `allOf` demand of a value that none can be."""
    merged = catalogue.views.merged(schema)
    for keyword, words in (("type", "no type"), ("enum", "no value")):
        if merged.get(keyword) == [] and schema.get(keyword) != []:
            message = f"the members of this schema have {words} in common"
            yield problem("all-of-conflict", place_of(schema), message)


def _property_place(document: Document, schema: Schema, wire: str) -> Place | None:
    """Where a property stands that the schema, or a member of its `allOf`, has."""
    owners = (member.get("properties", {}) for member in members(document, schema))
    return next((owner.place(wire) for owner in owners if wire in owner), None)


def _of_schemes(document: Document) -> Iterator[Problem]:
    schemes = document.root.get("components", {}).get("securitySchemes", {})
    for name, reference in schemes.items():
        scheme = document.target(reference)
        if credentials.kind(scheme) is None and not credentials.is_met_by_connection(scheme):
            message = f"{quoted(name)} does not say what is sent; calls that need it are refused without a header of their own"
            yield problem("security-unknown", schemes.place(name), message)


def _of_security(document: Document, found: Iterable[Found]) -> Iterator[Problem]:
    schemes = document.root.get("components", {}).get("securitySchemes", {})
    for owner in (document.root, *(item.operation for item in found)):
        for alternative in owner.get("security", ()):
            for name in alternative:
                if name not in schemes:
                    yield problem(
                        "security-unknown",
                        alternative.place(name),
                        f"there is no security scheme {quoted(name)}",
                    )


def _of_operations(document: Document, found: Iterable[Found]) -> Iterator[Problem]:
    for item in found:
        for content in item.contents:
            for key in media.odd(content):
                yield problem(
                    "media-type", content.place(key), f"{quoted(key)} is no media type; it is left out"
                )
        yield from _of_places(document, item)


_SAME_NAMES: Final = "Give them the same names."


def _of_places(document: Document, item: Found) -> Iterator[Problem]:
    """Where a path, and the parameters that are described for it, differ."""
    for name, other in item.undescribed.items():
        message = f"nobody describes {quoted(name)} in {quoted(item.path)}; it is taken for text"
        if other is not None:
            hint = f"A parameter of that name is described with `in: {other['in']}`: write `in: path` there."
        elif item.unplaced:
            hint = _SAME_NAMES
        else:
            hint = "Describe it in `parameters`, with `in: path` and `required: true`."
        yield problem("parameter-path", document.root["paths"].place(item.path), message, hint)
    for parameter in item.unplaced:
        name = parameter["name"]
        message = f"{quoted(item.path)} has no {quoted(name)}; the parameter is left out"
        place = quoted("{" + name + "}")
        hint = f"Write {place} into the path, or say where else it is sent, such as `in: query`."
        if item.undescribed:
            hint = _SAME_NAMES
        yield problem("parameter-path", parameter.place("name"), message, hint)
