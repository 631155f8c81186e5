"""An answer as it came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .headers import Headers
from .media import charset

if TYPE_CHECKING:
    from collections.abc import Sequence


class Reply:
    """An answer as it came. It prints without what is in it."""

    __slots__ = ("attempts", "content", "content_type", "cut", "raw_headers", "refusal", "status", "url")

    def __init__(  # noqa: PLR0913  # the parts of an answer, by name
        self,
        status: int,
        raw_headers: Sequence[tuple[bytes, bytes]],
        *,
        content_type: str,
        content: bytes,
        cut: bool,
        url: str = "",
        attempts: int = 1,
    ) -> None:
        self.status = status
        self.raw_headers = raw_headers
        self.content_type = content_type
        self.content = content
        self.cut = cut
        """Whether there was more than was kept, of an error's body."""
        self.url = url
        """Where it came from."""
        self.attempts = attempts
        """How many requests were sent until it came."""
        self.refusal = ""
        """Of a redirect: why it was not followed, where redirects are."""

    def __repr__(self) -> str:
        return f"<Reply {self.status}>"

    @property
    def headers(self) -> Headers:
        """Its headers."""
        return Headers((name.decode("latin-1"), value.decode("latin-1")) for name, value in self.raw_headers)

    @property
    def text(self) -> str:
        """Its body as text, in the character set that it names, else UTF-8; never an error."""
        return text_in(self.content, self.content_type)


def text_in(content: bytes, content_type: str) -> str:
    """Bytes as text, in the character set that a `Content-Type` names, else UTF-8; never an error."""
    try:
        return content.decode(charset(content_type) or "utf-8", "replace")
    except (LookupError, ValueError):
        return content.decode("utf-8", "replace")
