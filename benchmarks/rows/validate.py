"""Validating decoded JSON: the body with every field of the page, without and with mistakes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from benchmarks.page import MISTAKES, body_with
from benchmarks.subjects import OURS, Budget, Case, Missing, Subject, offered, repeated

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.workshop import Workshop

NOTES: Final = (
    (
        "All but ours are given a JSON Schema of the body that says what ours checks: read-only properties are left "
        "out, additionalProperties is false. Compiling it is not in the figures."
    ),
    (
        "pydantic and msgspec build an object as well. Their models are made by datamodel-code-generator of the "
        "schema, pydantic's with strict types; pydantic's list of errors is asked for, as the others give one."
    ),
    (
        "Otherwise than the schema says: fastjsonschema takes an offset without its colon; pydantic takes null for "
        "what is optional, numbers and a space in date-times, and refuses 1.0 as an integer; msgspec takes undeclared "
        "keys and date-times without an offset, and refuses 1.0."
    ),
    "msgspec is the floor for valid data, and stops at the first mistake, as fastjsonschema's default does.",
)


@dataclass(frozen=True, slots=True)
class Checker:
    """A way to check a body."""

    check: Callable[[Any], object]
    """What is measured: checks a body and collects what is wrong with it."""
    count: Callable[[Any], int]
    """How many mistakes it finds in a body."""
    every: bool = True
    """Whether it finds every mistake, and not just the first."""


def _ours(workshop: Workshop) -> Checker:
    validate = workshop.ours("validators").validate_update_finetuned_model_request_input
    return Checker(validate, lambda body: len(validate(body)))


def _jsonschema_rs(workshop: Workshop) -> Checker:
    validator = import_module("jsonschema_rs").Draft202012Validator(workshop.schema, validate_formats=True)

    def check(body: Any) -> list[Any]:
        return list(validator.iter_errors(body))

    return Checker(check, lambda body: len(check(body)))


def _fastjsonschema(workshop: Workshop, *, every: bool) -> Checker:
    fastjsonschema = import_module("fastjsonschema")
    schema = {keyword: value for keyword, value in workshop.schema.items() if keyword != "$schema"}
    validate = fastjsonschema.compile(schema, use_default=False, fast_fail=not every)
    refusal: type[Exception] = fastjsonschema.JsonSchemaException

    def check(body: Any) -> Any:
        try:
            validate(body)
        except refusal as error:
            return error
        return None

    def count(body: Any) -> int:
        error = check(body)
        return len(getattr(error, "errors", [error])) if error else 0

    return Checker(check, count, every=every)


def _pydantic(workshop: Workshop) -> Checker:
    strict = ("--strict-types", "str", "int", "float", "bool")
    model = workshop.models_of_schema("pydantic_v2.BaseModel", *strict).UpdateFinetunedModelRequest
    refusal: type[Exception] = import_module("pydantic").ValidationError

    def check(body: Any) -> Any:
        try:
            model.model_validate(body)
        except refusal as error:
            return getattr(error, "errors")(include_url=False)  # noqa: B009  # as a list, as the others give it
        return []

    return Checker(check, lambda body: len(check(body)))


def _msgspec(workshop: Workshop) -> Checker:
    msgspec = import_module("msgspec")
    model = workshop.models_of_schema(
        "msgspec.Struct", "--output-datetime-class", "datetime"
    ).UpdateFinetunedModelRequest
    convert, refusal = msgspec.convert, msgspec.ValidationError

    def check(body: Any) -> Any:
        try:
            convert(body, model)
        except refusal as error:
            return error
        return None

    return Checker(check, lambda body: int(check(body) is not None), every=False)


CHECKERS: Final[dict[str, Callable[[Workshop], Checker]]] = {
    OURS: _ours,
    "jsonschema-rs (iter_errors)": _jsonschema_rs,
    "fastjsonschema (all errors)": lambda workshop: _fastjsonschema(workshop, every=True),
    "fastjsonschema (default)": lambda workshop: _fastjsonschema(workshop, every=False),
    "pydantic": _pydantic,
    "msgspec (floor)": _msgspec,
}

BUDGETS: Final = {
    "valid": (
        Budget(2.5e-6),
        Budget(0.7, "jsonschema-rs (iter_errors)"),
        Budget(0.35, "fastjsonschema (all errors)"),
    )
}


def cases(workshop: Workshop) -> tuple[Case, ...]:
    """A case for each set of mistakes, the empty one first."""
    checkers = [(name, offered(name, partial(make, workshop))) for name, make in CHECKERS.items()]
    return tuple(
        Case(
            case,
            tuple(_subject(name, checker, body_with(mistakes)) for name, checker in checkers),
            rounds=31,
            least=0.01,
            budgets=BUDGETS.get(case, ()),
        )
        for case, mistakes in MISTAKES.items()
    )


def _subject(name: str, checker: Checker | Missing, body: Any) -> Subject | Missing:
    if isinstance(checker, Missing):
        return checker
    return Subject(name, repeated(checker.check, body), "" if checker.every else "stops at the first mistake")
