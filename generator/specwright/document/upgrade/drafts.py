"""The drafts of JSON Schema from 4 on: the keywords that each has, and what they are in 2020-12.

A keyword is read as its own draft has it; the rules then ask only which keywords there are, and of what kind their
values. What differs in meaning and not in shape is in the tables, too: a draft does not have the keywords of later ones.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from specwright.document import grammar, kinds
from specwright.document.tree import Map, Seq

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Keywords = dict[str, Any]
    Make = Callable[[Keywords], Map]

RECURSIVE: Final = "$recursiveAnchor"
"""The name of the dynamic anchor that stands for `"$recursiveAnchor": true`; no anchor of an author can begin with `$`."""

_NOTATIONS: Final[Mapping[str, str]] = {
    **grammar.OPENAPI["Schema"],
    "id": "string",
    "definitions": "{Schema}",
    "dependencies": "{Schema or [string]}",
    "additionalItems": "Schema",
    "$recursiveRef": "string",
    "$recursiveAnchor": "boolean",
}
_LISTED_ITEMS: Final = {"items": "Schema or [Schema]"}
_EXCLUSIVE: Final = {"exclusiveMaximum": "boolean", "exclusiveMinimum": "boolean"}

_DRAFT_4: Final = frozenset(
    """
    $schema id $ref definitions title description default type enum multipleOf maximum exclusiveMaximum minimum
    exclusiveMinimum maxLength minLength pattern items additionalItems maxItems minItems uniqueItems maxProperties
    minProperties required properties patternProperties additionalProperties dependencies allOf anyOf oneOf not format
    """.split()  # noqa: SIM905 - reads better
)
_DRAFT_6: Final = _DRAFT_4 - {"id"} | {"$id", "contains", "propertyNames", "const", "examples"}
_DRAFT_7: Final = _DRAFT_6 | {
    "$comment", "if", "then", "else", "readOnly", "writeOnly", "contentMediaType", "contentEncoding"
}  # fmt: skip

_CORE: Final = "$schema $id $ref $anchor $vocabulary $comment $defs definitions"
_APPLICATOR: Final = (
    "allOf anyOf oneOf not if then else properties patternProperties additionalProperties propertyNames items contains "
    "dependentSchemas dependencies"
)
_UNEVALUATED: Final = "unevaluatedItems unevaluatedProperties"
_FROM_2019: Final = {
    "validation": (
        "type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems "
        "minItems uniqueItems maxContains minContains maxProperties minProperties required dependentRequired"
    ),
    "meta-data": "title description default deprecated readOnly writeOnly examples",
    "content": "contentMediaType contentEncoding contentSchema",
}
"""The keywords of vocabularies that 2019-09 and 2020-12 share; with what is kept of older drafts, JSON Schema appendix."""

_2019: Final = {
    "core": f"{_CORE} $recursiveRef $recursiveAnchor",
    "applicator": f"{_APPLICATOR} additionalItems {_UNEVALUATED}",
    "format": "format",
    **_FROM_2019,
}
_2020: Final = {
    "core": f"{_CORE} $dynamicRef $dynamicAnchor",
    "applicator": f"{_APPLICATOR} prefixItems",
    "unevaluated": _UNEVALUATED,
    "format-annotation": "format",
    "format-assertion": "format",
    **_FROM_2019,
}


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """One version of JSON Schema."""

    uri: str
    """Of its meta-schema, without a fragment."""
    keywords: Mapping[str, kinds.Kind]
    vocabularies: Mapping[str, frozenset[str]]
    """The keywords of each vocabulary, by its URI; none up to draft 7, which has no vocabularies."""
    is_old: bool
    """Whether it is draft 7 or older: nothing counts beside a `$ref`, and an anchor is the fragment of an `$id`."""
    identifier: str = "$id"

    def identity(self, schema: Map) -> tuple[str, str]:
        """The URI reference and the plain name that a schema calls itself; "" for what it does not."""
        own = schema.get(self.identifier)
        if not isinstance(own, str) or (self.is_old and "$ref" in schema):
            return "", ""
        location, _, fragment = own.partition("#")
        return location, fragment if self.is_old and not fragment.startswith("/") else ""


def _kinds(keywords: frozenset[str], changed: Mapping[str, str]) -> Mapping[str, kinds.Kind]:
    notations = {**_NOTATIONS, **changed}
    return {keyword: kinds.parse(notations[keyword]) for keyword in keywords}


def _old(uri: str, keywords: frozenset[str], changed: Mapping[str, str], identifier: str = "$id") -> Draft:
    return Draft(uri, _kinds(keywords, {**_LISTED_ITEMS, **changed}), {}, is_old=True, identifier=identifier)


def _new(base: str, vocabularies: Mapping[str, str], changed: Mapping[str, str]) -> Draft:
    words = {f"{base}/vocab/{name}": frozenset(text.split()) for name, text in vocabularies.items()}
    return Draft(
        f"{base}/schema", _kinds(frozenset[str]().union(*words.values()), changed), words, is_old=False
    )


DRAFTS: Final[Mapping[str, Draft]] = {
    "draft-04": _old("http://json-schema.org/draft-04/schema", _DRAFT_4, _EXCLUSIVE, "id"),
    "draft-06": _old("http://json-schema.org/draft-06/schema", _DRAFT_6, {}),
    "draft-07": _old("http://json-schema.org/draft-07/schema", _DRAFT_7, {}),
    "2019-09": _new("https://json-schema.org/draft/2019-09", _2019, _LISTED_ITEMS),
    "2020-12": _new("https://json-schema.org/draft/2020-12", _2020, {}),
}
"""Every draft that is read."""

CURRENT: Final = DRAFTS["2020-12"]


def raise_keywords(keywords: Keywords, make: Make) -> None:
    """Rewrites the keywords of a schema, as its draft has them, to those of 2020-12, in place.

    Args:
        keywords: The schema's own, its subschemas rewritten already.
        make: Gives the object for a subschema that is made on the way.
    """
    for keyword, rule in _RULES.items():
        if keyword in keywords:
            rule(keywords, make)


def hide_contains(keywords: Keywords, make: Make) -> None:
    """Keeps `contains` from making items evaluated, which it does from 2020-12 on (section 10.3.1.3).

    What `not` holds gives no annotations (section 7.7.1.3): twice `not` asks the same, and says nothing of the items.
    """
    moved: Keywords = {name: keywords.pop(name) for name in _CONTAINING if name in keywords}
    _also(keywords, make({"not": make({"not": make(moved)})}))


_CONTAINING: Final = ("contains", "minContains", "maxContains")


def _also(keywords: Keywords, schema: Map) -> None:
    """Asks for one schema more."""
    keywords["allOf"] = Seq([*keywords.get("allOf", ()), schema])


def _identifier(keywords: Keywords, _make: Make) -> None:
    own: str = keywords.pop("id" if "id" in keywords else "$id")
    location, _, fragment = own.partition("#")
    if location:
        keywords["$id"] = location
    if fragment and not fragment.startswith("/"):
        keywords["$anchor"] = fragment


def _exclusive(bound: str, exclusive: str) -> Callable[[Keywords, Make], None]:
    def rule(keywords: Keywords, _make: Make) -> None:
        flag = keywords[exclusive]
        if isinstance(flag, bool):
            del keywords[exclusive]
            if flag and bound in keywords:
                keywords[exclusive] = keywords.pop(bound)

    return rule


def _items(keywords: Keywords, _make: Make) -> None:
    if not isinstance(keywords["items"], Seq):
        return
    listed = keywords.pop("items")
    if listed:
        keywords["prefixItems"] = listed
    if "additionalItems" in keywords:
        keywords["items"] = keywords["additionalItems"]


def _additional_items(keywords: Keywords, _make: Make) -> None:
    del keywords["additionalItems"]  # without a list of `items` it means nothing


def _definitions(keywords: Keywords, _make: Make) -> None:
    keywords["$defs"] = Map({**keywords.pop("definitions"), **keywords.get("$defs", {})})


def _dependencies(keywords: Keywords, make: Make) -> None:
    dependencies: Map = keywords.pop("dependencies")
    for keyword, listed in (("dependentRequired", True), ("dependentSchemas", False)):
        chosen = Map({name: it for name, it in dependencies.items() if isinstance(it, Seq) is listed})
        if chosen and keyword in keywords:
            _also(keywords, make({keyword: chosen}))
        elif chosen:
            keywords[keyword] = chosen


def _recursive_reference(keywords: Keywords, _make: Make) -> None:
    keywords["$dynamicRef"] = keywords.pop("$recursiveRef")


def _recursive_anchor(keywords: Keywords, _make: Make) -> None:
    if keywords.pop("$recursiveAnchor"):
        keywords["$dynamicAnchor"] = RECURSIVE


_RULES: Final[Mapping[str, Callable[[Keywords, Make], None]]] = {
    "id": _identifier,
    "$id": _identifier,
    "exclusiveMaximum": _exclusive("maximum", "exclusiveMaximum"),
    "exclusiveMinimum": _exclusive("minimum", "exclusiveMinimum"),
    "items": _items,
    "additionalItems": _additional_items,
    "definitions": _definitions,
    "dependencies": _dependencies,
    "$recursiveRef": _recursive_reference,
    "$recursiveAnchor": _recursive_anchor,
}
