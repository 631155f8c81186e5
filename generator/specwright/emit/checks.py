"""Checks -> the statements of a validator: straight-line Python over decoded JSON that adds to `issues`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.emit.code import Code, code, join, literal, name
from specwright.emit.spots import Spot, added, is_of, shown, wrong_type
from specwright.emit.statements import Body, For, If, guarded, written
from specwright.runtime.issues import step as escaped_step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.plan.ir import (
        ArrayChecks,
        Checks,
        JsonType,
        NumberChecks,
        ObjectChecks,
        PropertyChecks,
        StringChecks,
        TagChecks,
    )

STRING: Final = (
    ("min_length", "minLength", "len({0}) < {1}", "at least {} characters"),
    ("max_length", "maxLength", "len({0}) > {1}", "at most {} characters"),
)
NUMBER: Final = (
    ("minimum", "minimum", "{0} < {1}", "at least {}"),
    ("maximum", "maximum", "{0} > {1}", "at most {}"),
    ("exclusive_minimum", "exclusiveMinimum", "{0} <= {1}", "more than {}"),
    ("exclusive_maximum", "exclusiveMaximum", "{0} >= {1}", "less than {}"),
    ("multiple_of", "multipleOf", "not multiple({0}, {1})", "a multiple of {}"),
)
ARRAY: Final = (
    ("min_items", "minItems", "len({0}) < {1}", "at least {} items"),
    ("max_items", "maxItems", "len({0}) > {1}", "at most {} items"),
)
OBJECT: Final = (
    ("min_properties", "minProperties", "len({0}) < {1}", "at least {} properties"),
    ("max_properties", "maxProperties", "len({0}) > {1}", "at most {} properties"),
)
"""Bounds: the field of the IR, the keyword, what is wrong, and what was expected."""


def statements(checks: Checks) -> Code:
    """The body of a validator of `value`: it returns the issues."""
    spot = Spot(name("value"))
    first: Body = ()
    if (
        checks.types is not None
        and len(checks.types) == 1
        and (checks.values is None or checks.constant is not None)
    ):
        # The usual schema: a value of another type has no other issue.
        (kind,) = checks.types
        first = (If(is_of(kind, spot.item, holds=False), (code("return [{}]", wrong_type(checks, spot)),)),)
        rest = _all(checks, spot, kind)
    else:
        rest = _all(checks, spot)
    if not rest:
        return join("\n    ", [*written(first), code("return []")])
    return join("\n    ", written((*first, code("issues: list[Issue] = []"), *rest, code("return issues"))))


def parts(checks: Checks) -> Iterator[Checks]:
    """The checks themselves and all that they are made of."""
    yield checks
    inner = [*checks.all_of]
    if checks.array is not None:
        inner += [*checks.array.first, *([checks.array.items] if checks.array.items is not None else [])]
    if checks.object is not None:
        inner += [property_.checks for property_ in checks.object.properties]
        if checks.object.extra:
            inner.append(checks.object.extra)
    for item in inner:
        yield from parts(item)


def _all(checks: Checks, spot: Spot, known: JsonType | None = None) -> Body:
    """What adds every issue of the value at `spot`, which is of the type `known` if that is given."""
    if checks.types == ():
        return (added(code("forbidden({}, {})", spot.at, shown(checks, spot))),)
    body: list[Code | If | For] = []
    if known is not None:
        body += _of_kind(known, checks, spot)
    elif checks.types is not None:
        body += _typed(checks, spot)
    else:
        for kind in _spoken(checks):
            body += guarded(is_of(kind, spot.item), _of_kind(kind, checks, spot))
    if checks.values is not None and (checks.constant is None or checks.types is None):
        body.append(_listed(checks, spot))
    if checks.tagged is not None:
        body += _dispatched(checks.tagged, checks, spot, known)
    for function in checks.functions:
        body += _called(function, spot, "covered({})" if checks.secret else "{}")
    for part in checks.all_of:
        body += _all(part, spot)
    body += _tried(checks, spot)
    return tuple(body)


def _spoken(checks: Checks) -> Iterator[JsonType]:
    groups: tuple[tuple[JsonType, object], ...] = (
        ("string", checks.string), ("number", checks.number), ("array", checks.array), ("object", checks.object),
    )  # fmt: skip
    return (kind for kind, group in groups if group is not None)


def _typed(checks: Checks, spot: Spot) -> Body:
    """A branch for each type that has more to be said of, and the issue where none of them fits."""
    kinds: list[JsonType] = [
        kind for kind in checks.types or () if not (kind == "integer" and "number" in (checks.types or ()))
    ]
    wrong: Body = (added(wrong_type(checks, spot)),)
    # Worked out once: what is said of the parts of a value is nested in it.
    said: dict[JsonType, Body] = {kind: _of_kind(kind, checks, spot) for kind in kinds}
    silent: list[JsonType] = [kind for kind in kinds if not said[kind]]
    for kind in reversed(kinds):
        if len(kinds) == 1 and said[kind]:
            wrong = (If(is_of(kind, spot.item, holds=False), wrong, said[kind]),)
        elif said[kind]:
            wrong = (If(is_of(kind, spot.item), said[kind], wrong),)
    if silent:
        condition = join(" and ", (is_of(kind, spot.item, holds=False) for kind in silent))
        if len(silent) == len(kinds):
            return (If(condition, wrong),)
        return _innermost(wrong, condition)
    return wrong


def _innermost(body: Body, condition: Code) -> Body:
    """`body` with `condition` on its last branch."""
    match body:
        case (If(test, then, otherwise),) if otherwise:
            return (If(test, then, _innermost(otherwise, condition)),)
        case _:
            return (If(condition, body),)


def _of_kind(kind: JsonType, checks: Checks, spot: Spot) -> Body:
    """What more is said of values of one type."""
    body: Body = ()
    if checks.constant is not None and checks.values is not None and kind in {"string", "integer"}:
        body = (_listed(checks, spot),)
    match kind:
        case "string" if checks.string is not None:
            return body + _string(checks, checks.string, spot)
        case "number" | "integer" if checks.number is not None:
            return body + tuple(_bounds(NUMBER, checks, checks.number, spot))
        case "array" if checks.array is not None:
            return body + _array(checks, checks.array, spot)
        case "object" if checks.object is not None:
            return body + _object(checks, checks.object, spot)
        case _:
            return body


def _string(checks: Checks, string: StringChecks, spot: Spot) -> Body:
    body: list[Code | If | For] = [*_bounds(STRING, checks, string, spot)]
    if string.format is not None:
        test = name(f"is_{string.format.replace('-', '_')}")
        issue = code("malformed({}, {}, {})", spot.at, literal(string.format), shown(checks, spot))
        body.append(If(code("not {}({})", test, spot.item), (added(issue),)))
    return tuple(body)


def _bounds(
    table: tuple[tuple[str, str, str, str], ...],
    checks: Checks,
    group: StringChecks | NumberChecks | ArrayChecks | ObjectChecks,
    spot: Spot,
) -> Iterator[If]:
    for field, keyword, wrong, expected in table:
        bound = getattr(group, field)
        if bound is not None:
            issue = code(
                "beyond({}, {}, {}, {})",
                spot.at,
                literal(keyword),
                literal(_counted(expected, bound)),
                shown(checks, spot),
            )
            yield If(code(wrong, spot.item, literal(bound)), (added(issue),))


def _counted(expected: str, bound: float) -> str:
    """What was expected, in the singular where the bound is one."""
    return (
        expected.format(bound) if bound != 1 else expected.format(bound).replace("ies", "y").removesuffix("s")
    )


def _array(checks: Checks, array: ArrayChecks, spot: Spot) -> Body:
    body: list[Code | If | For] = [*_bounds(ARRAY, checks, array, spot)]
    if array.unique:
        body.append(If(code("not unique({})", spot.item), (added(code("repeated({})", spot.at)),)))
    for position, first in enumerate(array.first):
        variable = spot.numbered("item")
        said = _all(first, spot.below(variable, f"/{position}"))
        item = code("{} = {}[{}]", variable, spot.item, literal(position))
        body += guarded(code("len({}) > {}", spot.item, literal(position)), (item, *said) if said else ())
    if array.items is not None:
        index, part = spot.numbered("index"), spot.numbered("item")
        said = _all(array.items, spot.below(part, "/", index))
        others = code("{} >= {}", index, literal(len(array.first))) if array.first else None
        said = guarded(others, said) if others else said
        body += [For(code("{}, {} in enumerate({})", index, part, spot.item), said)] if said else []
    return tuple(body)


def _object(checks: Checks, object_: ObjectChecks, spot: Spot) -> Body:
    body: list[Code | If | For] = [*_bounds(OBJECT, checks, object_, spot)]
    for property_ in object_.properties:
        body += _property(property_, spot)
    if object_.extra is not None:
        body += _extra(object_, spot)
    return tuple(body)


def _property(property_: PropertyChecks, spot: Spot) -> Body:
    key = literal(property_.wire)
    step = "/" + escaped_step(property_.wire)
    there = code("{} in {}", key, spot.item)
    if property_.refused is not None:
        part = spot.below(code("{}[{}]", spot.item, key), step)
        return (If(there, (added(code("refused({}, {})", part.at, literal(property_.refused))),)),)
    said = _of_property(property_, spot, key, step)
    if property_.required:
        absent: Body = (added(code("missing({}, {})", spot.at, key)),)
        return (If(code("{} not in {}", key, spot.item), absent, said),)
    return guarded(there, said)


def _of_property(property_: PropertyChecks, spot: Spot, key: Code, step: str) -> Body:
    """The statements for a property: on the expression itself where it is read at most twice, else on a variable."""
    checks = property_.checks
    if checks.array is None and checks.object is None and not checks.all_of:
        there = _all(checks, spot.below(code("{}[{}]", spot.item, key), step))
        match there:
            case ():
                return ()
            case (If(condition, _, ()),) if condition.count(f"{spot.item}[{key}]") == 1:
                return there
            case _:
                pass
    variable = spot.numbered("item")
    said = _all(checks, spot.below(variable, step))
    return (code("{} = {}[{}]", variable, spot.item, key), *said) if said else ()


def declared_by(object_: ObjectChecks) -> list[str]:
    """The properties that an object has in the document."""
    return [*(property_.wire for property_ in object_.properties), *object_.apart]


def _extra(object_: ObjectChecks, spot: Spot) -> Body:
    """What is said of properties that are not declared."""
    if object_.constant is not None:
        keys = name(object_.constant)
        return (
            If(
                code("not {}.issuperset({})", keys, spot.item),
                (code("issues += undeclared({}, {}, {})", spot.at, spot.item, keys),),
            ),
        )
    declared = join(", ", map(literal, declared_by(object_)))
    key, part = spot.numbered("key"), spot.numbered("item")
    unknown = code("{} not in {{{}}}", key, declared) if object_.properties else None
    if object_.extra is False or object_.extra is None:
        body: Body = (code("issues += undeclared({}, {{{}}})", spot.at, key),)
        return (For(code("{} in {}", key, spot.item), guarded(unknown, (*body,)) if unknown else body),)
    said = _all(object_.extra, spot.below(part, "/", code("step({})", key)))
    if not said:
        return ()
    return (
        For(code("{}, {} in {}.items()", key, part, spot.item), guarded(unknown, said) if unknown else said),
    )


def _called(function: str, spot: Spot, told: str) -> Body:
    """What adds the issues that another validator lists; `told` is how they are passed on."""
    call = code("{}({})", name(function), spot.item)
    if not spot.pointer:
        return (code("issues += {}", code(told, call)),)
    return (
        If(code("found := {}", call), (code("issues += below({}, {})", spot.at, code(told, name("found"))),)),
    )


def _dispatched(tagged: TagChecks, checks: Checks, spot: Spot, known: JsonType | None) -> Body:
    """The call of the validator that the tag of an object names; other types have their issue already."""
    told = "covered({})" if checks.secret else "{}"
    key, step = literal(tagged.tag), "/" + escaped_step(tagged.tag)
    value = code("{}[{}]", spot.item, key)
    there = value if tagged.otherwise is None else code("{}.get({})", spot.item, key)
    if tagged.otherwise is not None:
        branches: Body = _called(tagged.otherwise, spot, told)
    else:
        listed = literal(tuple(value for values, _ in tagged.functions for value in values))
        part = spot.below(value, step)
        branches = (added(code("unlisted({}, {}, {})", part.at, listed, shown(checks, part))),)
    for values, function in reversed(tagged.functions):
        said = code("is {}" if isinstance(values[0], bool) else "== {}", literal(values[0]))
        test = code("{} {}", there, said if len(values) == 1 else code("in {}", literal(values)))
        branches = (If(test, _called(function, spot, told), branches),)
    if tagged.otherwise is None:
        branches = (
            If(
                code("{} not in {}", key, spot.item),
                (added(code("missing({}, {})", spot.at, key)),),
                branches,
            ),
        )
    return branches if known == "object" else (If(is_of("object", spot.item), branches),)


def _tried(checks: Checks, spot: Spot) -> Iterator[If]:
    """`anyOf`, `oneOf` and `not`: a validator that lists no issue holds."""
    calls = [code("{}({})", name(function), spot.item) for function in checks.any_of]
    if calls:
        issue = code("unmatched({}, {}, {})", spot.at, literal("anyOf"), literal(0))
        yield If(join(" and ", calls), (added(issue),))
    if checks.one_of:
        fits = join(" + ", (code("(not {}({}))", name(function), spot.item) for function in checks.one_of))
        issue = code("unmatched({}, {}, fits)", spot.at, literal("oneOf"))
        yield If(code("(fits := {}) != 1", fits), (added(issue),))
    for function in checks.none_of:
        yield If(
            code("not {}({})", name(function), spot.item),
            (added(code("forbidden({}, {})", spot.at, shown(checks, spot))),),
        )


def _listed(checks: Checks, spot: Spot) -> If:
    values = checks.values or ()
    if checks.constant is not None and checks.types is not None:
        constant = name(checks.constant)
        return If(
            code("{} not in {}", spot.item, constant),
            (added(code("unlisted({}, {}, {})", spot.at, constant, shown(checks, spot))),),
        )
    listed = literal(tuple(values)) if checks.constant is None else name(checks.constant)
    issue = code("unlisted({}, {}, {})", spot.at, listed, shown(checks, spot))
    return If(code("not among({}, {})", spot.item, listed), (added(issue),))
