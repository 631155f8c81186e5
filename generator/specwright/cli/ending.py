"""SIGTERM and SIGHUP end a run as Ctrl-C does: what was begun is put away, and no process goes on by itself."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Generator

_SIGNALS: Final = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)
)  # Windows has no SIGHUP


@dataclass(slots=True)
class Ending:
    """How a run is ended before it is done."""

    by: int = 0
    """The number of the signal; 0 as long as there was none."""

    def status(self, otherwise: int) -> int:
        """The exit status: what a shell says of a program that a signal ended, or else what it would be."""
        return 128 + self.by if self.by else otherwise

    def interrupt(self, number: int, _frame: object) -> None:
        """Note the first signal, and raise what Ctrl-C does; what is put away then is not interrupted again."""
        if not self.by:
            self.by = number
            raise KeyboardInterrupt

    def listen(self) -> None:
        """From now on, these signals interrupt."""
        for number in _SIGNALS:
            signal.signal(number, self.interrupt)


@contextmanager
def tidily() -> Generator[Ending]:
    """While it lasts, those signals are KeyboardInterrupts. One that is ignored, as `nohup` has it, stays so."""
    ending = Ending()
    if threading.current_thread() is not threading.main_thread():  # no signal can be listened to there
        yield ending
        return
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    for number, handler in before.items():
        if handler is signal.SIG_DFL:
            signal.signal(number, ending.interrupt)
    try:
        yield ending
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
