"""A JavaScript engine that is asked again and again, since starting one takes longer than what it is asked."""

from __future__ import annotations

import json
import select
import shutil
import subprocess
from functools import cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

NODE: Final = shutil.which("node")

_SECONDS: Final = 60
"""How long it may take for one pattern: it tracks back, and some take it longer than anybody waits."""

_PROGRAM: Final = """
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const [pattern, texts] = JSON.parse(line);
  let found = null;
  try { const regex = new RegExp(pattern, "u"); found = texts.map((text) => regex.test(text)); } catch { }
  process.stdout.write(JSON.stringify(found) + "\\n");
});
"""


@cache
def _started() -> subprocess.Popen[str] | None:
    if NODE is None:
        return None
    return subprocess.Popen([NODE, "-e", _PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def searched(pattern: str, texts: Sequence[str]) -> list[bool] | None:
    """In which of the texts a pattern is found; None where it is none to the engine, or there is no engine."""
    engine = _started()
    if engine is None or engine.stdin is None or engine.stdout is None:
        return None
    engine.stdin.write(json.dumps([pattern, list(texts)]) + "\n")
    engine.stdin.flush()
    if not select.select([engine.stdout], [], [], _SECONDS)[0]:
        engine.kill()
        raise TimeoutError(f"the engine takes more than {_SECONDS} seconds for {pattern!r}")
    answer: Any = json.loads(engine.stdout.readline())
    found: list[bool] | None = answer
    return found
