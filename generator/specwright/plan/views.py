"""What a schema says once its `$ref`s are followed and its `allOf` is merged."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, cast

from specwright.plan.ir import Doc
from specwright.plan.ir.types import NO_DOC
from specwright.plan.keywords import (
    ANYTHING,
    NOTHING,
    TYPED,
    demanded_types,
    demands,
    is_constant,
    is_nothing,
    listed,
    place_of,
    plain,
    refers,
)
from specwright.plan.merging import fused
from specwright.problems import Refused, problem
from specwright.runtime.values import among, comparable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from specwright.document import Document, Map
    from specwright.plan.ir import Direction
    from specwright.plan.keywords import Node, Schema

Mark: TypeAlias = Literal["readOnly", "writeOnly"]

MERGES: Final = 100_000
"""Merges of schemas with their `allOf`; those that lead to each other in circles are merged once for each way."""

JOINS: Final = 2_000
"""Members of choices that are joined with what stands beside the choice; beyond that they are taken as they are."""

DEEPEST: Final = 4
"""Choices in one another that a schema is joined with; choices may lead to each other without end."""


_TITLE: Final = re.compile(r"[^\W_][\w-]*(?: [\w-]+){0,3}", re.ASCII)
"""A title that is a name, and no sentence."""

OF_THE_WHOLE: Final = frozenset({"$dynamicRef", "unevaluatedItems", "unevaluatedProperties"})
"""Keywords that are told of a schema as it stands: what no part of it looks at, and where its reference leads."""

_MADE_OF_OTHERS: Final = frozenset({"allOf", "anyOf", "oneOf", "$ref"})

_CERTAIN: Final[tuple[tuple[Node, Schema], ...]] = ((True, ANYTHING), (False, NOTHING))

_UNMARKED: Final[frozenset[str]] = frozenset()

HIDDEN: Final[Mapping[Direction | None, Mark]] = {"request": "readOnly", "response": "writeOnly"}
"""The mark of the properties that one side does not send."""

_UNDECLARED: Final = frozenset({"additionalProperties", "patternProperties", "unevaluatedProperties"})

_NO_PROPERTIES: Final[Mapping[str, Node]] = {}

_MARKS: Final = frozenset({"readOnly", "writeOnly", "deprecated"})


@dataclass(frozen=True, slots=True)
class Alternative:
    """What a value may be: a schema, the step that leads to it, and a word that names it."""

    schema: Node
    step: str
    word: str


class Views:
    """The schemas of a document as later planning wants to see them; each is worked out once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._kept: list[Node] = []
        """What is known below by its id: that is only its own as long as what it is of lives."""
        self._behind: dict[int, Schema] = {id(node): schema for node, schema in _CERTAIN}
        self._wholes: dict[int, Schema] = {}
        self._merged: dict[int, Schema] = {}
        self._sent: dict[tuple[int, Direction], Mapping[str, Node]] = {}
        self._marks: dict[int, frozenset[str]] = {}
        self._docs: dict[int, Doc] = {}
        self._open: set[int] = set()
        self._merges = 0
        self._joins: dict[int, int] = {}
        """How many choices around it a schema was joined with."""
        self._united: dict[tuple[int, ...], Schema] = {}
        self._alternatives: dict[int, tuple[Alternative, ...]] = {}
        self._comparable: dict[int, tuple[list[Any], frozenset[object]]] = {}
        """Of each list of values, by its identity: the list, and what its values are compared by."""

    def behind(self, node: Node) -> Schema:
        """The schema that `node` stands for: `$ref` and an `allOf` of one are followed where only annotations stand by."""
        known = self._behind.get(id(node))
        if known is None:
            self._kept.append(node)
            known = self._behind[id(node)] = self._followed(node)
        return known

    def _followed(self, node: Node) -> Schema:
        seen: set[int] = set()
        while not isinstance(node, bool) and refers(node) and id(node) not in seen:
            seen.add(id(node))
            said = demands(node)
            if "$ref" in node and not said:
                node = self._target(node)
            elif said == {"allOf"} and len(node["allOf"]) == 1 and "$ref" not in node:
                node = node["allOf"][0]
            else:
                break
        if isinstance(node, bool):
            return ANYTHING if node else NOTHING
        return node

    def _target(self, node: Schema) -> Schema:
        # Whatever has a `$ref` was read from the document; what is merged here has none.
        return self._document.target(cast("Map", node))

    def merged(self, node: Node) -> Schema:
        """The keywords of the schema behind `node`, its `$ref` and `allOf` merged into them.

        What can't be merged stays below `allOf`. The same schema gives the same object.
        """
        known = self._wholes.get(id(node))
        if known is not None:
            return known
        whole = self._merge(self.behind(node))
        if not self._open:  # what is left out of a schema that reaches itself is not kept as the whole
            self._kept.append(node)
            self._wholes[id(node)] = whole
        return whole

    def _merge(self, schema: Schema) -> Schema:
        if _MADE_OF_OTHERS.isdisjoint(schema):
            return schema
        known = self._merged.get(id(schema))
        if known is not None:
            return known
        if "allOf" not in schema and "$ref" not in schema:
            self._kept.append(schema)
            whole = self._merged[id(schema)] = self._listed(schema)
            return whole
        self._merges += 1
        if self._merges > MERGES:
            message = f"the `allOf`s of this document lead to each other in more than {MERGES} ways"
            raise Refused([problem("limit-expansion", place_of(schema), message)])
        own = {key: value for key, value in schema.items() if key not in {"allOf", "$ref"}}
        members = [*([self._target(schema)] if "$ref" in schema else []), *schema.get("allOf", ())]
        self._open.add(id(schema))
        # An allOf that reaches itself demands nothing new; what was left out for that is not kept as the whole.
        inner = [part for member in members if id(part := self.behind(member)) not in self._open]
        whole = self._listed(fused([*(self._merge(part) for part in inner), own]))
        self._open.remove(id(schema))
        if len(inner) == len(members) or not self._open:
            self._kept.append(schema)
            self._merged[id(schema)] = whole
        return whole

    def is_listed(self, value: Any, merged: Schema) -> bool:
        """Whether a value is one of those that a schema lists by `const` or `enum`."""
        values = listed(merged)
        if "const" in merged:
            return among(plain(value), map(plain, values))
        if id(values) not in self._comparable:
            self._comparable[id(values)] = (values, frozenset(comparable(plain(each)) for each in values))
        return comparable(plain(value)) in self._comparable[id(values)][1]

    def _listed(self, merged: Schema) -> Schema:
        """The same schema, with a choice among constants as the `enum` that it is."""
        for keyword in ("oneOf", "anyOf"):
            members = merged.get(keyword, ())
            if members and "enum" not in merged and all(map(is_constant, members)):
                values = [member["const"] for member in members]
                return {**{key: value for key, value in merged.items() if key != keyword}, "enum": values}
        return merged

    def alternatives(self, node: Node) -> tuple[Alternative, ...]:
        """What a value may be, where the schema behind `node` is a choice, each with what stands beside the choice.

        There are none where the choice only narrows what stands beside it, which is for validators to see to.
        """
        known = self._alternatives.get(id(node))
        if known is None:
            schema = self.behind(node)
            self._kept.append(node)
            known = self._spread(schema) if schema is node else self.alternatives(schema)
            self._alternatives[id(node)] = known
        return known

    def _spread(self, schema: Schema) -> tuple[Alternative, ...]:
        merged = self.merged(schema)
        if not ("oneOf" in merged or "anyOf" in merged) or "enum" in merged or "const" in merged:
            return ()
        said = demands(merged)
        for keyword in ("oneOf", "anyOf"):
            members = merged.get(keyword, ())
            # What extends a choice that it is a member of has inherited it, and is that member.
            if not members or any(self.behind(member) is schema for member in members):
                continue
            beside = {
                key: merged[key] for key in merged if key in said and key not in {keyword, *OF_THE_WHOLE}
            }
            if not all(self._narrows(member, beside) for member in members):
                return tuple(
                    Alternative(self._joined(member, beside, schema), f"{keyword}/{position}", word)
                    for position, (member, word) in enumerate(zip(members, self._words(members), strict=True))
                )
        return ()

    def _joined(self, member: Node, beside: Schema, choice: Schema) -> Node:
        """A member of a choice with what stands beside the choice, unless the member says all of that itself."""
        depth = self._joins.get(id(choice), 0) + 1
        if depth > DEEPEST or len(self._joins) >= JOINS or self._covers(member, beside):
            return member
        joined: Schema = {"allOf": [beside, member]}
        self._joins[id(joined)] = depth
        return joined

    def _words(self, members: Sequence[Node]) -> list[str]:
        """What the members of a choice are called: as what they refer to, their titles, or their own values of a property.

        Where two would be called the same they have numbers.
        """
        words = [self._word(member) for member in members]
        times = Counter(words)
        return [
            word if word and times[word] == 1 else f"option {position}"
            for position, word in enumerate(words, 1)
        ]

    def _word(self, member: Node) -> str:
        if isinstance(member, bool):
            return ""
        if "$ref" in member:
            return str(member["$ref"].rpartition("/")[2])
        if _TITLE.fullmatch(member.get("title", "")):
            return str(member["title"])
        for node in self.merged(member).get("properties", {}).values():
            merged = self.merged(node)
            values = listed(merged)
            if len(values) == 1 and isinstance(values[0], str) and _TITLE.fullmatch(values[0]):
                return values[0]
        return ""

    def _narrows(self, member: Node, beside: Schema) -> bool:
        """Whether a member of a choice says no more of the type of a value than what stands beside the choice."""
        if not TYPED & beside.keys() or (not isinstance(member, bool) and "$ref" in member):
            return False
        merged = self.merged(member)
        said = TYPED & merged.keys()
        properties = merged.get("properties", {}).keys()
        same = {"properties", "type"} & beside.keys()
        return said <= same and properties <= beside.get("properties", {}).keys()

    def _covers(self, member: Node, beside: Schema) -> bool:
        """Whether a member of a choice says all of the type of a value that what stands beside the choice says."""
        said = {key for key in TYPED & beside.keys() if beside[key] is not False}
        merged = self.merged(member)
        kinds = demanded_types(merged)
        properties = beside.get("properties", {}).keys()
        typed = "type" not in beside or (bool(kinds) and set(kinds) <= set(demanded_types(beside)))
        return said <= {"properties", "type"} and typed and properties <= merged.get("properties", {}).keys()

    def undeclared(self, merged: Schema) -> Node | None:
        """What the members of an object may be that are not among its properties; None where none is spoken of."""
        if _UNDECLARED.isdisjoint(merged):
            return None
        patterns = merged.get("patternProperties", {}).values()
        others = merged.get("additionalProperties", merged.get("unevaluatedProperties", bool(patterns)))
        return self._any_of([*patterns, *([] if is_nothing(others) else [others])])

    def items(self, merged: Schema) -> Node:
        """What the items of an array may be, wherever they stand in it."""
        others: Node = merged.get("items", True)
        if "prefixItems" not in merged:
            return others
        first: Sequence[Node] = merged["prefixItems"]
        only = bool(first) and (is_nothing(others) or merged.get("maxItems", len(first) + 1) <= len(first))
        found = self._any_of([*first, *([] if only else [others])])
        return True if found is None else found

    def _any_of(self, members: Sequence[Node]) -> Node | None:
        """One schema for all of several; the same for the same ones."""
        if len(members) < 2:  # noqa: PLR2004 -- one is itself
            return next(iter(members), None)
        made = self._united.setdefault(tuple(map(id, members)), {"anyOf": list(members)})
        return True if True in members else made

    def admits_null(self, node: Node) -> bool:
        """Whether null is a value of the schema behind `node`, or of one that it is a choice of."""
        waiting, seen = [node], set[int]()
        while waiting:
            schema = self.behind(waiting.pop())
            if id(schema) in seen:
                continue
            seen.add(id(schema))
            merged = self.merged(schema)
            alternatives = self.alternatives(schema)
            if alternatives:
                waiting += (one.schema for one in alternatives)
            elif "const" in merged or "enum" in merged:
                if None in merged.get("enum", (merged.get("const"),)):
                    return True
            elif "null" in demanded_types(merged):
                return True
        return False

    def doc(self, node: Node) -> Doc:
        """What `node` says of itself, and where it is silent, what the schema behind it says."""
        if isinstance(node, bool):
            return NO_DOC
        known = self._docs.get(id(node))
        if known is None:
            self._kept.append(node)
            said = self.merged(node)
            marks = self._marks_of(node)
            known = self._docs[id(node)] = Doc(
                text=node.get("description") or said.get("description") or "",
                read_only="readOnly" in marks,
                write_only="writeOnly" in marks,
                deprecated="deprecated" in marks,
                default=next(((part["default"],) for part in (node, said) if "default" in part), ()),
            )
        return known

    def marked(self, node: Node, mark: str) -> bool:
        """Whether `node`, or the schema behind it, has the mark (`readOnly`, `writeOnly`, `deprecated`)."""
        return not isinstance(node, bool) and mark in self._marks_of(node)

    def _marks_of(self, node: Schema) -> frozenset[str]:
        known = self._marks.get(id(node))
        if known is None:
            self._kept.append(node)
            merged = self.merged(node)
            known = _UNMARKED
            if not (_MARKS.isdisjoint(node) and _MARKS.isdisjoint(merged)):
                known = frozenset(mark for mark in _MARKS if node.get(mark, merged.get(mark)))
            self._marks[id(node)] = known
        return known

    def sent(self, node: Node, direction: Direction) -> Mapping[str, Node]:
        """The properties of the schema behind `node` that one side sends; of both the same object, where both send all."""
        merged = self.merged(node)
        known = self._sent.get((id(merged), direction))
        if known is None:
            self._kept.append(merged)
            every: Mapping[str, Node] = merged.get("properties", _NO_PROPERTIES)
            hidden = HIDDEN[direction]
            seen = {wire: part for wire, part in every.items() if not self.marked(part, hidden)}
            known = self._sent[id(merged), direction] = every if len(seen) == len(every) else seen
        return known
