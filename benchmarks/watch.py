"""Run as a program: runs a command and prints, as JSON, the time and memory that it took, and how it ended.

`python watch.py SECONDS COMMAND…`: after so many seconds the command is ended, with all that it started. The memory is
that of the largest of its processes. A process is charged with what it was copied from, so that this one is a small one.
"""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import subprocess
import sys
from time import perf_counter

_MOST_SAID = 300
_KIBIBYTE = 1024 if sys.platform == "darwin" else 1
"""What the system counts memory in."""


def main(patience: str, *command: str) -> None:
    """Run it, and print what is known of it."""
    start = perf_counter()
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        try:
            said, _ = process.communicate(timeout=float(patience))
            ended = True
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            said = _left(process)
            ended = False
    seconds = perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = {
        "seconds": seconds,
        "processor": used.ru_utime + used.ru_stime,
        "kibibytes": used.ru_maxrss // _KIBIBYTE,
        "status": process.returncode if ended else None,
        "said": _last(said.decode("utf-8", "replace"))[:_MOST_SAID],
    }
    print(json.dumps(found))


def _left(process: subprocess.Popen[bytes]) -> bytes:
    """What it said before it was ended; nothing, where others that it started still could say more."""
    try:
        return process.communicate(timeout=10)[0]
    except subprocess.TimeoutExpired:
        return b""


def _last(said: str) -> str:
    """The last line that is neither empty nor one of the calls that led to a failure."""
    lines = [line.strip() for line in said.splitlines() if re.search(r"\w", line) and "\tat " not in line]
    return lines[-1] if lines else ""


if __name__ == "__main__":
    main(*sys.argv[1:])
