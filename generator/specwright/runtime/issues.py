"""What validators say: an `Issue` for each thing that is wrong, and the functions that make them."""

from __future__ import annotations

from typing import NamedTuple


class Issue(NamedTuple):
    """One thing that is wrong with a value."""

    pointer: str
    """Where, as a JSON Pointer (RFC 6901) from the value that was checked; `""` is the value itself."""
    keyword: str
    """The keyword of JSON Schema that is not met, such as `type` or `required`."""
    message: str
    """What was expected and what was found."""
