"""Changes of a document, and code that calls the package made of it: what breaks is what the review says.

Each folder of `changes` has the document as it was and as it is, the report, the code of somebody who uses the old
package, and `verdict.toml`: what was changed, how grave that is, and what becomes of the code. There
- `type_check` is what mypy has against it with the new package,
- `upgraded` what happens when it is run with the new package, against a server that does as the new document says, and
- `left` what happens against that server with the package that it was written for;
- `never` are rules that are not met, and
- `wrong` the tests by which the review is known to be wrong, with the reason.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import pytest

import specwright
from specwright.config import Config
from specwright.emit.render import runtime
from specwright.review.findings import AXES, gravest
from specwright.review.policy import Policy
from specwright.review.reports import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from _pytest.mark.structures import ParameterSet

    from specwright.review.findings import Break, Review

pytestmark = pytest.mark.xdist_group("changes")

PACKAGE: Final = "cohere_finetuning"
FOLDER: Final = Path(__file__).parent / "changes"
OLD: Final = FOLDER / "old.yaml"
NAMES: Final = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
FILES: Final = {"old.yaml", "new.yaml", "expected.txt", "caller.py", "verdict.toml"}
WIDTH: Final = 200
"""Of the reports, so that nothing is cut."""


def verdict(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name / "verdict.toml").read_text("utf-8"))


def of_each(test: str) -> pytest.MarkDecorator:
    """For every change; expected to fail where its verdict says that the review is wrong by that test."""
    found: list[ParameterSet] = []
    for name in NAMES:
        wrong = verdict(name).get("wrong", {})
        mark = pytest.mark.xfail(reason=wrong.get(test), raises=AssertionError, strict=True)
        found.append(pytest.param(name, marks=[mark] if test in wrong else []))
    return pytest.mark.parametrize("name", found)


# --- the review -------------------------------------------------------------------------------------------------


@functools.cache
def reviewed(name: str) -> Review:
    """What the review says of a change, and of the code beside it."""
    config = Config(spec=Path("new.yaml"), package=PACKAGE)
    with contextlib.chdir(FOLDER / name):
        return specwright.diff("old.yaml", "new.yaml", config=config, policy=Policy(), callers=Path())


@pytest.fixture
def review(name: str) -> Review:
    return reviewed(name)


def test_each_change_is_a_folder() -> None:
    for name in NAMES:
        there = {path.name for path in (FOLDER / name).iterdir() if path.name != "__pycache__"}
        assert there == FILES, name
        assert (FOLDER / name / "old.yaml").read_bytes() == OLD.read_bytes(), name
        assert verdict(name).get("wrong", {}).keys() <= globals().keys(), name


@of_each("test_the_report")
def test_the_report(name: str, review: Review, *, update: bool) -> None:
    path, said = FOLDER / name / "expected.txt", text([review], WIDTH, full=True)
    if update:
        path.write_text(said, "utf-8")
    assert said == path.read_text("utf-8"), "`pytest --update` expects this instead"


@of_each("test_levels")
def test_levels(name: str, review: Review) -> None:
    said = {axis: gravest(getattr(found, axis) for found in review.findings) or "nothing" for axis in AXES}
    assert said == {axis: verdict(name)[axis] for axis in AXES}


@of_each("test_no_false_alarm")
def test_no_false_alarm(name: str, review: Review) -> None:
    said = [found.message for found in review.findings if found.id in verdict(name).get("never", ())]
    assert not said


# --- what becomes of the code -----------------------------------------------------------------------------------


Checked: TypeAlias = tuple[str, str]
"""The caller of a change, and the package that it is checked with: `old`, or the change's own."""
Run: TypeAlias = tuple[str, str, str]
"""The caller of a change, the package that it is run with, and the document that the server goes by: `old` or `new`."""


class Fate(NamedTuple):
    """What becomes of a caller."""

    checked_before: str
    """By mypy with the old package: `clean`, or `fails` and with which codes."""
    type_check: str
    lines: frozenset[int]
    """The statements that mypy has something against, with the new package: their first lines."""
    before: str
    """With the old package and the old server: `works`, or `fails` and by which error."""
    upgraded: str
    left: str
    said: str
    """All that mypy and Python said."""


@pytest.fixture(scope="module")
def fates(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Fate]:
    """What becomes of each caller; mypy is run once, and so is Python."""
    folder = tmp_path_factory.mktemp("changes")
    generate(OLD, folder / "made/old")
    for name in NAMES:
        # Over the old package, as in a repository: what has a name keeps it.
        shutil.copytree(folder / "made/old", folder / "made" / name)
        generate(FOLDER / name / "new.yaml", folder / "made" / name)
    found, ran = checked(folder), called(folder)
    return {name: _fate(name, found, ran) for name in NAMES}


def _fate(name: str, found: Mapping[Checked, Sequence[Mapping[str, Any]]], ran: Mapping[Run, str]) -> Fate:
    before, upgraded, left = ran[name, "old", "old"], ran[name, name, "new"], ran[name, "old", "new"]
    errors = found[name, name]
    return Fate(
        checked_before=_codes(found[name, "old"]),
        type_check=_codes(errors),
        lines=frozenset(_statement(name, error["line"]) for error in errors),
        before=_short(before),
        upgraded=_short(upgraded),
        left=_short(left),
        said="\n".join([*(error["message"] for error in errors), before, upgraded, left]),
    )


def generate(document: Path, target: Path) -> None:
    specwright.generate(config=Config(spec=document, package=PACKAGE, output=target))


def checked(folder: Path) -> Mapping[Checked, list[dict[str, Any]]]:
    """What mypy has against each caller, with the old package and with the new one.

    All packages have one name, and mypy knows one module by a name: so that it is run once, they are put into folders
    of their own, over one copy of the runtime, which is the same in all of them.
    """
    typed = folder / "typed"
    for file, content in runtime().items():
        _write(typed / "the_runtime" / file, content)
    for name in ("old", *NAMES):
        for path in (folder / "made" / name / PACKAGE).glob("*.py"):
            content = re.sub(r"(?m)^(\s*from )\.+_runtime\b", r"\1the_runtime", path.read_text("utf-8"))
            _write(typed / name / PACKAGE / path.name, content)
    for name in NAMES:
        for side in ("old", name):
            content = (FOLDER / name / "caller.py").read_text("utf-8")
            _write(typed / f"{name}__{side}.py", content.replace(f"from {PACKAGE}", f"from {side}.{PACKAGE}"))
    files = [f"{name}__{side}.py" for name in NAMES for side in ("old", name)]
    options = ("--strict", "--config-file=", "--follow-imports=silent", "--output=json", "--cache-dir=.cache")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *options, *files],
        cwd=typed, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stdout + done.stderr
    found: dict[Checked, list[dict[str, Any]]] = defaultdict(list)
    for line in filter(None, done.stdout.splitlines()):
        error = json.loads(line)
        name, _, side = Path(error["file"]).stem.partition("__")
        if error["severity"] == "error":
            found[name, side].append(error)
    return found


def called(folder: Path) -> Mapping[Run, str]:
    """What happens in each run: `works`, or `fails`, by which error, and its words."""
    runs = [
        run for name in NAMES for run in ((name, "old", "old"), (name, name, "new"), (name, "old", "new"))
    ]
    items = [
        {
            "package": PACKAGE,
            "folder": str(folder / "made" / package),
            "document": str(FOLDER / name / f"{document}.yaml"),
            "caller": str(FOLDER / name / "caller.py"),
        }
        for name, package, document in runs
    ]
    done = subprocess.run(
        [sys.executable, str(Path(__file__).parent / "calling.py")],
        input=json.dumps(items), capture_output=True, text=True, check=False, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(zip(runs, json.loads(done.stdout), strict=True))


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")


def _codes(errors: Sequence[Mapping[str, Any]]) -> str:
    return f"fails: {', '.join(sorted({error['code'] for error in errors}))}" if errors else "clean"


def _short(outcome: str) -> str:
    """Without the words of the error."""
    return ": ".join(outcome.split(": ")[:2])


def _statement(name: str, line: int) -> int:
    """The first line of the innermost statement of a caller that a line belongs to."""
    tree = ast.parse((FOLDER / name / "caller.py").read_text("utf-8"))
    around = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    return max(around, default=line)


@of_each("test_what_becomes_of_the_code")
def test_what_becomes_of_the_code(name: str, fates: Mapping[str, Fate]) -> None:
    fate, expected = fates[name], verdict(name)
    assert (fate.checked_before, fate.before) == ("clean", "works"), fate.said
    for what in ("type_check", "upgraded", "left"):
        assert getattr(fate, what) == expected[what], f"{what}\n{fate.said}"


# --- whether they agree -----------------------------------------------------------------------------------------

REFUSED: Final = "fails: RequestInvalid"
"""What the new validators do where the new server would refuse the request."""
READERS: Final = "fails: ResponseMismatch"
"""What the old package says of an answer that is not of the old document."""
ERRORS: Final[Mapping[str, set[Break]]] = {
    "fails: TypeError": {"call"},
    "fails: ImportError": {"import"},
    "fails: AttributeError": {"attribute", "type check"},
}
"""What the review says of code that ends in an error, when it is run with the new package: one of these."""


@of_each("test_python_agrees")
def test_python_agrees(name: str, review: Review, fates: Mapping[str, Fate]) -> None:
    """Code that the review calls broken is broken, there and so; and other code is not."""
    fate = fates[name]
    breaks = _breaks(review)
    assert bool(breaks) == (fate.type_check != "clean" or fate.upgraded not in ("works", REFUSED)), fate.said
    assert bool(breaks) == any(found.python == "breaking" for found in review.findings)
    assert ("type check" in breaks) == (fate.type_check != "clean"), fate.said
    assert not ERRORS.get(fate.upgraded) or breaks & ERRORS[fate.upgraded], fate.said


@of_each("test_places_agree")
def test_places_agree(name: str, review: Review, fates: Mapping[str, Fate]) -> None:
    """The statements that the review calls broken are those that mypy has something against."""
    places = {_statement(name, place.line) for place in review.callers if place.level == "breaking"}
    assert places == fates[name].lines, fates[name].said


@of_each("test_the_wire_agrees")
def test_the_wire_agrees(name: str, review: Review, fates: Mapping[str, Fate]) -> None:
    """Where something breaks on the wire, the old package fails with the new server, and there alone."""
    fate = fates[name]
    directions = {way for found in review.findings if found.wire == "breaking" for way in found.directions}
    if fate.left == READERS:
        assert "out" in directions, fate.said
    else:
        assert ("in" in directions) == (fate.left != "works"), fate.said
    assert fate.upgraded != REFUSED or "in" in directions, fate.said


UNCHANGED: Final = "No name, type or signature changes"
"""What the review says of Python where only the wire is touched."""


@of_each("test_reasons_agree")
def test_reasons_agree(name: str, review: Review, fates: Mapping[str, Fate]) -> None:
    """Why the axes differ is true of the code, too."""
    fate = fates[name]
    for found in review.findings:
        if UNCHANGED in found.why:
            assert fate.type_check == "clean", found.why
        if "the validator refuses" in found.why:
            assert fate.upgraded == REFUSED, f"{found.why}\n{fate.said}"


def _breaks(review: Review) -> set[Break]:
    """What breaks of the code, of all that it uses."""
    used = {(place.change, place.symbol) for place in review.callers}
    return {
        each
        for found in review.findings
        for change in found.python_changes
        if change.level == "breaking" and (change.id, change.symbol) in used
        for each in change.breaks
    }
