from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server


def test_what_is_left_out_is_not_there(package: Any, client: Any) -> None:
    assert [name for name in ("list", "add", "drop", "hidden", "admin") if hasattr(client, name)] == ["add"]
    assert inspect.signature(client.add).parameters.keys() == {"q", "name", "blob", "options"}
    assert package.models.Thing.__struct_fields__ == ("name", "blob")
    assert not hasattr(package.models, "Blob")


def test_what_refers_to_it_takes_any_json(package: Any, client: Any, server: Server) -> None:
    server.answer({"name": "a", "blob": [1, {"x": 2}], "hint": "s"})
    thing = client.add(name="a", blob=[1, {"x": 2}])
    assert server.take().json == {"name": "a", "blob": [1, {"x": 2}]}
    assert thing.blob == [1, {"x": 2}]
    with pytest.raises(TypeError):
        client.add(name="a", hint="s")
    assert package.validators.validate_thing_input({"name": "a", "hint": "s"})
