"""Schemas -> what validators demand, for each direction."""

from __future__ import annotations

from specwright.plan.checks.alone import validators_of as validators_of
from specwright.plan.checks.calls import completed as completed
from specwright.plan.checks.validators import Validators as Validators
