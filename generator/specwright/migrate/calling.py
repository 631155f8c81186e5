"""A call of an operation: from a function that takes a client to a method of one."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import libcst as cst

from specwright.migrate.cells import Cell, ModelOf
from specwright.migrate.draft import KeptError, LeftError, shown
from specwright.migrate.inlining import inlined
from specwright.migrate.spelling import called, chained, is_absent, literal, spread, text
from specwright.plan.ir import Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from specwright.migrate.draft import Draft, Edit
    from specwright.migrate.inlining import Inlined
    from specwright.migrate.pairing import Method
    from specwright.migrate.sites import Construction, OperationCall
    from specwright.plan.ir import Argument, Key

BOTH: Final = (
    "its client is used by `async` calls and by others: `Client` and `AsyncClient` are two classes now"
)
_ASKED: Final = "the document asks for credentials here, and its client was made without; `MissingCredentials` is raised now"
_UNASKED: Final = "the document asks for no credentials here, and none are sent now"
_KEYED: Final = (
    "`{}` is sent with it now, with a key that is made for each call, by which the server knows a repetition"
)
_MEMBERS: Final = (
    "the old client sends its members as parameters of their own; they are sent as the document says now"
)
_PLAIN: Final = frozenset({"any", "bool", "float", "int", "str"})
"""Scalars whose values are those of JSON."""
_STAR: Final = "**"


@dataclass(frozen=True, slots=True)
class _Given:
    """An argument of the new call: one of the old call, by its position, or one of the body that is made in it."""

    keyword: str
    """The new name; "" for a positional one."""
    position: int
    inner: int | None
    edit: Edit


@dataclass(frozen=True, slots=True)
class _Moved:
    """An argument of the new call that stood in another line."""

    keyword: str
    value: cst.BaseExpression
    edit: Edit


@dataclass(frozen=True, slots=True)
class _Said:
    """An argument of the new call that the old one did not give: a default, which the old client sent."""

    keyword: str
    value: cst.BaseExpression


@dataclass(slots=True)
class _Change:
    """What a new call takes in, beside what stood in the old one."""

    site: OperationCall
    method: Method
    absorbed: set[Construction] = field(default_factory=set["Construction"])
    inlined: list[Inlined] = field(default_factory=list["Inlined"])
    gone: list[cst.BaseExpression] = field(default_factory=list[cst.BaseExpression])
    """What stood for nothing, and is not written any more."""


class Calls:
    """Rewrites the calls of a file."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._made = {site.node: site for site in draft.source.sites.constructions}
        self.absorbed: set[Construction] = set()
        """Bodies whose members have become arguments."""
        self.targets: set[cst.CSTNode] = set()
        """What such bodies were assigned to, and their attributes."""

    def decide(self, site: OperationCall, *, plain: bool) -> None:
        """Decide what becomes of a call; `plain` where nothing but the body of its answer is asked for.

        Raises:
            LeftError: It can't be understood.
        """
        if site.problem:
            raise LeftError(site.problem)
        module = getattr(site.reference.target, "module", "")
        method = self._draft.pairs.methods.get(module)
        if method is None:
            raise LeftError(self._draft.pairs.alone.get(module, "the operation is not in the document"))
        if site.client is None or site.client_cell is None:
            raise LeftError("no client is given")
        if site.client_cell.has("async") and site.client_cell.has("sync"):
            raise LeftError(BOTH)
        for what, cell in ((site.client, site.client_cell), (site.node, site.answer or site.body)):
            why = cell.kept()
            if why is not None:
                raise KeptError(shown(what), why)
        position = next(number for number, one in enumerate(site.node.args) if one.value is site.client)
        change = _Change(site, method)
        parts = [*self._given(change), *self._said(change)]
        like = _layout(change)
        first_page = method.operation.pagination is not None and site.client_cell.has("sync") and plain
        way = method.place if plain else ("with_response", *method.place)

        def edit(new: Any) -> cst.BaseExpression:
            function = chained(new.args[position].value, way)
            made = called(function, [_argument(self._draft, new, part) for part in parts], like)
            made = made.with_changes(lpar=new.lpar, rpar=new.rpar)
            return cst.Call(cst.Attribute(made, cst.Name("first"))) if first_page else made

        self._take(change)
        self._look_at_credentials(change)
        self._look_at_keys(change, parts)
        self._draft.done(site.reference, site.node, edit)

    def _look_at_credentials(self, change: _Change) -> None:
        """Tell of calls that credentials are sent with, or not, in another way than before."""
        security = change.method.operation.security
        is_anonymous = change.site.client_cell is not None and change.site.client_cell.has("anonymous")
        if not security and self._draft.api.credentials and not is_anonymous:
            self._draft.notes.append((change.site.node, _UNASKED))
        elif security and all(security) and is_anonymous:
            self._draft.notes.append((change.site.node, _ASKED))

    def _look_at_keys(self, change: _Change, parts: Sequence[_Given | _Moved | _Said]) -> None:
        """Tell of calls that are sent with a key that they did not have."""
        operation = change.method.operation
        wire = operation.idempotency
        named = next((one.name for one in operation.arguments if one.wire == wire), "")
        if wire and named not in {part.keyword for part in parts}:
            self._draft.notes.append((change.site.node, _KEYED.format(wire)))

    def _take(self, change: _Change) -> None:
        """Take note of what stands in a call now, or nowhere."""
        self.absorbed |= change.absorbed
        self._draft.rewritten |= {made.reference for made in change.absorbed}
        self._draft.rewritten |= {
            one for one in self._draft.source.sites.references if one.node in change.gone
        }
        for elsewhere in change.inlined:
            self._draft.removed |= set(elsewhere.lines)
            statements = [one for line in elsewhere.lines for one in line.body]
            self.targets |= {
                target.target for one in statements if isinstance(one, cst.Assign) for target in one.targets
            }
            if change.site.line is not None:
                said = [empty for line in elsewhere.lines for empty in line.leading_lines if empty.comment]
                self._draft.moved[change.site.line] = said

    def _omit(self, change: _Change) -> Callable[[], str]:
        return lambda: self._draft.new(change.site.reference.by, "OMIT")

    def _given(self, change: _Change) -> Iterator[_Given | _Moved | _Said]:
        """What the old call gives."""
        site, method = change.site, change.method
        in_path = [argument.name for argument in method.operation.arguments if argument.location == "path"]
        names = {id(argument): name for name, argument in site.arguments.items()}
        parameters = {parameter.name: parameter for parameter in method.before.parameters}
        for number, argument in enumerate(site.node.args):
            if argument.value is site.client:
                continue
            name = names[id(argument)]
            if name not in parameters:
                raise LeftError(f"the operation has no parameter `{name}`")
            new = method.arguments.get(name)
            if new is None:
                yield from self._body(change, number, argument.value)
            elif is_absent(argument.value):
                change.gone.append(argument.value)
            elif parameters[name].place != "query" or not _is_none(argument.value):  # which it does not send
                edit = self._draft.given(
                    argument.value,
                    site.cells[name],
                    omit=self._omit(change),
                    drops_null=parameters[name].place == "query" and not new.nullable,
                )
                if not parameters[name].wire and parameters[name].place == "query":
                    self._draft.notes.append((argument, _MEMBERS))
                is_first = argument.keyword is None and in_path[:1] == [new.name]
                in_path = in_path[1:] if is_first else []
                yield _Given("" if is_first else new.name, number, None, edit)

    def _said(self, change: _Change) -> Iterator[_Said]:
        """What the old client sends where nothing is given."""
        for parameter in change.method.before.parameters:
            new = change.method.arguments.get(parameter.name)
            if (
                new is not None
                and parameter.name not in change.site.arguments
                and parameter.default is not None
            ):
                yield _Said(new.name, default(parameter.default, new, self._draft))

    # --- bodies ---

    def _body(
        self, change: _Change, number: int, node: cst.BaseExpression
    ) -> Iterator[_Given | _Moved | _Said]:
        """The arguments that a body's members have become."""
        if is_absent(node):
            change.gone.append(node)
            return
        made = self._made.get(node) if isinstance(node, cst.Call) else None
        elsewhere = inlined(self._draft.source.sites, change.site, node)
        if made is not None:
            yield from self._members(change, made, {}, number)
        elif elsewhere is not None:
            change.inlined.append(elsewhere)
            yield from self._members(change, elsewhere.made, elsewhere.set, None)
        else:
            yield self._whole(change, number)

    def _members(
        self, change: _Change, made: Construction, later: Mapping[str, cst.BaseExpression], number: int | None
    ) -> Iterator[_Given | _Moved | _Said]:
        """The members of a body that is made in the call, or in lines before it, where it has no `number` in the call."""
        if made.problem:
            raise LeftError(made.problem)
        change.absorbed.add(made)
        model = self._draft.pairs.before.models[getattr(made.reference.target, "name", "")]
        order = {id(argument.value): position for position, argument in enumerate(made.node.args)}
        given = {**{key: argument.value for key, argument in made.arguments.items()}, **later}
        for key, value in given.items():
            new = change.method.members.get(model.attributes[key].wire) if key in model.attributes else None
            if new is None:
                raise LeftError(f"the body has no `{key}` that callers may send, by the document")
            if is_absent(value):
                change.gone.append(value)
                continue
            cell = self._draft.source.sites.cells.get(value, Cell())
            edit = self._draft.given(value, cell, omit=self._omit(change))
            if number is None:
                yield _Moved(new.name, value, edit)
            else:
                yield _Given(new.name, number, order[id(value)], edit)
        for key, attribute in model.attributes.items():
            new = change.method.members.get(attribute.wire)
            if new is not None and key not in given and attribute.default is not None:
                yield _Said(new.name, default(attribute.default, new, self._draft))

    def _whole(self, change: _Change, number: int) -> _Given:
        """A body that is made elsewhere: a dict, whose keys are the arguments if all are called as on the wire."""
        cell = change.site.cells["body"]
        known = self._draft.class_of(cell)
        if not isinstance(cell.kind, ModelOf) or known is None or known.input is None:
            raise LeftError(
                "what its body is made of is not known; its members are arguments now: give them one by one"
            )
        if not self._draft.is_sent(cell):
            raise LeftError("its body comes from an answer; give its members, from `.as_input()`")
        members = change.method.members
        other = [key.wire for key in known.input.keys if members[key.wire].name != key.wire]
        if other:
            names = ", ".join(f"`{members[wire].name}` ({wire})" for wire in other)
            first = f"{members[other[0]].name}=body[{text(other[0]).value}]"
            raise LeftError(
                f"its body is made elsewhere, and not all arguments are called as on the wire: {names}; "
                f"give its members one by one, such as `{first}`"
            )
        return _Given(_STAR, number, None, lambda new: new)


def _layout(change: _Change) -> cst.Call:
    """The call whose layout the new one has."""
    if spread(change.site.node):
        return change.site.node
    return next((made.node for made in change.absorbed if spread(made.node)), change.site.node)


def _is_none(node: cst.BaseExpression) -> bool:
    return isinstance(node, cst.Name) and node.value == "None"


def _argument(draft: Draft, new: cst.Call, part: _Given | _Moved | _Said) -> cst.Arg:
    if isinstance(part, _Said):
        value, keyword, before = part.value, part.keyword, cst.Arg(part.value)
    elif isinstance(part, _Moved):
        value, keyword, before = part.edit(draft.written(part.value)), part.keyword, cst.Arg(part.value)
    else:
        before = new.args[part.position]
        if part.inner is not None:
            before = cst.ensure_type(before.value, cst.Call).args[part.inner]
        value, keyword = part.edit(before.value), part.keyword
    if keyword == _STAR:
        return cst.Arg(value, star=_STAR, comma=before.comma)
    equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    return cst.Arg(
        value,
        keyword=cst.Name(keyword) if keyword else None,
        equal=equal if keyword else cst.MaybeSentinel.DEFAULT,
        comma=before.comma,
    )


def default(node: ast.expr, argument: Argument | Key, draft: Draft) -> cst.BaseExpression:
    """A default of the old package's, which it sent and ours does not unless it is given.

    Raises:
        LeftError: It is no value of JSON that can be written here.
    """
    match node:
        case ast.Constant(value=None | bool() | int() | float() | str() as value) if not (
            isinstance(argument.type, Scalar) and argument.type.name not in _PLAIN
        ):
            return literal(value)
        case ast.Attribute(value=ast.Name(id=name), attr=member) if name in draft.pairs.before.enums:
            return literal(draft.pairs.before.enums[name].members[member])
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
            return literal(-value)
        case _:
            said = ast.unparse(node)
            raise LeftError(
                f"the old client sends `{said}` as `{argument.wire}` here, which has to be given now"
            )


def plainly(reads: Sequence[str], *, named: bool, escaped: bool, alone: bool) -> bool:
    """Whether of a detailed answer nothing but its body is asked for, by what is read of it."""
    if named or escaped:
        return False
    return set(reads) == {"parsed"} or (alone and not reads)
