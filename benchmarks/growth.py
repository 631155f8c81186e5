"""How generating grows with the document: seconds and memory for synthetic ones, and the exponent of a fit."""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import log
from statistics import mean, median
from typing import TYPE_CHECKING, Any, Final

from .commands import watched
from .subjects import Missing, offered
from .workshop import BIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from .workshop import Workshop

NAME: Final = "growth"
TITLE: Final = "Generate from synthetic documents, by how many schemas and how many operations each has"
SIZES: Final = (100, 300, 1_000, 3_000, 10_000, 20_000)
LARGE: Final = 3_000
"""From here on a document is generated from once: what is noise in a second is none in a minute."""
ROUNDS: Final = 3
NOTES: Final = (
    (
        "A document of 1,000 has 1,000 schemas and 1,000 operations, and about 50,000 values. Each schema has an id, a text, a "
        "number, a date-time and a reference to another; an operation takes one schema, or a parameter, and answers with one; "
        "twenty operations share a tag."
    ),
    "The exponent is that of a power law fitted to the figures of 1,000 and more: 1 is linear, 2 quadratic.",
)
HEADS: Final = ("median", "processor", "for each", "memory")
_FITTED: Final = 1_000
_PER_TAG: Final = 20
_BUDGETS: Final = (
    "--budget", "nodes=8000000", "--budget", "bytes=256MiB", "--budget", "output=2GiB", "--budget", "modules=500000",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """What a document of a size takes."""

    size: int
    seconds: float
    """The median of its rounds."""
    processor: float
    """The fewest seconds that processors worked for it."""
    kibibytes: int
    rounds: int


@dataclass(frozen=True, slots=True)
class Growth:
    """The points in order, and what could not be measured."""

    points: tuple[Point, ...]
    missing: tuple[Missing, ...] = ()

    def exponents(self) -> tuple[float, float] | None:
        """Those of the processors' seconds and of memory, if there are two points to fit them to."""
        fitted = [point for point in self.points if point.size >= _FITTED]
        if len(fitted) < 2:  # noqa: PLR2004  # a line has two points
            return None
        return (
            exponent([(point.size, point.processor) for point in fitted]),
            exponent([(point.size, point.kibibytes) for point in fitted]),
        )


def growth(workshop: Workshop, most: int | None) -> Growth:
    """The figures of each size, each in at most so many rounds."""
    rounds = ROUNDS if most is None else min(ROUNDS, most)
    offered(
        "", lambda: _point(workshop, SIZES[0], range(-1, 0))
    )  # the first run compiles ours, and is thrown away
    found = [
        offered(f"{size:,}", lambda: _point(workshop, size, range(1 if size > LARGE else rounds)))  # noqa: B023  # called at once
        for size in SIZES
    ]
    return Growth(
        tuple(one for one in found if isinstance(one, Point)),
        tuple(one for one in found if isinstance(one, Missing)),
    )


def _point(workshop: Workshop, size: int, turns: range) -> Point:
    document = workshop.subfolder("documents") / f"synthetic-{size}.json"
    document.write_text(json.dumps(synthetic(size)), "utf-8")
    runs = [watched(workshop, _command(document, turn), workshop.folder) for turn in turns]
    return Point(
        size,
        median(run.seconds for run in runs),
        min(run.processor for run in runs),
        max(run.kibibytes for run in runs),
        len(turns),
    )


def _command(document: Path, turn: int) -> tuple[str | Path, ...]:
    return (
        BIN / "specwright", "generate", document, "--output", f"{document.stem}-{turn}", "--package", "synthetic",
        *_BUDGETS,
    )  # fmt: skip


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """The exponent of the power law that fits best: the slope of the line through the logarithms."""
    horizontal, vertical = ([log(point[axis]) for point in points] for axis in (0, 1))
    centre, middle = mean(horizontal), mean(vertical)
    over = sum((x - centre) * (y - middle) for x, y in zip(horizontal, vertical, strict=True))
    return over / sum((x - centre) ** 2 for x in horizontal)


# --- documents ----------------------------------------------------------------------------------------------------


def synthetic(size: int) -> dict[str, Any]:
    """A document with so many schemas and so many operations. All of its operations are valid, and each schema is used."""
    return {
        "openapi": "3.1.0",
        "info": {"title": f"Synthetic {size}", "version": "1"},
        "paths": dict(_paths(size)),
        "components": {"schemas": {f"Thing{number}": _schema(number, size) for number in range(size)}},
    }


def _schema(number: int, size: int) -> dict[str, Any]:
    return {
        "type": "object",
        "description": f"The thing with the number {number}.",
        "required": ["id", "name"],
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "name": {"type": "string", "minLength": 1, "description": "What it is called."},
            "made": {"type": "string", "format": "date-time"},
            "weight": {"type": "number", "minimum": 0},
            "next": _reference((number * 7 + 1) % size),
        },
    }


def _paths(size: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """A path for each two operations: one sends, and one reads."""
    for number in range(0, size, 2):
        reading = {
            "operationId": f"getThing{number}",
            "tags": [f"group{number // _PER_TAG}"],
            "summary": f"Read the thing with the number {number}.",
            "parameters": [
                {"name": "depth", "in": "query", "schema": {"type": "integer", "minimum": 0, "maximum": 9}}
            ],
            "responses": {"200": {"description": "It.", "content": _content(number)}},
        }
        writing = {
            "operationId": f"putThing{number}",
            "tags": [f"group{number // _PER_TAG}"],
            "summary": f"Write the thing with the number {number}.",
            "requestBody": {"required": True, "content": _content(number + 1)},
            "responses": {"200": {"description": "It.", "content": _content(number + 1)}},
        }
        yield f"/things/{number}", {"get": reading, "put": writing}


def _content(number: int) -> dict[str, Any]:
    return {"application/json": {"schema": _reference(number)}}


def _reference(number: int) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/Thing{number}"}


# --- figures ------------------------------------------------------------------------------------------------------


def as_json(found: Growth) -> dict[str, Any]:
    """The row for programs."""
    exponents = found.exponents()
    return {
        "name": NAME,
        "title": TITLE,
        "notes": NOTES,
        "cases": [
            {
                "name": f"{point.size:,}",
                "size": point.size,
                "rounds": point.rounds,
                "seconds": point.seconds,
                "processor": point.processor,
                "kibibytes": point.kibibytes,
            }
            for point in found.points
        ]
        + [{"name": one.name, "missing": one.reason} for one in found.missing],
        "exponents": dict(zip(("processor", "kibibytes"), exponents, strict=True)) if exponents else None,
    }


def lines(row: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """Rows of a table: the size, seconds, those of processors, milliseconds of them for each schema, and memory."""
    for case in row["cases"]:
        if "missing" in case:
            yield case["name"], "—", "", "", case["missing"]
        else:
            each = case["processor"] / case["size"] * 1000
            yield (
                case["name"],
                f"{case['seconds']:.1f} s",
                f"{case['processor']:.1f} s",
                f"{each:.1f} ms",
                f"{case['kibibytes'] / 1024:,.0f} MiB",
            )


def fit(row: Mapping[str, Any]) -> str:
    """The exponents in words; empty where too little was measured."""
    found = row["exponents"]
    if found is None:
        return ""
    return f"The processors' seconds grow with the power {found['processor']:.2f}, memory with {found['kibibytes']:.2f}."


# --- the picture --------------------------------------------------------------------------------------------------

_WIDE, _HIGH, _EDGE, _GAP = 380, 260, 56, 84
_DECADES: Final = (2, 4.5)
"""The powers of ten between which sizes are drawn."""


def picture(row: Mapping[str, Any]) -> str:
    """The curves as SVG: the processors' seconds, and memory, over the size; both axes are logarithmic, and a dashed line is linear."""
    cases = [case for case in row["cases"] if "missing" not in case]
    panels = (
        ("seconds of processors", [(case["size"], case["processor"]) for case in cases]),
        ("MiB, the largest process", [(case["size"], case["kibibytes"] / 1024) for case in cases]),
    )
    wide, high = 2 * (_WIDE + _GAP) + _EDGE - _GAP + 20, _HIGH + 2 * _EDGE
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}"'
            ' font-family="sans-serif" font-size="12">'
        ),
        f'<rect width="{wide}" height="{high}" fill="#ffffff"/>',
        *(
            line
            for index, panel in enumerate(panels)
            for line in _panel(_EDGE + index * (_WIDE + _GAP), *panel)
        ),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _panel(left: int, title: str, points: list[tuple[float, float]]) -> Iterator[str]:
    values = [value for _, value in points]
    bottom, top = _bounds(values)

    def x(size: float) -> float:
        low, high = _DECADES
        return left + _WIDE * (log(size) / log(10) - low) / (high - low)

    def y(value: float) -> float:
        return _EDGE + _HIGH * (1 - (log(value) - log(bottom)) / (log(top) - log(bottom)))

    yield f'<text x="{left}" y="{_EDGE - 14}" font-weight="bold" fill="#222222">{title}</text>'
    for mark in SIZES:
        yield _rule(x(mark), _EDGE, x(mark), _EDGE + _HIGH)
        yield _label(x(mark), _EDGE + _HIGH + 18, f"{mark:,}", "middle")
    yield _label(
        left + _WIDE / 2, _EDGE + _HIGH + 38, "schemas, and as many operations; dashed: linear", "middle"
    )
    for value in _ticks(bottom, top):
        yield _rule(left, y(value), left + _WIDE, y(value))
        yield _label(left - 6, y(value) + 4, f"{value:,g}", "end")
    if points:
        (first, _), (last, most) = points[0], points[-1]
        least = max(most * first / last, bottom)
        linear = [(x(last * least / most), y(least)), (x(last), y(most))]
        yield _stroke(linear, "#999999", "5 4")
        yield _stroke([(x(size), y(value)) for size, value in points], "#1f5fbf")
        for size, value in points:
            yield f'<circle cx="{x(size):.1f}" cy="{y(value):.1f}" r="3.5" fill="#1f5fbf"/>'


def _bounds(values: Iterable[float]) -> tuple[float, float]:
    """The powers of ten around all values."""
    known = list(values) or [1.0]
    low, high = int(log(min(known)) // log(10)), int(log(max(known)) // log(10)) + 1
    return 10.0**low, 10.0**high


def _ticks(bottom: float, top: float) -> Iterator[float]:
    value = bottom
    while value <= top * 1.001:
        yield from (round(value * step, 6) for step in (1, 2, 5) if value * step <= top * 1.001)
        value *= 10


def _rule(*ends: float) -> str:
    a, b, c, d = (f"{end:.1f}" for end in ends)
    return f'<line x1="{a}" y1="{b}" x2="{c}" y2="{d}" stroke="#dddddd"/>'


def _label(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#444444">{text}</text>'


def _stroke(points: list[tuple[float, float]], colour: str, dashes: str = "none") -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>'
