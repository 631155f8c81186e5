"""A hostile document through the generator: what is not as its row, and the nine invariants, say."""

from __future__ import annotations

import atexit
import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sweeps.corpus import ROOT
from sweeps.hostile.running import Ran, run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sweeps.hostile.table import Expected

_BIN: Final = Path(sys.executable).parent
_WITHHELD: Final = "what-only-a-foreign-file-says"
"""The content of files that no document may reach."""
_FOREIGN: Final = (_WITHHELD, "root:x:", "/bin/bash")
STEERING: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)
"""What could steer a terminal, or show a line in another order than it is in."""
_HEADLINE: Final = re.compile(r"^(?:\S.*: )?(?:error|warning|note)\[[a-z0-9-]+\]: ")
_LONGEST: Final = 500
_WINDOWS: Final = re.compile(
    r"(?i)(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])(?:\..*)?"
)
_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_REFUSED: Final = 2
_EARLIER: Final = """\
openapi: 3.1.0
info: {title: Earlier, version: '1'}
paths: {/pets: {get: {operationId: pets, responses: {'200': {description: All}}}}}
"""
_SLOW: Final = {"paths_20k": 120.0, "enum_1m": 60.0}
"""Seconds of recipes that the table gives more than ten."""


@dataclass(slots=True)
class Case:
    """A document in a folder of its own, and what was found of it."""

    expected: Expected
    hooks: Path
    """The folder of hostile documents."""
    folder: Path
    spec: Path = field(init=False)
    findings: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        """Lays the document out, beside files that it may not reach."""
        home = self.folder / "document"
        home.mkdir(parents=True)
        (self.folder / "outside.yaml").write_text(
            f"type: string\ndescription: {_WITHHELD}\n", encoding="utf-8"
        )
        if self.expected.recipe:
            made = _made(self.hooks, self.expected.recipe, home)
            self.spec = made
        else:
            source = self.hooks / self.expected.file
            self.spec = home / f"openapi{source.suffix}"
            shutil.copyfile(source, self.spec)

    @property
    def seconds(self) -> float:
        """The processor time that it may take."""
        return _SLOW.get(self.expected.recipe, 10.0)

    def generate(self, place: str, *arguments: str | Path, seed: str) -> Ran:
        """Run the command as users do, with `place` as the current folder."""
        here = self.folder / place
        here.mkdir(exist_ok=True)
        ran = run(
            (_BIN / "specwright", "generate", self.spec, *arguments),
            folder=self.spec.parent if self.expected.recipe == "cwd_shadow" else here,
            hooks=self.hooks,
            writes=(here, self.spec.parent),
            reads=(self.spec.parent,),
            seconds=self.seconds,
            environment={"PYTHONHASHSEED": seed},
        )
        self.findings += (f"{place}: {found}" for found in _observed(ran))
        return ran


def findings(expected: Expected, hooks: Path, folder: Path) -> list[str]:
    """Everything about a document that is not as it has to be.

    Args:
        expected: Its row.
        hooks: The folder of hostile documents.
        folder: An empty folder to work in.
    """
    marks = _marks()
    case = Case(expected, hooks, folder)
    output: tuple[str | Path, ...] = (
        ("-o", case.spec.parent / "out") if expected.recipe == "out_symlink" else ()
    )
    first = case.generate("first", *output, "--json", seed="1")
    said = _said(first)
    if first.status == 0 and not case.findings:
        _written(case, output)
    elif first.status == _REFUSED:
        _refused(case)
    case.findings += _outcome(expected, first.status, said, case)
    if _marks() - marks:
        case.findings.append(f"executed: {sorted(_marks() - marks)}")
    return case.findings


def _made(hooks: Path, recipe: str, home: Path) -> Path:
    ran = run(
        (sys.executable, hooks / "make_big.py", recipe, home),
        folder=home,
        hooks=hooks,
        writes=(home,),
        reads=(home,),
    )
    return Path(ran.out.strip())


def _marks() -> set[str]:
    return {path.name for path in Path("/tmp").glob("PWNED*")}  # noqa: S108 - where the documents put theirs


# --- what every process is held to ---


def _observed(ran: Ran) -> Iterator[str]:
    if ran.status not in {0, _REFUSED}:
        yield f"exit status {ran.status}: {ran.err[-300:]!r}"
    yield from ran.excesses
    text = ran.out + ran.err
    if "Traceback" in text or "internal error" in text.lower():
        yield f"traceback: {text[-600:]!r}"
    yield from (f"watched: {line}" for line in ran.watched if not _is_ruff(line))
    yield from (f"it quotes a foreign file: {each!r}" for each in _FOREIGN if each in text)
    if steering := STEERING.search(text):
        yield f"it prints {steering.group()!r}: {text[max(steering.start() - 80, 0) : steering.end() + 20]!r}"
    for line in ran.err.splitlines():
        if _HEADLINE.match(line) and len(line) > _LONGEST:
            yield f"a line of {len(line)} characters: {line[:100]!r}"


def _is_ruff(line: str) -> bool:
    kind, _, rest = line.partition(" ")
    return kind == "PROC" and re.match(r"\S+ (?:\S*/)?ruff(?:\.exe)? ", f"{rest} ") is not None


def _said(ran: Ran) -> list[dict[str, Any]]:
    try:
        problems: list[dict[str, Any]] = json.loads(ran.out)["problems"]
    except (ValueError, KeyError):
        return []
    return problems


# --- what is written ---


def _written(case: Case, output: tuple[str | Path, ...]) -> None:
    """A package: it is the same when made again elsewhere, its files have safe names, and it does what it should."""
    second = case.generate("second", *output, seed="2")
    if second.status:
        case.findings.append(f"second: exit status {second.status}: {second.err[:300]!r}")
        return
    if output or case.expected.recipe == "cwd_shadow":
        return
    made = [_only(case, place) for place in ("first", "second")]
    if made[0] is None or made[1] is None:
        return
    case.findings += _different(*made)
    case.findings += _unsafe(made[0])
    made[0].rename(case.folder / "out")
    ran = run(
        (sys.executable, "-W", "error", "-P", "-m", "sweeps.hostile.package", case.spec, case.folder),
        folder=case.folder,
        hooks=case.hooks,
        writes=(case.folder / "nothing",),
        reads=(case.folder, ROOT),
        seconds=case.seconds,
        environment={
            "PYTHONPATH": os.pathsep.join((str(ROOT / "sweeps/hostile/watched"), str(case.hooks), str(ROOT)))
        },
    )
    case.findings += (f"package: watched: {line}" for line in ran.watched)
    case.findings += (f"package: {found}" for found in ran.excesses)
    if ran.status:
        case.findings.append(f"package: exit status {ran.status}: {ran.err[-600:]}")
    else:
        case.findings += (f"package: {found}" for found in json.loads(ran.out))


def _only(case: Case, place: str) -> Path | None:
    """The one folder that was written, whose name the document chose."""
    entries = list((case.folder / place).iterdir())
    if len(entries) == 1 and _NAME.fullmatch(entries[0].name) and (entries[0] / "specwright.lock").is_file():
        return entries[0]
    case.findings.append(f"{place}: there is {[entry.name for entry in entries]}")
    return None


def _different(one: Path, other: Path) -> Iterator[str]:
    if one.name != other.name:
        yield f"again: {one.name} and {other.name}"
    names = {path.relative_to(one) for path in one.rglob("*") if path.is_file()}
    if names != {path.relative_to(other) for path in other.rglob("*") if path.is_file()}:
        yield "again: other files"
    elif faults := filecmp.cmpfiles(one, other, sorted(map(str, names)), shallow=False)[1]:
        yield f"again: {faults[0]} differs"


def _unsafe(out: Path) -> Iterator[str]:
    paths = sorted(path.relative_to(out) for path in out.rglob("*"))
    folded = [str(path).casefold() for path in paths]
    if len(set(folded)) < len(folded):
        yield "files: names that differ in case only"
    for path in paths:
        name = path.name
        if not _NAME.fullmatch(name) or len(name) > 255 or _WINDOWS.fullmatch(name) or name.endswith("."):  # noqa: PLR2004
            yield f"files: {path}"
        if (out / path).is_symlink():
            yield f"files: {path} is a symlink"


# --- what is refused ---


def _refused(case: Case) -> None:
    """Nothing is written; and where something was before, that is as it was."""
    if left := list((case.folder / "first").iterdir()):
        case.findings.append(f"first: it is refused, and there is {left[0].name}")
    if case.expected.recipe in {"out_symlink", "dev_zero", "fifo"}:
        return
    out = case.folder / "second" / "kept"
    shutil.copytree(_earlier(), out)
    before = _content(out)
    ran = case.generate("second", "-o", out, seed="2")
    if ran.status != _REFUSED:
        case.findings.append(f"second: exit status {ran.status}, and it was refused before")
    if not any(map(_HEADLINE.match, ran.err.splitlines())):
        case.findings.append(f"second: no problem is told: {ran.err[:200]!r}")
    if not before or _content(out) != before:
        case.findings.append("second: the earlier output is not as it was")


@cache
def _earlier() -> Path:
    """The output of a harmless document."""
    folder = Path(tempfile.mkdtemp(prefix="earlier-"))
    atexit.register(shutil.rmtree, folder)
    (folder / "openapi.yaml").write_text(_EARLIER, encoding="utf-8")
    subprocess.run(
        (_BIN / "specwright", "generate", folder / "openapi.yaml", "-o", folder / "out"),
        check=True,
        capture_output=True,
    )
    return folder / "out"


def _content(out: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


# --- what is said ---

_STATUSES: Final[dict[str, frozenset[int]]] = {
    "GEN": frozenset({0}),
    "GENW": frozenset({0}),
    "E2": frozenset({2}),
    "DIAG": frozenset({0, 2}),
    "LIMIT": frozenset({0, 2}),
}
_TOLD: Final = frozenset({"GENW", "E2", "DIAG"})
_ALSO: Final = re.compile(
    r"(?i)\bE2\b.*\b(?:also right|says?|naming|with|saying|'not)|or E2|DIAG|LIMIT also right"
)
"""What of the last column lets a document be refused, too."""


def _outcome(expected: Expected, status: int, said: list[dict[str, Any]], case: Case) -> Iterator[str]:
    allowed = _STATUSES[expected.expect]
    if _ALSO.search(expected.check):
        allowed |= {_REFUSED}
    if status not in allowed:
        yield f"outcome: exit status {status} for {expected.expect}: {_shown(said)}"
    if status == _REFUSED or expected.expect in _TOLD:
        if not said:
            yield "outcome: nothing is told"
        elif expected.location and not any(_names(expected.location, each) for each in said):
            yield f"outcome: nothing names {expected.location}: {_shown(said)}"
    if status == _REFUSED and not all(each["place"] is None or each["place"]["file"] for each in said):
        yield f"outcome: no file is named: {_shown(said)}"
    if status == 0 and expected.expect == "DIAG":
        strict = case.generate("strict", "--strict", "--dry-run", seed="1")
        if strict.status != _REFUSED:
            yield f"outcome: with --strict it is not refused: {_shown(said)}"


def _shown(said: list[dict[str, Any]]) -> str:
    return "; ".join(
        f"{each['severity']}[{each['code']}] {(each['place'] or {}).get('line')}:{(each['place'] or {}).get('pointer')}"
        f" {each['message'][:100]}"
        for each in said[:6]
    )


def _names(location: str, told: dict[str, Any]) -> bool:
    """Whether a Problem names a place that the table names: a pointer, a line, or the limit that was hit."""
    place = told["place"] or {"pointer": "", "line": 0, "file": ""}
    words = location.split(" / ")
    for word in words:
        if "limit" in word and told["code"].startswith("limit-"):
            return True
        if line := re.search(r"line (\d+)(\+?)", word):
            number = int(line[1])
            if re.search(rf"\bline {number}\b", told["message"]):
                return True
            if place["line"] == number or (line[2] and place["line"] >= number):
                return True
        if word.startswith("/") and (_within(place["pointer"], word) or _lacks(told, place["pointer"], word)):
            return True
        if word in {"document root", "offset", "end of file", "input"} and told["severity"] == "error":
            return True
        if word == "output folder" and told["code"].startswith("output-"):
            return True
    return False


def _lacks(told: dict[str, Any], pointer: str, location: str) -> bool:
    """Whether a Problem says of what holds the place that it is not there."""
    above, _, key = location.rpartition("/")
    return pointer == above and told["code"].endswith("-missing") and f"`{key}`" in told["message"]


def _within(pointer: str, location: str) -> bool:
    """Whether one is in the other, and neither the whole of the document nor more than one level too wide."""
    if pointer == location or pointer.startswith(f"{location}/"):
        return True
    return (
        location.startswith(f"{pointer}/") and location.count("/") - pointer.count("/") <= 1 and bool(pointer)
    )
