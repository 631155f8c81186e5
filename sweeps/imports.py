"""Imports every module of a package and builds the decoder of every model; prints what it counted, as JSON.

Run as `python -W error -m sweeps.imports FOLDER PACKAGE`, with the names of the document's schemas and the places of its
Problems on standard input.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from sweeps.methods import kinds, routes


def main() -> None:
    """Do it."""
    folder, name = sys.argv[1:]
    asked = json.load(sys.stdin)
    sys.path.insert(0, folder)
    package = importlib.import_module(name)
    modules = [module.name for module in pkgutil.walk_packages(package.__path__, f"{name}.")]
    for module in modules:
        importlib.import_module(module)
    models = importlib.import_module(f"{name}.models")
    names: dict[str, str] = tomllib.loads((Path(folder) / "specwright.lock").read_text(encoding="utf-8"))[
        "names"
    ]
    missing = [
        schema
        for schema in asked["schemas"]
        if not _importable(models, names.get(f"model #/components/schemas/{_escaped(schema)}"))
        and not any(place.endswith(f"schemas/{_escaped(schema)}") for place in asked["places"])
    ]
    found = routes(name)
    json.dump(
        {
            "modules": len(modules),
            # An operation that answers with a stream too has a method for that.
            "methods": sum(max(map(len, kinds(ways))) for ways in found.values()),
            "models": len(asked["schemas"]) - len(missing),
            "missing": missing[:10],
            "decoders": decoders(models),
        },
        sys.stdout,
    )


def _importable(models: Any, name: str | None) -> bool:
    return name is not None and hasattr(models, name)


def decoders(models: Any) -> list[str]:
    """The models that no decoder can be built of."""
    faults: list[str] = []
    for name in dir(models):
        kind = getattr(models, name)
        if (
            isinstance(kind, type)
            and issubclass(kind, msgspec.Struct)
            and kind.__module__.startswith(models.__name__)
        ):
            try:
                msgspec.json.Decoder(kind, dec_hook=lambda _kind, value: value)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
                faults.append(f"{name}: {error}"[:200])
    return faults


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")


if __name__ == "__main__":
    main()
