"""The validators of a schema that stands on its own: each asks for what its schema says and no more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from specwright.document.tree import escape
from specwright.plan.checks.calls import completed
from specwright.plan.checks.functions import Functions
from specwright.plan.checks.reader import Reader
from specwright.plan.checks.where import Side, Where, anchored, looked_up, widened
from specwright.plan.ir import Validator
from specwright.plan.names import spelled
from specwright.problems import Place, Refused, problem, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.plan.checks.where import Scope
    from specwright.plan.keywords import Node, Schema
    from specwright.problems import Problem

ROOT = "validate"


class Schemas(Protocol):
    """Schemas of the one dialect and where their references lead; see `document.standalone`."""

    @property
    def root(self) -> Node:
        """The schema itself."""
        ...

    def target(self, schema: Schema) -> Node:
        """Where the `$ref` of a schema leads."""
        ...

    def dynamic(self, schema: Schema) -> tuple[Node, str | None]:
        """Where the `$dynamicRef` of a schema leads at first, and the anchor that is looked for in the dynamic scope."""
        ...

    def resource(self, schema: Schema) -> str:
        """The schema resource that a schema is in."""
        ...

    def anchors(self, resource: str) -> Mapping[str, Node]:
        """The schemas of a resource with a `$dynamicAnchor`, by it."""
        ...

    def pointer(self, schema: Schema) -> str:
        """The place of a schema, for people."""
        ...


def validators_of(schemas: Schemas) -> tuple[str, tuple[Validator, ...]]:
    """The name of the validator of a schema, and the validators that it and what it calls are made of.

    Raises:
        Refused: A pattern is no regular expression.
    """
    functions = Functions()
    side = _AsWritten(schemas)
    reader = Reader(_Ways(schemas), side, functions)
    written: list[Validator] = []
    node, scope = reader.behind(schemas.root, ())
    side.name(node, scope, ROOT)
    # What is written last is met first, so that a validator stands before those that it calls.
    while side.waiting:
        function, schema, scope = side.waiting.pop(0)
        checks = reader.written(schema, Where(function, scope=scope))
        subject = "a value" if function == ROOT else f"what is at `{schemas.pointer(schema)}`"
        written += [Validator(function, subject, checks), *functions.taken()]
    if reader.unread:
        raise Refused([_unread(schemas, *found) for found in reader.unread])
    return ROOT, completed(written)


def _unread(schemas: Schemas, schema: Schema, source: str, why: str) -> Problem:
    keyword = "pattern" if schema.get("pattern") == source else f"patternProperties/{escape(source)}"
    place = Place("", 1, 1, f"{schemas.pointer(schema).removeprefix('#')}/{keyword}", "")
    found = problem("pattern-invalid", place, f"{quoted(source)} can't be searched for: {why}.")
    return replace(found, severity="error")


class _Ways:
    """Where references lead, the dynamic ones by the resources that were passed."""

    def __init__(self, schemas: Schemas) -> None:
        self._schemas = schemas
        self._passed: dict[str, Scope] = {}

    def target(self, schema: Schema) -> Node:
        return self._schemas.target(schema)

    def dynamic(self, schema: Schema, scope: Scope) -> Node:
        first, anchor = self._schemas.dynamic(schema)
        return looked_up(scope, anchor, first)

    def entered(self, schema: Schema, scope: Scope) -> Scope:
        resource = self._schemas.resource(schema)
        if resource not in self._passed:
            self._passed[resource] = anchored(self._schemas.anchors(resource))
        return widened(scope, self._passed[resource])


class _AsWritten(Side):
    """No side in particular: what is referred to has a name, and what is never sent back is secret."""

    def __init__(self, schemas: Schemas) -> None:
        self._schemas = schemas
        self._names: dict[tuple[int, Scope], str] = {}
        self._taken: set[str] = set()
        self.waiting: list[tuple[str, Schema, Scope]] = []

    def name(self, schema: Schema, scope: Scope, function: str) -> str:
        """Have a validator written for a schema."""
        self._names[id(schema), scope] = function
        self._taken.add(function)
        self.waiting.append((function, schema, scope))
        return function

    def function(self, node: Node, schema: Schema, where: Where) -> str | None:
        """What is referred to has a validator of its own."""
        known = self._names.get((id(schema), where.scope))
        if known is not None or node is schema or isinstance(node, bool):
            return known
        word = spelled(self._schemas.pointer(schema).rpartition("/")[2], "snake", "schema")
        stem, number = f"_validate_{word}", 2
        name = stem
        while name in self._taken:
            name, number = f"{stem}_{number}", number + 1
        return self.name(schema, where.scope, name)

    def marked(self, node: Node, mark: str) -> bool:
        return mark == "writeOnly" and not isinstance(node, bool) and node.get(mark) is True
