"""What is closed at the end of a `with`, or of an `async with`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["AsyncClosing", "Closing"]


class Closing:
    """Closes itself at the end of a `with`."""

    def close(self) -> None:
        """Let go of what is held. Closing again does nothing."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None = None,
        _error: BaseException | None = None,
        _traceback: TracebackType | None = None,
    ) -> None:
        self.close()


class AsyncClosing:
    """Closes itself at the end of an `async with`."""

    async def aclose(self) -> None:
        """Let go of what is held. Closing again does nothing."""
        raise NotImplementedError

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None = None,
        _error: BaseException | None = None,
        _traceback: TracebackType | None = None,
    ) -> None:
        await self.aclose()
