"""Write one output folder again and again, while others do: `python raced.py FOLDER exchange|rename NUMBER`."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from outputs import Output, unable

from specwright.emit.write import exchange
from specwright.problems import Refused


def main(folder: Path, way: str, number: str) -> None:
    if way == "rename":
        exchange.exchanged = unable
    for turn in range(20):
        with suppress(Refused):  # another run wrote after we planned
            Output(folder).write({f"pets/{name}.py": f"{number}.{turn}" for name in "abcdefgh"})


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
