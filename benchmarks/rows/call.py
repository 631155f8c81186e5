"""Calls of three APIs: how much longer each client takes than the HTTP client alone."""

from __future__ import annotations

from functools import partial
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Final

from benchmarks.callers import BARE, CALLERS
from benchmarks.subjects import (
    Budget,
    Case,
    Comparison,
    Missing,
    Subject,
    awaited,
    gathered,
    offered,
    repeated,
)

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from benchmarks.apis import Api
    from benchmarks.callers import Caller
    from benchmarks.workshop import Workshop

    Clock = Callable[[], float]
    Sampler = Callable[[Caller, Clock], Callable[[int], float]]

NOTES: Final = (
    (
        "The server is a process of its own; on two cores it shares the machine with the client. Overhead is what a "
        "call takes beyond the same request with httpx2 alone, whose answer stays decoded JSON."
    ),
    (
        "The body of the endpoint has a name and all settings, and the answer every field. What a call is given, such "
        "as a model of a peer's, is made beforehand, and so is what pydantic checks then; githubkit checks the body "
        "in its call, as specwright does."
    ),
    "Where 50 calls are made at once, the figure is of all 50. httpx2 and httpx keep 20 connections open, openai 100.",
    "cohere, githubkit and openapi-python-client send with httpx, the predecessor of httpx2; openai with httpx2.",
    (
        "GitHub's client is made of its whole document, with 1,223 operations; that of the chat completion of the "
        "document of together.ai, whose API has openai's call. Both documents are those of SPECWRIGHT_CORPUS."
    ),
    "datamodel-code-generator is told to take a password for plain text; else its client sends ********** in its place.",
)
AT_ONCE: Final = 50
_CLOCKS: Final = (("", perf_counter), (", the process's own time", process_time))


def cases(workshop: Workshop) -> tuple[Case, ...]:
    """Of each API: one call after the other, the same awaited, and many at once."""
    return tuple(case for api in CALLERS for case in _cases(api, workshop))


def _cases(api: Api, workshop: Workshop) -> tuple[Case, ...]:
    url = workshop.server.url
    callers = [(name, offered(name, partial(make, workshop, url))) for name, make in CALLERS[api].items()]
    samplers: dict[str, Sampler] = {
        "sync": _called,
        "async": partial(_awaited, workshop.runner),
        f"async, {AT_ONCE} at once": partial(_gathered, workshop.runner),
    }
    return tuple(
        Case(
            f"{api.name}, {case}{said}",
            tuple(_subject(name, caller, sampler, clock) for name, caller in callers),
            rounds=61,
            least=0.02,
            comparison=Comparison.OVERHEAD,
            reference=BARE,
            budgets=(Budget(0.1, BARE, Comparison.OVERHEAD),),
        )
        for case, sampler in samplers.items()
        for said, clock in _CLOCKS
    )


def _called(caller: Caller, clock: Clock) -> Callable[[int], float]:
    return repeated(caller.call, caller.sent, clock)


def _awaited(runner: asyncio.Runner, caller: Caller, clock: Clock) -> Callable[[int], float]:
    return awaited(caller.acall, caller.sent, runner, clock)


def _gathered(runner: asyncio.Runner, caller: Caller, clock: Clock) -> Callable[[int], float]:
    return gathered(caller.acall, caller.sent, runner, clock, at_once=AT_ONCE)


def _subject(name: str, caller: Caller | Missing, sampler: Sampler, clock: Clock) -> Subject | Missing:
    return caller if isinstance(caller, Missing) else Subject(name, sampler(caller, clock))
