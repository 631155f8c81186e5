"""What the distribution is called, its version, and where its API is served."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from specwright.plan.ir import Doc, Package
from specwright.plan.names import spelled

if TYPE_CHECKING:
    from specwright.config import Config
    from specwright.document import Document

NAMELESS: Final = frozenset({"api", "index", "openapi", "swagger"})
"""File names that don't say which API they describe; its title does."""

_VERSION = re.compile(
    r"v?(?:\d{1,9}!)?\d{1,9}(?:\.\d{1,9})*(?:[-_.]?(?:a|b|c|rc|alpha|beta|pre|preview)[-_.]?\d{0,9})?"
    r"(?:-\d{1,9}|[-_.]?(?:post|rev|r)[-_.]?\d{0,9})?(?:[-_.]?dev[-_.]?\d{0,9})?(?:\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?",
    re.ASCII | re.IGNORECASE,
)
"""PEP 440, appendix B."""


_TAKEN: Final = frozenset(
    """
    abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb
    binascii bisect builtins bz2 calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys
    compileall compression concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses
    dataclasses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno
    faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass
    gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io
    ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math
    mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers
    opcode operator optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib
    poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri
    random re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil
    signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl
    stat statistics string stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile
    telnetlib tempfile termios textwrap this threading time timeit tkinter token tokenize tomllib trace
    traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib uu uuid venv warnings
    wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo

    anyio h11 httpcore2 httpx2 idna msgspec opentelemetry re2 truststore typing_extensions
    """.split()  # noqa: SIM905 - reads better
)
"""What `import` finds elsewhere: modules of Python's library, of any version that we run on, and what a package itself imports."""


def package(document: Document, config: Config) -> Package:
    """The names and the metadata of the distribution."""
    info = document.root.get("info", {})
    title = info.get("title", "")
    stem = Path(config.spec).name.partition(".")[0]
    called = config.package or (title if stem.lower() in NAMELESS else stem) or "api"
    module = spelled(called, "snake", "api")
    module = f"{module}_" if module in _TAKEN else module
    wanted = config.version or info.get("version", "")
    return Package(
        distribution=module.strip("_").replace("_", "-"),
        module=module,
        version=wanted if _VERSION.fullmatch(wanted) else "0.0.0",
        title=title or module,
        doc=Doc(info.get("description", "")),
        summary=info.get("summary", ""),
    )
