"""The operations of a document -> resources with methods."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from specwright.plan import samples
from specwright.plan.failures import error_class, is_failure
from specwright.plan.ir import Answer, Argument, Doc, Operation, Resource, Scalar
from specwright.plan.names import Wish, legible
from specwright.plan.paths import LOCATIONS, parameter_schema
from specwright.plan.schemas import NONE, union, without_null
from specwright.plan.views import demanded_types

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specwright.document import Document, Map
    from specwright.plan.catalogue import Catalogue
    from specwright.plan.checks import Validators
    from specwright.plan.ir import Location, Validator
    from specwright.plan.paths import Found, FoundAnswer
    from specwright.plan.schemas import Types
    from specwright.plan.views import Node, Views


JSON: Final = "application/json"


def walk(catalogue: Catalogue, found: Iterable[Found]) -> None:
    """Enter the schemas that operations reach into the catalogue."""
    for operation in found:
        for parameter in operation.parameters:
            key = f"{operation.key}/parameters/{parameter['in']}/{parameter['name']}"
            catalogue.walk(
                parameter_schema(parameter), "request", key, f"{operation.text} {parameter['name']}"
            )
        if operation.body is not None:
            key = f"{operation.key}/requestBody"
            catalogue.walk(operation.body.schema, "request", key, f"{operation.text} request")
        for answer in operation.answers:
            if answer.schema is not None:
                word = "response" if answer.status.startswith("2") else f"response {answer.status}"
                key = f"{operation.key}/responses/{answer.status}"
                catalogue.walk(answer.schema, "response", key, f"{operation.text} {word}")


def flattened(views: Views, operation: Found) -> bool:
    """Whether the body's properties are arguments: it is one object whose properties are known."""
    if operation.body is None:
        return False
    merged = views.merged(operation.body.schema)
    alternatives = {"oneOf", "anyOf", "enum", "const"} & merged.keys()
    return demanded_types(merged) == ("object",) and bool(merged.get("properties")) and not alternatives


def wishes(catalogue: Catalogue, found: Iterable[Found]) -> Iterator[Wish]:
    """The names that operations need, their classes and arguments among them."""
    for tag in dict.fromkeys(operation.tag for operation in found):
        if tag is not None:
            yield Wish(f"tag {tag}", "classes", tag, "class", "Resource", "resource")
            twin = f"async {legible(tag, 'resource')}"
            yield Wish(f"tag async {tag}", "classes", twin, "class", "AsyncResource", "resource")
            yield Wish(f"tag attribute {tag}", "methods", tag, "snake", "resource", "operations")
    for operation in found:
        key, tag, text = operation.key, operation.tag, operation.text
        scope = "methods" if tag is None else f"methods {tag}"
        yield Wish(f"operation {key}", scope, text, "snake", "operation")
        yield Wish(f"builder {key}", "builders", text, "snake", "operation", tag or "")
        for part, words in _checked_apart(catalogue, operation):
            yield Wish(
                f"validator {key} {part}", "functions", f"validate {text} {words}", "snake", "validate"
            )
        yield from _argument_wishes(catalogue.views, operation)


def _checked_apart(catalogue: Catalogue, found: Found) -> Iterator[tuple[str, str]]:
    """The parts of an operation that have a validator of their own, since no named schema has it."""
    if found.parameters:
        yield "parameters", "parameters"
    if found.body is not None and catalogue.entry(found.body.schema) is None:
        yield "body", "request"
    for answer in found.answers:
        if answer.schema is not None and catalogue.entry(answer.schema) is None:
            yield answer.status, f"response {answer.status}"


def _argument_wishes(views: Views, found: Found) -> Iterator[Wish]:
    scope = f"arguments {found.key}"
    # The path's parameters come first, so that they keep their own names.
    for parameter in sorted(found.parameters, key=lambda parameter: LOCATIONS.index(parameter["in"])):
        key = f"argument {found.key} {parameter['in']} {parameter['name']}"
        yield Wish(key, scope, parameter["name"], "snake", "argument", parameter["in"])
    if found.body is not None and flattened(views, found):
        for wire, node in views.merged(found.body.schema)["properties"].items():
            if not views.marked(node, "readOnly"):
                key = f"argument {found.key} body {wire}"
                yield Wish(key, scope, wire, "snake", "argument", "body")


def _style(parameter: Map) -> tuple[str, bool, bool] | None:
    """Style, explode and allowReserved, where they are not the usual ones of its place (OpenAPI 3.2, section 4.12.2.2)."""
    if "content" in parameter:
        return ("json", False, False)
    usual = "form" if parameter["in"] in {"query", "cookie"} else "simple"
    style = parameter.get("style", usual)
    explode = parameter.get("explode", style in {"form", "deepObject"})
    said = (style, explode, parameter.get("allowReserved", False))
    return None if said == (usual, usual == "form", False) else said


class Operations:
    """The resources of a document, once everything has a name."""

    def __init__(
        self,
        document: Document,
        catalogue: Catalogue,
        names: Mapping[str, str],
        types: Types,
        validators: Validators,
    ) -> None:
        self._document = document
        self._views = catalogue.views
        self._names = names
        self._types = types
        self._validators = validators
        self.validators: list[Validator] = []
        """Validators that only operations need: of their parameters, and of bodies and answers without a name."""

    def plain(self, found: Iterable[Found]) -> tuple[Operation, ...]:
        """The operations that have no tag."""
        return tuple(self._operation(operation) for operation in found if operation.tag is None)

    def resources(self, found: Iterable[Found]) -> tuple[Resource, ...]:
        """A resource for each tag that an operation has, in the order in which they are met."""
        by_tag: dict[str, list[Operation]] = {}
        for operation in found:
            if operation.tag is not None:
                by_tag.setdefault(operation.tag, []).append(self._operation(operation))
        texts = {
            tag["name"]: tag.get("description", "")
            for tag in self._document.root.get("tags", ())
            if "name" in tag
        }
        return tuple(
            Resource(
                name=self._names[f"tag {tag}"],
                twin=self._names[f"tag async {tag}"],
                attribute=self._names[f"tag attribute {tag}"],
                doc=Doc(texts.get(tag) or f"{tag}."),
                operations=tuple(operations),
            )
            for tag, operations in by_tag.items()
        )

    def _operation(self, found: Found) -> Operation:
        arguments = tuple(sorted(self._arguments(found), key=lambda argument: argument.location != "path"))
        answers = tuple(self._answer(found, answer) for answer in found.answers)
        # Where no success is documented, the `default` answer is one too.
        successes = [answer for answer in answers if answer.status[0] == "2"] or [
            answer for answer in answers if answer.status == "default"
        ]
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
            media_type=JSON if found.body is None else found.body.media_type,
            accept=", ".join(dict.fromkeys(answer.media_type for answer in successes if answer.media_type))
            or JSON,
            body_required=found.body is None or found.body.body.get("required", False),
            result=union(answer.type or NONE for answer in successes) if successes else NONE,
            answers=answers,
            security=self._security(found),
            parameters_function=self._parameters_function(found),
            body_function=self._body_function(found),
            secrets=self._secrets(found),
            example=samples.call(self._views, found, arguments),
        )

    def _secrets(self, found: Found) -> tuple[str, ...]:
        """The wire names of every secret that callers send, sorted."""
        parameters = {parameter["name"]: parameter_schema(parameter) for parameter in found.parameters}
        named = {wire for wire, node in parameters.items() if self._types.secret(node)}
        parts = [*parameters.values(), *([found.body.schema] if found.body else [])]
        return tuple(sorted(named.union(*map(self._types.secrets, parts))))

    # --- arguments ---

    def _arguments(self, found: Found) -> Iterator[Argument]:
        for parameter in found.parameters:
            yield self._parameter(found, parameter)
        if found.body is None:
            return
        must = found.body.body.get("required", False)
        if not flattened(self._views, found):
            plain, nullable = without_null(self._types.of(found.body.schema, "request"))
            text = found.body.body.get("description", "")
            yield Argument("body", "", "body", plain, must, nullable, Doc(text))
            return
        for wire, node, required in self._types.properties(self._views.behind(found.body.schema), "request"):
            plain, nullable = without_null(self._types.of(node, "request"))
            name = self._names[f"argument {found.key} body {wire}"]
            yield Argument(name, wire, "body", plain, required and must, nullable, self._views.doc(node))

    def _parameter(self, found: Found, parameter: Map) -> Argument:
        location: Location = parameter["in"]
        node = parameter_schema(parameter)
        plain, nullable = without_null(self._types.of(node, "request"))
        doc = self._views.doc(node)
        return Argument(
            name=self._names[f"argument {found.key} {location} {parameter['name']}"],
            wire=parameter["name"],
            location=location,
            type=plain,
            required=parameter.get("required", False) or location == "path",
            nullable=nullable,
            # A parameter speaks before its schema does.
            doc=replace(
                doc,
                text=parameter.get("description") or doc.text,
                deprecated=parameter.get("deprecated", False) or doc.deprecated,
            ),
            style=_style(parameter),
        )

    # --- answers ---

    def _answer(self, found: Found, answer: FoundAnswer) -> Answer:
        text = answer.response.get("description", "")
        error = error_class(answer.status) if is_failure(answer.status) else None
        if answer.schema is None:
            kinds = {None: None, "text": Scalar("str")}
            family = None if answer.media_type is None else answer.media_type.partition("/")[0].lower()
            plain = kinds.get(family, Scalar("bytes"))
            return Answer(answer.status, plain, None, answer.media_type, error, text)
        function = self._validators.function(answer.schema, "response")
        if function is None:
            function = self._names[f"validator {found.key} {answer.status}"]
            subject = f"the answer {answer.status} of `{found.method} {found.path}`"
            self.validators += self._validators.inline(function, subject, answer.schema, "response")
        kind = self._types.of(answer.schema, "response")
        return Answer(answer.status, kind, function, answer.media_type, error, text)

    # --- checks ---

    def _parameters_function(self, found: Found) -> str | None:
        groups: dict[str, list[tuple[str, Node, bool]]] = {}
        for location in LOCATIONS:
            for parameter in found.parameters:
                if parameter["in"] == location:
                    need = parameter.get("required", False) or location == "path"
                    groups.setdefault(location, []).append(
                        (parameter["name"], parameter_schema(parameter), need)
                    )
        if not groups:
            return None
        function = self._names[f"validator {found.key} parameters"]
        subject = f"the parameters of `{found.method} {found.path}`, by their location"
        self.validators += self._validators.parameters(function, subject, groups)
        return function

    def _body_function(self, found: Found) -> str | None:
        if found.body is None:
            return None
        function = self._validators.function(found.body.schema, "request")
        if function is None:
            function = self._names[f"validator {found.key} body"]
            subject = f"the body of `{found.method} {found.path}`"
            self.validators += self._validators.inline(function, subject, found.body.schema, "request")
        return function

    def _security(self, found: Found) -> tuple[tuple[str, ...], ...]:
        schemes = self._document.root.get("components", {}).get("securitySchemes", {})
        demanded = found.operation.get("security", self._document.root.get("security", ()))
        every = tuple(tuple(alternative) for alternative in demanded)
        # An alternative with a scheme that nobody describes can't be met. Where none is left, they stay: a call is then
        # refused for want of credentials, and never sent without.
        met = tuple(names for names in every if all(name in schemes for name in names))
        return met or every
