"""Figures for people, as tables, and for programs, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from . import growth, sizes
from .measure import Times
from .subjects import OURS, Comparison, Missing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from .growth import Growth
    from .measure import Kept, Measured
    from .rows import Row
    from .sizes import Size

_WIDTH: Final = 120
_BUSY: Final = 0.5
_UNITS: Final = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"))
HEADS: Final = {
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
    times = [one for case in measured for one in case.outcomes if isinstance(one, Times)]
    extra = [head for head, cell in _EXTRA.items() if any(map(cell, times))]
    table.add_column("")
    for head in ("median", "min", "spread", "beside", *extra):
        table.add_column(head, justify="right")
    table.add_column("")
    for case in measured:
        _add_case(table, case, extra)
    out.print(table)
    for note in row.notes:
        out.print(Text(f"  {note}", style="dim"))


def show_sizes(out: Console, found: list[Size | Missing]) -> None:
    """Print the table of sizes."""
    show_plain(out, sizes.as_json(found), ("code", "schema", "ratio", ""), sizes.lines(found))


def show_growth(out: Console, found: Growth) -> None:
    """Print the figures of each size, and how they grow."""
    row = growth.as_json(found)
    show_plain(out, row, growth.HEADS, growth.lines(row))
    out.print(Text(f"  {growth.fit(row)}"))


def show_plain(
    out: Console, row: Mapping[str, Any], heads: Sequence[str], lines: Iterable[Sequence[str]]
) -> None:
    """Print the table of a row whose cells are made already."""
    title = f"\n{row['name']}: {row['title']}"
    table = Table(title=title, title_justify="left", title_style="bold", expand=False)
    table.add_column("")
    for head in heads:
        table.add_column(head, justify="right" if head else "left")
    for cells in lines:
        table.add_row(*cells)
    out.print(table)
    for note in row["notes"]:
        out.print(Text(f"  {note}", style="dim"))


def memory(kibibytes: int | None) -> str:
    """KiB as people read them; empty where they are not known."""
    return "" if kibibytes is None else f"{kibibytes / 1024:,.0f} MiB"


_EXTRA: Final[dict[str, Callable[[Times], str]]] = {
    "processor": lambda times: "" if times.processor is None else duration(times.processor),
    "memory": lambda times: memory(times.kibibytes),
    "finds": lambda times: times.subject.finds,
}
"""Columns that a table has if one of its cells has something to say."""


def _add_case(table: Table, measured: Measured, extra: Sequence[str]) -> None:
    case = measured.case
    head = HEADS[case.comparison].format(case.reference)
    table.add_section()
    table.add_row(Text(case.name, style="bold"), "", "", "", Text(head, style="dim"))
    for outcome in measured.outcomes:
        if isinstance(outcome, Missing):
            table.add_row(
                f"  {outcome.name}",
                "—",
                *["" for _ in ("min", "spread", "beside", *extra)],
                Text(outcome.reason, style="yellow"),
            )
            continue
        compared = "" if outcome.subject.name == case.reference else _compared(measured, outcome)
        table.add_row(
            f"  {outcome.subject.name}",
            duration(outcome.median),
            duration(outcome.least),
            f"{outcome.spread:.0%}",
            compared,
            *(_EXTRA[head](outcome) for head in extra),
            _remark(measured, outcome),
        )


def _compared(measured: Measured, times: Times) -> str:
    compared = measured.comparison(times)
    return "" if compared is None else figure(compared, measured.case.comparison)


def _remark(measured: Measured, times: Times) -> Text:
    """What is to be said of a subject: which budgets ours keeps to that are about it, and what it does otherwise."""
    name, reference = times.subject.name, measured.case.reference
    about = {"", reference} if name == OURS else {name} - {reference}
    kept = [one for one in measured.budgets() if one.budget.against in about]
    style = "dim" if not kept else "green" if all(one.within for one in kept) else "red"
    said = [_budget(one, reference) for one in kept]
    return Text("\n".join([*said, *filter(None, [times.subject.note])]), style=style)


def _budget(kept: Kept, reference: str) -> str:
    verdict, budget = "within" if kept.within else "over", kept.budget
    if not budget.against:
        return f"{verdict} {duration(budget.limit)}"
    found, limit = (figure(value, budget.comparison) for value in (kept.found, budget.limit))
    return f"{verdict} {limit}" if budget.against == reference else f"ours {verdict} {limit}: {found}"


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
        "finds": outcome.subject.finds,
        "processor": outcome.processor,
        "kibibytes": outcome.kibibytes,
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
