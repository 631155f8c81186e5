"""Which types read themselves, since msgspec can't decode them, and what tells their members apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.plan.catalogue import Catalogue, Tags
from specwright.plan.keywords import discriminator, listed
from specwright.plan.schemas import Types

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from specwright.document import Document, Map
    from specwright.plan.catalogue import Entry
    from specwright.plan.ir import Direction
    from specwright.plan.keywords import Node, Schema
    from specwright.plan.views import Views

DEEPEST: Final = 50
"""Levels of types without a name that are written in one another; what is below has one."""


def enter(document: Document, catalogue: Catalogue) -> None:
    """Enter every type that can't be decoded, or is made of itself, and what tells the members of all choices apart."""
    search = _Search(catalogue)
    for met in tuple(catalogue.walked):
        search.visit(met.schema)
    for entry in catalogue.entries:
        if entry.kind == "choice":
            entry.tags = _tags(document, catalogue, entry)


# --- families: schemas that extend one with a discriminator (OpenAPI 3.2, section 4.25.4) ------------------------


def enter_families(document: Document, catalogue: Catalogue) -> None:
    """Enter a choice for each component with a discriminator that others extend, before operations are walked."""
    structs = [entry for entry in catalogue.entries if entry.kind == "struct"]
    children: dict[int, list[Entry]] = {}
    for entry in structs:
        for parent in _parents(document, entry.schema):
            children.setdefault(id(catalogue.views.behind(parent)), []).append(entry)
    for entry in structs:
        said = discriminator(entry.schema)
        if said is None:
            continue
        members = [*_descendants(entry, children), *_mapped(document, catalogue, said)]
        others = dict.fromkeys(member.key for member in members if member is not entry)
        if others:
            by_key = {member.key: member for member in members}
            catalogue.enter_family(entry, tuple(by_key[key] for key in others))


def in_families(document: Document, views: Views, node: Node, direction: Direction) -> Mapping[str, Node]:
    """The components that a schema leads to, also from one with a discriminator to those that extend it, by their names.

    There are none where it leads to no discriminator, so that nothing depends on which schemas extend which.
    """
    components: Mapping[str, Node] = document.root.get("components", {}).get("schemas", {})
    heirs: Mapping[int, Sequence[Node]] | None = None
    probe = Catalogue(views)
    waiting, seen = [node], set[int]()
    while waiting:
        probe.walk(waiting.pop(), direction, "#", "schema")
        for met in list(probe.walked):
            said = discriminator(met.schema) if id(met.schema) not in seen else None
            seen.add(id(met.schema))
            if said is not None:
                heirs = _heirs(document, views, components) if heirs is None else heirs
                waiting += heirs.get(id(met.schema), ())
                waiting += document.mapped(said["mapping"]).values() if "mapping" in said else ()
    if heirs is None:
        return {}
    return {name: schema for name, schema in components.items() if id(views.behind(schema)) in seen}


def _heirs(document: Document, views: Views, components: Mapping[str, Node]) -> Mapping[int, Sequence[Node]]:
    """The components that extend a schema, by its identity."""
    heirs: dict[int, list[Node]] = {}
    for component in components.values():
        for parent in () if isinstance(component, bool) else _parents(document, component):
            heirs.setdefault(id(views.behind(parent)), []).append(component)
    return heirs


def _mapped(document: Document, catalogue: Catalogue, said: Map) -> Iterator[Entry]:
    """The schemas that a discriminator names, whether or not they extend the one that has it."""
    for schema in document.mapped(said["mapping"]).values() if "mapping" in said else ():
        entry = catalogue.entry(schema)
        if entry is not None and entry.kind == "struct":
            yield entry


def _parents(document: Document, schema: Schema) -> Iterator[Node]:
    """The schemas that a schema extends: those that its `allOf`, or its own `$ref`, refers to."""
    if "$ref" in schema:
        yield document.target(schema)  # type: ignore[arg-type]  # what has a `$ref` is of the document
    for member in schema.get("allOf", ()):
        if not isinstance(member, bool):
            yield from _parents(document, member)


def _descendants(entry: Entry, children: Mapping[int, list[Entry]]) -> Iterator[Entry]:
    """The schemas that extend one, and those that extend them, each once."""
    seen, waiting = {id(entry.schema)}, list(reversed(children.get(id(entry.schema), [])))
    while waiting:
        child = waiting.pop()
        if id(child.schema) not in seen:
            seen.add(id(child.schema))
            yield child
            waiting += reversed(children.get(id(child.schema), []))


# --- types that can't be decoded -------------------------------------------------------------------------------


class _Places(dict[str, str]):
    """Names for what has none yet: its place in the document."""

    def __missing__(self, key: str) -> str:
        return key


class _Search:
    """The way through the types of a catalogue, innermost first."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._types = Types(catalogue, _Places())
        self._done: set[int] = set()
        self._open: set[int] = set()

    def visit(self, node: Node) -> None:
        """Make a choice of the schema behind `node` if it has to be one, and of what it is written with."""
        schema = self._catalogue.views.behind(node)
        if id(schema) in self._done or self._is_named(schema):
            return
        if id(schema) in self._open or len(self._open) > DEEPEST:
            self._catalogue.enter_choice(schema)
            return
        self._open.add(id(schema))
        for part in written_out(self._catalogue.views, schema):
            self.visit(part)
        self._open.remove(id(schema))
        self._done.add(id(schema))
        chosen = self._catalogue.views.alternatives(schema) and not self._is_named(schema)
        if chosen and not self._types.is_decodable(schema):
            self._catalogue.enter_choice(schema)

    def _is_named(self, schema: Schema) -> bool:
        entry = self._catalogue.entry(schema)
        return entry is not None and entry.kind != "alias"


def written_out(views: Views, schema: Schema) -> Iterator[Node]:
    """The schemas that the type of a schema without a name is written with."""
    merged = views.merged(schema)
    if merged.keys() & {"items", "prefixItems"}:
        yield views.items(merged)
    yield from merged.get("prefixItems", ())
    undeclared = views.undeclared(merged)
    yield from () if undeclared is None else (undeclared,)
    yield from (alternative.schema for alternative in views.alternatives(schema))


# --- tags --------------------------------------------------------------------------------------------------------


def _tags(document: Document, catalogue: Catalogue, choice: Entry) -> Tags:
    """The property that tells the members of a choice apart, and its values; those of the document come first.

    Without a discriminator it is a property for which each member that is an object lists values of its own.
    """
    members = choice.members or tuple(_members(catalogue, choice.schema))
    keys = {member.key for member in members}
    said = discriminator(choice.schema)
    if said is None:
        said = catalogue.views.merged(choice.schema).get("discriminator")
    if said is None:
        return _inferred(catalogue.views, members)
    tag: str = said["propertyName"]
    found: dict[Any, Entry] = {}
    for value, schema in document.mapped(said["mapping"]).items() if "mapping" in said else ():
        member = catalogue.entry(schema)
        if member is not None and member.key in keys:
            found[value] = member
    told = {member.key for member in found.values()}
    for member in members:
        for value in _listed(catalogue.views, member, tag):
            if found.setdefault(value, member) is member:
                told.add(member.key)
        if member.key not in told:
            found.setdefault(member.wire or member.text, member)
    default = document.default_mapping(said)
    otherwise = None if default is None else catalogue.entry(default)
    return Tags(tag, tuple(found.items()), otherwise if otherwise and otherwise.key in keys else None)


def _members(catalogue: Catalogue, schema: Schema) -> Iterator[Entry]:
    """The members of a choice that are objects with a name."""
    for alternative in catalogue.views.alternatives(schema):
        entry = catalogue.entry(alternative.schema)
        if entry is not None and entry.kind == "struct":
            yield entry


def _inferred(views: Views, members: tuple[Entry, ...]) -> Tags:
    if len(members) < 2:  # noqa: PLR2004 -- one is told from nothing
        return Tags()
    for tag in views.merged(members[0].schema)["properties"]:
        listed = [_listed(views, member, tag) for member in members]
        tagged = tuple(
            (value, member) for member, values in zip(members, listed, strict=True) for value in values
        )
        if all(listed) and len({value for value, _ in tagged}) == len(tagged):
            return Tags(tag, tagged)
    return Tags()


def _listed(views: Views, member: Entry, tag: str) -> list[Any]:
    """The values that a member lists for a property; none if it doesn't list them."""
    node = views.merged(member.schema).get("properties", {}).get(tag)
    if node is None or isinstance(node, bool):
        return []
    return [value for value in listed(views.merged(node)) if isinstance(value, str | int)]
