"""What a place of a document is called in a report: `Settings.dataset_id`, `answer 200 of GET /pets`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specwright.document.tree import Map, unescape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from specwright.document import Document

_METHODS: Final = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"})
_SECTIONS: Final[Mapping[str, str]] = {
    "responses": "answer",
    "parameters": "parameter",
    "requestBodies": "body",
    "headers": "header",
    "callbacks": "callback",
    "examples": "example",
    "links": "link",
    "pathItems": "path item",
    "mediaTypes": "media type",
    "securitySchemes": "security scheme",
    "securityDefinitions": "security scheme",
}
_SCHEMAS: Final = frozenset({"schemas", "definitions", "$defs"})
_NAMED: Final = frozenset({"properties", "patternProperties", "dependentSchemas"})
_WORDS: Final = frozenset(
    {"not", "if", "then", "else", "contains", "propertyNames", "contentSchema", "unevaluatedItems"}
)


@dataclass(frozen=True, slots=True)
class Name:
    """What something is called: the schema or operation that it belongs to, and where in that."""

    group: str
    inner: str = ""
    schema: str = ""
    """Where in a schema: `.settings.items[]`."""

    @property
    def whole(self) -> str:
        """All of it."""
        if self.inner:
            return f"{self.inner}{' ' + self.schema.lstrip('.') if self.schema else ''} of {self.group}"
        return f"{self.group}{self.schema}"


def named(pointer: str, file: str, document: Document) -> Name:
    """What the value at a JSON Pointer of a file is called; `document` is the one that the file is part of."""
    tokens = [unescape(token) for token in pointer.split("/")[1:]]
    match tokens:
        case ["components", section, name, *rest] if section in _SCHEMAS:
            return Name(name, schema=_within(rest))
        case [section, name, *rest] if section in _SCHEMAS:
            return Name(name, schema=_within(rest))
        case ["components", section, name, *rest] | [section, name, *rest] if section in _SECTIONS:
            return _component(section, name, rest, document)
        case ["paths", path, *rest]:
            return _operation(path, rest, document, lambda method: f"{method.upper()} {path}")
        case ["webhooks", name, *rest]:
            return _operation(name, rest, document, lambda _method: f"webhook {name}")
        case ["info", *_]:
            return Name("the document")
        case [] | ["servers" | "tags" | "security", *_]:
            return Name("the document")
        case _:
            return Name(file.rpartition("/")[2] or "the document", schema=_within(tokens))


def _component(section: str, name: str, rest: list[str], document: Document) -> Name:
    word = _SECTIONS[section]
    if section == "parameters":
        found = document.root.get("components", {}).get("parameters", {}).get(name)
        if isinstance(found, Map) and "name" in found:
            word = f"{found.get('in', '')} parameter".strip()
            name = found["name"]
    inner, schema = _parts(rest)
    return Name(f"{word} {name}", inner, schema)


def _operation(path: str, rest: list[str], document: Document, label: Callable[[str], str]) -> Name:
    if not rest:
        return Name(path)
    if rest[0] == "additionalOperations" and len(rest) > 1:
        return _inside(rest[2:], label(rest[1]), _found(document, path, rest[:2]))
    if rest[0] in _METHODS:
        return _inside(rest[1:], label(rest[0]), _found(document, path, rest[:1]))
    return _inside(rest, path, _found(document, path, []))


def _found(document: Document, path: str, keys: list[str]) -> Map | None:
    node = document.root.get("paths", {}).get(path, document.root.get("webhooks", {}).get(path))
    node = document.target(node) if isinstance(node, Map) else None
    for key in keys:
        node = node.get(key) if isinstance(node, Map) else None
    return node if isinstance(node, Map) else None


def _inside(rest: list[str], group: str, holder: Map | None) -> Name:
    match rest:
        case ["parameters", number, *more]:
            return Name(group, _parameter(number, holder), _within(more))
        case ["callbacks"]:
            return Name(group, "callbacks")
        case ["callbacks", name, *more]:
            inner, schema = _parts(more[2:])  # behind the expression of a URL, and the method
            return Name(group, f"{inner} of callback {name}" if inner else f"callback {name}", schema)
        case _:
            return Name(group, *_parts(rest))


def _parameter(number: str, holder: Map | None) -> str:
    """What a parameter of an operation, or of a path item, is called."""
    listed: list[Any] = holder.get("parameters", []) if holder is not None else []
    found = listed[int(number)] if number.isdigit() and int(number) < len(listed) else None
    if not isinstance(found, Map) or "name" not in found:
        return "a parameter"
    return f"{found.get('in', '')} parameter {found['name']}"


def _parts(rest: list[str]) -> tuple[str, str]:
    """What part of an operation, or of a component, tokens lead to, and where in its schema."""
    match rest:
        case ["requestBody", *more]:
            return "body", _content(more)
        case ["responses", status, "headers", name, *more]:
            return f"header {name} of answer {status}", _within(more)
        case ["responses", status, *more]:
            return f"answer {status}", _content(more)
        case ["headers", name, *more]:
            return f"header {name}", _within(more)
        case ["content", _, *more]:
            return "", _within(more)
        case _:
            return "", _within(rest)


def _content(rest: list[str]) -> str:
    return _within(rest[2:] if rest[:1] == ["content"] else rest)


def _within(tokens: list[str]) -> str:
    """Where in a schema tokens lead: what is a name is, and what is a keyword at the end is not."""
    found: list[str] = []
    rest = tokens
    while rest:
        step = _step(rest)
        if step is None:
            break
        text, rest = step
        found.append(text)
    return "".join(found)


def _step(tokens: list[str]) -> tuple[str, list[str]] | None:
    """What the first of some tokens add to a name, and the others; None where they lead into no schema."""
    match tokens:
        case ["items" | "schema" as keyword, *rest]:
            return "[]" if keyword == "items" else "", rest
        case ["prefixItems", number, *rest] if number.isdigit():
            return f"[{number}]", rest
        case ["oneOf" | "anyOf" as keyword, number, *rest] if number.isdigit():
            return f"[{keyword} {number}]", rest
        case ["allOf", _, *rest]:
            return "", rest
        case ["additionalProperties", _, *_]:
            return "[*]", tokens[1:]
        case [keyword, name, *rest] if keyword in _NAMED or keyword in _SCHEMAS:
            return f".{name}", rest
        case [keyword, _, *_] if keyword in _WORDS:
            return f".{keyword}", tokens[1:]
        case _:
            return None
