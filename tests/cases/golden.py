"""The golden cases: a folder each, with a small document, the files that it gives, and a test that uses them."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from specwright.config import Config
from specwright.document import load
from specwright.emit.allowed import is_runtime
from specwright.emit.render import render, runtime
from specwright.emit.tidy import tidy
from specwright.emit.vet import vet
from specwright.plan import plan
from specwright.problems import printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FOLDER: Final = Path(__file__).resolve().parent
NAMES: Final = sorted(spec.parent.name for spec in FOLDER.glob("*/spec.yaml"))
"""The cases; the package of each is called as its folder."""

PROBLEMS: Final = "problems.txt"
"""What is said of the document, as it is printed; absent where nothing is."""


def produced(case: str) -> dict[str, str]:
    """What the generator makes of a case: the text of each file, without those that are the same in every package."""
    folder = FOLDER / case
    settings = folder / "config.toml"
    said = tomllib.loads(settings.read_text("utf-8")) if settings.is_file() else {}
    # Problems name files relative to the current folder.
    before = Path.cwd()
    os.chdir(folder)
    try:
        config = Config(spec=Path("spec.yaml"), package=case, **said)
        document = load(config.spec, config)
        planned = plan(document, config, {})
        files = vet(tidy(render(planned.api, planned.layout)), runtime())
        problems = [printed(found) for found in (*document.problems, *planned.problems)]
    finally:
        os.chdir(before)
    own = {path: text for path, text in files.items() if text and not is_runtime(path)}
    return own | ({PROBLEMS: "\n".join(problems) + "\n"} if problems else {})


def expected(case: str) -> dict[str, str]:
    """What a case is expected to give."""
    folder = FOLDER / case / "expected"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def update(case: str) -> None:
    """Expect what comes out now, and nothing else."""
    folder = FOLDER / case / "expected"
    files = produced(case)
    for path in expected(case).keys() - files.keys():
        (folder / path).unlink()
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.is_file() or target.read_bytes() != text.encode():
            target.write_bytes(text.encode())


def assemble(cases: Iterable[str], target: Path) -> None:
    """Put the packages of cases, as they are expected, with their runtime into the folder `target`."""
    for case in cases:
        files = {path: text for path, text in expected(case).items() if path.startswith(f"{case}/")}
        files[f"{case}/py.typed"] = ""
        copy(files, target)
        copy({f"{case}/_runtime/{path}": text for path, text in runtime().items()}, target)


def copy(files: Mapping[str, str], target: Path) -> None:
    """Write files into the folder `target`."""
    for path, text in files.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(text.encode())
