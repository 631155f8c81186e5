"""Models and what is read of them: objects of classes for what answers hold, and dicts for what is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import libcst as cst

from specwright.migrate import lacking
from specwright.migrate.calling import default
from specwright.migrate.cells import AnswerOf, Cell, ClientOf, ErrorOf, ListOf, MapOf, ModelOf
from specwright.migrate.draft import KeptError, LeftError, shown
from specwright.migrate.spelling import chained, is_absent, literal, text, written
from specwright.plan.ir import Scalar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.migrate.draft import Draft
    from specwright.migrate.pairing import Class
    from specwright.migrate.sites import Construction, Looked, Read, Tested
    from specwright.migrate.symbols import Reference

_OF_ANSWERS: Final[Mapping[str, str]] = {
    "content": "content",
    "headers": "headers",
    "parsed": "body",
    "status_code": "status",
}
_CLOSED: Final = "`{}` holds what the document names, and nothing else; see `with_response`"
_BUILTINS: Final[Mapping[str, str]] = {
    "any": "object",
    "bool": "bool",
    "float": "float",
    "int": "int",
    "str": "str",
}
"""Types that need no import."""


def construct(draft: Draft, site: Construction) -> None:
    """A model that is made becomes a dict.

    Raises:
        LeftError: It is none that is sent, or what it is made of is not known.
    """
    known = draft.class_of(site.cell)
    if site.problem:
        raise LeftError(site.problem)
    if known is None or not draft.is_sent(site.cell):
        raise LeftError("it is none that is sent")
    model = draft.pairs.before.models[known.name]
    wires = {key.wire: key for key in known.input.keys} if known.input else {}
    members: list[tuple[str, int, Any]] = []
    gone: list[cst.BaseExpression] = []
    order = {argument: position for position, argument in enumerate(site.node.args)}
    for key, argument in site.arguments.items():
        wire = model.attributes[key].wire if key in model.attributes else ""
        if wire not in wires:
            raise LeftError(f"`{known.name}` has no `{key}` in the document")
        if is_absent(argument.value):
            gone.append(argument.value)
            continue
        if _may_be_absent(argument.value):
            raise LeftError(
                f"its `{key}` may be absent, which in a dict is a key that is not there: make it without, and set "
                f"`[{text(wire).value}]` where there is one"
            )
        members.append(
            (
                wire,
                order[argument],
                draft.given(argument.value, draft.source.sites.cells.get(argument.value, Cell()), omit=None),
            )
        )
    said = [
        (attribute.wire, default(attribute.default, wires[attribute.wire], draft), None)
        for key, attribute in model.attributes.items()
        if key not in site.arguments and attribute.default is not None and attribute.wire in wires
    ]

    def edit(new: Any) -> cst.BaseExpression:
        given = [
            (wire, part(new.args[position].value), new.args[position]) for wire, position, part in members
        ]
        return written([*given, *said], site.node)

    draft.rewritten |= {one for one in draft.source.sites.references if one.node in gone}
    draft.done(site.reference, site.node, edit)


def _may_be_absent(node: cst.BaseExpression) -> bool:
    match node:
        case cst.IfExp():
            return is_absent(node.body) or is_absent(node.orelse)
        case cst.BooleanOperation():
            return is_absent(node.right)
        case _:
            return False


# --- annotations ---


def spelled(draft: Draft, cell: Cell, by: Any) -> str:
    """The annotation of a value that is sent.

    Raises:
        LeftError: It can't be told.
    """
    match cell.kind:
        case ModelOf():
            return _input(draft, cell, by)
        case ListOf(item):
            return f"list[{spelled(draft, item, by)}]"
        case MapOf(value):
            return f"dict[str, {spelled(draft, value, by)}]"
        case _:
            raise LeftError("its type is not known")


def _input(draft: Draft, cell: Cell, by: Any) -> str:
    known = draft.class_of(cell)
    if known is not None and known.is_map:
        return _mapping(known)
    if known is None or known.input is None or not draft.is_sent(cell):
        raise LeftError("it is none that is sent")
    return draft.new(by, known.input.name)


def _mapping(known: Class) -> str:
    """The annotation of a class that is a plain mapping now."""
    if not isinstance(known.values, Scalar) or known.values.name not in _BUILTINS:
        raise LeftError(f"`{known.name}` is a plain `dict` now")
    return f"dict[str, {_BUILTINS[known.values.name]}]"


def annotate(draft: Draft, reference: Reference) -> None:
    """A class of the old package in an annotation, or where one is tested for.

    Raises:
        LeftError: What it is in the new package is not known.
    """
    cell = reference.cell or Cell()
    name = getattr(reference.target, "name", "")
    known = draft.pairs.classes.get(name)
    why = cell.kept()
    if why is not None:
        raise KeptError(name, why)
    if known is None:
        raise LeftError(f"the new package has no `{name}`")
    if known.enum is not None:
        new = draft.new(reference.by, known.enum.name)
    elif known.is_map:
        new = _mapping(known)
    elif _as_sent(draft, known, cell):
        new = draft.new(reference.by, known.input.name if known.input else "")
    else:
        new = draft.new(reference.by, known.struct.name if known.struct else "")
    draft.done(reference, reference.node, lambda node: _spelled(node, new))


def _spelled(node: Any, text: str) -> cst.BaseExpression:
    return cst.parse_expression(text).with_changes(lpar=node.lpar, rpar=node.rpar)


def _as_sent(draft: Draft, known: Class, cell: Cell) -> bool:
    if isinstance(cell.kind, ModelOf):
        return draft.is_sent(cell)
    if known.struct is None:
        raise LeftError(f"`{known.name}` is a dict now, which has no class")
    return False


def _named(node: Any, name: str) -> cst.BaseExpression:
    return cst.Name(name, lpar=node.lpar, rpar=node.rpar)


def member(draft: Draft, reference: Reference) -> None:
    """A member of an enum, or the enum that a value is made a member of.

    Raises:
        LeftError: The new package has no such member.
    """
    why = reference.cell.kept() if reference.cell is not None else None
    if why is not None:
        raise KeptError(shown(reference.node), why)
    name, part = getattr(reference.target, "name", ""), getattr(reference.target, "part", "")
    known = draft.pairs.classes.get(name)
    value = draft.pairs.before.enums[name].members.get(part)
    if known is None or known.enum is None:
        if value is None:
            raise LeftError(f"the new package has no enum for `{name}`")
        draft.done(
            reference,
            reference.node,
            lambda node: literal(value).with_changes(lpar=node.lpar, rpar=node.rpar),
        )
        return
    new = draft.new(reference.by, known.enum.name)
    if not part:
        draft.done(reference, reference.node, lambda node: _named(node, new))
        return
    found = [one.name for one in known.enum.members if one.value == value]
    if not found:
        raise LeftError(f"`{known.enum.name}` has no member {value!r}")

    def edit(node: Any) -> cst.BaseExpression:
        return cst.Attribute(cst.Name(new), cst.Name(found[0]), lpar=node.lpar, rpar=node.rpar)

    draft.done(reference, reference.node, edit)


# --- what is read ---


def read(draft: Draft, site: Read, plain: Mapping[Cell, bool]) -> None:
    """What is read of a value; `plain` tells of answers whether they are but their bodies now.

    Raises:
        LeftError: The new one has nothing like it.
    """
    name = site.node.attr.value
    if site.problem:
        raise LeftError(site.problem)
    if site.owner.has("kept") and not isinstance(site.owner.kind, ClientOf):
        return
    match site.owner.kind:
        case AnswerOf():
            _of_answer(draft, site, name, is_plain=plain.get(site.owner.root, False))
        case ClientOf():
            lacking.of_client(draft, site)
        case ErrorOf():
            if name != "status_code":
                raise LeftError(f"a `StatusError` has no `{name}`; it has `status`, `headers` and `body`")
            draft.edits[site.node] = lambda new: new.with_changes(attr=cst.Name("status"))
        case ModelOf():
            _of_model(draft, site, name)
        case _:
            _of_status(draft, site, name)


def _of_answer(draft: Draft, site: Read, name: str, *, is_plain: bool) -> None:
    if name not in _OF_ANSWERS:
        raise LeftError(f"an answer has no `{name}`")
    if is_plain:
        draft.edits[site.node] = lambda new: new.value
    else:
        draft.edits[site.node] = lambda new: new.with_changes(attr=cst.Name(_OF_ANSWERS[name]))


def _of_status(draft: Draft, site: Read, name: str) -> None:
    """What is read of a status, which is a plain number now."""
    inner = site.node.value
    if not isinstance(inner, cst.Attribute) or inner.attr.value != "status_code":
        return
    answers = (one for one in draft.source.sites.reads if one.node is inner)
    if not any(isinstance(one.owner.kind, AnswerOf | ErrorOf) for one in answers):
        return
    if name != "value":
        raise LeftError(f"a status is a number now, and has no `{name}`: `HTTPStatus(…).{name}` does")
    draft.edits[site.node] = lambda new: new.value


def _of_model(draft: Draft, site: Read, name: str) -> None:
    known = draft.class_of(site.owner)
    if known is None or known.name in draft.pairs.before.enums:
        return
    is_sent = draft.is_sent(site.owner)
    attribute = draft.pairs.before.models[known.name].attributes.get(name)
    if name == "additional_properties":
        _of_extra(draft, site, known, is_sent=is_sent)
    elif attribute is None and _narrowed(draft, site, name):
        return  # an answer that is no success has it, which is raised now: that is noted where it is asked for
    elif attribute is None or site.is_called:
        if is_sent and name == "to_dict":
            raise LeftError("it is a dict already, whose values are not encoded yet")
        instead = "; `as_json(…)` gives what it is on the wire" if name == "to_dict" else ""
        raise LeftError(f"`{known.name}` has no `{name}` now{instead}")
    elif is_sent:
        _of_dict(draft, site, known, attribute.wire)
    else:
        fields = known.struct.fields if known.struct else ()
        found = next((one.name for one in fields if one.wire == attribute.wire), None)
        if found is None:
            raise LeftError(f"`{known.name}` has no `{attribute.wire}` in the document")
        draft.edits[site.node] = lambda new: new.with_changes(attr=cst.Name(found))


def _narrowed(draft: Draft, site: Read, name: str) -> bool:
    """Whether it is asked of a value whether it is an error's, and errors may have the attribute."""
    owner = site.owner.root
    is_asked = any(asked.cell.root is owner for asked in draft.source.sites.doubted)
    return is_asked and any(name in model.attributes for model in draft.pairs.before.models.values())


def _of_extra(draft: Draft, site: Read, known: Class, *, is_sent: bool) -> None:
    """The properties that the document does not name."""
    if known.is_map or is_sent:
        draft.edits[site.node] = lambda new: new.value
    elif known.struct is not None and known.struct.extra is not None:
        draft.edits[site.node] = lambda new: new.with_changes(attr=cst.Name("extra"))
    else:
        raise LeftError(_CLOSED.format(known.name))


def look(draft: Draft, site: Looked) -> None:
    """A model that is looked into by a key, as that of a property that the document does not name.

    Raises:
        LeftError: The new one holds no such properties.
    """
    known = draft.class_of(site.cell)
    if known is None or known.is_map or known.name in draft.pairs.before.enums or site.cell.has("kept"):
        return
    if draft.is_sent(site.cell):
        return
    if known.struct is None or known.struct.extra is None:
        raise LeftError(_CLOSED.format(known.name))
    before = draft.edits.get(site.node)

    def edit(new: Any) -> cst.BaseExpression:
        inner: Any = before(new) if before else new
        return chained(inner, ["extra"])

    draft.edits[site.node] = edit


def _of_dict(draft: Draft, site: Read, known: Class, wire: str) -> None:
    """A key of what is sent."""
    required = {key.wire: key.required for key in known.input.keys} if known.input else {}
    if wire not in required:
        raise LeftError(f"`{known.name}` has no `{wire}` in the document")
    key = text(wire)
    if site.is_set or required[wire]:
        draft.edits[site.node] = lambda new: cst.Subscript(new.value, [cst.SubscriptElement(cst.Index(key))])
    else:
        draft.edits[site.node] = lambda new: cst.Call(
            cst.Attribute(new.value, cst.Name("get")), [cst.Arg(key)]
        )


def test(draft: Draft, site: Tested) -> None:
    """Whether something is absent: of what answers hold it is `None`, and an argument of the code's own is `OMIT`.

    Raises:
        LeftError: It is not known which.
    """
    why = site.cell.kept()
    if why is not None:
        raise KeptError(shown(site.subject), why)
    if site.cell.has("received"):
        if isinstance(site.node, cst.MatchClass):
            _absent(draft, site, site.node)
            return
        marker = draft.absent(site.cell, site.reference.by)

        def edit(new: Any) -> cst.BaseExpression:
            operator = cst.IsNot() if site.negated else cst.Is()
            subject = _subject(new, is_reversed=site.reversed)
            target = cst.ComparisonTarget(operator, cst.Name(marker))
            return cst.Comparison(subject, [target], lpar=new.lpar, rpar=new.rpar)

        draft.done(site.reference, site.node, edit)
        return
    if not site.cell.has("optional"):
        raise LeftError("what is asked about is not known")
    name = "OMIT" if getattr(site.reference.target, "what", "") == "unset" else "Omit"
    new_name = draft.new(site.reference.by, name)
    draft.done(site.reference, site.reference.node, lambda node: _named(node, new_name))


def _absent(draft: Draft, site: Tested, node: cst.MatchClass) -> None:
    """A pattern of what is absent; a plain name would be bound by it."""
    if node.lpar:
        raise LeftError("it is a pattern in parentheses")
    marker = draft.new(site.reference.by, "UnsetType", "msgspec") if site.cell.has("nullable") else ""
    draft.rewritten.add(site.reference)
    draft.edits[node] = lambda new: (
        new.with_changes(cls=cst.Name(marker)) if marker else cst.MatchSingleton(cst.Name("None"))
    )


def _subject(new: Any, *, is_reversed: bool) -> cst.BaseExpression:
    match new:
        case cst.Call():
            return new.args[0].value
        case cst.Comparison():
            return new.comparisons[0].comparator if is_reversed else new.left
        case _:
            return _subject(new.expression, is_reversed=is_reversed)
