"""The operations of a document -> resources with methods."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from specwright.plan import credentials, samples, servers, streams
from specwright.plan.combined import union, without_null
from specwright.plan.contents import Contents, parts
from specwright.plan.ir import Argument, Doc, Literals, Operation, Resource
from specwright.plan.keywords import demanded_types, discriminator
from specwright.plan.links import Links
from specwright.plan.names import Wish, legible, own_name, spelled
from specwright.plan.paths import LOCATIONS, PLACES, parameter_schema
from specwright.runtime.media import family

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specwright.config import Config
    from specwright.document import Document, Map
    from specwright.plan.catalogue import Catalogue
    from specwright.plan.ir import Body, Validator
    from specwright.plan.keywords import Node
    from specwright.plan.outlined import Outlined
    from specwright.plan.pages import Paging
    from specwright.plan.paths import Found
    from specwright.plan.schemas import Types
    from specwright.plan.views import Views


JSON: Final = "application/json"

OF_MEMBERS: Final = frozenset({"json", "form", "multipart"})
"""How media types are written whose bodies are objects."""

CONTENT: Final[Mapping[str, str]] = {"json": "json", "form": "urlencoded"}
"""By how the media type of a parameter is written: its style; the others are text."""


def walk(catalogue: Catalogue, found: Iterable[Found]) -> None:
    """Enter the schemas that operations reach into the catalogue."""
    for operation in found:
        for parameter in operation.parameters:
            key = f"{operation.key}/parameters/{parameter['in']}/{parameter['name']}"
            catalogue.walk(
                parameter_schema(parameter), "request", key, f"{operation.text} {parameter['name']}"
            )
        for part in parts(operation):
            key = f"{operation.key}/{part.key}"
            catalogue.walk(part.schema, part.direction, key, f"{operation.text} {part.words}")


def flattened(views: Views, operation: Found) -> bool:
    """Whether the body's properties are arguments: it is one object whose properties are known."""
    body = operation.body
    if body is None or body.schema is None or len(operation.bodies) > 1 or body.family not in OF_MEMBERS:
        return False
    merged = views.merged(body.schema)
    chosen = bool({"enum", "const"} & merged.keys() or views.alternatives(body.schema))
    # What has a discriminator is not one object: others extend it.
    chosen = chosen or discriminator(views.behind(body.schema)) is not None
    return demanded_types(merged) == ("object",) and bool(merged.get("properties")) and not chosen


def flat_schema(views: Views, operation: Found) -> Node | None:
    """The schema whose properties are arguments, if there is one."""
    return operation.body.schema if operation.body is not None and flattened(views, operation) else None


def wishes(catalogue: Catalogue, found: Iterable[Found]) -> Iterator[Wish]:
    """The names that operations need, their classes and arguments among them."""
    for tag, text in {operation.tag: operation.tag_text for operation in found}.items():
        if tag is not None:
            own = text != tag
            plain = legible(text, "resource")
            for key, words, fallback in (
                ("tag", text, "Resource"),
                ("tag async", f"async {plain}", "AsyncResource"),
                ("tag responses", f"{plain} with response", "ResourceWithResponse"),
                ("tag async responses", f"async {plain} with response", "AsyncResourceWithResponse"),
            ):
                yield Wish(
                    f"{key} {tag}", "classes", words, "class", fallback, "resource", "resources", chosen=own
                )
            yield Wish(f"tag attribute {tag}", "methods", text, "snake", "resource", "operations", chosen=own)
    alike = Counter((operation.tag, spelled(operation.text, "snake", "operation")) for operation in found)
    for operation in found:
        key, tag, text = operation.key, operation.tag, operation.text
        scope = "methods" if tag is None else f"methods {tag}"
        # Of several that are called the same, each has what only it has behind its name, whichever others come and go.
        place = f"{operation.method} {operation.path}"
        own = bool(own_name(operation.operation))
        shared = alike[tag, spelled(text, "snake", "operation")] > 1
        apart = place if shared else ""
        yield Wish(f"operation {key}", scope, text, "snake", "operation", apart, chosen=own)
        yield Wish(f"builder {key}", "builders", text, "snake", "operation", apart or tag or "", chosen=own)
        if streams.is_twofold(operation):
            stream, of = f"{legible(text, 'operation')} stream", f"{key}{streams.STREAM}"
            yield Wish(f"operation {of}", scope, stream, "snake", "stream", apart, chosen=own)
            yield Wish(f"builder {of}", "builders", stream, "snake", "stream", apart or tag or "", chosen=own)
        for part, words in _checked_apart(catalogue, operation):
            checked = f"validate {text} {words}"
            yield Wish(f"validator {key} {part}", "functions", checked, "snake", "validate", chosen=own)
        yield from _argument_wishes(catalogue.views, operation)


def _checked_apart(catalogue: Catalogue, found: Found) -> Iterator[tuple[str, str]]:
    """The parts of an operation that have a validator of their own, since no named schema has it."""
    if found.parameters:
        yield "parameters", "parameters"
    for part in parts(found):
        if catalogue.entry(part.schema) is None:
            words = part.words if part.direction == "request" else f"response {part.name}"
            yield part.name, words


def _argument_wishes(views: Views, found: Found) -> Iterator[Wish]:
    scope = f"arguments {found.key}"
    # The path's parameters come first, so that they keep their own names.
    for parameter in sorted(found.parameters, key=lambda parameter: LOCATIONS.index(PLACES[parameter["in"]])):
        key = f"argument {found.key} {parameter['in']} {parameter['name']}"
        own = own_name(parameter)
        place = PLACES[parameter["in"]]
        yield Wish(key, scope, own or parameter["name"], "snake", "argument", place, chosen=bool(own))
    body = flat_schema(views, found)
    if body is not None:
        for wire, node in views.sent(body, "request").items():
            key = f"argument {found.key} body {wire}"
            own = own_name(node)
            yield Wish(key, scope, own or wire, "snake", "argument", "body", chosen=bool(own))
        if views.undeclared(views.merged(body)) is not None:
            yield Wish(f"argument {found.key} body *", scope, "extra", "snake", "argument", "body")

    if len(found.bodies) > 1:
        yield Wish(
            f"argument {found.key} content_type", scope, "content_type", "snake", "content_type", "body"
        )


def _style(parameter: Map) -> tuple[str, bool, bool] | None:
    """Style, explode and allowReserved, where they are not the usual ones of its place (OpenAPI 3.2, section 4.12.3)."""
    content = next(iter(parameter.get("content", {})), None)
    whole = "whole " if parameter["in"] == "querystring" else ""
    if content is not None or whole:
        return (whole + CONTENT.get(family(content or "text/plain"), "text"), False, False)
    usual = "form" if parameter["in"] in {"query", "cookie"} else "simple"
    style = parameter.get("style", usual)
    explode = parameter.get("explode", style in {"form", "deepObject", "cookie"})
    said = (style, explode, parameter.get("allowReserved", False))
    return None if said == (usual, usual == "form", False) else said


_KEYS: Final = frozenset({"idempotency-key", "x-idempotency-key"})
"""Headers of a key by which a server knows a repeated request again (draft-ietf-httpapi-idempotency-key-header)."""
_REPEATING_HARMS: Final = frozenset({"POST", "PATCH"})


def _is_key(parameter: Map, named: str) -> bool:
    return parameter["in"] == "header" and str(parameter["name"]).lower() in {*_KEYS, named.lower()}


class Operations:
    """The resources of a document, once everything has a name."""

    def __init__(  # noqa: PLR0913, PLR0917 -- what planning has come to
        self,
        document: Document,
        catalogue: Catalogue,
        names: Mapping[str, str],
        types: Types,
        validators: Outlined,
        found: Iterable[Found],
        config: Config,
        paging: Paging,
    ) -> None:
        self._config = config
        self._document = document
        self._paging = paging
        self._views = catalogue.views
        self._names = names
        self._types = types
        self._validators = validators
        self._contents = Contents(document, names, types, validators, Links(document, names, found))
        self._of_parameters: list[Validator] = []

    @property
    def validators(self) -> tuple[Validator, ...]:
        """Validators that only operations need: of their parameters, and of bodies and answers without a name."""
        return (*self._of_parameters, *self._contents.validators)

    def plain(self, found: Iterable[Found]) -> tuple[Operation, ...]:
        """The operations that have no tag."""
        return tuple(
            method for operation in found if operation.tag is None for method in self._methods(operation)
        )

    def resources(self, found: Iterable[Found]) -> tuple[Resource, ...]:
        """A resource for each tag that an operation has: the tags that the document lists, then the others by name.

        Not in the order in which they are met, which changes when an operation is added.
        """
        by_tag: dict[str, list[Operation]] = {}
        for operation in found:
            if operation.tag is not None:
                by_tag.setdefault(operation.tag, []).extend(self._methods(operation))
        texts = {
            tag["name"]: tag.get("description", "")
            for tag in self._document.root.get("tags", ())
            if "name" in tag
        }
        listed = {tag: number for number, tag in enumerate(texts)}
        return tuple(
            Resource(
                name=self._names[f"tag {tag}"],
                twin=self._names[f"tag async {tag}"],
                responses=self._names[f"tag responses {tag}"],
                twin_responses=self._names[f"tag async responses {tag}"],
                attribute=self._names[f"tag attribute {tag}"],
                doc=Doc(texts.get(tag) or f"{tag}."),
                operations=tuple(operations),
            )
            for tag, operations in sorted(
                by_tag.items(), key=lambda item: (listed.get(item[0], len(listed)), item[0])
            )
        )

    def _methods(self, found: Found) -> Iterator[Operation]:
        """The methods of an operation: two, if it answers both as a whole and with a stream."""
        operation = self._operation(found)
        key = f"{found.key}{streams.STREAM}" if streams.is_twofold(found) else found.key
        return streams.methods(operation, self._names[f"operation {key}"], self._names[f"builder {key}"])

    def _operation(self, found: Found) -> Operation:
        bodies = self._contents.bodies(found)
        arguments = tuple(
            sorted(self._arguments(found, bodies), key=lambda argument: argument.location != "path")
        )
        answers = tuple(self._contents.answer(found, answer) for answer in found.answers)
        accepted = (
            content.media_type for answer in streams.successes(answers) for content in answer.contents
        )
        return Operation(
            name=self._names[f"operation {found.key}"],
            builder=self._names[f"builder {found.key}"],
            method=found.method,
            path=found.path,
            summary=found.operation.get("summary", ""),
            doc=Doc(
                found.operation.get("description", ""), deprecated=found.operation.get("deprecated", False)
            ),
            arguments=arguments,
            flat=flattened(self._views, found),
            bodies=bodies,
            accept=", ".join(dict.fromkeys(accepted)) or JSON,
            body_required=found.body_required,
            result=streams.result(answers),
            answers=answers,
            security=self._security(found),
            parameters_function=self._parameters_function(found),
            secrets=self._secrets(found),
            server=servers.own(self._document, found, self._names),
            example=samples.call(self._views, found, arguments),
            idempotency=self._idempotency(found),
            pagination=self._paging.of(found, flat_schema(self._views, found)),
        )

    def _idempotency(self, found: Found) -> str:
        """The header of a key that makes a repetition harmless: a parameter, else the one that the config names."""
        named = self._config.idempotency_header
        for parameter in found.parameters:
            if _is_key(parameter, named):
                return str(parameter["name"])
        return named if found.method in _REPEATING_HARMS else ""

    def _secrets(self, found: Found) -> tuple[str, ...]:
        """The wire names of every secret that callers send, sorted."""
        parameters = {parameter["name"]: parameter_schema(parameter) for parameter in found.parameters}
        named = {wire for wire, node in parameters.items() if self._types.secret(node)}
        schemas = [
            *parameters.values(),
            *(part.schema for part in parts(found) if part.direction == "request"),
        ]
        return tuple(sorted(named.union(*map(self._types.secrets, schemas))))

    # --- arguments ---

    def _arguments(self, found: Found, bodies: tuple[Body, ...]) -> Iterator[Argument]:
        for parameter in found.parameters:
            yield self._parameter(found, parameter)
        if not bodies:
            return
        must = found.body_required
        flat = flat_schema(self._views, found)
        if flat is None:
            plain, nullable = without_null(union(body.type for body in bodies))
            text = "" if found.request is None else found.request.get("description", "")
            yield Argument("body", "", "body", plain, must, nullable, Doc(text))
            if len(bodies) > 1:
                yield self._content_type(found, bodies)
            return
        for wire, node, required in self._types.properties(self._views.behind(flat), "request"):
            plain, nullable = without_null(self._types.of(node, "request"))
            name = self._names[f"argument {found.key} body {wire}"]
            yield Argument(name, wire, "body", plain, required and must, nullable, self._views.doc(node))
        extra = self._types.extra_items(self._views.behind(flat))
        if extra is not None:
            name = self._names[f"argument {found.key} body *"]
            yield Argument(
                name, extra.wire, "body", extra.type, required=False, nullable=False, doc=extra.doc
            )

    def _content_type(self, found: Found, bodies: tuple[Body, ...]) -> Argument:
        media_types = tuple(body.media_type for body in bodies)
        text = f"The media type of the body: `{media_types[0]}`, if nothing is said."
        name = self._names[f"argument {found.key} content_type"]
        return Argument(
            name, "", "media_type", Literals(media_types), required=False, nullable=False, doc=Doc(text)
        )

    def _parameter(self, found: Found, parameter: Map) -> Argument:
        location = PLACES[parameter["in"]]
        node = parameter_schema(parameter)
        plain, nullable = without_null(self._types.of(node, "request"))
        doc = self._views.doc(node)
        return Argument(
            name=self._names[f"argument {found.key} {parameter['in']} {parameter['name']}"],
            wire=parameter["name"],
            location=location,
            type=plain,
            # The runtime makes a key for each call, unless the caller gives one.
            required=(
                parameter.get("required", False) and not _is_key(parameter, self._config.idempotency_header)
            )
            or location == "path",
            nullable=nullable,
            # A parameter speaks before its schema does.
            doc=replace(
                doc,
                text=parameter.get("description") or doc.text,
                deprecated=parameter.get("deprecated", False) or doc.deprecated,
            ),
            style=_style(parameter),
        )

    # --- checks ---

    def _parameters_function(self, found: Found) -> str | None:
        groups: dict[str, list[tuple[str, Node, bool]]] = {}
        for location in LOCATIONS:
            for parameter in found.parameters:
                if PLACES[parameter["in"]] == location:
                    need = parameter.get("required", False) or location == "path"
                    groups.setdefault(location, []).append(
                        (parameter["name"], parameter_schema(parameter), need)
                    )
        if not groups:
            return None
        function = self._names[f"validator {found.key} parameters"]
        subject = f"the parameters of `{found.method} {found.path}`, by their location"
        self._of_parameters += self._validators.parameters(function, subject, groups)
        return function

    def _security(self, found: Found) -> tuple[tuple[str, ...], ...]:
        said = found.operation.get("security", self._document.root.get("security", ()))
        return credentials.demanded(self._document, said)
