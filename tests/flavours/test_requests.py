"""What a client of openapi-python-client sends, and does not send, with ours beside it."""

from __future__ import annotations

import asyncio
import datetime as dt
import inspect
import io
import re
import warnings
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from judges.bodies import BODIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from judges.loopback import Loopback, Seen

    Package = Callable[[str], Any]

# httpx would have cookies set on a client; openapi-python-client gives them with each request.
HTTPX = "ignore:Setting per-request cookies:DeprecationWarning"
pytestmark = pytest.mark.filterwarnings(HTTPX)

TOKEN = "a-secret-token"  # noqa: S105 - no secret


def five_mistakes(cohere: Package) -> Any:
    """A body that its models make, with five mistakes."""
    models = cohere("models")
    settings = models.Settings(
        base_model=models.BaseModel(base_type=models.BaseType.BASE_TYPE_CHAT, name=5),
        dataset_id=None,
        hyperparameters=models.Hyperparameters(train_epochs="3"),
    )
    settings["multi_labels"] = True  # there is no such property
    return models.UpdateFinetunedModelRequest(name=7, settings=settings)


FIVE = {
    ("/name", "type"),
    ("/settings/base_model/name", "type"),
    ("/settings/dataset_id", "type"),
    ("/settings/hyperparameters/train_epochs", "type"),
    ("/settings/multi_labels", "additionalProperties"),
}


def operation(cohere: Package) -> Any:
    return cohere("api.finetuning.update_finetuned_model")


@pytest.mark.parametrize("called", ["sync", "sync_detailed", "asyncio", "asyncio_detailed"])
def test_a_body_with_five_mistakes_is_refused_with_five_issues_and_nothing_is_sent(
    cohere: Package, server: Loopback, called: str
) -> None:
    client = cohere("client").AuthenticatedClient(base_url=server.url, token=TOKEN)
    invalid = cohere("checks").RequestInvalid
    function = getattr(operation(cohere), called)

    def call() -> None:
        answer = function("ft-1", client=client, body=five_mistakes(cohere))
        if inspect.isawaitable(answer):
            asyncio.run(asyncio.wait_for(answer, 10))

    with pytest.raises(invalid) as refused:
        call()
    assert {(issue.pointer, issue.keyword) for issue in refused.value.issues} == FIVE
    assert len(refused.value.issues) == len(FIVE)
    assert str(refused.value).endswith("Nothing was sent.")
    assert "PATCH /v1/finetuning/finetuned-models/{id}" in str(refused.value)
    assert server.seen == []


def test_a_client_can_be_told_to_warn_or_to_look_at_nothing(cohere: Package, server: Loopback) -> None:
    make = cohere("client").AuthenticatedClient
    with pytest.warns(cohere("checks").RequestMismatch, match="It was sent") as warned:
        operation(cohere).sync(
            "ft-1", client=make(server.url, TOKEN, check_requests="warn"), body=five_mistakes(cohere)
        )
    assert [warning.filename for warning in warned] == [__file__]
    assert server.take().json["name"] == 7
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        operation(cohere).sync(
            "ft-1", client=make(server.url, TOKEN, check_requests="off"), body=five_mistakes(cohere)
        )
    assert server.take().json["name"] == 7


@pytest.mark.parametrize("name", BODIES)
def test_what_is_right_is_sent_as_it_is_without_us(
    cohere: Package, alone: Package, server: Loopback, name: str
) -> None:
    def sent(package: Package, called: str) -> Seen:
        client = package("client").AuthenticatedClient(base_url=server.url, token=TOKEN)
        model = package("models").UpdateFinetunedModelRequest.from_dict(BODIES[name])
        answer = getattr(operation(package), called)("a/b ü", client=client, body=model, x_client_name="me")
        if inspect.isawaitable(answer):
            asyncio.run(asyncio.wait_for(answer, 10))
        return server.take()

    for called in ("sync", "asyncio"):
        seen = sent(cohere, called)
        assert seen == sent(alone, called)
        assert seen.target == "/v1/finetuning/finetuned-models/a%2Fb%20%C3%BC"
        assert seen.headers["authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize("checking", ["raise", "warn", "off"])
@pytest.mark.parametrize("value", ["", ".", ".."])
def test_a_value_in_a_path_is_no_step(shop: Package, server: Loopback, value: str, checking: str) -> None:
    client = shop("client").Client(base_url=server.url, check_requests=checking)
    with pytest.raises(shop("checks").RequestInvalid) as refused:
        shop("api.default.get_pet").sync(value, client=client)
    assert [issue.pointer for issue in refused.value.issues] == ["/path/name"]
    assert server.seen == []
    # Who makes the request alone gets no step either.
    assert ".." not in shop("api.default.get_pet")._get_kwargs("..")["url"]


def test_values_in_a_path_are_written_as_in_json(shop: Package, server: Loopback) -> None:
    day = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
    shop("api.default.get_day").sync_detailed(day, open_=True, client=shop("client").Client(server.url))
    assert server.take().target == "/days/2026-11-30T12%3A00%3A00%2B00%3A00/true"


@pytest.mark.parametrize("value", ["a\r\nEvil: 1", "a\nb", "a\x00b", "ä", "語"])
def test_a_header_ends_where_it_ends(shop: Package, server: Loopback, value: str) -> None:
    with pytest.raises(shop("checks").RequestInvalid, match="X-Trace") as refused:
        shop("api.default.get_pet").sync("rex", client=shop("client").Client(server.url), x_trace=value)
    assert value not in str(refused.value)
    assert server.seen == []


def test_headers_and_cookies_are_text(shop: Package, server: Loopback) -> None:
    server.answer(200, {"name": "rex"})
    client = shop("client").Client(server.url)
    shop("api.default.get_pet").sync("rex", client=client, x_since=1.5, session="s", visits=7)
    seen = server.take()
    assert (seen.headers["x-since"], seen.headers["cookie"]) == ("1.5", "session=s; visits=7")
    with pytest.raises(shop("checks").RequestInvalid, match="/cookie/session"):
        shop("api.default.get_pet").sync("rex", client=client, session="s; admin=1")


def test_parameters_are_checked(shop: Package, server: Loopback) -> None:
    with pytest.raises(shop("checks").RequestInvalid) as refused:
        shop("api.default.get_pet").sync("rex", client=shop("client").Client(server.url), limit=11)
    assert [(issue.pointer, issue.keyword) for issue in refused.value.issues] == [("/query/limit", "maximum")]


def test_a_default_before_a_parameter_without_one_is_no_mistake_of_syntax(
    shop: Package, server: Loopback
) -> None:
    client = shop("client").Client(server.url)
    shop("api.default.get_format").sync_detailed(number=3, client=client, checks="x")
    assert server.take().target == "/formats/json/3?checks=x"


def test_the_boundary_of_parts_is_chosen_for_them(shop: Package, server: Loopback) -> None:
    file = shop("types").File(io.BytesIO(b"--+++\r\nEvil: 1"), "a.png", "image/png")
    body = shop("models").AddPictureBody(title="ab", file=file)
    shop("api.default.add_picture").sync_detailed(client=shop("client").Client(server.url), body=body)
    seen = server.take()
    found = re.fullmatch(r"multipart/form-data; boundary=([0-9a-f]{16,})", seen.headers["content-type"])
    assert found is not None
    assert seen.body.count(found[1].encode()) == 3
    body.title = "a"
    with pytest.raises(shop("checks").RequestInvalid, match="/title"):
        shop("api.default.add_picture").sync_detailed(client=shop("client").Client(server.url), body=body)
    assert server.seen == []


def test_of_several_bodies_the_one_that_is_given_is_sent_and_checked(shop: Package, server: Loopback) -> None:
    client, add = shop("client").Client(server.url), shop("api.default.add_labels").sync_detailed
    add(client=client, body=["a", "b"])
    seen = server.take()
    assert (seen.headers["content-type"], seen.json) == ("application/json", ["a", "b"])
    with pytest.raises(shop("checks").RequestInvalid) as refused:
        add(client=client, body=["a", "long"])
    assert [(issue.pointer, issue.keyword) for issue in refused.value.issues] == [("/1", "maxLength")]
    add(client=client, body=shop("models").AddLabelsFilesBody(file=shop("types").File(io.BytesIO(b"x"))))
    assert server.take().headers["content-type"].startswith("multipart/form-data; ")


@pytest.mark.parametrize(
    ("body", "keyword"), [({"file": "x"}, "type"), ("text", "type"), (None, "required"), ((), "required")]
)
def test_a_body_that_would_not_be_sent_is_refused(
    shop: Package, server: Loopback, body: Any, keyword: str
) -> None:
    client, checks = shop("client").Client(server.url), shop("checks")
    given = {} if body == () else {"body": body}
    with pytest.raises(checks.RequestInvalid) as refused:
        shop("api.default.add_labels").sync_detailed(client=client, **given)
    assert [(issue.pointer, issue.keyword) for issue in refused.value.issues] == [("", keyword)]
    assert server.seen == []
    shop("api.default.add_notes").sync_detailed(client=client)  # it needs none
    assert server.take().body == b""


def test_a_tuple_is_as_good_as_a_list(shop: Package, server: Loopback) -> None:
    client, checks = shop("client").Client(server.url), shop("checks")
    shop("api.default.add_notes").sync_detailed(client=client, body=["a"])
    assert server.take().json == ["a"]
    add = shop("api.default.add_labels").sync_detailed
    add(client=client, body=["a"], shelves=(1, 2))
    assert server.take().target == "/labels?shelves=1&shelves=2"
    with pytest.raises(checks.RequestInvalid, match="/query/shelves/1"):
        add(client=client, body=["a"], shelves=(1, "2"))


@pytest.mark.parametrize("field", ["check_requests", "check_responses"])
@pytest.mark.parametrize("kind", ["Client", "AuthenticatedClient"])
def test_a_way_to_check_that_there_is_none_of_makes_no_client(shop: Package, kind: str, field: str) -> None:
    token = {"token": TOKEN} if kind == "AuthenticatedClient" else {}
    make = getattr(shop("client"), kind)
    with pytest.raises(ValueError, match=f"'{field}' must be in"):
        make("http://localhost", **token, **{field: "warning"})
    client = make("http://localhost", **token)
    with pytest.raises(ValueError, match=f"'{field}' must be in"):
        setattr(client, field, "strict")


class Duck:
    """What stands in for a client in tests: nothing but what calls ask of one without us."""

    raise_on_unexpected_status = False

    def __init__(self, url: str) -> None:
        self._client = httpx.Client(base_url=url)

    def get_httpx_client(self) -> httpx.Client:
        return self._client


def test_what_stands_in_for_a_client_is_one_that_has_the_defaults(shop: Package, server: Loopback) -> None:
    duck = Duck(server.url)
    server.answer(200, {"name": "rex", "age": -1})
    with warnings.catch_warnings():
        warnings.simplefilter("error", shop("checks").ResponseMismatch)
        assert shop("api.default.get_pet").sync("rex", client=duck).age == -1
    assert server.take().target == "/pets/rex"
    with pytest.raises(shop("checks").RequestInvalid):
        shop("api.default.get_pet").sync("rex", client=duck, limit=11)
    assert server.seen == []


@pytest.mark.parametrize("said", ["of", "Off", ""])
def test_a_way_to_check_that_there_is_none_of_is_the_strictest(
    shop: Package, server: Loopback, said: str
) -> None:
    duck = Duck(server.url)
    vars(duck).update(check_requests=said, check_responses=said)
    with pytest.raises(shop("checks").RequestInvalid):
        shop("api.default.get_pet").sync("rex", client=duck, limit=11)
    assert server.seen == []
    server.answer(200, {"name": "rex", "age": -1})
    with pytest.raises(shop("checks").ResponseInvalid):
        shop("api.default.get_pet").sync("rex", client=duck)


def test_no_secret_is_printed_with_a_client(cohere: Package) -> None:
    client = cohere("client").AuthenticatedClient(
        base_url="http://localhost",
        token=TOKEN,
        headers={"X-Key": TOKEN},
        cookies={"session": TOKEN},
        httpx_args={"auth": ("me", TOKEN)},
    )
    client.get_httpx_client()
    assert TOKEN not in repr(client)
    assert "http://localhost" in repr(client)
    assert TOKEN not in repr(client.with_headers({"Y": "1"}))


def test_no_request_waits_for_ever(cohere: Package) -> None:
    make = cohere("client").Client
    for client in (
        make(base_url="http://localhost"),
        cohere("client").AuthenticatedClient("http://localhost", TOKEN),
    ):
        assert client.get_httpx_client().timeout == httpx.Timeout(60.0, connect=10.0)
        assert client.get_async_httpx_client().timeout == httpx.Timeout(60.0, connect=10.0)
    assert make(base_url="http://localhost", timeout=None).get_httpx_client().timeout == httpx.Timeout(None)


def test_answers_are_checked_when_that_is_asked_for(shop: Package, server: Loopback) -> None:
    server.answer(200, {"name": "rex", "age": -1})
    call, make = shop("api.default.get_pet").sync, shop("client").Client
    with warnings.catch_warnings():
        warnings.simplefilter("error", shop("checks").ResponseMismatch)
        assert call("rex", client=make(server.url)).age == -1
    with pytest.warns(shop("checks").ResponseMismatch, match="/age"):
        call("rex", client=make(server.url, check_responses="warn"))
    with pytest.raises(shop("checks").ResponseInvalid) as invalid:
        call("rex", client=make(server.url, check_responses="raise"))
    assert [(issue.pointer, issue.keyword) for issue in invalid.value.issues] == [("/age", "minimum")]


@pytest.mark.parametrize("key", ["mood", "size"])
def test_a_value_that_an_enum_does_not_list_is_told_of_as_any_mismatch(
    shop: Package, server: Loopback, key: str
) -> None:
    server.answer(200, {"name": "rex", key: "opera"})
    call, make = shop("api.default.get_pet").sync, shop("client").Client
    with pytest.raises(
        shop("checks").ResponseInvalid, match=r"^GET /pets/\{name\}: the answer 200 "
    ) as invalid:
        call("rex", client=make(server.url, check_responses="raise"))
    assert [(issue.pointer, issue.keyword) for issue in invalid.value.issues] == [(f"/{key}", "enum")]
    server.answer(200, {"name": "rex", key: "opera"})
    with (
        pytest.warns(shop("checks").ResponseMismatch, match=f"/{key}"),
        pytest.raises(ValueError, match="'opera' is not a valid "),
    ):
        call("rex", client=make(server.url, check_responses="warn"))


@pytest.mark.parametrize("text", ["{", "[" * 100_000])
def test_an_answer_that_is_no_json_is_told_of(shop: Package, text: str) -> None:
    answer = httpx.Response(200, text=text, headers={"content-type": "application/json"})
    client = shop("client").Client("http://localhost", check_responses="raise")
    transport = httpx.MockTransport(lambda _request: answer)
    with httpx.Client(base_url="http://localhost", transport=transport) as inner:
        client.set_httpx_client(inner)
        with pytest.raises(shop("checks").ResponseInvalid) as invalid:
            shop("api.default.get_pet").sync("rex", client=client)
    assert [issue.keyword for issue in invalid.value.issues] == ["contentMediaType"]
