"""Operations -> commands of a terminal that call them, as the README shows one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from specwright.emit.calls import told
from specwright.plan.ir import Alias, Choice, InputDict, InputEnum, ListOf, Literals, Named, Scalar, UnionOf
from specwright.runtime.command import dashed
from specwright.runtime.command_options import option_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.emit.calls import Inputs, Known
    from specwright.plan.ir import Api, Json, Operation, Type

FILE = "@content.bin"
"""What is given where bytes are sent."""
_JSON = frozenset({"any", "bool", "decimal", "float", "int", "none"})
_FILES = frozenset({"binary", "upload"})
_MOST_ALIASES = 20


def variables(api: Api) -> dict[str, str]:
    """The environment variable of each argument of the client that is a credential: the config's, else one of our own."""
    return {
        argument: credential.env.get(argument) or f"{api.package.module}_{argument}".upper()
        for credential in api.credentials
        for argument in credential.arguments
    }


def words(operation: Operation, api: Api, known: Known) -> list[str]:
    """The words of a command that calls an operation with what it needs and no more."""
    holder = known.holders.get(operation.builder, "client").removeprefix("client").removeprefix(".")
    python = [
        "python",
        "-m",
        api.package.module,
        *([dashed(holder)] if holder else []),
        dashed(operation.name),
    ]
    return [*python, *_given(operation, known.inputs)]


def _given(operation: Operation, inputs: Inputs) -> Iterator[str]:
    path = [argument for argument in operation.arguments if argument.location == "path"]
    rest = [argument for argument in operation.arguments if argument.location != "path"]
    options = option_names([argument.name for argument in (*path, *rest)])
    texts = [_text(operation.example[argument.name], argument.type, inputs) for argument in path]
    dashes = any(text.startswith("-") for text in texts)
    yield from texts if not dashes else ()
    for argument in rest:
        if argument.name in operation.example:
            option = f"--{options[argument.name]}"
            yield from _option(option, operation.example[argument.name], argument.type, inputs)
    # What looks like an option is none behind these.
    yield from ["--", *texts] if dashes else ()


def _option(option: str, value: Json, kind: Type, inputs: Inputs) -> Iterator[str]:
    """An option with its value, or one for each member of an object that has files in it."""
    meant = told(kind, value, inputs)
    known = inputs.get(meant.name) if isinstance(meant, Named) else None
    if isinstance(known, InputDict) and isinstance(value, dict):
        types = {key.wire: key.type for key in known.keys}
        if any(_is_file(types[name], inputs) for name in value if name in types):
            for name, inner in value.items():
                yield from _option(f"{option}.{name}", inner, types[name], inputs)
            return
    text = _text(value, kind, inputs)
    yield from [f"{option}={text}"] if text.startswith("-") else [option, text]


def _is_file(kind: Type, inputs: Inputs) -> bool:
    meant = _meant(kind, inputs)
    return isinstance(meant, Scalar) and meant.name in _FILES


def _text(value: Json, kind: Type, inputs: Inputs) -> str:
    """A value as it is given in a terminal."""
    kind = told(kind, value, inputs) if isinstance(value, list) else _meant(kind, inputs)
    if _is_file(kind.item if isinstance(kind, ListOf) else kind, inputs):
        return FILE
    if isinstance(value, str) and _is_text(kind, inputs):
        return f"@{value}" if value.startswith("@") else value
    return json.dumps(value, ensure_ascii=False)


def _meant(kind: Type, inputs: Inputs, left: int = _MOST_ALIASES) -> Type:
    """What a type stands for by its name."""
    known = inputs.get(kind.name) if isinstance(kind, Named) else None
    if left and isinstance(known, Alias | Choice):
        return _meant(known.type, inputs, left - 1)
    return kind


def _is_text(kind: Type, inputs: Inputs, left: int = _MOST_ALIASES) -> bool:
    """Whether a value of a type is a text, whatever it looks like."""
    if not left:
        return False
    match _meant(kind, inputs):
        case Scalar(name):
            return name not in _JSON
        case Literals(values):
            return all(isinstance(value, str) for value in values)
        case Named(name) if isinstance(known := inputs.get(name), InputEnum):
            return all(isinstance(value, str) for value in known.values)
        case UnionOf(members):
            return all(_is_text(member, inputs, left - 1) for member in members)
        case _:
            return False
