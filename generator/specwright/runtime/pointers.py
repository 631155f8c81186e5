"""JSON Pointers, from the root of a value or from a place in it: which texts are of these formats."""

from __future__ import annotations

from typing import Final

from .expressions import whole

__all__ = ["is_json_pointer", "is_relative_json_pointer"]

# A `~` is written `~0`, a `/` in a key is written `~1`; any other character stands for itself, control characters too.
_POINTER: Final = r"(?:/[^~]*+(?:~[01][^~]*+)*+)?+"
_INTEGER: Final = r"(?:0|[1-9][0-9]*+)"


def is_json_pointer(text: str) -> bool:
    """Whether `text` is a JSON Pointer (RFC 6901, section 3), and not its form as a fragment of a URI (section 6)."""
    return whole(_POINTER)(text) is not None


def is_relative_json_pointer(text: str) -> bool:
    """Whether `text` is a Relative JSON Pointer (draft-bhutton-relative-json-pointer-00, section 3).

    That is the draft JSON Schema 2020-12 refers to; it adds to those before it that an index may be moved, as in `0+1` and
    `1-2/name`. Its grammar forgets `0-1#`, which its own section 5.1 evaluates, and the next draft mends that.
    """
    return bool(whole(rf"{_INTEGER}(?:[+-]{_INTEGER})?+(?:#|{_POINTER})")(text))
