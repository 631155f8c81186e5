"""URIs, IRIs, references to them and templates of them: which texts are of these formats."""

from __future__ import annotations

import re
from typing import Final

from .expressions import whole
from .hosts import is_ipv6

__all__ = ["is_iri", "is_iri_reference", "is_uri", "is_uri_reference", "is_uri_template"]

# --- characters -------------------------------------------------------------------------------------------------

_UNRESERVED: Final = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_DELIMITERS: Final = "!$&'()*+,;="
_ENCODED: Final = "%[0-9A-Fa-f][0-9A-Fa-f]"

# `ucschar` and `iprivate` of RFC 3987, section 2.2: no plane's last two characters are in them, and none of the tags.
_PLANES: Final = "".join(rf"\U000{plane:X}0000-\U000{plane:X}FFFD" for plane in range(1, 14))
_LETTERS: Final = rf"\u00A0-\uD7FF\uF900-\uFDCF\uFDF0-\uFFEF{_PLANES}\U000E1000-\U000EFFFD"
_PRIVATE: Final = r"\uE000-\uF8FF\U000F0000-\U000FFFFD\U00100000-\U0010FFFD"
# Characters that only turn the direction of text are `ucschar`, and may be in no IRI all the same (section 4.1).
_LETTERS_OF_IRIS: Final = _LETTERS.replace(r"\u00A0-\uD7FF", r"\u00A0-\u200D\u2010-\u2029\u202F-\uD7FF")


def _run(characters: str, *, beyond: bool) -> str:
    """Any number of these characters of ASCII, and of others that are percent-encoded (RFC 3986, section 2.1).

    Args:
        characters: Each that may be there.
        beyond: Whether those that are not ASCII may be too. They are asked for as what is not one of ASCII's, and which they
            are is asked once for the whole text: `re` needs 7 ms to compile a class of them.
    """
    others = "".join(character for character in map(chr, range(128)) if character not in characters)
    one = f"[^{re.escape(others)}]" if beyond else f"[{re.escape(characters)}]"
    return f"{one}*+(?:{_ENCODED}{one}*+)*+"


# --- URIs and IRIs ----------------------------------------------------------------------------------------------

_SCHEME: Final = r"[A-Za-z][A-Za-z0-9+\-.]*+:"
# A reference without a scheme has no colon in its first segment, where it would end one (RFC 3986, section 4.2).
_SCHEME_OR_NONE: Final = f"(?:{_SCHEME}|(?![^/?#:]*+:))"


def _after_scheme(*, beyond: bool) -> str:
    """What follows a scheme (RFC 3986, appendix A; RFC 3987, section 2.2)."""
    plain = _UNRESERVED + _DELIMITERS
    user, host = _run(f"{plain}:", beyond=beyond), _run(plain, beyond=beyond)
    authority = rf"(?:{user}@)?+(?:\[(?P<literal>[^\]]*+)\]|{host})(?::[0-9]*+)?+"
    path, rest = _run(f"{plain}:@/", beyond=beyond), _run(f"{plain}:@/?", beyond=beyond)
    return rf"(?://{authority}(?:/{path})?+|(?!//){path})(?:\?(?P<query>{rest}))?+(?:#{rest})?+"


_URI: Final = _SCHEME + _after_scheme(beyond=False)
_URI_REFERENCE: Final = _SCHEME_OR_NONE + _after_scheme(beyond=False)
_IRI: Final = _SCHEME + _after_scheme(beyond=True)
_IRI_REFERENCE: Final = _SCHEME_OR_NONE + _after_scheme(beyond=True)
_OF_IRIS: Final = rf"[\x00-\x7F{_LETTERS_OF_IRIS}]*+"
_OF_QUERIES_OF_IRIS: Final = rf"[\x00-\x7F{_LETTERS_OF_IRIS}{_PRIVATE}]*+"
_FUTURE_ADDRESS: Final = rf"[Vv][0-9A-Fa-f]++\.[{re.escape(_UNRESERVED + _DELIMITERS)}:]++"


def is_uri(text: str) -> bool:
    """Whether `text` is a URI (RFC 3986, section 3): it has a scheme, and nothing that must be percent-encoded."""
    return _fits(_URI, text)


def is_uri_reference(text: str) -> bool:
    """Whether `text` is a URI or relative to one (RFC 3986, section 4.1)."""
    return _fits(_URI_REFERENCE, text)


def is_iri(text: str) -> bool:
    """Whether `text` is an IRI (RFC 3987, section 2.2): a URI with letters of any script."""
    return _fits(_IRI, text)


def is_iri_reference(text: str) -> bool:
    """Whether `text` is an IRI or relative to one (RFC 3987, section 2.2)."""
    return _fits(_IRI_REFERENCE, text)


def _fits(pattern: str, text: str) -> bool:
    parts = whole(pattern)(text)
    if parts is None or not (parts["literal"] is None or _is_address(parts["literal"])):
        return False
    if text.isascii():
        return True
    start, end = parts.span("query")
    query, others = (text[start:end], text[:start] + text[end:]) if start >= 0 else ("", text)
    return bool(whole(_OF_IRIS)(others) and whole(_OF_QUERIES_OF_IRIS)(query))


def _is_address(text: str) -> bool:
    """Whether `text` may stand in brackets as a host (RFC 3986, section 3.2.2); a zone (RFC 6874) may not."""
    return is_ipv6(text) or bool(whole(_FUTURE_ADDRESS)(text))


# --- templates --------------------------------------------------------------------------------------------------

# All of ASCII but controls, spaces and `"%<>\^`{|}`; with the apostrophe, which erratum 6937 of RFC 6570 gives back.
_LITERALS: Final = _run(f"{_UNRESERVED}{_DELIMITERS}:/?#[]@", beyond=True)
_VARIABLE_CHARACTERS: Final = f"(?:[A-Za-z0-9_]++|{_ENCODED})++"
_VARIABLE: Final = rf"{_VARIABLE_CHARACTERS}(?:\.{_VARIABLE_CHARACTERS})*+(?:\*|:[1-9][0-9]{{0,3}}+)?+"
# The second half of the operators is reserved for extensions (section 2.2); a template may be written with them.
_OPERATOR: Final = "[+#./;?&=,!@|]?+"
_TEMPLATE: Final = rf"{_LITERALS}(?:\{{{_OPERATOR}{_VARIABLE}(?:,{_VARIABLE})*+\}}{_LITERALS})*+"
_OF_TEMPLATES: Final = rf"[\x00-\x7F{_LETTERS}{_PRIVATE}]*+"


def is_uri_template(text: str) -> bool:
    """Whether `text` is a URI Template (RFC 6570, section 2)."""
    return bool(whole(_TEMPLATE)(text)) and (text.isascii() or bool(whole(_OF_TEMPLATES)(text)))
