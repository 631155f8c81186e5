"""What the rows of the benchmarks are made from: documents, packages, commands; and the page. No time is judged here."""

from __future__ import annotations

import ast
import json
import re
import sys
from math import isclose
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the benchmarks are a folder beside the tests, and are not installed

from benchmarks import __main__ as bench  # noqa: E402  # as above
from benchmarks import commands, document, growth, kept, layouts, measure, sizes, sources  # noqa: E402
from benchmarks.rows import ROWS, again  # noqa: E402
from benchmarks.subjects import OURS, Case, Missing  # noqa: E402
from benchmarks.workshop import BIN, Workshop  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = ROOT / "docs"
KEPT = DOCS / "benchmarks.json"
ENDPOINT = sources.ENDPOINT.path.read_text("utf-8")


@pytest.fixture(scope="module")
def workshop() -> Iterator[Workshop]:
    with Workshop() as made:
        yield made


# --- commands -----------------------------------------------------------------------------------------------------


def run(workshop: Workshop, code: str, *statuses: int) -> commands.Run:
    return commands.watched(workshop, (sys.executable, "-c", code), workshop.folder, statuses or (0,))


def test_memory_and_work_of_a_command_are_told(workshop: Workshop) -> None:
    small, large = run(workshop, "pass"), run(workshop, "kept = b'x' * 200_000_000; sum(range(3_000_000))")
    assert 190_000 < large.kibibytes - small.kibibytes < 230_000
    assert large.processor > small.processor > 0


def test_a_command_that_fails_is_no_sample(workshop: Workshop) -> None:
    assert run(workshop, "raise SystemExit(1)", 0, 1).seconds > 0
    with pytest.raises(RuntimeError, match="exit status 1: no such thing"):
        run(workshop, "raise SystemExit('no such thing')")


def test_a_command_that_does_not_end_is_ended(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "PATIENCE", 0.2)
    with pytest.raises(RuntimeError, match="more than 0 s"):
        run(workshop, "import time; time.sleep(60)")


def test_each_run_of_a_subject_is_counted(workshop: Workshop) -> None:
    log: list[str] = []
    arguments = (sys.executable, "-c", "pass")
    subject = commands.command(
        workshop, "nobody", arguments, lambda: workshop.folder, before=lambda: log.append("before")
    )
    assert subject.sample(2) > 0
    assert (len(subject.uses), log) == (2, ["before"] * 2)


def test_what_the_first_run_took_is_not_counted(workshop: Workshop) -> None:
    """It compiles what is imported, which takes more memory than all that follows."""
    arguments = (sys.executable, "-c", "pass")
    subject = commands.command(workshop, OURS, arguments, lambda: workshop.folder)
    times = measure.measure(Case("", (subject,), rounds=2)).times(OURS)
    assert times is not None
    assert (len(times.seconds), len(subject.uses)) == (2, 2)


# --- documents ----------------------------------------------------------------------------------------------------


def test_a_document_is_the_same_in_both_formats(tmp_path: Path) -> None:
    text = "dates: 2026-11-30\nyes: [no, on, true, ~, 1.5, '=', =]\n"
    (tmp_path / "one.yaml").write_text(text)
    as_json = sources.Source("one", tmp_path / "one.yaml", 1).text("json")
    assert json.loads(as_json) == {"dates": "2026-11-30", "yes": ["no", "on", True, None, 1.5, "=", "="]}
    (tmp_path / "one.json").write_text(as_json)
    as_yaml = sources.Source("one", tmp_path / "one.json", 1).text("yaml")
    assert yaml.safe_load(as_yaml) == json.loads(as_json)


def test_a_document_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="SPECWRIGHT_CORPUS"):
        sources.Source("none", tmp_path / "none.yaml", 1).text("yaml")


@pytest.mark.parametrize("form", sources.FORMATS)
def test_an_edit_is_one_word_of_a_description(form: sources.Format) -> None:
    text = sources.ENDPOINT.text(form)
    changed = sources.edited(text, form)
    assert changed != text
    assert changed.replace("Edited ", "", 1) == text
    assert yaml.safe_load(changed) != yaml.safe_load(text)
    with pytest.raises(LookupError):
        sources.edited("{}", form)


def test_each_run_finds_an_edit(workshop: Workshop) -> None:
    texts = ENDPOINT, sources.edited(ENDPOINT, "yaml")
    kept_package = again.Kept(workshop, sources.ENDPOINT, OURS, texts)
    found = []
    for before in (kept_package.ready, kept_package.edit, kept_package.edit):
        before()
        commands.watched(workshop, kept_package.arguments, kept_package.folder)
        code = "".join(
            path.read_text("utf-8") for path in kept_package.folder.rglob("cohere_finetuning/*.py")
        )
        found.append("Edited " in code)
    assert found == [False, True, False]


# --- growth -------------------------------------------------------------------------------------------------------


def test_a_synthetic_document_has_what_is_counted(workshop: Workshop) -> None:
    made = growth.synthetic(40)
    assert len(made["components"]["schemas"]) == 40
    assert sum(len(item) for item in made["paths"].values()) == 40
    path = workshop.folder / "synthetic.json"
    path.write_text(json.dumps(made))
    assert run_lint(workshop, path).seconds > 0
    used = set(re.findall(r"Thing\d+", json.dumps(made["paths"])))
    assert used == set(made["components"]["schemas"])


def run_lint(workshop: Workshop, path: Path) -> commands.Run:
    """Fails if there are findings."""
    return commands.watched(
        workshop, (BIN / "specwright", "lint", path, "--fail-on", "error"), workshop.folder
    )


@pytest.mark.parametrize("power", [0.0, 1.0, 2.0])
def test_the_exponent_is_that_of_the_power(power: float) -> None:
    assert isclose(growth.exponent([(size, 3 * size**power) for size in growth.SIZES]), power, abs_tol=1e-9)


def grown(*sizes_: int) -> growth.Growth:
    points = tuple(growth.Point(size, size / 50, size / 100, 50_000 + size * 40, 1) for size in sizes_)
    return growth.Growth(points, (Missing("30,000", "RuntimeError: no"),))


def test_small_documents_are_not_fitted() -> None:
    assert grown(100, 300, 1_000).exponents() is None
    found = grown(100, 1_000, 10_000).exponents()
    assert found is not None
    assert isclose(found[0], 1.0)
    assert 0 < found[1] < 1


def test_the_picture_has_each_point() -> None:
    picture = growth.picture(growth.as_json(grown(*growth.SIZES)))
    tree = ET.fromstring(picture)  # noqa: S314  # made above
    circles = tree.findall("{http://www.w3.org/2000/svg}circle")
    assert len(circles) == 2 * len(growth.SIZES)
    width, height = float(tree.attrib["width"]), float(tree.attrib["height"])
    for circle in circles:
        assert 0 < float(circle.attrib["cx"]) < width
        assert 0 < float(circle.attrib["cy"]) < height
    assert all(f">{size:,}<" in picture for size in growth.SIZES)


# --- layouts ------------------------------------------------------------------------------------------------------

TEXTS = {
    "models": "from __future__ import annotations\nimport datetime as dt\nclass A: ...\n",
    "client": "from __future__ import annotations\nimport datetime as dt\nfrom .models import (\n    A,\n)\na = A()\n",
}


def test_modules_become_one() -> None:
    made = layouts.merged(TEXTS)
    assert [ast.unparse(node) for node in ast.parse(made).body] == [
        "from __future__ import annotations",
        "import datetime as dt",
        "class A:\n    ...",
        "import datetime as dt",
        "a = A()",
    ]


def test_names_of_two_things_are_refused() -> None:
    with pytest.raises(ValueError, match="dt is datetime, and what client defines"):
        layouts.merged({**TEXTS, "client": "dt = 1\n"})


# --- what is kept, and the page -----------------------------------------------------------------------------------


def kept_row(name: str, title: str) -> dict[str, Any]:
    return {"name": name, "title": title, "load": 1.0, "notes": [], "cases": []}


MACHINE = {"cores": 2, "cpu": "a processor", "system": "a system", "python": "a Python", "load": 0.5}


def test_a_row_takes_the_place_of_itself(tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    kept.keep(file, MACHINE, {"specwright": "1"}, [kept_row("lint", "old"), kept_row("generate", "kept")])
    kept.keep(file, {**MACHINE, "load": 9.0}, {"specwright": "1"}, [kept_row("lint", "new")])
    assert [row["title"] for row in kept.kept(file)["rows"]] == ["kept", "new"]
    kept.keep(file, MACHINE, {"specwright": "2"}, [kept_row("lint", "newest")])
    assert [row["title"] for row in kept.kept(file)["rows"]] == ["newest"], "of other versions nothing stays"


def test_a_case_takes_the_place_of_itself(tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    old = {**kept_row("lint", "old"), "cases": [{"name": "a", "is": 1}, {"name": "b", "is": 1}]}
    new = {**kept_row("lint", "new"), "cases": [{"name": "c", "is": 2}, {"name": "a", "is": 2}]}
    kept.keep(file, MACHINE, {}, [old])
    kept.keep(file, MACHINE, {}, [new], partly=True)
    (row,) = kept.kept(file)["rows"]
    assert row["title"] == "new"
    assert row["cases"] == [{"name": "a", "is": 2}, {"name": "b", "is": 1}, {"name": "c", "is": 2}]


def test_what_others_wrote_is_no_file_of_ours(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text("[1]")
    with pytest.raises(ValueError, match="was not written by"):
        kept.kept(tmp_path / "other.json")


def test_the_page_is_made_from_what_was_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = tmp_path / "benchmarks.md"
    monkeypatch.setattr(sys, "argv", ["bench", "--no-run", "--json", str(KEPT), "--page", str(written)])
    bench.main()
    assert written.read_text("utf-8") == (DOCS / "benchmarks.md").read_text("utf-8")
    assert (tmp_path / document.PICTURE).read_text("utf-8") == (DOCS / document.PICTURE).read_text("utf-8")


def test_the_page_has_rows_of_ours_in_their_order() -> None:
    page = (DOCS / "benchmarks.md").read_text("utf-8")
    titles = [*(row.title for row in ROWS), sizes.TITLE, growth.TITLE]
    shown = re.findall(r"^## (.*)$", page, re.MULTILINE)
    assert shown == [title for title in titles if title in shown]
    assert {"generate", "layout", "growth"} <= {row["name"] for row in kept.kept(KEPT)["rows"]}
    ours = [line for line in page.splitlines() if line.startswith(f"| {OURS} |")]
    assert ours
    assert not [line for line in ours if "| — |" in line], "ours takes part in all"


def test_tables_of_the_page_are_whole() -> None:
    page = (DOCS / "benchmarks.md").read_text("utf-8")
    for table in re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1


@pytest.mark.parametrize("arguments", [["--page", "p.md"], ["--no-run"], ["--rounds", "0"]])
def test_arguments_that_mean_nothing_are_refused(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["bench", *arguments])
    with pytest.raises(SystemExit) as ended:
        bench.main()
    assert ended.value.code == 2
