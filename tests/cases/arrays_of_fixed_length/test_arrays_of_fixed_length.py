from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server


def test_each_item_has_a_type_of_its_own(client: Any, server: Server, package: Any) -> None:
    value = {
        "point": [1.5, 2, None],
        "span": ["2026-01-31", "2026-02-01"],
        "path": [[0, 0, "a"]],
        "shorter": ["a"],
        "longer": ["a", 1, 2],
        "open": ["a", {"b": []}],
    }
    server.answer(value)
    shape = client.draw(point=(1.5, 2, None), span=(dt.date(2026, 1, 31), dt.date(2026, 2, 1)))
    assert server.take().json == {"point": [1.5, 2, None], "span": ["2026-01-31", "2026-02-01"]}
    assert shape.point == (1.5, 2, None)
    assert shape.span == (dt.date(2026, 1, 31), dt.date(2026, 2, 1))
    assert shape.path == [(0, 0, "a")]
    assert shape.longer == ["a", 1, 2]
    assert package.as_json(shape) == value


def test_a_wrong_length_is_read_as_far_as_it_goes(client: Any, server: Server, package: Any) -> None:
    server.answer({"point": [1, "x"], "path": [[1, 2, "a", 4]]})
    with pytest.warns(package.ResponseMismatch):
        shape = client.draw()
    assert shape.point == (1, None, None)
    assert shape.path == [(1, 2, "a")]
