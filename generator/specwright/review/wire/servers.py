"""Where requests go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from specwright.review.wire import words
from specwright.review.wire.comparison import shown
from specwright.review.wire.edits import Spot, at, near
from specwright.review.wire.sameness import alike

if TYPE_CHECKING:
    from specwright.document import Map
    from specwright.review.wire.comparison import Comparison
    from specwright.review.wire.edits import At
    from specwright.review.wire.graph import Node


@dataclass(frozen=True, slots=True)
class Servers:
    """Servers, by their URLs, and where the list of them stands."""

    by_url: dict[str, Map]
    place: At


def of_document(comparison: Comparison, node: Node) -> None:
    """Notes which servers of two documents differ."""
    old, new = comparison.old.root, comparison.new.root
    _compare(node, _servers(old, old), _servers(new, new))


def of_operation(comparison: Comparison, node: Node, items: tuple[Map, Map]) -> None:
    """Notes which servers of two operations differ, where they, or their path items, have some of their own."""
    operations: tuple[Map, Map] = (node.old, node.new)
    holders = [own if own.get("servers") else item for own, item in zip(operations, items, strict=True)]
    old, new = holders
    if not alike(old.get("servers"), new.get("servers")):
        _compare(node, _servers(old, comparison.old.root), _servers(new, comparison.new.root))


def _servers(holder: Map, root: Map) -> Servers:
    """The servers of an object; those of the document where it has none."""
    listed: list[Map] = holder.get("servers") or root.get("servers", [])
    return Servers({server["url"]: server for server in listed}, near(holder, "servers"))


def _compare(node: Node, old: Servers, new: Servers) -> None:
    gone = [url for url in old.by_url if url not in new.by_url]
    come = [url for url in new.by_url if url not in old.by_url]
    if len(gone) == len(come) == 1:
        old_at, new_at = at(old.by_url[gone[0]], "url"), at(new.by_url[come[0]], "url")
        says = {"before": shown(gone[0]), "after": shown(come[0])}
        node.edit("server-changed", Spot(old_at, new_at, gone, come), says)
        gone, come = [], []
    for url in gone:
        spot = Spot(at(old.by_url[url], "url"), before=url, parent=new.place)
        node.edit("server-removed", spot, {"before": shown(url)})
    for url in come:
        spot = Spot(new=at(new.by_url[url], "url"), after=url)
        node.edit("server-added", spot, {"after": shown(url)})
    for url, server in old.by_url.items():
        if url in new.by_url:
            _variables(node, server, new.by_url[url])
            words.compare(node, server, new.by_url[url])


def _variables(node: Node, old: Map, new: Map) -> None:
    befores, afters = old.get("variables", {}), new.get("variables", {})
    for name in dict.fromkeys([*befores, *afters]):
        before, after = _demanded(befores.get(name, {})), _demanded(afters.get(name, {}))
        if not alike(before, after):
            says = {
                side: f"{shown(name)} {shown(said)}" for side, said in (("before", before), ("after", after))
            }
            spot = Spot(near(old, "variables"), near(new, "variables"), before, after)
            node.edit("server-changed", spot, says)


def _demanded(variable: dict[str, Any]) -> dict[str, Any]:
    return {word: variable[word] for word in ("default", "enum") if word in variable}
