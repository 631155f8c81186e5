"""What the page gives for an operation: decoded JSON by the names of the arguments, and files beside it."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING, Any, Final

from specwright.plan.ir import Scalar
from specwright.reference.served.refusal import Refusal

if TYPE_CHECKING:
    from specwright.plan.ir import Operation

_BINARY: Final = Scalar("binary")


def values(said: dict[str, Any], operation: Operation) -> dict[str, Any]:
    """The value of each argument that is given, files among them.

    `values` are decoded JSON; `files` say each `at` which pointer it belongs, its `name`, `type` and content (`base64`).

    Raises:
        Refusal: It is not made so, or the operation has no such argument.
    """
    given, files = said.get("values", {}), said.get("files", [])
    if given.__class__ is not dict or files.__class__ is not list:
        raise Refusal(400, "`values` is an object, and `files` an array.")
    known = {argument.name: argument for argument in operation.arguments}
    unknown = next((name for name in given if name not in known), None)
    if unknown is not None:
        raise Refusal(400, f"The operation has no argument {unknown!r}.")
    found: dict[str, Any] = dict(given)
    for file in files:
        name, steps, content = _file(file)
        if name not in known:
            raise Refusal(400, f"The operation has no argument {name!r}.")
        bare = known[name].type == _BINARY and not steps
        _put(found, [name, *steps], content[1] if bare else content)
    return found


def _file(file: Any) -> tuple[str, list[str], tuple[str, bytes, str]]:
    """The argument that a file belongs to, what leads to its place there, and what the client takes."""
    try:
        name, *steps = [part.replace("~1", "/").replace("~0", "~") for part in file["at"].split("/")[1:]]
        content = b64decode(file["base64"], validate=True)
        own, media_type = file["name"], file["type"]
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Refusal(400, "A file has `at`, `name`, `type` and `base64`.") from None
    if not (isinstance(own, str) and isinstance(media_type, str)):
        raise Refusal(400, "The name and the type of a file are texts.")
    return name, steps, (own, content, media_type)


def _put(holder: dict[str, Any], path: list[str], content: object) -> None:
    """Put a file at its place, where the page has left `null` in an array, or nothing in an object."""
    *above, last = path
    place: Any = holder
    try:
        for name in above:
            place = place[int(name)] if place.__class__ is list else place.setdefault(name, {})
        place[int(last) if place.__class__ is list else last] = content
    except (AttributeError, IndexError, TypeError, ValueError):
        raise Refusal(400, f"There is no place for a file at {'/'.join(path)!r}.") from None
