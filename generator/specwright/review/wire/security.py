"""What calls must show, and how it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.review.wire import words
from specwright.review.wire.comparison import shown
from specwright.review.wire.sameness import alike

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.document import Document, Map
    from specwright.review.wire.comparison import Comparison
    from specwright.review.wire.graph import At, Node

_FIELDS: Final = ("type", "name", "in", "scheme", "openIdConnectUrl", "oauth2MetadataUrl")
_URLS: Final = ("authorizationUrl", "deviceAuthorizationUrl", "tokenUrl", "refreshUrl")


def compare(comparison: Comparison, node: Node) -> None:
    """Notes which credentials an operation asks for that it did not, and leads on to their schemes."""
    old, before = _demanded(comparison.old, node.old)
    new, after = _demanded(comparison.new, node.new)
    _schemes(comparison, node, old, new)
    if alike(old, new):
        return
    olds, news = ({frozenset(one): one for one in alternatives} for alternatives in (old, new))
    spot: dict[str, Any] = {"old": before, "new": after, "values": (old, new)}
    free, freed = frozenset[str]() in olds or not olds, frozenset[str]() in news or not news
    if free and not freed:
        node.edit("security-required", **spot, name=" or ".join(map(_named, news)))
        return
    if freed and not free:
        node.edit("security-relaxed", **spot, name="")
        return
    for names in news:
        if names and names not in olds and olds:
            # One more scheme in an alternative is no other way in, but one that asks for more.
            node.edit("security-alternative-added", **spot, name=_named(names))
    for names in olds:
        if names and names not in news and news:
            node.edit("security-alternative-removed", **spot, name=_named(names))
    for names, alternative in olds.items():
        for scheme in sorted(names) if names in news else ():
            earlier, later = set(alternative[scheme]), set(news[names][scheme])
            for scope in sorted(later - earlier):
                node.edit("security-scope-added", **spot, name=shown(scope))
            for scope in sorted(earlier - later):
                node.edit("security-scope-removed", **spot, name=shown(scope))


def _demanded(document: Document, operation: Map) -> tuple[list[Mapping[str, list[str]]], At]:
    """The alternatives that an operation can be called with, and where they stand."""
    holder = operation if "security" in operation else document.root
    return holder.get("security", []), (holder, "security" if "security" in holder else None)


def _named(names: frozenset[str]) -> str:
    return " and ".join(map(shown, sorted(names)))


def _schemes(comparison: Comparison, node: Node, old: list[Any], new: list[Any]) -> None:
    """The way to the schemes that both ask for."""
    both = {name for one in old for name in one} & {name for one in new for name in one}
    olds, news = (
        document.root.get("components", {}).get("securitySchemes", {})
        for document in (comparison.old, comparison.new)
    )
    for name in sorted(both):
        if name in olds and name in news:
            scheme(comparison, node, name, olds[name], news[name])


def scheme(comparison: Comparison, node: Node, name: str, old: Map, new: Map) -> None:
    """The way from a node to a pair of schemes."""
    before, after = comparison.old.target(old), comparison.new.target(new)
    if not comparison.same(before, after):
        comparison.graph.edge(node, "scheme", before, after, words=name)


def of_scheme(node: Node) -> None:
    """Two schemes of one name."""
    old, new = node.old, node.new
    words.compare(node, old, new)
    for field in _FIELDS:
        before, after = old.get(field), new.get(field)
        if not alike(before, after) and not (field == "scheme" and str(before).lower() == str(after).lower()):
            _changed(node, field, (old, field), (new, field), before, after)
    befores, afters = old.get("flows", {}), new.get("flows", {})
    for flow in dict.fromkeys([*befores, *afters]):
        if flow not in afters or flow not in befores:
            before, after = ("set" if flow in flows else "none" for flows in (befores, afters))
            _changed(node, f"the flow {flow}", (befores, flow), (afters, flow), before, after)
            continue
        one, other = befores[flow], afters[flow]
        for field in _URLS:
            if one.get(field) != other.get(field):
                _changed(node, field, (one, field), (other, field), one.get(field), other.get(field))
        earlier, later = one.get("scopes", {}), other.get("scopes", {})
        for name in later:
            if name not in earlier:
                node.edit("oauth-scope-added", new=(later, name), name=shown(name), values=(None, name))
        for name in earlier:
            if name not in later:
                node.edit(
                    "oauth-scope-removed",
                    old=(earlier, name),
                    parent=(other, None),
                    name=shown(name),
                    values=(name, None),
                )


def _changed(
    node: Node, field: str, old: tuple[Any, str], new: tuple[Any, str], before: Any, after: Any
) -> None:
    spots = [(holder, name if name in holder else None) for holder, name in (old, new)]
    said = {
        "before": shown(before) if before is not None else "none",
        "after": shown(after) if after is not None else "none",
    }
    node.edit(
        "security-scheme-changed", old=spots[0], new=spots[1], name=field, **said, values=(before, after)
    )
