"""Ours and the peers, each as a function that makes a judge of a schema: is a value valid?

The schemas that references lead to are handed to each by its own means, and nothing is ever fetched.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from .cases import DRAFTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Judge = Callable[[Any], bool]
    Maker = Callable[[Any, str, bool, Mapping[str, Any]], Judge]
    """Of the schema, the suite's name of its draft, whether formats are assertions, and the schemas it may refer to."""

OURS: Final = "specwright"

# What each calls the drafts. A peer has none of those that are not here.
_DIALECTS: Final[dict[str, dict[str, str]]] = {
    OURS: DRAFTS,
    "jsonschema": {
        "draft2020-12": "Draft202012Validator",
        "draft2019-09": "Draft201909Validator",
        "draft7": "Draft7Validator",
        "draft6": "Draft6Validator",
        "draft4": "Draft4Validator",
    },
    "jsonschema-rs": {
        "draft2020-12": "Draft202012",
        "draft2019-09": "Draft201909",
        "draft7": "Draft7",
        "draft6": "Draft6",
        "draft4": "Draft4",
    },
    "fastjsonschema": {
        "draft7": "http://json-schema.org/draft-07/schema#",
        "draft6": "http://json-schema.org/draft-06/schema#",
        "draft4": "http://json-schema.org/draft-04/schema#",
    },
    "corvus-json-schema": {
        "draft2020-12": "DRAFT202012",
        "draft2019-09": "DRAFT201909",
        "draft7": "DRAFT7",
        "draft6": "DRAFT6",
        "draft4": "DRAFT4",
    },
}


def _ours(schema: Any, dialect: str, formats: bool, remotes: Mapping[str, Any]) -> Judge:  # noqa: FBT001  # as `Maker`
    compile_validator = import_module("specwright").compile_validator
    validate = compile_validator(schema, dialect=dialect, resources=remotes, formats=formats)
    return lambda value: not validate(value)


def _jsonschema(schema: Any, dialect: str, formats: bool, remotes: Mapping[str, Any]) -> Judge:  # noqa: FBT001
    jsonschema, referencing = import_module("jsonschema"), import_module("referencing.jsonschema")
    default = getattr(jsonschema, dialect)
    kind = jsonschema.validators.validator_for(schema, default=default)
    specification = referencing.specification_with(default.META_SCHEMA.get("$schema"))
    registry = referencing.SchemaRegistry().with_contents(
        remotes.items(), default_specification=specification
    )
    checker = kind.FORMAT_CHECKER if formats else None
    judge: Judge = kind(schema, registry=registry, format_checker=checker).is_valid
    return judge


def _jsonschema_rs(schema: Any, dialect: str, formats: bool, remotes: Mapping[str, Any]) -> Judge:  # noqa: FBT001
    peer = import_module("jsonschema_rs")
    names_its_own = isinstance(schema, dict) and "$schema" in schema
    make = peer.validator_for if names_its_own else getattr(peer, f"{dialect}Validator")
    judge: Judge = make(schema, retriever=remotes.__getitem__, validate_formats=formats).is_valid
    return judge


def _fastjsonschema(schema: Any, dialect: str, formats: bool, remotes: Mapping[str, Any]) -> Judge:  # noqa: FBT001
    peer = import_module("fastjsonschema")
    told: Any = schema if isinstance(schema, bool) else {"$schema": dialect, **schema}
    handlers = dict.fromkeys(("http", "https", "urn"), {**_meta_schemas(), **remotes}.__getitem__)
    validate = peer.compile(told, handlers=handlers, use_default=False, use_formats=formats)
    refusal: type[Exception] = peer.JsonSchemaValueException

    def judge(value: Any) -> bool:
        try:
            validate(value)
        except refusal:
            return False
        return True

    return judge


def _meta_schemas() -> dict[str, Any]:
    """The official meta-schemas, which fastjsonschema would fetch, by their URIs as references have them."""
    official = import_module("jsonschema_specifications").REGISTRY
    return {uri: official.contents(uri) for uri in official}


def _corvus(schema: Any, dialect: str, formats: bool, remotes: Mapping[str, Any]) -> Judge:  # noqa: FBT001
    peer = import_module("corvus_json_schema")
    judge: Judge = peer.compile(
        schema,
        default_dialect=peer.Dialect[dialect],
        assert_format=True if formats else None,  # without it, it does as the vocabularies say
        resolve_document=remotes.get,
    )
    return judge


_MAKERS: Final[dict[str, Maker]] = {
    OURS: _ours,
    "jsonschema": _jsonschema,
    "jsonschema-rs": _jsonschema_rs,
    "fastjsonschema": _fastjsonschema,
    "corvus-json-schema": _corvus,
}
NAMES: Final = tuple(_MAKERS)


def dialect(name: str, draft: str) -> str | None:
    """What one calls a draft of the suite; nothing if it does not know it."""
    return _DIALECTS[name].get(draft)


def judge(name: str, schema: Any, draft: str, *, formats: bool, remotes: Mapping[str, Any]) -> Judge:
    """A judge of a schema; whatever its maker raises for a schema that it can't use is passed on."""
    return _MAKERS[name](schema, _DIALECTS[name][draft], formats, remotes)
