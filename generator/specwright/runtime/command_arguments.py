"""What the method of an operation takes, read from the method itself: its signature, its docstring, and the call it makes."""

from __future__ import annotations

import inspect
import re
import warnings
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from .caller import PACKAGE
from .command_names import Names
from .command_options import option_names
from .command_values import Kind
from .text import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .command import Command
    from .operation import Call

__all__ = ["Argument", "Method"]


class Argument(NamedTuple):
    """An argument of a method."""

    name: str
    option: str
    """What it is called in a terminal, without dashes before it."""
    kind: Kind
    required: bool
    text: str
    """What the document says of it."""
    wire: str
    """Its name in the body; `""` where it is not a member of one."""


class Method:
    """The method of an operation, which is looked at and not called."""

    def __init__(self, command: Command) -> None:
        module = import_module(f"{PACKAGE}.{command.resource.module}")
        self._marked: Callable[..., Any] = getattr(getattr(module, command.resource.kind), command.method)
        self._function = inspect.unwrap(self._marked)
        self._parameters = list(inspect.signature(self._function).parameters.values())[1:-1]
        self._options = option_names([each.name for each in self._parameters])
        self._names = Names(module)
        self.text, self._told = _documented(inspect.getdoc(self._function) or "")
        deprecated = str(getattr(self._marked, "__deprecated__", ""))
        if deprecated:
            self.text += f"\n\nDeprecated: {printable(deprecated)}."
        self.result = str(inspect.get_annotations(self._function)["return"])
        """The annotation of what it returns, as it is written."""

    @cached_property
    def path(self) -> list[Argument]:
        """The arguments in the path, in their order."""
        return [
            self._argument(each, {})
            for each in self._parameters
            if each.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
        ]

    @cached_property
    def named(self) -> list[Argument]:
        """The arguments that are given by name."""
        body: Any = self._call.body
        members: dict[str, Any] = body if body.__class__ is dict else {}
        wires = {mark.name: wire for wire, mark in members.items() if isinstance(mark, _Mark)}
        return [
            self._argument(each, wires)
            for each in self._parameters
            if each.kind is inspect.Parameter.KEYWORD_ONLY
        ]

    @cached_property
    def _call(self) -> Call[Any]:
        """The call that the method makes, with a mark in the place of each argument."""
        marks: dict[str, Any] = {each.name: _Mark(each.name) for each in self._parameters}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # nothing is called
            call: Call[Any] = self._function(_Witness(), **marks)
        return call

    def _argument(self, parameter: inspect.Parameter, wires: Mapping[str, str]) -> Argument:
        name = parameter.name
        kind = Kind.of(self._names.meaning(str(parameter.annotation)))
        return Argument(
            name,
            self._options[name],
            kind,
            parameter.default is inspect.Parameter.empty,
            self._told.get(name, ""),
            wires.get(name, ""),
        )


class _Mark(NamedTuple):
    """Stands for the value of an argument."""

    name: str


class _Witness:
    """Stands for a client or a resource: whatever method of it is to send a call gives that call."""

    def __getattr__(self, name: str) -> Callable[[Call[Any], object], Call[Any]]:
        return lambda call, _options: call


# --- docstrings -------------------------------------------------------------------------------------------------

_ITEM: Final = re.compile(r"    (\w+):(?: (.*))?")
_LONGEST: Final = 10_000
_DEEPER: Final = " " * 8


def _documented(docstring: str) -> tuple[str, dict[str, str]]:
    """What a docstring says before its sections, and of each argument."""
    # What is above may have such a line of the document's; below, all is indented.
    text, _, sections = docstring.rpartition("\nArgs:\n")
    shown = "\n".join(printable(line, _LONGEST) for line in text.strip().split("\n"))
    told: dict[str, str] = {}
    name = ""
    for line in sections.split("\n"):
        item = _ITEM.fullmatch(line)
        if item is not None:
            name = item[1]
            told[name] = item[2] or ""
        elif line.startswith(_DEEPER) and name:
            told[name] += f" {line.strip()}"
        elif line:
            name = ""
            if not line.startswith(" "):
                break
    return shown, {name: printable(said, _LONGEST) for name, said in told.items()}
