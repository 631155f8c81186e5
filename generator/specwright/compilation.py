"""Validators that are made and run here, without being written anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specwright.document.standalone import load_schema
from specwright.emit.render import render_validators
from specwright.plan.checks import validators_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from specwright.plan.ir import Validator
    from specwright.runtime.issues import Issue


def of_schema(
    schema: object, *, dialect: str, base_uri: str, resources: Mapping[str, object], formats: bool
) -> Callable[[object], list[Issue]]:
    """The validator of a schema that stands on its own; see `specwright.compile_validator`."""
    schemas = load_schema(schema, dialect=dialect, base_uri=base_uri, resources=resources, formats=formats)
    return run(*validators_of(schemas))


def run(function: str, validators: tuple[Validator, ...]) -> Callable[[object], list[Issue]]:
    """One of several validators, which may call the others."""
    return run_all(validators)[function]


def run_all(validators: tuple[Validator, ...]) -> Mapping[str, Callable[[object], list[Issue]]]:
    """Validators, which may call each other, by the names of their functions."""
    namespace: dict[str, Any] = {"__name__": "specwright.compiled"}
    exec(render_validators(validators), namespace)  # noqa: S102 -- what templates print is `Code`, never text of a document
    return namespace
