"""How much code the validators of the page's body are, beside the schema that they are made of."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import yaml

from .page import DOCUMENT, PACKAGE
from .samples import BODY_SAMPLE
from .schema import reached
from .subjects import OURS, Missing, offered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAME: Final = "size"
TITLE: Final = "Bytes of the validators of the page's body, by those of its schema"
NOTES: Final = (
    (
        "The schema is the document's, as JSON with an indentation of 2: that of the body with the components it reaches. "
        "The code is the functions of these components and all that they call, with the constants, docstrings included. "
        "In brackets: by the schema without its descriptions."
    ),
    (
        "Peers' is what they write for that schema without its descriptions. What ours and fastjsonschema write says what "
        "is wrong, and where; corvus's only whether something is, and its interpreter says the rest."
    ),
)

LIMIT: Final = 4.0
_BODIES: Final = {"request": "UpdateFinetunedModelRequest", "response": "UpdateFinetunedModelResponse"}
_SENT: Final = "_input"
_MODULE: Final = PACKAGE / "cohere_finetuning" / "validators.py"


@dataclass(frozen=True, slots=True)
class Size:
    """Bytes of code and of the schema that it is made of."""

    name: str
    code: int
    schema: int
    bare: int
    """The schema's without what is there for people."""
    limit: float | None = None

    @property
    def ratio(self) -> float:
        """The code's by the schema's."""
        return self.code / self.schema


def sizes() -> list[Size | Missing]:
    """Ours in each direction, then what peers write for the request."""
    components: dict[str, Any] = yaml.safe_load(DOCUMENT.read_bytes())["components"]["schemas"]
    module = _MODULE.read_text()
    ours = [_ours(direction, name, components, module) for direction, name in _BODIES.items()]
    request = ours[0]
    return [*ours, *(offered(name, lambda: _peer(name, request)) for name in _WRITERS)]  # noqa: B023


def _ours(direction: str, name: str, components: dict[str, Any], module: str) -> Size:
    parts = sorted(reached(components, name))
    suffix = _SENT if direction == "request" else ""
    code = "\n\n".join(belonging(module, [f"validate_{_snake(part)}{suffix}" for part in parts]))
    told = {part: components[part] for part in parts}
    return Size(f"{OURS}, {direction}", _bytes(code), _as_json(told), _as_json(_bare(told)), LIMIT)


def belonging(module: str, functions: list[str]) -> list[str]:
    """The text of some functions of a module, and of all functions and constants of it that they need.

    Raises:
        KeyError: There is no such function.
    """
    made = {name: node for node in ast.parse(module).body for name in _names(node)}
    needed: dict[str, str] = {}
    ahead = list(functions)
    while ahead:
        name = ahead.pop()
        if name not in needed:
            needed[name] = ast.get_source_segment(module, made[name]) or ""
            ahead += {node.id for node in ast.walk(made[name]) if isinstance(node, ast.Name)} & made.keys()
    return [needed[name] for name in made if name in needed]


def _names(node: ast.stmt) -> list[str]:
    match node:
        case ast.FunctionDef():
            return [node.name]
        case ast.Assign():
            return [target.id for target in node.targets if isinstance(target, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case _:
            return []


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


# --- schemas ------------------------------------------------------------------------------------------------------

_FOR_PEOPLE: Final = frozenset({"title", "description", "deprecated", "example", "examples", "default"})


def _bare(components: dict[str, Any]) -> dict[str, Any]:
    return {name: _without(schema) for name, schema in components.items()}


def _without(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without what is there for people, a property called like that excepted."""
    kept = {keyword: value for keyword, value in schema.items() if keyword not in _FOR_PEOPLE}
    if "properties" in kept:
        kept["properties"] = _bare(kept["properties"])
    return kept


def _as_json(schemas: Any) -> int:
    return _bytes(json.dumps(schemas, indent=2, ensure_ascii=False))


def _bytes(text: str) -> int:
    return len(text.encode())


# --- peers --------------------------------------------------------------------------------------------------------


def _fastjsonschema(schema: dict[str, Any]) -> str:
    code: str = import_module("fastjsonschema").compile_to_code(schema, use_default=False, fast_fail=False)
    return code


def _corvus(schema: dict[str, Any]) -> str:
    code: str = import_module("corvus_json_schema").compile(schema, assert_format=True).source
    return code


_WRITERS: Final = {"fastjsonschema (all errors)": _fastjsonschema, "corvus-json-schema": _corvus}


def _peer(name: str, ours: Size) -> Size:
    schema = {keyword: value for keyword, value in BODY_SAMPLE.schema.items() if keyword != "$schema"}
    return Size(f"{name}, request", _bytes(_WRITERS[name](schema)), ours.schema, ours.bare)


def lines(found: list[Size | Missing]) -> Iterator[tuple[str, str, str, str, str]]:
    """Rows of a table: who, code, schema, code by schema, and what is to be said of that."""
    for one in found:
        if isinstance(one, Missing):
            yield one.name, "—", "", "", one.reason
        else:
            verdict = "" if one.limit is None else "within" if one.ratio <= one.limit else "over"
            ratios = f"{one.ratio:.2f} ({one.code / one.bare:.2f})"
            budget = f"{verdict} {one.limit:.2f}" if one.limit is not None else ""
            yield one.name, f"{one.code:,}", f"{one.schema:,} ({one.bare:,})", ratios, budget


def as_json(found: list[Size | Missing]) -> dict[str, Any]:
    """The same for programs."""
    cases = [
        {"name": one.name, "missing": one.reason}
        if isinstance(one, Missing)
        else {
            "name": one.name,
            "code": one.code,
            "schema": one.schema,
            "bare": one.bare,
            "ratio": one.ratio,
            "limit": one.limit,
        }
        for one in found
    ]
    return {"name": NAME, "title": TITLE, "notes": NOTES, "cases": cases}


def from_json(row: Mapping[str, Any]) -> Iterator[Size | Missing]:
    """What `as_json` was given."""
    for case in row["cases"]:
        if "missing" in case:
            yield Missing(case["name"], case["missing"])
        else:
            yield Size(case["name"], case["code"], case["schema"], case["bare"], case["limit"])
