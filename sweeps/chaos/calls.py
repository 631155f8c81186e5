"""The calls that are made, and what came of each: one after the other in threads, or many at once and awaited."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import anyio

if TYPE_CHECKING:
    from types import ModuleType

HEADER: Final = "X-Call"
"""Tells the server which call a request is of."""
AT_ONCE: Final = 50
THREADS: Final = 16
MOST: Final = 2
"""How often a call may be repeated."""

_CANCELLED_OF_100: Final = 3


class Operation(NamedTuple):
    """An operation of the document."""

    method: str
    """Of the client."""
    idempotent: bool
    """By its HTTP method (RFC 9110, section 9.2.2)."""
    keyed: bool
    """Whether it has an idempotency key."""
    takes_id: bool
    body: bool

    @property
    def safe(self) -> bool:
        """Whether it may be sent again when nobody knows what was done."""
        return self.idempotent or self.keyed


OPERATIONS: Final = (
    Operation("get_thing", idempotent=True, keyed=False, takes_id=True, body=False),
    Operation("put_thing", idempotent=True, keyed=False, takes_id=True, body=True),
    Operation("delete_thing", idempotent=True, keyed=False, takes_id=True, body=False),
    Operation("patch_thing", idempotent=False, keyed=False, takes_id=True, body=True),
    Operation("make_thing", idempotent=False, keyed=False, takes_id=False, body=True),
    Operation("pay", idempotent=False, keyed=True, takes_id=False, body=True),
)


class Call(NamedTuple):
    """A call to make."""

    id: str
    operation: Operation
    given_up_after: float | None
    """Seconds after which it is cancelled, where it can be."""


class Outcome(NamedTuple):
    """What came of a call."""

    call: Call
    kind: str
    """`result`, `cancelled`, or what the error is called."""
    value: Any
    """The result, or the error; None if it was cancelled."""


def planned(count: int, seed: int) -> list[Call]:
    """So many calls, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    return [
        Call(
            f"{seed}-{number}",
            chance.choice(OPERATIONS),
            chance.uniform(0, 0.05) if chance.randrange(100) < _CANCELLED_OF_100 else None,
        )
        for number in range(count)
    ]


def options(package: ModuleType) -> dict[str, Any]:
    """Those of the clients: the times are short, so that thousands of calls take a minute."""
    return {
        "retries": package.Retries(most=MOST, first=0.002, longest=0.01, longest_asked=0.1),
        "timeout": package.Timeout(connect=5.0, read=0.5, total=1.5),
        "max_response_bytes": 1 << 20,
        "on_mismatch": "raise",
    }


def in_threads(package: ModuleType, url: str, calls: list[Call]) -> list[Outcome]:
    """What came of the calls, made by threads that share a client."""
    with package.Client(base_url=url, **options(package)) as client, ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(partial(_made, client), calls))


def in_tasks(package: ModuleType, url: str, calls: list[Call], *, backend: str) -> list[Outcome]:
    """What came of the calls, made by tasks that share a client, 50 at once, in an event loop of that kind."""
    return anyio.run(_all, package, url, calls, backend=backend)


def _made(client: Any, call: Call) -> Outcome:
    try:
        return Outcome(call, "result", getattr(client, call.operation.method)(**_arguments(call)))
    except Exception as error:  # noqa: BLE001  # which errors there are is what is asked
        return Outcome(call, type(error).__name__, error)


async def _all(package: ModuleType, url: str, calls: list[Call]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    room = anyio.Semaphore(AT_ONCE)
    async with (
        package.AsyncClient(base_url=url, **options(package)) as client,
        anyio.create_task_group() as tasks,
    ):
        for call in calls:
            await room.acquire()
            tasks.start_soon(_awaited, client, call, outcomes, room)
    return outcomes


async def _awaited(client: Any, call: Call, outcomes: list[Outcome], room: anyio.Semaphore) -> None:
    outcome = Outcome(call, "cancelled", None)
    try:
        with anyio.move_on_after(call.given_up_after):
            value = await getattr(client, call.operation.method)(**_arguments(call))
            outcome = Outcome(call, "result", value)
    except Exception as error:  # noqa: BLE001  # as above
        outcome = Outcome(call, type(error).__name__, error)
    finally:
        outcomes.append(outcome)
        room.release()


def _arguments(call: Call) -> dict[str, Any]:
    return {
        "extra_headers": {HEADER: call.id},
        **({"id": call.id} if call.operation.takes_id else {}),
        **({"state": "new"} if call.operation.body else {}),
    }
