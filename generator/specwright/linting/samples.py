"""Values that a document gives for its schemas - examples, defaults, members of enums -, held against them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias

from specwright.linting.judging import judges
from specwright.plan.keywords import demands, is_of_type, listed, listed_types, plain
from specwright.runtime.media import family

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from specwright.document import Map, Seq
    from specwright.linting.judging import Judge
    from specwright.linting.survey import Survey
    from specwright.plan.keywords import Node
    from specwright.runtime.issues import Issue

Kind: TypeAlias = Literal["example", "default", "enum"]

_TOLD: Final = frozenset({"type", "enum", "const"})
"""Keywords that are looked at here: most values are of schemas that say no more, and need no validator."""


class Sample(NamedTuple):
    """A value, where it stands, and the schema that it is for."""

    kind: Kind
    node: Map | Seq
    key: str | int
    value: Any
    schema: Node
    sent_as: Literal["", "json", "text"] = ""
    """How it is sent, where text may be what is sent, and not the value itself."""


def samples(survey: Survey) -> Iterator[Sample]:
    """Every value that is given for a schema."""
    for schema in survey.schemas_with("examples"):
        yield from _listed_in("example", schema["examples"], schema)
    for schema in survey.schemas_with("default"):
        yield Sample("default", schema, "default", schema["default"], schema)
    for schema in survey.schemas_with("enum"):
        yield from _listed_in("enum", schema["enum"], schema)
    for kind in ("Parameter", "Header"):
        for owner in survey.of_kind(kind):
            yield from _shown_by(survey, owner, "text")
    for kind in ("RequestBody", "Response"):
        for owner in survey.of_kind(kind):
            yield from _of_content(survey, owner.get("content", {}))


def _listed_in(kind: Kind, values: Seq, schema: Map) -> Iterator[Sample]:
    for index, value in enumerate(values):
        yield Sample(kind, values, index, value, schema)


def _of_content(survey: Survey, content: Mapping[str, Map]) -> Iterator[Sample]:
    """The examples of media types that are JSON: those of others show how a value is written in them."""
    for media_type, node in content.items():
        if "*" not in media_type and family(media_type) == "json":
            yield from _shown_by(survey, survey.document.target(node), "json")


def _shown_by(survey: Survey, owner: Map, sent_as: Literal["json", "text"]) -> Iterator[Sample]:
    if "schema" not in owner:
        return
    if "example" in owner:
        yield Sample("example", owner, "example", owner["example"], owner["schema"], sent_as)
    for node in owner.get("examples", {}).values():
        example = survey.document.target(node)
        if "value" in example:
            yield Sample("example", example, "value", example["value"], owner["schema"], sent_as)


def invalid(survey: Survey) -> Sequence[tuple[Sample, Sequence[Issue]]]:
    """Those that are not valid, each with all that is wrong."""
    doubtful = [sample for sample in samples(survey) if not _is_plainly_valid(survey, sample)]
    nodes: dict[int, Node] = {id(sample.schema): sample.schema for sample in doubtful}
    made = dict(zip(nodes, judges(survey, (*nodes.values(),)), strict=True))
    found = ((sample, _issues(survey, sample, made[id(sample.schema)])) for sample in doubtful)
    return [(sample, issues) for sample, issues in found if issues]


def _is_certain(issue: Issue) -> bool:
    """Whether an issue says that a value is not valid.

    Not so where it is too deep to be looked at; nor where several members of a `oneOf` fit, of which a discriminator may
    mean one: that is a mistake of the schema, if it is one.
    """
    return issue.keyword != "depth" and not (issue.keyword == "oneOf" and "not one" in issue.message)


def _issues(survey: Survey, sample: Sample, judge: Judge) -> Sequence[Issue]:
    issues = [*filter(_is_certain, judge(plain(sample.value)))]
    if not issues or not sample.sent_as or not isinstance(sample.value, str):
        return issues
    if "string" in (listed_types(survey.views.merged(survey.views.behind(sample.schema))) or ()):
        return issues
    if sample.sent_as == "text":
        return ()  # it is written as it is sent, which is another thing for each style
    try:
        value = json.loads(sample.value)
    except (ValueError, RecursionError):
        return issues
    return [*filter(_is_certain, judge(value))]


def _is_plainly_valid(survey: Survey, sample: Sample) -> bool:
    """Whether a value is valid by a schema that says little."""
    schema = survey.views.behind(sample.schema)
    if demands(schema) - _TOLD:
        return False
    kinds = listed_types(schema)
    if kinds is not None and not is_of_type(sample.value, kinds):
        return False
    return sample.kind == "enum" or not listed(schema) or survey.views.is_listed(sample.value, schema)
