"""`python -m sweeps.chaos`: makes the calls, and prints what came of them. The exit status is 1 if anything is wrong."""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from specwright import generate

from .calls import MOST, in_tasks, in_threads, planned
from .script import FAULTS, STRAY
from .verdict import faults, nothing_left, run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import ModuleType

    from .calls import Call, Outcome
    from .script import Fault
    from .verdict import Delivery

DOCUMENT: Final = Path(__file__).with_name("things.yaml")
WAYS: Final[dict[str, Callable[[ModuleType, str, list[Call]], list[Outcome]]]] = {
    "threads": in_threads,
    "asyncio": lambda package, url, calls: in_tasks(package, url, calls, backend="asyncio"),
    "trio": lambda package, url, calls: in_tasks(package, url, calls, backend="trio"),
}
_MOST_SHOWN: Final = 40


def package_in(folder: Path) -> ModuleType:
    """The package of the document, made in a folder and imported."""
    generate(DOCUMENT, output=folder / "things", package="chaos_things")
    sys.path.insert(0, str(folder / "things"))
    try:
        package = importlib.import_module("chaos_things")
        package.Client(
            base_url="http://127.0.0.1:9"
        ).preload()  # what is loaded once is not what is left behind
    finally:
        sys.path.pop(0)
    return package


def of_way(
    package: ModuleType, way: str, calls: list[Call], seed: int, among: Sequence[Fault] = FAULTS
) -> tuple[list[Outcome], Mapping[str, list[Delivery]], list[str]]:
    """What came of the calls, what the server got, and what is wrong with it."""
    left: list[str] = []
    with nothing_left(left):
        outcomes, deliveries, open_ = run(seed, among, lambda url: WAYS[way](package, url, calls))
    return outcomes, deliveries, [*faults(package, calls, outcomes, deliveries), *open_, *left]


def main(given: list[str] | None = None) -> None:
    """Do what the arguments say, by default those of the command."""
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument("--calls", metavar="COUNT", type=int, default=2000, help="of each way (2000)")
    parser.add_argument("--seed", metavar="NUMBER", type=int, default=1)
    parser.add_argument("--way", choices=WAYS, action="append", help="this way alone; repeatable")
    parser.add_argument("--stray", action="store_true", help="answers that nobody asked for, too")
    arguments = parser.parse_args(given)
    among = (*FAULTS, STRAY) if arguments.stray else FAULTS
    calls = planned(arguments.calls, arguments.seed)
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="specwright-chaos-") as folder:
        package = package_in(Path(folder))
        for way in arguments.way or WAYS:
            start = time.perf_counter()
            outcomes, deliveries, found = of_way(package, way, calls, arguments.seed, among)
            wrong += len(found)
            _show(way, outcomes, deliveries, found, time.perf_counter() - start)
    sys.exit(bool(wrong))


def _show(
    way: str,
    outcomes: list[Outcome],
    deliveries: Mapping[str, list[Delivery]],
    found: list[str],
    seconds: float,
) -> None:
    requests = sum(map(len, deliveries.values()))
    again = Counter(len(got) for got in deliveries.values())
    print(f"{way}: {len(outcomes):,} calls, {requests:,} requests, {seconds:.1f} s, {len(found)} faults")
    print("  delivered " + ", ".join(f"{times}x {again[times]:,}" for times in range(1, MOST + 2)))
    kinds = Counter(outcome.kind for outcome in outcomes)
    print("  " + ", ".join(f"{kind} {count:,}" for kind, count in kinds.most_common()))
    for line in found[:_MOST_SHOWN]:
        print(f"  {line}"[:400])


if __name__ == "__main__":
    main()
