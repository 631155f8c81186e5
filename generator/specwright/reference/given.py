"""What is given for an operation, as text: `NAME=VALUE`, `NAME.MEMBER=VALUE`, `NAME:=JSON`, `NAME=@FILE`, `NAME=@env:VARIABLE`.

A value without a name is the next part of the path.
"""

from __future__ import annotations

import difflib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from specwright.plan.ir import Alias, InputDict, InputEnum, ListOf, Literals, MapOf, Named, Scalar, UnionOf
from specwright.problems import Refused, problem, quoted
from specwright.reference.masks import Secret

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from specwright.plan.ir import Api, Argument, Input, Json, Operation, Type

_ASSIGNMENT: Final = re.compile(r"(?P<name>[^=:]*(?::(?!=)[^=:]*)*)(?P<sign>:?=)(?P<value>.*)", re.DOTALL)
_FROM: Final = "@env:"
_NOT_TEXT: Final = frozenset({"int", "float", "bool", "none", "any", "decimal"})


def values(texts: Iterable[str], operation: Operation, api: Api) -> dict[str, Any]:
    """The value of each argument that is given, by its name.

    Raises:
        Refused: There is no such argument, or no such file, or what should be JSON is none.
    """
    inputs = {item.name: item for item in api.inputs}
    found: dict[str, Any] = {}
    for text in texts:
        match = _ASSIGNMENT.fullmatch(text) or _next_part(text, operation, found)
        argument, members = _argument(match["name"], operation)
        kind = _below(argument.type, members, inputs)
        is_text = kind is not None and _is_text(kind, inputs)
        value = _value(match["value"], is_json=match["sign"] == ":=", is_text=is_text)
        is_list = kind is not None and isinstance(_resolved(kind, inputs), ListOf)
        _put(found, [argument.name, *members], value, is_list=is_list and not isinstance(value, list))
    return found


def _next_part(text: str, operation: Operation, found: Mapping[str, Any]) -> Mapping[str, str]:
    """A value without a name, as the next part of the path."""
    path = (argument.name for argument in operation.arguments if argument.location == "path")
    name = next((name for name in path if name not in found), None)
    if name is None:
        hint = "Values are given as NAME=VALUE; NAME:=JSON is JSON, and NAME=@FILE the content of a file."
        message = f"{quoted(text)} has no name, and the path has no part left for it."
        raise Refused([problem("argument-invalid", None, message, hint)])
    return {"name": name, "sign": "=", "value": text}


def of_body(content: bytes, operation: Operation) -> dict[str, Any]:
    """The arguments that a body is given by: its members where they are arguments of their own, else `body`.

    Raises:
        Refused: It should be JSON, and is none; or it has a member that is no argument.
    """
    first = operation.bodies[0] if operation.bodies else None
    if first is None:
        raise Refused([problem("argument-unknown", None, "The operation has no body.")])
    if not operation.flat and first.family not in {"json", "form", "multipart"}:
        return {"body": content}
    try:
        value: Any = json.loads(content)
    except ValueError as error:
        raise Refused([problem("argument-invalid", None, f"The body is no JSON: {error}.")]) from None
    if not operation.flat:
        return {"body": value}
    if value.__class__ is not dict:
        raise Refused([problem("argument-invalid", None, "The body is no JSON object.")])
    names = {argument.wire: argument.name for argument in operation.arguments if argument.location == "body"}
    unknown = next((member for member in value if member not in names), None)
    if unknown is not None:
        hint = f"It has {', '.join(map(quoted, names))}."
        message = f"The body has no member {quoted(unknown)}."
        raise Refused([problem("argument-unknown", None, message, hint)])
    return {names[member]: inner for member, inner in value.items()}


def _argument(name: str, operation: Operation) -> tuple[Argument, list[str]]:
    """The argument that a name means, by its name in Python or on the wire; and the members that follow."""
    known = {argument.wire: argument for argument in operation.arguments if argument.wire}
    known |= {argument.name: argument for argument in operation.arguments}
    head, *members = name.split(".")
    for text, rest in ((name, []), (head, members), (head.replace("-", "_"), members)):
        if text in known:
            return known[text], rest
    near = difflib.get_close_matches(head, known, n=3)
    shown = near or sorted(argument.name for argument in operation.arguments)
    hint = f"It has {', '.join(map(quoted, shown))}." if shown else "It has none."
    raise Refused([problem("argument-unknown", None, f"The operation has no argument {quoted(head)}.", hint)])


def _below(kind: Type, members: Sequence[str], inputs: Mapping[str, Input]) -> Type | None:
    """The type of a member; None where nothing is known of it."""
    for member in members:
        match _resolved(kind, inputs):
            case InputDict(keys=keys):
                found = next((key.type for key in keys if key.wire == member), None)
                if found is None:
                    return None
                kind = found
            case MapOf(item) | ListOf(item):
                kind = item
            case _:
                return None
    return kind


def _resolved(kind: Type, inputs: Mapping[str, Input]) -> Type | Input:
    """What a type stands for by its name."""
    seen: set[str] = set()
    while isinstance(kind, Named) and kind.name in inputs and kind.name not in seen:
        seen.add(kind.name)
        meant = inputs[kind.name]
        if not isinstance(meant, Alias):
            return meant
        kind = meant.type
    return kind


def _value(text: str, *, is_json: bool, is_text: bool) -> Json | Secret:
    """The value of a text: JSON where it can be, but where text is wanted."""
    if text.startswith(_FROM) and not is_json:
        return Secret(text.removeprefix(_FROM))
    content = _content(text[1:]) if text.startswith("@") else text
    if is_text and not is_json:
        return content
    try:
        value: Json = json.loads(content)
    except ValueError:
        if not is_json:
            return content
    else:
        return value
    hint = "`=` in place of `:=` gives text."
    raise Refused([problem("argument-invalid", None, f"{quoted(text)} is no JSON.", hint)])


def _content(path: str) -> str:
    try:
        return content_of(path).decode()
    except UnicodeDecodeError:
        raise Refused([problem("file-encoding", None, f"{quoted(path)} is not UTF-8.")]) from None


def content_of(path: str) -> bytes:
    """The bytes of a file that is given for something. Refused where it can't be read."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        reason = error.strerror or "it can't be read"
        code = "file-missing" if isinstance(error, FileNotFoundError) else "file-unreadable"
        raise Refused([problem(code, None, f"{quoted(path)} can't be read: {reason}.", "")]) from None


def _is_text(kind: Type, inputs: Mapping[str, Input]) -> bool:
    """Whether a value of a type is written as text in JSON, whatever it looks like."""
    match _resolved(kind, inputs):
        case Scalar(name):
            return name not in _NOT_TEXT
        case Literals(members) | InputEnum(values=members):
            return all(isinstance(member, str) for member in members)
        case UnionOf(members):
            return all(_is_text(member, inputs) for member in members)
        case _:
            return False


def _put(holder: dict[str, Any], path: Sequence[str], value: Json | Secret, *, is_list: bool) -> None:
    """Put a value at its place; objects on the way are made, and lists are added to."""
    *above, last = path
    place: Any = holder
    for name in above:
        inner: Any = place.setdefault(name, {})
        if inner.__class__ is not dict:
            message = f"{quoted('.'.join(path))} is given below what is no object."
            raise Refused([problem("argument-invalid", None, message)])
        place = inner
    if is_list and isinstance(place.get(last, []), list):
        place.setdefault(last, []).append(value)
    elif last in place:
        raise Refused([problem("argument-invalid", None, f"{quoted('.'.join(path))} is given twice.")])
    else:
        place[last] = value
