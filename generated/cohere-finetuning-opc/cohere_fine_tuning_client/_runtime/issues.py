"""What validators say: an `Issue` for each thing that is wrong, and the functions that make them."""

from __future__ import annotations

import json
import threading
from functools import cache, wraps
from json.encoder import encode_basestring_ascii
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

__all__ = [
    "Issue", "below", "beyond", "bounded", "contained", "covered", "expected", "forbidden", "hidden", "malformed", "mismatched", "misnamed",
    "missing", "missing_beside", "refused", "repeated", "step", "undeclared", "unfit", "unlisted", "unmatched",
]  # fmt: skip


class Issue(NamedTuple):
    """One thing that is wrong with a value."""

    pointer: str
    """Where, as a JSON Pointer (RFC 6901) from the value that was checked; `""` is the value itself."""
    keyword: str
    """The keyword of JSON Schema that is not met, such as `type` or `required`."""
    message: str
    """What was expected and what was found."""


# --- where ------------------------------------------------------------------------------------------------------


def step(key: str) -> str:
    """A key as a step of a JSON Pointer (RFC 6901, section 3); whatever is none of JSON's, as Python prints it."""
    return str(key).replace("~", "~0").replace("/", "~1")


def below(pointer: str, issues: Iterable[Issue]) -> list[Issue]:
    """The issues of the part at `pointer`, placed in the whole."""
    return [Issue(pointer + inner, keyword, message) for inner, keyword, message in issues]


def covered(issues: Iterable[Issue]) -> list[Issue]:
    """The issues of a secret: where and why, and not what was found."""
    return [Issue(pointer, keyword, "not as it has to be (hidden)") for pointer, keyword, _ in issues]


# --- what is wrong ----------------------------------------------------------------------------------------------


def expected(pointer: str, types: str, found: Any) -> Issue:
    """Another type than the schema's."""
    return Issue(pointer, "type", f"expected {types}, found {_shown(found)}")


def missing(pointer: str, name: str) -> Issue:
    """An object without a property that it must have; the pointer is the object's."""
    return Issue(pointer, "required", f"the property {_quoted(name)} is missing")


def missing_beside(pointer: str, name: str, other: str) -> Issue:
    """An object without a property that it must have since it has another one; the pointer is the object's."""
    return Issue(
        pointer, "dependentRequired", f"the property {_quoted(name)} is missing, as there is {_quoted(other)}"
    )


def undeclared(
    pointer: str,
    names: Iterable[str],
    declared: Collection[str] = (),
    *,
    keyword: str = "additionalProperties",
) -> list[Issue]:
    """Properties that the schema does not have."""
    return [
        Issue(f"{pointer}/{step(name)}", keyword, f"there is no property {_quoted(name)} here")
        for name in names
        if name not in declared
    ]


def refused(pointer: str, keyword: str) -> Issue:
    """A property that this side does not send."""
    said = (
        "read-only: only the server sets it"
        if keyword == "readOnly"
        else "write-only: the server never sends it"
    )
    return Issue(pointer, keyword, said)


def unlisted(pointer: str, values: Collection[Any], found: Any) -> Issue:
    """A value that is none of those that are listed."""
    choice = _choice(values) if isinstance(values, frozenset) else _joined(map(_told, values))
    one_of = "one of " if len(values) > 1 else ""
    return Issue(pointer, "enum", f"expected {one_of}{choice or 'no value'}, found {_shown(found)}")


@cache
def _choice(values: frozenset[Any]) -> str:
    return _joined(sorted(map(_told, values)))


def _joined(values: Iterable[str]) -> str:
    listed = list(values)
    more = f" and {len(listed) - _MOST_LISTED} more" if len(listed) > _MOST_LISTED else ""
    return ", ".join(listed[:_MOST_LISTED]) + more


_MOST_LISTED: Final = 30


def _told(value: Any) -> str:
    """A value of the document, which is no secret."""
    return _clipped(json.dumps(value)) if isinstance(value, dict | list) else _shown(value)


def beyond(pointer: str, keyword: str, bound: str, found: Any) -> Issue:
    """A value outside of a bound."""
    size = str(len(found)) if found.__class__ is list or found.__class__ is dict else _shown(found)
    return Issue(pointer, keyword, f"expected {bound}, found {size}")


def repeated(pointer: str) -> Issue:
    """An array with equal items."""
    return Issue(pointer, "uniqueItems", "two items are equal")


def malformed(pointer: str, format_name: str, found: Any) -> Issue:
    """Text that is not of the format."""
    return Issue(pointer, "format", f"expected the format {format_name}, found {_shown(found)}")


def mismatched(pointer: str, pattern: str, found: Any) -> Issue:
    """Text that does not match a pattern."""
    return Issue(pointer, "pattern", f"expected text that matches {_clipped(pattern)}, found {_shown(found)}")


def contained(pointer: str, keyword: str, count: str, found: int) -> Issue:
    """An array with too few or too many of the items that it is searched for."""
    return Issue(pointer, keyword, f"expected {count} of the items that are asked for, found {found}")


def misnamed(pointer: str, name: str, issues: Sequence[Issue]) -> Issue:
    """A property whose name is not as names have to be."""
    why = "; ".join(message for _, _, message in issues)
    return Issue(f"{pointer}/{step(name)}", "propertyNames", f"no property may be called so: {why}")


def unfit(pointer: str, keyword: str, alternatives: str, fits: int = 0) -> Issue:
    """A value that fits none of the alternatives, which are told in words, or more than one where it must be one."""
    if fits:
        return Issue(pointer, keyword, f"fits {fits} of the alternatives, not one")
    told = f": {alternatives}" if alternatives else ""
    return Issue(pointer, keyword, f"fits none of the alternatives{told}")


def unmatched(
    pointer: str,
    keyword: str,
    value: Any,
    alternatives: Sequence[Callable[[Any], Sequence[Issue]]],
    fits: int = 0,
) -> Issue:
    """The same, where each of the alternatives has a validator: the nearest one says what is wrong by it."""
    if fits or _telling.inside:
        return unfit(pointer, keyword, "", fits)
    # What is in the value may be such a choice again: to tell of each by all of its alternatives would take very long.
    _telling.inside = True
    try:
        listed = [alternative(value) for alternative in alternatives]
    finally:
        _telling.inside = False
    nearest = min(range(len(listed)), key=lambda position: _distance(listed[position]))
    told = [f"{inner or 'the value'}: {message}" for inner, _, message in listed[nearest]]
    more = f"; and {len(told) - _MOST_TOLD} more" if len(told) > _MOST_TOLD else ""
    why = "; ".join(told[:_MOST_TOLD]) + more
    return Issue(
        pointer,
        keyword,
        f"fits none of the {len(listed)} alternatives; nearest is number {nearest + 1}: {why}",
    )


class _Telling(threading.local):
    """Whether, in this thread, alternatives are being looked at to tell of the nearest one."""

    inside = False


_telling: Final = _Telling()
_MOST_TOLD: Final = 3


def _distance(issues: Sequence[Issue]) -> tuple[bool, int]:
    """How far a value is from an alternative: one of another type is far, then the number of what is wrong counts."""
    return any(not pointer and keyword == "type" for pointer, keyword, _ in issues), len(issues)


def bounded(check: Callable[[Any], list[Issue]]) -> Callable[[Any], list[Issue]]:
    """A validator that calls itself for what is in a value, and tells where that is deeper than can be followed."""

    @wraps(check)
    def checked(value: Any) -> list[Issue]:
        try:
            return check(value)
        except RecursionError:
            return [Issue("", "depth", "its parts are nested too deeply to be checked")]

    return checked


def forbidden(pointer: str, found: Any) -> Issue:
    """A value where none may be, or one that a schema excludes."""
    return Issue(pointer, "not", f"{_shown(found)} is not allowed here")


# --- what messages show -----------------------------------------------------------------------------------------

_LONGEST: Final = 60


class _Hidden:
    """A value that messages must not show."""

    def __init__(self, kind: str) -> None:
        self.kind = kind


def hidden(value: Any) -> Any:
    """Something that shows as the type of `value`, for values that are secrets."""
    return _Hidden(_kind(value))


def _shown(value: Any) -> str:
    match value:
        case _Hidden():
            return f"{value.kind} (hidden)"
        case str() if value.__class__ is str:
            return _quoted(value)
        case None | bool() | int() | float():
            return (
                f"{json.dumps(value)}"
                if not isinstance(value, int) or abs(value) < 10**_LONGEST
                else "a huge integer"
            )
        case _:
            return _kind(value)


def _quoted(text: str) -> str:
    quoted = encode_basestring_ascii(str(text))
    return quoted if len(quoted) <= _LONGEST else f'{quoted[: _LONGEST - 2]}…"'


def _clipped(text: str) -> str:
    return text if len(text) <= 2 * _LONGEST else f"{text[: 2 * _LONGEST]}…"


def _kind(value: Any) -> str:
    return _KINDS.get(value.__class__, f"a Python {value.__class__.__name__}")


_KINDS: Final[dict[type[object], str]] = {
    bool: "a boolean",
    dict: "an object",
    float: "a number",
    int: "an integer",
    list: "an array",
    str: "a string",
    type(None): "null",
}
