"""A stream of JSON, one value in each line, held against a schema while it comes in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from specwright.cli.data import Data, NotJsonError, named, unreadable
from specwright.cli.findings import HIDDEN, Finding, findings
from specwright.document.text import decoded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO

    from specwright.config import Budgets
    from specwright.validation import Validator

NAMES: Final = (".jsonl", ".ndjson")
"""How the names of files end that hold one value in each line."""
KINDS: Final = 1_000
"""How many kinds of findings are told apart, so that what is kept of an endless stream has an end."""
_MARK: Final = b"\x1e"
"""What RFC 7464 puts before each text."""
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
_PIECE: Final = 65_536
_AROUND: Final = 20
"""How many characters are shown on both sides of where a line stops being JSON."""


@dataclass(slots=True)
class Kind:
    """Findings of one keyword at one pointer, `*` in it for any index of an array."""

    keyword: str
    pointer: str
    count: int
    first: Finding


@dataclass(slots=True)
class Tally:
    """What was found in a stream so far. A line that is blank is none."""

    most: int
    """How many findings are kept."""
    lines: int = 0
    invalid: int = 0
    """Lines with issues."""
    not_json: int = 0
    """Lines that are not JSON."""
    findings: int = 0
    kept: list[Finding] = field(default_factory=list[Finding])
    """The first ones."""
    others: int = 0
    """Findings beyond the kinds that are told apart."""
    interrupted: bool = False
    kinds: dict[tuple[str, str], Kind] = field(default_factory=dict[tuple[str, str], Kind])

    @property
    def valid(self) -> int:
        """Lines with nothing wrong."""
        return self.lines - self.invalid - self.not_json

    def add(self, finding: Finding, general: str) -> None:
        """Count a finding; `general` is its pointer with `*` for each index."""
        self.findings += 1
        if len(self.kept) < self.most:
            self.kept.append(finding)
        kind = self.kinds.get((finding.keyword, general))
        if kind is not None:
            kind.count += 1
        elif len(self.kinds) < KINDS:
            self.kinds[finding.keyword, general] = Kind(finding.keyword, general, 1, finding)
        else:
            self.others += 1

    def frequent(self, most: int) -> list[Kind]:
        """The most frequent kinds of findings."""
        return sorted(self.kinds.values(), key=lambda kind: -kind.count)[:most]

    def as_json(self) -> dict[str, object]:
        """The summary for `--json`."""
        return {
            "lines": self.lines,
            "valid": self.valid,
            "invalid": self.invalid,
            "not_json": self.not_json,
            "issues": self.findings,
            "interrupted": self.interrupted,
            "frequent": [
                {
                    "keyword": kind.keyword,
                    "pointer": kind.pointer,
                    "count": kind.count,
                    "example": kind.first.as_json(),
                }
                for kind in self.frequent(KINDS)
            ],
            "others": self.others,
        }


@dataclass(frozen=True, slots=True)
class Stream:
    """The lines of a file, and what is told of them on the way."""

    file: IO[bytes]
    path: str
    budgets: Budgets
    found: Callable[[Finding], None]
    """Called with each finding."""
    passed: Callable[[int], None]
    """Called with the number of bytes of each line that was read."""

    def hold(self, validator: Validator, most: int) -> Tally:
        """Hold each line against a schema, until the end or an interrupt; `most` findings are kept.

        Raises:
            Refused: It is text of another encoding.
        """
        tally = Tally(most)
        try:
            for number, (content, size) in enumerate(self._split(), 1):
                if content is None or content.strip(b" \t\r\n" + _MARK):
                    tally.lines += 1
                    for finding, general in self._judged(content, number, validator, tally):
                        tally.add(finding, general)
                        self.found(finding)
                self.passed(size)
        except KeyboardInterrupt:
            tally.interrupted = True
        return tally

    def _split(self) -> Iterator[tuple[bytes | None, int]]:
        """Each line, `None` for one that is too long, and its size."""
        longest = self.budgets.bytes
        try:
            while content := self.file.readline(longest + 1):
                if len(content) <= longest or content.endswith(b"\n"):
                    yield content, len(content)
                else:
                    yield None, len(content) + self._rest_of_line()
        except OSError as error:
            raise unreadable(self.path, error) from error

    def _rest_of_line(self) -> int:
        """How much of a line is passed over to its end."""
        size = 0
        while content := self.file.readline(_PIECE):
            size += len(content)
            if content.endswith(b"\n"):
                break
        return size

    def _judged(
        self, content: bytes | None, number: int, validator: Validator, tally: Tally
    ) -> Iterator[tuple[Finding, str]]:
        """The findings of one line, each with its general pointer."""
        text = ""
        try:
            text = self._text(content, number)
            data = Data(text, named(self.path))
        except NotJsonError as error:
            tally.not_json += 1
            around = text[max(error.offset - _AROUND, 0) : error.offset + _AROUND].strip()
            shown = HIDDEN if validator.secrets else around
            yield Finding(number, error.offset + 1, "", "json", error.message, shown), ""
            return
        issues = validator(data.value)
        tally.invalid += bool(issues)
        for finding in findings(data, issues, validator.secrets, line=number):
            yield finding, data.general(finding.pointer)

    def _text(self, content: bytes | None, number: int) -> str:
        if content is None:
            raise NotJsonError(0, f"The line is longer than {self.budgets.bytes:,} bytes.")
        if number == 1 and (content.startswith(_WIDE) or b"\0" in content[:2]):
            return decoded(content, named(self.path), self.budgets)  # which says what is wrong with all of it
        unmarked = content.lstrip(_MARK)
        content = b" " * (len(content) - len(unmarked)) + unmarked.rstrip(b"\r\n" + _MARK)
        try:
            text = content.decode()
        except UnicodeDecodeError as error:
            at = len(content[: error.start].decode(errors="replace"))
            message = f"Byte {error.start + 1} of the line, 0x{content[error.start]:02x}, is not UTF-8."
            raise NotJsonError(at, message) from None
        return text.removeprefix("\ufeff") if number == 1 else text
