"""Reading what a server sends of itself: webhooks and callbacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast

from .errors import DecodeError
from .headers import Headers
from .operation import Answer

if TYPE_CHECKING:
    from .errors import ApiError
    from .operation import Validator
    from .types import OnMismatch

__all__ = ["Webhook"]

T = TypeVar("T")


class Webhook(Generic[T]):
    """What the document says of a request that the server sends.

    Args:
        name: What it is called in messages.
        type: What its body is decoded to; `str` for what is no JSON.
        validator: Lists what is wrong with its decoded JSON.
        media_type: The media type of its body.
    """

    __slots__ = ("_answer", "name")

    def __init__(
        self,
        name: str,
        type: Any,  # noqa: A002  # as `Answer` names it
        validator: Validator | None = None,
        *,
        media_type: str = "application/json",
    ) -> None:
        self.name = name
        self._answer = Answer(type, validator, media_type=media_type)

    def __repr__(self) -> str:
        return f"<Webhook {self.name}>"

    def mark(self, error: ApiError) -> None:
        """An error about it is about no call."""

    def read(self, body: bytes | str, on_mismatch: OnMismatch = "warn") -> T:
        """The payload. Read as answers are: what strays from the document is told, and left out.

        Raises `DecodeError`, whose `status` is 0, and `ResponseMismatch` with `on_mismatch="raise"`.
        """
        from .reading import Unread, read_json  # noqa: PLC0415  # loads msgspec

        content = body.encode("utf-8", "replace") if isinstance(body, str) else bytes(body)
        if self._answer.family != "json":
            return cast("T", content.decode("utf-8", "replace"))
        value = read_json(self, content, self._answer, _Manner(on_mismatch), [])
        if value.__class__ is Unread:
            message = f"{self.name}: the body {value.problem}"
            raise DecodeError(message, status=_NO_ANSWER, headers=Headers(), raw=content)
        return cast("T", value)


_NO_ANSWER: Final = 0


class _Manner:
    """What to do about a payload that strays."""

    __slots__ = ("checks_answers", "on_mismatch")

    def __init__(self, on_mismatch: OnMismatch) -> None:
        if not callable(on_mismatch) and on_mismatch not in {"ignore", "warn", "raise"}:
            raise ValueError("on_mismatch must be one of 'ignore', 'warn', 'raise', or a function")
        self.on_mismatch: OnMismatch = on_mismatch
        self.checks_answers = callable(on_mismatch) or on_mismatch == "raise"
