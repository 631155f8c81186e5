"""What is said of an object and of its properties."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from specwright.emit.checks import values
from specwright.emit.checks.conditions import condition
from specwright.emit.checks.scalars import bounds, matched
from specwright.emit.checks.spots import Spot
from specwright.emit.checks.statements import For, If, guarded
from specwright.emit.code import code, join, literal, name
from specwright.plan.ir import SeenProperties
from specwright.runtime.issues import step as escaped_step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specwright.emit.checks.statements import Body, Statement
    from specwright.emit.code import Code
    from specwright.plan.ir import Checks, ObjectChecks, OtherProperties, PropertyChecks

OBJECT: Final = (
    ("min_properties", "minProperties", "len({0}) < {1}", "at least {} properties"),
    ("max_properties", "maxProperties", "len({0}) > {1}", "at most {} properties"),
)


def object_(checks: Checks, object__: ObjectChecks, spot: Spot) -> Body:
    """What is said of an object."""
    body: list[Statement] = [*bounds(OBJECT, checks, object__, spot)]
    for property_ in object__.properties:
        body += _property(property_, spot)
    for wire, needed in object__.together:
        for other in needed:
            there = code("{} in {} and {} not in {}", literal(wire), spot.item, literal(other), spot.item)
            issue = code("missing_beside({}, {}, {})", spot.at, literal(other), literal(wire))
            body.append(If(there, (spot.wrong(issue),)))
    for wire, dependent in object__.dependent:
        said = values.of_value(dependent, spot, values.still(dependent, "object"))
        body += guarded(code("{} in {}", literal(wire), spot.item), said)
    return (*body, *_by_name(object__, spot))


def _property(property_: PropertyChecks, spot: Spot) -> Body:
    key = literal(property_.wire)
    step = "/" + escaped_step(property_.wire)
    there = code("{} in {}", key, spot.item)
    if property_.refused is not None:
        part = spot.below(code("{}[{}]", spot.item, key), step)
        return (If(there, (spot.wrong(code("refused({}, {})", part.at, literal(property_.refused))),)),)
    if property_.checks.types == ():
        part = spot.below(code("{}[{}]", spot.item, key), step)
        refusal = values.of_value(property_.checks, part)
        if not property_.required:
            return guarded(there, refusal)
        return (If(there, refusal, (spot.wrong(code("missing({}, {})", spot.at, key)),)),)
    said = _of_property(property_, spot, key, step)
    if property_.required:
        absent: Body = (spot.wrong(code("missing({}, {})", spot.at, key)),)
        return (If(code("{} not in {}", key, spot.item), absent, said),)
    return guarded(there, said)


def _of_property(property_: PropertyChecks, spot: Spot, key: Code, step: str) -> Body:
    """The statements for a property: on the expression itself where it is read at most twice, else on a variable."""
    checks = property_.checks
    if checks.array is None and checks.object is None and not checks.all_of:
        there = values.of_value(checks, spot.below(code("{}[{}]", spot.item, key), step))
        match there:
            case ():
                return ()
            case (If(test, _, ()),) if test.count(f"{spot.item}[{key}]") == 1:
                return there
            case _:
                pass
    variable = spot.numbered("item")
    said = values.of_value(checks, spot.below(variable, step))
    return (code("{} = {}[{}]", variable, spot.item, key), *said) if said else ()


# --- properties by their names ----------------------------------------------------------------------------------


def _by_name(object__: ObjectChecks, spot: Spot) -> Body:
    """What is said of properties by their names: of all names, of those that match a pattern, of those that are left."""
    key, part = spot.numbered("key"), spot.numbered("item")
    start: list[Statement] = []
    each: list[Statement] = []
    if object__.names is not None:
        each += _named(object__.names, spot, key)
    inner = spot.below(part, "/", code("step({})", key))
    for pattern, checks in object__.patterns:
        each += guarded(matched(pattern, key), values.of_value(checks, inner))
    for others in object__.others:
        if others.checks.types == () and (others.constant is not None or others.seen == SeenProperties()):
            start += _nothing_but(others, spot)
            continue
        body = _left(others, spot, key, inner)
        if others.seen.branches:
            seen = spot.numbered("seen")
            start += _noted_at_first(others.seen, spot, seen)
            if others.checks.types == ():
                refused = code("undeclared({}, {}, {}{})", spot.at, spot.item, seen, _keyword(others))
                start.append(If(code("not {}.issuperset({})", seen, spot.item), (spot.all_wrong(refused),)))
                continue
            each += guarded(code("{} not in {}", key, seen), body)
        else:
            each += _guarded_all(_unknown(others.seen, key), body)
    if not each:
        return tuple(start)
    reads = any(part in line for line in _lines(each))
    head = code("{}, {} in {}.items()", key, part, spot.item) if reads else code("{} in {}", key, spot.item)
    return (*start, For(head, tuple(each)))


def _lines(body: Iterable[Statement]) -> Iterable[str]:
    for statement in body:
        match statement:
            case If(test, then, otherwise):
                yield from (test, *_lines(then), *_lines(otherwise))
            case For(head, inner):
                yield from (head, *_lines(inner))
            case str():
                yield statement


def _named(checks: Checks, spot: Spot, key: Code) -> Body:
    """What is said of a name, by each that asks something of names."""
    if spot.tests:
        called = (values.called(function, checks, Spot(key, tests=True)) for function in checks.functions)
        return tuple(chain.from_iterable(called))
    told = code("issues.append(misnamed({}, {}, found))", spot.at, key)
    return tuple(If(code("found := {}({})", name(function), key), (told,)) for function in checks.functions)


def _nothing_but(others: OtherProperties, spot: Spot) -> Body:
    """What is said of properties that are none of a set with a name."""
    keyword = _keyword(others)
    if others.constant is None:
        return (If(spot.item, (spot.all_wrong(code("undeclared({}, {}{})", spot.at, spot.item, keyword)),)),)
    keys = name(others.constant)
    undeclared = spot.all_wrong(code("undeclared({}, {}, {}{})", spot.at, spot.item, keys, keyword))
    return (If(code("not {}.issuperset({})", keys, spot.item), (undeclared,)),)


def _keyword(others: OtherProperties) -> Code:
    """The argument that tells the keyword, where it is not the usual one."""
    if others.keyword == "additionalProperties":
        return code("")
    return code(", keyword={}", literal(others.keyword))


def _left(others: OtherProperties, spot: Spot, key: Code, inner: Spot) -> Body:
    if others.checks.types != ():
        return values.of_value(others.checks, inner)
    return (spot.all_wrong(code("undeclared({}, {{{}}}{})", spot.at, key, _keyword(others))),)


def _unknown(seen: SeenProperties, key: Code) -> list[Code]:
    """What has to be so of a name that no part of the schema looks at."""
    tests = [code("not {}", matched(pattern, key)) for pattern in seen.patterns]
    if seen.names:
        tests.insert(0, code("{} not in {{{}}}", key, join(", ", map(literal, seen.names))))
    return tests


def _guarded_all(tests: list[Code], body: Body) -> Body:
    return guarded(join(" and ", tests), body) if tests else body


def _noted_at_first(seen: SeenProperties, spot: Spot, variable: Code) -> Body:
    names = code("{{{}}}", join(", ", map(literal, seen.names))) if seen.names else code("set()")
    patterns = _noted_patterns(seen, spot, variable)
    return (code("{}: set[str] = {}", variable, names), *patterns, *_noted_branches(seen, spot, variable))


def _noted_patterns(seen: SeenProperties, spot: Spot, variable: Code) -> Body:
    """What notes the properties whose names match a pattern."""
    key = spot.numbered("key")
    return tuple(
        code("{}.update({} for {} in {} if {})", variable, key, key, spot.item, matched(pattern, key))
        for pattern in seen.patterns
    )


def _noted_branches(seen: SeenProperties, spot: Spot, variable: Code) -> Body:
    """What notes the properties that are looked at where a value meets a condition."""
    body: list[Statement] = []
    for test, branch in seen.branches:
        inner: list[Statement] = []
        if branch.every:
            inner.append(code("{}.update({})", variable, spot.item))
        else:
            if len(branch.names) == 1:
                inner.append(code("{}.add({})", variable, literal(branch.names[0])))
            elif branch.names:
                inner.append(code("{}.update({})", variable, literal(branch.names)))
            inner += _noted_patterns(branch, spot, variable)
            inner += _noted_branches(branch, spot, variable)
        body.append(If(condition(test, spot.item, "object"), tuple(inner)))
    return tuple(body)
