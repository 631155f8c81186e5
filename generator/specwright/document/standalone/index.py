"""Schemas by the names that they have: the resources that documents hold, with their URIs and anchors (Core, section 8.2)."""

from __future__ import annotations

import contextlib
import dataclasses
from collections import Counter
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote, uses_relative

from specwright.document.identities import joined
from specwright.document.kinds import Choice, Kind, ListOf, MapOf, ObjectOf
from specwright.document.pointers import NotFoundError, at_pointer
from specwright.document.standalone.copies import is_object, place_at
from specwright.document.standalone.dialects import NAMES, Dialects
from specwright.document.tree import Map, Seq
from specwright.document.upgrade.drafts import CURRENT, RECURSIVE
from specwright.problems import Refused, problem, quoted, strict
from specwright.spelling import Spelling

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.document.standalone.copies import Copies
    from specwright.document.standalone.dialects import Dialect


Subschema: TypeAlias = Map | bool


@dataclasses.dataclass(slots=True, eq=False)
class Resource:
    """A schema with a URI of its own, and what is in it up to the next such (section 4.3.5)."""

    root: Subschema
    uri: str
    """The base of the references in it; "" for one that nobody named."""
    dialect: Dialect
    key: str = ""
    """As `uri`, or another text where that is another resource's key."""
    anchors: dict[str, Map] = dataclasses.field(default_factory=dict[str, Map])
    dynamic: dict[str, Map] = dataclasses.field(default_factory=dict[str, Map])
    """Those of the anchors that are dynamic."""


class Index:
    """Where every schema is, and what every name means; documents are opened when they are asked for."""

    def __init__(self, copies: Copies, resources: Mapping[str, object], *, formats: bool) -> None:
        self.copies = copies
        self._closed = {uri.partition("#")[0]: (uri, content) for uri, content in resources.items()}
        self._dialects = Dialects(self._content, formats=formats)
        self._default: Dialect | None = None
        self._by_uri: dict[str, Resource] = {}
        self._called: Counter[str] = Counter()
        """How many resources have each URI."""
        self._in: dict[int, Resource] = {}
        """The resource of each object that is known to be a schema."""
        self._ambiguous: set[tuple[str, str]] = set()
        """URIs and anchors that two schemas which differ have for themselves."""

    def root(self, schema: object, dialect: str, base_uri: str) -> Subschema:
        """The copy of the schema that all begins with; NotFoundError where its dialect is not known."""
        self._default = self._dialects.named(NAMES.get(dialect, dialect))
        return self._opened(schema, "", base_uri.partition("#")[0], self._default).root

    def resource(self, schema: Map) -> Resource:
        """The resource that a schema is in; a value in a place where none is looked for becomes a schema by this."""
        if id(schema) not in self._in:
            above = self.copies.parent(schema)
            while id(above) not in self._in and above is not None:
                above = self.copies.parent(above)
            if above is None:
                raise NotFoundError("ref-kind", "There is no schema around it.")
            self._enter(schema, self._in[id(above)])
        return self._in[id(schema)]

    def is_foreign(self, schema: Map) -> bool:
        """Whether a part of a resource says that it is of another draft than the resource, which no part can be."""
        resource = self.resource(schema)
        named = schema.get("$schema")
        if resource.root is schema or not isinstance(named, str):
            return False
        try:
            return self._dialects.named(named).draft is not resource.dialect.draft
        except NotFoundError:
            return True

    def find(self, schema: Map, reference: str) -> tuple[Subschema, str | None]:
        """What a reference in a schema leads to, and its name if it was found by a dynamic anchor; else NotFoundError."""
        location, _, fragment = reference.partition("#")
        within = self.resource(schema)
        if location:
            within = self._at(resolved(within.uri, location), reference)
        name = unquote(fragment)
        if name and not name.startswith("/"):
            return self._anchored(within, name, reference)
        found = at_pointer(within.root, name, reference)
        if not isinstance(found, Map | bool):
            raise NotFoundError("ref-kind", f"{quoted(reference)} leads to what is no schema.")
        return found, None

    def recursive(self, schema: Map) -> tuple[Subschema, str | None]:
        """What `"$recursiveRef": "#"` leads to, as `find` has it (JSON Schema Core 2019-09, section 8.2.4.2)."""
        within = self.resource(schema)
        return within.root, RECURSIVE if RECURSIVE in within.dynamic else None

    def _at(self, uri: str, reference: str) -> Resource:
        if uri in self._closed or uri not in self._by_uri:
            self._open(uri)
        if uri not in self._by_uri:
            for other in list(self._closed):
                with contextlib.suppress(Refused):  # what nobody refers to may be as wrong as it likes
                    self._open(other)
        found = self._by_uri.get(uri)
        if found is None:
            hint = "Nothing is fetched: give it in `resources`, under its URI."
            raise NotFoundError("ref-missing", f"{quoted(reference)} leads to no schema that is known.", hint)
        self._alone(uri, "", reference)
        return found

    def _anchored(self, within: Resource, name: str, reference: str) -> tuple[Map, str | None]:
        if name not in within.anchors:
            raise NotFoundError(
                "ref-missing", f"{quoted(reference)} leads nowhere: there is no anchor {quoted(name)}."
            )
        self._alone(within.key, name, reference)
        return within.anchors[name], name if name in within.dynamic else None

    def _alone(self, within: str, name: str, reference: str) -> None:
        if (within, name) in self._ambiguous:
            raise NotFoundError("ref-missing", f"{quoted(reference)} is the name of two schemas that differ.")

    def _open(self, uri: str) -> None:
        """Opens the document with a URI, if there is one."""
        if uri in self._closed:
            name, content = self._closed.pop(uri)
            self._opened(content, name, uri, self._default)
        elif (official := _official(uri)) is not None:
            self._opened(official, uri, uri, self._default)

    def _opened(self, content: object, name: str, uri: str, dialect: Dialect | None) -> Resource:
        copy = self.copies.copy(content, name)
        if not isinstance(copy, Map | bool):
            message = "A schema is an object or a boolean, and this is neither."
            raise Refused(strict([problem("wrong-type", place_at(name), message, "")]))
        found = Resource(copy, uri, dialect or self._dialects.named(CURRENT.uri))
        if isinstance(copy, Map):
            self._enter(copy, found)
        else:
            self._register(found)
        self._by_uri.setdefault(uri, found)
        return found

    def _enter(self, schema: Map, outer: Resource) -> None:
        """Takes in a schema and those that are in it; `outer` is what holds it, or its own where it is a document."""
        resource = self._identified(schema, outer)
        self._in[id(schema)] = resource
        fields = resource.dialect.counting(schema)
        for keyword, value in schema.items():
            if keyword in fields:
                for inner in _schemas_in(value, fields[keyword]):
                    if id(inner) not in self._in:
                        self._enter(inner, resource)

    def _identified(self, schema: Map, outer: Resource) -> Resource:
        """The resource that a schema is in by what it says of itself; keeps its names."""
        is_root = outer.root is schema
        dialect = outer.dialect
        named = schema.get("$schema")
        if isinstance(named, str) and (is_root or "$id" in schema or "id" in schema):
            dialect = self._dialect(named, schema)
        location, anchor = dialect.draft.identity(schema)
        uri = resolved(outer.uri, location) if location else outer.uri
        resource = outer if is_root or uri == outer.uri else Resource(schema, uri, dialect)
        if is_root:
            resource.uri, resource.dialect = uri, dialect
        if resource.root is schema:
            self._register(resource)
            unheard = schema.get(dialect.draft.identifier)
            if dialect.draft.is_old and "$ref" in schema and isinstance(unheard, str):
                # Strictly it counts for nothing; as a name, and no base, it does no harm.
                self._by_uri.setdefault(resolved(uri, unheard), resource)
        self._keep_anchors(resource, schema, anchor)
        return resource

    def _register(self, resource: Resource) -> None:
        same = self._by_uri.setdefault(resource.uri, resource)
        if same is not resource and same.root != resource.root:
            self._ambiguous.add((resource.uri, ""))
        self._called[resource.uri] += 1
        count = self._called[resource.uri]
        resource.key = resource.uri if count == 1 else f"{resource.uri}#{count}"

    def _keep_anchors(self, resource: Resource, schema: Map, anchor: str) -> None:
        fields = resource.dialect.counting(schema)
        anchors = [anchor] if anchor else []
        for keyword in ("$anchor", "$dynamicAnchor"):
            own = schema.get(keyword)
            if keyword in fields and isinstance(own, str):
                anchors.append(own)
                if keyword == "$dynamicAnchor":
                    resource.dynamic.setdefault(own, schema)
        for name in anchors:
            if resource.anchors.setdefault(name, schema) != schema:
                self._ambiguous.add((resource.key, name))
        if resource.root is schema and RECURSIVE in fields and schema.get(RECURSIVE) is True:
            resource.dynamic[RECURSIVE] = schema

    def _dialect(self, named: str, schema: Map) -> Dialect:
        try:
            return self._dialects.named(named)
        except NotFoundError as error:
            place = self.copies.place(schema, "$schema")
            raise Refused(
                strict([problem(error.code, place, error.message, error.hint(Spelling()))])
            ) from None

    def _content(self, uri: str) -> Any:
        """What was given under a URI, or calls itself so; None where there is none."""
        if uri in self._closed:
            return self._closed[uri][1]
        known = self._by_uri.get(uri)
        if known is not None:
            return known.root
        contents: Iterator[Any] = (content for _, content in self._closed.values())
        return next((content for content in contents if _calls_itself(content, uri)), None)


def _calls_itself(content: Any, uri: str) -> bool:
    return is_object(content) and content.get("$id") in {uri, f"{uri}#"}


def resolved(base: str, reference: str) -> str:
    """A URI reference against its base (RFC 3986, section 5), without its fragment, whatever the scheme of the base."""
    scheme, colon, rest = base.partition(":")
    if not colon or scheme in uses_relative:
        return joined(base, reference)
    found = joined(f"http:{rest}", reference)  # the library joins only what has a scheme that it knows
    return f"{scheme}:{found.removeprefix('http:')}" if found.startswith("http:") else found


def _schemas_in(value: Any, kind: Kind) -> Iterator[Map]:
    """The schemas, as objects, that the value of a keyword holds; what has another shape is passed over."""
    match kind:
        case ObjectOf() if isinstance(value, Map):
            yield value
        case ListOf(item) if isinstance(value, Seq):
            for each in value:
                yield from _schemas_in(each, item.kind)
        case MapOf(item) if isinstance(value, Map):
            for each in value.values():
                yield from _schemas_in(each, item.kind)
        case Choice(options):
            option = next((option for option in options if value.__class__ in option.classes), None)
            if option is not None:
                yield from _schemas_in(value, option)
        case _:
            return


def _official(uri: str) -> Any:
    """The meta-schema, or the part of one, with a URI; None if that is none."""
    import jsonschema_specifications as official  # type: ignore[import-untyped] # noqa: PLC0415 - it reads all of them

    registry: Any = official.REGISTRY
    found = registry.get(uri)
    return None if found is None else found.contents
