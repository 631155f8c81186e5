"""Scalars on both sides of what a schema draws a line at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

FORMATS: Final[dict[str, tuple[str, ...]]] = {
    "date": ("2024-02-29", "2023-02-29", "2024-2-1", "2024-13-01", "2024-04-31", "0000-01-01", "20240101", "2024-01-01T00:00:00Z", "\uff12024-01-01"),
    "date-time": (
        "2024-02-29T23:59:60Z", "1990-12-31T15:59:60-08:00", "2024-01-01T24:00:00Z", "2024-01-01t00:00:00z", "2024-01-01T00:00:00", "2024-01-01 00:00:00Z",
        "2024-01-01T00:00Z", "2024-01-01T00:00:00.Z", "2024-01-01T00:00:00+24:00", "2024-01-01T00:00:00.123456789+05:30", "2023-02-29T00:00:00Z", "2024-01-01T00:00:00Z\n",
    ),
    "duration": ("P1Y", "P1M", "P1W", "P1D", "PT1S", "P", "PT", "P1W1D", "P1DT", "PT1S1M", "PT0.5S", "p1d", "P1Y2M3DT4H5M6S", "P1YT6S", "-P1D"),
    "email": ("a@b", "a@b.c", "a.b@c.d", ".a@b.c", "a..b@c.d", "a@", "@b", "a b@c.d", '"a b"@c.d', "a@[127.0.0.1]", "a@[IPv6:::1]", "a@-b.c", "é@b.c"),
    "hostname": ("a", "a.b", "a.", "-a", "a-", "a_b", "a" * 63, "a" * 64, "a.b" * 84 + "cd", "1.2.3.4", "a..b", "xn--ls8h", "xn--X", "é.b", ""),
    "idn-email": ("é@é.b", "a@b", "é@", "a b@c.d"),
    "idn-hostname": ("é.b", "a.b", "-é", "ß.b", "\u302e.b", "a\u00b7b"),
    "ipv4": ("0.0.0.0", "255.255.255.255", "256.0.0.1", "1.2.3", "01.2.3.4", "1.2.3.4.5", "1.2.3.4 ", "\u0662.0.0.1", "0x7f.0.0.1"),  # noqa: S104 -- no address to listen on
    "ipv6": ("::", "::1", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8:9", "::ffff:1.2.3.4", "12345::", "1::2::3", "fe80::1%eth0", ":1", "::1/64"),
    "iri": ("http://é.b/ü", "é", "http://a b", "//a"),
    "iri-reference": ("é", "a b", "\\", "#ü"),
    "json-pointer": ("", "/", "/a~0b", "/a~2b", "a", "/~", "#/a"),
    "regex": ("", "(", "[a", "a{2,1}", "^\\p{L}$", "\\Z", "(?<n>a)\\k<n>", "(?<=a)b", "a**"),
    "relative-json-pointer": ("0", "1/a", "01", "0#", "-1", "/a", "1##"),
    "time": ("12:00:00Z", "23:59:60Z", "22:59:60Z", "24:00:00Z", "12:00:00", "12:00:00+00:00", "12:00Z", "12:00:00.5-23:59", "1:00:00Z"),
    "uri": ("http://a", "a", "//a/b", "http://a b", "http://a/%zz", "http://[::1]", "http://[::1", "http://é", "urn:a", "http://a:b/", "http://a\\b", "1a:b", "http://a#b#c", ":a", "http://a/{b}"),
    "uri-reference": ("", "a", "//a", "a b", "\\a", "#a", "%zz", "é", "[", "a:b", ":a"),
    "uri-template": ("/a/{b}", "/a/{b", "/{a,b}", "{?a*}", "{a:3}", "{", "}", "{!a}", "a b"),
    "uuid": ("2EB8AA08-AA98-11EA-B4AA-73B441D16380", "2eb8aa08aa9811eab4aa73b441d16380", "2eb8aa08-aa98-11ea-b4aa-73b441d1638", "2eb8aa08-aa98-11ea-b4aa-73b441d163801",
             "00000000-0000-0000-0000-000000000000", "{2eb8aa08-aa98-11ea-b4aa-73b441d16380}", "2eb8aa08-aa98-11ea-b4aa-73b441d1638g", "2eb8-aa08-aa98-11ea-b4aa73b44-1d16380"),
}  # fmt: skip
"""Of each format that validators assert, texts that are of it and texts that nearly are."""

OTHERS: Final[tuple[Any, ...]] = (
    None, True, False, 0, 1, -1, 1.0, 1.5, 0.1, 2**31, 2**63, -(2**63) - 1, 10**30, 1e308, 5e-324, -0.0, "", "0", "1.0", "null",
    "true", " ", "\n", "é", "\U0001f642", "a\u0000b", [], {}, [None], [[]], {"": None}, {"a": {}},
)  # fmt: skip
"""What is put where something else is expected."""

NUMBERS: Final = frozenset(
    {"exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf", "type"}
)
TEXTS: Final = frozenset({"format", "maxLength", "minLength", "pattern"})
LISTED: Final = frozenset({"const", "enum"})
"""Keywords that draw a line among numbers, among texts, and by listing values."""
_STEP: Final = 1e-9


def numbers(schema: dict[str, Any]) -> Iterator[Any]:
    """Around every bound, and around multiples."""
    for keyword in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
        bound = schema.get(keyword)
        if isinstance(bound, int | float) and not isinstance(bound, bool):
            yield from (bound, bound - 1, bound + 1, float(bound), bound - 0.5, bound + 0.5)
            yield from (bound - abs(bound) * _STEP, bound + abs(bound) * _STEP)
    step = schema.get("multipleOf")
    if isinstance(step, int | float):
        yield from (step, step * 3, step * 7, step * 1.5, step / 2, -step, step * 10**15, 0)
    if schema.get("type") in ("integer", "number"):
        yield from (1.0, 1.5, -1, 0, 2**31, 2**63, 10**30, 1e300)
    yield from (True, "1", 1)


def texts(schema: dict[str, Any], made: str | None, rng: random.Random) -> Iterator[str]:
    """Around lengths, formats and patterns; `made` is a text that fits."""
    yield from FORMATS.get(str(schema.get("format")), ())
    for keyword in ("minLength", "maxLength"):
        bound = schema.get(keyword)
        if isinstance(bound, int) and bound <= _LONGEST:
            for length in (bound - 1, bound, bound + 1):
                yield "x" * length
                yield "\U0001f642" * length
                if made:
                    yield (made * (length // len(made) + 1))[: max(length, 0)]
    if made is not None:
        yield from _beside(made, rng)


_LONGEST: Final = 5_000


def _beside(made: str, rng: random.Random) -> Iterator[str]:
    at = rng.randrange(len(made) + 1)
    other = rng.choice("aZ0 -_.\n/é\U0001f642")
    yield from (made[:at] + other + made[at:], made[:at] + other + made[at + 1 :], made[:at] + made[at + 1 :])
    yield from (f"{made}\n", f" {made}", made.upper(), made.lower(), made.swapcase(), made[::-1])


def listed(schema: dict[str, Any]) -> Iterator[Any]:
    """The values that are listed, and what is like them."""
    values = schema["enum"] if isinstance(schema.get("enum"), list) else []
    for value in [*values[:_MOST], *([schema["const"]] if "const" in schema else ())]:
        yield value
        if isinstance(value, str):
            yield from (value.swapcase(), f"{value} ", value[:-1], f"{value}x")
        elif isinstance(value, bool):
            yield from (int(value), str(value).lower())
        elif isinstance(value, int | float):
            yield from (float(value), value + 1, str(value), bool(value))
        elif value is None:
            yield from ("null", 0, False, "")


_MOST: Final = 8
