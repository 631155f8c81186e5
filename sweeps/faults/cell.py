"""One client and one fault: what came of it. `python -m sweeps.faults.cell CLIENT FAULT` says it as JSON.

It is a process of its own, so that what a fault does to a client, be it a crash, is done to no other.
"""

from __future__ import annotations

import copy
import json
import os
import pickle
import resource
import socket
import sys
import threading
import time
import warnings
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from sweeps.acts import reply
from sweeps.scripted import Scripted

from .clients import CLIENTS, TOKEN, Calls, Client
from .table import FAULTS, GONE, Fault, Field, Scene, act

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sweeps.acts import Act
    from sweeps.scripted import Seen

_LONG_MESSAGE: Final = 5_000


@dataclass(slots=True)
class Cell:
    """What came of a fault."""

    outcome: str
    """`result`, the name of an error, or `no end`."""
    stray: str = ""
    """The package that an error is of, if it is none of the client's own."""
    said: str = ""
    """The field that is looked at, as it is in the result."""
    warned: int = 0
    """How many warnings there were."""
    deliveries: int = 0
    """How many requests the server got."""
    keyed: bool = False
    """Whether all had the same idempotency key."""
    seconds: float = 0.0
    megabytes: int = 0
    """By how much the most memory that the process took grew."""
    leaked: str = ""
    """What reached another origin: the credential, or the body of a write."""
    tells: bool = False
    """Whether the error's text, or that of one it comes of, has the credential in it."""
    pickles: bool = True
    """Whether the error can be pickled and read back."""
    long: bool = False
    """Whether the error's text has more than 5,000 characters."""


def measured(client: Client, fault: Fault) -> Cell:
    """What comes of a fault, with what is installed here."""
    number = 0 if fault.operation == "read" else 1
    right = client.answers[number]
    first: list[Seen] = []

    def script(seen: Seen) -> Act:
        first.append(seen)
        return act(fault, scene._replace(path=seen.target), len(first) - 1)

    def changed(field: Field, value: object) -> Any:
        return _with(right, client.fields[field], value)

    with Scripted(lambda _: (reply(200, right),)) as other, Scripted(script) as server:
        scene = Scene(right, other.url, "/", changed)
        act(fault, scene, 0)  # what takes time to make is made before the time is taken
        calls = client.make(_unused() if fault.refused else server.url, fault.timeout)
        cell = _called(client, calls, fault)
        calls.close()
        seen, elsewhere = list(server.seen), list(other.seen)
    cell.deliveries = len(seen)
    keys = {request.header("Idempotency-Key") for request in seen}
    cell.keyed = len(keys) == 1 and None not in keys
    if any(TOKEN in str(request) for request in elsewhere):
        cell.leaked = "the credential"
    elif any(request.body for request in elsewhere):
        cell.leaked = "the body"
    return cell


def _called(client: Client, calls: Calls, fault: Fault) -> Cell:
    """What a call gives, or that it has no end: then its thread is left to itself."""
    found: list[Cell] = []
    memory, start = _memory(), time.perf_counter()
    call = calls.read if fault.operation == "read" else calls.write
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        thread = threading.Thread(target=lambda: found.append(_outcome(client, call, fault)), daemon=True)
        thread.start()
        thread.join(fault.patience)
    seconds = time.perf_counter() - start
    cell = found[0] if found else Cell("no end")
    told = [each for each in warned if not issubclass(each.category, ResourceWarning)]
    cell.seconds, cell.warned, cell.megabytes = seconds, len(told), max(0, _memory() - memory)
    return cell


def _outcome(client: Client, call: Any, fault: Fault) -> Cell:
    if fault.twice:
        with suppress(Exception):  # it is the next call that is looked at
            call()
    try:
        value = call()
    except BaseException as error:  # noqa: BLE001  # what there is to catch is what is asked
        return _failed(client, error)
    return Cell(
        "result", said=_said(client, value, fault.field) if fault.field else "" if value else repr(value)
    )


def _failed(client: Client, error: BaseException) -> Cell:
    module, _, name = client.errors.rpartition(".")
    own: type[BaseException] = getattr(import_module(module), name)
    texts = [f"{each!r} {each}" for each in _chain(error)]
    return Cell(
        type(error).__name__,
        stray="" if isinstance(error, own) else type(error).__module__.partition(".")[0],
        tells=any(TOKEN in text for text in texts),
        pickles=_pickles(error),
        long=len(str(error)) > _LONG_MESSAGE,
    )


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _pickles(error: BaseException) -> bool:
    try:
        return type(pickle.loads(pickle.dumps(error))) is type(error)  # noqa: S301  # it is ours, of this moment
    except Exception:  # noqa: BLE001  # why not is of no matter
        return False


def _said(client: Client, value: Any, field: Field) -> str:
    try:
        for name in client.fields[field]:
            value = getattr(value, name)
    except AttributeError as error:
        return type(error).__name__
    if isinstance(value, str):
        return str(getattr(value, "value", value))
    return repr(value) if value is None or isinstance(value, dict) else type(value).__name__


def _with(answer: Any, path: tuple[str, ...], value: object) -> Any:
    """An answer with another value at a place."""
    whole = part = copy.deepcopy(answer)
    *way, last = path
    for name in way:
        part = part[name]
    if value is GONE:
        del part[last]
    else:
        part[last] = value
    return whole


def _unused() -> str:
    """A URL where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


def _memory() -> int:
    """The most memory that this process took so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Measure the one that is named, and leave at once, whatever still runs."""
    name, fault = sys.argv[1:]
    found = measured(CLIENTS[name], next(each for each in FAULTS if each.name == fault))
    sys.stdout.write(json.dumps(asdict(found)))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
