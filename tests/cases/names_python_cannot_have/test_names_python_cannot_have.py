from __future__ import annotations

import datetime as dt
import keyword
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import msgspec

if TYPE_CHECKING:
    from cases.server import Server

THING = {
    "class": "c", "list": ["l"], "str": "s", "dt": "2026-01-31T12:00:00Z", "dict": {"d": 1}, "int": 1, "float": 1.5,
    "bool": True, "bytes": "AP8=", "type": "t", "cast": "c", "msgspec": "m", "UNSET": None, "Any": [1], "as_input": "a",
    "self": "s", "größe": "g", "2nd": "2", "": "e", "__class__": "k", "__secrets__": "x", "_private": "p", "a-b": "1",
    "a b": "2", "aB": "3", "日本": "j", "date": "2026-01-31", "Client": {"id": "x"}, "client": {"id": 1}, "names": {"x": "y"},
}  # fmt: skip


def test_every_field_has_one_and_keeps_its_wire_name(client: Any, server: Server) -> None:
    server.answer(THING)
    model = client.list("f", class_="c", list=["l"])
    fields = msgspec.structs.fields(type(model))
    assert {field.encode_name for field in fields} == THING.keys()
    assert all(field.name.isidentifier() and not keyword.iskeyword(field.name) for field in fields)
    read = {
        "dt": dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC),
        "bytes": b"\x00\xff",
        "date": dt.date(2026, 1, 31),
    }
    assert model.as_input() == THING | read
    assert (model.list, model.str, model.class_, model.dt_) == (["l"], "s", "c", read["dt"])


def test_every_parameter_has_one(client: Any, server: Server) -> None:
    server.answer(THING)
    arguments = {
        "grosse": "größe", "argument_2_nd": "2nd", "filter_query": "$filter", "filter": "filter", "not_": "!",
        "argument": "...", "str": "str",
    }  # fmt: skip
    client.list("f", **arguments, class_="c", list=[])
    seen = server.take()
    assert seen.target.startswith("/things/f?")
    assert all(name == value for name, value in parse_qsl(seen.target.partition("?")[2]))


def test_schemas_are_told_apart(package: Any) -> None:
    models = package.models
    for name in models.__dict__.keys() & set(package.__all__):
        assert name.isidentifier()
    assert models.ClientModel(id="x")
    assert models.None_
    assert models.List
    assert package.Client is not models.ClientModel


def test_fields_may_be_called_like_their_types(client: Any, server: Server) -> None:
    plain = {
        "list": [["a"]], "str": "s", "dict": {"a": "b"}, "int": 1, "float": 1.5, "bool": True, "bytes": "AP8=", "Any": [1],
        "Literal": "a", "Sequence": ["a"], "Mapping": {"a": "b"}, "NotRequired": "n", "None_": None, "object": {"str": "s"},
        "type": "t", "id": "i", "model": [{"str": "inner"}], "_OTHER": "o", "PlainInput": {"id": "j"},
    }  # fmt: skip
    server.answer([plain])
    (answer,) = client.print(body=[plain])
    assert server.take().json == [plain]
    assert answer.as_input() | {"bytes": "AP8="} == plain
    assert (answer.str, answer.list, answer.type, answer.plain_input.id) == ("s", [["a"]], "t", "j")


def test_an_operation_never_replaces_a_method(client: Any, server: Server) -> None:
    server.answer({"id": "x"})
    assert client.init().id == "x"
