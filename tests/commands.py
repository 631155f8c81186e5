"""The commands as a user runs them, and a small repository to run them in."""

from __future__ import annotations

import contextlib
import os
import pty
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from specwright.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pytest

PETS = """\
openapi: 3.1.1
info: { title: Pets, version: 1.2.0 }
servers: [{ url: "https://pets.example" }]
paths:
  /pets/{id}:
    put:
      operationId: putPet
      tags: [pets]
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/Pet" }
      responses:
        "200":
          description: The pet.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Pet" }
components:
  schemas:
    Pet:
      type: object
      required: [name, kind]
      properties:
        id: { type: string, readOnly: true }
        name: { type: string }
        kind: { type: string, enum: [cat, dog] }
        age: { type: integer, minimum: 0 }
        owner: { $ref: "#/components/schemas/Owner" }
    Owner:
      type: object
      required: [email]
      properties:
        email: { type: string, minLength: 3 }
"""
NOWHERE = PETS.replace("schemas/Owner", "schemas/Nobody")
"""The same with a `$ref` to nowhere, which is a warning."""


DESCRIBED = PETS.replace(
    "      tags: [pets]\n", "      tags: [pets]\n      summary: Change a pet.\n"
).replace("components:\n", "        default: { description: An error. }\ncomponents:\n")
"""The same with all that an author can say of an operation, so that there is nothing to advise."""


class Ran(NamedTuple):
    status: int
    out: str
    err: str


@dataclass
class Repository:
    folder: Path
    captured: pytest.CaptureFixture[str]

    def run(self, *arguments: str) -> Ran:
        self.captured.readouterr()
        status = main(arguments)
        out, err = self.captured.readouterr()
        return Ran(status, out, err)

    def write(self, path: str, text: str | bytes) -> Path:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def files(self, below: str = ".") -> dict[str, tuple[bytes, Any]]:
        """The content and the time of each file."""
        return {
            path.relative_to(self.folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in sorted((self.folder / below).rglob("*"))
            if path.is_file()
        }


def program(*arguments: str, text: str | None = None, **more: Any) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own, between pipes."""
    command = [sys.executable, "-m", "specwright", *arguments]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False, **more)


@contextlib.contextmanager
def begun(command: Sequence[str | Path], **more: Any) -> Iterator[subprocess.Popen[Any]]:
    """A process that ends with this, and at the latest when a test has taken too long."""
    with subprocess.Popen(command, **more) as run:
        try:
            yield run
        finally:
            run.kill()  # of one that has ended, nothing: leaving waits for its end


def on_a_terminal(*arguments: str, columns: int = 100) -> tuple[int, str]:
    """The exit status, and all that a terminal gets to see."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": str(columns)}
    command = [sys.executable, "-m", "specwright", *arguments]
    with begun(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as run:
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # what reading from a terminal ends with
            while piece := os.read(ours, 4096):
                shown += piece
        os.close(ours)
        run.wait()
    return run.returncode, shown.decode()
