"""What an operation has that pages may be told by: its parameters, and the members of its answer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from specwright.plan.keywords import demanded_types, plain, readable
from specwright.plan.pages.words import AROUND, BESIDE, ITEMS, THROUGH, URL, bare
from specwright.plan.paths import PLACES, parameter_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.plan.ir.pages import Path
    from specwright.plan.keywords import Node, Schema
    from specwright.plan.paths import Found
    from specwright.plan.views import Views

DEEPEST: Final = 4
"""Objects in one another that are looked into; HAL's `_links.next.href` is three."""

TEXT: Final = frozenset({"string"})
OBJECT: Final = frozenset({"object"})
ARRAY: Final = frozenset({"array"})
NOTHING: Final = frozenset[str]()
PLAIN: Final = frozenset({"boolean", "integer", "number", "string"})
URLS: Final = frozenset({"uri", "url", "uri-reference", "iri"})


@dataclass(frozen=True, slots=True)
class Sign:
    """A parameter, or a member of an answer, whose value is a scalar."""

    path: Path
    """The wire names that lead to it; of a parameter, its own."""
    name: str
    """What it is called, as names are compared."""
    types: frozenset[str]
    """The JSON types of its value, but for null."""
    schema: Schema
    text: str
    """What is said of it, and its examples."""
    inner: bool
    """Whether it is in an object that is about pages."""
    location: Literal["query", "body"] = "query"
    required: bool = False
    """Whether a parameter has to be given."""

    @property
    def is_url(self) -> bool:
        """Whether it is said to be a URL."""
        return self.types == TEXT and (self.schema.get("format") in URLS or URL.search(self.text) is not None)

    @property
    def is_date(self) -> bool:
        """Whether it is a moment, and no cursor."""
        return "date" in str(self.schema.get("format", ""))


def parameters(views: Views, found: Found, body: Node | None) -> tuple[Sign, ...]:
    """The parameters of the query, and the properties of the body whose properties are arguments."""
    return (
        *(
            sign
            for parameter in found.parameters
            if PLACES[parameter["in"]] == "query" and parameter["in"] != "querystring"
            for sign in _sign(views, parameter_schema(parameter), (parameter["name"],), parameter)
        ),
        *(
            sign
            for wire, node in (views.sent(body, "request").items() if body is not None else ())
            for sign in _sign(views, node, (wire,), {}, location="body")
        ),
    )


def answered(views: Views, node: Node) -> tuple[Sign, ...]:
    """The scalars of an answer: those of the object itself, and of the objects in it that are about pages."""
    return tuple(_answered(views, node, (), (), 0))


def _answered(views: Views, node: Node, path: Path, said: Path, depth: int) -> Iterator[Sign]:
    for wire, inner in views.sent(node, "response").items():
        if not readable(wire):
            continue
        word = bare(wire)
        here = (*path, wire)
        yield from _sign(views, inner, here, {}, name="".join((*said, word)), inner=depth > 0)
        if depth < DEEPEST and is_object(views, inner) and (word in AROUND or word in THROUGH):
            yield from _answered(views, inner, here, (*said, word) if word in THROUGH else said, depth + 1)


def _sign(  # noqa: PLR0913 -- what is known of it
    views: Views,
    node: Node,
    path: Path,
    owner: Schema,
    *,
    name: str = "",
    inner: bool = False,
    location: Literal["query", "body"] = "query",
) -> Iterator[Sign]:
    types = kinds(views, node)
    if not types or not types <= PLAIN:
        return
    merged = views.merged(node)
    examples = [
        part[key] for part in (owner, merged) for key in ("example", "examples", "default") if key in part
    ]
    said = [
        str(owner.get("description", "")),
        views.doc(node).text,
        *(_text(example) for example in examples),
    ]
    text = "\n".join(filter(None, said))
    required: bool = owner.get("required", False)
    yield Sign(path, name or bare(path[-1]), types, merged, text, inner, location, required)


def _text(example: object) -> str:
    value = plain(example)
    return value if isinstance(value, str) else json.dumps(value, default=str)


def kinds(views: Views, node: Node) -> frozenset[str]:
    """The JSON types of a value, but for null; none where nothing is said of them."""
    alternatives = views.alternatives(node)
    if alternatives:
        every = [_own(views, one.schema) for one in alternatives if not _is_null(views, one.schema)]
        return NOTHING.union(*every) if all(every) else NOTHING
    return _own(views, node)


def _own(views: Views, node: Node) -> frozenset[str]:
    return frozenset(demanded_types(views.merged(node))) - {"null"}


def _is_null(views: Views, node: Node) -> bool:
    return demanded_types(views.merged(node)) == ("null",)


def is_object(views: Views, node: Node) -> bool:
    """Whether a value is always an object, where it is there, whose properties are known."""
    return kinds(views, node) == OBJECT and not views.alternatives(node)


def array(views: Views, node: Node) -> Node | None:
    """The schema of an array; behind a choice of it and null, that of the array. None where a value is not always one."""
    for one in (*(alternative.schema for alternative in views.alternatives(node)), node):
        if _own(views, one) == ARRAY and kinds(views, node) == ARRAY:
            return one
    return None


def of_objects(views: Views, node: Node) -> bool:
    """Whether the items of an array are objects."""
    return kinds(views, views.items(views.merged(node))) == OBJECT


# --- items ---


def arrays(views: Views, node: Node) -> dict[Path, Node]:
    """The arrays of an answer: itself, or what it has, each with where it is."""
    whole = array(views, node)
    if whole is not None:
        return {(): whole}
    if not is_object(views, node):
        return {}
    members = views.sent(node, "response").items()
    return {(wire,): inner for wire, member in members if (inner := array(views, member)) is not None}


def items(views: Views, node: Node) -> tuple[Path, Node] | None:
    """Where the items of an answer are, and the schema of their array; None where that is not certain."""
    found = arrays(views, node)
    if () in found:
        return (), found[()]
    members = views.sent(node, "response").items()
    if any(is_object(views, inner) and not _is_aside(wire) for wire, inner in members):
        return None  # a thing of its own, of which the array is a part
    rest = [path for path in found if bare(path[0]) not in BESIDE]
    named = [path for path in rest if bare(path[0]) in ITEMS]
    objects = [path for path in rest if of_objects(views, found[path])]
    likely = objects or named if len(rest) == 1 else objects
    return (likely[0], found[likely[0]]) if len(likely) == 1 else None


def _is_aside(wire: str) -> bool:
    """Whether an object may stand beside the items of a page."""
    word = bare(wire)
    return word in AROUND or word in THROUGH or word in BESIDE
