"""What `specwright init` does: it gives a repository a first document and what regenerates and checks its package.

Nothing is overwritten: a file is made where there is none; `pyproject.toml` and a Makefile get lines at their end. It is
all or nothing: where one file can't be written, the others are as they were.
"""

from __future__ import annotations

import os
import re
import tomllib
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from specwright.emit.lock import FILE_NAME, minor
from specwright.problems import Place, Refused, problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
"""What a document may be called: it names files, a table of TOML and the package."""
_MAKEFILES: Final = ("GNUmakefile", "makefile", "Makefile")
"""Where make looks, in its order."""
_ATTRIBUTE: Final = re.compile(r"^generated/\*\*\s.*(?:-text|-crlf|\beol=lf)", re.MULTILINE)
_MARK: Final = "# specwright: begin"
_TARGET: Final = re.compile(r"^([\w-]+):.*\n\tspecwright generate$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Step:
    """One file of a repository, and what is done to it."""

    path: str
    done: Literal["created", "extended", "kept"]
    text: str
    """What is written into it or, where it is there already, at its end."""


@dataclass(frozen=True, slots=True)
class Started:
    """A repository that is ready for `specwright generate`."""

    name: str
    """What the configuration calls the document."""
    steps: tuple[Step, ...]
    next: tuple[str, ...]
    """What to do now: commands, or sentences."""


def init(folder: Path, name: str | None, version: str) -> Started:
    """Make a repository ready.

    Args:
        folder: Its top.
        name: What to call the document, which matches `NAME`. Without it, the first that the repository has already, or
            else one called as the folder.
        version: Of specwright; the workflow installs the same.

    Raises:
        Refused: `pyproject.toml` can't take the section, or the system does not let us. Nothing is changed then.
    """
    if (folder / FILE_NAME).exists():
        found = f"{folder} is what specwright wrote of a document, and no place for a repository."
        raise Refused((problem("output-in-the-way", None, found, "Go to the top of the repository."),))
    known = listed(folder)
    name = name or next(iter(known), None) or _name_of(folder)
    texts = {"name": name, "version": minor(version)}
    try:
        steps = (
            *(
                _kept(folder, known[name])
                if name in known
                else (
                    section(folder, _starter("section.toml", texts)),
                    _new(folder, f"spec/{name}.yaml", "document.yaml", texts),
                )
            ),
            _targets(folder),
            _attributes(folder),
            _new(folder, ".github/workflows/specwright.yml", "workflow.yml", texts),
        )
        do_all(folder, steps)
    except OSError as error:
        message = f"can't write {error.filename or folder}: {error.strerror or error}"
        raise Refused((problem("output-unwritable", None, message),)) from error
    return Started(name, steps, tuple(_next(name, folder)))


def _kept(folder: Path, document: Mapping[str, Any]) -> tuple[Step, ...]:
    """The configuration that lists a document, and the document, where that is there."""
    paths = ("pyproject.toml", document.get("spec"))
    return tuple(
        Step(path, "kept", "") for path in paths if isinstance(path, str) and (folder / path).is_file()
    )


def _attributes(folder: Path) -> Step:
    """That git leaves the line ends of what is generated as they are."""
    path = ".gitattributes"
    added = _starter("gitattributes", {})
    if not (folder / path).exists():
        return Step(path, "created", added)
    text = (folder / path).read_bytes().decode("utf-8", "surrogateescape")
    return Step(path, "kept", "") if _ATTRIBUTE.search(text) else Step(path, "extended", added)


def _next(name: str, folder: Path) -> Iterator[str]:
    document = listed(folder).get(name, {})
    yield f"Write your API into {document.get('spec', 'its document')}."
    if target := _TARGET.search((folder / _makefile(folder)).read_text("utf-8", "replace")):
        yield f"Run `make {target[1]}`, which is `specwright generate`: it writes the package."
    if "output" in document:
        yield f"Run `python -m pip install -e {document['output']}`, and call it as its README shows."


def _name_of(folder: Path) -> str:
    """A name for the first document of a repository: that of its folder, so far as it can be one."""
    name = "-".join(re.findall(r"[a-z0-9]+", folder.resolve().name.lower()))
    return name if NAME.fullmatch(name) else "api"


def listed(folder: Path) -> dict[str, dict[str, Any]]:
    """The documents that the configuration of a repository lists, as it has them."""
    path = folder / "pyproject.toml"
    found: Any = (
        _parsed(path.read_bytes().decode("utf-8", "surrogateescape"), path.name) if path.exists() else {}
    )
    for key in ("tool", "specwright", "documents"):
        found = _table(found).get(key)
    return {name: _table(document) for name, document in _table(found).items()}


def _table(value: object) -> dict[str, Any]:
    """The value, if it is a table, as a configuration with a mistake may not have it."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _starter(file: str, texts: dict[str, str]) -> str:
    """A file of the starter, with the texts in place of their names in braces."""
    text = resources.files(__name__).joinpath("starter", file).read_text("utf-8")
    return re.sub(r"\{(\w+)\}", lambda found: texts.get(found[1], found[0]), text)


def _new(folder: Path, path: str, file: str, texts: dict[str, str]) -> Step:
    there = (folder / path).exists() or (folder / path).is_symlink()
    return Step(path, "kept" if there else "created", _starter(file, texts))


def section(folder: Path, added: str) -> Step:
    """A section more in the configuration.

    Raises:
        Refused: With it, `pyproject.toml` would not be TOML.
    """
    path = folder / "pyproject.toml"
    if not path.exists():
        return Step("pyproject.toml", "created", added)
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    _parsed(text + _lead(text) + added, "pyproject.toml with a section for specwright")
    return Step("pyproject.toml", "extended", added)


def _parsed(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = Place("pyproject.toml", 1, 1, "", "")
        raise Refused((problem("config-syntax", place, f"{name} is not TOML: {error}"),)) from error


def _makefile(folder: Path) -> str:
    return next((name for name in _MAKEFILES if (folder / name).exists()), _MAKEFILES[-1])


def _targets(folder: Path) -> Step:
    """The targets of make, under names that the Makefile does not have yet."""
    path = _makefile(folder)
    if not (folder / path).exists():
        return Step(path, "created", _starter("targets.mk", {"generate": "generate", "check": "check"}))
    text = (folder / path).read_bytes().decode("utf-8", "surrogateescape")
    if _MARK in text:
        return Step(path, "kept", "")
    names = {
        name: f"specwright-{name}" if re.search(rf"^{name}\s*:", text, re.MULTILINE) else name
        for name in ("generate", "check")
    }
    return Step(path, "extended", _starter("targets.mk", names))


def _lead(text: str) -> str:
    """What sets lines apart from those before them."""
    return "" if not text else "\n" if text.endswith("\n") else "\n\n"


def do_all(folder: Path, steps: tuple[Step, ...]) -> None:
    """Do every step, or none: the configuration comes last, so that it lists no document that is not there."""
    with ExitStack() as undo:
        for step in sorted(steps, key=lambda step: step.path == "pyproject.toml"):
            _do(folder / step.path, step, undo)
        undo.pop_all()


def _do(path: Path, step: Step, undo: ExitStack) -> None:
    if step.done == "created":
        for above in reversed([above for above in path.parents if not above.is_dir()]):
            above.mkdir()
            undo.callback(above.rmdir)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            undo.callback(path.unlink)
            file.write(step.text)
    elif step.done == "extended":
        content = path.read_bytes()
        text = content.decode("utf-8", "surrogateescape")
        with path.open("a", encoding="utf-8", newline="\n") as file:
            undo.callback(os.truncate, path, len(content))
            file.write(_lead(text) + step.text)
