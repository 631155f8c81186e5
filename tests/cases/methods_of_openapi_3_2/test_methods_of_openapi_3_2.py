from __future__ import annotations

import asyncio
from typing import Any

import httpx2


def sent(package: Any, method: str, **arguments: Any) -> httpx2.Request:
    """What is sent for a call, which is the same for both twins."""
    seen: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(204)

    async def later() -> None:
        async with httpx2.AsyncClient(transport=httpx2.MockTransport(answer)) as http:
            await getattr(package.AsyncClient(base_url="https://a.example", http_client=http), method)(
                **arguments
            )

    with httpx2.Client(transport=httpx2.MockTransport(answer)) as http:
        getattr(package.Client(base_url="https://a.example", http_client=http), method)(**arguments)
    asyncio.run(later())
    assert (seen[0].method, seen[0].url, seen[0].content) == (seen[1].method, seen[1].url, seen[1].content)
    return seen[0]


def test_a_query_has_a_body(package: Any) -> None:
    request = sent(package, "search_things", text="x")
    assert (request.method, request.content) == ("QUERY", b'{"text":"x"}')


def test_a_method_may_have_any_name(package: Any) -> None:
    request = sent(package, "copy_things", to="b")
    assert (request.method, str(request.url)) == ("COPY", "https://a.example/things?to=b")
    assert sent(package, "purge_all_things").method == "Purge-All"
