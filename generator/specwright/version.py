"""The version of specwright, which every layer may know."""

from __future__ import annotations

from typing import Final

__version__: Final = "0.1.0"
