"""The fields of a model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from specwright.emit.docs import described
from specwright.plan.ir import Field, MapOf
from specwright.plan.ir.types import NO_DOC
from specwright.review.python import spelling
from specwright.review.python.comparing import UNREAD, softened
from specwright.review.python.likeness import Part, counterparts
from specwright.review.python.making import Said, change, reworded
from specwright.review.python.types import read
from specwright.runtime.model import EXTRA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.plan.ir import Struct, Type
    from specwright.review.findings import Level, PythonChange
    from specwright.review.python.comparing import Comparing
    from specwright.review.python.making import Origin


def changes(comparing: Comparing, old: Struct, new: Struct, origin: Origin) -> Iterator[PythonChange]:
    """The changes of a model's fields, in their order; those that are gone come last."""
    if old.fields == new.fields and old.extra == new.extra and not comparing.pairs.is_renaming:
        return
    is_read = old.name in comparing.pairs.old.read
    olds = [_part(field, comparing.pairs.translated(field.type)) for field in _all(old)]
    for pair in counterparts(olds, [_part(field, field.type) for field in _all(new)]):
        match pair:
            case None, Field() as now:
                rule = "py-field-added-required" if now.required else "py-field-added-optional"
                rule, note = (rule, "") if is_read else ("py-unread-changed", UNREAD)
                said = Said(None, spelling.attribute(now, new))
                yield change(rule, f"models.{new.name}.{now.name}", said, origin.of(now.wire), note=note)
            case Field() as was, None:
                said = Said(spelling.attribute(was, old), None)
                yield change("py-field-removed", f"models.{old.name}.{was.name}", said, origin.of(was.wire))
            case Field() as was, Field() as now:
                if was == now and comparing.pairs.translated(was.type) == now.type:
                    continue
                said = Said(spelling.attribute(was, old), spelling.attribute(now, new))
                if was.name != now.name:
                    symbol = f"models.{old.name}.{was.name}"
                    yield change("py-field-renamed", symbol, said, origin.of(was.wire))
                place = Place(f"models.{new.name}.{now.name}", said, origin.of(now.wire), is_read=is_read)
                yield from _of_pair(comparing, was, now, place)
            case _:
                pass


@dataclass(frozen=True, slots=True)
class Place:
    """A field: where it is, how it is written, and whether answers have it."""

    symbol: str
    said: Said
    origin: Origin
    is_read: bool


def _of_pair(comparing: Comparing, old: Field, new: Field, place: Place) -> Iterator[PythonChange]:
    if old.doc != new.doc:
        yield from reworded(place.symbol, described(old.doc), described(new.doc), place.origin)
    rule, level, note = _verdict(comparing, old, new)
    if not rule:
        return
    cause = comparing.cause(_read(old), _read(new), place.origin)
    if not place.is_read and rule != "py-field-type-changed":
        rule, level, note = "py-unread-changed", None, UNREAD
    yield change(rule, place.symbol, place.said, cause, note=note, level=level)


def _verdict(comparing: Comparing, old: Field, new: Field) -> tuple[str, Level | None, str]:
    """The rule for what became of a field's type; "" where callers see nothing of it."""
    verdict = comparing.compare(_read(old), _read(new), "models")
    if verdict == "same":
        return ("py-field-required" if new.required and not old.required else ""), None, ""
    if verdict != "changed" and comparing.compare(old.type, new.type, "models") == "same":
        return ("py-field-optional" if verdict == "widened" else "py-field-required"), None, ""
    return f"py-field-type-{verdict}", *softened(new.type, verdict)


def _all(struct: Struct) -> Iterator[Field]:
    yield from struct.fields
    if struct.extra is not None:
        extra = MapOf(struct.extra)
        yield Field("extra", EXTRA, extra, required=False, nullable=False, secret=False, doc=NO_DOC)


def _read(field: Field) -> Type:
    """What reading a field gives; where there are no extra items, a dict without any."""
    return field.type if field.wire == EXTRA else read(field)


def _part(field: Field, type_: Type) -> Part[Field]:
    # A property that has another name on the wire and the same in Python is the same to callers.
    return Part(field, (("wire", field.wire), ("name", field.name)), field.wire, type_, field.required)
