"""The operation that the README shows how to test with, and what it is answered there."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from specwright.plan import credentials
from specwright.plan.fitting import Fitting
from specwright.plan.ir import Canned
from specwright.plan.samples import Samples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specwright.document import Document
    from specwright.plan.ir import Credential, Json
    from specwright.plan.keywords import Node
    from specwright.plan.paths import Found
    from specwright.plan.views import Views

_TRIED: Final = 20
"""Operations that are looked at."""


def canned(  # noqa: PLR0913, PLR0917 -- what planning has come to
    document: Document,
    views: Views,
    names: Mapping[str, str],
    known: Iterable[Credential],
    found: Iterable[Found],
    kept: str,
) -> Canned | None:
    """The operation that was `kept`, by its builder, so that another one that is added moves nothing.

    Else the first that is answered with JSON, else with anything; None where none can be called as it should.
    """
    schemes = {item.scheme for item in known}
    current = [one for one in found if not one.operation.get("deprecated")]
    current.sort(key=lambda one: names[f"builder {one.key}"] != kept)
    callable_ = (one for one in current if _is_callable(document, one, schemes))
    answers = [
        Canned(names[f"builder {one.key}"], answer)
        for one in islice(callable_, _TRIED)
        for answer in _answers(views, one)
    ]
    answers.sort(key=lambda each: (each.builder != kept, not isinstance(next(iter(each.body), None), dict)))
    return next(iter(answers), None)


def _is_callable(document: Document, found: Found, schemes: set[str]) -> bool:
    """Whether the credentials that a client takes are enough."""
    said = found.operation.get("security", document.root.get("security", ()))
    demanded = credentials.demanded(document, said)
    return not demanded or any(schemes.issuperset(alternative) for alternative in demanded)


def _answers(views: Views, found: Found) -> Iterator[tuple[Json, ...]]:
    """The body of the first success of an operation, as a tuple of one, where one can be made."""
    answer = next((answer for answer in found.answers if answer.status.startswith("2")), None)
    content = next(iter(answer.contents), None) if answer is not None else None
    if content is None:
        yield ()
    elif content.family in {"text", "xml", "binary"} and content.schema is None:
        yield ("text",)
    elif content.family == "json" and content.schema is not None:
        value = _telling(views, content.schema)
        if Fitting(views, "response").fits(content.schema, value):
            yield (value,)


def _telling(views: Views, schema: Node) -> Json:
    """A value that has something in it, if that can be."""
    samples = Samples(views, "response")
    value = samples.of(schema)
    if value != {}:
        return value
    for wire, node in views.sent(schema, "response").items():
        one: Json = {wire: samples.of(node, wire)}
        if Fitting(views, "response").fits(schema, one):
            return one
    return value
