"""Operations: what they are called, and how they are told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.linting.survey import Advice
from specwright.problems import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.linting.survey import Operation, Survey


def operation_id_missing(survey: Survey) -> Iterator[Advice]:
    """Operations without a name that stays when their path changes."""
    for operation in survey.called:
        if "operationId" not in operation.node and "x-specwright-name" not in operation.node:
            message = f"{quoted(operation.text)} has no `operationId`: what it is called in code follows from its path."
            yield Advice(operation.holder, operation.key, message)


def operation_id_repeated(survey: Survey) -> Iterator[Advice]:
    """Ids of several operations (OpenAPI 3.2, section 4.10.1: unique among all)."""
    yield from _alike(survey, same=True)


def operation_id_case(survey: Survey) -> Iterator[Advice]:
    """Ids that only the case of letters tells apart."""
    yield from _alike(survey, same=False)


def _alike(survey: Survey, *, same: bool) -> Iterator[Advice]:
    first: dict[str, Operation] = {}
    met: set[int] = set()
    for operation in survey.operations:
        if "operationId" not in operation.node or id(operation.node) in met:
            continue  # of a path item that is used for several paths, an operation is one
        met.add(id(operation.node))
        own: str = operation.node["operationId"]
        other = first.setdefault(own.casefold(), operation)
        if other is operation:
            continue
        others: str = other.node["operationId"]
        if (own == others) is same:
            also = "too" if same else f"and this {quoted(own)}"
            message = f"{quoted(other.text)} has the id {quoted(others)}, {also}."
            yield Advice(operation.node, "operationId", message)


def success_missing(survey: Survey) -> Iterator[Advice]:
    """Operations that do not say what they answer with where all goes well."""
    for operation in survey.called:
        statuses = operation.node.get("responses")
        if statuses and not any(status[0] in "123d" for status in statuses):
            message = f"{quoted(operation.text)} does not say what it answers with where all goes well."
            yield Advice(operation.holder, operation.key, message)


def error_missing(survey: Survey) -> Iterator[Advice]:
    """Operations that describe no answer to a request that can't be met."""
    for operation in survey.called:
        statuses = operation.node.get("responses")
        if statuses and not any(status[0] in "4d" for status in statuses):
            message = f"{quoted(operation.text)} describes no error: neither a `4XX` nor `default`."
            yield Advice(operation.holder, operation.key, message)


def summary_missing(survey: Survey) -> Iterator[Advice]:
    """Operations of which nothing is said."""
    for operation in survey.called:
        if not (operation.node.keys() | operation.item.keys()) & {"summary", "description"}:
            message = f"{quoted(operation.text)} has no `summary` and no `description`."
            yield Advice(operation.holder, operation.key, message)


_BODILESS: Final = frozenset({"204", "205", "304"})


def body_impossible(survey: Survey) -> Iterator[Advice]:
    """Bodies where HTTP has none (RFC 9110, sections 9.3.2, 15.3.5, 15.3.6 and 15.4.5)."""
    for operation in survey.operations:
        for status, node in operation.node.get("responses", {}).items():
            if status not in _BODILESS and operation.method != "HEAD":
                continue
            if any(
                "schema" in survey.document.target(media)
                for media in survey.document.target(node).get("content", {}).values()
            ):
                what = "A HEAD request" if operation.method == "HEAD" else f"What has the status {status}"
                message = f"{what} is answered without a body: the content that is described never comes."
                yield Advice(operation.node["responses"], status, message)


def link_unknown(survey: Survey) -> Iterator[Advice]:
    """Links to operations that are not there."""
    ids = {operation.node.get("operationId") for operation in survey.operations}
    ids |= {node.get("operationId") for node in survey.of_kind("Operation")}
    for link in survey.of_kind("Link"):
        wanted: Any = link.get("operationId")
        if wanted is not None and wanted not in ids:
            yield Advice(link, "operationId", f"There is no operation with the id {quoted(wanted)}.")
