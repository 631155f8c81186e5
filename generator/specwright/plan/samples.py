"""Example values: what a call passes in the README and in docstrings, and what it is answered there."""

from __future__ import annotations

from itertools import islice
from math import ceil, floor
from typing import TYPE_CHECKING, Any, Final

from specwright.plan.fitting import Fitting, tags
from specwright.plan.keywords import demanded_types, discriminator, listed_types, plain
from specwright.plan.paths import PLACES, parameter_schema
from specwright.plan.patterns.instances import texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specwright.document import Map
    from specwright.plan.ir import Argument, Direction, Json
    from specwright.plan.keywords import Node, Schema
    from specwright.plan.paths import Found
    from specwright.plan.views import Views

BY_FORMAT: Final[Mapping[str, str]] = {
    "byte": "aGVsbG8=",
    "date": "2026-01-31",
    "date-time": "2026-01-31T12:00:00Z",
    "duration": "PT1H",
    "email": "someone@example.com",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "json-pointer": "/name",
    "time": "12:00:00Z",
    "uri": "https://example.com/",
    "uuid": "11111111-2222-4333-8444-555555555555",
}
"""A string of that `format`."""

DEEPEST: Final = 6
"""How many levels of a sample are filled; schemas may be recursive."""
_TRIED: Final = 40
"""Values that are tried for a schema: if none of them fits, the first is taken."""
_MOST_ITEMS: Final = 20
_PADDED: Final = 10_000
"""The longest text that is made by making one longer."""


def call(views: Views, found: Found, arguments: Iterable[Argument]) -> dict[str, Json]:
    """A value, as it goes on the wire, for each argument that a call of the operation needs, by the argument's name."""
    return Samples(views, "request").call(found, arguments)


def of(views: Views, node: Node) -> Json:
    """A value that a schema describes."""
    return Samples(views, "request").of(node)


def answer(views: Views, node: Node) -> Json:
    """A value that a schema describes, as a server sends it."""
    return Samples(views, "response").of(node)


class Samples:
    """Makes values for one direction."""

    def __init__(self, views: Views, direction: Direction) -> None:
        self._views = views
        self._fitting = Fitting(views, direction)

    def call(self, found: Found, arguments: Iterable[Argument]) -> dict[str, Json]:
        """A value for each argument that a call needs."""
        parameters = {
            (PLACES[parameter["in"]], parameter["name"]): parameter for parameter in found.parameters
        }
        values: dict[str, Json] = {}
        arguments = tuple(arguments)
        for argument in arguments:
            if not argument.required:
                continue
            parameter = parameters.get((argument.location, argument.wire))
            if parameter is not None:
                values[argument.name] = self._of_parameter(parameter)
            elif found.body is not None and argument.name == "body":  # which no property of it is called
                values[argument.name] = self._of_body(found)
            elif found.body is not None and found.body.schema is not None:
                whole: Any = plain(found.body.example[0]) if found.body.example else {}
                shown: list[Any] = (
                    [whole[argument.wire]] if isinstance(whole, dict) and argument.wire in whole else []
                )
                node = self._views.merged(found.body.schema)["properties"][argument.wire]
                values[argument.name] = self.of(node, argument.wire, shown=shown)
        return values | self._more(found, arguments, values)

    def _more(
        self, found: Found, arguments: Iterable[Argument], values: Mapping[str, Json]
    ) -> dict[str, Json]:
        """The properties of a flattened body, where those that are required are not all that it needs."""
        parts = {item.wire: item.name for item in arguments if item.location == "body" and item.wire}
        given = {wire: values[name] for wire, name in parts.items() if name in values}
        body = found.body
        if body is None or body.schema is None or not parts or not (given or found.body_required):
            return {}
        if self._fitting.fits(body.schema, given):
            return {}
        whole = self._of_body(found)
        if not isinstance(whole, dict) or not self._fitting.fits(body.schema, whole):
            return {}
        return {parts[wire]: value for wire, value in whole.items() if wire in parts}

    def _of_body(self, found: Found) -> Json:
        body = found.body
        if body is None or body.schema is None:
            return plain(body.example[0]) if body is not None and body.example else "text"
        return self.of(body.schema, shown=body.example)

    def _of_parameter(self, parameter: Map) -> Json:
        shown = [parameter["example"]] if "example" in parameter else []
        shown += [
            example["value"] for example in parameter.get("examples", {}).values() if "value" in example
        ]
        node = parameter_schema(parameter)
        if parameter["in"] == "path" and "object" in demanded_types(self._views.merged(node)):
            node = {"allOf": [node, {"minProperties": 1}]}  # nothing would make it another path
        return self.of(node, parameter["name"], shown=shown)

    def of(self, node: Node, word: str = "text", depth: int = 0, shown: Iterable[Any] = ()) -> Json:
        """A value of a schema: what is `shown`, its examples, its choices, else one made of what it asks for.

        The first that fits; where none does, which is where a document contradicts itself or is beyond what is tried
        here, the first of all.
        """
        merged = self._views.merged(node)
        first: list[Json] = []
        for value in islice(self._tried(node, merged, word, depth, shown), _TRIED):
            if self._fitting.fits(node, value):
                return value
            first = first or [value]
        return first[0] if first else None

    def _tried(
        self, node: Node, merged: Schema, word: str, depth: int, shown: Iterable[Any]
    ) -> Iterator[Json]:
        for value in map(plain, shown):
            yield self._pruned(node, value)
        said = [*merged.get("examples", ())[:3], *merged.get("enum", ())[:3]]
        said += [merged[keyword] for keyword in ("example", "const", "default") if keyword in merged]
        for value in map(plain, said):
            yield self._pruned(node, value)
        if depth < DEEPEST:
            yield from self._alternatives(node, merged, word, depth)
        kinds = [kind for kind in demanded_types(merged) if kind != "null"]
        for kind in kinds or (("null",) if listed_types(merged) else ("string", "object")):
            yield from self._made(kind, merged, word, depth)

    def _pruned(self, node: Node, value: Json) -> Json:
        """An example without the members that this direction does not send, which documents often show."""
        merged = self._views.merged(node)
        if isinstance(value, list):
            return [self._pruned(merged.get("items", True), item) for item in value]
        properties: Mapping[str, Node] = merged.get("properties", {})
        if not isinstance(value, dict) or not properties:
            return value
        declared = self._fitting.declared(merged)
        return {
            wire: self._pruned(declared.get(wire, True), item)
            for wire, item in value.items()
            if wire in declared or wire not in properties
        }

    def _alternatives(self, node: Node, merged: Schema, word: str, depth: int) -> Iterator[Json]:
        said = discriminator(merged)
        for tag, member in tags(merged).items():
            value = self.of(member, word, depth + 1)
            if said is not None and isinstance(value, dict):
                yield {**value, said["propertyName"]: tag}
        for one in self._views.alternatives(node):
            yield self.of(one.schema, word, depth + 1)
        for keyword in ("oneOf", "anyOf"):  # with what stands beside it
            beside = {key: value for key, value in merged.items() if key != keyword}
            for member in merged.get(keyword, ()):
                if self._views.merged(member) is not merged:
                    yield self.of({"allOf": [beside, member]} if beside else member, word, depth + 1)

    def _made(self, kind: str, merged: Schema, word: str, depth: int) -> Iterator[Json]:
        match kind:
            case "object":
                yield self._object(merged, depth, least=True)
                yield self._object(merged, depth, least=False)
            case "array":
                yield self._array(merged, word, depth)
            case "string":
                yield from _strings(merged, word)
            case "boolean":
                yield from (True, False)
            case "null":
                yield None
            case _:
                yield from _numbers(merged, kind)

    def _object(self, merged: Schema, depth: int, *, least: bool) -> dict[str, Json]:
        """What is required, and as many other members as there must be; or with all of them."""
        if depth >= DEEPEST:
            return {}
        declared = self._fitting.declared(merged)
        required = merged.get("required", ())
        made = {wire: self.of(node, wire, depth + 1) for wire, node in declared.items() if wire in required}
        fewest = merged.get("minProperties", 0) if least else len(declared)
        for wire, node in declared.items():
            if len(made) < fewest and wire not in made:
                made[wire] = self.of(node, wire, depth + 1)
        others = merged.get("additionalProperties", True)
        for number in range(min(merged.get("minProperties", 0) - len(made), _MOST_ITEMS)):
            name = next(self._names(merged, number), f"name{number or ''}")
            made[name] = self.of(others, "text", depth + 1)
        return made

    @staticmethod
    def _names(merged: Schema, number: int) -> Iterator[str]:
        names: Node = merged.get("propertyNames", True)
        if not isinstance(names, bool):
            yield from names.get("enum", ())[number : number + 1]

    def _array(self, merged: Schema, word: str, depth: int) -> list[Json]:
        if depth >= DEEPEST:
            return []
        first = merged.get("prefixItems", ())
        least = min(max(merged.get("minItems", 1), 1), merged.get("maxItems", _MOST_ITEMS), _MOST_ITEMS)
        items: list[Json] = [self.of(node, word, depth + 1) for node in first]
        node = merged.get("items", True)
        alone = bool(merged.get("uniqueItems"))
        while len(items) < least:
            shown = self._others(node, items, word) if alone and items else ()
            items.append(self.of(node, word, depth + 1, shown=shown))
        return items

    def _others(self, node: Node, items: list[Json], word: str) -> Iterator[Json]:
        """Values that are not among the items."""
        listed = self._views.merged(node).get("enum", ())
        number = len(items) + 1
        yield from (value for value in [*listed, f"{word}{number}", number] if value not in items)


def _strings(merged: Schema, word: str) -> Iterator[str]:
    least, most = merged.get("minLength", 0), merged.get("maxLength")
    usual = BY_FORMAT.get(merged.get("format", ""), word)
    yield usual.ljust(min(least, _PADDED), "x")[:most]
    if usual is not word:
        yield word
    if "pattern" in merged:
        yield from texts(merged["pattern"])
    yield from BY_FORMAT.values()


def _numbers(merged: Schema, kind: str) -> Iterator[float]:
    usual: float = 1 if kind == "integer" else 1.5
    unit = merged.get("multipleOf", 0)
    low = merged.get("minimum", merged.get("exclusiveMinimum"))
    high = merged.get("maximum", merged.get("exclusiveMaximum"))
    yield usual
    yield from (end for end in (low, high) if end is not None)
    yield from (end + step for end, step in ((low, 1), (high, -1)) if end is not None)
    if low is not None and high is not None:
        yield (low + high) / 2
    if unit > 0:
        yield unit
        yield from (unit * turn(end / unit) for end, turn in ((low, ceil), (high, floor)) if end is not None)
        yield from (unit * (ceil(end / unit) + 1) for end in (low,) if end is not None)
    yield 0
