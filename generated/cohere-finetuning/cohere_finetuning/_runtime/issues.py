"""What validators say: an `Issue` for each thing that is wrong, and the functions that make them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

__all__ = [
    "Issue", "below", "beyond", "covered", "expected", "forbidden", "hidden", "malformed", "missing", "refused", "repeated", "step",
    "undeclared", "unlisted", "unmatched",
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
    """A key as a step of a JSON Pointer (RFC 6901, section 3)."""
    return key.replace("~", "~0").replace("/", "~1")


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


def undeclared(pointer: str, names: Iterable[str], declared: Collection[str] = ()) -> list[Issue]:
    """Properties that the schema does not have."""
    return [
        Issue(f"{pointer}/{step(name)}", "additionalProperties", f"there is no property {_quoted(name)} here")
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
    listed = [_shown(value) for value in values]
    choice = ", ".join(sorted(listed) if isinstance(values, frozenset) else listed)
    return Issue(
        pointer, "enum", f"expected {'one of ' if len(listed) > 1 else ''}{choice}, found {_shown(found)}"
    )


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


def unmatched(pointer: str, keyword: str, fits: int) -> Issue:
    """A value that fits none of the alternatives, or more than one where it must be one."""
    return Issue(
        pointer,
        keyword,
        "fits none of the alternatives" if not fits else f"fits {fits} of the alternatives, not one",
    )


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
        case str():
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
    quoted = json.dumps(text)
    return quoted if len(quoted) <= _LONGEST else f'{quoted[: _LONGEST - 2]}…"'


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
