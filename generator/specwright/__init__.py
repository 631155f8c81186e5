"""specwright turns an OpenAPI document into a Python package that people like to use: a client, models and validators.

The functions here are what the commands call:

```python
from pathlib import Path
import specwright

made = specwright.generate(specwright.Config(spec=Path("spec/pets.yaml"), output=Path("generated/pets")))
print(made.package, made.operations)
```
What is wrong with a document comes as `Problem`s: those that could be worked around are in the result, and the others
are in the `Refused` that is raised, with nothing written. Each stage is imported when it is reached.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from specwright import asked
from specwright.version import __version__ as __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from specwright.config import Config as Config
    from specwright.document import Document
    from specwright.emit.lock import Lock
    from specwright.problems import Problem as Problem
    from specwright.problems import Refused as Refused
    from specwright.reference import Prepared
    from specwright.reference.model import Reference as Reference
    from specwright.results import Checked as Checked
    from specwright.results import Documented as Documented
    from specwright.results import Generated as Generated
    from specwright.results import Made
    from specwright.review.findings import Axis
    from specwright.review.findings import Review as Review
    from specwright.review.policy import Policy as Policy
    from specwright.runtime.issues import Issue
    from specwright.stores import Store
    from specwright.validation import Validator as Validator

__all__ = [
    "Checked",
    "Config",
    "Documented",
    "Generated",
    "Policy",
    "Prepared",
    "Problem",
    "Reference",
    "Refused",
    "Review",
    "Validator",
    "check",
    "compile_validator",
    "describe",
    "diff",
    "docs",
    "generate",
    "lint",
    "prepare",
    "serve",
    "validate",
    "validator",
]

_HOMES = {
    "Checked": "specwright.results",
    "Config": "specwright.config",
    "Documented": "specwright.results",
    "Generated": "specwright.results",
    "Policy": "specwright.review.policy",
    "Prepared": "specwright.reference",
    "Problem": "specwright.problems",
    "Reference": "specwright.reference.model",
    "Refused": "specwright.problems",
    "Review": "specwright.review.findings",
    "Validator": "specwright.validation",
}


def generate(  # noqa: PLR0913 - each may be left out
    spec: Path | str | None = None,
    *,
    config: Config | None = None,
    output: Path | str | None = None,
    package: str | None = None,
    dry_run: bool = False,
    store: Store | None = None,
) -> Generated:
    """Make the package of one document, and write it to its output folder.

    Args:
        spec: The document, if not the one that `config` names.
        config: Which document, where to, and how; without it, what the nearest `pyproject.toml` says of `spec`, or of
            the first document that it lists.
        output: The folder, if not the one that `config` names; by default the distribution's name, in the current one.
        package: The name to import it by, if not the one that `config` names.
        dry_run: Do everything but write, and declare what is read and what would be there.
        store: Where the files of the document come from, if not from the disk.

    Raises:
        Refused: The document can't be used, or the folder holds what specwright did not write. Nothing was changed.
    """
    from dataclasses import replace

    from specwright.action import action
    from specwright.emit.write import preview, read_lock, recall, write
    from specwright.stores import Disk
    from specwright.unchanged import unchanged

    settings = asked.settings(spec, config, output, package)
    store = store or Disk()
    if dry_run:
        made = _made(settings, read_lock, store=store)
        done = preview(made.files, made.target, made.lock)
        return replace(made.generated(done), action=action(made, settings))
    before = unchanged(settings, store)
    if before is not None:
        return before
    made = _made(settings, recall, store=store)
    return made.generated(write(made.files, made.target, made.lock, planned_with=made.old))


def check(
    spec: Path | str | None = None,
    *,
    config: Config | None = None,
    output: Path | str | None = None,
    package: str | None = None,
) -> Checked:
    """Is what is in the output folder exactly what the document gives? Nothing is written. The arguments are `generate`'s.

    Raises:
        Refused: The document can't be used, or the folder is not one of specwright's.
    """
    from specwright.emit.write import differences, read_lock

    made = _made(asked.settings(spec, config, output, package), read_lock, proving=True)
    return made.checked(*differences(made.files, made.target, made.lock))


def lint(spec: Path | str | None = None, *, config: Config | None = None) -> tuple[Problem, ...]:
    """Every Problem of a document, in its order; none if a careful author would change nothing.

    Raises:
        Refused: The document can't be read.
    """
    from specwright.linting import lint

    config = asked.settings(spec, config)
    document = asked.read(config)
    return asked.reported(document, lint(document, config), config)


def diff(  # noqa: PLR0913 - each may be left out
    old: Path | str | None = None,
    new: Path | str | None = None,
    *,
    config: Config | None = None,
    base: str | None = None,
    policy: Policy | None = None,
    callers: Path | str | None = None,
    lines: bool = False,
    axes: tuple[Axis, ...] = ("wire", "python"),
) -> Review:
    """What a change of one document means, on the wire and for the Python that calls the package.

    Args:
        old: The document as it was: a file, or `REV:PATH` of git. Without it, what `new` was in `base`.
        new: The document as it is; without it, the one that `config` names, or the first that the nearest
            `pyproject.toml` lists.
        config: How both are read, and what their package is called; without it, what `pyproject.toml` says of each, in
            a revision as it was then.
        base: A revision of git, for `old`: its last commit that is in the history of what is checked out, too.
        policy: How it is judged; without it, as `[tool.specwright.diff]` says. Nothing expires unless it has a date.
        callers: A folder with code that calls the package: the places in it that a change touches are listed.
        lines: Whether the lines of the documents and of the generated files are in the review.
        axes: What is looked at; the wire always is. Without `python`, in less than half of the time.

    Raises:
        Refused: A document can't be read, or there is no such revision.
        ValueError: There is neither `old` nor `base`, or there are both.
        LookupError: What is named are folders that do not hold exactly one document.
    """
    from pathlib import Path

    from specwright.config import diff_configured
    from specwright.review import Extent, review
    from specwright.review.policy import policy_of

    policy = policy or policy_of(diff_configured(Path.cwd()))
    pair = asked.match(old, new, config, base).read()
    return review(pair, policy, Extent(axes, Path(callers) if callers is not None else None, lines))


def validate(
    data: object,
    schema: str,
    *,
    config: Config,
    direction: Literal["request", "response"] = "request",
    warn: Callable[[tuple[Problem, ...]], None] | None = None,
) -> list[Issue]:
    """What is wrong with data by one schema of a document, as the generated validators see it.

    Args:
        data: Decoded JSON.
        schema: A JSON Pointer into the document, the name of a component, or the id of an operation: its body, or for
            responses its answer where all went well.
        config: Which document, and how it is read.
        direction: Who sends the data: callers in requests, or the server in responses.
        warn: Called with the Problems of the document that could be worked around, before the data is looked at.

    Raises:
        Refused: The document can't be used, or has no such schema.
    """
    return validator(schema, config=config, direction=direction, warn=warn)(data)


def validator(
    schema: str,
    *,
    config: Config,
    direction: Literal["request", "response"] = "request",
    warn: Callable[[tuple[Problem, ...]], None] | None = None,
) -> Validator:
    """What `validate` holds data against, made once for any number of values. The arguments are `validate`'s.

    Raises:
        Refused: The document can't be used, or has no such schema.
    """
    from dataclasses import replace

    from specwright import validation

    # Which operations are wanted says nothing of which schemas there are.
    document = asked.read(replace(config, tags=(), paths=(), operations=()))
    problems = asked.accepted(document, document.problems, config)
    if warn is not None:
        warn(problems)
    return validation.validator(document, schema, direction)


def prepare(
    operation: str,
    *,
    config: Config,
    named: bool = False,
    warn: Callable[[tuple[Problem, ...]], None] | None = None,
) -> Prepared:
    """What makes requests of one operation of a document, as the client of its package does; for a `with`.

    Args:
        operation: Its id, its method and path (`GET /pets`), or the name of its method.
        config: Which document, and how it is read.
        named: Whether names have to be those of the package of the whole document, also where that was not written yet.
        warn: Called with the Problems of the document that could be worked around.

    Raises:
        Refused: The document can't be used, or has no such operation.
    """
    from specwright.reference import prepared

    document = asked.read_whole(config)
    made = prepared(document, config, operation, asked.kept_names(document, config, named=named))
    if warn is not None:
        warn(asked.accepted(document, made.problems, config))
    return made


def serve(
    *,
    config: Config,
    base_url: str | None = None,
    port: int = 0,
    timeout: float | None = None,
    ready: Callable[[str], None],
) -> None:
    """The reference of a document as a page on loopback that sends requests, until SIGINT or SIGTERM.

    Args:
        config: Which document, and how it is read; it is read again when one of its files changes.
        base_url: Where requests go, in place of the document's servers; they go nowhere else.
        port: That of the server; 0 for one that is free.
        timeout: Seconds that an answer is waited for at most.
        ready: Called with the address to open, when that can be done.

    Raises:
        Refused: The document can't be used, what the extra `serve` installs is not there, or the port is taken.
    """
    from specwright.reference import served

    def read() -> tuple[Document, Mapping[str, str]]:
        document = asked.read_whole(config)
        asked.accepted(document, document.problems, config)
        return document, asked.kept_names(document, config, named=False)

    served.serve(config, read, served.Settings(base_url, port, timeout), ready)


def describe(
    spec: Path | str | None = None,
    *,
    config: Config | None = None,
    warn: Callable[[tuple[Problem, ...]], None] | None = None,
) -> Reference:
    """The reference of a document: its operations with their fields, answers, examples and calls, ready to be printed.

    Args:
        spec: The document, if not the one that `config` names.
        config: Which document, and how it is read.
        warn: Called with the Problems of the document that could be worked around.

    Raises:
        Refused: The document can't be used.
    """
    config = asked.settings(spec, config)
    reference, problems = _described(asked.read(config), config)
    if warn is not None:
        warn(problems)
    return reference


def docs(output: Path | str, spec: Path | str | None = None, *, config: Config | None = None) -> Documented:
    """Write the reference of a document as pages, which are read without a network and without a script.

    Args:
        output: The folder. What an earlier run wrote there and is no longer part of it is removed.
        spec: The document, if not the one that `config` names.
        config: Which document, and how it is read.

    Raises:
        Refused: The document can't be used, or the folder holds what is none of its pages. Nothing was changed.
    """
    from pathlib import Path

    from specwright.emit.lock import PAGES, Lock, record
    from specwright.emit.write import recall, write
    from specwright.reference.pages import pages
    from specwright.results import Documented

    config = asked.settings(spec, config)
    target = Path(output)
    old = _of_kind(recall(target), target, pages=True)
    document = asked.read(config)
    reference, problems = _described(document, config)
    files = pages(reference)
    lock = record(files, old, Lock(__version__, PAGES, inputs=document.files))
    done = write(files, target, lock, planned_with=old)
    return Documented(
        title=reference.title,
        output=done.shown,
        operations=sum(1 for _ in reference.operations()),
        pages=len(files),
        size=sum(len(text.encode()) for text in files.values()),
        written=done.written,
        removed=done.removed,
        problems=problems,
    )


def _described(document: Document, config: Config) -> tuple[Reference, tuple[Problem, ...]]:
    from specwright.emit.write import read_lock
    from specwright.reference import reference

    lock = read_lock(asked.target(document, config))
    problems = asked.accepted(document, document.problems, config)
    return reference(document, config, lock.names if lock else {}), problems


def _of_kind(lock: Lock | None, target: Path, *, pages: bool) -> Lock | None:
    """The lock of an output folder, unless the folder has the other kind of what specwright writes.

    Raises:
        Refused: It has.
    """
    from specwright.emit.lock import PAGES
    from specwright.problems import Refused, problem, quoted

    if lock is not None and (lock.layout == PAGES) != pages:
        found = "a package" if pages else "the pages of a reference"
        raise Refused([problem("output-of-another-kind", None, f"{quoted(str(target))} holds {found}.")])
    return lock


def _refuse_what_another_document_gave(lock: Lock | None, document: Document, config: Config) -> None:
    """Refuse to replace a package that is neither called as this one, nor made from any file of this document.

    Raises:
        Refused: The output folder holds such a package.
    """
    from specwright.emit.write import shown
    from specwright.plan.packages import package
    from specwright.problems import Refused, problem, quoted

    if lock is None or lock.module in {"", package(document, config).module}:
        return
    if not lock.inputs.keys() & document.files.keys() and not {*lock.inputs.values()} & {
        *document.files.values()
    }:
        folder = shown(asked.target(document, config))
        made_from = quoted(next(iter(lock.inputs), "another document"))
        message = (
            f"{quoted(folder)} holds the package {quoted(lock.module)}, which was made from {made_from}."
        )
        raise Refused([problem("output-of-another-document", None, message)])


def compile_validator(
    schema: object,
    *,
    dialect: str = "2020-12",
    base_uri: str = "",
    resources: Mapping[str, object] = MappingProxyType({}),
    formats: bool = True,
) -> Callable[[object], list[Issue]]:
    """A function that lists everything that is wrong with a value by a JSON Schema, made by the templates of packages.

    Args:
        schema: A JSON Schema as decoded JSON: a `dict` or a `bool`.
        dialect: The dialect of schemas without a `$schema`: `2020-12`, `2019-09`, `draft-07`, `draft-06` or `draft-04`.
        base_uri: What relative references in `schema` start from, if it has no `$id`.
        resources: Other schemas that references lead to, by their URI. The official meta-schemas are known.
        formats: Whether `format` is an assertion; without that, only where a meta-schema says so.

    Returns:
        A function of a value, which is decoded JSON, to its issues; there are none where the value is valid.

    Raises:
        Refused: It is no schema, or refers to one that is not there. Nothing is ever fetched.
    """
    from specwright.compilation import of_schema

    return of_schema(schema, dialect=dialect, base_uri=base_uri, resources=resources, formats=formats)


def _made(
    config: Config,
    lock_of: Callable[[Path], Lock | None],
    *,
    store: Store | None = None,
    proving: bool = False,
) -> Made:
    """The whole program: a document -> what will be written, in Python's terms -> files.

    Modules that come out as they were written last are taken as they are, unless it is to be proven that they are right.
    """
    from specwright.emit.lock import Lock, record
    from specwright.flavours import compose
    from specwright.garbage import uncollected
    from specwright.plan import plan
    from specwright.results import Made
    from specwright.unchanged import kept, recipe

    with uncollected():
        document = asked.read(config, store)
        target = asked.target(document, config)
        old = _of_kind(lock_of(target), target, pages=False)
        _refuse_what_another_document_gave(old, document, config)
        planned = plan(document, config, old.names if old else {}, old.layout if old else "")
        problems = asked.accepted(document, (*document.problems, *planned.problems), config)
        made_by = recipe(config) if document.is_whole else ""  # no hash is of a file that may yet come
        composed = compose(
            document,
            planned,
            config,
            lambda rendered: {} if proving else kept(rendered, target, old, made_by),
        )
        problems = (*problems, *asked.accepted(document, composed.problems, config))
        now = Lock(
            __version__,
            planned.layout.kind,
            inputs=composed.inputs,
            rendered=composed.rendered,
            names=planned.names,
            recipe=made_by,
            problems=len(problems),
            **composed.counts,
        )
        lock = record(composed.files, old, now)
    return Made(composed.api, target, composed.files, lock, old, problems, composed.counts)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
