"""A plan, by what callers see of it: each thing by its name in Python, with its place in the document."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from specwright.emit.types import named
from specwright.plan.ir import Alias
from specwright.plan.streams import STREAM
from specwright.review.python.shapes import names_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specwright.plan import Plan
    from specwright.plan.ir import Input, Model, Operation, Resource, Type

_KINDS: Final = frozenset({"builder", "input", "model", "tag", "validator", "webhook"})
_ATTRIBUTE: Final = "attribute "


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the client or of a resource; `key` is the place of its operation in the document."""

    operation: Operation
    resource: Resource | None
    key: str

    @property
    def symbol(self) -> str:
        """How it is called: `Client.pets.list_pets`."""
        return ".".join(("Client", *self.place))

    @property
    def place(self) -> tuple[str, ...]:
        """The same, without the client."""
        attributes = () if self.resource is None else (self.resource.attribute,)
        return (*attributes, self.operation.name)


class Side:
    """What callers see of a package."""

    def __init__(self, plan: Plan) -> None:
        self.api = plan.api
        self.layout = plan.layout
        self.models: Mapping[str, Model] = {model.name: model for model in plan.api.models}
        self.inputs: Mapping[str, Input] = {item.name: item for item in plan.api.inputs}
        self.keys: dict[str, dict[str, str]] = {kind: {} for kind in _KINDS}
        """By the kind of a name, and the name: the place in the document of what is called so."""
        for said, name in plan.names.items():
            kind, _, key = said.partition(" ")
            if kind in _KINDS:
                self.keys[kind][name] = key.removesuffix(STREAM)
        self.methods: tuple[Method, ...] = tuple(self._methods())
        self.tags: Mapping[str, str] = {
            name: key.removeprefix(_ATTRIBUTE)
            for name, key in self.keys["tag"].items()
            if key.startswith(_ATTRIBUTE)
        }
        """By the client's attribute: the tag of its operations."""

    def _methods(self) -> Iterator[Method]:
        keys = self.keys["builder"]
        for operation in self.api.operations:
            yield Method(operation, None, keys.get(operation.builder, ""))
        for resource in self.api.resources:
            for operation in resource.operations:
                yield Method(operation, resource, keys.get(operation.builder, ""))

    @cached_property
    def places(self) -> frozenset[str]:
        """The places in the document of every type and of every operation."""
        kinds = ("builder", "input", "model")
        return frozenset(key for kind in kinds for key in self.keys[kind].values())

    def key(self, name: str) -> str:
        """The place in the document of a model or an input."""
        return self.keys["model"].get(name) or self.keys["input"].get(name, "")

    @cached_property
    def validators(self) -> Mapping[str, str]:
        """By the name of each public validator: what it is for."""
        keys = self.keys["validator"]
        functions = (validator.function for validator in self.api.validators)
        return {function: keys[function] for function in functions if function in keys}

    @cached_property
    def read(self) -> frozenset[str]:
        """The models that answers hold, or what the server sends of itself; other names for them are among them."""
        answers = (answer.type for method in self.methods for answer in method.operation.answers)
        hooks = (webhook.type for webhook in self.api.webhooks)
        waiting = [*_names(answers), *_names(hooks)]
        found: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                model = self.models.get(name)
                waiting += () if model is None else names_in(model)
        aliases = [model for model in self.models.values() if isinstance(model, Alias)]
        return frozenset(found) | {model.name for model in aliases if found.issuperset(names_in(model))}


def _names(types: Iterable[Type | None]) -> Iterator[str]:
    return (part.name for type_ in types if type_ is not None for part in named(type_))
