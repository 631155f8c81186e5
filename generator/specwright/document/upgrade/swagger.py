"""Swagger 2.0 as OpenAPI 3: its root, path items, responses and security schemes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.document.tree import Map, Node, Seq, derived_map, derived_seq
from specwright.document.upgrade import parameters, schemas
from specwright.problems import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from specwright.document.shape import Walk

_JSON: Final = "application/json"
_METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch")
_COMPONENTS: Final = {
    "definitions": "schemas",
    "parameters": "parameters",
    "responses": "responses",
    "securityDefinitions": "securitySchemes",
}
"""The maps of named objects: where they are in Swagger 2.0, and where in OpenAPI 3."""

_SERVED: Final = ("host", "basePath", "schemes")
_MEDIA: Final = frozenset({"consumes", "produces", "schemes"})
_FLOWS: Final = {
    "implicit": "implicit",
    "password": "password",
    "application": "clientCredentials",
    "accessCode": "authorizationCode",
}
_FLOW_FIELDS: Final = frozenset({"authorizationUrl", "tokenUrl", "scopes"})


def root(made: Map, walk: Walk) -> Map:
    """The OpenAPI object."""
    gone = {*_COMPONENTS, *_SERVED, "swagger", "consumes", "produces"}
    kept = {key: value for key, value in made.items() if key not in gone}
    components = {to: made[of] for of, to in _COMPONENTS.items() if of in made}
    if "parameters" in components:
        components["parameters"] = _parameters(components["parameters"], walk)
    added: dict[str, Any] = {"openapi": "3.2.0", "servers": servers(made, made.get("schemes", ()))}
    moved: dict[str, tuple[Node, str | int | None]] = {
        "openapi": (made, "swagger"),
        "servers": (made, "host"),
    }
    if components:
        added["components"] = derived_map(made, components)
    return derived_map(made, {**added, **kept}, moved)


def _parameters(named: Map, walk: Walk) -> Map:
    """Named parameters without those that are a body in OpenAPI 3: the operations have those."""
    return derived_map(named, {name: value for name, value in named.items() if not _is_in_body(value, walk)})


def _is_in_body(made: Map, walk: Walk) -> bool:
    target = walk.resolve(made, "SwaggerParameter") if "$ref" in made else made
    return target is not None and target.get("in") in parameters.IN_BODY and "name" in target


def servers(swagger: Map, schemes: Sequence[str]) -> Seq:
    """The Server objects that host, base path and schemes make; https first, which is meant where nothing is said."""
    path = swagger.get("basePath", "")
    host = swagger.get("host")
    if not host:
        return derived_seq(
            swagger, [derived_map(swagger, {"url": path or "/"}, {"url": (swagger, "basePath")})]
        )
    usable = [scheme for scheme in ("https", "http") if scheme in schemes] or ["https"]
    urls = [f"{scheme}://{host}{path if path != '/' else ''}" for scheme in usable]
    return derived_seq(
        swagger, [derived_map(swagger, {"url": url}, {"url": (swagger, "host")}) for url in urls]
    )


def path_item(made: Map, walk: Walk) -> Map:
    """The PathItem, its operations with bodies for the parameters that are sent as one."""
    schemas.path_item(made, walk)
    shared = made.get("parameters", ())
    changed: dict[str, Any] = {
        method: _operation(made[method], shared, walk) for method in _METHODS if method in made
    }
    if "parameters" in made:
        changed["parameters"] = _outside_body(made["parameters"], walk)
    return derived_map(made, {**made, **changed})


def _operation(made: Map, shared: Iterable[Map], walk: Walk) -> Map:
    own = made.get("parameters", ())
    fields = {key: value for key, value in made.items() if key not in _MEDIA}
    if "parameters" in made:
        fields["parameters"] = _outside_body(own, walk)
    consumes = made.get("consumes") or _of_root(walk, "consumes")
    body = parameters.request_body(_in_body(own, walk) or _in_body(shared, walk), consumes, walk)
    if body is not None:
        fields["requestBody"] = body
    if "produces" in made and "responses" in made:
        fields["responses"] = _produced(made["responses"], made["produces"], walk)
    if "schemes" in made and set(made["schemes"]) != set(_of_root(walk, "schemes")):
        fields["servers"] = servers(walk.root, made["schemes"])
    return derived_map(made, fields)


def _outside_body(listed: Sequence[Map], walk: Walk) -> Seq:
    kept = [(index, each) for index, each in enumerate(listed) if not _is_in_body(each, walk)]
    origin: Any = listed
    moved = {to: (origin, index) for to, (index, _) in enumerate(kept)}
    return derived_seq(origin, [each for _, each in kept], moved)


def _in_body(listed: Iterable[Map], walk: Walk) -> list[Map]:
    """The parameters that are sent in the body, each as what it stands for."""
    found = [walk.resolve(each, "SwaggerParameter") if "$ref" in each else each for each in listed]
    return [
        each for each in found if each is not None and "name" in each and each.get("in") in parameters.IN_BODY
    ]


def _of_root(walk: Walk, key: str) -> Sequence[str]:
    """A list of text of the document's root, which was not read yet."""
    value = walk.root.get(key)
    return [each for each in value if isinstance(each, str)] if isinstance(value, Seq) else []


def response(made: Map, walk: Walk) -> Map:
    """The Response, with content of each media type that the document produces."""
    kept = {key: value for key, value in made.items() if key not in {"schema", "examples"}}
    examples: Map = made.get("examples", Map())
    if "schema" not in made and not examples:
        return derived_map(made, kept)
    media = derived_map(made, {"schema": made["schema"]} if "schema" in made else {})
    content = dict.fromkeys([*_of_root(walk, "produces"), *examples] or [_JSON], media)
    return derived_map(made, {**kept, "content": derived_map(made, _with_examples(content, examples))})


def _with_examples(content: Mapping[str, Map], examples: Map) -> dict[str, Map]:
    return {
        name: derived_map(media, {**media, "example": examples[name]}, {"example": (examples, name)})
        if name in examples
        else media
        for name, media in content.items()
    }


def _produced(responses: Map, media_types: Sequence[str], walk: Walk) -> Map:
    """The responses of an operation that says itself which media types it produces."""
    changed: dict[str, Any] = {}
    for status, each in responses.items():
        if not isinstance(each, Map) or not media_types:
            continue
        target = walk.resolve(each, "SwaggerResponse") if "$ref" in each else each
        content: Mapping[str, Map] = target.get("content", {}) if target is not None else {}
        if target is not None and content and set(content) != set(media_types):
            changed[status] = derived_map(target, {**target, "content": _again(target, content, media_types)})
    return derived_map(responses, {**responses, **changed})


def _again(target: Map, content: Mapping[str, Map], media_types: Sequence[str]) -> Map:
    first = next(iter(content.values()))
    bare = derived_map(first, {key: value for key, value in first.items() if key != "example"})
    return derived_map(target, {name: content.get(name, bare) for name in media_types})


def security_scheme(made: Map, walk: Walk) -> Map:
    """The SecurityScheme."""
    kept = {key: value for key, value in made.items() if key not in _FLOW_FIELDS and key != "flow"}
    if made["type"] == "basic":
        return derived_map(made, {**kept, "type": "http", "scheme": "basic"})
    if made["type"] != "oauth2":
        return made
    if "flow" not in made:
        walk.report("field-missing", made, "type", f"A scheme of the type {quoted('oauth2')} needs a `flow`.")
        return derived_map(made, kept)
    flow = derived_map(made, {key: value for key, value in made.items() if key in _FLOW_FIELDS})
    return derived_map(made, {**kept, "flows": derived_map(made, {_FLOWS[made["flow"]]: flow})})


def schema(made: Map, walk: Walk) -> Map:
    """The Schema: a discriminator is an object, and a file is binary text."""
    changed: dict[str, Any] = {}
    if isinstance(made.get("discriminator"), str):
        name = {"propertyName": made["discriminator"]}
        changed["discriminator"] = derived_map(made, name, {"propertyName": (made, "discriminator")})
    if made.get("type") == "file":
        changed |= {"type": "string", "format": "binary"}
    moved: dict[str, tuple[Node, str | int | None]] = {"format": (made, "type")} if "type" in changed else {}
    return schemas.raised_30(derived_map(made, {**made, **changed}, moved) if changed else made, walk)


RAISES: Final[Mapping[str, Callable[[Map, Walk], Map]]] = {
    "Schema": schema,
    "Swagger": root,
    "SwaggerPathItem": path_item,
    "SwaggerParameter": parameters.parameter,
    "SwaggerItems": parameters.items,
    "SwaggerHeader": parameters.header,
    "SwaggerResponse": response,
    "SwaggerSecurityScheme": security_scheme,
}
