"""OpenAPI documents of any version, made by the grammar out of choices: numbers of hypothesis, or the bytes of a fuzzer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from specwright.document.grammar import KEYS, OLDER_SCHEMA, OPENAPI, REFERABLE, SWAGGER, SWAGGER_SCHEMA, WORDS
from sweeps.mutations.mutants import KEYWORDS, NASTY, OTHERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

VERSIONS: Final = ("3.1.0", "3.2.0", "3.0.3", "2.0")
_VALUES: Final = 120
"""Values of a document, above which nothing more is put into it that it does not need."""
_DEEPEST: Final = 9
_FIELDS: Final = 4
_BROKEN: Final = 24
"""One of so many values is of another kind, where documents are broken."""

_NAMES: Final = (
    "pet",
    "Pet",
    "name",
    "id",
    "kind",
    "a-b",
    "class",
    "models",
    "Client",
    "self",
    "名前",
    "a b",
    "_",
    "1",
    "Δ",
    "x",
    "type",
    "list",
)
_PATTERNS: Final = (
    "^[a-z]+$",
    r"\d{2,}",
    "(a+)+b",
    r"^\p{L}$",
    "(?<n>x)\\k<n>",
    "[",
    "(?=a)b|c",
    r"\u{1F432}",
    "^(?!x)",
    r"[^\s\S]",
)
_FORMATS: Final = (
    "date-time", "date", "time", "duration", "uuid", "byte", "binary", "decimal", "int32", "int64", "double", "email", "uri", "password",
    "regex", "json-pointer", "ipv6", "hostname", "unheard-of",
)  # fmt: skip
_MEDIA: Final = (
    "application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/octet-stream",
    "application/xml", "*/*", "image/*", "application/vnd.x+json; charset=utf-8", "text/event-stream", "application/jsonl", "json",
)  # fmt: skip
_ADDRESSES: Final = (
    "https://example.com",
    "/v1",
    "https://{region}.example.com/{name}",
    "",
    "http://[::1]:8/",
    "//example.com",
    "../x",
)
_TEXTS: Final[Mapping[str, Sequence[str]]] = {
    "pattern": _PATTERNS,
    "format": _FORMATS,
    "url": _ADDRESSES,
    "contentType": _MEDIA,
    "contentMediaType": _MEDIA,
    "contentEncoding": ("base64", "base64url", "quoted-printable"),
    "operationId": _NAMES,
    "name": _NAMES,
    "propertyName": _NAMES,
    "title": ("Pet", "", "A pet, which has\na name", *_NAMES),
    "scheme": ("bearer", "basic", "Digest", "x"),
    "$schema": ("https://json-schema.org/draft/2020-12/schema", "http://json-schema.org/draft-07/schema#"),
    "jsonSchemaDialect": (
        "https://json-schema.org/draft/2020-12/schema",
        "https://spec.openapis.org/oas/3.1/dialect/base",
    ),
    "$id": ("https://example.com/pet", "pet", "#pet"),
    "$anchor": _NAMES[:3],
    "$dynamicAnchor": _NAMES[:3],
    "$dynamicRef": ("#pet", "#Pet", "#nowhere"),
    "host": ("example.com", "example.com:8", "[::1]"),
    "basePath": ("/", "/v1", ""),
}
"""By the field: what is often written there, beside anything."""
_KEYED: Final[Mapping[str, Sequence[str]]] = {
    "content": _MEDIA,
    "patternProperties": _PATTERNS,
    "Paths": ("/", "/pets", "/pets/{id}", "/pets/{id}/{name}", "/{a-b}.{class}", "/Pets", "/x/{x}:run"),
    "Responses": ("200", "default", "4XX", "404", "204", "201", "5XX"),
    "Callback": ("{$request.body#/url}", "https://example.com"),
    "AdditionalOperations": ("COPY", "copy", "PURGE-ALL"),
}
"""By the field or the kind: the keys of an object with any."""
_DATA: Final[tuple[Any, ...]] = (
    None, True, 0, 1, -1, 1.5, "x", "", [], {}, "2020-02-29", "b", ["x", None], {"name": "x"}, {"$ref": "#/x"}, 2**63, 1e300, "\ud83d", *OTHERS,
)  # fmt: skip
_NUMBERS: Final = (0, 1, 2, -1, 1.5, 0.01, 10, 1e300, 2**63, -(2**70), 3.0, 1e-7)


class Writer:
    """Writes one document.

    Args:
        choose: Gives a number below another one; 0 for what is smallest.
        broken: Whether values are now and then of another kind, keys are others', and references lead nowhere.
    """

    def __init__(self, choose: Callable[[int], int], *, broken: bool) -> None:
        self.choose = choose
        self.broken = broken
        self.left = _VALUES
        self.kinds: Mapping[str, Mapping[str, str]] = OPENAPI
        self.components: Mapping[str, str] = {}

    def document(self) -> dict[str, Any]:
        """A document of any version."""
        version = self.one_of(VERSIONS)
        root, key = ("Swagger", "swagger") if version == "2.0" else ("OpenAPI", "openapi")
        if version == "2.0":
            schema = {**OPENAPI["Schema"], **OLDER_SCHEMA, **SWAGGER_SCHEMA}
            self.kinds = {**OPENAPI, **SWAGGER, "Schema": schema}
            self.components = {
                "Schema": "#/definitions/",
                "SwaggerParameter": "#/parameters/",
                "SwaggerResponse": "#/responses/",
            }
        else:
            older = OLDER_SCHEMA if version == "3.0.3" else {}
            self.kinds = {**OPENAPI, "Schema": {**OPENAPI["Schema"], **older}}
            self.components = {
                notation.strip("{}"): f"#/components/{name}/"
                for name, notation in OPENAPI["Components"].items()
            }
        made: dict[str, Any] = {key: version, "info": {"title": self.text("title"), "version": "1"}}
        paths = "SwaggerPaths" if version == "2.0" else "Paths"
        made["paths"] = {path: self.path_item(path, paths) for path in self.keys("paths", "Paths", 3)}
        if version == "2.0":
            made["definitions"] = self.value("{Schema}", "definitions", 1)
        else:
            made["components"] = {"schemas": self.value("{Schema}", "schemas", 2)}
        for name in self.fields(self.kinds[root], made, 2):
            made[name] = self.value(self.kinds[root][name], name, 1)
        whole: dict[str, Any] = self.any_kind(made)
        return whole

    # --- choices ---

    def one_of(self, options: Sequence[Any]) -> Any:
        """One of some values."""
        return options[self.choose(len(options))]

    def fields(self, grammar: Mapping[str, str], made: Mapping[str, Any], most: int = _FIELDS) -> list[str]:
        """Some of the fields of an object that need not be there."""
        names = [name for name in grammar if name not in made and name != "*" and not name.startswith("$ref")]
        wanted = self.choose(most + 1) if self.left > 0 and names else 0
        return [self.one_of(names) for _ in range(wanted)]

    def keys(self, field: str, kind: str, most: int) -> list[str]:
        """Some keys of an object that has any."""
        usual = _KEYED.get(field) or _KEYED.get(kind.removeprefix("Swagger")) or _NAMES
        if kind == "SwaggerResponses":
            usual = ("200", "default", "404")
        known = [self.one_of(usual) for _ in range(self.choose(most + 1) if self.left > 0 else 0)]
        if kind in KEYS or not self.is_odd():
            return known
        return [*known, self.one_of((*NASTY, *KEYWORDS))]

    def is_odd(self) -> bool:
        """Now and then true."""
        return self.choose(8) == 7  # noqa: PLR2004 - the last of eight

    def any_kind(self, value: Any) -> Any:
        """The value, or where documents are broken now and then another one."""
        self.left -= 1
        if self.broken and self.choose(_BROKEN) == _BROKEN - 1:
            return self.one_of((self.one_of(OTHERS), [value], {self.one_of(KEYWORDS): value}))
        return value

    # --- values ---

    def value(self, notation: str, field: str, depth: int) -> Any:
        """A value of a kind, in the notation of the grammar."""
        return self.any_kind(self._value(self.one_of(_alternatives(notation)), field, depth))

    def _value(self, notation: str, field: str, depth: int) -> Any:
        if notation.startswith("["):
            count = self.choose(4) if self.left > 0 and depth < _DEEPEST else 0
            return [self.value(notation[1:-1], field, depth + 1) for _ in range(count)]
        if notation.startswith("{"):
            keys = self.keys(field, notation, 3) if depth < _DEEPEST else []
            return {key: self.value(notation[1:-1], "", depth + 1) for key in keys}
        if notation in WORDS:
            return self.one_of(sorted(WORDS[notation]))
        if notation in _SCALARS:
            return _SCALARS[notation](self, field)
        return self.object(notation, field, depth)

    def text(self, field: str) -> str:
        """A text: what is often written there, and now and then anything."""
        if self.is_odd():
            return "".join(self.one_of(NASTY) for _ in range(self.choose(3)))
        text: str = self.one_of(_TEXTS.get(field, ("x", "pet", "A text.\n\n- with a list", "")))
        return text

    def object(self, kind: str, field: str, depth: int) -> Any:
        """An object by the grammar, or a reference to one."""
        to = self.components.get(kind)
        if to is not None and depth > 3 and (kind in REFERABLE or kind == "Schema") and self.choose(3) == 2:  # noqa: PLR2004
            return {"$ref": self.reference(to)}
        if kind == "Schema" and (self.left <= 0 or depth >= _DEEPEST or self.is_odd()):
            return (
                self.one_of((True, {}, {"type": "string"}, False))
                if self.kinds is OPENAPI
                else {"type": "string"}
            )
        grammar = self.kinds[kind]
        if "*" in grammar:
            return {key: self.value(grammar["*"], "", depth + 1) for key in self.keys(field, kind, 2)}
        made: dict[str, Any] = {}
        for name in [name for name, notation in grammar.items() if notation.endswith("!")]:
            made[name] = self.value(grammar[name], name, depth + 1)
        if kind == "Schema" and self.choose(3):
            made.update(self.typed(depth))
        for name in self.fields(grammar, made) if depth < _DEEPEST else ():
            made[name] = self.value(grammar[name], name, depth + 1)
        if self.broken and self.is_odd():
            made[self.one_of(KEYWORDS)] = self.one_of(_DATA)
        return made

    def typed(self, depth: int) -> dict[str, Any]:
        """The keywords that most schemas have."""
        kind = self.one_of(("string", "object", "array", "integer", "object", "number", "boolean"))
        made: dict[str, Any] = {"type": kind}
        if kind == "object":
            made["properties"] = self.value("{Schema}", "properties", depth + 1)
            if isinstance(made["properties"], dict):
                made["required"] = [name for name in made["properties"] if self.choose(2)]
        elif kind == "array":
            made["items"] = self.value("Schema", "items", depth + 1)
        return made

    def reference(self, to: str) -> str:
        """A reference to a component, which need not be there."""
        if self.broken and self.is_odd():
            return str(
                self.one_of(
                    (
                        "#",
                        "#/paths",
                        "#/nowhere",
                        "other.yaml",
                        "other.yaml#/pet",
                        "#pet",
                        "%",
                        "#/components/schemas/~2",
                        *NASTY,
                    )
                )
            )
        return to + str(self.one_of(_NAMES)).replace("~", "~0").replace("/", "~1")

    def path_item(self, path: str, paths: str) -> Any:
        """A path item whose parameters are those of its path."""
        item = self.value(self.kinds[paths]["*"], "", 2)
        names = re.findall(r"\{([^}]*)\}", path)
        if isinstance(item, dict) and names:
            schema: dict[str, Any] = (
                {"type": "string"} if "Swagger" in paths else {"schema": {"type": "string"}}
            )
            item["parameters"] = [{"name": name, "in": "path", "required": True, **schema} for name in names]
        return item


def _alternatives(notation: str) -> list[str]:
    """What `or` is between, outside of objects."""
    return re.split(r" or (?![^{]*\})", notation.rstrip("!"))


def _number(writer: Writer, _field: str) -> Any:
    return writer.one_of(_NUMBERS)


_SCALARS: Final[Mapping[str, Callable[[Writer, str], Any]]] = {
    "string": Writer.text,
    "boolean": lambda writer, _: writer.choose(2) == 1,
    "number": _number,
    "integer": _number,
    "count": lambda writer, _: writer.choose(5),
    "positive": lambda writer, _: writer.one_of((1, 2, 0.01, 1.5, 10**20)),
    "any": lambda writer, _: writer.one_of(_DATA),
}
