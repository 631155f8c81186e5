"""`$ref` to what it stands for: within a file, by JSON Pointer, anchor or `$id`, and across files."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from specwright.document.identities import Identities, joined
from specwright.document.pointers import NotFoundError, at_pointer, decoded, in_a_circle, refers
from specwright.document.shape import LEFT_OUT, Reference
from specwright.document.tree import Map, Seq, derived_map, edited, escape, home_of, source_of
from specwright.problems import Refused, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from specwright.document.files import Files
    from specwright.document.shape import Walk

_DEFAULT: Final = "defaultMapping"
_MOST_NESTED: Final = 50
"""References that lead through a `$ref`, which leads through a `$ref` in turn."""


class References:
    """Where each reference of a document leads."""

    def __init__(self, files: Files, walk: Walk) -> None:
        self.files = files
        self.walk = walk
        self.identities = Identities(files, walk.identified)
        self._next: dict[tuple[int, str], Map] = {}
        """Of each reference, as it was loaded: the object, as it was loaded, that it names."""
        self._final: dict[tuple[int, str], Map] = {}
        self._mapped: dict[int, dict[str, Map]] = {}
        self._passing: set[int] = set()
        """Objects whose `$ref` is being followed on the way to something else."""
        self._circling: set[int] = set()
        """References that lead back to where they stand, of which that is said."""
        self._nested = 0
        """How many of them are on the way to another one."""
        self._pointed: dict[tuple[int, str], Any] = {}
        """The value, as it was loaded, at each pointer into a value that was followed."""
        self._found = 0
        self._found_mappings = 0
        walk.resolve = self.resolve
        walk.replace = self.replaced

    def follow_all(self) -> None:
        """Finds what every reference stands for, reading what only references lead to, and says what leads nowhere."""
        while self._found < len(self.walk.references) or self._found_mappings < len(self.walk.discriminators):
            if self._found < len(self.walk.references):
                self._found += 1
                self.follow(self.walk.references[self._found - 1])
            else:
                self._found_mappings += 1
                discriminator = self.walk.discriminators[self._found_mappings - 1]
                if "mapping" in discriminator:
                    self._follow_mapping(discriminator["mapping"], discriminator["mapping"])
                if _DEFAULT in discriminator:
                    self._follow_mapping(discriminator, {_DEFAULT: discriminator[_DEFAULT]})
        for reference in self.walk.references:
            self._settle(reference)

    def target(self, node: Map, key: str = "$ref") -> Map:
        """The object that a node stands for by its `$ref`; the node itself if it has none."""
        if key not in node:
            return node
        found = self._final.get((id(source_of(node)), key))
        return derived_map(node, {}) if found is None else found

    def dynamic_anchors(self) -> dict[str, dict[str, Map]]:
        """The schemas with a `$dynamicAnchor`: by the schema resource that they belong to, and it."""
        found = self.identities.dynamic_anchors()
        return {
            resource: {anchor: self._schema(schema) for anchor, schema in schemas.items()}
            for resource, schemas in found.items()
        }

    def resource(self, schema: Map) -> str:
        """The schema resource that a schema belongs to (JSON Schema Core 2020-12, section 4.3.5): its URI, or its file."""
        read = source_of(schema)
        home = home_of(read)
        base = self.identities.base_of(read) if isinstance(read, Map) else ""
        own = read.get("$id") if isinstance(read, Map) else None
        return joined(base, own) if isinstance(own, str) else base or (home.path if home else "")

    def mapped(self, mapping: Map) -> dict[str, Map]:
        """The schemas that the `mapping` of a discriminator names, by its keys; without those that lead nowhere."""
        found = self._mapped.get(id(source_of(mapping)), {})
        return {value: self._schema(schema) for value, schema in found.items()}

    def default(self, discriminator: Map) -> Map | None:
        """The schema that the `defaultMapping` of a discriminator names; None where it has none, or it leads nowhere."""
        found = self._mapped.get(id(source_of(discriminator)), {}).get(_DEFAULT)
        return None if found is None else self._schema(found)

    def _schema(self, found: Map) -> Map:
        return self.target(self.walk.read(found, "Schema"))

    def steps(self, node: Map, key: str = "$ref") -> Iterator[Map]:
        """Every object, as it was loaded, on the way from a node to what it stands for."""
        passed: set[int] = set()
        found = self._next.get((id(source_of(node)), key))
        while found is not None and id(found) not in passed:
            yield found
            passed.add(id(found))
            found = self._next.get((id(found), "$ref"))

    def mapped_ways(self, node: Map) -> Iterator[Iterator[Map]]:
        """As `steps`, of each way to a schema that a mapping, or the `defaultMapping` of a discriminator, names."""
        for schema in self._mapped.get(id(source_of(node)), {}).values():
            yield chain((schema,), self.steps(schema))

    def _follow_mapping(self, node: Map, names: Mapping[str, str]) -> None:
        """Finds the schemas that a mapping, or a discriminator, names, and says which lead nowhere."""
        found = self._mapped.setdefault(id(source_of(node)), {})
        for value, text in names.items():
            try:
                found[value] = self._schema_named(text, node)
            except (NotFoundError, Refused) as error:
                said = error.message if isinstance(error, NotFoundError) else error.problems[0].message
                left_out = isinstance(error, NotFoundError) and error.code == "ref-ignored"
                what = f"`{_DEFAULT}`" if value == _DEFAULT else f"The mapping of {quoted(value)}"
                self.walk.report(
                    "ref-ignored" if left_out else "ref-missing", node, value, f"{what} is ignored; {said}"
                )

    def _schema_named(self, text: str, mapping: Map) -> Map:
        """The schema, as it was loaded, that has a name among the components, or that a reference leads to."""
        try:
            pointer = f"/components/schemas/{escape(text)}"
            found = at_pointer(self.walk.root, pointer, text, self._through)
        except NotFoundError:
            found = self.find(text, mapping)
        if not isinstance(found, Map) or self.walk.read(found, "Schema") is LEFT_OUT:
            if found in self.walk.ignored:
                raise NotFoundError("ref-ignored", f"{quoted(text)} is left out.")
            raise NotFoundError("ref-kind", f"{quoted(text)} leads to no schema.")
        return found

    def follow(self, reference: Reference) -> None:
        """Finds the object that one reference names."""
        node, key = reference.node, reference.key
        if (id(node), key) in self._next:
            return
        try:
            found = self.find(node[key], node, reference.base)
            if found.__class__ is bool and reference.kind == "Schema":
                self._final[id(node), key] = _boolean(node, accepts=found)
            else:
                self._next[id(node), key] = self._of_kind(found, reference)
        except NotFoundError as error:
            self._tell(error, node, key, "" if reference.kind == "Schema" else _NOTHING_KNOWN)
            self._final[id(node), key] = derived_map(node, {})

    def resolve(self, node: Map, kind: str) -> Map | None:
        """What a `$ref` stands for, while the walk goes on; None where it leads nowhere, or back to itself."""
        passed: set[int] = set()
        while "$ref" in node:
            read = source_of(node)
            if not isinstance(read, Map) or id(read) in passed:
                return None
            self.follow(Reference(read, "$ref", kind, ""))
            found = self._next.get((id(read), "$ref"))
            if found is None:
                return None
            passed.add(id(read))
            node = self.walk.read(found, kind)
        return node

    def replaced(self, node: Map) -> Map | None:
        """What stands for an object, or for named values, with a `$ref` where none may stand: what that leads to.

        What is written beside the `$ref` counts, too. None where it leads nowhere, which is said.
        """
        text = quoted(node["$ref"])
        try:
            found = self._through(node)
        except NotFoundError as error:
            self._tell(error, node, "$ref", _LEFT_OUT)
            return None
        if not isinstance(found, Map):
            name = _NAMES.get(found.__class__, "a value")
            self.walk.report(
                "ref-kind", node, "$ref", f"{text} leads to {name}, not to an object; {_LEFT_OUT}."
            )
            return None
        self.walk.report(
            "ref-place", node, "$ref", f"No `$ref` may stand here; what {text} leads to is read."
        )
        beside = {key: value for key, value in node.items() if key != "$ref"}
        return edited(node, {**found, **beside}, {key: (found, key) for key in found}) if beside else found

    def _through(self, node: Map) -> Any:
        """The value, as it was loaded, at the end of the chain of `$ref`s that begins in an object."""
        if self._nested >= _MOST_NESTED:
            message = (
                f"{quoted(node['$ref'])} is behind {_MOST_NESTED} references that lead through one another."
            )
            raise NotFoundError("ref-missing", message)
        passed: dict[int, Map] = {}
        self._nested += 1
        try:
            found: Any = node
            while refers(found):
                if id(found) in self._passing:
                    begun = [*passed].index(id(found)) if id(found) in passed else len(passed)
                    circle = [*passed.values()][begun:] or [found]
                    message = in_a_circle([(each, "$ref") for each in circle])
                    raise NotFoundError("ref-cycle", message, circle=circle)
                self._passing.add(id(found))
                passed[id(found)] = found
                found = self.find(found["$ref"], found)
            return found
        finally:
            self._nested -= 1
            self._passing.difference_update(passed)

    def find(self, reference: str, node: Map, base: str = "") -> Any:
        """The value, as it was loaded, that a reference in `node` names; NotFoundError where it names none.

        What has the URI that is asked for is found by it, wherever it was read from; else a file is looked for beside
        the one that the reference is in, and not by the URI that this one gives itself.
        """
        location, _, fragment = reference.partition("#")
        home = home_of(node)
        if base or location:
            within = joined(base or (home.own_uri if home else ""), location) if location else base
            found = self.identities.at(within, "")
            if found is not None:
                return self._at(found, within, fragment, reference)
            if base and not location:
                raise NotFoundError("ref-missing", f"{quoted(reference)} leads nowhere in {quoted(base)}.")
            if home is not None:
                home = self.files.named.get(within) or self.files.beside(home, location, node.place("$ref"))
        if home is None:
            raise NotFoundError("ref-missing", f"There is no file {quoted(location)}.", _BESIDE)
        return self._at(home.content, home.path, fragment, reference)

    def _at(self, root: Any, within: str, fragment: str, reference: str) -> Any:
        known = self._pointed.get((id(root), fragment), LEFT_OUT)
        if known is not LEFT_OUT:
            return known
        named = decoded(fragment, reference)
        if not named or named.startswith("/"):
            found = self._pointed[id(root), fragment] = at_pointer(root, named, reference, self._through)
            return found
        found = self.identities.at(within, named)
        if found is not None:
            return found
        similar = f"Did you mean {quoted('#/' + named)}?" if "/" in named else None
        raise NotFoundError("ref-missing", f"There is no anchor {quoted(named)}.", similar)

    def _of_kind(self, found: Any, reference: Reference) -> Map:
        """The value as it was loaded, if it is or can be read as what the reference asks for."""
        if isinstance(found, Map) and self.walk.has_read(found, reference.kind):
            return found
        text = quoted(reference.node[reference.key])
        if not isinstance(found, Map):
            raise NotFoundError(
                "ref-kind", f"{text} leads to {_NAMES.get(found.__class__, 'a value')}, not to an object."
            )
        known = self.walk.kinds_of(found)
        if known and reference.kind not in known:
            name = (
                f"an object of the kind {known[0]}"
                if known[0]
                else "an object that only holds others by name"
            )
            raise NotFoundError(
                "ref-kind", f"{text} leads to {name}, where one of the kind {reference.kind} is needed."
            )
        if self.walk.read(found, reference.kind, self.identities.base_of(found)) is LEFT_OUT:
            if found in self.walk.ignored:
                raise NotFoundError("ref-ignored", f"{text} leads to what is left out.")
            raise NotFoundError(
                "ref-kind", f"{text} leads to an object that can't be used as {reference.kind}."
            )
        return found

    def _settle(self, reference: Reference) -> None:
        """Follows a chain of references to its end; each step of it then leads there at once."""
        node, key = reference.node, reference.key
        at = (id(node), key)
        steps: dict[tuple[int, str], tuple[Map, str]] = {at: (node, key)}
        while at not in self._final:
            read = self.walk.read(self._next[at], reference.kind)
            if "$ref" not in read:
                self._final[at] = read
                break
            at = (id(source_of(read)), "$ref")
            if at in steps:
                self._cycle([*steps.values()][[*steps].index(at) :])
                self._final[at] = derived_map(reference.node, {})
                break
            steps[at] = (read, "$ref")
        for each in steps:
            self._final[each] = self._final[at]

    def _cycle(self, circle: Sequence[tuple[Map, str]]) -> None:
        first = min(range(len(circle)), key=lambda number: circle[number][0].place(circle[number][1]))
        circle = [*circle[first:], *circle[:first]]
        self.walk.report("ref-cycle", *circle[0], in_a_circle(circle))

    def _tell(self, error: NotFoundError, node: Map, key: str, instead: str) -> None:
        """Reports a reference that leads nowhere; one that leads into a circle is told of the circle, and once.

        `instead` is what is done, where it is not what is always done for the code.
        """
        if not error.circle:
            message = f"{error.message.removesuffix('.')}; {instead}." if instead else error.message
            self.walk.report(error.code, node, key, message, error.hint(self.walk.spelling))
        elif self._circling.isdisjoint(map(id, error.circle)):
            self._circling.update(map(id, error.circle))
            self._cycle([(each, "$ref") for each in error.circle])


_BESIDE: Final = "Check the path: it starts at the folder of the file that the `$ref` is in."
_LEFT_OUT: Final = "it is left out"
_NOTHING_KNOWN: Final = "nothing is known of what it stands for"

_NAMES: Final[Mapping[type, str]] = {Seq: "a list", str: "text", bool: "a boolean", type(None): "null"}


def _boolean(node: Map, *, accepts: bool) -> Map:
    return derived_map(node, {} if accepts else {"not": derived_map(node, {})})
