"""The modules of models, inputs and validators: one of each kind, or a folder of small ones; and what each imports."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, cast

from specwright.emit.code import Code, code, join, literal, name
from specwright.emit.references import references
from specwright.plan.ir import Validator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from specwright.emit.references import Folder, When
    from specwright.plan.ir import Api, Input, Layout, Model

    Thing: TypeAlias = Model | Input | Validator

FOLDERS: Final[tuple[Folder, ...]] = ("inputs", "models", "validators")
"""What has a module of its own, or a folder of that name."""

ABOUT: Final = {
    "inputs": "What callers send. Keys are the names on the wire.",
    "models": "What answers hold.",
    "resources": "The operations, by tag.",
    "validators": "What is wrong with a value: a function for each schema and direction, over decoded JSON.",
}
"""What is in each folder. A name is loaded when it is first asked for, with all that it refers to."""


@dataclass(frozen=True, slots=True)
class Links:
    """How a module comes by what it refers to."""

    imported: tuple[Code, ...] = ()
    """The statements that import what it needs while it is imported."""
    checked: tuple[Code, ...] = ()
    """The same for what type checkers alone need to be told."""
    last: Code | None = None
    """Its last line, which tells the runtime what it has to be given before it is used; None where nothing is."""


@dataclass(frozen=True, slots=True)
class Module:
    """A module of models, of inputs or of validators; `stem` is its name in its folder, "" where there is no folder."""

    folder: Folder
    stem: str
    api: Api
    """What is in it, and nothing else of its kind."""
    links: Links

    @property
    def path(self) -> str:
        """Where it is in the package."""
        return f"{self.folder}/{self.stem}.py" if self.stem else f"{self.folder}.py"

    @property
    def runtime(self) -> Code:
        """The runtime, as it imports it."""
        return code(".._runtime" if self.stem else "._runtime")


@dataclass(frozen=True, slots=True)
class Index:
    """What is where in a folder."""

    folder: Folder | Literal["resources"]
    about: str
    """What is in it, in a sentence."""
    names: Mapping[str, tuple[str, ...]]
    """The public names of each module, sorted."""

    @property
    def homes(self) -> Mapping[str, str]:
        """The module of each name: a line each, so that a name that is added changes no other's."""
        return dict(sorted((name, module) for module, names in self.names.items() for name in names))


def modules(api: Api, layout: Layout) -> Iterator[Module]:
    """Every module of models, inputs and validators."""
    places = _places(api, layout)
    for folder in FOLDERS:
        grouped: dict[str, list[Thing]] = defaultdict(list)
        for thing in _THINGS[folder](api):
            grouped[places[folder, _name(thing)]].append(thing)
        if layout.kind == "modules":
            grouped.setdefault("", [])
        for stem, things in grouped.items():
            yield _module(folder, stem, things, api, places)


def indexes(every: Iterable[Module]) -> Iterator[Index]:
    """The index of each folder."""
    by_folder: dict[Folder, list[Module]] = {folder: [] for folder in FOLDERS}
    for module in every:
        by_folder[module.folder].append(module)
    for folder, members in by_folder.items():
        names = {
            module.stem: tuple(sorted(_public(map(_name, _THINGS[folder](module.api)))))
            for module in sorted(members, key=lambda module: module.stem)
        }
        yield Index(folder, ABOUT[folder], names)


def resource_index(api: Api, layout: Layout) -> Index:
    """The index of the folder of resources."""
    names = {
        layout.homes[resource.name]: tuple(sorted((resource.name, resource.twin)))
        for resource in sorted(api.resources, key=lambda resource: layout.homes[resource.name])
    }
    return Index("resources", ABOUT["resources"], names)


def _public(names: Iterable[str]) -> Iterator[str]:
    return (word for word in names if not word.startswith("_"))


# --- which module a thing is in ---------------------------------------------------------------------------------

_THINGS: Final[Mapping[Folder, Callable[[Api], tuple[Thing, ...]]]] = {
    "inputs": lambda api: api.inputs,
    "models": lambda api: api.models,
    "validators": lambda api: api.validators,
}


def _name(thing: Thing) -> str:
    return thing.function if isinstance(thing, Validator) else thing.name


def _places(api: Api, layout: Layout) -> dict[tuple[Folder, str], str]:
    """The module of each thing, by its folder and name."""
    places: dict[tuple[Folder, str], str] = {}
    for folder in FOLDERS:
        for thing in _THINGS[folder](api):
            word = _name(thing)
            # A private validator is called after the one that it is a part of, and two underscores.
            public = word.lstrip("_").partition("__")[0] if folder == "validators" else word
            places[folder, word] = layout.homes[public] if layout.kind == "folders" else ""
    return places


def _module(
    folder: Folder, stem: str, things: list[Thing], api: Api, places: Mapping[tuple[Folder, str], str]
) -> Module:
    wanted: dict[tuple[Folder, str], dict[str, set[When]]] = {}
    for thing in things:
        for reference in references(thing):
            place = reference.folder, places[reference.folder, reference.name]
            if place != (folder, stem):
                wanted.setdefault(place, {}).setdefault(reference.name, set()).add(reference.when)
    imported: list[Code] = []
    checked: list[Code] = []
    linked: set[str] = set()
    for (other, home), names in sorted(wanted.items()):
        source = _source(folder, stem, other, home)
        now = sorted(word for word, when in names.items() if "importing" in when)
        later = sorted(names.keys() - now)
        imported += [_import(source, now)] if now else []
        checked += [_import(source, later)] if later else []
        if other == folder:
            linked |= {word for word, when in names.items() if when != {"checking"}}
    last = code("link({},)", join(", ", [code("__name__"), *map(literal, sorted(linked))])) if stem else None
    return Module(folder, stem, _only(api, folder, things), Links(tuple(imported), tuple(checked), last))


def _only(api: Api, folder: Folder, things: list[Thing]) -> Api:
    """The package with these models, inputs or validators, and no others of their kind."""
    match folder:
        case "inputs":
            return replace(api, inputs=tuple(cast("list[Input]", things)))
        case "models":
            return replace(api, models=tuple(cast("list[Model]", things)))
        case "validators":
            return replace(api, validators=tuple(cast("list[Validator]", things)))


def _source(folder: Folder, stem: str, other: Folder, home: str) -> Code:
    """A module as another one imports it."""
    if not stem:
        return code(".{}", name(other))
    return code(".{}", name(home)) if folder == other else code("..{}.{}", name(other), name(home))


def _import(source: Code, names: Iterable[str]) -> Code:
    return code("from {} import ({},)", source, join(", ", map(name, names)))
