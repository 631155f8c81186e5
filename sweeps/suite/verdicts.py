"""What came of a part of the suite, for ours or for a peer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .cases import files, groups, remotes
from .makers import judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from .cases import Group, Part


@dataclass(slots=True)
class Verdicts:
    """How many tests there are, and which of them are not as expected, each in one line."""

    tests: int = 0
    wrong: list[str] = field(default_factory=list[str])
    """Another answer than the suite's."""
    crashed: list[str] = field(default_factory=list[str])
    """No answer: the schema is refused, or an error comes of the value."""

    @property
    def passed(self) -> int:
        """How many are as expected."""
        return self.tests - len(self.wrong) - len(self.crashed)


def of_part(name: str, part: Part, folder: Path) -> Verdicts:
    """Run a part of the suite."""
    verdicts = Verdicts()
    for file in files(part, folder):
        run(verdicts, name, part, groups(file), remotes(folder))
    return verdicts


def run(verdicts: Verdicts, name: str, part: Part, tested: Iterable[Group], known: Mapping[str, Any]) -> None:
    """Add what comes of some schemas and their tests."""
    for group in tested:
        verdicts.tests += len(group.tests)
        judging = _tried(lambda: judge(name, group.schema, part.draft, formats=part.formats, remotes=known))  # noqa: B023
        for test in group.tests:
            line = f"{part.name}: {group.file}: {group.description}: {test.description}"
            if isinstance(judging, _Failure):
                verdicts.crashed.append(f"{line}: {judging.reason}")
                continue
            said = _tried(lambda: judging(test.data))  # noqa: B023
            if isinstance(said, _Failure):
                verdicts.crashed.append(f"{line}: {said.reason}")
            elif said is not test.valid:
                verdicts.wrong.append(f"{line}: expected {'valid' if test.valid else 'not valid'}")


@dataclass(frozen=True, slots=True)
class _Failure:
    reason: str


def _tried(do: Callable[[], Any]) -> Any:
    """What it gives, or why it gives nothing."""
    try:
        return do()
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001  # what Rust panics with is no Exception
        said = " ".join(str(error).split())
        return _Failure(f"{type(error).__name__}: {said[:_MOST_SAID]}")


_MOST_SAID = 160
