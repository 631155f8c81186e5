"""Let each thing that a run asks of the file system fail, once or from then on, and look at what it leaves.

A program of its own, since what listens to the system stays: `python failing.py FOLDER exchange|rename once|on`. It prints how
many points there were, with what the run was refused, and what stood in place of the output then.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from killed import in_halves, look, prepare
from outputs import NEW, unable

from specwright.emit.write import exchange
from specwright.problems import Refused

TAKES_ROOM = ("open", "half written", "os.mkdir", "os.link", "os.rename", "os.chmod")
"""What a full disk refuses; what only reads or removes is let through."""


class Disk:
    """The disk, as it is full from one point on, or at that point alone."""

    def __init__(self, *, stays: bool) -> None:
        self.stays = stays
        self.point = 0
        self.count = 0

    def fill_at(self, point: int) -> None:
        self.point, self.count = point, 0

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.point or event not in TAKES_ROOM or (event == "open" and not arguments[2] & os.O_CREAT):
            return
        self.count += 1
        if self.count == self.point or (self.stays and self.count > self.point):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(arguments[0] if arguments else ""))


def main(folder: Path, way: str, lasting: str) -> dict[str, Any]:
    if way == "rename":
        exchange.exchanged = unable
    Path.write_bytes = in_halves  # type: ignore[method-assign,assignment]
    disk = Disk(stays=lasting == "on")
    sys.addaudithook(disk.hook)
    seen: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    for point in range(1, 1_000):
        place = folder / str(point)
        place.mkdir()
        output = prepare(place)
        disk.fill_at(point)
        try:
            output.write(NEW)
            code = "written"
        except Refused as refused:
            (problem,) = refused.problems
            code = problem.code
        reached = disk.count >= point
        disk.fill_at(0)
        state = look(output)
        if not reached:
            return {"points": point - 1, "seen": seen, "codes": codes, "unfailed": state}
        seen[state] += 1
        codes[code] += 1
        if state == "old" and (left := [name for name in output.siblings() if not exchange_leaves(name)]):
            raise SystemExit(f"after a failure at {point}: {left}")
        output.write(NEW)  # the next run
        if look(output) != "new" or output.siblings():
            raise SystemExit(
                f"after a failure at {point}, and another run: {look(output)}, {output.siblings()}"
            )
    raise SystemExit("the run does not end")


def exchange_leaves(name: str) -> bool:
    """Whether it is the folder that could not be put in place, which the next run clears away."""
    return name.endswith(".specwright-new")


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), *sys.argv[2:])))  # noqa: T201 - a program
