"""`generate --watch`: documents are made again whenever a file that they depend on changes.

The system's notices only wake us, and we look ourselves from time to time: what has changed is told from the files, as
they were when they were asked for and as they are now. So no save is missed that comes while a package is made, or that
the system does not tell of, and it does not matter how an editor saves: in place, or by another file that takes the place.
"""

from __future__ import annotations

import gc
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import click
from watchfiles import watch
from watchfiles._rust_notify import WatchfilesRustInternalError

from specwright.cli import report
from specwright.cli.failure import tell
from specwright.cli.session import about
from specwright.config import client_consulted, consulted
from specwright.problems import Refused, counted
from specwright.stores import Observed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from specwright.cli.session import Outcome, Session
    from specwright.config import Config

_STILL: Final = 50
"""Milliseconds without a change, after which a save counts as done."""
_LONGEST: Final = 400
"""Milliseconds after which we go on in spite of changes: other files of a folder may change all the time."""
_LOOK: Final = 2_000
"""Milliseconds after which we look without a notice."""


@dataclass(frozen=True, slots=True)
class _Run:
    """How a document was made last, and which files that depended on."""

    config: Config
    observed: Observed


class Watch:
    """Some documents, which are made when they are due."""

    def __init__(
        self,
        session: Session,
        read: Callable[[], Sequence[Config]],
        make: Callable[[Config, Observed], Outcome],
    ) -> None:
        """Reads the settings.

        Args:
            session: Says how results are told.
            read: Gives the settings of each document; Refused where they can't be read.
            make: Makes the package of a document, and tells of it.

        Raises:
            Refused: The settings can't be read. Once it has begun, that no longer ends it.
        """
        self._session = session
        self._read = read
        self._make = make
        self._runs: dict[str, _Run] = {}
        self._settings = _settings()
        self._configs = read()

    def go_on(self) -> NoReturn:
        """Make what is due, for ever; KeyboardInterrupt is how it ends."""
        self._make_due()
        files = {path for observed in self._observed() for path in observed.paths()}
        click.echo(f"watching {counted(len(files), 'file')}; Ctrl-C ends it", err=True)
        while True:
            gc.collect()  # none is looked for while a package is made, and now there is time
            self._wait()
            self._wait_for_the_rest()
            self._make_due()

    def _make_due(self) -> None:
        if self._settings.changed():
            self._read_again()
        for config in self._configs:
            if self._is_due(config):
                before = self._runs.get(config.name)
                self._runs[config.name] = self._made(config, before.observed if before else Observed())

    def _is_due(self, config: Config) -> bool:
        run = self._runs.get(config.name)
        return run is None or run.config != config or bool(run.observed.changed())

    def _read_again(self) -> None:
        self._settings = _settings()
        try:
            self._configs = self._read()
        except (Refused, OSError) as error:  # the documents stay as they were set, until it is mended
            self._tell(tell(error, debug=self._session.debug))
            return
        names = {config.name for config in self._configs}
        self._runs = {name: run for name, run in self._runs.items() if name in names}

    def _made(self, config: Config, before: Observed) -> _Run:
        """Of a document that is broken we may not get to see all files: those of the last run count, too."""
        others = Observed(before.paths())
        observed = Observed(map(str, client_consulted(config)))
        outcome = self._session.attempt(lambda: self._make(config, observed), {})
        self._tell({**about(config), **outcome.json})
        return _Run(config, observed.with_those_of(others) if outcome.status else observed)

    def _tell(self, told: Mapping[str, object]) -> None:
        if self._session.as_json:
            report.show_json_line(told)

    def _wait(self) -> None:
        """Until something is due."""
        while not self._something_is_due():
            folders = self._folders()
            notices = watch(
                *folders,
                watch_filter=None,
                debounce=_LONGEST,
                step=_STILL,
                rust_timeout=_LOOK,
                yield_on_timeout=True,
                recursive=False,
            )
            try:
                with closing(notices):  # it has a thread, with which no work is shared out among the cores
                    for _ in notices:
                        if self._something_is_due():
                            return
                        if self._folders() != folders:
                            break
            except (OSError, WatchfilesRustInternalError):
                # A folder went meanwhile, or the system watches no more of them: looking from time to time is left.
                time.sleep(_LOOK / 1_000)
        time.sleep(_STILL / 1_000)  # it came while something was made, and may not be all of the save

    def _wait_for_the_rest(self) -> None:
        """Of a file that is saved in place, and is empty for now; not for long, since it may be meant to be empty."""
        for _ in range(_LONGEST // _STILL):
            if not any(observed.emptied() for observed in self._observed()):
                break
            time.sleep(_STILL / 1_000)

    def _something_is_due(self) -> bool:
        return bool(self._settings.changed()) or any(map(self._is_due, self._configs))

    def _folders(self) -> set[str]:
        return {folder for observed in self._observed() for folder in observed.folders()}

    def _observed(self) -> list[Observed]:
        return [self._settings, *(run.observed for run in self._runs.values())]


def _settings() -> Observed:
    return Observed(map(str, consulted(Path.cwd())))
