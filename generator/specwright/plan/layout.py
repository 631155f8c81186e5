"""How a package is laid out: as one module of each kind, or as folders of small modules; and which module a thing is in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.plan.names import Wish
from specwright.problems import problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specwright.plan.catalogue import Catalogue, Entry
    from specwright.plan.ir import LayoutKind
    from specwright.plan.paths import Found
    from specwright.problems import Problem

COMFORTABLE: Final = 100
"""Schemas up to which a module is easy to read: a package with more of them begins as folders."""

MOST_CLASSES: Final = 1_000
"""Classes up to which one module of models works: pyright gives up on it somewhat above."""


def choose(
    wanted: LayoutKind | None, kept: str, catalogue: Catalogue
) -> tuple[LayoutKind, tuple[Problem, ...]]:
    """How to lay a package out, and what there is to say about it.

    What the configuration wants is done. A package that is there stays as it is (`kept`), since its modules are imported
    and reviewed; unless it has outgrown its layout.
    """
    classes = sum(entry.kind == "struct" for entry in catalogue.entries)
    if wanted == "modules" and classes > MOST_CLASSES:
        message = f"one module has {classes} classes, as `layout` asks for; pyright gives up on so many"
        return wanted, (problem("layout-outgrown", None, message),)
    if wanted is not None:
        return wanted, ()
    if kept == "modules" and classes > MOST_CLASSES:
        message = (
            f"{classes} classes are too many for one module: the package becomes folders of small modules"
        )
        return "folders", (problem("layout-outgrown", None, message, ""),)
    if kept:
        return ("folders" if kept == "folders" else "modules"), ()
    return ("folders" if len(catalogue.entries) > COMFORTABLE else "modules"), ()


# --- which module a thing is in ---------------------------------------------------------------------------------


def wishes(catalogue: Catalogue, found: Iterable[Found], names: Mapping[str, str]) -> Iterator[Wish]:
    """The names that modules need, once what is in them has its own."""
    owners = _owners(catalogue)
    for entry in catalogue.entries:
        if owners[entry.key] == entry.key:
            yield _wish(entry.key, names[f"model {entry.key}"], "schema")
    builders = {operation.key: names[f"builder {operation.key}"] for operation in found}
    for key, function in _functions_of_operations(catalogue, names):
        yield _wish(key, builders.get(key, function), "operation")
    for tag in _tags(found):
        yield Wish(f"module tag {tag}", "modules resources", names[f"tag {tag}"], "snake", "resource", "tag")


def _wish(key: str, name: str, suffix: str) -> Wish:
    # A module is an attribute of its folder, as the validators in it are.
    text = f"{suffix} {name}" if name.lower().startswith("validate") else name
    return Wish(f"module {key}", "modules", text[:_LONGEST], "snake", suffix, suffix)


_LONGEST: Final = 80
"""Characters of a module's name, before what tells it from another one: systems limit the length of paths."""


def homes(catalogue: Catalogue, found: Iterable[Found], names: Mapping[str, str]) -> dict[str, str]:
    """The module of each thing, by its name in Python."""
    owners = _owners(catalogue)
    placed: dict[str, str] = {}
    for entry in catalogue.entries:
        module = names[f"module {owners[entry.key]}"]
        for key in _names_of(entry):
            if key in names:
                placed[names[key]] = module
    for key, function in _functions_of_operations(catalogue, names):
        placed[function] = names[f"module {key}"]
    for tag in _tags(found):
        placed[names[f"tag {tag}"]] = names[f"module tag {tag}"]
    return placed


def _names_of(entry: Entry) -> tuple[str, ...]:
    """The keys of the names that a schema may have."""
    key = entry.key
    return (f"model {key}", f"input {key}", f"validator response {key}", f"validator request {key}")


def _owners(catalogue: Catalogue) -> dict[str, str]:
    """By the key of each entry, that of the one in whose module it is: the outermost class that it is written in.

    An alias is alone in its module: it is evaluated when it is imported, and a class beside it may be needed for that.
    """
    by_key = {entry.key: entry for entry in catalogue.entries}
    owners: dict[str, str] = {}
    for entry in catalogue.entries:
        around = (above for above in _above(entry.key) if above in by_key and by_key[above].kind != "alias")
        owners[entry.key] = entry.key if entry.kind == "alias" else next(around, entry.key)
    return owners


def _above(pointer: str) -> Iterator[str]:
    """The pointers that a pointer goes through, from the outermost on."""
    position = pointer.find("/")
    while position != -1:
        yield pointer[:position]
        position = pointer.find("/", position + 1)


def _functions_of_operations(catalogue: Catalogue, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The validators that belong to no entry: the key of what each is for, and its name."""
    of_entries = {key for entry in catalogue.entries for key in _names_of(entry)}
    for key, function in names.items():
        if key.startswith("validator ") and key not in of_entries:
            yield key.removeprefix("validator ").rpartition(" ")[0], function


def _tags(found: Iterable[Found]) -> dict[str, None]:
    return dict.fromkeys(operation.tag for operation in found if operation.tag is not None)
