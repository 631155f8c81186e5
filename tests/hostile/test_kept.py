"""What can't be as the document has it is named, and the rest of it is sent and kept exactly."""

from __future__ import annotations

import importlib
import json
import sys
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from specwright.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = 'a"\\\n\u202e'
DOCUMENT = {
    "openapi": "3.1.1",
    "info": {"title": "json", "version": "1"},
    "servers": [{"url": "https://api.example"}],
    "paths": {
        "/{}/{id}/{": {
            "get": {
                "operationId": "odd",
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                    {
                        "name": "Transfer-Encoding",
                        "in": "header",
                        "required": True,
                        "schema": {"type": "string"},
                    },
                    {"name": "X\r\nEvil", "in": "header", "required": True, "schema": {"type": "string"}},
                    {"name": NAME, "in": "query", "schema": {"type": "string"}},
                ],
                "responses": {
                    "200": {
                        "description": "",
                        "headers": {"": {"schema": {"type": "string"}}},
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Odd"}}},
                    }
                },
            }
        }
    },
    "components": {
        "schemas": {
            "Odd": {"type": "object", "properties": {NAME: {"type": "integer"}, "plain": {"type": "string"}}}
        }
    },
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("odd")
    (made / "openapi.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def package(folder: Path) -> Iterator[Any]:
    assert main(["generate", str(folder / "openapi.json"), "-o", str(folder / "out")]) == 0
    sys.path.insert(0, str(folder / "out"))
    yield importlib.import_module("json_api")
    sys.path.remove(str(folder / "out"))


@pytest.fixture
def client(package: Any) -> tuple[Any, list[httpx2.Request]]:
    seen: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(200, json={NAME: 7, "plain": "b", "other": 1})

    return package.Client(http_client=httpx2.Client(transport=httpx2.MockTransport(answer))), seen


def test_a_property_that_can_be_no_field_is_kept_beside_the_fields(
    client: tuple[Any, list[httpx2.Request]],
) -> None:
    answer = client[0].odd("x")
    assert answer.plain == "b"
    assert answer.extra == {NAME: 7, "other": 1}


def test_braces_without_a_name_are_text_of_the_path(client: tuple[Any, list[httpx2.Request]]) -> None:
    client[0].odd("a/b", **{next(name for name in client[0].odd.__kwdefaults__ or ()): "c"})
    (request,) = client[1]
    assert request.url.raw_path.startswith(b"/%7B%7D/a%2Fb/%7B?")
    assert httpx2.QueryParams(request.url.query)[NAME] == "c"


def test_headers_that_are_none_are_not_sent_and_not_asked_for(
    client: tuple[Any, list[httpx2.Request]],
) -> None:
    client[0].odd("x")
    names = {name.lower() for name in client[1][0].headers}
    assert not names & {"transfer-encoding", "x", "evil", "x\r\nevil"}


def test_each_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["lint", str(folder / "openapi.json"), "--json"])
    found = json.loads(capsys.readouterr().out)["problems"]
    told = {(each["code"], each["place"]["pointer"]) for each in found}
    path = "/paths/~1{}~1{id}~1{"
    assert {
        ("package-name", "/info/title"),
        ("path-text", path),
        ("header-ignored", f"{path}/get/parameters/1/name"),
        ("header-name", f"{path}/get/parameters/2/name"),
        ("property-name", f"/components/schemas/Odd/properties/{NAME}"),
    } <= told


@pytest.mark.parametrize("name", ["json", "typing", "httpx2", "msgspec", "asyncio"])
def test_no_package_hides_a_module(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = {**DOCUMENT, "info": {"title": name, "version": "1"}}
    (tmp_path / "openapi.json").write_text(json.dumps(document), "utf-8")
    main(["generate", str(tmp_path / "openapi.json"), "-o", str(tmp_path / "out"), "--dry-run", "--json"])
    assert json.loads(capsys.readouterr().out)["package"] == f"{name}_api"
