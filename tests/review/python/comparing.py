"""Packages of two documents as texts, compared."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from specwright.config import Config
from specwright.document import load
from specwright.plan import Plan, plan
from specwright.review.python.changes import changes as of_pairs
from specwright.review.python.pairing import Pairs
from specwright.review.python.sides import Side

if TYPE_CHECKING:
    from specwright.review.findings import PythonChange


def planned(text: str, before: Plan | None = None) -> Plan:
    config = Config(spec=Path("pets.yaml"))
    return plan(
        load(text.encode(), config), config, before.names if before else {}, "modules" if before else ""
    )


def paired(old: Plan, new: Plan) -> Pairs:
    return Pairs(Side(old), Side(new))


def changes(old: Plan, new: Plan) -> tuple[PythonChange, ...]:
    return of_pairs(paired(old, new))
