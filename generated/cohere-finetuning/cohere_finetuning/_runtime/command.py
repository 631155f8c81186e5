"""The operations of a package as commands of a terminal: `python -m PACKAGE OPERATION …`.

Exit status: 0 is success; 1 an answer that is none, or not what was promised; 2 a command or a request that is wrong, and
was not sent; 3 no answer; 130 an interruption.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final, NamedTuple

from .caller import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["Resource", "main"]

PROGRAM: Final = f"python -m {PACKAGE}"
WRONG: Final = 2
"""The exit status of a command that is wrong."""
_INTERRUPTED: Final = 130
_BROKEN_PIPE: Final = 141
_HELP: Final = ("-h", "--help")


class Resource(NamedTuple):
    """A class of the package, and its operations."""

    module: str
    kind: str
    """The name of the class."""
    operations: Mapping[str, str]
    """The methods, and what each does, in a few words."""


class Command(NamedTuple):
    """An operation, and where it is found."""

    attribute: str
    """The attribute of the client that has the method; `""` where that is the client itself."""
    resource: Resource
    method: str

    @property
    def name(self) -> str:
        """How it is called by its whole name."""
        return " ".join(map(dashed, filter(None, (self.attribute, self.method))))


class UsageError(Exception):
    """A command that is wrong: the message says in what way."""


def dashed(name: str) -> str:
    """A name of Python as it is written in a terminal."""
    return name.strip("_").replace("_", "-") or name


def main(
    resources: Mapping[str, Resource],
    credentials: Mapping[str, str],
    arguments: Sequence[str] | None = None,
) -> int:
    """Carry out a command, and return the exit status.

    Args:
        resources: Those of the package, by the attribute of the client that has them; `""` is the client itself.
        credentials: The arguments of the client for credentials, and the environment variable of each.
        arguments: What stands behind the name of the package; that of this process, if nothing is said.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _main(resources, credentials, words)
    except UsageError as error:
        sys.stderr.write(f"{PROGRAM}: {error}\n")
        return WRONG
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # Who reads has read enough. What is left must not be written when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE


def _main(resources: Mapping[str, Resource], credentials: Mapping[str, str], words: list[str]) -> int:
    if not words or words[0] in _HELP:
        return _shown(_overview(resources, credentials), asked=bool(words))
    attribute = _resource(resources, words[0])
    alone = not words[1:] or words[1] in _HELP
    if attribute is not None and alone and not _called(resources, words[0]):
        return _shown(_listed(attribute, resources[attribute]), asked=bool(words[1:]))
    command, rest = _command(resources, words)
    from .command_call import run  # noqa: PLC0415  # what lists operations needs none of it

    return run(command, credentials, rest)


def _shown(lines: Iterable[str], *, asked: bool) -> int:
    """Show what there is: to who asked for it, else to who did not say what to do."""
    stream = sys.stdout if asked else sys.stderr
    stream.writelines(f"{line}\n" for line in lines)
    stream.flush()
    return 0 if asked else WRONG


# --- which operation is meant -----------------------------------------------------------------------------------


def _resource(resources: Mapping[str, Resource], word: str) -> str | None:
    return next((name for name in resources if name and word in {name, dashed(name)}), None)


def _command(resources: Mapping[str, Resource], words: list[str]) -> tuple[Command, list[str]]:
    """The operation that the first words name, and the words behind them."""
    attribute = _resource(resources, words[0])
    if attribute is not None and words[1:]:
        found = _called({attribute: resources[attribute]}, words[1])
        if found:
            return found[0], words[2:]
    found = _called(resources, words[0])
    if len(found) == 1:
        return found[0], words[1:]
    if found:
        names = " or ".join(command.name for command in found)
        raise UsageError(f"there are several operations {words[0]}: write {names}")
    meant = words[:2] if attribute is not None else words[:1]
    raise UsageError(f"there is no operation {' '.join(map(ascii, meant))}{_hint(resources, meant[-1])}")


def _called(resources: Mapping[str, Resource], word: str) -> list[Command]:
    """Every operation of a name: as Python has it, or as it is written in a terminal."""
    every = [
        Command(attribute, resource, method)
        for attribute, resource in resources.items()
        for method in resource.operations
        if word in {method, dashed(method)}
    ]
    return [command for command in every if command.method == word] or every


def _hint(resources: Mapping[str, Resource], word: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  # only for who misspelt something

    names = {dashed(method) for resource in resources.values() for method in resource.operations}
    near = get_close_matches(word, sorted({*names, *map(dashed, filter(None, resources))}), n=3)
    return f"; there is {' and '.join(near)}" if near else f"; {PROGRAM} --help lists them"


# --- what there is ----------------------------------------------------------------------------------------------


def _overview(resources: Mapping[str, Resource], credentials: Mapping[str, str]) -> Iterator[str]:
    """The help of the whole package."""
    yield f"usage: {PROGRAM} [RESOURCE] OPERATION [ARGUMENT …]"
    yield f"       {PROGRAM} [RESOURCE] [OPERATION] --help"
    yield ""
    yield _MANNERS
    yield from told_credentials(credentials)
    for attribute, resource in resources.items():
        yield ""
        yield from _listed(attribute, resource)


_MANNERS: Final = """\
The answer is written to standard output: JSON, one value per line where many come one after another, and text and
bytes as they are. Exit status: 0 success; 1 the answer is an error, or is not as promised; 2 the command or the
request is wrong, and nothing was sent; 3 no answer came."""


def told_credentials(credentials: Mapping[str, str]) -> list[str]:
    """The environment variables with credentials; nothing, where there are none."""
    if not credentials:
        return []
    wide = max(map(len, credentials.values()))
    told = [
        f"  {variable.ljust(wide)}  {dashed(argument).replace('-', ' ')}"
        for argument, variable in credentials.items()
    ]
    return ["", "Credentials are taken from the environment alone:", *told]


def _listed(attribute: str, resource: Resource) -> Iterator[str]:
    if attribute:
        yield f"{dashed(attribute)}:"
    wide = _width(map(dashed, resource.operations))
    for method, summary in resource.operations.items():
        yield f"  {dashed(method).ljust(wide)}  {summary}".rstrip()


_WIDEST: Final = 44


def _width(words: Iterable[str]) -> int:
    return max((len(word) for word in words if len(word) <= _WIDEST), default=0)
