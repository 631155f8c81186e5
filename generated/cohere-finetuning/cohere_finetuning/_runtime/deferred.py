"""What is made when it is first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from .operation import Operation

__all__ = ["Deferred"]

T = TypeVar("T")


class Deferred(Generic[T]):
    """An operation that is put together, and whose models and validators are loaded, when it is called for the first time.

    Threads that are the first at the same time may make it twice, which does no harm: nothing in it changes.
    """

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], Operation[T]]) -> None:
        self._make = make
        self._made: Operation[T] | None = None

    def __call__(self) -> Operation[T]:
        """The operation."""
        made = self._made
        if made is None:
            made = self._made = self._make()
        return made

    def __repr__(self) -> str:
        return f"<Deferred {getattr(self._make, '__qualname__', self._make)}>"
