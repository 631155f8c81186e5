"""What is wrong with the outcomes of calls, by what the server counted."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
import warnings
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from sweeps.scripted import Scripted

from .calls import HEADER, MOST
from .script import Fault, fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from types import ModuleType

    from sweeps.acts import Act
    from sweeps.scripted import Seen

    from .calls import Call, Outcome

KEY: Final = "Idempotency-Key"


class Delivery(NamedTuple):
    """A request as the server got it, and what it did then."""

    fault: Fault
    method: str
    key: str | None


class Chaos:
    """The script of a seed, which keeps what it did."""

    def __init__(self, seed: int, among: Sequence[Fault]) -> None:
        self._seed, self._among = seed, among
        self.deliveries: defaultdict[str, list[Delivery]] = defaultdict(list)

    def __call__(self, seen: Seen) -> Act:
        """What the server does with a request."""
        call = seen.header(HEADER) or ""
        chosen = fault(self._seed, call, len(self.deliveries[call]), self._among)
        self.deliveries[call].append(Delivery(chosen, seen.method, seen.header(KEY)))
        return chosen.act(call)


def run(
    seed: int, among: Sequence[Fault], make: Callable[[str], list[Outcome]]
) -> tuple[list[Outcome], Mapping[str, list[Delivery]], list[str]]:
    """The outcomes of calls to a server with that seed and those faults, what it got, and which connections were left open."""
    chaos = Chaos(seed, among)
    with Scripted(chaos) as server:
        outcomes = make(server.url)
        end = time.monotonic() + _PATIENCE
        while server.open and time.monotonic() < end:
            time.sleep(0.01)
        left = [f"{server.open} connections were left open"] if server.open else []
    return outcomes, chaos.deliveries, left


_PATIENCE: Final = 5.0
"""The seconds that a server may need to see that connections were closed."""


def faults(
    package: ModuleType, calls: list[Call], outcomes: list[Outcome], deliveries: Mapping[str, list[Delivery]]
) -> Iterator[str]:
    """What is wrong, a line each."""
    if sorted(outcome.call.id for outcome in outcomes) != sorted(call.id for call in calls):
        yield f"{len(calls)} calls have {len(outcomes)} outcomes"
    if strays := deliveries.keys() - {call.id for call in calls}:
        yield f"requests of no call: {strays}"
    for outcome in outcomes:
        got = deliveries.get(outcome.call.id, [])
        done = ", ".join(delivery.fault.name for delivery in got)
        for wrong in (*_of_outcome(package, outcome, got), *_of_deliveries(outcome.call, got)):
            yield f"{outcome.call.operation.method} {outcome.call.id}: {outcome.kind} of [{done}]: {wrong}"
    keys = [{delivery.key for delivery in got} - {None} for got in deliveries.values()]
    if len(set().union(*keys)) < sum(map(len, keys)):
        yield "two calls have the same idempotency key"


def _of_outcome(package: ModuleType, outcome: Outcome, got: list[Delivery]) -> Iterator[str]:
    if outcome.kind == "result":
        if not got or got[-1].fault.result is False:
            yield "nothing in the answer is a result"
        elif outcome.value.id != outcome.call.id:
            yield f"the answer is that of another call, {outcome.value.id}"
    elif outcome.kind == "cancelled":
        if outcome.call.given_up_after is None:
            yield "nobody cancelled it"
    elif not isinstance(outcome.value, package.ApiError):
        yield f"a stray {outcome.value!r}"
    elif got and got[-1].fault.result and outcome.kind != "RequestTimeout":
        yield f"the answer was right: {outcome.value}"


def _of_deliveries(call: Call, got: list[Delivery]) -> Iterator[str]:
    if len(got) > MOST + 1:
        yield f"delivered {len(got)} times"
    if not call.operation.safe and not all(delivery.fault.refused for delivery in got[:-1]):
        yield "delivered again, though it may have been done"
    if call.operation.keyed:
        if None in (delivery.key for delivery in got) or len({delivery.key for delivery in got}) > 1:
            yield "the idempotency key is missing or another"
    elif any(delivery.key for delivery in got):
        yield "an idempotency key where the document has none"


# --- what is left behind ------------------------------------------------------------------------------------------


@contextmanager
def nothing_left(found: list[str]) -> Iterator[None]:
    """Adds to `found` what is left of what is done: file descriptors, threads, and what was never closed."""
    unraisable: list[str] = []
    gc.collect()
    before, threads, hook = _descriptors(), threading.active_count(), sys.unraisablehook
    sys.unraisablehook = lambda what: unraisable.append(f"{what.err_msg or 'ignored'}: {what.exc_value!r}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", ResourceWarning)
            yield
            gc.collect()
    finally:
        sys.unraisablehook = hook
    found.extend(line for line in unraisable if _INNERMOST not in line)
    if (after := _descriptors()) > before:
        found.append(f"{after - before} file descriptors were left open")
    if (running := threading.active_count()) > threads:
        found.append(f"{running - threads} threads were left running")


_INNERMOST: Final = "PoolByteStream.__aiter__"
"""A generator inside the HTTP client, which under trio is closed a moment late, and warned of, where an answer was not read
to its end or could not be decompressed; nobody outside can close it, and its connection is closed already."""


def _descriptors() -> int:
    """How many file descriptors are open; 0 where the system does not say."""
    folder = Path("/proc/self/fd")
    return len(os.listdir(folder)) if folder.is_dir() else 0  # noqa: PTH208  # `iterdir` would open one more, later
