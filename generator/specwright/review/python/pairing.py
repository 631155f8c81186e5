"""What of the old package is what of the new one: by its place in the document, by its name, by how it is made."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from specwright.review.python import evidence
from specwright.review.python.shapes import HALF, anything, is_alike, names_in, shape, typed, with_names
from specwright.review.python.types import Relation, renamed

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from specwright.plan.ir import Input, Model, Operation, Resource, Type
    from specwright.review.python.sides import Method, Side

    Thing = Model | Input

_PLACE: Final = re.compile(r"\{[^{}]+\}")


class Pairs:
    """Which things of two packages are the same to callers, or were before they were renamed."""

    def __init__(self, old: Side, new: Side) -> None:
        self.old, self.new = old, new
        self.models: dict[str, str] = _matched(
            old.models,
            new.models,
            (old.keys["model"].get, new.keys["model"].get),
            (str, str),
            (lambda name: shape(old.models[name], typed), lambda name: shape(new.models[name], typed)),
            (lambda name: shape(old.models[name], anything), lambda name: shape(new.models[name], anything)),
        )
        """By the old name of a model: the new one."""
        self.merged: dict[str, str] = {}
        """By the old name of a model or an input: the new name of what it is one with now, as others are."""
        placed = self._placed()
        self.inputs: dict[str, str] = _matched(
            old.inputs,
            new.inputs,
            (lambda name: placed.get(old.keys["input"].get(name, "")), new.keys["input"].get),
            (str, str),
            (lambda name: shape(old.inputs[name], typed), lambda name: shape(new.inputs[name], typed)),
        )
        """By the old name of an input: the new one."""
        self._match_methods()
        self.differing = [
            (thing, now)
            for olds, news, names in self.kinds
            for name, other in names.items()
            if (thing := olds[name]) != (now := news[other])
        ]
        """The models and inputs that are not as they were."""
        self._follow_uses()
        self.keys: Mapping[str, str] = self._placed()
        """By the old place of a schema: the new one."""
        self.lasting = frozenset((*self.keys.values(), *self.operations.values()))
        """The new places of the schemas and operations that are in both documents."""
        self.resources: Mapping[str, Resource] = self._matched_resources()
        """By the old attribute of the client: the resource that it is now."""
        self._relate()

    @property
    def kinds(self) -> tuple[tuple[Mapping[str, Thing], Mapping[str, Thing], dict[str, str]], ...]:
        """The models, then the inputs: the old ones, the new ones, and by the old name the new one."""
        return (
            (self.old.models, self.new.models, self.models),
            (self.old.inputs, self.new.inputs, self.inputs),
        )

    @property
    def names(self) -> Mapping[str, str]:
        """By the old name of a model or an input: the new name, its own or that of what it is one with."""
        return {**self.merged, **self.models, **self.inputs}

    def _placed(self) -> dict[str, str]:
        old, new = self.old.keys["model"], self.new.keys["model"]
        names = {**{name: other for name, other in self.merged.items() if other in new}, **self.models}
        return {old[name]: new[other] for name, other in names.items() if name in old and other in new}

    def _follow_uses(self) -> None:
        """Pair what has no other yet with what stands where it stood, as long as that leads anywhere."""
        operations = [
            (before.operation, method.operation)
            for method in self.new.methods
            if (before := self.before.get(method.operation.builder)) is not None
        ]
        uses = [*evidence.of_things(self.differing), *evidence.of_operations(operations)]
        while uses:
            found = evidence.votes(uses, self._alone())
            more = [pair for name, other in found.items() if (pair := self._joined(name, other)) is not None]
            uses += evidence.of_things(more)
            if not more:
                break

    def _alone(self) -> list[str]:
        return [
            name
            for olds, _, names in self.kinds
            for name in olds
            if name not in names and name not in self.merged
        ]

    def _joined(self, name: str, other: str) -> tuple[Thing, Thing] | None:
        """Pair two things, if they are alike; what has its counterpart already is joined by another one that is the same."""
        for olds, news, names in self.kinds:
            if name not in olds or other not in news:
                continue
            old, new = olds[name], news[other]
            if other in names.values():
                if is_alike(old, new, 1):
                    self.merged[name] = other
                    return old, new
            elif is_alike(old, new, HALF):
                names[name] = other
                self.differing.append((old, new))
                return old, new
        return None

    # --- methods and resources ---

    def _match_methods(self) -> None:
        old = {method.operation.builder: method for method in self.old.methods}
        new = {method.operation.builder: method for method in self.new.methods}
        found = _matched(
            old,
            new,
            (lambda name: _place(old[name]), lambda name: _place(new[name])),
            (lambda name: _template(old[name].operation), lambda name: _template(new[name].operation)),
            (lambda name: old[name].place, lambda name: new[name].place),
            (lambda name: _called(old[name]), lambda name: _called(new[name])),
        )
        back = {other: old[one] for one, other in found.items()}
        self.methods: Mapping[str, Method] = {one: new[other] for one, other in found.items()}
        """By the builder of an old method: the method that it is now."""
        self.before: Mapping[str, Method] = back
        """By the builder of a new method: the method that it was."""
        self.operations: Mapping[str, str] = {old[one].key: new[other].key for one, other in found.items()}
        """By the old place of an operation: the new one."""

    def _matched_resources(self) -> dict[str, Resource]:
        old = {item.attribute: item for item in self.old.api.resources}
        new = {item.attribute: item for item in self.new.api.resources}
        went = {name: self._went(item) for name, item in old.items()}
        found = _matched(
            old,
            new,
            (self.old.tags.get, self.new.tags.get),
            (str, str),
            (went.get, lambda name: name),
        )
        return {one: new[other] for one, other in found.items()}

    def _went(self, resource: Resource) -> str | None:
        """The attribute that all methods of a resource are on now, called as before."""
        places: set[str] = set()
        for operation in resource.operations:
            now = self.methods.get(operation.builder)
            if now is None or now.resource is None or now.operation.name != operation.name:
                return None
            places.add(now.resource.attribute)
        return places.pop() if len(places) == 1 else None

    # --- types ---

    def _relate(self) -> None:
        paired = self.names
        things: dict[str, Model | Input] = {**self.new.models, **self.new.inputs}
        names: dict[str, str] = {}
        gone: dict[str, Model | Input] = {}
        for name, thing in (*self.old.models.items(), *self.old.inputs.items()):
            other = paired.get(name)
            if other is None:
                other = f"{name}, as it was" if name in things else name
                gone[other] = thing
            if other != name:
                names[name] = other
        self._names = names
        self._changed = {thing.name for thing, _ in self.differing}
        things.update((name, with_names(thing, names)) for name, thing in gone.items())
        self.relation = Relation(things, frozenset(gone))
        self.is_renaming = bool(names)
        """Whether the same name may mean something else in the new package."""

    def translated(self, type_: Type) -> Type:
        """A type of the old package by the names of the new one."""
        return renamed(type_, self._names) if self._names else type_

    def differs(self, old: Thing) -> bool:
        """Whether a thing, or what the names in it mean, is not as it was."""
        if old.name in self._changed:
            return True
        return bool(self._names) and any(name in self._names for name in names_in(old))


_Marks = tuple["Callable[[str], Hashable | None]", "Callable[[str], Hashable | None]"]


def _matched(old: Iterable[str], new: Iterable[str], *marks: _Marks) -> dict[str, str]:
    """Pairs of names, in the order of the old ones: by each of `marks` in turn, of what has no other yet.

    Two are the same where their marks are, and nobody else's; what has no mark (`None`) is nobody's.
    """
    found: dict[str, str] = {}
    left: list[str] = list(old)
    right: list[str] = list(new)
    order = {name: number for number, name in enumerate(left)}
    for of_old, of_new in marks:
        olds, news = _by_mark(left, of_old), _by_mark(right, of_new)
        for mark, names in olds.items():
            others = news.get(mark, ())
            if len(names) == 1 and len(others) == 1:
                found[names[0]] = others[0]
        taken = set(found.values())
        left = [name for name in left if name not in found]
        right = [name for name in right if name not in taken]
        if not (left and right):
            break
    return dict(sorted(found.items(), key=lambda pair: order[pair[0]]))


def _by_mark(names: Iterable[str], of: Callable[[str], Hashable | None]) -> dict[Hashable, list[str]]:
    found: dict[Hashable, list[str]] = defaultdict(list)
    for name in names:
        mark = of(name)
        if mark is not None:
            found[mark].append(name)
    return found


def _place(method: Method) -> tuple[str, bool] | None:
    """Where the operation of a method stands, and which of two methods it is."""
    return (method.key, method.operation.stream is not None) if method.key else None


def _template(operation: Operation) -> tuple[str, str]:
    """The method and the path of an operation, whatever the parameters of the path are called."""
    return operation.method, _PLACE.sub("{}", operation.path)


def _called(method: Method) -> tuple[str, str]:
    return method.operation.method, method.operation.name
