"""A row of the table: what was found of one document, and what of it falls short."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sweeps import columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sweeps.corpus import Source

EXPLAINED: Final = Path(__file__).with_name("explained.toml")
_CHECKS: Final[dict[str, Callable[[Source], dict[str, Any]]]] = {
    "ruff": columns.linted,
    "mypy": columns.typed_by_mypy,
    "pyright": columns.typed_by_pyright,
    "wire": columns.called,
}
_SLOW: Final = frozenset({"mypy", "pyright"})


@dataclass(slots=True)
class Row:
    """What was found of a document; `shortfalls` are words for all that is not as it has to be."""

    name: str
    version: str = ""
    seconds: float = 0.0
    methods: int = 0
    operations: int = 0
    models: int = 0
    schemas: int = 0
    modules: int = 0
    problems: dict[str, int] = field(default_factory=dict[str, int])
    faults: dict[str, int | None] = field(default_factory=dict[str, "int | None"])
    """By column, how many; None where it was left out."""
    missed: int = 0
    explained: int = 0
    shortfalls: list[str] = field(default_factory=list[str])
    misses: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    """Of the wire, those that nothing explains."""


def row(source: Source, *, quick: bool) -> Row:
    """The row of a document; `quick` leaves the type checkers out."""
    counts = columns.counted(source)
    made = Row(
        source.name, counts["version"], operations=counts["operations"], schemas=len(counts["schemas"])
    )
    said = columns.generated(source)
    made.seconds = said["seconds"]
    if "fault" in said:
        made.missed = made.operations
        made.shortfalls.append(f"generate: {said['fault']}")
        return made
    made.problems = said["problems"]
    _import(made, source, counts["schemas"], said["places"])
    for column, check in _CHECKS.items():
        if quick and column in _SLOW:
            made.faults[column] = None
        else:
            found = _kept(source, column, lambda check=check: check(source))
            (_wire if column == "wire" else _tool)(made, column, found)
    return made


def _import(made: Row, source: Source, schemas: list[str], places: list[str]) -> None:
    found = columns.imported(source, schemas, places)
    if "fault" in found:
        made.shortfalls.append(f"import: {found['fault']}")
        return
    made.methods, made.models, made.modules = found["methods"], found["models"], found["modules"]
    if made.methods != made.operations:
        made.shortfalls.append(f"methods: {made.methods} for {made.operations} operations")
    if found["missing"]:
        made.shortfalls.append(f"models: none for {', '.join(found['missing'])}")
    made.shortfalls += [f"decoder: {fault}" for fault in found["decoders"]]


def _tool(made: Row, column: str, found: dict[str, Any]) -> None:
    made.faults[column] = found["faults"]
    if found["faults"]:
        made.shortfalls.append(f"{column}: {found['faults']}, such as {found['shown'][0]}")


def _wire(made: Row, column: str, found: dict[str, Any]) -> None:
    if "fault" in found:
        made.faults[column] = made.missed = made.operations
        made.shortfalls.append(f"{column}: {found['fault']}")
        return
    reasons = [entry for entry in explained() if fnmatchcase(made.name, entry["document"])]
    used: set[int] = set()
    for miss in found["misses"]:
        fitting = [at for at, entry in enumerate(reasons) if _explains(entry, miss)]
        used.update(fitting)
        if fitting:
            made.explained += 1
        else:
            made.misses.append(miss)
    made.missed = len(found["misses"])
    made.faults[column] = len(made.misses)
    made.shortfalls += [f"wire: {miss['operation']}: {miss['step']}: {miss['text']}" for miss in made.misses]
    made.shortfalls += [
        f"explained.toml: nothing is missed at {entry['operation']}, {entry['step']}"
        for at, entry in enumerate(reasons)
        if at not in used
    ]


def explained() -> list[dict[str, str]]:
    """What is missed for a reason: the document's own mistake."""
    entries: list[dict[str, str]] = tomllib.loads(EXPLAINED.read_text(encoding="utf-8"))["miss"]
    return entries


def _explains(entry: dict[str, str], miss: dict[str, str]) -> bool:
    return entry["step"] == miss["step"] and fnmatchcase(miss["operation"], _literal(entry["operation"]))


def _literal(pattern: str) -> str:
    """A pattern in which brackets, which paths have, mean themselves."""
    return pattern.replace("[", "[[]")


# --- what was found before ---


def _kept(source: Source, column: str, find: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What was found of the same package by the same sweep before, or what `find` finds now."""
    file = source.folder / f"{column}.json"
    asking = Path(__file__).parent.glob("*.py") if column == "wire" else [Path(columns.__file__)]
    key = _digest([source.folder / "out" / "specwright.lock", source.path, *asking])
    if file.exists():
        kept = json.loads(file.read_text(encoding="utf-8"))
        if kept["key"] == key:
            found: dict[str, Any] = kept["found"]
            return found
    found = find()
    if "fault" not in found:
        file.write_text(json.dumps({"key": key, "found": found}, indent=1), encoding="utf-8")
    return found


def _digest(files: Iterable[Path]) -> str:
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)]
    return hashlib.sha256("".join(hashes).encode()).hexdigest()


# --- shown ---

_HEAD: Final = (
    f"{'document':32} {'version':7} {'operations':>11} {'models':>11} {'err/warn/note':>14} {'seconds':>7} "
    f"{'modules':>7} {'ruff':>5} {'mypy':>5} {'pyright':>7} {'wire':>13} {'share':>6}"
)


def head() -> str:
    """The names of the columns."""
    return _HEAD


def line(made: Row) -> str:
    """A row of the table."""
    problems = "/".join(str(made.problems.get(severity, "-")) for severity in ("error", "warning", "note"))
    fine = made.operations - made.missed
    share = f"{100 * fine / made.operations:.1f}" if made.operations else "-"
    wire = f"{fine}{f'+{made.explained}' if made.explained else ''}/{made.operations}"
    return (
        f"{made.name[:32]:32} {made.version:7} {f'{made.methods}/{made.operations}':>11} "
        f"{f'{made.models}/{made.schemas}':>11} {problems:>14} {made.seconds:>7.1f} {made.modules:>7} "
        f"{_count(made, 'ruff'):>5} {_count(made, 'mypy'):>5} {_count(made, 'pyright'):>7} {wire:>13} {share:>6}"
        f"{'  falls short' if made.shortfalls else ''}"
    )


def _count(made: Row, column: str) -> str:
    count = made.faults.get(column)
    return "-" if count is None else str(count)


def total(made: list[Row]) -> Row:
    """All rows as one."""
    whole = Row(f"{len(made)} documents", seconds=sum(each.seconds for each in made))
    for each in made:
        whole.methods += each.methods
        whole.operations += each.operations
        whole.models += each.models
        whole.schemas += each.schemas
        whole.modules += each.modules
        whole.missed += each.missed
        whole.explained += each.explained
        for severity, count in each.problems.items():
            whole.problems[severity] = whole.problems.get(severity, 0) + count
        for column, faults in each.faults.items():
            if faults is not None:
                whole.faults[column] = (whole.faults.get(column) or 0) + faults
    return whole


def as_json(made: Row) -> dict[str, Any]:
    """A row for a file."""
    return asdict(made)
