"""How long searches take at worst, for the patterns of real documents and for those that are known to be slow.

`python -m sweeps.patterns` prints a row for each: whether `re` takes linear time, the worst time in milliseconds for
100,000 characters with RE2 and without, and how many times longer the worst search of 100,000 characters takes than
that of 10,000. It ends with 1 where one takes more than 200 milliseconds.
"""

from __future__ import annotations

import json
import re
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from time import process_time
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import yaml

from specwright.plan.patterns import pattern_of
from specwright.runtime.ecma import parse
from specwright.runtime.patterns import filled, matches, matches_linear
from sweeps.attacks import attacks, text
from sweeps.corpus import ROOT, corpus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from specwright.plan.ir.patterns import Pattern

KNOWN: Final = ROOT / "tests" / "patterns" / "known.tsv"
_LENGTHS: Final = (100, 1_000, 10_000, 100_000)
_LIMIT: Final = 0.2
_PATIENCE: Final = 20.0
"""Seconds after which a search is slow in fact."""
_FAR: Final = 20_000
"""Characters for which a linear search is long done within half of the limit."""


class Row(NamedTuple):
    """What was measured of one pattern: seconds, and the worst text's attack."""

    pattern: Pattern
    with_re2: float
    without: float
    growth: float
    attack: tuple[str, str, str]


def known() -> list[tuple[str, str]]:
    """Patterns that are known to be slow, or to look so; each with where it is from."""
    lines = KNOWN.read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(source, origin) for source, origin in rows]


def patterns_of(folder: Path) -> set[str]:
    """All patterns of the documents below a folder."""
    found: set[str] = set()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".json", ".yaml", ".yml"} and b"attern" in (content := path.read_bytes()):
            try:
                value = (
                    json.loads(content) if path.suffix == ".json" else yaml.load(content, yaml.CSafeLoader)
                )
            except (ValueError, yaml.YAMLError):
                continue
            found |= set(_patterns_in(value))
    return found


def _patterns_in(value: Any) -> Iterator[str]:
    waiting, seen = [value], set[int]()
    while waiting:
        part = waiting.pop()
        if id(part) in seen or not isinstance(part, dict | list):
            continue
        seen.add(id(part))
        if isinstance(part, list):
            waiting += part
            continue
        waiting += part.values()
        if isinstance(part.get("pattern"), str):
            yield part["pattern"]
        keys = part.get("patternProperties")
        yield from (key for key in (keys if isinstance(keys, dict) else ()) if isinstance(key, str))


def _worst(search: Callable[[str], object], texts: Iterable[str]) -> float:
    return max(_time(search, one) for one in texts)


def _time(search: Callable[[str], object], one: str) -> float:
    taken = _once(search, one)
    # On a busy machine anything may take long once.
    return min(taken, *(_once(search, one) for _ in range(4))) if taken > _LIMIT / 4 else taken


def _once(search: Callable[[str], object], one: str) -> float:
    start = process_time()
    search(one)
    return process_time() - start


def measured(source: str) -> Row:
    """What the searches of one pattern take."""
    pattern = pattern_of(source)
    node = parse(source, "lenient").node
    tried = attacks(node)
    longest = pattern.longest

    def search(one: str) -> object:
        if longest is None:
            return matches(pattern.python, one)
        return matches_linear(pattern.python, pattern.linear or "", longest, one)

    def search_by_re(one: str) -> object:
        return (
            matches(pattern.python, one)
            if longest is None
            else matches_linear(pattern.python, "", longest, one)
        )

    for run in (search, search_by_re):
        run("")
    worst = {
        length: max((_time(search, text(attack, length)), attack) for attack in tried) for length in _LENGTHS
    }
    lengths = (*_LENGTHS, *((longest,) if longest else ()))
    without = max(_worst(search_by_re, (text(attack, length) for attack in tried)) for length in lengths)
    growth = worst[100_000][0] / max(worst[10_000][0], 1e-5)
    return Row(pattern, worst[100_000][0], without, growth, worst[100_000][1])


def slow_in_fact(pattern: Pattern) -> bool:
    """Whether some text really takes `re` more than linear time, of a pattern that is said to be slow."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        hunt = pool.submit(_is_slow, pattern)
        try:
            return hunt.result(_PATIENCE)
        except TimeoutError:
            for process in list(pool._processes.values()):  # noqa: SLF001 -- a search can't be told to stop
                process.kill()
            return True


def _is_slow(pattern: Pattern) -> bool:
    search = re.compile(filled(pattern.python)).search
    for attack in attacks(parse(pattern.source, "lenient").node):
        length = 1
        while length < _FAR:
            if _once(search, text(attack, length)) > _LIMIT / 2:
                return True
            length += length // 4 + 1
    return False


def main() -> int:
    """Prints the table; 1 where a search takes too long."""
    rows: list[Row] = []
    print("| pattern | of | re | 100,000, with RE2 | without | growth |\n|---|---|---|---|---|---|")
    sources = dict.fromkeys(sorted(patterns_of(corpus())), "corpus") | dict(known())
    wrong = 0
    for source, origin in sources.items():
        try:
            row = measured(source)
        except ValueError as error:
            print(f"| {source!a} | {origin} | {error} | | | |")
            continue
        rows.append(row)
        verdict = "linear" if row.pattern.longest is None else f"up to {row.pattern.longest:,}"
        if row.pattern.longest is not None and row.pattern.linear is None:
            verdict += ", no RE2"
        too_long = max(row.with_re2, row.without) > _LIMIT or (row.growth > 20 and row.with_re2 > _LIMIT / 4)  # noqa: PLR2004
        wrong += too_long
        print(
            f"| {source[:80]!a} | {origin} | {verdict} | {row.with_re2 * 1000:.2f} | {row.without * 1000:.2f} |"
            f" {row.growth:.1f} |{f' TOO LONG: {row.attack!a}' if too_long else ''}",
            flush=True,
        )
    unsafe = [row for row in rows if row.pattern.longest is not None]
    for row in unsafe:
        if not slow_in_fact(row.pattern):
            print(f"said to be slow, and no text was found: {row.pattern.source!a} ({row.pattern.longest})")
    print(f"{len(rows)} patterns, {len(unsafe)} not linear in re, {wrong} too long")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
