"""What libyaml says of a text that is not YAML, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.problems import Place, Problem, problem, quoted

if TYPE_CHECKING:
    from specwright.document.source import Source

_TOO_EARLY: Final = ("The quoted text is not closed.", "Add the closing quote.")
_NOT_CLOSED: Final = (
    "A comma or the closing bracket has to be here.",
    "Look for a bracket that is not closed.",
)
_TAB: Final = ("A tab stands where YAML counts spaces.", "Indent with spaces.")
_REASONS: Final = {
    "mapping values are not allowed in this context": (
        "A `: ` is not allowed here.",
        "Check the indentation, and quote a value that has `: ` in it.",
    ),
    "block sequence entries are not allowed in this context": (
        "An item of a list is not allowed here.",
        "Check the indentation.",
    ),
    "did not find expected ',' or ']'": _NOT_CLOSED,
    "did not find expected ',' or '}'": _NOT_CLOSED,
    "did not find expected key": (
        "A key has to be here.",
        "Check the indentation, and the quotes of the value before it.",
    ),
    "did not find expected '-' indicator": (
        "An item of the list has to be here.",
        "Check the indentation: the items of a list start in one column.",
    ),
    "found unexpected end of stream": _TOO_EARLY,
    "found unexpected document indicator": _TOO_EARLY,
    "found unknown escape character": (
        "There is no such escape in double quotes.",
        "Use single quotes, or write a backslash as \\\\.",
    ),
    "could not find expected ':'": ("A `:` has to stand behind a key.", "Check the indentation."),
    "did not find expected node content": (
        "A value has to be here.",
        "Write it, and close the bracket if one is open.",
    ),
    "found a tab character that violates indentation": _TAB,
    "found a tab character where an indentation space is expected": _TAB,
    "did not find expected <document start>": (
        "There is more after the end of the document.",
        "Check the indentation and the quotes of this line.",
    ),
    "found incompatible YAML document": (
        "The file asks for a version of YAML that is none.",
        "Remove the directive.",
    ),
    "found undefined tag handle": ("A YAML tag is not allowed.", "Remove it; quote what has to stay text."),
}
_NO_START: Final = "found character that cannot start any token"


def syntax(said: str, place: Place) -> Problem:
    """The Problem for what libyaml said of a place."""
    if said == _NO_START:
        return problem("yaml-syntax", place, *_no_start(place))
    reason, hint = _REASONS.get(said, (f"It is not YAML: {said}.", ""))
    return problem("yaml-tag" if "tag" in said else "yaml-syntax", place, reason, hint)


def character(source: Source, position: int, code: int) -> Problem:
    """The Problem for a character at a position, in bytes, that YAML does not allow."""
    before = source.text.encode()[:position].decode(errors="ignore")
    message = f"The control character U+{code:04X} is not allowed in YAML."
    hint = 'Write it escaped in double quotes, such as "\\x1b".'
    return problem("yaml-syntax", source.at(len(before)), message, hint)


def _no_start(place: Place) -> tuple[str, str]:
    found = place.text[place.column - 1 - place.cut :][:1]
    if found == "\t":
        return _TAB
    return f"A plain value can't start with {quoted(found)}.", "Put the value in quotes."
