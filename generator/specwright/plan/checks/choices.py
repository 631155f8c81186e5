"""What choices demand: by the type of a value, by a property that tells members apart, else by trying them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Literal

from specwright.plan.checks.fusing import DEMANDS_NOTHING
from specwright.plan.checks.secrets import secret
from specwright.plan.ir import Checks, ChoiceChecks, MarkedChoice, TagChecks, TypedChoice
from specwright.plan.keywords import is_constant, is_nothing, json_type, listed, listed_types, plain
from specwright.runtime.values import among

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specwright.plan.checks.reader import Reader
    from specwright.plan.checks.where import Where
    from specwright.plan.ir import Json, JsonType
    from specwright.plan.keywords import Node, Schema

ALL_TYPES: Final[frozenset[JsonType]] = frozenset(
    {"array", "boolean", "null", "number", "object", "string"}
)  # every integer is a number
OPTION: Final = "one of several alternatives"


def constants(part: Schema) -> tuple[str, tuple[Any, ...]] | None:
    """Of a choice that is one among different constants, and nothing else: its keyword, and these."""
    if "const" in part or "enum" in part:
        return None
    for keyword in ("oneOf", "anyOf"):
        members = part.get(keyword, ())
        if members and all(is_constant(member) and _is_of_its_type(member) for member in members):
            values = [plain(member["const"]) for member in members]
            if keyword == "anyOf" or not any(among(value, values[:at]) for at, value in enumerate(values)):
                return keyword, tuple(values)
    return None


def _is_of_its_type(constant: Schema) -> bool:
    """Whether the value of a constant is of the type beside it; of `1.0`, which may be an integer, that is not told."""
    types = listed_types(constant)
    kind = json_type(constant["const"])
    return types is None or kind in types or (kind == "integer" and "number" in types)


def checks(reader: Reader, part: Schema, schema: Schema, where: Where) -> Iterator[Checks]:
    """What the choices of one schema object demand; `schema` is the one that it is a part of."""
    listed_ = constants(part)
    keywords: tuple[Literal["anyOf", "oneOf"], ...] = ("anyOf", "oneOf")
    for keyword in keywords:
        if keyword not in part or (listed_ is not None and listed_[0] == keyword):
            continue
        members, fragment = reader.side.members(schema, keyword, part[keyword])
        if members:
            found = _choice(reader, keyword, members, replace(where, fragment=fragment or where.fragment))
            yield secret(found) if any(_is_secret(reader, node, where) for node in members) else found


def _is_secret(reader: Reader, node: Node, where: Where) -> bool:
    """Whether a value of a member is a secret: by another member, no more may be told of it."""
    schema, _ = reader.behind(node, where.scope)
    return schema.get("format") == "password" or reader.side.marked(node, "writeOnly")


def _choice(
    reader: Reader, keyword: Literal["anyOf", "oneOf"], members: Sequence[Node], where: Where
) -> Checks:
    typed = [(node, own) for node in members if (own := types_of(reader, node, where))]
    possible, kinds = [node for node, _ in typed], [own for _, own in typed]
    groups = _apart(kinds)
    if len(possible) < len(members) and len(groups) < 2:  # noqa: PLR2004 -- what no value is of, is told of as it is
        return _tried(reader, keyword, members, where)
    alternatives: list[tuple[tuple[JsonType, ...], Checks]] = []
    for group in groups:
        types: frozenset[JsonType] = frozenset[Any]().union(*(kinds[at] for at in group))
        nodes = [possible[at] for at in group]
        if len(nodes) == 1:
            checks_ = reader.of(nodes[0], where.below())
        else:
            checks_ = _of_one_type(reader, keyword, nodes, types, where)
        alternatives.append((_told(types, checks_), checks_))
    if len(alternatives) == 1:
        return alternatives[0][1]
    return Checks(typed=TypedChoice(tuple(alternatives)))


def _told(types: frozenset[JsonType], checks_: Checks) -> tuple[JsonType, ...]:
    """The types of an alternative, as messages list them."""
    if types == NUMBERS and checks_.types == ("integer",):
        return ("integer",)
    return tuple(kind for kind in ORDER if kind in types)


OBJECTS: Final[frozenset[JsonType]] = frozenset({"object"})
NUMBERS: Final[frozenset[JsonType]] = frozenset({"number"})
ORDER: Final[tuple[JsonType, ...]] = ("object", "array", "string", "number", "boolean", "null")


def _apart(kinds: Sequence[frozenset[JsonType]]) -> list[list[int]]:
    """The members, by their positions, in groups that have no type in common."""
    groups: list[tuple[frozenset[JsonType], list[int]]] = []
    for position, types in enumerate(kinds):
        touching = [group for group in groups if group[0] & types]
        members = sorted([position, *(at for group in touching for at in group[1])])
        joined = types.union(*(group[0] for group in touching))
        groups = [group for group in groups if group not in touching] + [(joined, members)]
    return [members for _, members in sorted(groups, key=lambda group: group[1])]


def _of_one_type(
    reader: Reader,
    keyword: Literal["anyOf", "oneOf"],
    nodes: Sequence[Node],
    types: frozenset[JsonType],
    where: Where,
) -> Checks:
    if types == OBJECTS:
        tags = _tags(reader, nodes, where)
        if tags is not None:
            return Checks(types=("object",), tagged=tags)
        marked = _marks(reader, keyword, nodes, where)
        if marked is not None:
            return Checks(types=("object",), marked=marked)
    return _tried(reader, keyword, nodes, where)


def _tried(reader: Reader, keyword: Literal["anyOf", "oneOf"], nodes: Sequence[Node], where: Where) -> Checks:
    tried = tuple(reader.tried(node, where, OPTION) for node in nodes)
    if keyword == "oneOf" and _grow(reader, nodes):
        keyword = "anyOf"  # of members to which a server may add, more fit than do
    if keyword == "anyOf" and DEMANDS_NOTHING in tried:
        return DEMANDS_NOTHING
    return Checks(choices=(ChoiceChecks(keyword, tried),))


def _grow(reader: Reader, nodes: Sequence[Node]) -> bool:
    """Whether a server may add to what members list."""
    return reader.side.direction == "response" and any(map(reader.side.strays, nodes))


def _marks(
    reader: Reader, keyword: Literal["anyOf", "oneOf"], nodes: Sequence[Node], where: Where
) -> MarkedChoice | None:
    """The property that each member must have, and no other may; one of them may be without."""
    allowed = [_allowed(reader, node, where) for node in nodes]
    alternatives: list[tuple[str, str]] = []
    otherwise: str | None = None
    for at, node in enumerate(nodes):
        others = [names for position, names in enumerate(allowed) if position != at]
        own = (
            name for name in _demanded(reader, node, where) if all(_lacks(names, name) for names in others)
        )
        mark = next(own, None)
        if mark is None and otherwise is not None:
            return None
        function = reader.called(node, where, OPTION)
        if mark is None:
            otherwise = function
        else:
            alternatives.append((mark, function))
    return MarkedChoice(keyword, tuple(alternatives), otherwise)


def _lacks(names: frozenset[str] | None, name: str) -> bool:
    return names is not None and name not in names


def _demanded(reader: Reader, node: Node, where: Where) -> Iterator[str]:
    """The properties that a member must have, in their order; what the other side sends is not asked for."""
    schema, scope = reader.behind(node, where.scope)
    demanded = reader.side.demanded(schema, where)
    for part, _ in reader.parts(schema, scope):
        yield from filter(demanded, part.get("required", ()))


def _allowed(reader: Reader, node: Node, where: Where) -> frozenset[str] | None:
    """The properties that a member may have; None where it may have any."""
    schema, scope = reader.behind(node, where.scope)
    closed = reader.side.closed(schema, where)
    if closed is not None:
        return frozenset(closed.seen.names)
    for part, _ in reader.parts(schema, scope):
        if is_nothing(part.get("additionalProperties", True)) and "patternProperties" not in part:
            return frozenset(part.get("properties", ()))
    return None


def _tags(reader: Reader, nodes: Sequence[Node], where: Where) -> TagChecks | None:
    """The property for which each member demands values of its own."""
    required = [[*_demanded(reader, node, where)] for node in nodes]
    if _grow(reader, nodes):
        return None
    for tag in required[0]:
        if not all(tag in names for names in required):
            continue
        values = [_listed(reader, node, tag, where) for node in nodes]
        every: list[Json] = [value for own in values for value in own]
        if all(values) and not any(among(value, every[:at]) for at, value in enumerate(every)):
            functions = (reader.called(node, where, OPTION) for node in nodes)
            return TagChecks(
                tag, tuple((tuple(own), called) for own, called in zip(values, functions, strict=True)), None
            )
    return None


def _listed(reader: Reader, node: Node, tag: str, where: Where) -> list[Any]:
    """The values that a member lists for a property, if they are all of the kinds that tell members apart."""
    schema, scope = reader.behind(node, where.scope)
    for part, inner in reader.parts(schema, scope):
        if tag in part.get("properties", {}):
            inside, _ = reader.behind(part["properties"][tag], inner)
            values = listed(inside)
            if set(map(type, values)) in ({str}, {int}):
                return values
    return []


def types_of(reader: Reader, node: Node, where: Where) -> frozenset[JsonType]:
    """The JSON types that values of a schema may be of, as far as its keywords tell.

    Each schema is looked at once: members that lead to the same ones do so in more ways than can be followed.
    """
    schema, scope = reader.behind(node, where.scope)
    if is_nothing(schema):
        return frozenset()
    known, key = reader.types, (id(schema), scope)
    if key not in known:
        known[key] = schema, ALL_TYPES  # of what leads back to itself
        known[key] = schema, _types_of(reader, schema, replace(where, scope=scope))
    return known[key][1]


def _types_of(reader: Reader, schema: Schema, where: Where) -> frozenset[JsonType]:
    types = ALL_TYPES
    for part, inner in reader.parts(schema, where.scope):
        if is_nothing(part):
            return frozenset()
        here = replace(where, scope=inner)
        types &= _own_types(part)
        for keyword in ("anyOf", "oneOf"):
            if keyword in part:
                members = (types_of(reader, member, here) for member in part[keyword])
                types &= frozenset[Any]().union(*members)
    return types


def _own_types(part: Schema) -> frozenset[JsonType]:
    types = ALL_TYPES
    if "type" in part:
        types &= set(map(_number_if_integer, listed_types(part) or ()))
    if "enum" in part or "const" in part:
        types &= {_number_if_integer(json_type(value)) for value in listed(part)}
    return types


def _number_if_integer(kind: JsonType) -> JsonType:
    return "number" if kind == "integer" else kind
