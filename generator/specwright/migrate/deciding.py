"""What becomes of every site of a file; what is not understood is left, and the reason told."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import libcst as cst

from specwright.migrate import asking, making, modelling
from specwright.migrate.calling import BOTH, Calls
from specwright.migrate.cells import AnswerOf, Cell
from specwright.migrate.draft import KeptError, LeftError, shown
from specwright.migrate.symbols import Thing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from specwright.migrate.draft import Draft
    from specwright.migrate.sites import Assigned, Caught, Construction
    from specwright.migrate.symbols import Reference

    _Work = tuple[cst.CSTNode, Callable[[], object]]
    """A node, and what decides what becomes of it."""

_ERRORS: Final[Mapping[str, str]] = {
    "ConnectError": "TransportError",
    "ConnectTimeout": "RequestTimeout",
    "HTTPError": "TransportError",
    "NetworkError": "TransportError",
    "ReadTimeout": "RequestTimeout",
    "RequestError": "TransportError",
    "TimeoutException": "RequestTimeout",
    "TransportError": "TransportError",
}
"""Errors of httpx, by what is raised in their place."""

_RAISED: Final = (
    "an answer that is no success is raised as a `StatusError` now, so that this is not met with one"
)
_UNFOLLOWED: Final = "it is used in a way that is not followed"


_WIDER: Final = "a `StatusError` is raised for every status that is no success, not only for those that the document does not have"
_FOREIGN: Final = "it is a dict now, and is given to a function that is not followed"
_ELSEWHERE: Final = "a module of the old package is used otherwise than to call what is in it"
_IN_TEXT: Final = "it names something of the old package"
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
    draft.left += [(node, _UNFOLLOWED) for node, _ in sites.overlooked]
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
    for matched in sites.matched:
        if matched.problem or not matched.cell.has("kept"):
            yield matched.node, partial(asking.pattern, draft, matched)
    for tested in sites.tested:
        yield tested.node, partial(modelling.test, draft, tested)


def _of_names(draft: Draft) -> Iterator[_Work]:
    """Names of the old package, and errors that are caught."""
    for reference in draft.source.sites.references:
        if reference.role not in _WITH_THEIR_SITE:
            yield reference.node, partial(refer, draft, reference)
    for caught in draft.source.sites.caught:
        yield caught.node, partial(_caught, draft, caught)


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
        for one in draft.source.sites.reads
    )


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
            raise LeftError(_UNFOLLOWED)


def _absence(draft: Draft, reference: Reference, cell: Cell) -> None:
    _not_kept(reference, cell)
    if cell.has("escaped") and not any(cell.kin()):
        raise LeftError(_UNFOLLOWED)
    omitted = "Omit" if reference.role == "annotation" else "OMIT"
    _name(draft, reference, "" if cell.has("received") else omitted)


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


def _name(draft: Draft, reference: Reference, name: str) -> None:
    """Write a name in place of a reference; `None` for ""."""
    new = draft.new(reference.by, name) if name else "None"
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


def _caught(draft: Draft, caught: Caught) -> None:
    """An error of httpx that the old client let through."""
    done = [call for call in caught.calls if call.node in draft.edits]
    if not done:
        return
    name = _ERRORS.get(caught.name)
    if name is None:
        raise LeftError(f"`httpx.{caught.name}` is not raised any more")
    by = done[0].reference.by
    new = draft.new(by, name)
    draft.edits[caught.node] = lambda _: cst.Name(new)
