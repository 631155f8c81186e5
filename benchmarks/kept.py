"""What was measured, in a file: a row that is measured again takes the place of the one that is there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, cast

from .growth import NAME as GROWTH
from .rows import ROWS
from .sizes import NAME as SIZE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

ORDER: Final = (*(row.name for row in ROWS), SIZE, GROWTH)
_PLACE: Final = ("cores", "cpu", "system", "python")
"""What has to be the same of two machines, so that rows measured on both can be in one file."""


def kept(file: Path) -> dict[str, Any]:
    """What a file has.

    Raises:
        OSError: It can't be read.
        ValueError: It is not one that was written here.
    """
    match json.loads(file.read_text("utf-8")):
        case {"machine": _, "versions": _, "rows": _} as found:
            return cast("dict[str, Any]", found)
        case _:
            raise ValueError(f"{file} was not written by `make bench`")


def keep(
    file: Path,
    machine: Mapping[str, Any],
    versions: Mapping[str, str],
    rows: Sequence[Any],
    *,
    partly: bool = False,
) -> None:
    """Write rows to a file, beside those that it has of the same machine and the same versions.

    One takes the place of the one of its name; where rows are there `partly`, its cases those of their names.

    Raises:
        OSError: It can't be written.
    """
    before = kept(file) if file.exists() else None
    named = {row["name"]: row for row in rows}
    if before is not None and before["versions"] == versions and _same(before["machine"], machine):
        old = {row["name"]: row for row in before["rows"]}
        named = old | {name: _joined(old.get(name), row) if partly else row for name, row in named.items()}
    found = {
        "machine": machine,
        "versions": versions,
        "rows": [named[name] for name in ORDER if name in named],
    }
    file.write_text(json.dumps(_rounded(found), indent=1, ensure_ascii=False) + "\n", "utf-8")


def _joined(old: dict[str, Any] | None, new: dict[str, Any]) -> dict[str, Any]:
    """A row, with the cases of an older one that it has not itself; those that are in both stay where they were."""
    cases = {case["name"]: case for row in (old, new) if row is not None for case in row["cases"]}
    return {**new, "cases": list(cases.values())}


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(one[name] == other[name] for name in _PLACE)


_DIGITS: Final = 5


def _rounded(value: Any) -> Any:
    """The same with figures as exact as they are worth."""
    if isinstance(value, float):
        return float(f"{value:.{_DIGITS}g}")
    if isinstance(value, dict):
        return {key: _rounded(inside) for key, inside in cast("dict[str, Any]", value).items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(inside) for inside in cast("Sequence[Any]", value)]
    return value
