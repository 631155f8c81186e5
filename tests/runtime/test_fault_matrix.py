"""Hundreds of calls against a server that fails at random, with a seed. `make chaos` makes thousands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # the sweeps are a folder beside the tests, and are not installed

from sweeps.chaos import calls as made  # noqa: E402  # as above
from sweeps.chaos.__main__ import WAYS, of_way, package_in  # noqa: E402
from sweeps.chaos.calls import OPERATIONS, Call, Outcome, planned  # noqa: E402
from sweeps.chaos.script import FAULTS, STRAY, fault  # noqa: E402
from sweeps.chaos.verdict import Delivery, faults, nothing_left  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

COUNT, SEED = 170, 20

GET, _, _, PATCH, _, PAY = OPERATIONS
BY_NAME = {each.name: each for each in FAULTS}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    made_here = package_in(tmp_path_factory.mktemp("chaos"))
    yield made_here
    for name in [name for name in sys.modules if name.partition(".")[0] == made_here.__name__]:
        del sys.modules[name]


@pytest.mark.parametrize("way", WAYS)
def test_whatever_a_server_does_calls_end_well(way: str, package: ModuleType) -> None:
    outcomes, deliveries, wrong = of_way(package, way, planned(COUNT, SEED), SEED)
    assert wrong == []
    kinds = {outcome.kind for outcome in outcomes}
    assert kinds >= {"result", "TransportError", "TooManyRequests", "DecodeError"}
    assert {len(got) for got in deliveries.values()} == {1, 2, 3}, "some calls were repeated"


def test_an_answer_that_nobody_asked_for_is_given_to_no_call(package: ModuleType) -> None:
    _, _, wrong = of_way(
        package, "asyncio", planned(COUNT, SEED), SEED, (FAULTS[0], STRAY._replace(weight=40))
    )
    assert wrong == []


def test_what_is_repeated_though_it_may_have_been_done_is_found(
    package: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = made.options(package)
    reckless = package.Retries(most=made.MOST, first=0.0, unsafe=True)
    monkeypatch.setattr(made, "options", lambda _: {**options, "retries": reckless})
    _, _, wrong = of_way(package, "asyncio", planned(COUNT, SEED), SEED)
    assert wrong
    assert {line.rpartition(": ")[2] for line in wrong} == {"delivered again, though it may have been done"}


# --- the script ---------------------------------------------------------------------------------------------------


def script(seed: int) -> str:
    return "".join(
        fault(seed, f"{seed}-{call}", delivery).name for call in range(99) for delivery in range(3)
    )


def test_a_seed_is_a_script() -> None:
    said = f"from sweeps.chaos.script import fault\nprint({script.__name__}(7))"
    source = (
        "def script(seed):\n"
        "    return ''.join(fault(seed, f'{seed}-{call}', delivery).name for call in range(99) for delivery in range(3))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", source + said], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == script(7)
    assert script(7) != script(8)
    assert planned(99, 7) == planned(99, 7) != planned(99, 8)


# --- the verdict --------------------------------------------------------------------------------------------------


class ApiError(Exception):
    pass


def judged(operation: made.Operation, kind: str, value: object, *got: tuple[str, str | None]) -> list[str]:
    call = Call("1-1", operation, None)
    deliveries = [Delivery(BY_NAME[name], "GET", key) for name, key in got]
    judge: Any = SimpleNamespace(ApiError=ApiError)
    found = faults(judge, [call], [Outcome(call, kind, value)], {"1-1": deliveries} if deliveries else {})
    return [line.rpartition("]: ")[2] for line in found]


RIGHT, OTHER = SimpleNamespace(id="1-1"), SimpleNamespace(id="1-2")
AGAIN = "delivered again, though it may have been done"
NO_KEY = "the idempotency key is missing or another"


@pytest.mark.parametrize(
    ("operation", "kind", "value", "got", "wrong"),
    [
        (GET, "result", RIGHT, [("503", None), ("right", None)], []),
        (GET, "result", RIGHT, [("503", None)] * 3 + [("right", None)], ["delivered 4 times"]),
        (GET, "result", OTHER, [("right", None)], ["the answer is that of another call, 1-2"]),
        (GET, "result", RIGHT, [("body cut", None)], ["nothing in the answer is a result"]),
        (GET, "ValueError", ValueError("no"), [("no JSON", None)], ["a stray ValueError('no')"]),
        (GET, "ApiError", ApiError("no"), [("right", None)], ["the answer was right: no"]),
        (GET, "cancelled", None, [("right", None)], ["nobody cancelled it"]),
        (GET, "result", RIGHT, [("right", "k")], ["an idempotency key where the document has none"]),
        (PATCH, "result", RIGHT, [("429", None), ("right", None)], []),
        (PATCH, "result", RIGHT, [("503", None), ("right", None)], [AGAIN]),
        (PATCH, "result", RIGHT, [("reset before the answer", None), ("right", None)], [AGAIN]),
        (PAY, "result", RIGHT, [("503", "k"), ("right", "k")], []),
        (PAY, "result", RIGHT, [("503", "k"), ("right", "j")], [NO_KEY]),
        (PAY, "result", RIGHT, [("right", None)], [NO_KEY]),
    ],
)
def test_what_is_wrong_is_found(
    operation: made.Operation, kind: str, value: object, got: list[tuple[str, str | None]], wrong: list[str]
) -> None:
    assert judged(operation, kind, value, *got) == wrong


def test_what_is_left_open_is_found(tmp_path: Path) -> None:
    found: list[str] = []
    with nothing_left(found):
        kept = (tmp_path / "file").open("w")
    assert found == ["1 file descriptors were left open"]
    kept.close()
    found.clear()
    with nothing_left(found):
        (tmp_path / "file").open("w")  # it is closed by nobody
    assert [line.partition("ResourceWarning")[1] for line in found] == ["ResourceWarning"]
