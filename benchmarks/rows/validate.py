"""Validating decoded JSON: the body with every field of the page, and schemas that are hard on validators."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from benchmarks.checkers import CHECKERS, FAST, IN_PYTHON, RS, Checker
from benchmarks.page import MISTAKES, with_mistakes
from benchmarks.samples import BODY_SAMPLE, SCHEMAS, bodies, planted
from benchmarks.subjects import Budget, Case, Missing, Subject, offered, repeated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.samples import Sample
    from benchmarks.workshop import Workshop

NOTES: Final = (
    (
        "All but ours are given a JSON Schema of the body that says what ours checks: read-only properties are left "
        "out, additionalProperties is false. Compiling it is not in the figures. Of the other schemas, which all are "
        "given alike, ours is made by compile_validator."
    ),
    (
        "`finds`: how many mistakes are listed, and how many there are. It is more where each member of a union says "
        "for itself why it does not fit."
    ),
    (
        "jsonschema-rs and corvus-json-schema can say whether a value is valid without saying why not, which is quicker. "
        "corvus is asked that first throughout, jsonschema-rs where it says so."
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

_ROUNDS: Final = 31
_FEWER: Final = 7
_MANY: Final = 1000

_QUICKER: Final = tuple(Budget(1.0, peer) for peer in IN_PYTHON)
"""Than every peer in Python alone that lists every mistake."""
_VALID: Final = (
    Budget(2.5e-6),
    Budget(0.7, RS),
    *(Budget(0.35 if budget.against == FAST else budget.limit, budget.against) for budget in _QUICKER),
)


def cases(workshop: Workshop) -> tuple[Case, ...]:
    """The body, valid and with each set of mistakes; many bodies; then each schema, with a valid value and a wrong one."""
    return (*_bodies(workshop), *(case for sample in SCHEMAS for case in _both(workshop, sample)))


def _bodies(workshop: Workshop) -> Iterator[Case]:
    checkers = _checkers(workshop, BODY_SAMPLE)
    for name, mistakes in MISTAKES.items():
        body = with_mistakes(BODY_SAMPLE.value, mistakes)
        subjects = (_subject(subject, checker, body, len(mistakes)) for subject, checker in checkers.items())
        yield Case(name, tuple(subjects), _ROUNDS, least=0.01, budgets=_QUICKER if mistakes else _VALID)
    several = {name: _of_each(checker) for name, checker in checkers.items()}
    many, wrong = bodies(_MANY), planted(_MANY)
    subjects = (_subject(subject, checker, many, wrong) for subject, checker in several.items())
    yield Case("1,000 bodies, 900 of them valid", tuple(subjects), _FEWER, least=0.01, budgets=_QUICKER)


def _both(workshop: Workshop, sample: Sample) -> Iterator[Case]:
    """A case for a valid value of a schema, and one for a value with mistakes."""
    checkers = _checkers(workshop, sample)
    for mistakes, unfit in (((), sample.unfit), (sample.mistakes, sample.unfit_for_mistakes)):
        value = with_mistakes(sample.value, mistakes)
        taking_part = {
            name: Missing(name, unfit[name]) if name in unfit else checker
            for name, checker in checkers.items()
        }
        subjects = (
            _subject(subject, checker, value, len(mistakes)) for subject, checker in taking_part.items()
        )
        name = f"{sample.title}, {f'{len(mistakes)} mistakes' if mistakes else 'valid'}"
        yield Case(name, tuple(subjects), _FEWER, least=0.01, budgets=_QUICKER)


def _checkers(workshop: Workshop, sample: Sample) -> dict[str, Checker | Missing]:
    return {
        name: Missing(name, sample.unfit[name])
        if name in sample.unfit
        else offered(name, partial(make, workshop, sample))
        for name, make in CHECKERS.items()
    }


def _of_each(checker: Checker | Missing) -> Checker | Missing:
    """A checker of several values, one after the other."""
    if isinstance(checker, Missing):
        return checker
    check, count = checker.check, checker.count

    def check_each(values: list[Any]) -> None:
        for value in values:
            check(value)

    return Checker(check_each, lambda values: sum(map(count, values)), every=checker.every)


def _subject(name: str, checker: Checker | Missing, value: Any, mistakes: int) -> Subject | Missing:
    if isinstance(checker, Missing):
        return checker
    found = offered(name, partial(checker.count, value))
    if isinstance(found, Missing):
        return found
    note = "" if checker.every else "stops at the first mistake"
    return Subject(name, repeated(checker.check, value), note, f"{found} of {mistakes}")
