"""Imports every module of a package, and looks up each validator that its checks name; prints how many modules there are.

Run as `python -W error -m sweeps.flavour.imports FOLDER PACKAGE`.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys


def main() -> None:
    """Do it."""
    folder, name = sys.argv[1:]
    sys.path.insert(0, folder)
    package = importlib.import_module(name)
    modules = [module.name for module in pkgutil.walk_packages(package.__path__, f"{name}.")]
    for module in modules:
        importlib.import_module(module)
    validators = importlib.import_module(f"{name}.validators")
    checks = importlib.import_module(f"{name}.checks")
    for operation in checks._OPERATIONS.values():  # noqa: SLF001 -- it is looked into
        answers = [function for answer in operation.answers.values() for function in answer.values()]
        for function in filter(None, [operation.parameters, *operation.bodies.values(), *answers]):
            getattr(validators, function)
    json.dump({"modules": len(modules)}, sys.stdout)


if __name__ == "__main__":
    main()
