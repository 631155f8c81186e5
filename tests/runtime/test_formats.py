from __future__ import annotations

import math

import pytest

from specwright.runtime.values import multiple


@pytest.mark.parametrize(
    ("value", "divisor", "is_one"),
    [
        (19.99, 0.01, True),
        (19.999, 0.01, False),
        (10**400, 0.5, True),
        (math.inf, 2, False),
        (-math.inf, 0.5, False),
        (math.nan, 0.5, False),
        (2, math.inf, False),
    ],
)
def test_a_multiple_is_exact_and_finite(value: float, divisor: float, *, is_one: bool) -> None:
    assert multiple(value, divisor) is is_one
