"""The benchmarks' subjects do the same thing, so that their times can be compared. No time is judged here."""

from __future__ import annotations

import asyncio
import datetime as dt
import enum
import importlib.util
import json
import os
import subprocess
import sys
import warnings
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from judges.loopback import Loopback

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the benchmarks are a folder beside the tests, and are not installed

from benchmarks import (  # noqa: E402  # as above
    apis,
    callers,
    checkers,
    measure,
    page,
    report,
    rows,
    samples,
    sizes,
)
from benchmarks.rows import decode, generate, start  # noqa: E402
from benchmarks.subjects import OURS, Budget, Case, Comparison, Missing, Subject, gathered, offered  # noqa: E402
from benchmarks.workshop import BIN, Workshop  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from benchmarks.apis import Api
    from benchmarks.samples import Sample

PEERS = (
    "cohere",
    "corvus_json_schema",
    "datamodel_code_generator",
    "fastjsonschema",
    "githubkit",
    "jsonschema",
    "jsonschema_rs",
    "openai",
    "openapi_generator_cli",
    "openapi_python_client",
    "pydantic",
)
ABSENT = [name for name in PEERS if importlib.util.find_spec(name) is None]
with_peers = pytest.mark.skipif(
    bool(ABSENT), reason=f"not installed: {', '.join(ABSENT)}; pip install --group bench"
)
whole = pytest.mark.skipif("SPECWRIGHT_ALL" not in os.environ, reason="takes a minute; set SPECWRIGHT_ALL")
with_corpus = pytest.mark.skipif(not apis.CORPUS.is_dir(), reason="there is no corpus (SPECWRIGHT_CORPUS)")
# What peers warn about is theirs.
theirs = pytest.mark.filterwarnings("ignore")

# Peers that can be asked about the values of a sample in a moment: not about 10,000 items.
AGREEING = [
    (sample, name)
    for sample in (samples.UNIONS, samples.WIDE)
    for name in checkers.CHECKERS
    if name != OURS and name not in sample.unfit
]
# Where each member of a union says for itself why it does not fit.
TOLD_OFTEN = {(checkers.PYDANTIC, "unions"): 22}


def _marks(api: Api, name: str) -> list[pytest.MarkDecorator]:
    if name != OURS or api is apis.ENDPOINT:
        return []
    return [with_corpus, whole] if api is apis.GITHUB else [with_corpus]


def those_of(table: Mapping[Api, Mapping[str, object]]) -> list[Any]:
    """Each who makes a call of an API; a package is made of GitHub's whole document only if all is asked for."""
    return [
        pytest.param(api, name, marks=_marks(api, name), id=f"{api.name}-{name}")
        for api, named in table.items()
        for name in named
    ]


CALLERS, PROGRAMS = those_of(callers.CALLERS), those_of(start.PROGRAMS)


# githubkit has the models of a later version of the API, which has no single assignee; openai has no prompt in answers.
UNTOLD = {("githubkit", "assignee"), ("openai", "prompt")}


@pytest.fixture(scope="module")
def workshop() -> Iterator[Workshop]:
    with Workshop() as made:
        yield made


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as loopback:
        loopback.answer(200, page.ANSWER)
        yield loopback


# --- the subjects agree -------------------------------------------------------------------------------------------


@with_peers
@theirs
@pytest.mark.parametrize("case", page.MISTAKES)
@pytest.mark.parametrize("name", checkers.CHECKERS)
def test_each_mistake_is_found(name: str, case: str, workshop: Workshop) -> None:
    checker = checkers.CHECKERS[name](workshop, samples.BODY_SAMPLE)
    planted = len(page.MISTAKES[case])
    body = page.body_with(page.MISTAKES[case])
    assert checker.count(body) == (planted if checker.every else min(planted, 1))
    checker.check(body)
    assert body == page.body_with(page.MISTAKES[case]), "what is checked is not changed"


@pytest.mark.parametrize("case", page.MISTAKES)
def test_ours_says_where_each_mistake_is(case: str, workshop: Workshop) -> None:
    mistakes = page.MISTAKES[case]
    issues = checkers.CHECKERS[OURS](workshop, samples.BODY_SAMPLE).check(page.body_with(mistakes))
    assert pointers(issues) == sorted(mistake.pointer for mistake in mistakes)


@pytest.mark.parametrize("sample", samples.SCHEMAS, ids=lambda sample: sample.name)
def test_ours_says_where_each_mistake_is_by_other_schemas(sample: Sample, workshop: Workshop) -> None:
    checker = checkers.CHECKERS[OURS](workshop, sample)
    assert checker.check(page.with_mistakes(sample.value, ())) == []
    issues = checker.check(page.with_mistakes(sample.value, sample.mistakes))
    assert pointers(issues) == sorted(mistake.pointer for mistake in sample.mistakes)


@with_peers
@theirs
@pytest.mark.parametrize(("sample", "name"), AGREEING, ids=lambda each: getattr(each, "name", each))
def test_other_schemas_are_read_alike(sample: Sample, name: str, workshop: Workshop) -> None:
    checker = checkers.CHECKERS[name](workshop, sample)
    assert checker.count(page.with_mistakes(sample.value, ())) == 0
    planted = len(sample.mistakes)
    found = checker.count(page.with_mistakes(sample.value, sample.mistakes))
    assert found == TOLD_OFTEN.get((name, sample.name), planted if checker.every else 1)


def test_many_bodies_have_the_mistakes_that_are_counted(workshop: Workshop) -> None:
    checker = checkers.CHECKERS[OURS](workshop, samples.BODY_SAMPLE)
    found = [checker.count(body) for body in samples.bodies(1000)]
    assert (sum(found), found.count(0)) == (samples.planted(1000), 900)
    assert len({json.dumps(body) for body in samples.bodies(1000)}) == 1000


def test_the_body_has_every_field() -> None:
    schema = samples.BODY_SAMPLE.schema
    assert keys_of(page.BODY) == declared(schema, schema["$defs"])


@with_peers
@theirs
@pytest.mark.parametrize("name", decode.READERS)
def test_answers_are_read_alike(name: str, workshop: Workshop) -> None:
    read = decode.READERS[name](workshop)
    for content in page.answers(7):
        assert plain(read(content)) == plain(json.loads(content))


def test_no_two_answers_are_alike() -> None:
    assert len(set(page.answers(1000))) == 1000


@with_peers
@theirs
@pytest.mark.parametrize(("api", "name"), CALLERS)
def test_calls_are_the_same(api: Api, name: str, workshop: Workshop, server: Loopback) -> None:
    caller = callers.CALLERS[api][name](workshop, server.url)
    server.answer(200, api.answer)

    async def awaited() -> Any:
        return await caller.acall(caller.sent)

    for way in (lambda: caller.call(caller.sent), lambda: workshop.runner.run(awaited())):
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            answered = way()
        assert name != OURS or not warned, "the answer is what the document promises"
        request = server.take()
        assert (request.method, request.target) == (api.method, api.path)
        assert request.headers.get("authorization") == (
            None if api is apis.GITHUB else f"Bearer {page.TOKEN}"
        )
        assert request.json == api.sent
        expected = {key: value for key, value in api.answer.items() if (name, key) not in UNTOLD}
        assert part_of(plain(answered), plain(expected)) == plain(expected)


@pytest.mark.parametrize("api", apis.APIS, ids=lambda api: api.name)
def test_the_server_answers_on_one_connection(api: Api, workshop: Workshop) -> None:
    caller = callers.CALLERS[api][callers.BARE](workshop, workshop.server.url)
    expected = json.loads(page.answers(1)[0]) if api is apis.ENDPOINT else api.answer
    assert [caller.call(caller.sent) for _ in range(3)] == [expected] * 3


def test_many_calls_are_made_at_once(workshop: Workshop) -> None:
    most = running = 0

    async def function(argument: str) -> None:
        nonlocal most, running
        assert argument == "sent"
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1

    assert gathered(function, "sent", workshop.runner, at_once=50)(2) > 0
    assert (most, running) == (50, 0)


@with_peers
@pytest.mark.parametrize(("api", "name"), PROGRAMS)
def test_programs_make_the_same_first_call(api: Api, name: str, workshop: Workshop, server: Loopback) -> None:
    if (api, name) in start.NEEDS:
        start.NEEDS[api, name](workshop)
    server.answer(200, api.answer)
    program = start.PROGRAMS[api][name]
    code = f"{program.load}\n{program.client}\n{program.call}".replace("$url", server.url)
    workshop.run(sys.executable, "-c", code)
    request = server.take()
    assert (request.method, request.target) == (api.method, api.path)
    assert request.json == start.SENT[api]


@with_peers
@pytest.mark.parametrize("name", generate.COMMANDS)
def test_commands_write_python(name: str, workshop: Workshop) -> None:
    folder = workshop.subfolder(f"test {name}")
    subprocess.run(
        generate.COMMANDS[name], cwd=folder, env=workshop.environment, check=True, capture_output=True
    )
    written = [path.read_text() for path in folder.rglob("*.py")]
    assert any("UpdateFinetunedModelRequest" in text for text in written)


# --- how it is measured -------------------------------------------------------------------------------------------


def ticking(name: str, seconds: list[float], log: list[str]) -> Subject:
    turns = count()

    def sample(repetitions: int) -> float:
        log.append(name)
        return (
            repetitions * seconds[max(next(turns) - 2, 0) % len(seconds)]
        )  # after a warm-up, and one to calibrate

    return Subject(name, sample)


def test_subjects_take_turns() -> None:
    log: list[str] = []
    case = Case("", tuple(ticking(name, [1.0], log) for name in "abc"), rounds=3)
    measure.measure(case)
    assert "".join(log[3:]) == "abc" + "bca" + "cab"


def test_samples_are_compared_round_by_round() -> None:
    """The machine is three times slower in every other round, and the figure doesn't move."""
    ours, theirs = ticking(OURS, [1.0, 3.0, 1.0], []), ticking("theirs", [2.0, 6.0, 2.0], [])
    case = Case("", (ours, theirs), rounds=3, budgets=(Budget(0.4, "theirs"), Budget(2.0)))
    measured = measure.measure(case)
    times = measured.times("theirs")
    assert times is not None
    assert measured.comparison(times) == 2.0
    assert [(kept.found, kept.within) for kept in measured.budgets()] == [(0.5, False), (1.0, True)]


def test_a_sample_lasts_as_long_as_it_should() -> None:
    case = Case("", (ticking(OURS, [0.001], []),), rounds=2, least=0.1)
    times = measure.measure(case).times(OURS)
    assert times is not None
    assert times.repetitions == 100
    assert times.median == pytest.approx(0.001)


def failing(_repetitions: int) -> float:
    raise OSError("no space\nleft")


def test_who_fails_on_the_way_is_shown_too() -> None:
    left = iter([1.0] * 2)
    tiring = Subject("tiring", lambda _repetitions: next(left))
    measured = measure.measure(Case("", (tiring, ticking(OURS, [1.0], [])), rounds=3))
    assert measured.outcomes[0] == Missing("tiring", "StopIteration")
    assert measured.times(OURS) is not None


def unavailable() -> Subject:
    raise ModuleNotFoundError("No module named 'peer'")


def test_who_cannot_take_part_is_shown_with_the_reason(capsys: pytest.CaptureFixture[str]) -> None:
    absent = offered("absent", unavailable)
    case = Case("a case", (ticking(OURS, [1.0], []), Subject("broken", failing), absent), rounds=2)
    measured = measure.measure(case)
    assert measured.outcomes[1:] == [
        Missing("broken", "OSError: no space left"),
        Missing("absent", "ModuleNotFoundError: No module named 'peer'"),
    ]
    row = rows.Row("row", "A row", lambda _workshop: (case,))
    report.show_row(report.console(), row, [measured])
    shown = " ".join(capsys.readouterr().out.split())
    assert "OSError: no space left" in shown
    assert "No module named" in shown
    told = report.as_json(row, [measured])["cases"][0]["subjects"]
    assert told[1] == {"name": "broken", "missing": "OSError: no space left"}


def test_a_budget_is_told_beside_whom_it_is_about(capsys: pytest.CaptureFixture[str]) -> None:
    slower = ticking("slower", [2.0], [])
    told = Subject(slower.name, slower.sample, "stops early", "1 of 5")
    case = Case("", (ticking(OURS, [1.0], []), told), rounds=2, budgets=(Budget(2.0), Budget(0.4, "slower")))
    measured = measure.measure(case)
    report.show_row(report.console(), rows.Row("row", "A row", lambda _workshop: (case,)), [measured])
    shown = " ".join(capsys.readouterr().out.replace("│", "").split())
    assert "specwright 1.00 s 1.00 s 0% within 2.00 s slower" in shown
    assert "1 of 5 ours over 0.40: 0.50" in shown
    assert "stops early" in shown
    assert (
        report.as_json(rows.Row("row", "", lambda _workshop: ()), [measured])["cases"][0]["subjects"][1][
            "finds"
        ]
        == "1 of 5"
    )


@pytest.mark.parametrize(
    ("comparison", "value", "shown"),
    [
        (Comparison.RATIO, 1.2345, "1.23"),
        (Comparison.OVERHEAD, 0.084, "+8%"),
        (Comparison.DIFFERENCE, 0.01234, "+12.3 ms"),
        (Comparison.DIFFERENCE, -0.00000255, "-2.55 µs"),
    ],
)
def test_figures_are_shown_in_their_form(comparison: Comparison, value: float, shown: str) -> None:
    assert report.figure(value, comparison) == shown


# --- the command --------------------------------------------------------------------------------------------------


def bench(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_the_rows_are_listed() -> None:
    names = [line.split()[0] for line in bench("--list").splitlines()]
    assert names == [*(row.name for row in rows.ROWS), "size", "growth", "corpus"]


@with_peers
def test_sizes_are_printed_and_kept(tmp_path: Path) -> None:
    shown = bench("--only", "size", "--json", str(tmp_path / "found.json"))
    (row,) = json.loads((tmp_path / "found.json").read_text())["rows"]
    request, response, *peers = row["cases"]
    assert [case["name"] for case in (request, response)] == ["specwright, request", "specwright, response"]
    assert all(case["code"] <= sizes.LIMIT * case["schema"] for case in (request, response))
    assert all(case["code"] > 1000 and case["limit"] is None for case in peers)
    assert shown.count("within 4.00") == 2


@with_peers
def test_a_row_is_printed_and_kept(tmp_path: Path) -> None:
    shown = bench("--quick", "--only", "decode", "--json", str(tmp_path / "found.json"))
    found = json.loads((tmp_path / "found.json").read_text())
    assert [row["name"] for row in found["rows"]] == ["decode"]
    (case,) = found["rows"][0]["cases"]
    assert [subject["name"] for subject in case["subjects"]] == list(decode.READERS)
    assert all(len(subject["samples"]) == measure.QUICK for subject in case["subjects"])
    assert found["machine"]["cpu"] in " ".join(shown.split())
    for name in (*decode.READERS, f"pydantic {found['versions']['pydantic']}"):
        assert name in " ".join(shown.split())


MODULE = """import os
A = 1
B: int = A + 1
C = 3
def one(x):
    return two(x) + B
def two(x):
    return x
def three(x):
    return C
"""


def test_code_is_counted_with_all_that_it_needs() -> None:
    assert sizes.belonging(MODULE, ["one"]) == [
        "A = 1",
        "B: int = A + 1",
        "def one(x):\n    return two(x) + B",
        "def two(x):\n    return x",
    ]
    with pytest.raises(KeyError):
        sizes.belonging(MODULE, ["four"])


def test_commands_are_those_of_this_python() -> None:
    assert (BIN / "specwright").exists()


# --- what is compared ---------------------------------------------------------------------------------------------


def plain(value: Any) -> Any:
    """What a value holds, whoever made it: fields that are there, date-times as moments."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, str) and value[10:11] == "T" and value.endswith("Z"):
        return dt.datetime.fromisoformat(value)
    if hasattr(value, "get_secret_value"):
        return value.get_secret_value()
    if isinstance(value, list):
        return [plain(item) for item in value]
    fields = fields_of(value)
    if fields is None:
        return value
    return {name: plain(held) for name, held in fields.items() if type(held).__name__ != "Unset"}


def part_of(value: Any, like: Any) -> Any:
    """A plain value without the keys that another does not have: what an SDK adds for what is absent."""
    if isinstance(value, list) and isinstance(like, list):
        return [part_of(item, other) for item, other in zip(value, like, strict=True)]
    if isinstance(value, dict) and isinstance(like, dict):
        return {key: part_of(value[key], other) for key, other in like.items() if key in value}
    return value


def fields_of(value: Any) -> dict[str, Any] | None:
    """The fields of an object, or nothing for what is none."""
    readers: dict[str, Callable[[], dict[str, Any]]] = {
        "__struct_fields__": lambda: {name: getattr(value, name) for name in value.__struct_fields__},
        "__attrs_attrs__": lambda: {
            field.name: getattr(value, field.name) for field in attrs.fields(type(value)) if field.init
        },
        "model_fields_set": lambda: {name: getattr(value, name) for name in value.model_fields_set},
    }
    if isinstance(value, dict):
        return value
    return next((read() for mark, read in readers.items() if hasattr(value, mark)), None)


def pointers(issues: object) -> list[str]:
    assert isinstance(issues, list)
    return sorted(issue.pointer for issue in issues)


def keys_of(value: Any) -> Any:
    return {key: keys_of(item) for key, item in value.items()} if isinstance(value, dict) else None


def declared(schema: dict[str, Any], components: dict[str, Any]) -> Any:
    """As `keys_of`, of a value that has all that its schema declares."""
    if "$ref" in schema:
        return declared(components[schema["$ref"].rpartition("/")[2]], components)
    properties = schema.get("properties")
    return properties and {name: declared(value, components) for name, value in properties.items()}
