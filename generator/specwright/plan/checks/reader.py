"""Schemas -> what validators demand: every keyword of JSON Schema 2020-12 that asserts something."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from specwright.plan.checks import arrays, choices, objects
from specwright.plan.checks.fusing import DEMANDS_NOTHING, REFUSES_ALL, both, of_values
from specwright.plan.checks.secrets import secret
from specwright.plan.formats import ASSERTED
from specwright.plan.ir import Checks, Condition, NumberChecks, StringChecks, Validator
from specwright.plan.keywords import (
    ANYTHING,
    NOTHING,
    UPLOAD,
    demands,
    is_nothing,
    listed_types,
    plain,
    refers,
)
from specwright.plan.patterns import pattern_of
from specwright.runtime.values import among

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.plan.checks.functions import Functions
    from specwright.plan.checks.where import Graph, Scope, Side, Where
    from specwright.plan.ir import JsonType, Pattern
    from specwright.plan.keywords import Node, Schema

STRING: Final = {"minLength": "min_length", "maxLength": "max_length"}
NUMBER: Final = {
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusiveMinimum": "exclusive_minimum",
    "exclusiveMaximum": "exclusive_maximum",
}
"""Keywords of JSON Schema and what the IR calls them."""

DEEPEST: Final = 4
"""Schemas without a name that are written in one another in one function; Python nests 20 blocks."""

STRUCTURED: Final = frozenset(
    {
        "$dynamicRef", "$ref", "additionalProperties", "allOf", "anyOf", "contains", "dependentRequired", "dependentSchemas", "if",
        "items", "not", "oneOf", "patternProperties", "prefixItems", "properties", "propertyNames", "required", "unevaluatedItems",
        "unevaluatedProperties",
    }
)  # fmt: skip
"""Keywords that speak of more than a scalar."""

_PLAIN: Final = frozenset({"format", "type"})
"""Keywords that say the same wherever they stand."""

SMALL: Final = frozenset({"const", "enum", "required", "type", UPLOAD})
"""Keywords of which a condition is made in place."""


class Reader:
    """Reads schemas for one side; functions that it needs on the way are left in `functions`."""

    def __init__(self, graph: Graph, side: Side, functions: Functions) -> None:
        self.graph = graph
        self.side = side
        self.functions = functions
        self.patterns: dict[str, Pattern | None] = {}
        self._of_types: dict[tuple[tuple[JsonType, ...] | None, str | None, bool], Checks] = {}
        self.types: dict[tuple[int, Scope], tuple[Schema, frozenset[JsonType]]] = {}
        """Of a schema, by its identity and scope: itself, and the types that its values may be of, as `choices` finds them."""
        self.unread: list[tuple[Schema, str, str]] = []
        """Patterns that are none: a schema that has it, the pattern, and why."""

    def behind(self, node: Node, scope: Scope) -> tuple[Schema, Scope]:
        """The schema that a node stands for: references are followed where only annotations stand beside them."""
        seen: set[int] = set()
        while not isinstance(node, bool) and id(node) not in seen:
            seen.add(id(node))
            scope = self.graph.entered(node, scope)
            if not refers(node):
                break
            said = demands(node)
            if "$ref" in node and not said:
                node = self.graph.target(node)
            elif said == {"$dynamicRef"} and "$ref" not in node:
                node = self.graph.dynamic(node, scope)
            elif said == {"allOf"} and len(node["allOf"]) == 1 and "$ref" not in node:
                node = node["allOf"][0]
            else:
                break
        if isinstance(node, bool):
            return (ANYTHING if node else NOTHING), scope
        return node, scope

    def parts(self, schema: Schema, scope: Scope) -> Iterator[tuple[Schema, Scope]]:
        """A schema and all that it applies to the same value without a condition, innermost first, each once."""
        seen: set[tuple[int, Scope]] = set()

        def visit(node: Node, scope: Scope) -> Iterator[tuple[Schema, Scope]]:
            if isinstance(node, bool) or node is ANYTHING or node is NOTHING:
                if node is False or node is NOTHING:
                    yield NOTHING, scope
                return
            scope = self.graph.entered(node, scope)
            if (id(node), scope) in seen:
                return
            seen.add((id(node), scope))
            if "$ref" in node:
                yield from visit(self.graph.target(node), scope)
            if "$dynamicRef" in node:
                yield from visit(self.graph.dynamic(node, scope), scope)
            for member in node.get("allOf", ()):
                yield from visit(member, scope)
            yield node, scope

        return visit(schema, scope)

    def of(self, node: Node, where: Where) -> Checks:
        """What a value at `node` must meet: a call where its schema has a validator, unless that is a mere leaf."""
        schema, scope = self.behind(node, where.scope)
        where = where.under(scope)
        if schema is ANYTHING or schema is NOTHING:
            return DEMANDS_NOTHING if schema is ANYTHING else REFUSES_ALL
        if not schema.keys() & STRUCTURED:
            return self.written(schema, where)
        function = self._named(node, schema, where)
        if function is None and where.depth >= DEEPEST:
            function = self.apart(schema, where, "a part of a value")
        return self.written(schema, where) if function is None else Checks(functions=(function,))

    def part(self, node: Node, where: Where) -> Checks:
        """What a part of the value must meet; of one that is never sent back, no more is told than its type."""
        found = self.of(node, where)
        return secret(found) if self.side.marked(node, "writeOnly") else found

    def tried(self, node: Node, where: Where, subject: str) -> Checks:
        """What a value at `node` is tried for: a few words, or a call of a validator."""
        schema, scope = self.behind(node, where.scope)
        if schema is ANYTHING or schema is NOTHING:
            return DEMANDS_NOTHING if schema is ANYTHING else REFUSES_ALL
        here = where.under(scope)
        function = self._named(node, schema, here) if schema.keys() & STRUCTURED else None
        if function is None and "$ref" not in schema and demands(schema) <= SMALL:
            return self.written(schema, here)
        return Checks(functions=(function or self.apart(schema, here, subject),))

    def _named(self, node: Node, schema: Schema, where: Where) -> str | None:
        """The validator that the schema behind a node has of its own, unless it asks for something else than is tried."""
        strays = where.exact and self.side.strays(schema)
        return None if strays else self.side.function(node, schema, where)

    def called(self, node: Node, where: Where, subject: str) -> str:
        """The validator of what is at `node`, a private one where it has none of its own."""
        schema, scope = self.behind(node, where.scope)
        where = where.under(scope)
        constant = schema is ANYTHING or schema is NOTHING
        named = None if constant else self._named(node, schema, where)
        return named or self.apart(schema, where, subject)

    def apart(self, schema: Schema, where: Where, subject: str) -> str:
        """A private validator of a schema that has no name; one that is made of itself calls itself."""
        function, new = self.functions.private(schema, where)
        if new:
            inner = replace(where, depth=0)
            self.functions.write(Validator(function, subject, self.written(schema, inner)))
        return function

    def written(self, schema: Schema, where: Where) -> Checks:
        """What a value of a schema must meet, written out."""
        if is_nothing(schema):
            return REFUSES_ALL
        if "$ref" not in schema and _PLAIN.issuperset(said := demands(schema)):
            return self._of_type(schema, said)
        instead = None if where.exact else self.side.instead(schema)
        if instead is not None:
            return instead
        absent, hidden = self.side.absent(schema), self.side.secret(schema)
        if absent or hidden:
            where = replace(where, absent=where.absent | absent, secret=where.secret | hidden)
        whole = DEMANDS_NOTHING
        tagged = self.side.tagged(schema)
        for part, scope in self.parts(schema, where.scope):
            here = where.under(scope)
            whole = both(whole, REFUSES_ALL if is_nothing(part) else self._single(part, schema, here, tagged))
        whole = both(whole, tagged) if tagged is not None else whole
        whole = objects.closed(whole, self.side.closed(schema, where))
        constant = self.side.constant(schema)
        if constant is not None and any(value is not None for value in whole.values or ()):
            whole = replace(whole, constant=constant)
        kept_back = self.side.marked(schema, "writeOnly")
        return objects.divided(self, secret(whole) if kept_back else whole, where)

    def _of_type(self, schema: Schema, said: set[str]) -> Checks:
        """What `type` and `format` demand, as most schemas of a document have nothing else: worked out once for each pair."""
        key = (
            listed_types(schema),
            schema["format"] if "format" in said else None,
            self.side.marked(schema, "writeOnly"),
        )
        known = self._of_types.get(key)
        if known is None:
            types, form, kept_back = key
            string = StringChecks(format=form) if form in ASSERTED else None
            known = Checks(types=types, string=string, secret=form == "password")
            known = self._of_types[key] = secret(known) if known.secret or kept_back else known
        return known

    def _single(self, part: Schema, schema: Schema, where: Where, tagged: Checks | None) -> Checks:
        """What the keywords of one schema object demand; `schema` is the one that it is a part of."""
        checks = Checks(
            types=listed_types(part),
            string=self._string(part),
            number=_number(part),
            array=arrays.checks(self, part, schema, where),
            object=objects.checks(self, part, schema, where),
            none_of=self._refused(part, where),
            conditions=tuple(self._conditions(part, where)),
            secret=part.get("format") == "password",
        )
        values = _values(part)
        checks = checks if values is None else both(checks, of_values(values))
        if tagged is None:
            for chosen in choices.checks(self, part, schema, where):
                checks = both(checks, chosen)
        return secret(checks) if checks.secret else checks

    def _string(self, part: Schema) -> StringChecks | None:
        said: dict[str, Any] = {field: part[keyword] for keyword, field in STRING.items() if keyword in part}
        if "pattern" in part and (pattern := self.pattern(part["pattern"], part)) is not None:
            said["patterns"] = (pattern,)
        if part.get("format") in ASSERTED:
            said["format"] = part["format"]
        return StringChecks(**said) if said else None

    def pattern(self, source: str, part: Schema) -> Pattern | None:
        """A regular expression of ECMA-262 for Python; None for what is none, which is kept in `unread`."""
        if source not in self.patterns:
            self.patterns[source] = None
            try:
                self.patterns[source] = pattern_of(source)
            except ValueError as error:
                self.unread.append((part, source, str(error)))
        return self.patterns[source]

    def _refused(self, part: Schema, where: Where) -> tuple[Checks, ...]:
        if "not" not in part:
            return ()
        return (
            self.tried(part["not"], replace(where, fragment=True, exact=True), "what a value must not be"),
        )

    def _conditions(self, part: Schema, where: Where) -> Iterator[Condition]:
        if "if" not in part or not part.keys() & {"then", "else"}:
            return
        fragment = replace(where, fragment=True)
        test = self.tried(part["if"], replace(fragment, exact=True), "what a value is tried for")
        then = self.of(part["then"], fragment.below()) if "then" in part else DEMANDS_NOTHING
        otherwise = self.of(part["else"], fragment.below()) if "else" in part else DEMANDS_NOTHING
        if (then, otherwise) != (DEMANDS_NOTHING, DEMANDS_NOTHING):
            yield Condition(
                test,
                None if then == DEMANDS_NOTHING else then,
                None if otherwise == DEMANDS_NOTHING else otherwise,
            )


def _values(part: Schema) -> tuple[Any, ...] | None:
    if "const" in part:
        listed = part.get("enum", (part["const"],))
        return (part["const"],) if among(plain(part["const"]), map(plain, listed)) else ()
    if "enum" in part:
        return tuple(part["enum"])
    among_constants = choices.constants(part)
    return None if among_constants is None else among_constants[1]


def _number(part: Schema) -> NumberChecks | None:
    said: Mapping[str, Any] = {field: part[keyword] for keyword, field in NUMBER.items() if keyword in part}
    if "multipleOf" in part:
        said = {**said, "multiple_of": (part["multipleOf"],)}
    return NumberChecks(**said) if said else None
