# ruff: noqa: A002, TC003  # arguments have the document's names, and fields of models need their types at run time
"""A small API, written by hand as the generator writes one."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Unpack, cast

from msgspec import UNSET, UnsetType

from specwright.runtime.client import AsyncApiClient, AsyncResource, SyncApiClient, SyncResource
from specwright.runtime.credentials import ApiKey, Bearer
from specwright.runtime.issues import Issue, expected, missing, undeclared
from specwright.runtime.model import Model, OpenStrEnum, as_input
from specwright.runtime.operation import Answer, Call, Operation
from specwright.runtime.types import OMIT, AsyncClientOptions, CallOptions, ClientOptions, Omit

if TYPE_CHECKING:
    from collections.abc import Mapping


class Colour(OpenStrEnum):
    RED = "red"
    GREEN = "green"


class Part(Model, kw_only=True):
    part_name: str
    weight: float | None = None

    def as_input(self) -> dict[str, Any]:
        return as_input(self, read_only=("weight",))


class Widget(Model, kw_only=True, rename={"api_key": "apiKey"}):
    __secrets__: ClassVar[tuple[str, ...]] = ("api_key",)

    id: str
    size: int | None = None
    colour: Colour | None = None
    made: dt.datetime | None = None
    parts: list[Part] | None = None
    note: str | UnsetType | None = UNSET
    owner: str | None
    api_key: str | None = None

    def as_input(self) -> dict[str, Any]:
        return as_input(self, read_only=("id",))


class Problem(Model, kw_only=True):
    message: str
    code: int | None = None


def validate_widget(value: Any) -> list[Issue]:
    if type(value) is not dict:
        return [expected("", "an object", value)]
    found = [missing("", name) for name in ("id", "owner") if name not in value]
    for name, kind, words in (
        ("id", str, "a string"),
        ("size", int, "an integer"),
        ("colour", str, "a string"),
    ):
        if name in value and type(value[name]) is not kind:
            found.append(expected(f"/{name}", words, value[name]))
    for index, part in enumerate(value.get("parts") or []):
        if type(part) is not dict or type(part.get("part_name")) is not str:
            found.append(expected(f"/parts/{index}", "a part", part))
    return found


def validate_input(value: Any) -> list[Issue]:
    if type(value) is not dict:
        return [expected("", "an object", value)]
    declared = {"name", "size", "made", "settings", "colour", "apiKey", "owner", "parts"}
    found = undeclared("", value, declared)
    if type(value.get("name")) is not str:
        found.append(
            missing("", "name") if "name" not in value else expected("/name", "a string", value["name"])
        )
    if "size" in value and type(value["size"]) is not int:
        found.append(expected("/size", "an integer", value["size"]))
    return found


def validate_parameters(value: Any) -> list[Issue]:
    found = []
    if type(value["path"].get("id")) is not str:
        found.append(expected("/path/id", "a string", value["path"].get("id")))
    if len(value.get("header", {}).get("X-Tag", "")) > 20:
        found.append(Issue("/header/X-Tag", "maxLength", "expected at most 20 characters, found more"))
    return found


UPDATE: Operation[Widget] = Operation(
    "PATCH",
    "/v1/widgets/{id}",
    security=[["bearer"]],
    parameters=validate_parameters,
    body=validate_input,
    answers={
        "200": Answer(Widget, validate_widget),
        "404": Answer(Problem),
        "4XX": Answer(dict[str, Any]),
        "default": Answer(Problem),
    },
)


def update(
    id: str, *, tag: Any = OMIT, q: Any = OMIT, sid: Any = OMIT, body: Mapping[str, Any] | Omit = OMIT
) -> Call[Widget]:
    return Call(
        UPDATE,
        path={"id": id},
        query={"q": q},
        header={"X-Tag": tag},
        cookie={"sid": sid},
        body=body if body is OMIT else {"made": OMIT, **cast("Mapping[str, Any]", body)},
    )


class Widgets(SyncResource):
    def update(
        self,
        id: str,
        *,
        tag: Any = OMIT,
        q: Any = OMIT,
        sid: Any = OMIT,
        body: Any = OMIT,
        **options: Unpack[CallOptions],
    ) -> Widget:
        return self._send(update(id, tag=tag, q=q, sid=sid, body=body), options)


class AsyncWidgets(AsyncResource):
    async def update(
        self,
        id: str,
        *,
        tag: Any = OMIT,
        q: Any = OMIT,
        sid: Any = OMIT,
        body: Any = OMIT,
        **options: Unpack[CallOptions],
    ) -> Widget:
        return await self._send(update(id, tag=tag, q=q, sid=sid, body=body), options)


def credentials(token: str | None, key: str | None) -> dict[str, Bearer | ApiKey]:
    return {
        "bearer": Bearer("token", token, env="WIDGETS_TOKEN"),
        "key": ApiKey("api_key", key, name="api_key", location="query"),
    }


class Client(SyncApiClient):
    def __init__(
        self,
        *,
        base_url: str,
        token: str | None = None,
        api_key: str | None = None,
        **options: Unpack[ClientOptions],
    ) -> None:
        super().__init__(base_url, credentials(token, api_key), options)

    @cached_property
    def widgets(self) -> Widgets:
        return Widgets(self)


class AsyncClient(AsyncApiClient):
    def __init__(
        self,
        *,
        base_url: str,
        token: str | None = None,
        api_key: str | None = None,
        **options: Unpack[AsyncClientOptions],
    ) -> None:
        super().__init__(base_url, credentials(token, api_key), options)

    @cached_property
    def widgets(self) -> AsyncWidgets:
        return AsyncWidgets(self)


class Twin(Protocol):
    """Makes a client of one kind, for the server unless told otherwise, and a call with it."""

    def __call__(self, call: Call[Any], options: Any = ..., /, **client: Any) -> Any: ...


WIDGET = {"id": "w1", "owner": None, "size": 3, "colour": "red", "parts": [{"part_name": "p"}]}
"""A widget as the server sends one, right in every way."""
