"""`specwright migrate`: what becomes of a configuration and of a code base, shown and told."""

from __future__ import annotations

from dataclasses import asdict
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from specwright.cli import report
from specwright.cli.options import configs
from specwright.cli.session import Outcome, Session
from specwright.problems import as_json, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from specwright.migrate import Migrated
    from specwright.migrate.rewriting import Remark, Rewritten

_OWN = frozenset({"old_config", "write"})
"""Options that are not about the document and its package."""


def move(session: Session, spec: Path, folder: Path, code: Sequence[Path], said: Mapping[str, Any]) -> int:
    """Show what becomes of it, and give the exit status."""
    from specwright.migrate import migrate

    (config,) = configs(spec, {name: value for name, value in said.items() if name not in _OWN})
    with report.progress(f"reading {folder} and the code that calls it"):
        migrated = migrate(config, folder, code, old_config=said["old_config"], write=said["write"])
    report.show_problems(migrated.problems)
    if not session.as_json:
        _show(migrated)
    return session.end([Outcome(0, _told(migrated))])


def _changes(file: Rewritten, *, written: bool) -> Iterator[tuple[int, Sequence[str], Sequence[str]]]:
    """The lines that change: where they begin in what the file is by now, what they were, and what they are."""
    before, after = file.before.splitlines(), file.after.splitlines()
    for tag, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield (first if written else start) + 1, before[start:end], after[first:last]


def _show(migrated: Migrated) -> None:
    for block in _blocks(migrated):
        for line in block:
            report.say(line)
        if block:
            report.say()
    _sum_up(migrated)


def _blocks(migrated: Migrated) -> Iterator[list[str]]:
    """What is shown, in blocks of lines."""
    if migrated.section:
        done = "added" if migrated.written else "to add"
        yield [f"{migrated.config}: {done}", *(f"+ {line}" for line in migrated.section.splitlines())]
    yield [f"{setting.key}: {setting.becomes}" for setting in migrated.settings]
    yield [f"{migrated.before}: {why}" for why in migrated.alone]
    for file in migrated.files:
        for line, before, after in _changes(file, written=migrated.written):
            removed, added = (f"- {text}" for text in before), (f"+ {text}" for text in after)
            yield [f"{file.path}:{line}:", *removed, *added]
    yield [
        f"{file.path}:{remark.line}: left as it is: {remark.text}"
        for file in migrated.files
        for remark in file.left
    ]
    yield [line for file in migrated.files for line in _notes(file.path, file.notes)]


def _notes(path: str, remarks: Sequence[Remark]) -> Iterator[str]:
    """What to look at in a file; what is said of several lines is said once."""
    lines: dict[str, list[int]] = {}
    for remark in remarks:
        lines.setdefault(remark.text, []).append(remark.line)
    for text, (first, *others) in lines.items():
        also = f" (so in {', '.join(map(str, others))})" if others else ""
        yield f"{path}:{first}: look at this: {text}{also}"


def _sum_up(migrated: Migrated) -> None:
    done = sum(file.calls for file in migrated.files)
    found = sum(file.found for file in migrated.files)
    left = sum(len(file.left) for file in migrated.files)
    changed = sum(file.before != file.after for file in migrated.files)
    what = "rewritten" if migrated.written else "can be rewritten"
    report.say(
        f"{migrated.operations} of {counted(migrated.known, 'operation')} of {migrated.before} are in {migrated.package}; "
        f"{done} of {counted(found, 'call')} {what}, in {counted(changed, 'file')}; {counted(left, 'place')} left"
    )
    if not migrated.written:
        report.say("Nothing was written: --write does it.")


def _told(migrated: Migrated) -> dict[str, object]:
    """The same for `--json`."""
    return {
        "package": migrated.package,
        "before": migrated.before,
        "operations": migrated.operations,
        "known": migrated.known,
        "alone": list(migrated.alone),
        "config": migrated.config,
        "section": migrated.section,
        "settings": {setting.key: setting.becomes for setting in migrated.settings},
        "written": migrated.written,
        "files": [
            {
                "path": file.path,
                "calls": file.calls,
                "found": file.found,
                "changes": [
                    {"line": line, "old": "\n".join(before), "new": "\n".join(after)}
                    for line, before, after in _changes(file, written=migrated.written)
                ],
                "left": [asdict(remark) for remark in file.left],
                "notes": [asdict(remark) for remark in file.notes],
            }
            for file in migrated.files
        ],
        "problems": [as_json(found) for found in migrated.problems],
    }
