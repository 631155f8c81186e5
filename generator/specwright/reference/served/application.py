"""What answers the page: its files, and the three things that it asks for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, cast

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from specwright.problems import Refused
from specwright.reference.served import answers, pages
from specwright.reference.served.apart import apart
from specwright.reference.served.guard import Guard, Keys
from specwright.reference.served.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from specwright.reference.served import Settings
    from specwright.reference.served.library import Edition, Library, Opened

LARGEST: Final = 32 * 2**20
"""Bytes of a request of the page: files are in it."""


def application(library: Library, settings: Settings, keys: Keys, port: int) -> ASGIApp:
    """The whole, guarded: an ASGI application for one port of loopback."""
    desk = _Desk(library, settings, keys)
    routes = [
        Route("/", desk.index, methods=["GET"]),
        Route("/index.html", desk.index, methods=["GET"]),
        Route("/operations/{slug}.html", desk.page, methods=["GET"]),
        Route("/form", desk.form, methods=["POST"]),
        Route("/prepare", desk.prepare, methods=["POST"]),
        Route("/send", desk.send, methods=["POST"]),
        Route("/{name}", desk.file, methods=["GET"]),
    ]
    handlers: Any = {Refusal: _not_done, Refused: _unusable, Exception: _mistaken}
    return Guard(Starlette(routes=routes, exception_handlers=handlers), keys, port)


class _Desk:
    """Takes what the page asks for, and gives it to who knows."""

    def __init__(self, library: Library, settings: Settings, keys: Keys) -> None:
        self._library = library
        self._settings = settings
        self._keys = keys
        self._made: tuple[Edition, pages.Site] | None = None

    def _site(self) -> pages.Site:
        """The pages of the document as it is now."""
        edition = self._library.edition()
        if self._made is None or self._made[0] is not edition:
            fixed = self._settings.base_url
            servers = edition.servers() if fixed is None else (fixed,)
            self._made = (edition, pages.Site(edition.reference, servers, self._keys.token))
        return self._made[1]

    async def index(self, _request: Request) -> Response:
        """The page of all operations."""
        return _answer((await run_in_threadpool(self._site)).index())

    async def page(self, request: Request) -> Response:
        """The page of one operation."""
        site = await run_in_threadpool(self._site)
        return _answer(site.operation(request.path_params["slug"]))

    async def file(self, request: Request) -> Response:
        """A file that pages load, which is one of ours and has nothing of the document."""
        return _answer(pages.file(request.path_params["name"]))

    async def form(self, request: Request) -> Response:
        """What can be given for an operation."""
        said = await _said(request)
        return JSONResponse(await run_in_threadpool(self._about, said, answers.told))

    async def prepare(self, request: Request) -> Response:
        """A request in every form, or its issues."""
        said = await _said(request)
        server = await run_in_threadpool(self._server, said)

        def made(opened: Opened) -> dict[str, Any]:
            return answers.shown(opened, said, server)

        return JSONResponse(await run_in_threadpool(self._about, said, made))

    async def send(self, request: Request) -> Response:
        """What a server answers."""
        said = await _said(request)
        server = await run_in_threadpool(self._server, said)

        def made(opened: Opened) -> dict[str, Any]:
            return answers.sent(opened, said, server, self._settings.timeout)

        return JSONResponse(await apart(lambda: self._about(said, made)))

    def _about(self, said: dict[str, Any], work: Callable[[Opened], dict[str, Any]]) -> dict[str, Any]:
        """What is to tell of the operation that is named."""
        name = said.get("operation")
        if not isinstance(name, str):
            raise Refusal(400, "`operation` says which one is meant.")
        with self._library.operation(name) as opened:
            return work(opened)

    def _server(self, said: dict[str, Any]) -> str | None:
        """The base URL that is meant: what the server was started with, else a server of the document, by its number.

        The page never names a URL.
        """
        number = said.get("server", 0)
        if self._settings.base_url is not None or number == 0:
            return self._settings.base_url
        listed = self._library.edition().servers()
        if not isinstance(number, int) or not 0 <= number < len(listed):
            raise Refusal(400, "`server` is the number of a server of the document.")
        return listed[number]


async def _said(request: Request) -> dict[str, Any]:
    """The JSON object of a request."""
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > LARGEST:
            raise Refusal(413, f"More than {LARGEST // 2**20} MiB can't be sent from the page.")
    try:
        said: object = json.loads(content)
    except (ValueError, RecursionError):
        raise Refusal(400, "This is no JSON that can be read.") from None
    if said.__class__ is not dict:
        raise Refusal(400, "This is no JSON object.")
    return cast("dict[str, Any]", said)


def _answer(found: pages.File | None) -> Response:
    if found is None:
        raise Refusal(404, "There is no such page.")
    headers = {"content-security-policy": found.policy} if found.policy else {}
    return Response(found.text, media_type=found.media_type, headers=headers)


def _not_done(_request: Request, error: Refusal) -> Response:
    return JSONResponse({"problem": error.message}, error.status)


def _unusable(_request: Request, error: Refused) -> Response:
    """The document can't be used as it is now, or has no such operation."""
    return JSONResponse({"problem": "\n".join(map(str, error.problems))}, 409)


def _mistaken(_request: Request, error: Exception) -> Response:
    """Own up to a mistake of ours; the type alone, as its text may hold anything."""
    return JSONResponse({"problem": f"This is a mistake in specwright: {type(error).__name__}."}, 500)
