"""Bytes of JSON to values: strictly and fast, and, where that fails, as JSON that is a little off."""

from __future__ import annotations

import json
import re
from functools import cache
from math import isinf
from typing import Any, Final, NoReturn

import msgspec

from .extra import ExtraDecoder, holds_extra
from .types import class_of
from .unions import OneOf, read_custom

__all__ = ["NotJsonError", "decoder", "loose"]


class NotJsonError(ValueError):
    """The bytes are no JSON, even with the allowances of `loose`."""


@cache
def decoder(kind: Any) -> msgspec.json.Decoder[Any] | ExtraDecoder:
    """The strict decoder of a type, of which there is one."""
    # A hook costs each call a little, so that there is one only where a union needs it.
    plain = msgspec.json.Decoder(kind, dec_hook=read_custom if OneOf.exist else None)
    return ExtraDecoder(plain) if holds_extra(kind) else plain


def loose(raw: bytes) -> Any:
    """Decoded JSON, where a byte order mark, control characters in text, broken UTF-8 and lone surrogates are forgiven.

    What has no meaning in JSON is not: `NaN`, `Infinity`, numbers beyond a float, nesting beyond Python's own limit.
    """
    try:
        value = _DECODER.decode(raw.decode("utf-8-sig", "replace"))
        return _mended(value) if _SURROGATE.search(raw) else value
    except (ValueError, RecursionError) as error:
        # Messages of the parser tell where it stopped and never what the text is; those about numbers might.
        where = (
            f" at line {error.lineno}, column {error.colno}"
            if isinstance(error, json.JSONDecodeError)
            else ""
        )
        reason = "is nested too deep" if isinstance(error, RecursionError) else f"is no JSON{where}"
    raise NotJsonError(reason)


_SURROGATE: Final = re.compile(rb"\\u[dD][89a-fA-F]")


def _mended(value: Any) -> Any:
    """`value` with U+FFFD for each lone surrogate. Only as deep as the parser went."""
    kind = class_of(value)
    if kind is str:
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if kind is list:
        return [_mended(item) for item in value]
    if kind is dict:
        return {_mended(key): _mended(item) for key, item in value.items()}
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _finite(text: str) -> float:
    number = float(text)
    if isinf(number):
        raise ValueError("a number is beyond what a float can hold")
    return number


_DECODER: Final = json.JSONDecoder(strict=False, parse_constant=_no_constant, parse_float=_finite)
