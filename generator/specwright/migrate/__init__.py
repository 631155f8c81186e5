"""`specwright migrate`: from a package of openapi-python-client's to one of ours, and the code that calls it with it.

Neither package is imported, nor is the code. Operations are known again by method and path, models by where they are
used. What values are is followed through a code base (`cells`, `walking`), and a place is rewritten only where all that
it depends on is known; every other is listed with its line and the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from specwright.config import configuration
from specwright.document import load
from specwright.emit.write import read_lock
from specwright.init import do_all, listed
from specwright.init import section as section_step
from specwright.migrate import reading, settings
from specwright.migrate.pairing import pairs
from specwright.plan import outline
from specwright.plan.packages import package
from specwright.problems import Place, Refused, problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from specwright.config import Config
    from specwright.migrate.declaring import Source
    from specwright.migrate.pairing import Pairs
    from specwright.migrate.rewriting import Rewritten
    from specwright.migrate.settings import Setting
    from specwright.plan.ir import Api
    from specwright.problems import Problem

__all__ = ["Migrated", "migrate"]


@dataclass(frozen=True, slots=True)
class Migrated:
    """What becomes of a configuration and of a code base."""

    package: str
    """The new package."""
    before: str
    """The old one."""
    operations: int
    """How many of the old package's operations the new one has, of `known`."""
    known: int
    alone: tuple[str, ...]
    """Those that it does not have, with the reason; modules of the old package that can't be read among them."""
    config: str
    """The file that has the section."""
    section: str
    """What is added to it; "" where it lists the document already."""
    settings: tuple[Setting, ...]
    files: tuple[Rewritten, ...]
    written: bool
    problems: tuple[Problem, ...]


def migrate(
    config: Config, folder: Path, code: Sequence[Path], *, old_config: Path | None = None, write: bool = False
) -> Migrated:
    """Find what becomes of a package of openapi-python-client's and of the code that calls it; with `write`, do it.

    Args:
        config: The document that the package was made of, and how it is read.
        folder: The old package, or the folder around it.
        code: The files and folders of the code that calls it.
        old_config: The configuration that it was made with.
        write: Whether the section is added and the code is rewritten, all of it or nothing.

    Raises:
        Refused: The document or the package can't be used, or something can't be written. Nothing is changed then.
    """
    if find_spec("libcst") is None:
        hint = "Install it with `pip install 'specwright[migrate]'`."
        raise Refused([problem("extra-missing", None, "`migrate` needs the extra `migrate`.", hint)])

    said: Mapping[str, object] = reading.settings(old_config, config.budgets) if old_config else {}
    before, home = reading.package(folder)
    document = load(config.spec, config)
    named = package(document, config)
    output = config.output or Path("generated") / named.distribution
    lock = read_lock(output)
    api = outline(document, config, lock.names if lock else {}).api
    both = pairs(before, api)
    files, problems = _code(both, api, code, home)
    top = (configuration(Path.cwd()) or Path.cwd() / "pyproject.toml").parent.resolve()
    added = _section(top, config, output, said, named.distribution)
    if write:
        _write(top, added, files)
    return Migrated(
        package=named.module,
        before=before.name,
        operations=len(both.methods),
        known=len(before.operations),
        alone=(*both.alone.values(), *(f"{path}: {why}" for path, why in before.odd.items())),
        config=str(top / "pyproject.toml"),
        section=added,
        settings=settings.settings(said),
        files=files,
        written=write,
        problems=problems,
    )


def _code(
    both: Pairs, api: Api, code: Sequence[Path], home: Path
) -> tuple[tuple[Rewritten, ...], tuple[Problem, ...]]:
    # What the extra installs is imported now.
    from specwright.migrate.rewriting import rewritten  # noqa: PLC0415
    from specwright.migrate.walking import parsed, walk  # noqa: PLC0415

    sources: list[Source] = []
    problems: list[Problem] = []
    for path, module, is_package, data in reading.code(code, api.package.module, home):
        source, why = parsed(path.as_posix(), module, data, is_package=is_package)
        if source is None:
            place = Place(path.as_posix(), 1, 1, "", "")
            problems.append(problem("caller-unread", place, f"The file was not looked at: {why}."))
        else:
            sources.append(source)
    walk(both.before, sources)
    return rewritten(sources, both, api), tuple(problems)


def _section(top: Path, config: Config, output: Path, said: Mapping[str, object], name: str) -> str:
    """What the configuration lacks; "" where it lists the document."""
    spec = settings.relative(config.spec, top)
    if any(document.get("spec") == spec for document in listed(top).values()):
        return ""
    version = config.version or said.get("package_version_override")
    fields = {
        "spec": spec,
        "output": settings.relative(output, top),
        **({"package": config.package} if config.package else {}),
        **({"version": str(version)} if version else {}),
    }
    return settings.section(name, fields)


def _write(top: Path, added: str, files: Sequence[Rewritten]) -> None:
    changed = {Path(file.path): file.data for file in files if file.after != file.before}
    reading.write(changed)
    if added:
        do_all(top, (section_step(top, added),))
