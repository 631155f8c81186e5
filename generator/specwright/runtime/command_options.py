"""The options of a command, and its help."""

from __future__ import annotations

import argparse
import inspect
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NoReturn, get_args

from .command import PROGRAM, UsageError, dashed, told_credentials
from .command_values import CHOICE, shown_choice
from .types import CheckRequests

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .command import Command
    from .command_arguments import Argument, Method

__all__ = ["OURS", "Parser", "Variables", "option_names", "parser_of", "place"]

OURS: Final[Mapping[str, Mapping[str, Any]]] = {
    "--output": {"metavar": "FILE", "help": "Write the answer to a file."},
    "--raw": {
        "action": "store_true",
        "help": "Write the answer as it came, unread: also what the document does not have.",
    },
    "--max-items": {
        "type": int,
        "metavar": "N",
        "help": "Stop after so many, where many come one after another.",
    },
    "--base-url": {"metavar": "URL", "help": "Where the API is served."},
    "--timeout": {"type": float, "metavar": "SECONDS", "help": "How long the call may take."},
    "--retries": {
        "type": int,
        "metavar": "N",
        "help": "How often it may be repeated, where that can do no harm.",
    },
    "--extra-header": {"action": "append", "metavar": "NAME=VALUE", "help": "A header to send as well."},
    "--extra-query": {
        "action": "append",
        "metavar": "NAME=VALUE",
        "help": "A query parameter to send as well.",
    },
    "--check-requests": {
        "choices": get_args(CheckRequests),
        "help": "What happens to a request that is not what the document asks for.",
    },
    "--on-mismatch": {
        "choices": ("ignore", "warn", "raise"),
        "help": "What happens to an answer that is not what the document promises.",
    },
    "--scope": {
        "action": "append",
        "metavar": "TEXT",
        "help": "What the token that is asked for is to allow.",
    },
    "--help": {"action": "store_true", "help": "Show this help."},
}
"""The options of every command."""
_SHORT: Final = {"--output": "-o", "--help": "-h"}
_HELP: Final = ("-h", "--help")
_SCOPES: Final = "scopes"


def option_names(names: Sequence[str]) -> dict[str, str]:
    """What the arguments of a method are called in a terminal, without dashes before it."""
    plain = Counter(map(dashed, names))
    options = {name: dashed(name) if plain[dashed(name)] == 1 else name.replace("_", "-") for name in names}
    return {name: f"{option}-value" if f"--{option}" in OURS else option for name, option in options.items()}


class Variables:
    """The arguments of the client that are neither credentials nor its options."""

    def __init__(self, client_class: Any, credentials: Mapping[str, str]) -> None:
        parameters = inspect.signature(client_class.__init__).parameters
        own = {"self", "base_url", "options", _SCOPES, *credentials}
        self.server = [name for name in parameters if name not in own]
        """Those that are a part of the address."""
        self.has_scopes = _SCOPES in parameters
        self.base_url: str | None = parameters["base_url"].default
        if parameters["base_url"].default is inspect.Parameter.empty:
            self.base_url = None

    def given(self, said: argparse.Namespace) -> dict[str, Any]:
        """Those that a command has."""
        found = {name: getattr(said, f"server_{name}") for name in self.server}
        if self.has_scopes:
            found[_SCOPES] = said.scope
        return {name: value for name, value in found.items() if value is not None}


class Parser(argparse.ArgumentParser):
    """Reads the words behind the name of an operation."""

    def __init__(self, usage: str, text: str, epilog: str) -> None:
        super().__init__(
            prog=PROGRAM,
            usage=_literally(usage),
            description=_described(text),
            epilog=_described(epilog),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            add_help=False,
            allow_abbrev=False,
        )
        self.named: dict[str, Argument] = {}
        """The arguments that are options, by what they are called."""
        self.secret: Mapping[str, str] = {}
        self.members: list[tuple[Argument, list[str], str]] = []
        """What was given for members of arguments."""

    def shown(self, argument: Argument) -> str:
        """An argument as it is given."""
        return f"--{argument.option}" if argument.option in self.named else _metavar(argument)

    def asks_for_help(self, words: Sequence[str]) -> bool:
        """Whether the help is asked for."""
        end = list(words).index("--") if "--" in words else len(words)
        return any(word in _HELP for word in words[:end])

    def show_help(self) -> None:
        """Show it."""
        sys.stdout.write(self.format_help())
        sys.stdout.flush()

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong with the words."""
        raise UsageError(message)

    def read(self, words: Sequence[str]) -> argparse.Namespace:
        """What the words say. `UsageError` for what is no option, of which nothing but its name is told."""
        said, unknown = self.parse_known_args(self._without_members(words))
        if not unknown:
            return said
        names = [word.partition("=")[0] for word in unknown if word.startswith("-")]
        if not names:
            raise UsageError(f"{len(unknown)} words too many")
        for argument, variable in self.secret.items():
            if names[0] == f"--{dashed(argument)}":
                raise UsageError(f"{names[0]} is taken from the environment alone: set {variable}")
        raise UsageError(f"there is no option {names[0]}")

    def _without_members(self, words: Sequence[str]) -> list[str]:
        """The words without `--argument.member value`, which are put aside."""
        rest: list[str] = []
        waiting = iter(words)
        for word in waiting:
            option, sign, value = word.partition("=")
            head, dot, path = option.removeprefix("--").partition(".")
            if word == "--":
                return [*rest, word, *waiting]
            if not option.startswith("--") or not dot or head not in self.named:
                rest.append(word)
                continue
            text = value if sign else next(waiting, None)
            if text is None:
                raise UsageError(f"{option} lacks its value")
            self.members.append((self.named[head], path.split("."), text))
        return rest


def parser_of(
    command: Command, method: Method, variables: Variables, credentials: Mapping[str, str]
) -> Parser:
    """What reads the words behind the name of an operation."""
    required = [argument for argument in method.named if argument.required]
    words = [
        *map(_metavar, method.path),
        *(f"--{argument.option} {argument.kind.metavar}" for argument in required),
        "[OPTION …]",
    ]
    epilog = "\n".join([*_WAYS, *told_credentials(credentials)])
    parser = Parser(f"{PROGRAM} {command.name} {' '.join(words)}", method.text, epilog)
    parser.secret = credentials
    if method.path:
        group = parser.add_argument_group("in the path")
        for argument in method.path:
            group.add_argument(place(argument), metavar=_metavar(argument), help=_told(argument))
    group = parser.add_argument_group("arguments")
    for argument in method.named:
        parser.named[argument.option] = argument
        group.add_argument(
            f"--{argument.option}",
            dest=place(argument),
            metavar=argument.kind.metavar,
            action="append",
            help=_told(argument),
        )
    if any(argument.wire for argument in method.named) and "body" not in parser.named:
        group.add_argument(
            "--body",
            dest="whole_body",
            metavar="JSON",
            help="The whole body at once, as @FILE, or - for standard input.",
        )
    _add_ours(parser, variables)
    return parser


_WAYS: Final = (
    "A value is text, or JSON where that is asked for; @FILE is what is in a file, @- standard input, and @@ an @ itself.",
    "A member of an object can be given as --ARGUMENT.MEMBER VALUE.",
)


def _add_ours(parser: Parser, variables: Variables) -> None:
    """The options that every command has."""
    group = parser.add_argument_group("options")
    for option, said in OURS.items():
        if option != "--scope" or variables.has_scopes:
            group.add_argument(*filter(None, (_SHORT.get(option), option)), **said)
    for name in variables.server:
        group.add_argument(
            f"--server-{dashed(name)}",
            dest=f"server_{name}",
            metavar="TEXT",
            help="A part of the address that the API is served at.",
        )


def place(argument: Argument) -> str:
    """The attribute of what was read that has an argument; no option of ours is called so."""
    return f"argument {argument.name}"


def _metavar(argument: Argument) -> str:
    return argument.option.upper()


def _told(argument: Argument) -> str:
    """What the help says of an argument."""
    kind = argument.kind.item or argument.kind
    words = [argument.text.strip()]
    if argument.required and argument.kind.nullable:
        words.append("May be null.")
    if argument.kind.item is not None:
        words.append("May be repeated, or be one JSON array.")
    if kind.choices and kind.metavar == CHOICE:
        words.append(f"One of: {', '.join(map(shown_choice, kind.choices))}.")
    return _literally(" ".join(filter(None, words)))


def _literally(text: str) -> str:
    """A text in which argparse finds nothing to fill in."""
    return text.replace("%", "%%")


def _described(text: str) -> str:
    """The same of texts in which it looks for the name of the program alone."""
    return _literally(text) if "%(prog)" in text else text
