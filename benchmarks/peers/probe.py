"""Run as a program: imports every module of packages and prints, as JSON, how many there are and which fail.

`python probe.py FOLDER NAME…`: the names are of modules and packages in the folder.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
import warnings


def main(folder: str, *names: str) -> None:
    """Import each and all that is in it."""
    warnings.simplefilter("ignore")
    sys.path.insert(0, folder)
    failed: dict[str, str] = {}
    count = 0
    waiting = list(names)
    while waiting:
        name = waiting.pop(0)
        count += 1
        try:
            module = importlib.import_module(name)
        except BaseException as error:  # noqa: BLE001  # whatever a module raises, it is not importable
            failed[name] = f"{type(error).__name__}: {error}"[:300]
            continue
        inside = pkgutil.iter_modules(getattr(module, "__path__", ()))
        waiting += [f"{name}.{found.name}" for found in inside if found.name != "__main__"]
    print(json.dumps({"modules": count, "failed": failed}))


if __name__ == "__main__":
    main(*sys.argv[1:])
