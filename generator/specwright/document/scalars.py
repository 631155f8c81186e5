"""Plain YAML scalars to values, as people mean them in an OpenAPI document.

Near the core schema of YAML 1.2 (section 10.3.2), with which `no`, `on` and dates are text. A number with a leading
zero is text too, since it is a code or an identifier, and so are `.inf` and `.nan`, which JSON does not have.
"""

from __future__ import annotations

import math
import re
from typing import Any, Final

_WORDS: Final = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_INTEGER: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_BASED: Final = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_AMBIGUOUS: Final = re.compile(
    r"""(?ix) y | n | yes | no | on | off       # YAML 1.1: booleans
      | [-+]? 0 [0-9_]+ | [-+]? 0b [01_]+       # YAML 1.1: octal and binary numbers
      | [-+]? [0-9]+ (?: : [0-5]? [0-9] )+      # YAML 1.1: base sixty
      | [-+]? [0-9][0-9_]* _ [0-9_]* (?:\.[0-9_]*)?
      | [-+]? \.inf | \.nan | =
    """
)
_AMBIGUOUS_START: Final = frozenset("yYnNoO0123456789+-.=")
_AMBIGUOUS_LENGTH: Final = 40

_SIXTY: Final = re.compile(r"[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?")

DIGITS: Final = 4300
"""How many digits an integer may have: what the interpreter reads without being told otherwise."""


_BASED_DIGITS: Final = DIGITS * 4 // 5
"""As many of a hexadecimal number, which has more in decimal, in which it is shown."""


class TooManyDigitsError(ValueError):
    """The scalar is a number that can't be read exactly."""


def resolve(text: str) -> Any:
    """What a plain scalar stands for: None, a bool, an int, a float or its text."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INTEGER.fullmatch(text):
        if len(text) > DIGITS:
            raise TooManyDigitsError
        return int(text)
    if _BASED.fullmatch(text):
        if len(text) > _BASED_DIGITS:
            raise TooManyDigitsError
        return int(text, 0)
    if _FLOAT.fullmatch(text):
        value = float(text)
        return text if math.isinf(value) else value
    return text


def is_too_large(value: Any) -> bool:
    """Whether it is a text that would be a number, if there were one so large."""
    return isinstance(value, str) and _FLOAT.fullmatch(value) is not None and math.isinf(float(value))


def ambiguous(text: str) -> bool:
    """Whether readers of YAML 1.1 take this plain scalar for something other than text."""
    return (
        text[:1] in _AMBIGUOUS_START and len(text) <= _AMBIGUOUS_LENGTH and bool(_AMBIGUOUS.fullmatch(text))
    )


def is_ruinous(text: str) -> bool:
    """Whether readers of YAML 1.1 take this plain scalar for a number of so many digits that they take very long for it."""
    return len(text) > _AMBIGUOUS_LENGTH and ":" in text and _SIXTY.fullmatch(text) is not None
