"""The validators of many schemas, made and run at once: each asks for what its schema says of a value, whoever sends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from specwright.compilation import run_all
from specwright.plan.checks.calls import completed
from specwright.plan.checks.functions import Functions
from specwright.plan.checks.reader import Reader
from specwright.plan.checks.sides import References
from specwright.plan.checks.where import Side, Where
from specwright.plan.ir import Validator

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from specwright.linting.survey import Survey
    from specwright.plan.checks.where import Scope
    from specwright.plan.keywords import Node, Schema
    from specwright.plan.views import Views
    from specwright.runtime.issues import Issue

Judge: TypeAlias = "Callable[[Any], list[Issue]]"


def judges(survey: Survey, nodes: Sequence[Node]) -> Sequence[Judge]:
    """The validator of each schema."""
    functions, side = Functions(), _Anybody(survey.views)
    reader = Reader(References(survey.document), side, functions)
    written: list[Validator] = []
    roots = [f"judge_{number}" for number in range(len(nodes))]
    for root, node in zip(roots, nodes, strict=True):
        written += [Validator(root, "a value", reader.of(node, Where(root))), *functions.taken()]
    while side.waiting:
        function, schema, scope = side.waiting.pop()
        checks = reader.written(schema, Where(function, scope=scope))
        written += [Validator(function, "a value", checks), *functions.taken()]
    made = run_all(completed(written))
    return [made[root] for root in roots]


class _Anybody(Side):
    """Nobody in particular sends the value: what one side does not send, or does not show, is not asked for."""

    def __init__(self, views: Views) -> None:
        self._views = views
        self._names: dict[tuple[int, Scope], tuple[str, Schema]] = {}
        """Schemas are kept, as their identities are only their own as long as they live."""
        self.waiting: list[tuple[str, Schema, Scope]] = []
        """What has a name and is still to be written."""

    def function(self, node: Node, schema: Schema, where: Where) -> str | None:
        """See `Side`. What is referred to has a validator of its own."""
        key = (id(schema), where.scope)
        if key in self._names:
            return self._names[key][0]
        if node is schema or isinstance(node, bool):
            return None
        name = f"_judge_{len(self._names)}"
        self._names[key] = (name, schema)
        self.waiting.append((name, schema, where.scope))
        return name

    def demanded(self, schema: Schema, _where: Where) -> Callable[[str], bool]:
        """See `Side`."""
        properties: dict[str, Node] = self._views.merged(schema).get("properties", {})
        return lambda wire: not self._is_of_one_side(properties.get(wire, True))

    def _is_of_one_side(self, node: Node) -> bool:
        return self._views.marked(node, "readOnly") or self._views.marked(node, "writeOnly")
