"""Two operations: what is asked with, and what is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.document.tree import Map
from specwright.plan.keywords import ANYTHING
from specwright.plan.paths import METHODS, parameters
from specwright.review.wire import lifecycle, security, words
from specwright.review.wire.comparison import shown
from specwright.review.wire.graph import Way
from specwright.review.wire.renames import renamed
from specwright.review.wire.sameness import alike
from specwright.runtime.media import essence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.document import Document
    from specwright.review.wire.comparison import Comparison
    from specwright.review.wire.graph import At, Node

_UNPLACED: Final = "no place"
"""Where parameters of a path are for which it has no place; they are not sent."""
_USUAL: Final[Mapping[str, str]] = {"query": "form", "cookie": "form"}
_EXPLODED: Final = frozenset({"form", "deepObject", "cookie"})


def of_item(item: Map) -> Iterator[tuple[str, At, Map]]:
    """Each operation of a path item: its method, where it stands, and itself."""
    for method in METHODS:
        if method in item:
            yield method.upper(), (item, method), item[method]
    others = item.get("additionalOperations", {})
    for method, operation in others.items():
        yield method, (others, method), operation


class Operation:
    """Compares two operations that are the same one."""

    def __init__(
        self, comparison: Comparison, node: Node, items: tuple[Map, Map], paths: tuple[str, str]
    ) -> None:
        self.comparison = comparison
        self.node = node
        self.items = items
        self.paths = paths
        self.old: Map = node.old
        self.new: Map = node.new

    def compare(self) -> None:
        """Notes what differs, and leads on to bodies and answers."""
        self._names()
        lifecycle.compare(self.node, self.old, self.new)
        words.compare(self.node, self.old, self.new)
        self._parameters()
        self._body()
        self._answers()
        self._callbacks()
        self._servers()
        security.compare(self.comparison, self.node)

    def _names(self) -> None:
        if self.old.get("operationId") != self.new.get("operationId"):
            self._said("operation-id-changed", "operationId")
        if self.old.get("tags", []) != self.new.get("tags", []):
            self._said("tag-changed", "tags")

    def _said(self, rule: str, field: str) -> None:
        before, after = self.old.get(field), self.new.get(field)
        said = {"before": shown(before) if before else "none", "after": shown(after) if after else "none"}
        self.node.edit(rule, old=at(self.old, field), new=at(self.new, field), **said, values=(before, after))

    # --- parameters ---

    def _parameters(self) -> None:
        old = self._listed(self.comparison.old, 0)
        new = self._listed(self.comparison.new, 1)
        for told, parameter in old.items():
            if told in new:
                _parameter(self.comparison, self.node, parameter, new[told])
        gone, come = (
            {
                told: parameter
                for told, parameter in these.items()
                if told not in those and told[0] != _UNPLACED
            }
            for these, those in ((old, new), (new, old))
        )
        for before, after, rule, evidence in self._twins(gone, come):
            one, other = gone.pop(before), come.pop(after)
            says = {
                "param-renamed": {"before": shown(one["name"]), "after": _named(other)},
                "param-moved": {"before": f"the {_in(one)}", "after": f"the {_in(other)}"},
            }[rule]
            says["name"] = shown(other["name"])
            self.node.edit(
                rule,
                old=(one, None),
                new=(other, None),
                evidence=evidence,
                values=(one["name"], other["name"]),
                **says,
            )
            _parameter(self.comparison, self.node, one, other)
        for parameter in gone.values():
            guards = lifecycle.going(parameter, self.comparison.today)
            if not guards and parameter.get("deprecated"):
                guards = {"inward": "compatible", "guard": "deprecated before"}
            said = {"name": _named(parameter), "values": (parameter["name"], None)}
            self.node.edit("param-removed", old=(parameter, None), parent=(self.new, None), **said, **guards)
        for parameter in come.values():
            needed = is_required(parameter)
            rule = "param-added-required" if needed else "param-added-optional"
            self.node.edit(
                rule, new=(parameter, None), name=_named(parameter), values=(None, parameter["name"])
            )

    def _listed(self, document: Document, side: int) -> dict[tuple[str, str], Map]:
        """The parameters, by where they are and their name; those of a path by their place in it."""
        item, operation = self.items[side], (self.old, self.new)[side]
        found: dict[tuple[str, str], Map] = {}
        for parameter in parameters(document, item, operation):
            name: str = parameter["name"]
            where: str = parameter["in"]
            if where == "path":
                position = self.paths[side].find(f"{{{name}}}")
                if position < 0:
                    found[_UNPLACED, name] = parameter
                    continue
                name = str(self.paths[side][:position].count("{"))
            found[where, name.lower() if where == "header" else name] = parameter
        return found

    def _twins(
        self, gone: Mapping[tuple[str, str], Map], come: Mapping[tuple[str, str], Map]
    ) -> Iterator[tuple[tuple[str, str], tuple[str, str], str, str]]:
        """Parameters that are the same one under another name, or in another place."""
        moved: set[tuple[str, str]] = set()
        for told, parameter in gone.items():
            others = [
                other
                for other, one in come.items()
                if one["name"] == parameter["name"] and other not in moved
            ]
            if len(others) == 1:
                moved |= {told, others[0]}
                yield told, others[0], "param-moved", "the name is the same"
        for place in ("query", "header", "cookie"):
            befores = {told[1]: one for told, one in gone.items() if told[0] == place and told not in moved}
            afters = {told[1]: one for told, one in come.items() if told[0] == place and told not in moved}
            names = renamed(
                befores,
                afters,
                self._alike,
                lambda one: (
                    bool({"enum", "pattern"} & one.get("schema", {}).keys())
                    if isinstance(one.get("schema", {}), dict)
                    else False
                ),
            )
            for old, (new, evidence) in names.items():
                yield (place, old), (place, new), "param-renamed", evidence

    def _alike(self, one: Map, other: Map) -> bool:
        if is_required(one) != is_required(other) or _style(one) != _style(other):
            return False
        return self.comparison.same(
            _holder(one).get("schema", ANYTHING), _holder(other).get("schema", ANYTHING)
        )

    # --- bodies ---

    def _body(self) -> None:
        old, new = self.old.get("requestBody"), self.new.get("requestBody")
        if old is None and new is None:
            return
        before = None if old is None else self.comparison.old.target(old)
        after = None if new is None else self.comparison.new.target(new)
        if before is None and after is not None:
            rule = "body-added-required" if after.get("required") else "body-added-optional"
            self.node.edit(rule, new=(self.new, "requestBody"))
        elif after is None:
            self.node.edit("body-removed", old=(self.old, "requestBody"), parent=(self.new, None))
        elif before is not None and not self.comparison.same(before, after):
            self.comparison.graph.edge(self.node, "body", before, after)

    # --- answers ---

    def _answers(self) -> None:
        old: Mapping[str, Map] = self.old.get("responses", {})
        new: Mapping[str, Map] = self.new.get("responses", {})
        for status, reference in old.items():
            if status in new:
                self._answer(reference, new[status])
                continue
            cover = _covering(status, new)
            success = status.startswith(("2", "3")) or (status == "default" and not _successes(old))
            guard = f"`{cover}` speaks of it, too" if cover else ""
            self.node.edit(
                "status-removed-success" if success else "status-removed-error",
                old=at(self.old["responses"], status),
                parent=at(self.new, "responses"),
                name=shown(status),
                outward=("warning" if success else "compatible") if cover else None,
                guard=guard,
                values=(status, None),
            )
            if cover and cover not in old:
                self._answer(reference, new[cover])
        for status in new:
            if status not in old:
                success = status.startswith("2")
                rule = (
                    "status-added-success" if success and not _covering(status, old) else "status-added-error"
                )
                guard = "it was spoken of already" if success and rule.endswith("error") else ""
                self.node.edit(
                    rule,
                    new=at(self.new["responses"], status),
                    name=shown(status),
                    guard=guard,
                    values=(None, status),
                )

    def _answer(self, old: Map, new: Map) -> None:
        before, after = self.comparison.old.target(old), self.comparison.new.target(new)
        if not self.comparison.same(before, after):
            self.comparison.graph.edge(self.node, "answer", before, after, Way.TURNED)

    # --- callbacks and servers ---

    def _callbacks(self) -> None:
        old, new = self.old.get("callbacks", {}), self.new.get("callbacks", {})
        for name in dict.fromkeys([*old, *new]):
            if name not in new:
                self.node.edit(
                    "callback-removed",
                    old=(old, name),
                    parent=(self.new, None),
                    name=shown(name),
                    values=(name, None),
                )
            elif name not in old:
                self.node.edit("callback-added", new=(new, name), name=shown(name), values=(None, name))
            else:
                self._callback(self.comparison.old.target(old[name]), self.comparison.new.target(new[name]))

    def _callback(self, old: Map, new: Map) -> None:
        befores = {key: value for key, value in old.items() if not key.startswith("x-")}
        afters = {key: value for key, value in new.items() if not key.startswith("x-")}
        if len(befores) == len(afters) == 1:
            pairs = [(next(iter(befores.values())), next(iter(afters.values())))]
        else:
            pairs = [(value, afters[key]) for key, value in befores.items() if key in afters]
        for key, value in befores.items():
            if key not in afters and len(pairs) != 1:
                self.node.edit(
                    "callback-removed",
                    old=(old, key),
                    parent=(new, None),
                    name=shown(key),
                    values=(key, None),
                )
        for key in afters:
            if key not in befores and len(pairs) != 1:
                self.node.edit("callback-added", new=(new, key), name=shown(key), values=(None, key))
        for before, after in pairs:
            self._called_back(self.comparison.old.target(before), self.comparison.new.target(after))

    def _called_back(self, old: Map, new: Map) -> None:
        if self.comparison.same(old, new):
            return
        befores = {method: (spot, operation) for method, spot, operation in of_item(old)}
        for method, spot, operation in of_item(new):
            if method not in befores:
                self.node.edit("callback-added", new=spot, name=shown(method), values=(None, method))
                continue
            below = self.comparison.graph.edge(
                self.node, "callback", befores.pop(method)[1], operation, Way.TURNED
            )
            if below in self.comparison.graph.waiting:
                self.comparison.graph.waiting.remove(below)
                Operation(self.comparison, below, (old, new), ("", "")).compare()
        for method, (spot, _) in befores.items():
            self.node.edit(
                "callback-removed", old=spot, parent=(new, None), name=shown(method), values=(method, None)
            )

    def _servers(self) -> None:
        old = self.old.get("servers") or self.items[0].get("servers")
        new = self.new.get("servers") or self.items[1].get("servers")
        if not alike(old, new):
            holders = [
                one if one.get("servers") else other
                for one, other in zip((self.old, self.new), self.items, strict=True)
            ]
            said = [
                holder.get("servers") or root.root.get("servers", [])
                for holder, root in zip(holders, (self.comparison.old, self.comparison.new), strict=True)
            ]
            servers(self.node, said[0], said[1], at(holders[0], "servers"), at(holders[1], "servers"))


def servers(node: Node, old: list[Any], new: list[Any], before: At, after: At) -> None:
    """Notes which servers of two lists differ."""
    olds, news = ({server["url"]: server for server in listed} for listed in (old, new))
    gone = [url for url in olds if url not in news]
    come = [url for url in news if url not in olds]
    if len(gone) == len(come) == 1:
        node.edit(
            "server-changed",
            old=(olds[gone[0]], "url"),
            new=(news[come[0]], "url"),
            before=shown(gone[0]),
            after=shown(come[0]),
            values=(gone, come),
        )
        gone, come = [], []
    for url in gone:
        node.edit(
            "server-removed", old=(olds[url], "url"), parent=after, before=shown(url), values=(url, None)
        )
    for url in come:
        node.edit(
            "server-added", new=(news[url], "url"), old=before and None, after=shown(url), values=(None, url)
        )
    for url, server in olds.items():
        if url in news:
            _variables(node, server, news[url])
            words.compare(node, server, news[url])


def _variables(node: Node, old: Map, new: Map) -> None:
    befores, afters = old.get("variables", {}), new.get("variables", {})
    for name in dict.fromkeys([*befores, *afters]):
        before, after = (
            {word: one[word] for word in ("default", "enum") if word in one}
            for one in (befores.get(name, {}), afters.get(name, {}))
        )
        if not alike(before, after):
            said = {"before": f"{shown(name)} {shown(before)}", "after": f"{shown(name)} {shown(after)}"}
            node.edit(
                "server-changed",
                old=(old, "variables"),
                new=(new, "variables"),
                **said,
                values=(before, after),
            )


# --- parameters, headers, bodies and answers: nodes of their own, since they may be shared ---


def _parameter(comparison: Comparison, node: Node, old: Map, new: Map) -> None:
    if not comparison.same(old, new):
        comparison.graph.edge(node, "parameter", old, new, words=_named(new))


def of_parameter(comparison: Comparison, node: Node) -> None:
    """Two parameters, or two headers, which have all but their name and place in common."""
    old, new = node.old, node.new
    header = node.kind == "header"
    if is_required(old) != is_required(new):
        kind = "header" if header else "param"
        rule = f"{kind}-required" if is_required(new) else f"{kind}-optional"
        node.edit(
            rule,
            old=at(old, "required"),
            new=at(new, "required"),
            name=node.words,
            values=(is_required(old), is_required(new)),
        )
    if not header and old["in"] == new["in"] and _style(old) != _style(new):
        said = {"before": _style(old), "after": _style(new)}
        node.edit(
            "param-serialization-changed",
            old=(old, None),
            new=(new, None),
            name=node.words,
            **said,
            values=(_style(old), _style(new)),
        )
    lifecycle.compare(node, old, new)
    words.compare(node, old, new)
    before, after = _holder(old), _holder(new)
    textual = before is old and after is new
    comparison.schema(
        node, before.get("schema", ANYTHING), after.get("schema", ANYTHING), words=node.words, textual=textual
    )


def of_body(comparison: Comparison, node: Node) -> None:
    """Two bodies that are sent."""
    old, new = node.old, node.new
    if bool(old.get("required")) != bool(new.get("required")):
        rule = "body-required" if new.get("required") else "body-optional"
        node.edit(rule, old=at(old, "required"), new=at(new, "required"))
    words.compare(node, old, new)
    _contents(comparison, node)


def of_answer(comparison: Comparison, node: Node) -> None:
    """Two answers to one status."""
    old, new = node.old, node.new
    words.compare(node, old, new)
    _contents(comparison, node)
    _headers(comparison, node)
    before, after = old.get("links", {}), new.get("links", {})
    for name in dict.fromkeys([*before, *after]):
        if not alike(before.get(name), after.get(name)):
            node.edit(
                "link-changed",
                old=(before, name) if name in before else None,
                new=(after, name) if name in after else None,
                name=shown(name),
                values=(before.get(name), after.get(name)),
            )


def _contents(comparison: Comparison, node: Node) -> None:
    old, new = (_by_essence(value.get("content", {})) for value in (node.old, node.new))
    for told, (name, media) in old.items():
        if told in new:
            before, after = comparison.old.target(media), comparison.new.target(new[told][1])
            if not comparison.same(before, after):
                comparison.graph.edge(node, "media", before, after, words=name)
        else:
            node.edit(
                "media-type-removed",
                old=(node.old["content"], name),
                parent=at(node.new, "content"),
                name=shown(name),
                values=(name, None),
            )
    for told, (name, _) in new.items():
        if told not in old:
            node.edit(
                "media-type-added", new=(node.new["content"], name), name=shown(name), values=(None, name)
            )


def _by_name(headers: Any) -> dict[str, tuple[str, Any]]:
    """Headers by their names without case (RFC 9110, section 5.1), each as it is written, and what holds it."""
    return {name.lower(): (name, headers) for name in headers}


def _by_essence(content: Mapping[str, Map]) -> dict[str, tuple[str, Map]]:
    """Media types by what they are without parameters (RFC 9110, section 8.3.1), where only one of them is that."""
    told = [essence(name) for name in content]
    return {
        one if told.count(one) == 1 else name.lower(): (name, media)
        for one, (name, media) in zip(told, content.items(), strict=True)
    }


def of_media(comparison: Comparison, node: Node) -> None:
    """Two media types of one name."""
    old, new = node.old, node.new
    words.compare(node, old, new)
    for word in ("schema", "itemSchema"):
        if word in old or word in new:
            comparison.schema(node, old.get(word, ANYTHING), new.get(word, ANYTHING), words=node.words)
    before, after = old.get("encoding", {}), new.get("encoding", {})
    for name in dict.fromkeys([*before, *after]):
        one, other = (_encoding(said.get(name, {})) for said in (before, after))
        if one != other:
            said = {"before": shown(one or "the usual way"), "after": shown(other or "the usual way")}
            node.edit(
                "encoding-changed",
                old=at(old, "encoding"),
                new=at(new, "encoding"),
                name=shown(name),
                **said,
                values=(one, other),
            )


def _encoding(said: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        word: value
        for word, value in said.items()
        if word in {"contentType", "style", "explode", "allowReserved"}
    }


def _headers(comparison: Comparison, node: Node) -> None:
    old, new = (_by_name(value.get("headers", {})) for value in (node.old, node.new))
    for told, (name, holder) in old.items():
        before = comparison.old.target(holder[name])
        if told in new:
            other, held = new[told]
            after = comparison.new.target(held[other])
            if not comparison.same(before, after):
                comparison.graph.edge(node, "header", before, after, words=f"header {shown(name)}")
        else:
            rule = "header-removed-required" if before.get("required") else "header-removed-optional"
            node.edit(
                rule,
                old=(holder, name),
                parent=at(node.new, "headers"),
                name=shown(name),
                values=(name, None),
            )
    for told, (name, holder) in new.items():
        if told not in old:
            node.edit("header-added", new=(holder, name), name=shown(name), values=(None, name))


# --- what is said of them ---


def at(holder: Map, field: str) -> At:
    """Where a field stands; the object where it has no such."""
    return (holder, field if field in holder else None)


def is_required(parameter: Map) -> bool:
    """Whether a parameter, or a header, has to be there."""
    return bool(parameter.get("required", False)) or parameter.get("in") == "path"


def _holder(parameter: Map) -> Map:
    """What has the schema: the parameter, or its only media type (OpenAPI 3.2, section 4.12.2.3)."""
    return next(iter(parameter.get("content", {}).values()), parameter)


def _style(parameter: Map) -> str:
    """How a value is written (OpenAPI 3.2, section 4.12.3)."""
    if "content" in parameter:
        return " ".join(parameter["content"])
    style = parameter.get("style", _USUAL.get(parameter.get("in", ""), "simple"))
    exploded = parameter.get("explode", style in _EXPLODED)
    said = [style, "exploded" if exploded else "not exploded"]
    return ", ".join([*said, "reserved characters allowed"] if parameter.get("allowReserved") else said)


def _in(parameter: Map) -> str:
    return str(parameter.get("in", "header"))


def _named(parameter: Map) -> str:
    return f"{_in(parameter)} parameter {shown(parameter['name'])}"


def _successes(responses: Mapping[str, Map]) -> bool:
    return any(status.startswith("2") for status in responses)


def _covering(status: str, responses: Mapping[str, Map]) -> str:
    """The range, or `default`, that speaks of a status, too; "" where none does."""
    span = f"{status[0]}XX"
    if span != status and span in responses:
        return span
    inside = [other for other in responses if status.endswith("XX") and other[0] == status[0]]
    if inside:
        return inside[0]
    return "default" if "default" in responses and status != "default" else ""
