"""`python -m sweeps.agreement`: the validators of every schema of the corpus beside another maker's reader.

The exit status is 1 where they disagree about a value, and nothing explains it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sweeps.agreement.judged import MUTANTS, Verdicts, judged
from sweeps.corpus import corpus, sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sweeps.agreement.judged import Disagreement
    from sweeps.corpus import Source

EXPLAINED: Final = Path(__file__).with_name("explained.toml")
SEVERAL: Final = "several readings"
_MOST: Final = 5


def main() -> None:
    """Do what the arguments say."""
    parser = argparse.ArgumentParser(prog="make agreement", description="Validators beside another maker's.")
    parser.add_argument("--only", metavar="NAME", action="append", help="this document; repeatable")
    parser.add_argument("--jobs", metavar="N", type=int, default=2, help="so many documents at a time (2)")
    parser.add_argument(
        "--mutants", metavar="N", type=int, default=MUTANTS, help=f"of each value that is made ({MUTANTS})"
    )
    parser.add_argument(
        "--hostile", action="store_true", help="with very deep and very long values; takes long"
    )
    arguments = parser.parse_args()
    folder = corpus()
    if not folder.is_dir():
        sys.exit(f"there are no documents in {folder}; SPECWRIGHT_CORPUS says where they are")
    found = sources(folder)
    if unknown := sorted(set(arguments.only or ()) - {source.name for source in found}):
        parser.error(f"no document is called {unknown[0]}")
    chosen = [source for source in found if not arguments.only or source.name in arguments.only]
    made = list(_verdicts(chosen, arguments))
    if not _told(made, whole=len(chosen) == len(found)):
        sys.exit(1)


def _verdicts(chosen: Sequence[Source], arguments: argparse.Namespace) -> Iterator[Verdicts]:
    print(_HEAD, flush=True)
    with ProcessPoolExecutor(arguments.jobs) as pool:
        running = [
            pool.submit(judged, source, arguments.mutants, harm=arguments.hostile) for source in chosen
        ]
        for done in as_completed(running):
            print(_line(done.result()), flush=True)
            yield done.result()


# --- shown --------------------------------------------------------------------------------------------------------

_HEAD: Final = (
    f"{'document':32} {'schemas':>7} {'instances':>9} {'valid':>7} {'invalid':>8} {'disagree':>8} {'explained':>9} "
    f"{'elsewhere':>9} {'ratio':>6} {'MB':>5} {'planned':>7} {'compiled':>8} {'slowest':>8}"
)


def _line(made: Verdicts) -> str:
    disagree = len(made.disagreements)
    ratio = made.seconds["ours"] / made.seconds["theirs"] if made.seconds["theirs"] else 0
    slowest = f"{made.slowest * 1000:>5.1f} ms" if made.hostile else f"{'-':>8}"
    return (
        f"{made.name[:32]:32} {made.schemas:>7} {made.instances:>9} {made.valid:>7} {made.instances - made.valid:>8} "
        f"{disagree:>8} {disagree - len(made.unexplained):>9} {len(made.elsewhere):>9} {ratio:>6.2f} "
        f"{made.size / 1e6:>5.1f} {made.planned:>5.1f} s {made.compiled:>6.1f} s {slowest}"
    )


def _told(made: Sequence[Verdicts], *, whole: bool) -> bool:
    """Print what all documents make together, and what falls short; whether nothing does."""
    total = Verdicts(f"{len(made)} documents")
    for one in made:
        for name in ("schemas", "instances", "valid", "size", "planned", "compiled", "hostile"):
            setattr(total, name, getattr(total, name) + getattr(one, name))
        for name in ("disagreements", "elsewhere"):
            getattr(total, name).extend(getattr(one, name))
        total.seconds.update(one.seconds)
        total.slowest = max(total.slowest, one.slowest)
    print(_line(total))
    counts = Counter(one.explained for one in total.disagreements if one.explained)
    for reading in [one for one in readings() if whole or counts[one["name"]]]:
        print(f"\n{reading['name']}: {counts[reading['name']]}\n  {reading['standard']}\n  {reading['why']}")
    if counts[SEVERAL]:
        print(f"\n{SEVERAL}: {counts[SEVERAL]}")
    short = [f"{one.name}: {text}" for one in made for text in _short(one)]
    print(*([""] if short else []), *short, sep="\n")
    return not short


def readings() -> list[dict[str, str]]:
    """How documents are understood, and why."""
    found: list[dict[str, str]] = tomllib.loads(EXPLAINED.read_text(encoding="utf-8"))["reading"]
    return found


def _short(made: Verdicts) -> Iterator[str]:
    for one in made.unexplained[:_MOST]:
        yield f"{one.key}: ours says {'valid' if one.valid else 'invalid'} of {_clipped(one)}: {one.said[:2]}"
    if len(made.unexplained) > _MOST:
        yield f"and {len(made.unexplained) - _MOST} more"
    yield from (f"raised: {text}" for text in made.raised[:_MOST])
    yield from (f"not read: {text}" for text in made.unread[:_MOST])


def _clipped(one: Disagreement) -> str:
    text: Any = json.dumps(one.value)
    return f"{text[:200]}…" if len(text) > 200 else text  # noqa: PLR2004 - enough to see


if __name__ == "__main__":
    main()
