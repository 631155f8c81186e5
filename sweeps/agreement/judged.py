"""One document: its validators and another maker's on the same values, and what they disagree about."""

from __future__ import annotations

import math
import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from time import thread_time
from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs

from specwright.config import Config
from specwright.document import load
from sweeps.agreement import hostile, ours
from sweeps.agreement.mutants import NOTHING, Mutator
from sweeps.agreement.pairs import pairs
from sweeps.documents import Tree, bundled
from sweeps.schemas import READINGS, Schemas
from sweeps.values import EXTENTS, Maker, NoValueError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from specwright.runtime.issues import Issue
    from sweeps.agreement.pairs import Pair
    from sweeps.corpus import Source
    from sweeps.schemas import Schema

MUTANTS: Final = 12
"""Of each of the values that are made of a schema."""
BLIND: Final = 6
"""Values for a schema that no value was found for."""


class Judge:
    """Another maker's reader of one schema."""

    def __init__(self, schema: Schema) -> None:
        self._validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)

    def accepts(self, value: Any) -> bool:
        """Whether nothing is wrong."""
        return self._validator.is_valid(value)

    def faults(self, value: Any) -> list[str]:
        """Where something is wrong, and what, in words."""
        return [f"{pointer}: {fault}" for pointer, fault in self.found(value)]

    def found(self, value: Any) -> list[tuple[str, str]]:
        """Where something is wrong, as a JSON Pointer, and what."""
        return [
            (_pointer(value, fault.instance_path), fault.message[:_SHOWN])
            for fault in self._validator.iter_errors(value)
        ]

    def all_faults(self, value: Any) -> None:
        """Find all that is wrong, for the time that it takes."""
        for _ in self._validator.iter_errors(value):
            pass


_SHOWN: Final = 300


def _pointer(value: Any, path: Iterable[str | int]) -> str:
    """A JSON Pointer; the path has numbers for names that are like numbers."""
    steps: list[str] = []
    for step in path:
        key = step
        if isinstance(value, dict) and isinstance(step, int):
            key = next((name for name in value if name.lstrip("+0") == str(step)), str(step))
        value = value[key]
        steps.append(f"/{str(key).replace('~', '~0').replace('/', '~1')}")
    return "".join(steps)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A value that one accepts and the other does not."""

    key: str
    schema: Schema
    value: Any
    valid: bool
    """Whether ours accepts it."""
    said: list[str]
    """What the one that does not accept it says."""
    explained: str = ""
    """The reading of the document by which both agree."""


@dataclass(slots=True)
class Verdicts:
    """What came of one document."""

    name: str
    schemas: int = 0
    instances: int = 0
    valid: int = 0
    unread: list[str] = field(default_factory=list[str])
    """Schemas that the other maker refuses to read."""
    hostile: int = 0
    """Values that are made to hang or to break a validator."""
    unmade: int = 0
    """Schemas that no value was found for."""
    disagreements: list[Disagreement] = field(default_factory=list[Disagreement])
    elsewhere: list[Disagreement] = field(default_factory=list[Disagreement])
    """Values that both refuse, for reasons at places that have nothing to do with each other."""
    raised: list[str] = field(default_factory=list[str])
    size: int = 0
    """Bytes of the module of validators."""
    planned: float = 0
    compiled: float = 0
    seconds: Counter[str] = field(default_factory=Counter[str])  # type: ignore[type-arg]  # of fractions, too
    """For all valid values, of ours and of the other maker's."""
    slowest: float = 0
    """Seconds for a value that is made to hang a validator, where not much is wrong with it."""
    slow: str = ""
    """The schema that took so long."""

    @property
    def unexplained(self) -> list[Disagreement]:
        """Where ours is wrong, or nobody said why it is not."""
        return [one for one in self.disagreements if not one.explained]


def judged(source: Source, mutants: int = MUTANTS, *, harm: bool = False) -> Verdicts:
    """Every schema of a document, on values made for it; `harm` is for those that are made to hang or to break a validator."""
    document = load(source.path, Config(spec=source.path, root=source.root))
    tree = Tree(bundled(source))
    found = pairs(document, tree)
    made = ours.made(document, found)
    verdicts = Verdicts(source.name, len(found), size=made.size, planned=made.planned, compiled=made.compiled)
    turned = Schemas(tree, None)
    readers = _readers(tree)
    for pair, validate in zip(found, made.validators, strict=True):
        schema = turned.alone(pair.written)
        try:
            judge = Judge(schema)
        except ValueError as error:
            verdicts.unread.append(f"{pair.key}: {error}")
            continue
        if harm:
            _harm(verdicts, pair.key, schema, judge, validate)
        first = len(verdicts.disagreements)
        _judge(verdicts, pair, schema, judge, validate, mutants)
        verdicts.disagreements[first:] = [
            replace(one, explained=_explained(one, pair, readers)) for one in verdicts.disagreements[first:]
        ]
    return verdicts


def _readers(tree: Tree) -> dict[str, Schemas]:
    """What turns the schemas of a document by each reading of it, and by all of them; the likeliest first."""
    names = {name: frozenset({name}) for name in sorted(READINGS)}
    return {
        name: Schemas(tree, None, readings=readings)
        for name, readings in {**names, "several readings": READINGS}.items()
    }


def _explained(one: Disagreement, pair: Pair, readers: Mapping[str, Schemas]) -> str:
    """The reading by which the other maker agrees with ours; "" where there is none."""
    for name, reader in readers.items():
        if Judge(reader.alone(pair.written)).accepts(one.value) is one.valid:
            return name
    return ""


def _judge(  # noqa: PLR0913, PLR0917 -- who is asked, of what
    verdicts: Verdicts,
    pair: Pair,
    schema: Schema,
    judge: Judge,
    validate: Callable[[Any], list[Issue]],
    mutants: int,
) -> None:
    for value in _values(verdicts, pair.key, schema, judge, mutants):
        verdicts.instances += 1
        try:
            issues = validate(value)
        except Exception as error:  # noqa: BLE001 -- that it never raises is what is to be seen
            verdicts.raised.append(f"{pair.key}: {type(error).__name__}: {error}: {value!r:.300}")
            continue
        accepted = judge.accepts(value)
        verdicts.valid += accepted
        if accepted and not issues:
            verdicts.seconds.update(ours=_time(validate, value), theirs=_time(judge.all_faults, value))
        elif accepted or not issues:
            said = [f"{one.pointer}: {one.keyword}: {one.message}" for one in issues] or judge.faults(value)
            verdicts.disagreements.append(Disagreement(pair.key, schema, value, not issues, said))
        elif not _meet([one.pointer for one in issues], [pointer for pointer, _ in judge.found(value)]):
            said = [*(f"ours: {one.pointer}: {one.message}" for one in issues), *judge.faults(value)]
            verdicts.elsewhere.append(Disagreement(pair.key, schema, value, False, said))  # noqa: FBT003


def _harm(
    verdicts: Verdicts, key: str, schema: Schema, judge: Judge, validate: Callable[[Any], list[Issue]]
) -> None:
    values = [*hostile.deep(schema)]
    with suppress(NoValueError, ValueError, OverflowError, RecursionError):
        made = Maker(schema, judge).value(key, "largest")
        values += hostile.wide(
            made, list(Mutator(schema, lambda *_: NOTHING).places(made)), verdicts.instances
        )
    for value in values:
        verdicts.hostile += 1
        try:
            few = len(validate(value)) <= FEW
        except Exception as error:  # noqa: BLE001 -- as above
            verdicts.raised.append(f"{key}: {type(error).__name__}: {error}")
            continue
        seconds = min(_time(validate, value) for _ in range(2)) if few else 0
        if seconds > verdicts.slowest:
            verdicts.slowest, verdicts.slow = seconds, key


FEW: Final = 100
"""Issues: to tell of each takes its time, and of more of them longer."""


def _values(verdicts: Verdicts, key: str, schema: Schema, judge: Judge, mutants: int) -> Iterator[Any]:
    """Values of a schema, and near them."""
    maker = Maker(schema, judge)

    def make(part: Any, rng: random.Random) -> Any:
        try:
            return maker.part(part, rng)
        except (NoValueError, ValueError, OverflowError, RecursionError):
            return NOTHING

    mutator = Mutator(schema, make)
    rng = random.Random(key)  # noqa: S311 -- so that runs repeat
    made = _made(maker, key)
    if not made:
        verdicts.unmade += 1
        made = [value for value in (make(schema, rng) for _ in range(BLIND)) if value is not NOTHING]
    yield None  # which documents mean more often than they say so
    for value in made:
        yield value
        yield from filter(_is_json, mutator.mutants(value, rng, mutants))


def _made(maker: Maker, key: str) -> list[Any]:
    """Values that the other maker accepts, each of another extent; none where none is found."""
    found: list[Any] = []
    for extent in EXTENTS:
        with suppress(NoValueError, ValueError, OverflowError, RecursionError):
            value = maker.value(key, extent)
            if value not in found:
                found.append(value)
    return found


def _time(look: Callable[[Any], object], value: Any) -> float:
    """Seconds of the processor that it takes to look at a value, not for the first time."""
    start = thread_time()
    look(value)
    return thread_time() - start


def _is_json(value: Any) -> bool:
    return not isinstance(value, float) or math.isfinite(value)


def _meet(one: list[str], other: list[str]) -> bool:
    """Whether any place of one is in, or around, any of the other."""
    return any(f"{a}/".startswith(f"{b}/") or f"{b}/".startswith(f"{a}/") for a in one for b in other)
