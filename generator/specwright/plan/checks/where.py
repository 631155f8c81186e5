"""What a reader of schemas is told: where its checks are written, and by what rules of the side that sends the value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from specwright.plan.ir import Checks, Direction, OtherProperties
    from specwright.plan.keywords import Node, Schema


@dataclass(frozen=True, slots=True, eq=False)
class Passed:
    """A schema with a `$dynamicAnchor` that was passed; another is never equal to it."""

    node: Node


Scope: TypeAlias = tuple[tuple[str, Passed], ...]
"""The dynamic scope, as far as it matters: of each `$dynamicAnchor`, the first schema that was passed."""


def anchored(anchors: Mapping[str, Node]) -> Scope:
    """What the schemas of a resource with a `$dynamicAnchor` add to a dynamic scope."""
    return tuple((name, Passed(schema)) for name, schema in sorted(anchors.items()))


def widened(scope: Scope, passed: Scope) -> Scope:
    """The dynamic scope inside a resource: what was passed before it comes first (JSON Schema Core 2020-12, section 7.1)."""
    known = {name for name, _ in scope}
    new = tuple(one for one in passed if one[0] not in known)
    return (*scope, *new) if new else scope


def looked_up(scope: Scope, anchor: str | None, first: Node) -> Node:
    """The schema that a dynamic reference means: the first with the anchor that was passed, else where it leads at first."""
    return next((passed.node for name, passed in scope if name == anchor), first)


_NONE: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Where:
    """Where checks are written: in a function, so many schemas without a name deep.

    A `fragment` says only a part of what a value is: other keys are no misspellings to it. What is `exact` is tried, and
    fits just what the document lists, whatever a server may add. Of the whole that is spoken of, properties are `absent`
    that the side does not send, and `secret` that messages must not show.
    """

    function: str
    depth: int = 0
    fragment: bool = False
    exact: bool = False
    scope: Scope = ()
    absent: frozenset[str] = _NONE
    secret: frozenset[str] = _NONE

    def below(self) -> Where:
        """The same, a schema deeper."""
        return self.inside(fragment=self.fragment, absent=self.absent, secret=self.secret)

    def inside(
        self, *, fragment: bool, absent: frozenset[str] = _NONE, secret: frozenset[str] = _NONE
    ) -> Where:
        """Where parts of the value are spoken of, which may be a fragment of what is said of them."""
        return Where(self.function, self.depth + 1, fragment, self.exact, self.scope, absent, secret)

    def under(self, scope: Scope) -> Where:
        """The same, in another dynamic scope; hardly any document has more than one."""
        return self if scope == self.scope else replace(self, scope=scope)


class Graph(Protocol):
    """Where references lead."""

    def target(self, schema: Schema, /) -> Node:
        """The schema that the `$ref` of another one leads to."""
        ...

    def dynamic(self, schema: Schema, scope: Scope, /) -> Node:
        """The schema that the `$dynamicRef` of another one leads to (JSON Schema Core 2020-12, section 8.2.3.2)."""
        ...

    def entered(self, schema: Schema, scope: Scope, /) -> Scope:
        """The dynamic scope inside a schema."""
        ...


class Side:
    """What is to be said of schemas beyond their keywords, where one side sends the value; and what has a name.

    As it stands here, no side in particular sends it: there is nothing to be said, and nothing has a name.
    """

    hidden: Literal["readOnly", "writeOnly"] | None = None
    """The mark of properties that the side does not send."""
    direction: Direction | None = None
    """Who sends the value; None where nobody in particular does."""

    def function(self, _node: Node, _schema: Schema, _where: Where, /) -> str | None:
        """The validator that the schema behind a node has of its own."""
        return None

    def marked(self, _node: Node, _mark: str, /) -> bool:
        """Whether a node, or the schema behind it, has the mark."""
        return False

    def instead(self, _schema: Schema, /) -> Checks | None:
        """What is demanded in place of what a schema says."""
        return None

    def strays(self, _node: Node, /) -> bool:
        """Whether validators of the side ask something else of a schema, or of any that it is made of, than it says."""
        return False

    def constant(self, _schema: Schema, /) -> str | None:
        """The name of the values that a schema lists."""
        return None

    def tagged(self, _schema: Schema, /) -> Checks | None:
        """What is demanded of a choice whose members a property tells apart."""
        return None

    def closed(self, _schema: Schema, _where: Where, /) -> OtherProperties | None:
        """What refuses undeclared properties though the schema does not say so."""
        return None

    def demanded(self, _schema: Schema, _where: Where, /) -> Callable[[str], bool]:
        """Whether a name that a schema requires is demanded, if the side sends it."""
        return lambda _: True

    def absent(self, _schema: Schema, /) -> frozenset[str]:
        """The properties of a schema that the side does not send."""
        return frozenset()

    def secret(self, _schema: Schema, /) -> frozenset[str]:
        """The properties of a schema that messages must not show."""
        return frozenset()

    def united(self, _schema: Schema, _part: Schema, _keyword: str, /) -> bool:
        """Whether other parts of a schema have the keyword, too, so that what one says of it is only a part."""
        return False

    def properties(self, _schema: Schema, /) -> Mapping[str, Node]:
        """The properties of a schema that its members speak of more than once, as one schema each."""
        return {}

    def members(
        self, _schema: Schema, _keyword: str, written: Sequence[Node], /
    ) -> tuple[Sequence[Node], bool]:
        """The members of a choice, and whether each says only a part of what a value is."""
        return written, False
