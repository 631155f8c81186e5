"""The whole of what will be written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.plan.ir.checks import Validator
    from specwright.plan.ir.models import Input, Model
    from specwright.plan.ir.operations import (
        Canned,
        Credential,
        ErrorBody,
        Operation,
        Resource,
        Server,
        Webhook,
    )
    from specwright.plan.ir.types import Doc


@dataclass(frozen=True, slots=True)
class Package:
    """The distribution: what goes into its metadata and its README."""

    distribution: str
    module: str
    version: str
    title: str
    doc: Doc
    summary: str


LayoutKind = Literal["modules", "folders"]
"""`models.py`, `inputs.py` and `validators.py`, or a folder of each of these names with a module for each schema."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a package is laid out.

    `homes` is empty for modules. For folders it has, by its name in Python, the module that each model, input, validator
    and resource is in; the model, the input and the validators of a schema are in modules of one name.
    """

    kind: LayoutKind = "modules"
    homes: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Api:
    """Everything that will be written."""

    package: Package
    server: Server | None
    """None where callers have to say where it is."""
    credentials: tuple[Credential, ...]
    operations: tuple[Operation, ...]
    """Operations without a tag: methods of the client itself."""
    resources: tuple[Resource, ...]
    models: tuple[Model, ...]
    inputs: tuple[Input, ...]
    validators: tuple[Validator, ...]
    error_bodies: tuple[ErrorBody, ...]
    webhooks: tuple[Webhook, ...] = ()
    canned: Canned | None = None
    """None where no operation can be tested with."""
    slow_patterns: bool = False
    """Whether a pattern is searched for with RE2, where that is installed: see `Pattern.longest`."""
