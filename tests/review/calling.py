"""Runs code that calls a package against a server that does as a document says: a script, of what JSON on stdin lists.

Each item has a `package`, the `folder` that it is in, a `document` and a `caller`; printed is what comes of each, as JSON.
Warnings are errors.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2

sys.path.insert(0, str(Path(__file__).parents[1]))

from review.stub import Stub

if TYPE_CHECKING:
    from collections.abc import Mapping


def outcome(package: str, folder: str, document: str, caller: str) -> str:
    """`works`, or `fails` and by which error."""
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        del sys.modules[name]
    sys.path.insert(0, folder)
    stub = Stub(Path(document))
    try:
        with warnings.catch_warnings(), httpx2.Client(transport=httpx2.MockTransport(stub)) as http:
            warnings.simplefilter("error")
            _run(caller, http)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what is asked for
        return f"fails: {type(error).__name__}: {error}"
    finally:
        sys.path.remove(folder)
    return "works"


def _run(caller: str, http: httpx2.Client) -> None:
    spec = importlib.util.spec_from_file_location("caller", caller)
    if spec is None or spec.loader is None:
        raise ImportError(caller)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.run(http, "my-key")


def main() -> None:
    """Run them all."""
    items: list[Mapping[str, str]] = json.load(sys.stdin)
    json.dump([outcome(**item) for item in items], sys.stdout)


if __name__ == "__main__":
    main()
