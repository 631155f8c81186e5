"""Texts that meet a format or a pattern."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import rstr

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

_MOST: Final = 64
"""Characters of a text, where none has to be longer."""
_PLAIN: Final = "abcdefghijklmnopqrstuvwxyz"
_ANY: Final = _PLAIN + "ABCXYZ0123456789 -_.~/?&=+%#,;:@'\"é\u6a21\U0001f642"


def _two(rng: random.Random, below: int) -> str:
    return f"{rng.randrange(below):02}"


def _date(rng: random.Random) -> str:
    return f"20{_two(rng, 70)}-{1 + rng.randrange(12):02}-{1 + rng.randrange(28):02}"


def _time(rng: random.Random) -> str:
    zone = rng.choice(("Z", "+00:00", "+02:00", "-05:30"))
    return f"{_two(rng, 24)}:{_two(rng, 60)}:{_two(rng, 60)}{rng.choice(('', '.5', '.123456'))}{zone}"


def _word(rng: random.Random) -> str:
    return "".join(rng.choice(_PLAIN) for _ in range(rng.randint(3, 9)))


FORMATS: Final[dict[str, Callable[[random.Random], str]]] = {
    "byte": lambda rng: b64encode(rng.randbytes(rng.randint(1, 12))).decode(),
    "base64": lambda rng: b64encode(rng.randbytes(rng.randint(1, 12))).decode(),
    "date": _date,
    "date-time": lambda rng: f"{_date(rng)}T{_time(rng)}",
    "decimal": lambda rng: f"{rng.randrange(10_000)}.{_two(rng, 100)}",
    "duration": lambda rng: rng.choice(("P3D", "PT4H30M", "P1DT12H", "PT0.5S")),
    "email": lambda rng: f"{_word(rng)}@example.com",
    "hostname": lambda rng: f"{_word(rng)}.example.com",
    "idn-email": lambda rng: f"{_word(rng)}@example.com",
    "idn-hostname": lambda rng: f"{_word(rng)}.example.com",
    "ipv4": lambda rng: f"192.0.2.{rng.randrange(256)}",
    "ipv6": lambda rng: f"2001:db8::{rng.randrange(1, 65536):x}",
    "iri": lambda rng: f"https://example.com/{_word(rng)}",
    "json-pointer": lambda rng: f"/{_word(rng)}",
    "regex": lambda rng: f"^{_word(rng)}$",
    "relative-json-pointer": lambda rng: f"1/{_word(rng)}",
    "time": _time,
    "uri": lambda rng: f"https://example.com/{_word(rng)}?q={_word(rng)}",
    "uri-reference": lambda rng: f"/{_word(rng)}",
    "uri-template": lambda rng: f"/{_word(rng)}/{{id}}",
    "url": lambda rng: f"https://example.com/{_word(rng)}",
    "uuid": lambda rng: str(UUID(int=rng.getrandbits(128), version=4)),
}


def text(schema: dict[str, Any], rng: random.Random, *, plain: bool) -> str:
    """A text as `format`, `pattern` and the lengths demand; where they leave it open, letters alone if `plain`."""
    least, most = int(schema.get("minLength", 0)), int(schema.get("maxLength", 10**6))
    pattern, form = schema.get("pattern"), schema.get("format")
    if isinstance(pattern, str):
        return _matching(pattern, rng, least, most)
    if form in FORMATS:
        made = FORMATS[form](rng)
        if least <= len(made) <= most:
            return made
    length = min(max(least, rng.randint(1, 12)), max(most, 0))
    letters = _PLAIN if plain else _ANY
    made = "".join(rng.choice(letters) for _ in range(length))
    return made if plain or not made.isspace() else "x" * length


_TRIES: Final = 40
# Escapes and classes of characters, which are left alone; and repetitions without an end, of which some are enough: of 100
# repetitions in 100 others, no text is short.
_ENDLESS: Final = re.compile(r"(\\.|\[(?:\\.|[^\]\\])*\])|([*+])")
_LEAST: Final = {"*": 0, "+": 1}
_ENOUGH: Final = 6
# What a pattern of ECMA-262 says otherwise than one of Python does (section 22.2.1).
_SPELLINGS: Final = (("\\/", "/"), ("(?<", "(?P<"), ("(?P<=", "(?<="), ("(?P<!", "(?<!"), ("\\p{L}", "[A-Za-z]"),
                     ("\\p{N}", "[0-9]"), ("\\p{Lu}", "[A-Z]"), ("\\p{Ll}", "[a-z]"))  # fmt: skip


def _matching(pattern: str, rng: random.Random, least: int, most: int) -> str:
    """A text that a pattern finds itself in; of the lengths that are tried, the nearest."""
    for ecma, python in _SPELLINGS:
        pattern = pattern.replace(ecma, python)
    enough = max(_ENOUGH, min(least + 1, _MOST))
    pattern = _ENDLESS.sub(lambda found: found[1] or f"{{{_LEAST[found[2]]},{enough}}}", pattern)
    source = rstr.Rstr(rng)
    made = ""
    for attempt in range(_TRIES):
        made = source.xeger(pattern)
        if attempt < _TRIES - 1 and len(made) > max(_MOST, least):
            continue
        if least <= len(made) <= most:
            break
        if len(made) < least and not pattern.endswith("$"):
            made += "x" * (least - len(made))
            break
    return made
