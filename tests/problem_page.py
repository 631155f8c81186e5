"""`docs/problems.md`: every Problem, from the catalogue, with the smallest example that prints it.

The example of a code is the folder of that name in `problems/`, else the smallest of `refused/` whose message has it: the
files that are there, and the commands of `command.txt`, by default `specwright lint` of the document.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from specwright.cli import main
from specwright.problems import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.catalogue import Entry

HERE: Final = Path(__file__).parent
PAGE: Final = HERE.parent / "docs" / "problems.md"
OWN: Final = HERE / "problems"
REFUSED: Final = HERE / "refused"
COMMANDS: Final = "command.txt"
CODES: Final = re.compile(r"\b(?:error|warning|note)\[([a-z-]+)\]")
_LANGUAGES: Final = {".yaml": "yaml", ".json": "json", ".toml": "toml"}
_WIDEST, _LONGEST = 120, 16

_HEAD: Final = """\
# Problems

<!-- Written by `make docs` from generator/specwright/catalogue.py and the examples below tests/: change those. -->

What specwright finds wrong has a code, a place in the document and a hint:

```text
spec/pets.yaml:12:30: warning[ref-missing]: `#/components/schemas/Petz` leads nowhere: there is no `Petz`.
```

- An **error** is what can't be read, or must not be done: nothing is written, and the exit status is 2.
- A **warning** is a mistake that `specwright generate` goes on past. What it does instead stands behind the semicolon
  of the meaning. `--strict` makes errors of warnings; `specwright lint` ends with 1 where there is one.
- A **note** says what you may want to know, and never stops anything.

Codes from [`bounds-contradict`](#bounds-contradict) on are those of `specwright lint` alone: mistakes and advice that change
nothing of what is generated.

`ignore = ["null-value"]` in the section of a document in `pyproject.toml` silences a code, but no error.
`x-specwright-ignore: [null-value]` in the document, or in an overlay, silences it at that object and in all that stands in
it; what that silences nothing is [said, too](#ignore-idle). `--json` on each command has all Problems as objects with
`code`, `severity`, `message`, `hint` and `place`; `specwright lint --format` has SARIF and GitHub's annotations as well.

| code | severity | meaning |
|---|---|---|
"""


class Example(NamedTuple):
    """A way to a Problem."""

    folder: Path
    commands: tuple[str, ...]

    def files(self) -> Iterator[tuple[str, bytes]]:
        """What is in the folder before the first command: the document last."""
        paths = (path for path in self.folder.iterdir() if path.name not in {COMMANDS, "message.txt"})
        for path in sorted(paths, key=lambda path: (path.stem == "spec", path.name)):
            yield path.name, path.read_bytes()


def examples() -> dict[str, Example]:
    """The example of each code that has one."""
    found: dict[str, Path] = {}
    for message in sorted(REFUSED.glob("*/message.txt"), key=lambda path: (_size(path.parent), path)):
        for code in CODES.findall(message.read_text("utf-8")):
            found.setdefault(code, message.parent)
    found |= {folder.name: folder for folder in sorted(OWN.iterdir())}
    return {code: Example(folder, _commands(folder)) for code, folder in found.items()}


def examples_of_documents() -> dict[str, Example]:
    """Those of codes that there are which are a document, linted, and nothing else."""
    lint = ["specwright", "lint"]
    return {
        code: example
        for code, example in examples().items()
        if code in CATALOGUE and [command.split()[:-1] for command in example.commands] == [lint]
    }


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir() if path.name != "message.txt")


def _commands(folder: Path) -> tuple[str, ...]:
    written = folder / COMMANDS
    if written.exists():
        return tuple(written.read_text("utf-8").splitlines())
    spec = next(path.name for path in sorted(folder.iterdir()) if path.stem == "spec")
    return (f"specwright lint {spec}",)


def printed(example: Example, folder: Path) -> str:
    """What the commands of an example print to standard error, run in a folder that is made for it."""
    folder.mkdir()
    for name, content in example.files():
        (folder / name).write_bytes(content)
    said = io.StringIO()
    with (
        contextlib.chdir(folder),
        contextlib.redirect_stderr(said),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        for command in example.commands:
            program, *arguments = shlex.split(command)
            if program == "specwright":
                main(arguments)
            else:
                subprocess.run(["/bin/sh", "-c", command], check=True, env=dict(os.environ))
    shutil.rmtree(folder)
    return said.getvalue()


def page(shown: Mapping[str, str]) -> str:
    """The page, given what the example of each code prints."""
    index = "".join(
        f"| [`{code}`](#{code}) | {entry.severity} | {_cell(entry.means)} |\n"
        for code, entry in sorted(CATALOGUE.items())
    )
    known = examples()
    sections = (
        _section(code, entry, known.get(code), shown.get(code, "")) for code, entry in CATALOGUE.items()
    )
    return _HEAD + index + "".join(sections)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _section(code: str, entry: Entry, example: Example | None, shown: str) -> str:
    parts = [f"\n## {code}\n", f"**{entry.severity.capitalize()}.** {entry.means}\n"]
    if entry.advice:
        parts.append(f"What to do: {entry.advice}\n")
    if example is None:
        return "\n".join(
            [*parts, "It depends on the system and on what else runs, so no example is shown.\n"]
        )
    for name, content in example.files():
        text = content.decode("utf-8", "backslashreplace").replace("\0", "\\x00")
        parts.append(f"`{name}`:\n\n{_block(_LANGUAGES[Path(name).suffix], text)}")
    transcript = "".join(f"$ {command}\n" for command in example.commands) + shown
    return "\n".join([*parts, _block("console", transcript)])


def _block(language: str, text: str) -> str:
    """Text as it is, but for what is too long or too wide for a page."""
    lines = text.splitlines()
    kept = [line if len(line) <= _WIDEST else f"{line[: _WIDEST - 1]}…" for line in lines[:_LONGEST]]
    if len(lines) > _LONGEST:
        kept.append("…")
    return "\n".join([f"```{language}", *kept, "```", ""])
