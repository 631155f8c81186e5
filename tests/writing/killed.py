"""Kill a run that writes an output folder at each point there is, and look at what it leaves.

A program of its own, since it forks: `python killed.py FOLDER exchange|rename [EVERY]`. It prints how many points there were,
and what stood in place of the output after each kill. With EVERY, the run that tidies up after a kill is killed, too: at one
of so many points, each time at others.
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


def in_halves(path: Path, data: bytes) -> int:
    """Write a file in two steps, which can be told apart."""
    with path.open("wb", buffering=0) as file:
        file.write(data[: len(data) // 2])
        sys.audit("half written", str(path))
        return file.write(data[len(data) // 2 :])


def write_and_die(output: Output, point: int) -> None:
    """In a child: write, and be killed at the `point`th thing that the system is asked for. A file is written in halves."""
    count = 0

    def hook(_event: str, _arguments: object) -> None:
        nonlocal count
        count += 1
        if count == point:
            os.kill(os.getpid(), signal.SIGKILL)

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


def killed(output: Output, point: int) -> bool:
    """Whether a run got as far as that point, and was killed there."""
    child = os.fork()
    if child == 0:
        write_and_die(output, point)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def main(folder: Path, way: str) -> dict[str, Any]:
    """Kill a run at each point, and let the next one come to its end."""
    if way == "rename":
        exchange.exchanged = unable
    seen: Counter[str] = Counter()
    for point in range(1, 10_000):
        output = prepared(folder / str(point))
        was_killed = killed(output, point)
        state = look(output)
        if not was_killed:
            return {"points": point - 1, "seen": seen, "unkilled": state}
        seen[state] += 1
        end(output, f"a kill at {point}")
    raise SystemExit("the run does not end")


def twice(folder: Path, way: str, every: int) -> dict[str, Any]:
    """Kill a run at each point that leaves something else behind, and then the next one; the third comes to its end."""
    if way == "rename":
        exchange.exchanged = unable
    seen: Counter[str] = Counter()
    left: set[str] = set()
    for first in range(1, 10_000):
        output = prepared(folder / str(first))
        if not killed(output, first):
            return {"points": first - 1, "left": len(left), "seen": seen}
        if (found := traces(output)) in left:
            continue
        left.add(found)
        for second in range(1 + len(left) % every, 10_000, every):
            output = prepared(folder / f"{first}-{second}")
            killed(output, first)
            was_killed = killed(output, second)
            seen[look(output)] += 1
            end(output, f"kills at {first} and {second}")
            if not was_killed:
                break
    raise SystemExit("the run does not end")


def prepared(place: Path) -> Output:
    place.mkdir()
    return prepare(place)


def end(output: Output, after: str) -> None:
    """Let another run come to its end."""
    output.write(NEW)
    if look(output) != "new" or output.siblings():
        raise SystemExit(f"after {after}: {look(output)}, {output.siblings()}")


def traces(output: Output) -> str:
    """All that is there, beside the output and in it."""
    parent = output.folder.parent
    files = (path for path in sorted(parent.rglob("*")) if path.is_file())
    return str([(path.relative_to(parent), path.read_bytes()) for path in files])


if __name__ == "__main__":
    place, way, *every = sys.argv[1:]
    made = twice(Path(place), way, int(every[0])) if every else main(Path(place), way)
    print(json.dumps(made))  # noqa: T201 - a program
