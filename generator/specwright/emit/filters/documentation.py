"""What templates ask of the documentation: docstrings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specwright.emit import docs
from specwright.emit.calls import call
from specwright.emit.code import Code, code, docstring
from specwright.plan.ir import (
    Alias,
    Api,
    Choice,
    Enum,
    InputDict,
    Struct,
    Validator,
    Webhook,
)

if TYPE_CHECKING:
    from specwright.emit.calls import Known
    from specwright.emit.filters.client import Twin
    from specwright.plan.ir import Field, Key, Operation


def doc(thing: Any, indent: int = 4) -> Code:
    """The docstring of a class, a resource, a validator or a module; a resource has one at each `indent`."""
    match thing:
        case Validator():
            return docstring(docs.of_validator(thing))
        case Struct() | Enum() | InputDict() | Choice() | Alias():
            return docstring(docs.of_class(thing))
        case Webhook():
            return docstring(docs.of_webhook(thing))
        case Api():
            return docstring(docs.of_api(thing), indent=0)
        case _:
            return docstring(docs.described(thing.doc), indent)


def method_doc(operation: Operation, twin: Twin, known: Known) -> Code:
    """The docstring of a method."""
    example = call(operation, known, wait=bool(twin.wait))
    return docstring(docs.of_operation(operation, example), indent=8)


def client_doc(api: Api, twin: Twin) -> Code:
    """The docstring of a client."""
    return docstring(docs.of_client(api, twin.aside))


def note(item: Field | Key) -> Code:
    """The docstring behind an attribute; nothing where there is nothing to say."""
    text = docs.described(item.doc)
    return docstring(text) if text else code("")
