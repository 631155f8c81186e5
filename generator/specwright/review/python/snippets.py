"""How code that calls the package has to be changed: the same call, before and after."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from specwright.emit.calls import call, known, start
from specwright.emit.code import literal
from specwright.plan.ir import InputDict
from specwright.review.findings import Snippet
from specwright.review.python.arguments import matched
from specwright.review.python.samples import Samples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from specwright.plan.ir import Argument
    from specwright.review.findings import PythonChange
    from specwright.review.python.pairing import Pairs
    from specwright.review.python.sides import Method

CALLED: Final = "py-param-"
"""Changes of a method's arguments."""
SHAPED: Final = frozenset({"py-key-removed", "py-key-renamed", "py-key-added-required", "py-key-required"})
"""Changes of what an input has to have."""
NOTHING: Final = "# Nothing takes its place."


def snippets(pairs: Pairs, changes: Sequence[PythonChange]) -> tuple[Snippet, ...]:
    """What to write in place of what breaks: clients, calls, inputs, and then names; each thing once."""
    breaking = [change for change in changes if change.level == "breaking"]
    return tuple(_Writing(pairs).all(breaking)) if breaking else ()


class _Writing:
    def __init__(self, pairs: Pairs) -> None:
        self._pairs = pairs
        self._old, self._new = pairs.old.api, pairs.new.api
        self._samples = (Samples(pairs.old), Samples(pairs.new))
        self._known = (known(self._old), known(self._new))

    def all(self, breaking: Sequence[PythonChange]) -> Iterator[Snippet]:
        if any(change.id.startswith("py-client-argument-") for change in breaking):
            yield from _told("Making a client", str(start(self._old)), str(start(self._new)))
        yield from self._calls(breaking)
        yield from self._inputs(breaking)
        yield from self._names(breaking)
        yield from self._fields(breaking)

    # --- calls ---

    def _calls(self, breaking: Iterable[PythonChange]) -> Iterator[Snippet]:
        called = [
            change
            for change in breaking
            if change.id.startswith((CALLED, "py-client-method-", "py-resource-renamed"))
        ]
        symbols = {change.symbol.partition("(")[0] for change in called}
        resources = tuple(f"{change.symbol}." for change in called if change.id == "py-resource-renamed")
        for method in self._pairs.old.methods:
            now = self._pairs.methods.get(method.operation.builder)
            places = {method.symbol} if now is None else {method.symbol, now.symbol}
            if symbols & places or (resources and method.symbol.startswith(resources)):
                title = f"{method.operation.method} {method.operation.path}"
                yield from _told(title, *self._both(method, now))

    def _both(self, old: Method, new: Method | None) -> tuple[str, str]:
        """A call with what it needs, and with what is gone or called otherwise; and what is to be written in its place."""
        if new is None:
            return self._call(old, set(), 0), NOTHING
        pairs = matched(self._pairs, old.operation, new.operation)
        shown = {
            was.name: now.name if now is not None else ""
            for was, now in pairs
            if was is not None and (was.required or now is None or now.name != was.name or now.required)
        }
        return self._call(old, set(shown), 0), self._call(new, set(shown.values()), 1)

    def _call(self, method: Method, shown: set[str], side: int) -> str:
        """A call with what it needs, and what is to be shown besides."""
        operation = method.operation
        example = {**operation.example}
        arguments: list[Argument] = []
        for item in operation.arguments:
            needed = item.required or item.name in shown
            arguments.append(replace(item, required=needed))
            if needed and item.name not in example:
                example[item.name] = self._samples[side].of(item.type)
        return str(call(replace(operation, arguments=tuple(arguments), example=example), self._known[side]))

    # --- inputs ---

    def _inputs(self, breaking: Iterable[PythonChange]) -> Iterator[Snippet]:
        names = dict.fromkeys(
            change.symbol.partition(".")[2].partition("[")[0] for change in breaking if change.id in SHAPED
        )
        back = {other: name for name, other in self._pairs.inputs.items()}
        for name in names:
            other = self._pairs.inputs.get(name, name)
            before = self._pairs.old.inputs.get(back.get(other, name))
            after = self._pairs.new.inputs.get(other)
            if isinstance(before, InputDict) and isinstance(after, InputDict):
                removed = {key.wire for key in before.keys} - {key.wire for key in after.keys}
                texts = (self._input(before, removed, 0), self._input(after, set(), 1))
                yield from _told(f"A dict for `{after.name}`", *texts)

    def _input(self, thing: InputDict, shown: set[str], side: int) -> str:
        items = [
            f"    {literal(key.wire)}: {literal(self._samples[side].of(key.type))},"
            for key in thing.keys
            if key.required or key.wire in shown
        ]
        body = "\n".join(["{", *items, "}"]) if items else "{}"
        return f"value: {thing.name} = {body}"

    # --- names ---

    def _names(self, breaking: Iterable[PythonChange]) -> Iterator[Snippet]:
        """All imports of what has another name: one snippet."""
        modules = (self._old.package.module, self._new.package.module)
        lines: list[tuple[str, str]] = []
        if modules[0] != modules[1]:
            lines.append((f"from {modules[0]} import Client", f"from {modules[1]} import Client"))
        for change in breaking:
            if change.id not in IMPORTED:
                continue
            module, _, name = change.symbol.partition(".")
            other = self._after(change, name)
            if other:
                lines.append(
                    (
                        f"from {modules[0]}.{module} import {name}",
                        f"from {modules[1]}.{module} import {other}",
                    )
                )
        if lines:
            yield from _told(
                "Names to import", "\n".join(one for one, _ in lines), "\n".join(other for _, other in lines)
            )

    def _after(self, change: PythonChange, name: str) -> str:
        if change.id == "py-type-renamed":
            return self._pairs.names.get(name, "")
        return change.new or ""

    def _fields(self, breaking: Iterable[PythonChange]) -> Iterator[Snippet]:
        for change in breaking:
            if change.id == "py-field-renamed":
                _, name, attribute = change.symbol.split(".")
                other = (change.new or "").partition(":")[0]
                yield Snippet(f"Reading a field of `{name}`", f"value.{attribute}", f"value.{other}")


IMPORTED: Final = frozenset({"py-type-renamed", "py-validator-renamed"})
"""Changes of names that are imported."""


def _told(title: str, before: str, after: str) -> Iterator[Snippet]:
    if before != after:
        yield Snippet(title, before, after)
