"""The same texts asked of others' programs; where they say otherwise, the standard that says who is right is told."""

from __future__ import annotations

import ipaddress
import re
import urllib.parse
from random import Random
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import jsonschema_rs
import pytest
from asserted import FORMATS, check
from rfc3339_validator import validate_rfc3339  # type: ignore[import-untyped]
from test_hosts_and_mailboxes import INVALID as INVALID_HOSTS
from test_hosts_and_mailboxes import VALID as VALID_HOSTS
from test_times_and_uuids import INVALID as INVALID_TIMES
from test_times_and_uuids import VALID as VALID_TIMES
from test_uris_and_pointers import INVALID as INVALID_URIS
from test_uris_and_pointers import VALID as VALID_URIS

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS: Final = {
    name: [*valid[name], *invalid[name]]
    for valid, invalid in ((VALID_HOSTS, INVALID_HOSTS), (VALID_TIMES, INVALID_TIMES), (VALID_URIS, INVALID_URIS))
    for name in valid
}  # fmt: skip
CHARACTERS: Final = 'aAxXzZ019:./-~#?%@[]{}"\\ ,*+=_PTDYMHWS\u00e9\u00b7\u05d0\u0660\u3002'


def _texts(name: str, count: int = 3000) -> Iterator[str]:
    """Those of the tables, and others that differ from them in a few characters; without surrogates, which few can be told."""
    random = Random(name)  # noqa: S311  # the same each time
    for number in range(count):
        text = TEXTS[name][number] if number < len(TEXTS[name]) else random.choice(TEXTS[name])
        if number >= len(TEXTS[name]):
            for _ in range(random.randint(1, 3)):
                place = random.randrange(len(text) + 1)
                text = text[:place] + random.choice([*CHARACTERS, ""]) + text[place + random.randint(0, 1) :]
        if not re.search("[\ud800-\udfff]", text):
            yield text


class Otherwise(NamedTuple):
    """Texts of which another says the opposite."""

    name: str
    here: Literal["accepted", "refused"]
    pattern: str
    """What each of them has in it."""
    reason: str


JSONSCHEMA_RS: Final = [
    Otherwise("hostname", "accepted", r"(?i)(^|\.)(?!xn--)[^.]{2}--", "RFC 1123, section 2.1: hyphens may be anywhere inside"),
    Otherwise("hostname", "accepted", r"(^|\.)(XN|xN|Xn)--|xn--[^.]*[A-Z]", "RFC 5891, section 5.3: A-labels may be in capitals"),
    Otherwise("hostname", "refused", "xn--", "RFC 5890, section 2.3.2.1: what an A-label stands for is valid (RFC 5891, section 4.2)"),
    Otherwise("idn-hostname", "accepted", r"^[\x00-\x7f]*$", "JSON Schema Validation, section 7.3.3: a hostname is one too"),
    Otherwise("idn-hostname", "refused", "xn--", "RFC 5892, section 2: no conjoining jamo in a U-label, and so in no A-label"),
    Otherwise("email", "accepted", r"\[[^\]]*\b0[0-9]", "RFC 5321, section 4.1.3: Snum is 1*3DIGIT, and decimal"),
    Otherwise("email", "accepted", r"@.*xn--|(@|\.)[^.]{2}--", "RFC 5321, section 4.1.2: a label is letters, digits and hyphens"),
    Otherwise("email", "accepted", r"\\ ", "RFC 5321, section 4.1.2: quoted-pairSMTP has the space"),
    Otherwise("email", "accepted", "@.{254,255}$", "RFC 5321, section 4.5.3.1.2: 255 octets"),
    Otherwise("email", "refused", "(?i)ipv6:.*::", "RFC 5321, section 4.1.3: a `::` is two groups or more"),
    Otherwise("idn-email", "refused", r"\\[^\x00-\x7f]", "RFC 6531, section 3.3, adds nothing to quoted-pairSMTP"),
    Otherwise("idn-email", "refused", "^.{33,64}@", "RFC 5321, section 4.5.3.1.1: 64 octets, and not characters"),
    Otherwise("iri", "refused", "[\u200e\u200f\u202a-\u202e]", "RFC 3987, section 4.1: what turns the direction of text is in no IRI"),
    Otherwise("iri-reference", "refused", "[\u200e\u200f\u202a-\u202e]", "RFC 3987, section 4.1, as above"),
    Otherwise("uri-template", "refused", r"[\x80-\x9f\ufdd0-\ufdef\ufff0-\uffff]|[^\x00-\uffff]", "RFC 6570, section 1.5: ucschar, iprivate"),
    Otherwise("relative-json-pointer", "accepted", "^[0-9]+[+-]", "draft-bhutton-relative-json-pointer-00: index-manipulation"),
]  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_jsonschema_rs(name: str) -> None:
    other = jsonschema_rs.Draft202012Validator({"format": name}, validate_formats=True)
    explained = [entry for entry in JSONSCHEMA_RS if entry.name == name]
    unexplained, used = [], set()
    for text in _texts(name):
        here = check(name)(text)
        if here != other.is_valid(text):
            said = "accepted" if here else "refused"
            reasons = [entry for entry in explained if entry.here == said and re.search(entry.pattern, text)]
            used.update(reasons)
            if not reasons:
                unexplained.append((text, said))
    assert unexplained == []
    assert set(explained) == used


def test_pythons_addresses() -> None:
    assert {
        text for text in _texts("ipv4") if check("ipv4")(text) is not _reads(ipaddress.IPv4Address, text)
    } == set()
    zones = {
        text for text in _texts("ipv6") if check("ipv6")(text) is not _reads(ipaddress.IPv6Address, text)
    }
    assert zones, "there are texts with zones"
    assert all("%" in text for text in zones)


def _reads(kind: type[ipaddress.IPv4Address | ipaddress.IPv6Address], text: str) -> bool:
    try:
        kind(text)
    except ValueError:
        return False
    return True


def test_another_reader_of_date_times() -> None:
    """It has no year 0 and no leap seconds, its letters are capitals, and it lets any character of Unicode be a digit."""
    for text in _texts("date-time"):
        if (
            text.isascii()
            and not text.startswith("0000")
            and ":60" not in text
            and text == text.upper()
            and "\n" not in text
        ):
            assert check("date-time")(text) is validate_rfc3339(text), text


@pytest.mark.parametrize("name", ["uri", "iri"])
def test_what_is_a_uri_can_be_taken_apart_and_put_together(name: str) -> None:
    for text in _texts(name):
        if check(name)(text) and "[v" not in text.lower():
            parts = urllib.parse.urlsplit(text)
            assert parts.scheme
            _ = parts.hostname
