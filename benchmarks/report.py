"""Figures for people, as tables, and for programs, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .subjects import OURS, Comparison, Missing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .measure import Kept, Measured, Times
    from .rows import Row

_WIDTH: Final = 120
_BUSY: Final = 0.5
_UNITS: Final = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"))
_HEADS: Final = {
    Comparison.RATIO: "by {}'s",
    Comparison.OVERHEAD: "over {}",
    Comparison.DIFFERENCE: "above {}",
}


def console() -> Console:
    """Standard output, never narrower than the tables need where it is no terminal."""
    out = Console(highlight=False)
    return out if out.is_terminal else Console(highlight=False, width=_WIDTH)


def show_machine(out: Console, machine: Mapping[str, Any], versions: Mapping[str, str]) -> None:
    """Print where the figures are from."""
    out.print(
        Text(
            f"{machine['cores']} cores of {machine['cpu']}, {machine['python']}, {machine['system']}, "
            f"load {machine['load']} before the run"
        )
    )
    out.print(Text(", ".join(f"{name} {version}" for name, version in versions.items())))
    if machine["load"] > machine["cores"] * _BUSY:
        out.print(
            Text("Other things run on this machine: times are too long, and comparisons less sure.", "yellow")
        )


def show_row(out: Console, row: Row, measured: Sequence[Measured]) -> None:
    """Print the table of a row."""
    table = Table(title=f"\n{row.name}: {row.title}", title_justify="left", title_style="bold", expand=False)
    for head, justify in (
        ("", "left"), ("median", "right"), ("min", "right"), ("spread", "right"), ("beside", "right"), ("", "left"),
    ):  # fmt: skip
        table.add_column(head, justify=justify)  # type: ignore[arg-type] # a literal of the tuple above
    for case in measured:
        _add_case(table, case)
    out.print(table)
    for note in row.notes:
        out.print(Text(f"  {note}", style="dim"))


def _add_case(table: Table, measured: Measured) -> None:
    case = measured.case
    head = _HEADS[case.comparison].format(case.reference)
    table.add_section()
    table.add_row(Text(case.name, style="bold"), "", "", "", Text(head, style="dim"), "")
    for outcome in measured.outcomes:
        if isinstance(outcome, Missing):
            table.add_row(f"  {outcome.name}", "—", "", "", "", Text(outcome.reason, style="yellow"))
            continue
        compared = "" if outcome.subject.name == case.reference else _compared(measured, outcome)
        table.add_row(
            f"  {outcome.subject.name}",
            duration(outcome.median),
            duration(outcome.least),
            f"{outcome.spread:.0%}",
            compared,
            _remark(measured, outcome),
        )


def _compared(measured: Measured, times: Times) -> str:
    compared = measured.comparison(times)
    return "" if compared is None else figure(compared, measured.case.comparison)


def _remark(measured: Measured, times: Times) -> Text:
    if times.subject.name != OURS:
        return Text(times.subject.note, style="dim")
    kept = measured.budgets()
    style = "green" if all(one.within for one in kept) else "red"
    return Text("\n".join(_budget(one, measured.case.reference) for one in kept), style=style)


def _budget(kept: Kept, reference: str) -> str:
    verdict, budget = "within" if kept.within else "over", kept.budget
    if not budget.against:
        return f"{verdict} {duration(budget.limit)}"
    found, limit = (figure(value, budget.comparison) for value in (kept.found, budget.limit))
    if budget.against == reference:
        return f"{verdict} {limit}"
    return f"{verdict} {limit} of {budget.against}: {found}"


def duration(seconds: float) -> str:
    """Seconds in three figures and the unit that suits them."""
    scale, unit = next((one for one in _UNITS if abs(seconds) >= one[0]), _UNITS[-1])
    value = seconds / scale
    digits = 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0  # noqa: PLR2004  # three figures
    return f"{value:.{digits}f} {unit}"


def figure(value: float, comparison: Comparison) -> str:
    """What a comparison gives, in its own form."""
    if comparison is Comparison.DIFFERENCE:
        return f"{'+' if value >= 0 else ''}{duration(value)}"
    return f"{value:.2f}" if comparison is Comparison.RATIO else f"{value:+.0%}"


# --- for programs -------------------------------------------------------------------------------------------------


def as_json(row: Row, measured: Sequence[Measured]) -> dict[str, Any]:
    """A row with all its samples; times are in seconds."""
    return {
        "name": row.name,
        "title": row.title,
        "notes": row.notes,
        "cases": [
            {
                "name": one.case.name,
                "comparison": one.case.comparison.value,
                "reference": one.case.reference,
                "subjects": [_outcome(one, outcome) for outcome in one.outcomes],
                "budgets": [_verdict(kept) for kept in one.budgets()],
            }
            for one in measured
        ],
    }


def _outcome(measured: Measured, outcome: Times | Missing) -> dict[str, Any]:
    if isinstance(outcome, Missing):
        return {"name": outcome.name, "missing": outcome.reason}
    return {
        "name": outcome.subject.name,
        "note": outcome.subject.note,
        "median": outcome.median,
        "min": outcome.least,
        "spread": outcome.spread,
        "compared": measured.comparison(outcome),
        "repetitions": outcome.repetitions,
        "samples": outcome.seconds,
    }


def _verdict(kept: Kept) -> dict[str, Any]:
    return {
        "limit": kept.budget.limit,
        "against": kept.budget.against,
        "comparison": kept.budget.comparison.value if kept.budget.against else "",
        "found": kept.found,
        "within": kept.within,
    }
