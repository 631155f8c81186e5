"""`specwright migrate`: from a package of openapi-python-client's to one of ours, and the code that calls it with it.

Neither package is imported, nor is the code. Operations are known again by method and path, models by where they are
used. What values are is followed through a code base (`cells`, `walking`), and a place is rewritten only where all that
it depends on is known; every other is listed with its line and the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from specwright.config import configuration, configured, near_client_config
from specwright.document import load
from specwright.emit.write import read_lock
from specwright.init import do_all, listed
from specwright.init import section as section_step
from specwright.migrate import reading, settings
from specwright.migrate.pairing import pairs
from specwright.plan import outline
from specwright.plan.packages import package
from specwright.problems import Place, Refused, problem, quoted

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
        old_config: The configuration that it was made with; without it, the one that it is made with here, if it is.
        write: Whether the section is added and the code is rewritten, all of it or nothing.

    Raises:
        Refused: The document or the package can't be used, or something can't be written. Nothing is changed then.
    """
    if find_spec("libcst") is None:
        hint = "Install it with `pip install 'specwright[migrate]'`."
        raise Refused([problem("extra-missing", None, "`migrate` needs the extra `migrate`.", hint)])

    if old_config is None and config.client != "specwright":
        old_config = near_client_config(config)
    said: Mapping[str, object] = reading.settings(old_config, config.budgets) if old_config else {}
    before, home = reading.package(folder)
    config = _own(config, before.name, home)
    document = load(config.spec, config)
    named = package(document, config)
    if named.module == before.name:
        message = f"The new package would be called {quoted(named.module)}, as the old one is."
        raise Refused([problem("other-package", None, message, "Give it another name with `--package`.")])
    output = config.output or Path("generated") / named.distribution
    lock = read_lock(output)
    api = outline(document, config, lock.names if lock else {}).api
    both = pairs(before, api)
    files, problems = _code(both, api, code, home)
    top = (configuration(Path.cwd()) or Path.cwd() / "pyproject.toml").parent.resolve()
    added = _section(top, config, output, said, named.distribution)
    if write:
        from specwright.migrate.rewriting import renumbered  # noqa: PLC0415

        _write(top, added, files)
        files = renumbered(files)
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


def _own(config: Config, before: str, home: Path) -> Config:
    """The settings of the new package, where those that are given are of the old one, which specwright has made."""
    if config.client == "specwright":
        return config
    spec = config.spec.resolve()
    same = (one for one in configured(Path.cwd()) if one.spec.resolve() == spec)
    own = next((one for one in same if one.client == "specwright"), None)
    is_old = config.output is not None and home.resolve().is_relative_to(config.output.resolve())
    return replace(
        config,
        client="specwright",
        client_config=None,
        output=(own.output if own else None) if is_old else config.output,
        package=(own.package if own else "") if config.package == before else config.package,
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
    """What the configuration lacks; "" where it lists the document, with a client of specwright's."""
    spec = settings.relative(config.spec, top)
    known = listed(top)
    own = (one for one in known.values() if one.get("client", "specwright") == "specwright")
    if any(document.get("spec") == spec for document in own):
        return ""
    free = (name, *(f"{name}-{number}" for number in range(2, len(known) + 2)))
    version = config.version or said.get("package_version_override")
    fields = {
        "spec": spec,
        "output": settings.relative(output, top),
        **({"package": config.package} if config.package else {}),
        **({"version": str(version)} if version else {}),
    }
    return settings.section(next(each for each in free if each not in known), fields)


def _write(top: Path, added: str, files: Sequence[Rewritten]) -> None:
    changed = {Path(file.path): file.data for file in files if file.after != file.before}
    reading.write(changed)
    if added:
        do_all(top, (section_step(top, added),))
