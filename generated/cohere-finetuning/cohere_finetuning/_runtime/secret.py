"""A text that never prints."""

from __future__ import annotations

from typing import NoReturn, final


@final
class Secret:
    """A text that is read through `reveal()` alone: it does not print, pickle or copy."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def __repr__(self) -> str:
        return "Secret('***')"

    def __str__(self) -> str:
        return "***"

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled or copied."""
        raise TypeError("a secret cannot be pickled or copied")
