"""The headers of an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# A header whose name looks so, or that holds an address (which may be signed), never prints.
_SENSITIVE = re.compile(
    r"cookie|auth|token|secret|key|session|signature|credential|location|link|refresh", re.IGNORECASE
)


_REQUEST_IDS = (
    "x-request-id",
    "request-id",
    "x-correlation-id",
    "x-amzn-requestid",
    "x-amz-request-id",
    "x-ms-request-id",
    "x-goog-request-id",
    "x-trace-id",
    "cf-ray",
)


class Headers(Mapping[str, str]):
    """Headers by their names, of which the case does not matter. Values that may be secret print as `***`."""

    __slots__ = ("_pairs", "_values")

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._pairs = tuple(pairs)
        self._values: dict[str, str] = {}
        for name, value in self._pairs:
            key = name.lower()
            self._values[key] = f"{self._values[key]}, {value}" if key in self._values else value

    def __getitem__(self, name: str) -> str:
        return self._values[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    @property
    def request_id(self) -> str | None:
        """What the server calls the request; `None` where it does not say."""
        return next((self._values[name] for name in _REQUEST_IDS if name in self._values), None)

    def all(self, name: str) -> list[str]:
        """Every value of a header that was sent more than once, in order."""
        return [value for key, value in self._pairs if key.lower() == name.lower()]

    def shown(self) -> Iterator[tuple[str, str]]:
        """Each header as it came, with `***` for what may be secret."""
        for name, value in self._pairs:
            yield name, "***" if _SENSITIVE.search(name) else value

    def __repr__(self) -> str:
        shown = {name: "***" if _SENSITIVE.search(name) else value for name, value in self._values.items()}
        return f"Headers({shown!r})"
