"""Names with brackets, as `deepObject` writes them: `a[b][c]=1` is `{"a": {"b": {"c": "1"}}}`.

OpenAPI defines one level of it, for objects. Deeper ones and arrays are read as their servers read them: `a[]=1` and
`a[0]=1` are items.
"""

from __future__ import annotations

import re
from typing import Any, Final

_STEPS: Final = re.compile(r"\[([^\[\]]*)\]")


def nested(name: str, pairs: list[tuple[str, str]]) -> Any:
    """What the pairs below a name make; None where there are none."""
    tree: dict[str, Any] = {}
    for key, value in pairs:
        if not key.startswith(f"{name}["):
            continue
        steps = _STEPS.findall(key[len(name) :])
        if "".join(f"[{step}]" for step in steps) == key[len(name) :]:
            _put(tree, steps, value)
    return _listed(tree) if tree else None


def _put(tree: dict[str, Any], steps: list[str], value: str) -> None:
    for step in steps[:-1]:
        tree = tree.setdefault(step or str(len(tree)), {})
    last = steps[-1]
    tree[last or str(len(tree))] = value


def _listed(tree: Any) -> Any:
    """Objects whose keys count from 0, as arrays."""
    if not isinstance(tree, dict):
        return tree
    made = {key: _listed(value) for key, value in tree.items()}
    return list(made.values()) if list(made) == [str(at) for at in range(len(made))] else made
