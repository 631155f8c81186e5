"""What a call can raise: of each status, what its error is called and what its body may be."""

from __future__ import annotations

from inspect import getdoc
from typing import TYPE_CHECKING, NamedTuple

from specwright.emit.code import Code, docstring, name
from specwright.emit.filters.models import error_names, error_type
from specwright.plan.ir import UnionOf
from specwright.runtime import errors

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specwright.plan.ir import Api, Type


class StatusClass(NamedTuple):
    """The error of a status, or of all that begin with the same digit."""

    name: Code
    doc: Code
    bodies: list[Code]
    """The types that the document gives for its body, each alone."""


def of_statuses(words: Iterable[str]) -> list[str]:
    """The errors among these that stand for a status."""
    return [word for word in words if _is_of_status(word)]


def of_no_status(words: Iterable[str]) -> list[str]:
    """The rest of them."""
    return [word for word in words if not _is_of_status(word)]


def status_classes(api: Api) -> list[StatusClass]:
    """One for each status, documented or not, so that documenting one changes nothing about the others."""
    documented = {body.error: body.type for body in api.error_bodies}
    return [
        StatusClass(name(word), _doc(word), _bodies(documented.get(word)))
        for word in of_statuses(error_names())
    ]


def _is_of_status(word: str) -> bool:
    kind = getattr(errors, word)
    return issubclass(kind, errors.StatusError) and kind is not errors.StatusError


def _doc(word: str) -> Code:
    return docstring(getdoc(getattr(errors, word)) or "", indent=8)


def _bodies(type_: Type | None) -> list[Code]:
    match type_:
        case None:
            return []
        case UnionOf(members):
            return [error_type(member) for member in members]
        case _:
            return [error_type(type_)]
