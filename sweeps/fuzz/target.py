"""One property under a fuzzer that sees which code an input reaches: `python -m sweeps.fuzz.target NAME [libFuzzer's options]`."""

from __future__ import annotations

import sys

import atheris


def main() -> None:
    """Look for an input for which it does not hold, until that or the time is over."""
    with atheris.instrument_imports(include=["specwright"], enable_loader_override=False):
        from sweeps.fuzz.draws import Draws  # noqa: PLC0415 - what is imported here is instrumented
        from sweeps.fuzz.properties import PROPERTIES  # noqa: PLC0415 - what is imported here is instrumented

    name = sys.argv.pop(1)
    held = PROPERTIES[name]

    def one(data: bytes) -> None:
        held(Draws(data))

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
