"""First on the path of a watched process: writes to AUDIT_LOG what it must not do.

AUDIT_OK lists the folders that it may write in, WATCH_READS those that it may read. The audit hook that comes with the
hostile documents sees some of the same; where it is there, it watches too.
"""

from __future__ import annotations

import contextlib
import os
import sys

_LOG = os.open(os.environ["AUDIT_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)  # before any hook

with contextlib.suppress(ImportError):
    import audit_hook  # noqa: F401 - it installs itself  # pyright: ignore[reportMissingImports, reportUnusedImport]

_SYSTEM = ("/usr/share/zoneinfo", "/etc/localtime", "/etc/ssl", "/dev/null", "/dev/urandom", "/dev/tty")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_NETWORK = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}
_PROCESSES = {"os.system", "subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn", "pty.spawn"}
_CHANGES = {
    "os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.truncate", "shutil.rmtree",
}  # fmt: skip


def _folders(variable: str) -> tuple[str, ...]:
    return tuple(os.path.realpath(each) for each in os.environ.get(variable, "").split(os.pathsep) if each)


_MAY_WRITE, _MAY_READ = _folders("AUDIT_OK"), _folders("WATCH_READS")


def _is_in(path: object, folders: tuple[str, ...]) -> bool:
    if not isinstance(path, str | bytes):
        return True  # a descriptor, which was looked at when it was opened
    real = os.path.realpath(os.fsdecode(path))
    return any(real == folder or real.startswith(f"{folder}{os.sep}") for folder in (*folders, *_SYSTEM))


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        path, mode, flags = arguments
        writes = (isinstance(flags, int) and flags & _WRITES) or (
            isinstance(mode, str) and set(mode) & set("wax+")
        )
        if not _is_in(path, _MAY_WRITE if writes else _MAY_READ):
            _note("WRITE" if writes else "READ", path)
    elif event in _CHANGES and not _is_in(arguments[0], _MAY_WRITE):
        _note("FS", event, arguments[0])
    elif event in _PROCESSES:
        _note("PROC", event, *arguments[:1])
    elif event in _NETWORK:
        _note("NET", event, *arguments[1:])


def _note(*words: object) -> None:
    os.write(
        _LOG, (" ".join(map(str, words)).replace("\n", "\\n") + "\n").encode("utf-8", "backslashreplace")
    )


sys.addaudithook(_watch)
