"""Parameters, and headers, which have all but their names and places in common with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specwright.document.tree import Map
from specwright.plan.keywords import ANYTHING
from specwright.plan.paths import parameters
from specwright.review.wire import guards, lifecycle, words
from specwright.review.wire.comparison import shown
from specwright.review.wire.edits import NO_GUARD, Spot, itself, near
from specwright.review.wire.graph import Step
from specwright.review.wire.renames import renamed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.document import Document
    from specwright.review.wire.comparison import Comparison
    from specwright.review.wire.graph import Node

Key = tuple[str, str]
"""What tells a parameter from others: where it is, and its name; of one of a path, its position in that."""

_UNPLACED: Final = "no place"
"""Where parameters of a path are for which it has no place; they are not sent."""
_USUAL: Final[Mapping[str, str]] = {"query": "form", "cookie": "form"}
_EXPLODED: Final = frozenset({"form", "deepObject", "cookie"})
_SCALARS: Final = ("string", "integer", "number", "boolean")
_TELLING: Final = frozenset({"enum", "pattern"})
"""Keywords that the schemas of no two parameters share by chance."""


# --- the parameters of an operation ---


@dataclass(frozen=True, slots=True)
class _Twins:
    """Two parameters that are the same one under another name, or in another place."""

    old: Key
    new: Key
    rule: str
    evidence: str


def placed(document: Document, item: Map, operation: Map, path: str) -> dict[Key, Map]:
    """The parameters of an operation of a path item; `path` is the template of its path."""
    found: dict[Key, Map] = {}
    for parameter in parameters(document, item, operation):
        name: str = parameter["name"]
        match parameter["in"]:
            case "path":
                position = path.find(f"{{{name}}}")
                # What stands in the same place of a path is the same, whatever it is called.
                key = (_UNPLACED, name) if position < 0 else ("path", str(path[:position].count("{")))
            case "header":
                key = ("header", name.lower())
            case where:
                key = (where, name)
        found[key] = parameter
    return found


def compare(comparison: Comparison, node: Node, old: Mapping[Key, Map], new: Mapping[Key, Map]) -> None:
    """Notes which parameters of two operations came and went, and leads on to those that both have."""
    for key, parameter in old.items():
        if key in new:
            _lead(comparison, node, parameter, new[key])
    gone, come = _only(old, new), _only(new, old)
    for twins in list(_twins(comparison, gone, come)):
        before, after = gone.pop(twins.old), come.pop(twins.new)
        spot = Spot(itself(before), itself(after), before["name"], after["name"])
        node.edit(twins.rule, spot, _says(twins.rule, before, after), evidence=twins.evidence)
        _lead(comparison, node, before, after)
    for parameter in gone.values():
        guard = lifecycle.going(parameter, comparison.today)
        if guard is None:
            guard = guards.DEPRECATED if parameter.get("deprecated") else NO_GUARD
        spot = Spot(itself(parameter), before=parameter["name"], parent=itself(node.new))
        node.edit("param-removed", spot, {"name": _named(parameter)}, guard)
    for parameter in come.values():
        rule = "param-added-required" if is_required(parameter) else "param-added-optional"
        spot = Spot(new=itself(parameter), after=parameter["name"])
        node.edit(rule, spot, {"name": _named(parameter)})


def _only(these: Mapping[Key, Map], those: Mapping[Key, Map]) -> dict[Key, Map]:
    """What is sent of one side alone."""
    return {key: parameter for key, parameter in these.items() if key not in those and key[0] != _UNPLACED}


def _twins(comparison: Comparison, gone: Mapping[Key, Map], come: Mapping[Key, Map]) -> Iterator[_Twins]:
    moved: set[Key] = set()
    for key, parameter in gone.items():
        others = [
            other for other, one in come.items() if one["name"] == parameter["name"] and other not in moved
        ]
        if len(others) == 1:
            moved |= {key, others[0]}
            yield _Twins(key, others[0], "param-moved", "the name is the same")

    def same(one: Map, other: Map) -> bool:
        if is_required(one) != is_required(other) or _style(one) != _style(other):
            return False
        return comparison.same(_schema(one), _schema(other))

    for place in ("query", "header", "cookie"):
        befores, afters = (
            {key[1]: one for key, one in side.items() if key[0] == place and key not in moved}
            for side in (gone, come)
        )
        for old, (new, evidence) in renamed(befores, afters, same, _is_telling).items():
            yield _Twins((place, old), (place, new), "param-renamed", evidence)


def _is_telling(parameter: Map) -> bool:
    schema = parameter.get("schema", {})
    return isinstance(schema, Map) and not _TELLING.isdisjoint(schema)


def _says(rule: str, old: Map, new: Map) -> dict[str, str]:
    if rule == "param-moved":
        before, after = f"the {_in(old)}", f"the {_in(new)}"
    else:
        before, after = shown(old["name"]), _named(new)
    return {"before": before, "after": after, "name": shown(new["name"])}


# --- two parameters: a node of their own, since they may be shared ---


def _lead(comparison: Comparison, node: Node, old: Map, new: Map) -> None:
    if not comparison.same(old, new):
        comparison.graph.edge(node, "parameter", old, new, Step(_named(new), wire=new["name"]))


def of_parameter(comparison: Comparison, node: Node) -> None:
    """Two parameters, or two headers."""
    old, new = node.old, node.new
    says = {"name": node.words}
    if is_required(old) != is_required(new):
        kind = "header" if node.kind == "header" else "param"
        rule = f"{kind}-required" if is_required(new) else f"{kind}-optional"
        spot = Spot(near(old, "required"), near(new, "required"), is_required(old), is_required(new))
        node.edit(rule, spot, says)
    several = not (_is_scalar(old) or _is_scalar(new))
    before, after = _style(old, several=several), _style(new, several=several)
    if _in(old) == _in(new) and before != after:
        spot = Spot(itself(old), itself(new), before, after)
        node.edit("param-serialization-changed", spot, {**says, "before": before, "after": after})
    lifecycle.compare(node, old, new)
    words.compare(node, old, new)
    textual = _holder(old) is old and _holder(new) is new
    may_miss = not (is_required(old) and is_required(new))
    step = Step(node.words, textual=textual, may_miss=may_miss)
    comparison.schema(node, _schema(old), _schema(new), step)


def is_required(parameter: Map) -> bool:
    """Whether a parameter, or a header, has to be there."""
    return bool(parameter.get("required", False)) or parameter.get("in") == "path"


def _holder(parameter: Map) -> Map:
    """What has the schema: the parameter, or its only media type (OpenAPI 3.2, section 4.12.2.3)."""
    return next(iter(parameter.get("content", {}).values()), parameter)


def _schema(parameter: Map) -> Any:
    return _holder(parameter).get("schema", ANYTHING)


def _style(parameter: Map, *, several: bool = True) -> str:
    """How a value is written (OpenAPI 3.2, section 4.12.3); what is one value is so alike, exploded or not."""
    if "content" in parameter:
        return " ".join(parameter["content"])
    style = parameter.get("style", _USUAL.get(parameter.get("in", ""), "simple"))
    exploded = parameter.get("explode", style in _EXPLODED)
    said = [style]
    if several:
        said.append("exploded" if exploded else "not exploded")
    # It means nothing in headers (OpenAPI 3.2, section 4.12.2.2).
    reserved = parameter.get("allowReserved") and "in" in parameter
    return ", ".join([*said, "reserved characters allowed"] if reserved else said)


def _is_scalar(parameter: Map) -> bool:
    schema = parameter.get("schema")
    return isinstance(schema, Map) and schema.get("type") in _SCALARS


def _in(parameter: Map) -> str:
    return str(parameter.get("in", "header"))


def _named(parameter: Map) -> str:
    return f"{_in(parameter)} parameter {shown(parameter['name'])}"
