"""Names and addresses of hosts, and mailboxes at them: which texts are of these formats."""

from __future__ import annotations

from typing import Final
from unicodedata import bidirectional

from .expressions import whole

__all__ = ["is_email", "is_hostname", "is_idn_email", "is_idn_hostname", "is_ipv4", "is_ipv6"]

# --- addresses --------------------------------------------------------------------------------------------------

_BYTE: Final = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_QUAD: Final = rf"{_BYTE}(?:\.{_BYTE}){{3}}"
_GROUPS: Final = "[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4})"
_GROUPS_OR_GAP: Final = rf"{_GROUPS}{{7}}|(?:{_GROUPS}*+)?+::(?:{_GROUPS}*+)?+"
_LONGEST_IPV6: Final = len("ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255")


def is_ipv4(text: str) -> bool:
    """Whether `text` is an IPv4 address of four decimal bytes (RFC 2673, section 3.2), and each is written in one way.

    That grammar has `010` as well, which many programs read as 8: one text, two hosts. URIs (RFC 3986, section 3.2.2) and
    Python refuse it, and so does this.
    """
    return whole(_QUAD)(text) is not None


def is_ipv6(text: str) -> bool:
    """Whether `text` is an IPv6 address (RFC 4291, section 2.2); a zone (RFC 4007, section 11) is no part of one."""
    return _is_ipv6(text, _QUAD, most_beside_gap=7)


def _is_ipv6(text: str, quad: str, *, most_beside_gap: int) -> bool:
    """Whether `text` is eight groups, or fewer and a `::`.

    Args:
        text: Any text.
        quad: What the last two groups may be written as.
        most_beside_gap: How many groups may stand beside a `::`.
    """
    if len(text) > _LONGEST_IPV6:
        return False
    if "." in text:
        head, colon, last = text.rpartition(":")
        if not colon or not whole(quad)(last):
            return False
        text = f"{head}:0:0"
    if not whole(_GROUPS_OR_GAP)(text):
        return False
    # Each group has its colon, and a gap at an end has one to spare.
    has_spare_colon = text.startswith("::") or text.endswith("::")
    return "::" not in text or text.count(":") - has_spare_colon <= most_beside_gap


# --- names ------------------------------------------------------------------------------------------------------

_LABEL: Final = "(?!-)[A-Za-z0-9-]{1,63}+(?<!-)"
_NAME: Final = rf"{_LABEL}(?:\.{_LABEL})*+"
# In an internationalized name others that look like an A-label are reserved (RFC 5890, sections 2.3.1 and 2.3.2.3).
_NOT_RESERVED: Final = f"(?!..--){_LABEL}"
_LONGEST_LABEL: Final = 63
# 255 bytes on the wire (RFC 1034, section 3.1), where each label has its length before it, and the root is one more.
_LONGEST_NAME: Final = 253
# Mapping drops invisible characters; names that have hundreds of them are refused unread.
_LONGEST_TO_MAP: Final = 1024
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN"})


def is_hostname(text: str) -> bool:
    """Whether `text` is the name of a host (RFC 1123, section 2.1), its A-labels being ones (RFC 5890, section 2.3.2.1)."""
    if len(text) > _LONGEST_NAME or not whole(_NAME)(text):
        return False
    a_labels = [label for label in text.split(".") if _has_prefix(label)] if "--" in text else ()
    return None not in map(_unicode_label, a_labels)


def is_idn_hostname(text: str) -> bool:
    """Whether `text` is a hostname, or an internationalized one (RFC 5890, section 2.3.2.3).

    As the tests of JSON Schema have it, what is typed is mapped first (UTS #46, section 4, nontransitional): to small
    letters, to composed ones (NFC), and `。` to a dot. The labels are then held against IDNA 2008 (RFC 5891, section 4.2).
    """
    return is_hostname(text) if text.isascii() else _is_internationalized(text, _LONGEST_NAME)


def _is_internationalized(text: str, longest: int) -> bool:
    """Whether `text` is a name whose labels are U-labels, A-labels or of ASCII, with at most `longest` octets of ASCII."""
    name = _mapped(text)
    if len(name) > longest:  # no shorter in ASCII
        return False
    labels = name.split(".")
    shown = [label for label in map(_unicode_label, labels) if label is not None]
    if len(shown) < len(labels) or sum(map(_octets, labels)) + len(labels) - 1 > longest:
        return False
    # One label from right to left makes the name a Bidi domain name, and its rule one of all labels (RFC 5893, section 2).
    is_bidi = any(bidirectional(character) in _RIGHT_TO_LEFT for label in shown for character in label)
    return not is_bidi or all(map(_keeps_bidi_rule, shown))


def _has_prefix(label: str) -> bool:
    """Whether a label has to be an A-label (RFC 5890, section 2.3.2.5)."""
    return label[:4].lower() == "xn--"


def _unicode_label(label: str) -> str | None:
    """A label as people read it: an A-label decoded, any other as it is; None where no internationalized name has it."""
    if not label.isascii():
        return label if _is_u_label(label) else None
    if not _has_prefix(label):
        return label if whole(_NOT_RESERVED)(label) else None
    if len(label) > _LONGEST_LABEL:
        return None
    # An A-label may be in capitals (RFC 5891, section 5.3); it has to be what its U-label is encoded as, which is not ASCII.
    code = label[4:].lower()
    try:
        decoded = code.encode("ascii").decode("punycode")
        is_its_code = decoded.encode("punycode") == code.encode("ascii")
    except UnicodeError:
        return None
    return decoded if is_its_code and not decoded.isascii() and _is_u_label(decoded) else None


def _is_u_label(label: str) -> bool:
    """Whether a label that is not ASCII is valid (RFC 5891, section 4.2), contextual rules (RFC 5892, appendix A) and all."""
    import idna  # noqa: PLC0415  # its tables take 20 ms

    # The length first, since what follows is not all linear; no A-label is shorter than what it encodes.
    if len(label) > _LONGEST_LABEL:
        return False
    try:
        idna.check_label(label)
        return _octets(label) <= _LONGEST_LABEL
    except ValueError:
        return False


def _octets(label: str) -> int:
    """How long a label is in a name of ASCII (RFC 5891, section 4.4)."""
    return len(label) if label.isascii() else len("xn--") + len(label.encode("punycode"))


def _mapped(text: str) -> str:
    """A name as it is looked up (UTS #46, section 4); empty where it has a character that is in none."""
    import idna  # noqa: PLC0415  # its tables take 20 ms

    if len(text) > _LONGEST_TO_MAP:
        return ""
    try:
        return idna.uts46_remap(text, std3_rules=False, transitional=False)
    except ValueError:
        return ""


def _keeps_bidi_rule(label: str) -> bool:
    import idna  # noqa: PLC0415  # its tables take 20 ms

    try:
        return idna.check_bidi(label, check_ltr=True)
    except ValueError:
        return False


# --- mailboxes --------------------------------------------------------------------------------------------------

_ATOM: Final = r"A-Za-z0-9!#$%&'*+\-/=?^_`{|}~"
_QUOTED: Final = r" !#-\[\]-~"
# What UTF-8 can say, which is all but surrogates (RFC 6531, section 3.3).
_NOT_ASCII: Final = r"\x80-\uD7FF\uE000-\U0010FFFF"
_LITERAL: Final = r"\[(?P<literal>[^\]]*+)\]"
# The limits of RFC 5321, sections 4.5.3.1.1 and 4.5.3.1.2, in octets.
_LONGEST_LOCAL_PART: Final = 64
_LONGEST_DOMAIN: Final = 255
_LONGEST_MAILBOX: Final = _LONGEST_LOCAL_PART + 1 + _LONGEST_DOMAIN
# Zeros may lead in a number that is decimal by definition, and a `::` is two groups or more (RFC 5321, section 4.1.3).
_DECIMAL: Final = "(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})"
_DECIMAL_QUAD: Final = rf"{_DECIMAL}(?:\.{_DECIMAL}){{3}}"
_MOST_GROUPS_BESIDE_GAP: Final = 6


def _local_part(others: str = "") -> str:
    """What stands before the `@` (RFC 5321, section 4.1.2); `others` are characters beside those of ASCII."""
    atom = rf"[{_ATOM}{others}]++"
    return rf'(?P<local>{atom}(?:\.{atom})*+|"(?:[{_QUOTED}{others}]|\\[ -~])*+")'


_MAILBOX: Final = rf"{_local_part()}@(?:(?P<domain>{_NAME})|{_LITERAL})"
_IDN_MAILBOX: Final = rf"{_local_part(_NOT_ASCII)}@(?:(?P<domain>[^@\[]++)|{_LITERAL})"


def is_email(text: str) -> bool:
    """Whether `text` is a `Mailbox` (RFC 5321, section 4.1.2)."""
    parts = whole(_MAILBOX)(text) if len(text) <= _LONGEST_MAILBOX else None
    if parts is None or len(parts["local"]) > _LONGEST_LOCAL_PART:
        return False
    domain: str | None = parts["domain"]
    return _is_address(parts["literal"]) if domain is None else len(domain) <= _LONGEST_DOMAIN


def is_idn_email(text: str) -> bool:
    """Whether `text` is a `Mailbox` as RFC 6531, section 3.3, extends it; its domain is mapped as in `is_idn_hostname`."""
    parts = whole(_IDN_MAILBOX)(text) if len(text) <= _LONGEST_LOCAL_PART + 1 + _LONGEST_TO_MAP else None
    if parts is None or len(parts["local"].encode()) > _LONGEST_LOCAL_PART:
        return False
    domain: str | None = parts["domain"]
    if domain is None:
        return _is_address(parts["literal"])
    if domain.isascii():
        return len(domain) <= _LONGEST_DOMAIN and bool(whole(_NAME)(domain))
    return _is_internationalized(domain, _LONGEST_DOMAIN)


def _is_address(text: str) -> bool:
    """Whether `text` may stand in brackets behind the `@` (RFC 5321, section 4.1.3); `IPv6` is the one tag there is."""
    if text[:5].lower() == "ipv6:":
        return _is_ipv6(text[5:], _DECIMAL_QUAD, most_beside_gap=_MOST_GROUPS_BESIDE_GAP)
    return whole(_DECIMAL_QUAD)(text) is not None
