"""How changes are judged: [tool.specwright.diff], and the list of changes that are accepted."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Final, Literal

from specwright import spelling
from specwright.config.toml import NOTHING, Key, Toml, is_list, is_table, is_text, made_by, near
from specwright.problems import Place, Refused, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Level = Literal["breaking", "warning", "compatible", "doc"]
Axis = Literal["wire", "python"]
Stability = Literal["draft", "alpha", "beta", "stable"]

LEVELS: Final[tuple[Level, ...]] = ("breaking", "warning", "compatible", "doc")
AXES: Final[tuple[Axis, ...]] = ("wire", "python")
FAIL_ON: Final = ("breaking", "warning")
STABILITIES: Final[tuple[Stability, ...]] = ("draft", "alpha", "beta", "stable")
"""What `x-stability-level` says of an operation, from the least on."""


@dataclasses.dataclass(frozen=True, slots=True)
class Accept:
    """A change that is meant: an entry of the accept list."""

    reason: str
    fingerprint: str = ""
    """The finding's; "" where `rule` says which."""
    rule: str = ""
    """The id of a rule; here and below, a `*` stands for any text, and "" for all."""
    subject: str = ""
    """What changed, as the report has it: `Pet.name`."""
    document: str = ""
    """The document's name in the configuration, or its path."""
    expires: dt.date | None = None
    """The last day on which it holds."""
    place: Place | None = None
    """Where it is written."""


@dataclasses.dataclass(frozen=True, slots=True)
class DiffSettings:
    """What the configuration says of how changes are judged."""

    gate: tuple[Axis, ...] = AXES
    fail_on: Literal["breaking", "warning"] | None = None
    levels: Mapping[str, Level | Literal["off"]] = dataclasses.field(
        default_factory=dict[str, 'Level | Literal["off"]']
    )
    """By the id of a rule, in which a `*` stands for any text."""
    stability: Stability = "beta"
    """What is less stable than this does not count."""
    accepts: tuple[Accept, ...] = ()
    accept_file: Path | None = None
    """Where the accept list is, if not in the configuration."""
    places: Mapping[str, Place] = dataclasses.field(default_factory=dict[str, Place])
    """Where the level of each rule is written."""


def _is_gate(value: Any) -> bool:
    return is_list(value) and bool(value) and all(axis in AXES for axis in value)


def _is_threshold(value: Any) -> bool:
    return value in FAIL_ON


def _is_stability(value: Any) -> bool:
    return value in STABILITIES


def _is_levels(value: Any) -> bool:
    return is_table(value) and all(level in (*LEVELS, "off") for level in value.values())


def _is_accept(value: Any) -> bool:
    return is_text(value) or (is_list(value) and all(map(is_table, value)))


def _axes(value: list[str]) -> tuple[str, ...]:
    return tuple(axis for axis in AXES if axis in value)


def _accepted(value: Any, folder: Path) -> Any:
    return near(folder / value) if isinstance(value, str) else value


_KEYS: Final[Mapping[str, Key]] = {
    "gate": ("gate", _is_gate, 'a list of "wire" and "python"', made_by(_axes)),
    "fail-on": ("fail_on", _is_threshold, 'text: "breaking" or "warning"', made_by(str)),
    "levels": (
        "levels",
        _is_levels,
        'a table of levels: "breaking", "warning", "compatible", "doc" or "off"',
        made_by(dict),
    ),
    "stability": (
        "stability",
        _is_stability,
        'text: "draft", "alpha", "beta" or "stable"',
        made_by(str),
    ),
    "accept": ("accept", _is_accept, "a path, or a list of tables", _accepted),
}
_ENTRY: Final = ("fingerprint", "rule", "subject", "document", "reason", "expires")
_FINGERPRINT: Final = re.compile(r"[0-9a-f]{16}", re.ASCII)


def diff_settings(toml: Toml, content: Mapping[str, Any]) -> DiffSettings:
    """What the table `diff` says, of a configuration with that content."""
    table = toml.table(content, "diff")
    fields = dict(toml.read(table, _KEYS, ("diff",)))
    accept = fields.pop("accept", ())
    if is_list(accept):
        fields["accepts"] = _entries(toml, accept, ("diff", "accept"))
    elif accept:
        fields["accept_file"] = accept
    levels: Mapping[str, Any] = fields.get("levels", NOTHING)
    places = {rule: toml.place(("diff", "levels", rule)) for rule in levels}
    return DiffSettings(**fields, places=places)


def accept_list(file: Path) -> tuple[Accept, ...]:
    """The entries of an accept list: a file in TOML with a table `[[accept]]` for each.

    Raises:
        Refused: It can't be read, or has a mistake.
    """
    toml = Toml(file, None)
    for key in toml.content:
        if key != "accept":
            toml.say_unknown((key,), ("accept",))
    found = toml.content.get("accept", [])
    entries: tuple[Accept, ...] = ()
    if is_list(found) and all(map(is_table, found)):
        entries = _entries(toml, found, ("accept",))
    else:
        toml.say("config-type", ("accept",), "`accept` has to be a list of tables.")
    if toml.problems:
        raise Refused(toml.problems)
    return entries


def _entries(toml: Toml, found: list[Any], keys: tuple[str, ...]) -> tuple[Accept, ...]:
    made: list[Accept] = []
    for number, entry in enumerate(found):
        texts = [text for key in _ENTRY if isinstance(text := entry.get(key), str) and text]
        place = toml.place_in_list(keys, number, texts[0] if texts else "")
        faults = list(_faults(entry))
        for message, hint in faults:
            toml.say_at("accept-invalid", place, message, hint)
        if not faults:
            made.append(Accept(**entry, place=place))
    return tuple(made)


def _faults(entry: Mapping[str, Any]) -> list[tuple[str, str | None]]:
    """What is wrong with an entry, each with what to do about it."""
    faults: list[tuple[str, str | None]] = []
    for key, value in entry.items():
        if key not in _ENTRY:
            hint = spelling.hint(key, _ENTRY, f"It has {', '.join(_ENTRY)}.")
            faults.append((f"{quoted(key)} is nothing that an entry has.", hint))
        elif key == "expires":
            if type(value) is not dt.date:
                faults.append(("`expires` has to be a date.", "Write it without quotes: `2026-12-31`."))
        elif not is_text(value):
            faults.append((f"{quoted(key)} has to be text.", ""))
    if not str(entry.get("reason", "")).strip():
        faults.append(("An entry needs a `reason`.", "Say why the change is meant."))
    fingerprint = entry.get("fingerprint", "")
    if not fingerprint and not entry.get("rule"):
        faults.append(("An entry needs a `fingerprint` or a `rule`.", None))
    elif is_text(fingerprint) and fingerprint and not _FINGERPRINT.fullmatch(fingerprint):
        message = f"{quoted(fingerprint)} is not a fingerprint: those are sixteen hexadecimal digits."
        faults.append((message, "Take it from the report."))
    return faults
