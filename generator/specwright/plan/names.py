"""Every identifier of the generated package, decided in one pass where all of them are visible.

What wants a name is a `Wish`. Wishes of one scope never get the same name. A name that the lock keeps stays; then what
is called on the wire as it would be in Python has its name; then the rest, in the order of the document.
"""

from __future__ import annotations

import keyword
import re
import unicodedata
from functools import lru_cache
from itertools import accumulate, count
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, cast

from specwright.scopes import AMBIGUOUS, CLIENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Case = Literal["class", "snake", "constant"]
"""How a name is written: `FinetunedModel`, `finetuned_model`, `FINETUNED_MODEL`."""


class Wish(NamedTuple):
    """Something that needs a name: `text` is what it is called in the document.

    `key` is its place there, and stays what it is when other things come and go. `fallback` is the name where `text`
    has nothing a name could be made of, and `suffix` is put behind a name that is taken. `beside` is another scope
    whose reserved names it can't have.
    """

    key: str
    scope: str
    text: str
    case: Case
    fallback: str
    suffix: str = ""
    beside: str = ""
    chosen: bool = False
    """Whether the author of the document chose `text`: then a name that was given before, of another text, does not stay."""


CHOSEN: Final = "x-specwright-name"
"""The field by which the author of a document says what something is called in Python."""


def own_name(node: object) -> str:
    """What the author of a document wants what `node` describes to be called; "" where nothing is said."""
    if not isinstance(node, dict) or CHOSEN not in node:
        return ""
    said = cast("object", node[CHOSEN])
    return said if isinstance(said, str) else ""


LONGEST: Final = 100
"""How many characters a name of several words has at most, about; a sentence is called by how it begins."""

RESERVED: Final[Mapping[str, frozenset[str]]] = {
    # What `models`, `inputs` and `validators` have in scope, and the clients.
    "classes": frozenset(
        [
            "Any",
            "AsyncClient",
            "ClassVar",
            "Client",
            "Decimal",
            "ExtraItems",
            "Issue",
            "Literal",
            "Mapping",
            "Model",
            "NotRequired",
            "OpenIntEnum",
            "OpenStrEnum",
            "Sequence",
            "TYPE_CHECKING",
            "TypeAlias",
            "TypedDict",
            "UNSET",
            "UUID",
            "Union",
            "UnsetType",
        ]
    ),
    "resources": CLIENT,
    # What a client and a resource have already, or will.
    "methods": frozenset({"aclose", "close", "dt", "preload", "str", "with_options", "with_response"}),
    # Their functions are called `_list` …, as the aliases of builtins are.
    "builders": frozenset({"bool", "bytes", "dict", "float", "int", "list", "str"}),
    # What a client takes beside its credentials, or will.
    "client": frozenset(
        {
            "after_attempt",
            "base_url",
            "before_attempt",
            "check_requests",
            "follow_redirects",
            "http_client",
            "max_response_bytes",
            "on_mismatch",
            "options",
            "retries",
            "scopes",
            "self",
            "timeout",
            "tracing",
        }
    ),
    # `dt` and `msgspec` are modules that generated ones import.
    "arguments": frozenset(
        {
            "body",
            "dt",
            "extra_body",
            "extra_headers",
            "extra_query",
            "options",
            "reconnect",
            "retries",
            "self",
            "timeout",
        }
    ),
    # Windows keeps them for devices, with any suffix.
    "modules": frozenset(
        {
            "aux",
            "con",
            "nul",
            "prn",
            *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)),
        }
    ),
    "fields": frozenset({"as_input", "dt", "extra", "msgspec"}),
    "members": frozenset({"mro", "name", "value"}),
}
"""By the first word of a scope, what is taken in it from the start."""


def decide(wishes: Iterable[Wish], kept: Mapping[str, str]) -> dict[str, str]:
    """A name for each wish, by its key; within a scope they all differ."""
    waiting = list(wishes)
    scopes = {wish.scope for wish in waiting}
    taken = {scope: set(RESERVED.get(scope.partition(" ")[0], ())) for scope in scopes}
    names: dict[str, str] = {}
    rounds: tuple[tuple[Callable[[Wish], bool], Callable[[Wish], Iterable[str]]], ...] = (
        (lambda wish: wish.key in kept, lambda wish: _kept(wish, kept[wish.key])),
        (lambda wish: wish.chosen, _offers),
        (lambda wish: _spelled(wish) == wish.text, lambda wish: (wish.text,)),
        (lambda _: True, _offers),
    )
    for takes_part, offers in rounds:
        for wish in filter(takes_part, waiting):
            if wish.key in names:
                continue
            here, beside = taken[wish.scope], RESERVED.get(wish.beside, ())
            for name in offers(wish):
                if name not in here and name not in beside:
                    names[wish.key] = name
                    here.add(name)
                    break
        waiting = [wish for wish in waiting if wish.key not in names]
    return names


def remembered(wishes: Iterable[Wish], names: Mapping[str, str]) -> dict[str, str]:
    """The names that a lock has to keep.

    A property or a value that is called as it is on the wire keeps its name anyway: no other of its schema can have it.
    Elsewhere something new may be called the same, such as a parameter like a property of the body.
    """
    own = {wish.key for wish in wishes if wish.scope.startswith(_SOLE) and names[wish.key] == wish.text}
    return {key: name for key, name in names.items() if key not in own}


_SOLE: Final = ("fields ", "members ")
"""Scopes of one schema: whatever has a name there differs on the wire."""


def _kept(wish: Wish, name: str) -> Iterator[str]:
    if name and (not wish.chosen or name.startswith(_spelled(wish).rstrip("_"))):
        yield name


def _spelled(wish: Wish) -> str:
    return spelled(wish.text, wish.case, wish.fallback)


def _offers(wish: Wish) -> Iterator[str]:
    name = _spelled(wish)
    yield name
    if wish.suffix:
        name = spelled(f"{wish.text} {wish.suffix}", wish.case, wish.fallback)
        yield name
    yield f"{name.rstrip('_')}_"
    for number in count(2):
        yield f"{name.rstrip('_')}_{number}" if wish.case != "class" else f"{name.rstrip('_')}{number}"


@lru_cache(maxsize=1 << 16)
def spelled(text: str, case: Case, fallback: str) -> str:
    """`text` as an ASCII identifier in that case, which is no keyword; `fallback` where nothing of `text` is left."""
    words = [*(_shortened(_words(text)) or _words(fallback))]
    if case == "class" and not any(char.islower() for char in text):
        words = [word.capitalize() for word in words] if len(words) > 1 else words
    if words[0][0].isdigit():
        words = [*_words(fallback), *words]
    match case:
        case "class":
            name = "".join(word[0].upper() + word[1:] for word in words)
        case "snake":
            name = "_".join(words).lower()
        case "constant":
            name = "_".join(words).upper()
    return f"{name}_" if keyword.iskeyword(name) or name in AMBIGUOUS else name


def _shortened(words: Sequence[str]) -> Sequence[str]:
    """The words that a name has room for: how it begins, and the last two, which tell what is made of it."""
    if sum(map(len, words)) + len(words) <= LONGEST + 1:
        return words
    tail = words[-2:]
    room = LONGEST - sum(len(word[:LONGEST]) + 1 for word in tail)
    ends = accumulate(len(word) + 1 for word in words[:-2])
    return [
        *(word for word, end in zip(words, ends, strict=False) if end <= room),
        *(word[:LONGEST] for word in tail),
    ]


def legible(text: str, otherwise: str) -> str:
    """`text`, or `otherwise` where nothing of it could be part of a name."""
    return text if _words(text) else otherwise


_WORD = re.compile(
    r"[A-Z]{2,}s(?![a-z])"  # IPs, IDs: one word
    r"|[A-Z]+(?=[A-Z][a-z])"  # the HTTP of HTTPServer
    r"|[A-Z]?[a-z]+[0-9]*|[A-Z]+[0-9]*|[0-9]+"
)
# Letters that Unicode does not take apart.
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "Œ": "Oe",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
    }
)
_SIGNED = re.compile(r"^([+-])(?=[0-9])")
_SIGNS = {"+": "plus ", "-": "minus "}
_SYMBOLS = {
    "!": "not", "#": "hash", "$": "dollar", "%": "percent", "&": "and", "*": "star", "+": "plus", "-": "minus",
    ".": "dot", "/": "slash", ":": "colon", "<": "less", "=": "equal", ">": "greater", "@": "at", "|": "or", "~": "like",
}  # fmt: skip


def _words(text: str) -> tuple[str, ...]:
    plain = text
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode()
    plain = _SIGNED.sub(lambda sign: _SIGNS[sign[1]], plain)
    return tuple(_WORD.findall(plain)) or tuple(_SYMBOLS[char] for char in plain if char in _SYMBOLS)
