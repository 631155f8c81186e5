"""What a careful author would change: mistakes that a document can be read in spite of, and advice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright import flavours
from specwright.garbage import uncollected
from specwright.linting import bounds, choices, endless, listed, operations, parameters, patterns, whole
from specwright.linting.survey import Survey
from specwright.plan import plan
from specwright.problems import CATALOGUE, problem, quoted
from specwright.spelling import Spelling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from specwright.config import Config
    from specwright.document import Document
    from specwright.linting.survey import Advice
    from specwright.problems import Problem

RULES: Final[Mapping[str, Callable[[Survey], Iterator[Advice]]]] = {
    # Schemas.
    "bounds-contradict": bounds.bounds_contradict,
    "keyword-idle": bounds.keyword_idle,
    "required-repeated": bounds.required_repeated,
    "direction-none": bounds.direction_none,
    "all-of-closed": bounds.all_of_closed,
    "items-missing": bounds.items_missing,
    "enum-value": listed.enum_value,
    "example-invalid": listed.example_invalid,
    "default-invalid": listed.default_invalid,
    "pattern-never": patterns.pattern_never,
    "schema-endless": endless.schema_endless,
    "one-of-alike": choices.one_of_alike,
    "discriminator-alone": choices.discriminator_alone,
    "discriminator-property": choices.discriminator_property,
    # Paths and operations.
    "operation-id-repeated": operations.operation_id_repeated,
    "operation-id-case": operations.operation_id_case,
    "operation-id-missing": operations.operation_id_missing,
    "body-impossible": operations.body_impossible,
    "link-unknown": operations.link_unknown,
    "success-missing": operations.success_missing,
    "error-missing": operations.error_missing,
    "summary-missing": operations.summary_missing,
    # The document as a whole.
    "server-variable": parameters.server_variable,
    "scope-unknown": whole.scope_unknown,
    "security-unused": whole.security_unused,
    "tag-repeated": whole.tag_repeated,
    "tag-undeclared": whole.tag_undeclared,
    "tag-unused": whole.tag_unused,
    "component-unused": whole.component_unused,
}
"""What finds each code that `lint` alone has, or looks for more closely; what they mean is in the catalogue."""


@uncollected()
def lint(document: Document, config: Config) -> tuple[Problem, ...]:
    """Every Problem of a document, also those that it silences, in its order.

    Raises:
        Refused: It can't be planned; or who writes its client is not installed.
    """
    planned = plan(document, config, {})
    told = (*document.problems, *planned.problems, *flavours.problems(document, planned, config))
    places = {(one.code, one.place) for one in told}
    found = (*told, *(one for one in _advice(document) if (one.code, one.place) not in places))
    return _in_order(document, (*found, *_idle(document, found)))


def _advice(document: Document) -> Iterator[Problem]:
    survey = Survey(document)
    for code, rule in RULES.items():
        told = (problem(code, each.node.place(each.key), each.message, each.hint) for each in rule(survey))  # type: ignore[arg-type] # the key is of the kind that the node has
        yield from dict.fromkeys(told)


def _idle(document: Document, found: Iterable[Problem]) -> Iterator[Problem]:
    """Codes that a document silences and that there are none of."""
    spelling = Spelling()
    if document.silences.whole:
        for code, place in document.silences.idle(found):
            if code in CATALOGUE:
                message, hint = f"There is no {quoted(code)} here to silence.", None
            else:
                message = f"{quoted(code)} is not the code of a problem."
                hint = spelling.hint(code, CATALOGUE)
            yield problem("ignore-idle", place, message, hint)


def _in_order(document: Document, found: Iterable[Problem]) -> tuple[Problem, ...]:
    files = {name: number for number, name in enumerate(document.references.files.names())}
    return tuple(
        sorted(
            found,
            key=lambda one: (
                (files.get(one.place.file, len(files)), one.place.line, one.place.column)
                if one.place
                else (-1, 0, 0)
            ),
        )
    )
