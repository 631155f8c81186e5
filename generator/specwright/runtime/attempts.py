"""One attempt of a call, as hooks see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .errors import ApiError
    from .headers import Headers

__all__ = ["Attempt"]


class Attempt:
    """An attempt of a call, before it and after it. It prints without what is in it."""

    __slots__ = (
        "content",
        "elapsed",
        "error",
        "headers",
        "method",
        "number",
        "path",
        "response_headers",
        "status",
        "url",
    )

    def __init__(  # noqa: PLR0913  # the parts of a request, by name
        self,
        *,
        method: str,
        path: str,
        url: str,
        headers: dict[str, str],
        content: bytes | None,
        number: int,
    ) -> None:
        self.method = method
        self.path = path
        """The path as the document writes it, such as `/models/{id}`."""
        self.url = url
        """The whole URL that the request goes to."""
        self.headers = headers
        """What is sent, credentials included; what a hook changes here before the attempt is sent so."""
        self.content = content
        """The body; None where there is none, or where it is sent piece by piece."""
        self.number = number
        """1 for the first, then 2, and so on."""
        self.status: int | None = None
        """What the server answered; None before, and where no answer came."""
        self.response_headers: Headers | None = None
        self.error: ApiError | None = None
        """Why there is no answer."""
        self.elapsed = 0.0
        """Seconds that it took."""

    def __repr__(self) -> str:
        told = "" if self.status is None else f": {self.status}"
        return f"<Attempt {self.number} of {self.method} {self.path}{told}>"
