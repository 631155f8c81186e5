"""`python -m sweeps.fuzz`: each target for some seconds, and how often it was asked. The exit status is 1 if anything is found.

What is found is in `build/fuzz/NAME/`: `python -m sweeps.fuzz.target NAME FILE` asks it again.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Final, NamedTuple

from sweeps.corpus import ROOT
from sweeps.fuzz.properties import PROPERTIES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOUND: Final = ROOT / "build" / "fuzz"
_LONGEST: Final = 2_000
_SLOWEST: Final = 120
"""Seconds that one input may take, on a machine that does something else and with code that notes what it reaches."""
_MEGABYTES: Final = 2_000
_EXECUTIONS: Final = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_COVERED: Final = re.compile(r"cov: (\d+)")


class Ran(NamedTuple):
    """What came of a target."""

    name: str
    executions: int
    covered: int
    """Branches that were reached."""
    found: list[Path]
    log: Path


def main(given: list[str] | None = None) -> None:
    """Do what the arguments say, by default those of the command."""
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--only", choices=PROPERTIES, action="append", help="this target; repeatable")
    parser.add_argument("--seconds", metavar="N", type=int, default=60, help="for each target (60)")
    parser.add_argument("--seed", metavar="NUMBER", type=int, default=1)
    arguments = parser.parse_args(given)
    wrong = False
    print(f"{'':12}{'executions':>12}{'seconds':>9}{'branches':>10}  found")
    for ran in _all(arguments.only or list(PROPERTIES), arguments.seconds, arguments.seed):
        names = ", ".join(path.name for path in ran.found) or "nothing"
        print(f"{ran.name:12}{ran.executions:12,}{arguments.seconds:9}{ran.covered:10,}  {names}", flush=True)
        if ran.found:
            wrong = True
            print(f"  see {ran.log}")
    sys.exit(wrong)


def _all(names: list[str], seconds: int, seed: int) -> Iterator[Ran]:
    for name in names:
        folder = FOUND / name
        (folder / "inputs").mkdir(parents=True, exist_ok=True)
        before = set(folder.iterdir())
        log = folder / "log.txt"
        with log.open("wb") as file:
            subprocess.run(
                [sys.executable, "-m", "sweeps.fuzz.target", name, f"-max_total_time={seconds}", f"-seed={seed}",
                 f"-max_len={_LONGEST}", f"-timeout={_SLOWEST}", f"-report_slow_units={_SLOWEST // 2}", f"-rss_limit_mb={_MEGABYTES}", "-print_final_stats=1",
                 f"-artifact_prefix={folder}/", folder / "inputs"],
                cwd=ROOT, stdout=file, stderr=file, check=False,
            )  # fmt: skip
        text = log.read_text("utf-8", "replace")
        found = sorted(path for path in folder.iterdir() if path not in before and path != log)
        executions = _EXECUTIONS.findall(text)
        if not executions and not found:
            sys.exit(f"{name} did not run: see {log}")
        yield Ran(
            name, int((executions or ["0"])[-1]), int((_COVERED.findall(text) or ["0"])[-1]), found, log
        )


if __name__ == "__main__":
    main()
