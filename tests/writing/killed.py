"""Kill a run that writes an output folder at each point there is, and look at what it leaves.

A program of its own, since it forks: `python killed.py FOLDER exchange|rename`. It prints how many points there were, and
what stood in place of the output after each kill.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from outputs import NEW, OLD, Output, unable

from specwright.emit.write import exchange

MINE = {"notes.txt": "mine", "pets/old/mine.txt": "mine, too"}


def prepare(folder: Path) -> Output:
    output = Output(folder / "out")
    output.write(OLD)
    for path, text in MINE.items():
        (output.folder / path).write_text(text)
    return output


def write_and_die(output: Output, point: int) -> None:
    """In a child: write, and be killed at the `point`th thing that the system is asked for. A file is written in halves."""
    count = 0

    def hook(_event: str, _arguments: object) -> None:
        nonlocal count
        count += 1
        if count == point:
            os.kill(os.getpid(), signal.SIGKILL)

    def in_halves(path: Path, data: bytes) -> int:
        with path.open("wb", buffering=0) as file:
            file.write(data[: len(data) // 2])
            sys.audit("half written")
            return file.write(data[len(data) // 2 :])

    Path.write_bytes = in_halves  # type: ignore[method-assign,assignment]
    sys.addaudithook(hook)
    output.write(NEW)


def sorted_text(files: dict[str, str]) -> str:
    return str(dict(sorted(files.items())))


def look(output: Output) -> str:
    if not output.folder.exists():
        return "absent"
    text = sorted_text(output.content())
    states = {sorted_text({**OLD, **MINE}): "old", sorted_text({**NEW, **MINE}): "new"}
    return states.get(text, f"a mix: {text}")


def main(folder: Path, way: str) -> dict[str, Any]:
    if way == "rename":
        exchange.exchanged = unable
    seen: Counter[str] = Counter()
    for point in range(1, 10_000):
        place = folder / str(point)
        place.mkdir()
        output = prepare(place)
        child = os.fork()
        if child == 0:
            write_and_die(output, point)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        state = look(output)
        if not os.WIFSIGNALED(status):
            return {"points": point - 1, "seen": seen, "unkilled": state}
        seen[state] += 1
        output.write(NEW)  # the next run
        if look(output) != "new" or output.siblings():
            raise SystemExit(f"after a kill at {point}: {look(output)}, {output.siblings()}")
    raise SystemExit("the run does not end")


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2])))  # noqa: T201 - a program
