from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server

WHOLE = {
    "left": {"left": {"formula": 1}},
    "nested": [[], [[]]],
    "formula": ["+", 1, ["neg", "x"]],
    "index": {"a": {"b": {"c": "2026-01-31"}}, "d": "2026-02-01"},
    "inline": {"again": {"again": {}}},
}


def test_they_are_read_and_sent_however_deep(client: Any, server: Server, package: Any) -> None:
    server.answer(WHOLE)
    node = client.plant(**WHOLE)
    assert server.take().json == WHOLE
    assert node.left.left.formula == 1
    assert node.formula == ["+", 1, ["neg", "x"]]
    assert node.index == {"a": {"b": {"c": dt.date(2026, 1, 31)}}, "d": dt.date(2026, 2, 1)}
    assert package.as_json(node) == WHOLE


def test_what_can_not_be_read_is_none_at_its_place(client: Any, server: Server, package: Any) -> None:
    server.answer({"nested": [[], ["x"]], "index": {"a": {"b": 5}}})
    with pytest.warns(package.ResponseMismatch):
        node = client.plant()
    assert node.nested == [[], [None]]
    assert node.index == {"a": {"b": None}}
