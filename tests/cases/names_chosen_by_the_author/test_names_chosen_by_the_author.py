from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cases.server import Server

ITEM = {"nm": "pin", "sts": "a", "dims": {"w": 3}, "lines": [{"count": 1}]}


def test_python_has_the_chosen_names_and_the_wire_its_own(client: Any, server: Server) -> None:
    server.answer(ITEM)
    item = client.stock.add("7", class_=True, name="pin", status="a", size={"w": 3}, lines=[{"count": 1}])
    seen = server.take()
    assert seen.target == "/items/7?f=true"
    assert seen.json == ITEM
    assert (item.name, item.status, item.size.w, item.lines[0].count) == ("pin", "a", 3, 1)
    assert item.as_input() == ITEM


def test_each_name_is_that_of_one_thing(package: Any) -> None:
    models = package.models
    assert models.Item.__struct_fields__[0] == "name"
    assert models.ItemModel.__struct_fields__ == ("old",)
    assert models.OrderLine.__struct_fields__ == ("count",)
    assert models.ItemSize.__struct_fields__ == ("w",)
    assert models.Status.A == "a"
    assert list(package.inputs.ItemInput.__annotations__) == ["nm", "sts", "dims", "lines"]
    assert package.validators.validate_item({"nm": 5})[0].pointer == "/nm"
