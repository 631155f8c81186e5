"""Files of data held against one schema: one value in a file, or one in each line of it."""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from specwright.cli import report
from specwright.cli.data import named, opened, read
from specwright.cli.findings import findings
from specwright.cli.lines import NAMES, Stream
from specwright.cli.session import FINDINGS, INTERRUPTED, Outcome
from specwright.problems import Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

    from specwright.cli.findings import Finding
    from specwright.config import Budgets
    from specwright.validation import Validator


@dataclass(frozen=True, slots=True)
class Judge:
    """Holds files against one schema, and tells what is wrong with them."""

    validator: Validator
    budgets: Budgets
    lines: bool
    """Whether each line is a value of its own, whatever a file is called."""
    most: int
    """How many findings are listed in a table, or of a file of lines."""
    as_json: bool

    def judge(self, path: str) -> Outcome:
        """What becomes of one file.

        Raises:
            Refused: It can't be read.
        """
        work = self._lines if self.lines or path.lower().endswith(NAMES) else self._value
        try:
            return work(path)
        except Refused as error:
            if not self.validator.secrets:
                raise
            # The line that can't be read may have a secret in it.
            raise Refused(
                replace(found, place=found.place and replace(found.place, text=""))
                for found in error.problems
            ) from error

    def _value(self, path: str) -> Outcome:
        data = read(path, self.budgets)
        found = findings(data, self.validator(data.value), self.validator.secrets)
        told: dict[str, object] = {"file": named(path), "valid": not found}
        if self.as_json:
            told["issues"] = [finding.as_json() for finding in found]
        else:
            report.show_findings(named(path), found, self.most)
        return Outcome(FINDINGS if found else 0, told)

    def _lines(self, path: str) -> Outcome:
        name = named(path)
        with opened(path) as file, report.following(name, _size(file)) as passed:
            tally = Stream(file, path, self.budgets, self._told(name), passed).hold(self.validator, self.most)
        if not self.as_json:
            report.show_tally(name, tally)
        told: dict[str, object] = {
            "file": name,
            "valid": tally.valid == tally.lines,
            "issues": [finding.as_json() for finding in tally.kept],
            "summary": tally.as_json(),
        }
        found = FINDINGS if tally.findings else 0
        return Outcome(INTERRUPTED if tally.interrupted else found, told)

    def _told(self, name: str) -> Callable[[Finding], None]:
        """What is done with a finding when it is found: programs get it at once, and a terminal with the others."""
        if self.as_json or report.is_terminal(sys.stdout):
            return lambda _: None
        return lambda finding: report.show_finding(name, finding)


def _size(file: IO[bytes]) -> int | None:
    """How many bytes a file has, where that is known before it is read."""
    try:
        found = os.fstat(file.fileno())
    except OSError:
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else None
