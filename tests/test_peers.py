"""The survey of generators counts what is there: packages, modules that can be imported, operations."""

from __future__ import annotations

import importlib.util
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the benchmarks are a folder beside the tests, and are not installed

from benchmarks.peers import documents, run, survey, table, tools  # noqa: E402  # as above
from benchmarks.peers.survey import Cell  # noqa: E402
from benchmarks.peers.tools import TOOLS, Tool  # noqa: E402

from commands import PETS  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

OF = {tool.name: tool for tool in TOOLS}


@pytest.fixture
def document(tmp_path: Path) -> documents.Document:
    path = tmp_path / "pets.yaml"
    path.write_text(PETS, "utf-8")
    return documents.Document(path, documents.operations(path), sampled=False)


def writing(*statements: str, parts: tuple[str, ...] = ("made",)) -> Tool:
    """A generator that runs these statements; each is a command of its own."""
    commands = tuple((sys.executable, "-c", f"from pathlib import Path\n{one}") for one in statements)
    return Tool(
        "made", "made", lambda _document: commands, parts, tools._counted("out/made/*.py", r"^def (\w+)")
    )


PACKAGE = (
    "home = Path('out/made'); home.mkdir(); (home / '__init__.py').write_text(''); "
    "(home / 'good.py').write_text('def a(): ...\\ndef b(): ...\\n'); (home / 'bad.py').write_text('import nowhere_at_all')"
)


def test_operations_are_counted_in_documents_of_every_version(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    item = {"get": {}, "query": {}, "parameters": [], "additionalOperations": {"COPY": {}}, "x-get": {}}
    path.write_text(
        json.dumps({"paths": {"/a": item, "/b": {"delete": {}}}, "webhooks": {"w": {"post": {}}}}), "utf-8"
    )
    assert documents.operations(path) == 4


def test_a_package_is_judged_by_what_is_in_it(
    document: documents.Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey, "_mypy", lambda *_arguments: 3)
    cell = survey.examined(writing(PACKAGE), document, tmp_path / "work")
    assert (cell.written, cell.modules, cell.broken, cell.operations, cell.mypy) == (True, 3, 1, 2, 3)
    assert cell.first_broken == "made.bad: ModuleNotFoundError: No module named 'nowhere_at_all'"
    assert not cell.whole
    assert cell.pyright is None


def test_where_one_command_fails_the_next_is_tried(
    document: documents.Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey, "_mypy", lambda *_arguments: 0)
    tool = writing("raise SystemExit(1)", PACKAGE)
    assert survey.examined(tool, document, tmp_path / "work").written


def test_who_writes_nothing_says_why(document: documents.Document, tmp_path: Path) -> None:
    cell = survey.examined(writing("raise SystemExit('no such thing')"), document, tmp_path / "work")
    assert (cell.written, cell.said) == (False, "no such thing")


def test_who_takes_too_long_is_ended(
    document: documents.Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey, "PATIENCE", 0.5)
    cell = survey.examined(writing(f"{PACKAGE}; import time; time.sleep(60)"), document, tmp_path / "work")
    assert not cell.written
    assert cell.seconds < 30


def test_ours_is_judged_as_it_is(document: documents.Document, tmp_path: Path) -> None:
    cell = survey.examined(OF["specwright"], document, tmp_path / "work")
    assert (cell.whole, cell.operations, cell.mypy) == (True, document.operations, 0)


@pytest.mark.skipif(
    importlib.util.find_spec("openapi_python_client") is None, reason="openapi-python-client is not installed"
)
def test_a_peer_is_judged_by_the_same_measure(document: documents.Document, tmp_path: Path) -> None:
    cell = survey.examined(OF["openapi-python-client"], document, tmp_path / "work")
    assert (cell.written, cell.operations) == (True, document.operations)


LINES: dict[str, tuple[str, str]] = {
    "specwright": (
        "out/api_package/client.py",
        "        `GET /pets`\n" * 2 + '        """`PUT /pets/{id}`\n        `GET /told/about` too\n',
    ),
    "openapi-python-client": ("out/api_package/api/pets/get.py", "def sync_detailed(\ndef sync(\n"),
    "openapi-generator": (
        "out/api_package/api/pets_api.py",
        "    def a_with_http_info(\n    def b_with_http_info(\n    def a(\n",
    ),
    "datamodel-code-generator, client": (
        "out/client/_operations.py",
        "OPERATION_0: Final = 1\nOPERATION_1: Final = 2\nX = OPERATION_1\n",
    ),
}


@pytest.mark.parametrize(("name", "count"), [*zip(LINES, (2, 1, 2, 2), strict=True)])
def test_operations_are_counted_as_each_writes_them(name: str, count: int, tmp_path: Path) -> None:
    path, text = LINES[name]
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(text, "utf-8")
    count_of: Callable[[Path], int] | None = OF[name].operations
    assert count_of is not None
    assert count_of(tmp_path) == count


def test_totals_are_those_of_the_cells() -> None:
    found = [
        documents.Document(Path("a.yaml"), 5, sampled=True),
        documents.Document(Path("b.yaml"), 7, sampled=False),
    ]
    whole = Cell("specwright", "a", 1.0, written=True, modules=3, broken=0, operations=5, mypy=0, pyright=2)
    partly = Cell("specwright", "b", 3.0, written=True, modules=3, broken=1, operations=7, mypy=None)
    cells = {(cell.tool, cell.document): cell for cell in (whole, partly)}
    assert table._sums(OF["specwright"], found, {"a": whole, "b": partly}) == (
        "2", "1", "1", "12", "1/2", "0", "0/1", "2", "2.0",
    )  # fmt: skip
    out = Console(file=io.StringIO(), width=table.WIDTH)
    table.show(out, found, cells)
    shown = out.file.getvalue()  # type: ignore[attr-defined] # it is a StringIO
    assert "7/7  1 broken  ?  3.0 s" in shown
    assert "5/5  0 broken  0|2  1.0 s" in shown


def test_what_was_found_is_kept_and_not_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "pets.yaml").write_text(PETS, "utf-8")
    asked: list[str] = []

    def examined(tool: Tool, document: documents.Document, _folder: Path) -> Cell:
        asked.append(tool.name)
        return Cell(tool.name, document.name, 1.0, written=False, said="no")

    monkeypatch.setattr(documents, "CORPUS", tmp_path)
    monkeypatch.setattr(run, "examined", examined)
    run.run([], [], tmp_path / "kept.json")
    run.run([], ["specwright"], tmp_path / "kept.json")
    assert asked == [tool.name for tool in TOOLS] + ["specwright"]
    assert "nothing: no" in capsys.readouterr().out
    run.run(["elsewhere"], [], None)
    assert "no such document" in capsys.readouterr().out
