"""A JavaScript engine as the judge of what a regular expression of ECMA-262 means."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

NODE: Final = shutil.which("node")

_PROGRAM: Final = """
const cases = JSON.parse(require("fs").readFileSync(0, "utf8"));
const found = cases.map(([pattern, texts]) => {
  try { const regex = new RegExp(pattern, "u"); return texts.map((text) => regex.test(text)); }
  catch { return null; }
});
process.stdout.write(JSON.stringify(found));
"""


def judged(cases: Sequence[tuple[str, Sequence[str]]]) -> list[list[bool] | None]:
    """For each pattern, in which of its texts it is found; `None` where it is no pattern."""
    assert NODE
    done = subprocess.run(
        [NODE, "-e", _PROGRAM],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    answer: list[list[bool] | None] = json.loads(done.stdout)
    return answer
