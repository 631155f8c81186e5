"""The keys of an input."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from specwright.emit.code import literal
from specwright.emit.docs import described
from specwright.plan.ir import Key
from specwright.review.python import spelling
from specwright.review.python.likeness import Part, counterparts
from specwright.review.python.making import Said, change, reworded
from specwright.review.python.types import given, known_as

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.plan.ir import Argument, Doc, InputDict, Type
    from specwright.review.findings import PythonChange
    from specwright.review.python.comparing import Comparing
    from specwright.review.python.making import Origin


def changes(comparing: Comparing, old: InputDict, new: InputDict, origin: Origin) -> Iterator[PythonChange]:
    """The changes of an input's keys, in their order; those that are gone come last."""
    if old.keys == new.keys and not comparing.pairs.is_renaming:
        return
    olds = [_part(key, comparing.pairs.translated(key.type)) for key in old.keys]
    for pair in counterparts(olds, [_part(key, key.type) for key in new.keys]):
        match pair:
            case None, Key() as now:
                rule = "py-key-added-required" if now.required else "py-key-added-optional"
                said = Said(None, spelling.keyed(now))
                yield change(rule, _symbol(new, now), said, origin.of(now.wire))
            case Key() as was, None:
                said = Said(spelling.keyed(was), None)
                yield change("py-key-removed", _symbol(old, was), said, origin.of(was.wire))
            case Key() as was, Key() as now:
                if was == now and comparing.pairs.translated(was.type) == now.type:
                    continue
                said = Said(spelling.keyed(was), spelling.keyed(now))
                if known_as(was) != known_as(now):
                    yield change("py-key-renamed", _symbol(old, was), said, origin.of(was.wire))
                yield from of_given(comparing, "key", was, now, _symbol(new, now), said, origin.of(now.wire))
                if was.doc != now.doc:
                    yield from reworded(
                        _symbol(new, now), words(was.doc), words(now.doc), origin.of(now.wire)
                    )
            case _:
                pass


def of_given(  # noqa: PLR0913, PLR0917 -- a change and where it is
    comparing: Comparing,
    kind: str,
    old: Key | Argument,
    new: Key | Argument,
    symbol: str,
    said: Said,
    origin: Origin,
) -> Iterator[PythonChange]:
    """What became of something that callers give, `kind` being "key" or "param": need, type and default."""
    if old.required != new.required:
        yield change(f"py-{kind}-{'required' if new.required else 'optional'}", symbol, said, origin)
    was, now = given(old.type, nullable=old.nullable), given(new.type, nullable=new.nullable)
    verdict = comparing.compare(was, now, "inputs")
    if verdict != "same":
        yield change(f"py-{kind}-type-{verdict}", symbol, said, comparing.cause(was, now, origin))
    if old.doc.default != new.doc.default and not (old.required and new.required):
        defaults = Said(_default(old.doc), _default(new.doc))
        yield change(f"py-{kind}-default-changed", symbol, defaults, origin)


def _default(doc: Doc) -> str | None:
    return next((spelling.cut(literal(value)) for value in doc.default), None)


def words(doc: Doc) -> str:
    """What is said of something beside its default, whose change is one of its own."""
    return described(replace(doc, default=()))


def _symbol(owner: InputDict, key: Key) -> str:
    return f"inputs.{owner.name}[{key.wire!r}]" if known_as(key) != "*" else f"inputs.{owner.name}[…]"


def _part(key: Key, type_: Type) -> Part[Key]:
    return Part(key, (known_as(key),), key.wire, type_, key.required)
