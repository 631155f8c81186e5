"""What is said of a choice: by the type of the value, by its tag, or by trying each alternative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.emit.checks import values
from specwright.emit.checks.conditions import condition
from specwright.emit.checks.spots import Spot, is_of, shown
from specwright.emit.checks.statements import REFUSED, If, guarded, operand
from specwright.emit.code import code, join, literal, name
from specwright.plan.ir import Checks
from specwright.runtime.issues import step as escaped_step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specwright.emit.checks.statements import Body
    from specwright.emit.code import Code
    from specwright.plan.ir import ChoiceChecks, Json, JsonType, MarkedChoice, TagChecks, TypedChoice


def branches(said: Sequence[tuple[Code, Code, Body]], wrong: Code) -> Body:
    """A branch for each alternative that has more to be said of, and what is wrong where none is met.

    Each comes with the condition that it is met, with that it is not, and with what is said then.
    """
    loud = [one for one in said if one[2]]
    silent = [absent for _, absent, body in said if not body]
    last: Body = (wrong,)
    if silent:
        last = (If(join(" and ", map(operand, silent)), last),)
    if len(said) == 1 and loud:
        ((_, absent, body),) = loud
        return (If(absent, last, body),)
    for there, _, body in reversed(loud):
        last = (If(there, body, last),)
    return last


def by_type(choice: TypedChoice, checks: Checks, spot: Spot) -> Body:
    """What is said of a value by its type."""
    nothing = [one for types, one in choice.alternatives if types == ("null",) == one.types]
    others = [one for types, one in choice.alternatives if types != ("null",)]
    if len(others) == 1 and nothing and not values.of_value(nothing[0], spot, "null"):
        return guarded(is_of("null", spot.item, holds=False), values.of_value(others[0], spot))
    said = [
        (
            join(" or ", (is_of(kind, spot.item) for kind in types)),
            join(" and ", (is_of(kind, spot.item, holds=False) for kind in types)),
            values.of_value(part, spot, _known(types, part)),
        )
        for types, part in choice.alternatives
    ]
    types = literal(" or ".join(kind for own, _ in choice.alternatives for kind in own))
    return branches(said, spot.wrong(code("expected({}, {}, {})", spot.at, types, shown(checks, spot))))


def _known(types: tuple[JsonType, ...], part: Checks) -> JsonType | None:
    return types[0] if len(types) == 1 and part.types == types else None


def by_tag(tagged: TagChecks, checks: Checks, spot: Spot) -> Body:
    """The call of the validator that the tag of an object names."""
    key, step = literal(tagged.tag), "/" + escaped_step(tagged.tag)
    value = code("{}[{}]", spot.item, key)
    there = value if tagged.otherwise is None else code("{}.get({})", spot.item, key)
    if tagged.otherwise is not None:
        last: Body = values.called(tagged.otherwise, checks, spot)
    else:
        listed = literal(tuple(value for own, _ in tagged.functions for value in own))
        part = spot.below(value, step)
        last = (spot.wrong(code("unlisted({}, {}, {})", part.at, listed, shown(checks, part))),)
    said = [
        (_is_tag(there, own), values.called(function, checks, spot)) for own, function in tagged.functions
    ]
    if len(said) > _MOST_NESTED:
        # One by one: compilers follow `elif` no deeper than they can.
        known = literal(tuple(value for own, _ in tagged.functions for value in own))
        rest: Body = (If(code("{} not in {}", there, known), last),)
        last = (*(If(test, then) for test, then in said), *rest)
    else:
        for test, then in reversed(said):
            last = (If(test, then, last),)
    if tagged.otherwise is None:
        missing = spot.wrong(code("missing({}, {})", spot.at, key))
        last = (If(code("{} not in {}", key, spot.item), (missing,), last),)
    return last


_MOST_NESTED = 50


def _is_tag(there: Code, values_: tuple[Json, ...]) -> Code:
    """Whether a tag is one of several values; true and false are told by identity."""
    tests = [code("{} is {}", there, literal(value)) for value in values_ if isinstance(value, bool)]
    others = tuple(value for value in values_ if not isinstance(value, bool))
    if others:
        tests.append(
            code(
                "{} == {}" if len(others) == 1 else "{} in {}",
                there,
                literal(others[0] if len(others) == 1 else others),
            )
        )
    return join(" or ", tests)


def by_property(choice: MarkedChoice, checks: Checks, spot: Spot) -> Body:
    """The call of the validator that a property of an object asks for."""
    if choice.otherwise is not None:
        last: Body = values.called(choice.otherwise, checks, spot)
    else:
        words = literal("; ".join(f'with "{wire}"' for wire, _ in choice.alternatives))
        last = (spot.wrong(code("unfit({}, {}, {})", spot.at, literal(choice.keyword), words)),)
    for wire, function in reversed(choice.alternatives):
        test = code("{} in {}", literal(wire), spot.item)
        last = (If(test, values.called(function, checks, spot), last),)
    return last


def tried(choice: ChoiceChecks, checks: Checks, spot: Spot, known: JsonType | None) -> If:
    """What is said of a value that meets none of the alternatives, or more than one where it must be one."""
    if choice.keyword == "anyOf":
        absent = (condition(one, spot.item, known, holds=False) for one in choice.tried)
        return If(join(" and ", map(operand, absent)), (spot.wrong(_unmatched(choice, checks, spot)),))
    tests = [_counted(one, condition(one, spot.item, known)) for one in choice.tried]
    count = join(" + ", tests) if len(tests) <= _MOST_ADDED else code("sum(({},))", join(", ", tests))
    if spot.tests:
        return If(code("{} != 1", count), REFUSED)
    return If(code("(fits := {}) != 1", count), (spot.wrong(_unmatched(choice, checks, spot)),))


_MOST_ADDED = 50
"""Terms of a sum; Python's compiler follows operators no deeper than it can."""


def _counted(checks: Checks, test: Code) -> Code:
    """A test as a term of a sum: the call of a validator by itself, anything else in parentheses."""
    return test if checks == Checks(functions=checks.functions[:1]) else code("({})", test)


def _unmatched(choice: ChoiceChecks, checks: Checks, spot: Spot) -> Code:
    """The issue: by the nearest alternative, where all have a validator, else by what they are in words."""
    fits = code(", fits") if choice.keyword == "oneOf" else code("")
    keyword = literal(choice.keyword)
    functions = [name(function) for one in choice.tried for function in one.functions]
    if all(len(one.functions) == 1 for one in choice.tried) and not checks.secret:
        return code(
            "unmatched({}, {}, {}, ({},){})", spot.at, keyword, spot.item, join(", ", functions), fits
        )
    words = "" if checks.secret else "; ".join(map(described, choice.tried))
    return code("unfit({}, {}, {}{})", spot.at, keyword, literal(words), fits)


def described(checks: Checks) -> str:
    """An alternative in a few words."""
    words: list[str] = []
    if checks.object is not None:
        words.append("with " + " and ".join(f'"{part.wire}"' for part in checks.object.properties))
    if checks.values is not None:
        words.append(
            str(literal(checks.values[0]))
            if len(checks.values) == 1
            else f"one of {len(checks.values)} values"
        )
    if checks.types:
        words.append(" or ".join(checks.types))
    return ", ".join(words) or "another"
