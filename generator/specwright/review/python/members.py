"""The members of enums and of unions, and what aliases stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.plan.ir import Choice
from specwright.review.python import spelling
from specwright.review.python.comparing import UNREAD
from specwright.review.python.making import Said, change
from specwright.review.python.types import options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.plan.ir import Alias, Enum, InputEnum, Member, Type
    from specwright.review.findings import PythonChange
    from specwright.review.python.comparing import Comparing
    from specwright.review.python.making import Origin
    from specwright.review.python.types import Side


def of_enum(comparing: Comparing, old: Enum, new: Enum, origin: Origin) -> Iterator[PythonChange]:
    """The changes of an enum: a member is known by its value, else by its name."""
    if old.base != new.base:
        said = Said(spelling.first_line(old, "models"), spelling.first_line(new, "models"))
        yield change("py-base-changed", f"models.{new.name}", said, origin)
    by_value = {str(member.value): member for member in old.members}
    kept = {str(member.value) for member in new.members}
    by_name = {member.name: member for member in old.members if str(member.value) not in kept}
    is_read = old.name in comparing.pairs.old.read
    found: set[str] = set()
    for member in new.members:
        was = by_value.get(str(member.value)) or by_name.get(member.name)
        if was is not None:
            found.add(was.name)
        yield from _of_member(was, member, (old, new), origin.of(str(member.value)), is_read=is_read)
    for was in old.members:
        if was.name not in found:
            said = Said(spelling.member(was), None)
            symbol = f"models.{old.name}.{was.name}"
            yield change("py-enum-member-removed", symbol, said, origin.of(str(was.value)))


def _of_member(
    old: Member | None, new: Member, enums: tuple[Enum, Enum], origin: Origin, *, is_read: bool
) -> Iterator[PythonChange]:
    symbol = f"models.{enums[1].name}.{new.name}"
    if old is None:
        rule, note = ("py-enum-member-added", "") if is_read else ("py-unread-changed", UNREAD)
        yield change(rule, symbol, Said(None, spelling.member(new)), origin, note=note)
        return
    said = Said(spelling.member(old), spelling.member(new))
    if old.name != new.name:
        yield change("py-enum-member-renamed", f"models.{enums[0].name}.{old.name}", said, origin)
    elif str(old.value) != str(new.value):
        yield change("py-enum-member-value-changed", symbol, said, origin)


def of_values(old: InputEnum, new: InputEnum, origin: Origin) -> Iterator[PythonChange]:
    """The changes of the values of an enum that may be sent, as they are written out."""
    for value in (value for value in new.values if value not in old.values):
        said = Said(None, spelling.value(value))
        symbol = f"inputs.{new.name}[{spelling.value(value)}]"
        yield change("py-input-member-added", symbol, said, origin.of(str(value)))
    for value in (value for value in old.values if value not in new.values):
        said = Said(spelling.value(value), None)
        symbol = f"inputs.{old.name}[{spelling.value(value)}]"
        yield change("py-input-member-removed", symbol, said, origin.of(str(value)))


def of_alias(
    comparing: Comparing, old: Alias | Choice, new: Alias | Choice, side: Side, origin: Origin
) -> Iterator[PythonChange]:
    """The changes of what an alias or a choice stands for: members that came or went, or all of it."""
    verdict = comparing.compare(old.type, new.type, side)
    if verdict == "same":
        return
    was, now = comparing.pairs.translated(old.type), new.type
    came, went = _without(comparing, now, was, side), _without(comparing, was, now, side)
    symbol = f"{side}.{new.name}"
    kinds = {type(old), type(new)} == {Choice}
    # What has nothing in common is another type altogether.
    if not kinds or len(went) == len(options(was)) or len(came) == len(options(now)):
        said = Said(spelling.first_line(old, side), spelling.first_line(new, side))
        rule = f"py-{'' if side == 'models' else 'input-'}alias-{verdict}"
        yield change(rule, symbol, said, origin)
        return
    is_read = side == "models" and old.name in comparing.pairs.old.read
    added, removed = (
        ("py-input-member-added", "py-input-member-removed")
        if side == "inputs"
        else ("py-union-member-added", "py-union-member-removed")
        if is_read
        else ("py-unread-changed", "py-unread-changed")
    )
    note = UNREAD if added == removed else ""
    for type_ in came:
        text = spelling.annotation(type_, side)
        yield change(added, f"{symbol}[{text}]", Said(None, text), origin, note=note)
    for type_ in went:
        text = spelling.annotation(type_, side)
        yield change(removed, f"{symbol}[{text}]", Said(text, None), origin, note=note)


def _without(comparing: Comparing, these: Type, others: Type, side: Side) -> list[Type]:
    """The members of a union that the other one has no place for."""
    relation = comparing.pairs.relation
    return [type_ for type_ in options(these) if not relation.fits(type_, others, side)]
