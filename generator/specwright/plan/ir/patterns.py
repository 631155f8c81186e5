"""Regular expressions, as validators use them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pattern:
    r"""A regular expression of the document (JSON Schema Validation 2020-12, section 6.3.3), and what it is in Python.

    `python` is the same for `runtime.patterns.matches`: what `re.search` takes without flags, but for properties of Unicode,
    which stand in it as `[\p{L}]`. `linear` is the same for RE2; `None` if RE2 can't. `longest` is `None` where `re` takes
    time that grows linearly with the text, and little of it; else up to so many characters it ends within milliseconds.
    `odd` are the parts of it that are no ECMA-262. `attempts` is how often it had to be looked at again to tell `longest`.
    """

    source: str
    python: str
    linear: str | None = None
    longest: int | None = None
    odd: tuple[str, ...] = ()
    attempts: int = 0
