"""What becomes of every site of a file; what is not understood is left, and the reason told."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import libcst as cst

from specwright.migrate import asking, failing, lacking, making, modelling
from specwright.migrate.calling import BOTH, Calls
from specwright.migrate.cells import AnswerOf, Cell
from specwright.migrate.draft import KeptError, LeftError, shown
from specwright.migrate.symbols import Called, Thing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from specwright.migrate.draft import Draft
    from specwright.migrate.sites import Assigned, Construction, Same
    from specwright.migrate.symbols import Reference

    _Work = tuple[cst.CSTNode, Callable[[], object]]
    """A node, and what decides what becomes of it."""

_RAISED: Final = (
    "an answer that is no success is raised as a `StatusError` now, so that this is not met with one"
)
_OVERLOOKED: Final = "`{}` is used in a way that is not followed"
_UNFOLLOWED: Final[Mapping[str, str]] = {
    "class": "what answers hold is a class of the new package of that name, and what is sent is a dict",
    "client": "it is `Client` now, or `AsyncClient` where its calls are awaited",
    "error": "it is `StatusError` now",
    "file": "what is uploaded is given as bytes, as an open file, or as `(name, content, media type)`",
    "response": "it is `Response` now, which calls of `client.with_response` give",
    "unset": "what an answer does not have is `None`, and an argument that is not given is `OMIT`",
    "Unset": "what an answer does not have is `None`, and an argument that is not given is an `Omit`",
}
"""By what it is: what a thing of the old package is now."""


_WIDER: Final = "a `StatusError` is raised for every status that is no success, not only for those that the document does not have"
_FOREIGN: Final = "it is a dict now, and is given to a function that is not followed"
MOCKED: Final = "what stands in for it in a test has to be a method of the client now, or an `http_client` of the client's own"
_ELSEWHERE: Final = (
    f"a module of the old package is used otherwise than to call what is in it; if it is for a test: {MOCKED}"
)
_IN_TEXT: Final = f"it names something of the old package; {MOCKED}"
_EQUAL: Final[Mapping[type, Callable[[], cst.BaseCompOp]]] = {cst.Is: cst.Equal, cst.IsNot: cst.NotEqual}
_HOLDERS: Final = (cst.Dict, cst.DictComp, cst.DictElement, cst.Element, cst.List, cst.ListComp)
_WITH_THEIR_SITE: Final = frozenset({"call", "construct", "make", "test"})
"""Roles of references that are decided with the site that they are in."""


def decide(draft: Draft, plain: Mapping[Cell, bool]) -> int:
    """Decide every site; how many calls are rewritten."""
    sites = draft.source.sites
    calls = Calls(draft)
    done = 0
    for call in sites.calls:
        is_plain = call.answer is None or plain.get(call.answer.root, False)
        done += _attempt(draft, call.node, partial(calls.decide, call, plain=is_plain))
    for node, work in (*_of_values(draft, calls, plain), *_of_names(draft)):
        _attempt(draft, node, work)
    draft.notes += [
        (one.node, _FOREIGN)
        for one in sites.constructions
        if one.node in draft.edits and one.cell.has("escaped")
    ]
    for assigned in sites.assigned:
        if assigned.line not in draft.removed:
            _annotate(draft, assigned)
    draft.left += [(node, _ELSEWHERE) for node in sites.dangling]
    draft.left += [(node, _OVERLOOKED.format(node.value)) for node, _ in sites.overlooked]
    draft.left += [(node, _IN_TEXT) for node in sites.named]
    draft.notes += [
        (one.node, _RAISED)
        for one in sites.doubted
        if not one.cell.has("kept") and (one.cell.has("result") or _is_status(draft, one.cell))
    ]
    return done


def _of_values(draft: Draft, calls: Calls, plain: Mapping[Cell, bool]) -> Iterator[_Work]:
    """Models and clients that are made, and what is read and asked of values."""
    sites = draft.source.sites
    for made in sites.constructions:
        if made not in calls.absorbed:
            yield made.node, partial(modelling.construct, draft, made)
    for client in sites.made:
        yield client.node, partial(making.decide, draft, client)
    for read in sites.reads:
        if read.node not in calls.targets:
            yield read.node, partial(modelling.read, draft, read, plain)
    for looked in sites.looked:
        yield looked.node, partial(modelling.look, draft, looked)
    yield from _of_tests(draft)


def _of_tests(draft: Draft) -> Iterator[_Work]:
    """What is asked about values."""
    sites = draft.source.sites
    for matched in sites.matched:
        if matched.problem or not matched.cell.has("kept"):
            yield matched.node, partial(asking.pattern, draft, matched)
    for tested in sites.tested:
        yield tested.node, partial(modelling.test, draft, tested)
    for same in sites.same:
        yield same.node, partial(_same, draft, same)
    for given in sites.of_attrs:
        yield given.node, partial(lacking.of_attrs, draft, given)


def _of_names(draft: Draft) -> Iterator[_Work]:
    """Names of the old package, and errors of httpx."""
    for reference in draft.source.sites.references:
        if reference.role not in _WITH_THEIR_SITE:
            yield reference.node, partial(refer, draft, reference)
    for failure in draft.source.sites.failures.values():
        yield failure.node, partial(failing.decide, draft, failure)


def _attempt(draft: Draft, node: cst.CSTNode, decide: Callable[[], object]) -> bool:
    """Whether something could be decided; otherwise, it is left."""
    why = attempted(decide)
    if why is not None:
        draft.left.append((node, why))
    return why is None


def attempted(decide: Callable[[], object]) -> str | None:
    """Why something can't be decided; None where it is."""
    try:
        decide()
    except LeftError as error:
        return str(error)
    return None


def _is_status(draft: Draft, cell: Cell) -> bool:
    return any(
        one.cell.root is cell.root
        and one.node.attr.value == "status_code"
        and isinstance(one.owner.kind, AnswerOf)
        and not one.owner.has("kept")
        for one in draft.source.sites.reads
    )


def _same(draft: Draft, same: Same) -> None:
    """A status is a number now, which equals a member of `HTTPStatus` and is none."""
    if not any(_is_status(draft, cell) for cell in same.cells):
        return

    draft.edits[same.node] = lambda new: new.with_changes(comparisons=[*map(_equal, new.comparisons)])


def _equal(part: cst.ComparisonTarget) -> cst.ComparisonTarget:
    made = _EQUAL.get(type(part.operator))
    return part.with_changes(operator=made()) if made else part


def refer(draft: Draft, reference: Reference) -> None:
    """Decide what becomes of a name of the old package that no other site has in it.

    Raises:
        LeftError: That is not known, or it is left with something else.
    """
    if reference in draft.rewritten:
        return
    match reference.role, reference.target:
        case "annotation", Thing("class"):
            modelling.annotate(draft, reference)
        case "annotation", Thing("client"):
            cell = reference.cell or Cell()
            if cell.has("async") and cell.has("sync"):
                raise LeftError(BOTH)
            _not_kept(reference, cell)
            _name(draft, reference, "AsyncClient" if cell.has("async") else "Client")
        case "instance", Thing("class"):
            asking.instance(draft, reference)
        case "annotation", Thing("response"):
            _not_kept(reference, reference.cell)
            _name(draft, reference, "Response")
        case ("annotation", Thing("Unset")) | ("value", Thing("unset")):
            _absence(draft, reference, reference.cell or Cell())
        case "enum", _:
            modelling.member(draft, reference)
        case "except", _:
            _is_raised(draft, reference)
            _name(draft, reference, "StatusError")
            draft.notes.append((reference.node, _WIDER))
        case _:
            raise LeftError(_unfollowed(draft, reference))


def _absence(draft: Draft, reference: Reference, cell: Cell) -> None:
    _not_kept(reference, cell)
    if cell.has("escaped") and not any(cell.kin()):
        raise LeftError(_unfollowed(draft, reference))
    _absent(draft, reference, cell)


def _not_kept(reference: Reference, cell: Cell | None) -> None:
    why = cell.kept() if cell is not None else None
    if why is not None:
        raise KeptError(shown(reference.node), why)


def _is_raised(draft: Draft, reference: Reference) -> None:
    """Whether it is the new error that is caught, since no call is left in the block before, or anywhere if none is in it."""
    _not_kept(reference, reference.cell)
    calls = draft.source.sites.tried.get(reference, ())
    why = next((call.because for call in calls if call.because), "") if calls else draft.still.calls
    if why:
        raise KeptError(shown(reference.node), why)


def _unfollowed(draft: Draft, reference: Reference) -> str:
    """What to know of something that is used in a way of its own."""
    code = cst.Module([]).code_for_node(reference.node)
    match reference.target:
        case Called(module=module):
            method = draft.pairs.methods.get(module)
            place = f"it is `{'.'.join(method.place)}` of a client now" if method else "it has no method now"
        case Thing(what="class", name=name) if name in draft.pairs.before.enums:
            place = "it is an enum of the new package now"
        case Thing(what=what):
            place = _UNFOLLOWED[what]
    return f"{_OVERLOOKED.format(code)}; {place}"


def _absent(draft: Draft, reference: Reference, cell: Cell) -> None:
    """`UNSET` and `Unset`: in what answers hold it is `None`, or msgspec's where that is null; elsewhere it is `OMIT`."""
    is_type = reference.role == "annotation"
    if not cell.has("received"):
        _name(draft, reference, "Omit" if is_type else "OMIT")
    elif cell.has("nullable"):
        _name(draft, reference, "UnsetType" if is_type else "UNSET", "msgspec")
    else:
        draft.done(reference, reference.node, lambda node: cst.Name("None", lpar=node.lpar, rpar=node.rpar))


def _name(draft: Draft, reference: Reference, name: str, module: str = "") -> None:
    """Write a name of the new package, or of another module, in place of a reference."""
    new = draft.new(reference.by, name, module)
    draft.done(reference, reference.node, lambda node: cst.Name(new, lpar=node.lpar, rpar=node.rpar))


def _annotate(draft: Draft, assigned: Assigned) -> None:
    """A variable that holds dicts now says of which kind, since nothing else does."""
    sites = draft.source.sites
    dicts = {site.node: site for site in sites.constructions if site.node in draft.edits}
    found = next(_within(assigned.node.value, dicts), None)
    same = [one for one in sites.assigned if (one.name, one.scope) == (assigned.name, assigned.scope)]
    if found is None or same[0] is not assigned:
        return
    try:
        text = modelling.spelled(draft, assigned.cell, found.reference.by)
    except LeftError:  # it is a plain dict, of which a type checker may know enough
        return
    annotation = cst.Annotation(cst.parse_expression(text))

    def edit(new: Any) -> cst.CSTNode:
        return cst.AnnAssign(new.targets[0].target, annotation, new.value, equal=cst.AssignEqual())

    draft.edits[assigned.node] = edit


def _within(node: cst.CSTNode, dicts: Mapping[cst.Call, Construction]) -> Iterator[Construction]:
    """The dicts that a value is, or that are in it."""
    if isinstance(node, cst.Call):
        yield from (dicts[node],) if node in dicts else ()
    elif isinstance(node, _HOLDERS):
        for part in node.children:
            yield from _within(part, dicts)
