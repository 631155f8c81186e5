"""What calls must show, and how it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from specwright.review.wire import lifecycle, words
from specwright.review.wire.comparison import shown
from specwright.review.wire.edits import Spot, at, itself, near
from specwright.review.wire.graph import Step
from specwright.review.wire.sameness import alike

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from specwright.document import Document, Map
    from specwright.review.wire.comparison import Comparison
    from specwright.review.wire.edits import At
    from specwright.review.wire.graph import Node

_FIELDS: Final = ("type", "name", "in", "scheme", "openIdConnectUrl", "oauth2MetadataUrl")
_URLS: Final = ("authorizationUrl", "deviceAuthorizationUrl", "tokenUrl", "refreshUrl")

_Demanded: TypeAlias = "dict[frozenset[str], Mapping[str, list[str]]]"
"""The alternatives that an operation can be called with, by the names of their schemes."""


# --- what an operation asks for ---


def compare(comparison: Comparison, node: Node) -> None:
    """Notes which credentials an operation asks for that it did not, and leads on to their schemes."""
    old, before = _demanded(comparison.old, node.old)
    new, after = _demanded(comparison.new, node.new)
    _schemes(comparison, node, old, new)
    if alike(old, new):
        return
    olds, news = ({frozenset(one): one for one in alternatives} for alternatives in (old, new))
    spot = Spot(before, after, old, new)
    free, freed = _is_free(olds), _is_free(news)
    if free and not freed:
        node.edit("security-required", spot, {"name": " or ".join(map(_named, news))})
    elif freed and not free:
        node.edit("security-relaxed", spot, {"name": ""})
    elif not free:
        _alternatives(node, spot, olds, news)
    _scopes(node, spot, olds, news)


def _demanded(document: Document, operation: Map) -> tuple[list[Mapping[str, list[str]]], At]:
    """The alternatives that an operation can be called with, and where they stand."""
    holder = operation if "security" in operation else document.root
    return holder.get("security", []), near(holder, "security")


def _is_free(alternatives: _Demanded) -> bool:
    return not alternatives or frozenset() in alternatives


def _alternatives(node: Node, spot: Spot, old: _Demanded, new: _Demanded) -> None:
    """Notes the ways in that came and went: who has all that one asks for is still let in where another asks for less."""
    for names in new:
        if names not in old:
            node.edit("security-alternative-added", spot, {"name": _named(names)})
    for names in old:
        if not any(others <= names for others in new):
            node.edit("security-alternative-removed", spot, {"name": _named(names)})


def _scopes(node: Node, spot: Spot, old: _Demanded, new: _Demanded) -> None:
    for names, alternative in old.items():
        for name in sorted(names) if names in new else ():
            earlier, later = set(alternative[name]), set(new[names][name])
            for scope in sorted(later - earlier):
                node.edit("security-scope-added", spot, {"name": shown(scope)})
            for scope in sorted(earlier - later):
                node.edit("security-scope-removed", spot, {"name": shown(scope)})


def _named(names: frozenset[str]) -> str:
    return " and ".join(map(shown, sorted(names)))


# --- schemes ---


def _schemes(
    comparison: Comparison,
    node: Node,
    old: Sequence[Mapping[str, list[str]]],
    new: Sequence[Mapping[str, list[str]]],
) -> None:
    """The way to the schemes that both ask for."""
    both = {name for one in old for name in one} & {name for one in new for name in one}
    olds, news = (
        document.root.get("components", {}).get("securitySchemes", {})
        for document in (comparison.old, comparison.new)
    )
    for name in sorted(both):
        if name in olds and name in news:
            lead(comparison, node, name, (olds[name], news[name]))


def lead(comparison: Comparison, node: Node, name: str, schemes: tuple[Map, Map]) -> None:
    """The way from a node to a pair of schemes."""
    before, after = comparison.old.target(schemes[0]), comparison.new.target(schemes[1])
    if not comparison.same(before, after):
        comparison.graph.edge(node, "scheme", before, after, Step(name))


def of_scheme(_comparison: Comparison, node: Node) -> None:
    """Two schemes of one name."""
    old, new = node.old, node.new
    words.compare(node, old, new)
    lifecycle.compare(node, old, new)
    for field in _FIELDS:
        before, after = old.get(field), new.get(field)
        # The names of authentication schemes have no case (RFC 9110, section 11.1).
        folded = field == "scheme" and str(before).lower() == str(after).lower()
        if not folded and not alike(before, after):
            _changed(node, field, Spot(near(old, field), near(new, field), before, after))
    _flows(node, old.get("flows", {}), new.get("flows", {}))


def _flows(node: Node, old: Mapping[str, Map], new: Mapping[str, Map]) -> None:
    for flow in dict.fromkeys([*old, *new]):
        if flow in old and flow in new:
            _flow(node, old[flow], new[flow])
        else:
            before, after = ("set" if flow in flows else "none" for flows in (old, new))
            _changed(node, f"the flow {flow}", Spot(near(old, flow), near(new, flow), before, after))


def _flow(node: Node, old: Map, new: Map) -> None:
    for field in _URLS:
        before, after = old.get(field), new.get(field)
        if before != after:
            _changed(node, field, Spot(near(old, field), near(new, field), before, after))
    earlier, later = old.get("scopes", {}), new.get("scopes", {})
    for name in later:
        if name not in earlier:
            node.edit("oauth-scope-added", Spot(new=at(later, name), after=name), {"name": shown(name)})
    for name in earlier:
        if name not in later:
            gone = Spot(at(earlier, name), before=name, parent=itself(new))
            node.edit("oauth-scope-removed", gone, {"name": shown(name)})


def _changed(node: Node, field: str, spot: Spot) -> None:
    before, after = (_shown(value) for value in (spot.before, spot.after))
    node.edit("security-scheme-changed", spot, {"name": field, "before": before, "after": after})


def _shown(value: Any) -> str:
    return "none" if value is None else shown(value)
