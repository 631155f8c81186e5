"""The reference page on loopback, with *Test request*: what `specwright serve` runs.

`library` keeps the document and the operations that are open, `form` tells the page what can be given for one, `answers` what
became of a request, and `guard` who may ask. `application` puts them together, and `running` serves it until it is told to stop.
Starlette and uvicorn are imported here and nowhere else: they come with the extra `serve`.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from specwright.problems import Refused, problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from specwright.config import Config
    from specwright.reference.served.library import Read

_LIBRARIES: Final = ("starlette", "uvicorn")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server is started with."""

    base_url: str | None
    """Where requests go, in place of the document's servers."""
    port: int
    """0 for one that is free."""
    timeout: float | None
    """Seconds that an answer is waited for at most; None: as long as the client does."""


def serve(config: Config, read: Callable[[], Read], settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve the document that is `read`, until SIGINT or SIGTERM; `ready` is called with the address to open.

    Raises:
        Refused: The document can't be used, the port is taken, or the extra is not installed.
    """
    if not all(map(find_spec, _LIBRARIES)):
        hint = "Install it with `pip install 'specwright[serve]'`."
        raise Refused([problem("extra-missing", None, "`serve` needs the extra `serve`.", hint)])

    from specwright.reference.served.library import Library  # noqa: PLC0415 -- what the extra installs is imported now
    from specwright.reference.served.running import run  # noqa: PLC0415

    run(Library(config, read), settings, ready)
