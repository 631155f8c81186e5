"""Which validators call which: those that only tell whether a value fits are written where one is tried."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from specwright.plan.ir import TESTS, Validator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from specwright.plan.ir import ArrayChecks, Checks, Json, ObjectChecks, SeenItems, SeenProperties


def completed(validators: Sequence[Validator], root: str | None = None) -> tuple[Validator, ...]:
    """The same validators with those that tests need, each behind its own, and without private ones that nobody calls.

    Each knows what it calls, and whether it may come back to itself. With a `root`, only what that calls is left.
    """
    every = {validator.function: validator for validator in validators}
    needed: dict[str, Validator] = {}
    waiting = [every[root]] if root else [one for one in validators if not one.function.startswith("_")]
    while waiting:
        validator = waiting.pop()
        if validator.function in needed:
            continue
        calls, constants = _calls(validator), tuple(dict(_constants(validator.checks)).items())
        made = replace(validator, calls=calls, constants=constants) if calls or constants else validator
        needed[validator.function] = made
        waiting += [_callee(name, every) for name in made.calls if name not in needed]
    deep = _deep(needed)
    shaky = _leading_to(deep, needed)
    pairs = ((name, f"{name}{TESTS}") for name in every)
    return tuple(
        replace(needed[name], deep=True) if _comes_back(needed[name], deep, shaky) else needed[name]
        for name in chain.from_iterable(pairs)
        if name in needed
    )


def _comes_back(validator: Validator, deep: frozenset[str], shaky: frozenset[str]) -> bool:
    return not validator.tests and (validator.function in deep or _tries(validator, shaky))


def _leading_to(deep: frozenset[str], validators: Mapping[str, Validator]) -> frozenset[str]:
    """Those that are deep, and those that call them, over however many others."""
    callers: dict[str, list[str]] = {}
    for name, validator in validators.items():
        for callee in validator.calls:
            callers.setdefault(callee, []).append(name)
    found, waiting = set(deep), list(deep)
    while waiting:
        new = [name for name in callers.get(waiting.pop(), ()) if name not in found]
        found.update(new)
        waiting += new
    return frozenset(found)


def _tries(validator: Validator, shaky: frozenset[str]) -> bool:
    """Whether a test that may end for want of depth ends in what called it."""
    return any(callee.endswith(TESTS) and callee in shaky for callee in validator.calls)


def _callee(name: str, every: Mapping[str, Validator]) -> Validator:
    if name in every:
        return every[name]
    owner = every[name.removesuffix(TESTS)]
    same = None if owner.same_as is None else f"{owner.same_as}{TESTS}"
    return replace(owner, function=name, same_as=same, tests=True)


def _calls(validator: Validator) -> tuple[str, ...]:
    if validator.same_as is not None:
        return (validator.same_as,)
    return tuple(dict.fromkeys(_of_checks(validator.checks, tests=validator.tests)))


def _of_checks(checks: Checks, *, tests: bool) -> Iterator[str]:
    """The validators that checks call."""
    suffix = TESTS if tests else ""
    yield from (f"{name}{suffix}" for name in checks.functions)
    if checks.tagged is not None:
        named = (*(function for _, function in checks.tagged.functions), checks.tagged.otherwise)
        yield from (f"{name}{suffix}" for name in named if name is not None)
    if checks.marked is not None:
        named = (*(function for _, function in checks.marked.alternatives), checks.marked.otherwise)
        yield from (f"{name}{suffix}" for name in named if name is not None)
    for choice in checks.choices:
        for tried in choice.tried:
            yield from _of_checks(tried, tests=True)
        if not tests and not checks.secret and all(len(tried.functions) == 1 for tried in choice.tried):
            yield from chain.from_iterable(tried.functions for tried in choice.tried)  # to tell what is wrong
    for part in (*checks.none_of, *(condition.test for condition in checks.conditions)):
        yield from _of_checks(part, tests=True)
    for part in _inner(checks):
        yield from _of_checks(part, tests=tests)
    if checks.array is not None:
        yield from _of_array(checks.array)
    if checks.object is not None:
        yield from chain.from_iterable(_of_seen(others.seen) for others in checks.object.others)


def _constants(checks: Checks) -> Iterator[tuple[str, tuple[Json, ...]]]:
    """The names of the sets of values that checks look up, each with the values."""
    if checks.constant is not None and checks.values is not None:
        yield checks.constant, tuple(value for value in checks.values if value is not None)
    for others in checks.object.others if checks.object is not None else ():
        if others.constant is not None:
            yield others.constant, others.seen.names
    for part in (*_inner(checks), *_tested(checks)):
        yield from _constants(part)


def _tested(checks: Checks) -> Iterator[Checks]:
    """What is tried of the value, or of its items."""
    for choice in checks.choices:
        yield from choice.tried
    yield from checks.none_of
    yield from (condition.test for condition in checks.conditions)
    if checks.array is not None:
        yield from (containing.checks for containing in checks.array.containing)


def _inner(checks: Checks) -> Iterator[Checks]:
    """What must hold, too, of the value or of its parts."""
    yield from checks.all_of
    if checks.typed is not None:
        yield from (part for _, part in checks.typed.alternatives)
    for condition in checks.conditions:
        yield from filter(None, (condition.then, condition.otherwise))
    if checks.array is not None:
        yield from checks.array.first
        yield from filter(None, (checks.array.items,))
        yield from (unseen.checks for unseen in checks.array.unseen)
    if checks.object is not None:
        yield from _inner_of_object(checks.object)


def _inner_of_object(object_: ObjectChecks) -> Iterator[Checks]:
    yield from (part.checks for part in object_.properties)
    yield from (part for _, part in object_.patterns)
    yield from (others.checks for others in object_.others)
    yield from filter(None, (object_.names,))
    yield from (part for _, part in object_.dependent)


def _of_array(array: ArrayChecks) -> Iterator[str]:
    for containing in array.containing:
        yield from _of_checks(containing.checks, tests=True)
    for unseen in array.unseen:
        yield from _of_seen(unseen.seen)


def _of_seen(seen: SeenItems | SeenProperties) -> Iterator[str]:
    for test, branch in seen.branches:
        yield from _of_checks(test, tests=True)
        yield from _of_seen(branch)
    for part in getattr(seen, "containing", ()):
        yield from _of_checks(part, tests=True)


def _deep(validators: Mapping[str, Validator]) -> frozenset[str]:
    """The validators that may come back to themselves, by Tarjan's algorithm, without recursion."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    deep: set[str] = set()
    for root in validators:
        if root in index:
            continue
        work: list[tuple[str, Iterator[str]]] = [(root, iter(validators[root].calls))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            name, callees = work[-1]
            for callee in callees:
                if callee not in index:
                    index[callee] = low[callee] = len(index)
                    stack.append(callee)
                    on_stack.add(callee)
                    work.append((callee, iter(validators[callee].calls)))
                    break
                if callee in on_stack:
                    low[name] = min(low[name], index[callee])
            else:
                work.pop()
                if work:
                    above = work[-1][0]
                    low[above] = min(low[above], low[name])
                if low[name] == index[name]:
                    deep |= _component(name, stack, on_stack, validators)
    return frozenset(deep)


def _component(
    name: str, stack: list[str], on_stack: set[str], validators: Mapping[str, Validator]
) -> set[str]:
    """Takes a strongly connected component from the stack; nothing where it is one that does not call itself."""
    at = stack.index(name)
    members = stack[at:]
    del stack[at:]
    on_stack.difference_update(members)
    return set(members) if len(members) > 1 or name in validators[name].calls else set()
