"""A request of the page that is not done."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 -- what it is called in the page, too
    """Why a request of the page is not done, and the status that says so (RFC 9110, section 15.5)."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
