"""The server: on loopback, until it is told to stop."""

from __future__ import annotations

import signal
import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import uvicorn

from specwright.problems import Refused, problem
from specwright.reference.served.application import application
from specwright.reference.served.guard import Keys

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from types import FrameType

    from specwright.reference.served import Settings
    from specwright.reference.served.library import Library

_LOOPBACK: Final = "127.0.0.1"
_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
_PATIENCE: Final = 1
"""Seconds that requests of the page have to end in, when the server stops."""


def run(library: Library, settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; `ready` is called with the address to open.

    Raises:
        Refused: The document can't be used, or the port is taken.
    """
    library.edition()
    keys = Keys()
    with _bound(settings.port) as listener:
        taken = listener.getsockname()[1]
        config = uvicorn.Config(
            application(library, settings, keys, taken),
            access_log=False,
            date_header=False,
            http="h11",
            lifespan="off",
            log_level="critical",  # what goes wrong is told in the page; a traceback helps nobody here
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=_PATIENCE,
            ws="none",
        )
        server = uvicorn.Server(config)
        try:
            with _told_to_stop(server):
                ready(f"http://{_LOOPBACK}:{taken}/?key={keys.key}")
                server.run([listener])
        finally:
            library.close()


@contextmanager
def _bound(port: int) -> Generator[socket.socket]:
    """A listener that only this machine reaches; what connects before it is asked waits."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        # Without it, a server that is started again at once would find its port taken by connections that are over.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((_LOOPBACK, port))
        except OSError as error:
            hint = "Without --port, it is one that is free."
            message = f"The port {port} can't be had: {error.strerror or error}."
            raise Refused([problem("port-taken", None, message, hint)]) from None
        listener.listen()
        yield listener


@contextmanager
def _told_to_stop(server: uvicorn.Server) -> Generator[None]:
    """Signals end the server: while it runs it listens to them itself, and raises them again when it has ended."""
    if threading.current_thread() is not threading.main_thread():  # where no signal can be listened to
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        server.should_exit = True

    before = {number: signal.signal(number, stop) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
