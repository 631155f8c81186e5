"""All that was found -> what to say of it: a level, counts, a version, an entry for the changelog."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specwright.review.findings import AXES, LEVELS, gravest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from specwright.review.findings import Axis, Finding, Level

_NUMBERS: Final = re.compile(r"v?(\d+)(?:\.(\d+))?(?:\.(\d+))?", re.ASCII)
_HEADINGS: Final[Mapping[Level, str]] = {
    "breaking": "Breaking",
    "warning": "Worth a look",
    "compatible": "Added and relaxed",
    "doc": "Documentation",
}
_MOST: Final = 50
"""Lines of a changelog below each heading."""


def overall(findings: Iterable[Finding], gate: Sequence[Axis]) -> Level | None:
    """The gravest level of what counts."""
    return gravest(found.level(gate) for found in findings if found.counts)


def counted(findings: Iterable[Finding], gate: Sequence[Axis]) -> dict[str, dict[Level, int]]:
    """How many findings that count have each level, by axis and over all that are gated on; the document's version aside."""
    listed = [found for found in findings if _is_of_package(found)]
    said: dict[str, list[Level | None]] = {axis: [found.level((axis,)) for found in listed] for axis in AXES}
    said["overall"] = [found.level(gate) for found in listed]
    return {axis: {level: levels.count(level) for level in LEVELS} for axis, levels in said.items()}


def numbers(version: str) -> tuple[int, int, int] | None:
    """The three numbers of a version; None where it does not begin with one."""
    found = _NUMBERS.match(version.strip())
    return None if found is None else (int(found[1]), int(found[2] or 0), int(found[3] or 0))


def suggested(version: str, level: Level | None) -> str:
    """The version that semantic versioning asks for after a change of that level (semver 2.0.0, sections 4 and 6 to 8).

    Before 1.0.0 anything may change; there a change that breaks raises the second number, as most tools expect.
    """
    at = numbers(version)
    if at is None or level is None:
        return version
    major, minor, patch = at
    match level:
        case "breaking":
            return f"{major + 1}.0.0" if major else f"0.{minor + 1}.0"
        case "warning" | "compatible":
            return f"{major}.{minor + 1}.0" if major else f"0.{minor}.{patch + 1}"
        case "doc":
            return f"{major}.{minor}.{patch + 1}"


def too_small(old: str, new: str) -> str:
    """The rule that the versions of two documents break between which something breaks; "" where they break none."""
    before, after = numbers(old), numbers(new)
    if old == new:
        return "version-not-bumped"
    if before is None or after is None:
        return ""
    wanted = numbers(suggested(old, "breaking"))
    return "version-too-small" if wanted is not None and after < wanted else ""


def _is_of_package(finding: Finding) -> bool:
    """Whether it counts, and is about what the package does: the version of the document is not."""
    return finding.counts and not finding.id.startswith("version-")


def changelog(findings: Sequence[Finding], gate: Sequence[Axis], version: str) -> str:
    """An entry for a changelog, as Markdown: what counts, below a heading for each level."""
    lines = [f"## {version}"]
    for level in LEVELS[:-1]:
        said = [found for found in findings if _is_of_package(found) and found.level(gate) == level]
        if not said:
            continue
        lines += ["", f"### {_HEADINGS[level]}", ""]
        lines += [f"- {found.message}" for found in said[:_MOST]]
        if len(said) > _MOST:
            lines.append(f"- … and {len(said) - _MOST} more")
    if len(lines) == 1:
        words = any(found.counts for found in findings)
        lines += ["", "Only descriptions changed." if words else "Nothing changed."]
    return "\n".join(lines) + "\n"
