"""Schemas of OpenAPI 3.0, of Swagger 2.0 and of older drafts, as JSON Schema 2020-12 has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.document.tree import Map, Node, Seq, derived_map, derived_seq
from specwright.document.upgrade.plain import as_written
from specwright.problems import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from specwright.document.shape import Walk

ANNOTATIONS: Final = frozenset(
    {"title", "summary", "description", "default", "deprecated", "readOnly", "writeOnly", "examples", "example",
     "externalDocs", "xml", "$comment"}
)  # fmt: skip
"""Keywords that say something about a value and ask nothing of it: they may stand beside a `$ref`."""

_COMPOSING: Final = frozenset({"$ref", "allOf", "anyOf", "oneOf"})
_OLDER: Final = frozenset(
    {"$ref", "nullable", "x-nullable", "example", "exclusiveMaximum", "exclusiveMinimum", "definitions", "dependencies",
     "additionalItems"}
)  # fmt: skip
"""Keywords that may ask for a change; `$ref` for what stands beside it."""


class _Change:
    """A schema on its way to the dialect: its keywords, and which of them came from where."""

    def __init__(self, schema: Map, walk: Walk) -> None:
        self.schema = schema
        self.walk = walk
        self.keywords: dict[str, Any] = dict(schema)
        self.moved: dict[str, tuple[Node, str | int | None]] = {}

    def made(self) -> Map:
        return derived_map(self.schema, self.keywords, self.moved)

    def put(self, keyword: str, value: Any, *, of: str) -> None:
        """Sets a keyword that stands for another one of the schema."""
        self.keywords[keyword] = value
        self.moved[keyword] = (self.schema, of)

    def say(self, code: str, keyword: str, message: str, hint: str | None = None) -> None:
        self.walk.report(code, self.schema, keyword, message, hint)


_NOW: Final = {
    "nullable": 'Write `type: [string, "null"]`, with the type that is meant beside null.',
    **{
        keyword: f"Write the bound itself, such as `{keyword}: 5`, in place of {quoted(bound)}."
        for keyword, bound in (("exclusiveMaximum", "maximum"), ("exclusiveMinimum", "minimum"))
    },
}
"""Of keywords of OpenAPI 3.0: what is written for them since 3.1."""


def raised(schema: Map, walk: Walk) -> Map:
    """A schema of 3.1 or 3.2: what it has of older versions is read as meant, and said."""
    schema = as_written(schema, walk)
    if _is_current(schema):
        return schema
    change = _Change(schema, walk)
    for keyword in ("nullable", "exclusiveMaximum", "exclusiveMinimum"):
        if isinstance(schema.get(keyword), bool):
            change.say(
                "version-mixed",
                keyword,
                f"{quoted(keyword)} is written as in OpenAPI 3.0; it is read as meant there.",
                _NOW[keyword],
            )
    _raise_keywords(change)
    return _beside_reference(change).made()


def raised_30(schema: Map, walk: Walk) -> Map:
    """A schema of 3.0 or 2.0, in which nothing counts beside a `$ref`."""
    if schema.get("type") == "null" or isinstance(schema.get("type"), Seq):
        walk.report(
            "version-mixed",
            schema,
            "type",
            "The `type` is written as in OpenAPI 3.1; it is read as meant there.",
            "Write `nullable: true` beside a single `type`, or `openapi: 3.1.1` at the top if that is meant.",
        )
    schema = as_written(schema, walk)
    if _is_current(schema):
        return schema
    if len(schema) == 1 and "$ref" in schema:
        return derived_map(schema, schema)
    change = _Change(schema, walk)
    if "$ref" in schema:
        _drop_siblings(change)
    _raise_keywords(change)
    return change.made()


def _is_current(schema: Map) -> bool:
    return (
        _OLDER.isdisjoint(schema)
        and not isinstance(schema.get("items"), Seq)
        and ("examples" not in schema or isinstance(schema["examples"], Seq))
    )


def _raise_keywords(change: _Change) -> None:
    for keyword, rule in () if _CHANGED.isdisjoint(change.keywords) else _RULES.items():
        if keyword in change.keywords:
            rule(change)
    if change.keywords.pop("nullable", False) or change.keywords.pop("x-nullable", False) is True:
        _allow_null(change)


def _exclusive(bound: str, exclusive: str) -> Callable[[_Change], None]:
    def rule(change: _Change) -> None:
        flag = change.keywords[exclusive]
        if not isinstance(flag, bool):
            return
        del change.keywords[exclusive]
        if flag and bound in change.keywords:
            change.put(exclusive, change.keywords.pop(bound), of=bound)
        elif flag:
            change.say(
                "wrong-value", exclusive, f"{quoted(exclusive)} is true, and there is no {quoted(bound)}."
            )

    return rule


def _example(change: _Change) -> None:
    value = change.keywords.pop("example")
    if "examples" not in change.keywords:
        change.put(
            "examples", derived_seq(change.schema, [value], {0: (change.schema, "example")}), of="example"
        )


def _examples(change: _Change) -> None:
    value = change.keywords["examples"]
    if not isinstance(value, Seq):
        change.say(
            "wrong-type",
            "examples",
            "`examples` of a schema is a list; what is here is taken as one example.",
        )
        change.keywords["examples"] = derived_seq(change.schema, [value], {0: (change.schema, "examples")})


def _definitions(change: _Change) -> None:
    definitions: Map = change.keywords.pop("definitions")
    change.put(
        "$defs",
        derived_map(definitions, {**definitions, **change.keywords.get("$defs", {})}),
        of="definitions",
    )


def _dependencies(change: _Change) -> None:
    dependencies: Map = change.keywords.pop("dependencies")
    for keyword, names in (
        ("dependentRequired", [name for name, value in dependencies.items() if isinstance(value, Seq)]),
        ("dependentSchemas", [name for name, value in dependencies.items() if not isinstance(value, Seq)]),
    ):
        if names and keyword not in change.keywords:
            change.put(
                keyword,
                derived_map(dependencies, {name: dependencies[name] for name in names}),
                of="dependencies",
            )


def _items(change: _Change) -> None:
    items = change.keywords["items"]
    if not isinstance(items, Seq):
        return
    change.put("prefixItems", change.keywords.pop("items"), of="items")
    if "additionalItems" in change.keywords:
        change.put("items", change.keywords["additionalItems"], of="additionalItems")


def _additional_items(change: _Change) -> None:
    del change.keywords["additionalItems"]  # without a list of `items` it means nothing


_RULES: Final[Mapping[str, Callable[[_Change], None]]] = {
    "exclusiveMaximum": _exclusive("maximum", "exclusiveMaximum"),
    "exclusiveMinimum": _exclusive("minimum", "exclusiveMinimum"),
    "examples": _examples,
    "example": _example,
    "definitions": _definitions,
    "dependencies": _dependencies,
    "items": _items,
    "additionalItems": _additional_items,
}


_CHANGED: Final = frozenset(_RULES)


def _allow_null(change: _Change) -> None:
    """Makes null one of the values, as its authors mean `nullable` wherever it stands."""
    keywords = change.keywords
    of = "nullable" if "nullable" in change.schema else "x-nullable"
    if not _COMPOSING.isdisjoint(keywords):
        inner = {name: value for name, value in keywords.items() if not is_annotation(name)}
        null = derived_map(change.schema, {"type": "null"}, {"type": (change.schema, of)})
        for name in inner:
            del keywords[name]
        change.put(
            "anyOf",
            derived_seq(change.schema, [derived_map(change.schema, inner, change.moved), null]),
            of=of,
        )
        return
    types = keywords.get("type")
    if isinstance(types, str):
        types = derived_seq(change.schema, [types], {0: (change.schema, "type")})
    if types is not None and "null" not in types:
        keywords["type"] = derived_seq(types, [*types, "null"], {len(types): (change.schema, of)})
    values = keywords.get("enum")
    if values is not None and None not in values:
        keywords["enum"] = derived_seq(values, [*values, None], {len(values): (change.schema, of)})


def is_annotation(keyword: str) -> bool:
    """Whether a keyword asks nothing of a value."""
    return keyword in ANNOTATIONS or keyword.startswith("x-")


def _drop_siblings(change: _Change) -> None:
    ignored = [
        name
        for name in change.keywords
        if not is_annotation(name) and name not in {"$ref", "nullable", "definitions"}
    ]
    for name in ignored:
        del change.keywords[name]
    if ignored:
        names = ", ".join(map(quoted, ignored[:5])) + (" …" if len(ignored) > 5 else "")  # noqa: PLR2004 - enough to see
        change.say("ref-siblings", "$ref", f"Beside a `$ref`, OpenAPI 3.0 ignores {names}.")


def path_item(made: Map, walk: Walk) -> Map:
    """The path item as it is: what stands beside its `$ref` is said to be ignored."""
    if "$ref" in made:
        ignored = [
            key for key in made if key not in {"$ref", "summary", "description"} and not key.startswith("x-")
        ]
        if ignored:
            names = ", ".join(map(quoted, ignored))
            walk.report(
                "ref-siblings", made, "$ref", f"Beside the `$ref` of a path item, {names} is ignored.", _MERGE
            )
    return made


def openapi_30(made: Map, walk: Walk) -> Map:
    """The OpenAPI object as it is; in 3.0 it needs `paths`."""
    if "paths" not in walk.root:
        walk.report("field-missing", made, None, "An OpenAPI object of 3.0 needs `paths`.")
    return made


_MERGE: Final = "Move it to where the `$ref` leads."


def _beside_reference(change: _Change) -> _Change:
    """Moves a `$ref` into an `allOf` where something beside it counts, so that a `$ref` always stands for its target."""
    keywords = change.keywords
    if "$ref" not in keywords or all(name == "$ref" or is_annotation(name) for name in keywords):
        return change
    reference = derived_map(change.schema, {"$ref": keywords.pop("$ref")})
    others = keywords.get("allOf", ())
    change.put("allOf", derived_seq(change.schema, [reference, *others]), of="$ref")
    return change
