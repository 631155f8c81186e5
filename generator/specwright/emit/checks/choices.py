"""What is said of a choice: by the type of the value, by its tag, or by trying each alternative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.emit.checks import values
from specwright.emit.checks.conditions import condition
from specwright.emit.checks.spots import Spot, is_of, shown
from specwright.emit.checks.statements import If, guarded, operand
from specwright.emit.code import code, join, literal, name
from specwright.runtime.issues import step as escaped_step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specwright.emit.checks.statements import Body
    from specwright.emit.code import Code
    from specwright.plan.ir import Checks, ChoiceChecks, JsonType, MarkedChoice, TagChecks, TypedChoice


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
    others = [one for one in choice.alternatives if one[0] != ("null",)]
    if len(others) == 1 and len(choice.alternatives) == 2:  # noqa: PLR2004 -- one, or null
        ((_, only),) = others
        return guarded(is_of("null", spot.item, holds=False), values.of_value(only, spot))
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
    for own, function in reversed(tagged.functions):
        said = code("is {}" if isinstance(own[0], bool) else "== {}", literal(own[0]))
        test = code("{} {}", there, said if len(own) == 1 else code("in {}", literal(own)))
        last = (If(test, values.called(function, checks, spot), last),)
    if tagged.otherwise is None:
        missing = spot.wrong(code("missing({}, {})", spot.at, key))
        last = (If(code("{} not in {}", key, spot.item), (missing,), last),)
    return last


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
    tests = (condition(one, spot.item, known) for one in choice.tried)
    count = join(" + ", (code("({})", test) if " " in test.partition("(")[0] else test for test in tests))
    if spot.tests:
        return If(code("{} != 1", count), (code("return False"),))
    return If(code("(fits := {}) != 1", count), (spot.wrong(_unmatched(choice, checks, spot)),))


def _unmatched(choice: ChoiceChecks, checks: Checks, spot: Spot) -> Code:
    """The issue: by the nearest alternative, where all have a validator, else by what they are in words."""
    fits = code(", fits") if choice.keyword == "oneOf" else code("")
    keyword = literal(choice.keyword)
    functions = [name(function) for one in choice.tried for function in one.functions]
    if len(functions) == len(choice.tried) and not checks.secret:
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
