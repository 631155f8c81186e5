"""Ways to check a value by a JSON Schema: ours, and those of peers, each set up as its makers advise for speed."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from .subjects import OURS

if TYPE_CHECKING:
    from collections.abc import Callable

    from .samples import Sample
    from .workshop import Workshop


@dataclass(frozen=True, slots=True)
class Checker:
    """A way to check a value."""

    check: Callable[[Any], object]
    """What is measured: checks a value and collects what is wrong with it."""
    count: Callable[[Any], int]
    """How many mistakes it lists for a value."""
    every: bool = True
    """Whether it looks for every mistake, and not just for the first."""


def _listing(check: Callable[[Any], list[Any]]) -> Checker:
    return Checker(check, lambda value: len(check(value)))


def _ours(workshop: Workshop, sample: Sample) -> Checker:
    if sample.generated:
        return _listing(getattr(workshop.ours("validators"), sample.generated))
    return _listing(import_module("specwright").compile_validator(sample.schema))


def _jsonschema_rs(_workshop: Workshop, sample: Sample) -> Checker:
    validator = import_module("jsonschema_rs").Draft202012Validator(sample.schema, validate_formats=True)
    iter_errors = validator.iter_errors
    return _listing(lambda value: list(iter_errors(value)))


def _jsonschema_rs_asked_first(_workshop: Workshop, sample: Sample) -> Checker:
    """As its documentation advises where most values are valid."""
    validator = import_module("jsonschema_rs").Draft202012Validator(sample.schema, validate_formats=True)
    is_valid, iter_errors = validator.is_valid, validator.iter_errors
    return _listing(lambda value: [] if is_valid(value) else list(iter_errors(value)))


def _fastjsonschema(sample: Sample, *, every: bool) -> Checker:
    fastjsonschema = import_module("fastjsonschema")
    schema = {keyword: value for keyword, value in sample.schema.items() if keyword != "$schema"}
    validate = fastjsonschema.compile(schema, use_default=False, fast_fail=not every)
    refusal: type[Exception] = fastjsonschema.JsonSchemaException

    def check(value: Any) -> Any:
        try:
            validate(value)
        except refusal as error:
            return error
        return None

    def count(value: Any) -> int:
        error = check(value)
        return len(getattr(error, "errors", [error])) if error else 0

    return Checker(check, count, every=every)


def _corvus(_workshop: Workshop, sample: Sample) -> Checker:
    """Its generated code says whether a value is valid; only its interpreter, which is slower, says why not."""
    corvus = import_module("corvus_json_schema")
    validate = corvus.compile(sample.schema, assert_format=True)
    create, level = corvus.JsonSchemaResultsCollector.create, corvus.ResultsLevel.DETAILED

    def check(value: Any) -> list[Any]:
        if validate(value):
            return []
        collector = create(level)
        validate.evaluate(value, collector)
        rows: list[Any] = collector.results
        return rows

    return Checker(check, lambda value: len(_deepest(check(value))))


def _deepest(rows: list[Any]) -> set[tuple[str, str]]:
    """What rows of corvus-json-schema say, without the rows that say it again of what a part is in."""
    said = {(row.evaluation_location, row.document_evaluation_location) for row in rows}
    return {
        (keyword, place)
        for keyword, place in said
        if not any(other.startswith(f"{keyword}/") and where.startswith(place) for other, where in said)
    }


def _jsonschema(_workshop: Workshop, sample: Sample) -> Checker:
    kind = import_module("jsonschema").Draft202012Validator
    validator = kind(sample.schema, format_checker=kind.FORMAT_CHECKER)
    iter_errors = validator.iter_errors
    return _listing(lambda value: list(iter_errors(value)))


def _pydantic(workshop: Workshop, sample: Sample) -> Checker:
    strict = ("--strict-types", "str", "int", "float", "bool")
    model = workshop.model_of_schema(sample, "pydantic_v2.BaseModel", *strict)
    validate = model.model_validate
    refusal: type[Exception] = import_module("pydantic").ValidationError

    def check(value: Any) -> Any:
        try:
            validate(value)
        except refusal as error:
            return getattr(error, "errors")(include_url=False)  # noqa: B009  # as a list, as the others give it
        return []

    return _listing(check)


def _msgspec(workshop: Workshop, sample: Sample) -> Checker:
    msgspec = import_module("msgspec")
    model = workshop.model_of_schema(sample, "msgspec.Struct", "--output-datetime-class", "datetime")
    convert, refusal = msgspec.convert, msgspec.ValidationError

    def check(value: Any) -> Any:
        try:
            convert(value, model)
        except refusal as error:
            return error
        return None

    return Checker(check, lambda value: int(check(value) is not None), every=False)


RS: Final = "jsonschema-rs (iter_errors)"
FAST: Final = "fastjsonschema (all errors)"
CORVUS: Final = "corvus-json-schema"
JSONSCHEMA: Final = "jsonschema"
PYDANTIC: Final = "pydantic"
MSGSPEC: Final = "msgspec (floor)"

CHECKERS: Final[dict[str, Callable[[Workshop, Sample], Checker]]] = {
    OURS: _ours,
    RS: _jsonschema_rs,
    "jsonschema-rs (is_valid first)": _jsonschema_rs_asked_first,
    FAST: lambda _, sample: _fastjsonschema(sample, every=True),
    "fastjsonschema (default)": lambda _, sample: _fastjsonschema(sample, every=False),
    CORVUS: _corvus,
    JSONSCHEMA: _jsonschema,
    PYDANTIC: _pydantic,
    MSGSPEC: _msgspec,
}

IN_PYTHON: Final = (FAST, CORVUS, JSONSCHEMA)
"""Those that are Python alone, as ours is, and list every mistake."""
