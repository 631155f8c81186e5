"""Errors of httpx, which the old client lets through, in code that catches them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import libcst as cst

from specwright.migrate.draft import LeftError
from specwright.migrate.symbols import NARROWER, RAISED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.migrate.draft import Draft
    from specwright.migrate.sites import Failure, OperationCall, Runs
    from specwright.migrate.symbols import Own

_BOTH: Final = "`httpx.{}` is raised by a part of what it is caught around, and {} by the calls that are rewritten: catch both"
_NOT_AROUND: Final = "calls of operations do not raise `httpx.{}` any more, but {}"


def decide(draft: Draft, failure: Failure) -> None:
    """Decide what becomes of an error of httpx: another name, where calls raise that in just those cases.

    Raises:
        LeftError: They do not, or it is not known what may raise it.
    """
    name = failure.name
    now = f"`{RAISED[name]}`" if name in RAISED else NARROWER[name]
    calls = list(_calls(failure.runs)) if failure.runs else []
    done = [call for call in calls if not call.problem]
    sends = failure.runs is not None and _sends(failure.runs)
    if not done:
        here = any(call.node in draft.edits for call in draft.source.sites.calls)
        if here and not calls and not sends:
            raise LeftError(_NOT_AROUND.format(name, now))
        return
    if sends or len(done) < len(calls):
        raise LeftError(_BOTH.format(name, now))
    around = failure.runs.calls if failure.runs else []
    by = draft.imports.top() or next((call.reference.by for call in around), None)
    if name not in RAISED or by is None:
        raise LeftError(_NOT_AROUND.format(name, now))
    new = draft.new(by, RAISED[name])
    draft.edits[failure.node] = lambda _: cst.Name(new)


def rewritten(failure: Failure) -> bool:
    """Whether calls that are rewritten are among what it is caught around."""
    return failure.runs is not None and any(not call.problem for call in _calls(failure.runs))


def _within(runs: Runs) -> Iterator[Runs]:
    """What is run, by functions of the code base as well."""
    waiting, seen = [runs], set["Own"]()
    while waiting:
        one = waiting.pop()
        yield one
        for own in one.owns:
            if own not in seen and own.runs is not None:
                seen.add(own)
                waiting.append(own.runs)


def _calls(runs: Runs) -> Iterator[OperationCall]:
    for one in _within(runs):
        yield from one.calls


def _sends(runs: Runs) -> bool:
    return any(one.sends for one in _within(runs))
