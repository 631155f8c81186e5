"""Parameters, headers and items of Swagger 2.0 as OpenAPI 3 has them: with a schema, a style and a body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from specwright.document.tree import Map, derived_map, derived_seq
from specwright.problems import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from specwright.document.shape import Walk

IN_BODY: Final = frozenset({"body", "formData"})
"""Where a parameter of Swagger 2.0 stands that OpenAPI 3 sends as the request body."""

_SCHEMA: Final = frozenset(
    {"type", "format", "items", "default", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength",
     "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "enum", "multipleOf", "x-nullable"}
)  # fmt: skip
"""Fields that are the schema's in OpenAPI 3."""

_MULTIPART: Final = "multipart/form-data"
_URLENCODED: Final = "application/x-www-form-urlencoded"
_JSON: Final = "application/json"


class _Style(NamedTuple):
    style: str
    explode: bool


_QUERY_STYLES: Final[Mapping[str, _Style]] = {
    "csv": _Style("form", explode=False),
    "ssv": _Style("spaceDelimited", explode=False),
    "pipes": _Style("pipeDelimited", explode=False),
    "multi": _Style("form", explode=True),
}
_STYLES: Final[Mapping[str, Mapping[str, _Style]]] = {
    "query": _QUERY_STYLES,
    "formData": _QUERY_STYLES,
    "path": {"csv": _Style("simple", explode=False)},
    "header": {"csv": _Style("simple", explode=False)},
}
"""Of each `in` and `collectionFormat`: how a list is written."""


def parameter(made: Map, walk: Walk) -> Map:
    """A Parameter; what goes into the body stays as it is, for the operation to make its body of."""
    if made["in"] in IN_BODY:
        return made
    return derived_map(
        made, {**_beside_schema(made), **_style(made, made["in"], walk), "schema": schema(made, walk)}
    )


def header(made: Map, walk: Walk) -> Map:
    """A Header."""
    return derived_map(
        made, {**_beside_schema(made), **_style(made, "header", walk), "schema": schema(made, walk)}
    )


def items(made: Map, walk: Walk) -> Map:
    """The schema of a list's items."""
    if made.get("type") == "array" and made.get("collectionFormat", "csv") != "csv":
        _cant(made, "collectionFormat", "Lists inside of lists are written with commas", walk)
    return schema(made, walk)


def schema(made: Map, walk: Walk) -> Map:
    """The schema that a parameter, a header or items had among their own fields."""
    keywords = {key: value for key, value in made.items() if key in _SCHEMA}
    return walk.raises["Schema"](derived_map(made, keywords), walk)


def _beside_schema(made: Map) -> dict[str, Any]:
    return {key: value for key, value in made.items() if key not in _SCHEMA and key != "collectionFormat"}


def _style(made: Map, location: str, walk: Walk) -> dict[str, Any]:
    """`style` and `explode` of a list."""
    if made.get("type") != "array":
        return {}
    written = made.get("collectionFormat", "csv")
    found = _STYLES[location].get(written)
    if found is None:
        _cant(
            made,
            "collectionFormat",
            f"A list in {quoted(location)} is written with commas, not as {quoted(written)}",
            walk,
        )
    return (found or _STYLES[location]["csv"])._asdict()


def _cant(made: Map, key: str, message: str, walk: Walk) -> None:
    walk.report("cant-translate", made, key, f"{message}.")


def request_body(parameters: Sequence[Map], media_types: Sequence[str], walk: Walk) -> Map | None:
    """The RequestBody that the parameters in the body make; None if there are none."""
    form = [each for each in parameters if each["in"] == "formData"]
    body = [each for each in parameters if each["in"] == "body"]
    for unused in body if form else body[1:]:
        walk.report(
            "cant-translate",
            unused,
            "in",
            f"The body {quoted(unused['name'])} is left out: there is another.",
        )
    if form:
        return _form(form, media_types, walk)
    return _body(body[0], media_types or (_JSON,)) if body else None


def _body(made: Map, media_types: Sequence[str]) -> Map:
    media = derived_map(made, {"schema": made["schema"]} if "schema" in made else {})
    content = derived_map(made, dict.fromkeys(media_types, media))
    kept = {
        key: value
        for key, value in made.items()
        if key in {"description", "required"} or key.startswith("x-")
    }
    return derived_map(made, {**kept, "content": content})


def _form(fields: Sequence[Map], media_types: Sequence[str], walk: Walk) -> Map:
    first = fields[0]
    required = [field["name"] for field in fields if field.get("required") is True]
    properties = {field["name"]: _property(field, walk) for field in fields}
    encoding = {
        field["name"]: derived_map(field, style)
        for field in fields
        if (style := _style(field, "formData", walk))
    }
    media: dict[str, Any] = {
        "schema": derived_map(
            first,
            {
                "type": "object",
                "properties": derived_map(first, properties),
                **({"required": derived_seq(first, required)} if required else {}),
            },
        )
    }
    if encoding:
        media["encoding"] = derived_map(first, encoding)
    content = dict.fromkeys(_form_types(fields, media_types), derived_map(first, media))
    needed = {"required": True} if required else {}
    return derived_map(first, {**needed, "content": derived_map(first, content)})


def _property(field: Map, walk: Walk) -> Map:
    made = schema(field, walk)
    beside = {key: field[key] for key in ("description", "x-specwright-name") if key in field}
    return derived_map(made, {**made, **beside}) if beside else made


def _form_types(fields: Sequence[Map], media_types: Sequence[str]) -> Sequence[str]:
    """The media types that can carry the fields."""
    if any(field.get("type") == "file" for field in fields):
        return (_MULTIPART,)
    return [each for each in media_types if each in {_MULTIPART, _URLENCODED}] or (_URLENCODED,)
