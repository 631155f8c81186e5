"""Choices out of bytes, so that a fuzzer which changes bytes changes what is made of them."""

from __future__ import annotations

from typing import Final


class Draws:
    """Choices out of bytes; when they are used up, the first of everything."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def choose(self, below: int) -> int:
        """A number below another one."""
        width = 1 if below <= 1 << 8 else 2
        taken = self.data[self.at : self.at + width]
        self.at += width
        return int.from_bytes(taken, "big") % below

    def rest(self) -> bytes:
        """What is left."""
        return self.data[self.at :]

    def text(self) -> str:
        """What is left as a text of any characters, halves of surrogate pairs among them."""
        return self.rest().decode("utf-8", "surrogateescape").translate(_ESCAPES)


_ESCAPES: Final = {
    0xDC80 + at: code
    for at, code in enumerate((0xD800, 0xDFFF, 0x85, 0x2028, 0x202E, 0x1F432, 0xE0001, 0xA0))
}
