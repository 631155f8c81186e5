"""Values of a document, as JSON sees them."""

from __future__ import annotations

import json
from typing import Any

from specwright.plan.keywords import plain
from specwright.problems import quoted


def shown(value: Any) -> str:
    """A value for a message."""
    return quoted(json.dumps(plain(value), ensure_ascii=False))
