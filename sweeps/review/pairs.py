"""Real changes of real documents, a year or a commit apart. SPECWRIGHT_CORPUS names the folder that has `pairs`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from specwright.review import review
from specwright.review.policy import Policy
from specwright.review.revisions import Options, matches
from sweeps.corpus import corpus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.review.findings import Review


def folders() -> list[Path]:
    """A folder for each pair, with `old` and `new` in it."""
    there = corpus() / "pairs"
    return sorted(path for path in there.iterdir() if path.is_dir()) if there.is_dir() else []


def sides(folder: Path) -> tuple[Path, Path]:
    """The old document of a pair, and the new one."""
    old, new = (next(folder.glob(f"{name}.*")) for name in ("old", "new"))
    return old, new


def of_pair(folder: Path) -> Review:
    """What the change of a pair means."""
    old, new = sides(folder)
    (match,) = matches(str(old), str(new), Options(Path.cwd(), {}))
    return review(match.read(), Policy())


def faults(done: Review) -> Iterator[str]:
    """What no review may have: a finding twice, or one that says nothing."""
    for told, count in Counter(finding.fingerprint for finding in done.findings).items():
        if count > 1:
            yield f"{count} findings have the fingerprint {told}"
    same = Counter((finding.id, finding.message, finding.old, finding.new) for finding in done.findings)
    yield from (f"told {count} times: {told[1]}" for told, count in same.items() if count > 1)
    for finding in done.findings:
        if finding.wire is None and finding.python is None:
            yield f"{finding.id} has no level: {finding.message}"
        if "{" in finding.message.partition("`")[0]:
            yield f"{finding.id} has a gap: {finding.message}"
