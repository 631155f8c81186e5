"""The operations of a document, of every version, in one form."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sweeps.documents import Tree

Place = Literal["path", "query", "header", "cookie", "querystring"]

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
CONNECTION: Final = frozenset(
    {
        "connection",
        "content-length",
        "host",
        "keep-alive",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
"""Headers that no parameter may say (RFC 9110, section 7.6.1)."""
_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)
_PLACEHOLDER: Final = re.compile(r"\{([^{}]+)\}")
UNSPOKEN: Final = frozenset({"accept", "authorization", "content-type"})
"""Header parameters that a document has no say in (OpenAPI 3.1, section 4.8.12.2.1)."""
FORM: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data"

# How Swagger 2.0 writes arrays (section 5.2.7), as the style and explode of later versions.
_COLLECTIONS: Final = {
    "csv": ("", False),
    "ssv": ("spaceDelimited", False),
    "tsv": ("tabDelimited", False),
    "pipes": ("pipeDelimited", False),
    "multi": ("", True),
}
_NOT_OF_SCHEMAS: Final = frozenset({"name", "in", "required", "description", "collectionFormat"})


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter; `media_type` is that of its `content`."""

    name: str
    place: Place
    required: bool
    schema: Any
    style: str
    explode: bool
    media_type: str | None = None
    examples: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """A media type of a body, and its schema: None where it says nothing of one."""

    media_type: str
    schema: Any
    examples: tuple[Any, ...] = ()
    encoding: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation; `answers` are the contents by status."""

    path: str
    method: str
    parameters: tuple[Parameter, ...]
    contents: tuple[Content, ...]
    body_required: bool
    answers: dict[str, tuple[Content, ...]]

    @property
    def key(self) -> str:
        """Its place in the document, which is how the lock calls it."""
        return f"#/paths/{_escaped(self.path)}/{self.method if self.method in METHODS else f'additionalOperations/{self.method}'}"

    @property
    def title(self) -> str:
        """How people call it."""
        return f"{self.method.upper()} {self.path}"


class Operations:
    """Reads the operations of a document."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._root = tree.root
        self.swagger = "swagger" in tree.root

    def all(self) -> list[Operation]:
        """Every operation, once by its path and method."""
        return [
            self._swagger(path, method, item, operation)
            if self.swagger
            else self._openapi(path, method, item, operation)
            for path, item in _objects(self._root.get("paths"))
            if path.startswith("/")
            for method, item, operation in self._of(item)
        ]

    def _of(self, item: Any) -> Iterator[tuple[str, Any, Any]]:
        target = self._tree.behind(item)
        if isinstance(target, dict):
            target = {**target, **{key: value for key, value in item.items() if key != "$ref"}}
            for method in METHODS:
                if isinstance(target.get(method), dict):
                    yield method, target, target[method]
            for method, operation in _objects(target.get("additionalOperations")):
                yield method, target, operation

    def _parameters(self, item: Any, operation: Any) -> list[dict[str, Any]]:
        """The parameters of an operation, and those of its path that it doesn't override."""
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for written in [*(item.get("parameters") or ()), *(operation.get("parameters") or ())]:
            parameter = self._tree.behind(written)
            if isinstance(parameter, dict) and "name" in parameter and "in" in parameter:
                name = str(parameter["name"])
                found[(name.lower() if parameter["in"] == "header" else name, parameter["in"])] = parameter
        is_secured = any(operation.get("security", self._root.get("security")) or ())
        # Where no security speaks for it, a parameter is all that there is to authorize with.
        unspoken = CONNECTION | (UNSPOKEN if is_secured else UNSPOKEN - {"authorization"})
        return [
            parameter
            for (name, place), parameter in found.items()
            if place != "header" or (name not in unspoken and _TOKEN.fullmatch(name))
        ]

    @staticmethod
    def _undescribed(path: str, parameters: list[dict[str, Any]]) -> list[Parameter]:
        """What a path has braces for and nobody describes: text."""
        described = {parameter["name"] for parameter in parameters if parameter["in"] == "path"}
        names = dict.fromkeys(_PLACEHOLDER.findall(path))
        return [
            Parameter(name, "path", required=True, schema={"type": "string"}, style="simple", explode=False)
            for name in names
            if name not in described
        ]

    # --- OpenAPI 3 ---

    def _openapi(self, path: str, method: str, item: Any, operation: Any) -> Operation:
        body = self._tree.behind(operation.get("requestBody")) or {}
        parameters = self._parameters(item, operation)
        return Operation(
            path=path,
            method=method,
            parameters=(*map(self._parameter, parameters), *self._undescribed(path, parameters)),
            contents=self._contents(body.get("content")),
            body_required=body.get("required") is True,
            answers={
                status: self._contents((self._tree.behind(answer) or {}).get("content"))
                for status, answer in _objects(operation.get("responses"))
                if not status.startswith("x-")
            },
        )

    def _contents(self, contents: Any) -> tuple[Content, ...]:
        return tuple(
            Content(media_type, _schema(each), self._examples(each), each.get("encoding") or {})
            for media_type, written in _objects(contents)
            if "/" in media_type and isinstance(each := self._tree.behind(written), dict)
        )

    def _parameter(self, parameter: dict[str, Any]) -> Parameter:
        place = parameter["in"]
        usual = "form" if place in {"query", "cookie"} else "simple"
        style = parameter.get("style") or usual
        content = next(iter(self._contents(parameter.get("content"))), None)
        return Parameter(
            name=str(parameter["name"]),
            place=place,
            required=parameter.get("required") is True or place == "path",
            schema=content.schema if content else parameter.get("schema"),
            style=style,
            explode=parameter.get("explode", style in {"form", "deepObject"}),
            media_type=content.media_type if content else None,
            examples=self._examples(parameter) + (content.examples if content else ()),
        )

    def _examples(self, node: dict[str, Any]) -> tuple[Any, ...]:
        named = [self._tree.behind(each) for _, each in _objects(node.get("examples"))]
        values = [each["value"] for each in named if isinstance(each, dict) and "value" in each]
        return (*([node["example"]] if "example" in node else ()), *values)

    # --- Swagger 2.0 ---

    def _swagger(self, path: str, method: str, item: Any, operation: Any) -> Operation:
        parameters = self._parameters(item, operation)
        consumes = operation.get("consumes") or self._root.get("consumes") or ["application/json"]
        produces = operation.get("produces") or self._root.get("produces") or ["application/json"]
        body = next((each for each in parameters if each["in"] == "body"), None)
        fields = [each for each in parameters if each["in"] == "formData"]
        contents: tuple[Content, ...] = ()
        if body is not None:
            contents = tuple(Content(media_type, body.get("schema")) for media_type in consumes)
        elif fields:
            contents = (self._form(fields, consumes),)
        return Operation(
            path=path,
            method=method,
            parameters=tuple(
                self._plain(each) for each in parameters if each["in"] not in {"body", "formData"}
            ),
            contents=contents,
            body_required=body is not None and body.get("required") is True,
            answers={
                status: self._answer(self._tree.behind(answer) or {}, produces)
                for status, answer in _objects(operation.get("responses"))
                if not status.startswith("x-")
            },
        )

    def _form(self, fields: list[dict[str, Any]], consumes: list[str]) -> Content:
        files = any(each.get("type") == "file" for each in fields)
        forms = [each for each in consumes if each in {FORM, MULTIPART}] or [MULTIPART if files else FORM]
        schema = {
            "type": "object",
            "properties": {each["name"]: _plain_schema(each) for each in fields},
            "required": [each["name"] for each in fields if each.get("required") is True],
        }
        encoding = {
            each["name"]: _form_style(each)
            for each in fields
            if "collectionFormat" in each or each.get("type") == "array"
        }
        return Content(forms[0], schema, encoding=encoding)

    def _answer(self, answer: dict[str, Any], produces: list[str]) -> tuple[Content, ...]:
        if "schema" not in answer:
            return ()
        examples = answer.get("examples") or {}
        return tuple(
            Content(media_type, answer["schema"], (examples[media_type],) if media_type in examples else ())
            for media_type in produces
        )

    def _plain(self, parameter: dict[str, Any]) -> Parameter:
        place = parameter["in"]
        usual = "form" if place == "query" else "simple"
        style, explode = _COLLECTIONS.get(parameter.get("collectionFormat", "csv"), ("", False))
        return Parameter(
            name=str(parameter["name"]),
            place=place,
            required=parameter.get("required") is True or place == "path",
            schema=_plain_schema(parameter),
            style=style or usual,
            explode=explode,
        )


def _form_style(field: dict[str, Any]) -> dict[str, Any]:
    """How a form writes an array, in the words of `encoding`."""
    style, explode = _COLLECTIONS.get(field.get("collectionFormat", "csv"), ("", False))
    return {"style": style or "form", "explode": explode}


def _schema(content: dict[str, Any]) -> Any:
    """The schema of a media type; of a sequence, that of all its items (OpenAPI 3.2, section 4.14)."""
    if "itemSchema" in content:
        return {"type": "array", "items": content["itemSchema"]}
    return content.get("schema")


def _plain_schema(parameter: dict[str, Any]) -> dict[str, Any]:
    """The schema of a parameter whose keywords are its own."""
    return {key: value for key, value in parameter.items() if key not in _NOT_OF_SCHEMAS}


def _objects(node: Any) -> list[tuple[str, Any]]:
    """The members of an object that are objects."""
    return (
        [(key, value) for key, value in node.items() if isinstance(value, dict)]
        if isinstance(node, dict)
        else []
    )


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")


def component_schemas(tree: Tree) -> list[str]:
    """The names of the schemas that a document has as components."""
    components = tree.behind(tree.root.get("components")) or {}
    home = tree.root.get("definitions") if "swagger" in tree.root else components.get("schemas")
    return list(tree.behind(home) or ())
