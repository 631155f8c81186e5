"""A small code base that calls openapi-python-client's client is migrated, and does the same afterwards."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import tomllib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import pytest

from commands import Repository

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
BOOK = {
    "id": "0b2c1e2e-6f0f-4c6c-9f59-0d6a4f3a9a01",
    "title": "Emma",
    "author": {"fullName": "Jane Austen", "bornOn": "1775-12-16"},
    "priceInCents": 900,
    "subTitle": None,
}
RECEIPT = {"orderId": "o1", "lines": [{"bookId": "b1", "count": 2}, {"bookId": "b2", "count": 1}]}
ANSWERS: Mapping[tuple[str, str], tuple[int, object]] = {
    ("GET", "books"): (200, [BOOK, {**BOOK, "title": "Persuasion"}]),
    ("POST", "books"): (201, BOOK),
    ("GET", "book"): (200, BOOK),
    ("PATCH", "book"): (200, BOOK),
    ("DELETE", "book"): (204, None),
    ("POST", "orders"): (200, RECEIPT),
    ("PUT", "stock"): (200, {"b1": 4}),
    ("GET", "health"): (200, "up"),
}
HEADERS = ("authorization", "content-type", "idempotency-key", "x-request-id")


class Request(NamedTuple):
    method: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: Any


def same_instant(text: str) -> str:
    """RFC 3339, section 4.3: one instant may be written in two ways."""
    return text.replace("+00:00", "Z")


@pytest.fixture
def shop() -> Iterator[tuple[str, list[Request]]]:
    seen: list[Request] = []

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            url = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {
                name: self.headers[name]
                for name in HEADERS
                if name in self.headers and (body or name != "content-type")
            }
            seen.append(
                Request(
                    self.command,
                    url.path,
                    sorted((name, same_instant(value)) for name, value in parse_qsl(url.query)),
                    headers,
                    json.loads(body or "null"),
                )
            )
            kind = url.path.split("/")[1]
            status, value = ANSWERS[self.command, "book" if url.path.startswith("/books/") else kind]
            data = b"" if value is None else json.dumps(value).encode()
            self.send_response(status)
            self.send_header("X-Shelf", "north")
            if data:
                self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815 - as the library calls them

        def log_message(self, *_args: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", seen
        server.shutdown()


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What openapi-python-client makes of the document."""
    folder = tmp_path_factory.mktemp("old") / "shop-client"
    command = [
        BIN / "openapi-python-client",
        "generate",
        "--path",
        HERE / "shop.yaml",
        "--config",
        HERE / "config.yaml",
    ]
    subprocess.run([*command, "--output-path", folder], check=True, capture_output=True)
    return folder


@pytest.fixture
def repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Repository:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(HERE / "before" / "app", tmp_path / "app")
    shutil.copy(HERE / "shop.yaml", tmp_path)
    (tmp_path / "pyproject.toml").write_text('# Ours.\n[project]\nname = "app"\nversion = "1"\n')
    return Repository(tmp_path, capsys)


def ran(folder: Path, client: Path, url: str) -> Any:
    env = {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{client}", "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-m", "app.main", url]
    done = subprocess.run(command, cwd=folder, env=env, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def typed(folder: Path, client: Path) -> str:
    env = {**os.environ, "MYPYPATH": str(client)}
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--config-file=",
        "--cache-dir",
        str(folder / ".mypy"),
        "app",
    ]
    return subprocess.run(command, cwd=folder, env=env, check=False, capture_output=True, text=True).stdout


def without_token(request: Request) -> Request:
    """As the document wants it where it asks for no credentials; the old client sends them with everything."""
    return request._replace(
        headers={name: value for name, value in request.headers.items() if name != "authorization"}
    )


def test_it_makes_the_same_requests_and_is_as_well_typed_as_before(
    repository: Repository, old: Path, shop: tuple[str, list[Request]], *, update: bool
) -> None:
    url, seen = shop
    came = ran(repository.folder, old, url)
    requests = seen.copy()
    seen.clear()
    assert len(requests) > 15
    assert typed(repository.folder, old).startswith("Success")

    done = repository.run("migrate", "shop.yaml", str(old), "app", "--write")
    assert (done.status, done.err) == (0, "")
    assert "left as it is" not in done.out
    after = {path.name: path.read_text() for path in sorted((repository.folder / "app").glob("*.py"))}
    if update:
        shutil.rmtree(HERE / "after" / "app", ignore_errors=True)
        shutil.copytree(
            repository.folder / "app", HERE / "after" / "app", ignore=shutil.ignore_patterns("__pycache__")
        )
    assert after == {path.name: path.read_text() for path in sorted((HERE / "after" / "app").glob("*.py"))}
    assert not any("shop_client" in text for text in after.values())

    assert repository.run("generate").status == 0
    new = repository.folder / "generated" / "shop"
    assert ran(repository.folder, new, url) == came
    wanted = [without_token(request) if request.path == "/health" else request for request in requests]
    # Some are made at the same time.
    assert sorted(map(str, seen)) == sorted(map(str, wanted))
    assert "app/catalogue.py:59: look at this: the document asks for no credentials here" in done.out
    assert typed(repository.folder, new).startswith("Success")


def test_without_write_nothing_is_changed(repository: Repository, old: Path) -> None:
    before = repository.files()
    done = repository.run("migrate", "shop.yaml", str(old), "app", "--from-config", str(HERE / "config.yaml"))
    assert done.status == 0
    assert "+ [tool.specwright.documents.shop]" in done.out
    assert '+ version = "1.4.0"' in done.out
    assert "package_name_override: the new package has a name of its own" in done.out
    assert (
        "app/connect.py:10:\n- def connect(base_url: str, token: str) -> AuthenticatedClient:\n" in done.out
    )
    assert done.out.endswith("Nothing was written: --write does it.\n")
    assert repository.files() == before


def test_the_section_is_added_once_and_the_rest_stays(repository: Repository, old: Path) -> None:
    pyproject = repository.folder / "pyproject.toml"
    before = pyproject.read_text()
    for _ in range(2):
        assert repository.run("migrate", "shop.yaml", str(old), "--write", "-o", "clients/shop").status == 0
    text = pyproject.read_text()
    assert text.startswith(before)
    documents = tomllib.loads(text)["tool"]["specwright"]["documents"]
    assert documents == {"shop": {"spec": "shop.yaml", "output": "clients/shop"}}


def test_from_the_client_that_specwright_writes_with_theirs(repository: Repository) -> None:
    pyproject = repository.folder / "pyproject.toml"
    theirs = '[tool.specwright.documents.shop]\nspec = "shop.yaml"\noutput = "theirs"\nclient = "openapi-python-client"\n'
    pyproject.write_text(theirs)
    shutil.copy(HERE / "config.yaml", repository.folder / "openapi-python-client.yaml")
    assert repository.run("generate").status == 0
    first, second = (repository.run("migrate", "shop.yaml", "theirs", "app", "--write") for _ in range(2))
    assert (first.status, second.status) == (0, 0)
    assert "16 of 16 calls rewritten" in first.out
    assert "0 of 0 calls rewritten" in second.out
    documents = tomllib.loads(pyproject.read_text())["tool"]["specwright"]["documents"]
    assert documents == {
        "shop": {"spec": "shop.yaml", "output": "theirs", "client": "openapi-python-client"},
        "shop-2": {"spec": "shop.yaml", "output": "generated/shop", "version": "1.4.0"},
    }
    for path in (HERE / "after" / "app").glob("*.py"):
        assert (repository.folder / "app" / path.name).read_text() == path.read_text()
    assert repository.run("generate").status == 0
    assert (repository.folder / "generated" / "shop" / "shop" / "client.py").exists()
    assert (repository.folder / "theirs" / "shop_client" / "client.py").exists()


def test_json_has_each_change_and_what_is_left(repository: Repository, old: Path) -> None:
    told = json.loads(repository.run("migrate", "shop.yaml", str(old), "app", "--json").out)
    assert (told["package"], told["before"], told["operations"], told["written"]) == (
        "shop",
        "shop_client",
        8,
        False,
    )
    by_path = {file["path"]: file for file in told["files"]}
    assert by_path["app/connect.py"]["changes"][0] == {
        "line": 3,
        "old": "import httpx\n\nfrom shop_client import AuthenticatedClient",
        "new": "from shop import Client, Timeout",
    }
    assert by_path["app/catalogue.py"]["calls"] == by_path["app/catalogue.py"]["found"] == 11
    assert {note["line"] for note in by_path["app/catalogue.py"]["notes"]} >= {15, 23, 68}


def test_a_link_stays_one(repository: Repository, old: Path) -> None:
    link = repository.folder / "link.py"
    link.symlink_to("app/connect.py")
    assert repository.run("migrate", "shop.yaml", str(old), "link.py", "--write").status == 0
    assert link.is_symlink()
    after = (HERE / "after" / "app" / "connect.py").read_text()
    assert (repository.folder / "app" / "connect.py").read_text() == after


def test_what_is_no_package_of_theirs_is_refused(repository: Repository) -> None:
    done = repository.run("migrate", "shop.yaml", "app")
    assert done.status == 2
    assert "error[other-package]: `app` is no package that openapi-python-client made." in done.err


def test_a_package_of_the_old_name_is_refused(repository: Repository, old: Path) -> None:
    before = repository.files()
    done = repository.run("migrate", "shop.yaml", str(old), "app", "--write", "--package", "shop_client")
    assert done.status == 2
    assert (
        "error[other-package]: The new package would be called `shop_client`, as the old one is." in done.err
    )
    assert "Give it another name with `--package`." in done.err
    assert repository.files() == before


def test_a_file_that_is_no_python_is_told_of(repository: Repository, old: Path) -> None:
    (repository.folder / "app" / "broken.py").write_text("from shop_client import (")
    done = repository.run("migrate", "shop.yaml", str(old), "app", "--write")
    assert done.status == 0
    assert "app/broken.py:1:1: warning[caller-unread]" in done.err


HEAD = """\
from shop_client import AuthenticatedClient, Client
from shop_client.api.books import create_book, get_book, list_books, update_book
from shop_client.api.default import health
from shop_client.models import Author, Book, BookChange, Genre, NewBook, Order
from shop_client.types import UNSET, Unset

"""


def migrated(repository: Repository, old: Path, code: str) -> tuple[str, str]:
    """What becomes of a module without its imports, and what is printed before it is written."""
    shutil.rmtree(repository.folder / "app")
    path = repository.folder / "one.py"
    path.write_text(HEAD + code)
    told = repository.run("migrate", "shop.yaml", str(old), "one.py")
    done = repository.run("migrate", "shop.yaml", str(old), "one.py", "--write")
    assert (told.status, done.status) == (0, 0), done.err
    lines = path.read_text().splitlines(keepends=True)
    first = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    return "".join(lines[first + 1 :]), told.out


REWRITTEN = {
    "a client without a token": (
        "client = Client(base_url='http://x')\nup = health.sync(client=client)\n",
        "client = Client(base_url='http://x')\nup = client.health()\n",
    ),
    "errors of httpx around calls, and around functions that call": (
        """\
import contextlib
import httpx


def title(client: Client) -> str:
    return get_book.sync('1', client=client).title


def f(client: Client) -> str:
    with contextlib.suppress(httpx.RequestError):
        health.sync(client=client)
    try:
        return title(client)
    except (ValueError, httpx.TimeoutException):
        return 'late'
    except httpx.HTTPError:
        return 'offline'
    except Exception as error:
        return 'net' if isinstance(error, httpx.TransportError) else 'no'


def g() -> object:
    try:
        return httpx.get('http://x')
    except httpx.HTTPError:
        return None
""",
        """\
import contextlib
import httpx


def title(client: Client) -> str:
    return client.books.get_book('1').title


def f(client: Client) -> str:
    with contextlib.suppress(TransportError):
        client.health()
    try:
        return title(client)
    except (ValueError, RequestTimeout):
        return 'late'
    except TransportError:
        return 'offline'
    except Exception as error:
        return 'net' if isinstance(error, TransportError) else 'no'


def g() -> object:
    try:
        return httpx.get('http://x')
    except httpx.HTTPError:
        return None
""",
    ),
    "what the next call is given of an answer, null included": (
        """\
def f(client: Client):
    title: str | Unset = UNSET
    while True:
        (book,) = list_books.sync(client=client, title=title)
        if isinstance(book.sub_title, Unset) or book.sub_title is None:
            return
        title = book.sub_title
""",
        """\
def f(client: Client):
    title: str | UnsetType = UNSET
    while True:
        (book,) = client.books.list_books(title=OMIT if title is None or isinstance(title, UnsetType) else title, limit=20)
        if book.sub_title is UNSET or book.sub_title is None:
            return
        title = book.sub_title
""",
    ),
    "what is null and what is not, in one list": (
        "def f(client: Client):\n    b = get_book.sync('1', client=client)\n    return [b.sub_title, b.genre, b.genre == UNSET, UNSET != b.sub_title, {'g': b.genre, 's': b.sub_title, 'n': b.genre is not UNSET}]\n",
        "def f(client: Client):\n    b = client.books.get_book('1')\n    return [b.sub_title, b.genre, b.genre is None, b.sub_title is not UNSET, {'g': b.genre, 's': b.sub_title, 'n': b.genre is not None}]\n",
    ),
    "a status that is a member of HTTPStatus": (
        "from http import HTTPStatus\n\n\ndef f(client: Client):\n    answer = get_book.sync_detailed('1', client=client)\n    status = answer.status_code\n    return answer.status_code is HTTPStatus.OK or status is not HTTPStatus.GONE or answer.headers is status\n",
        "from http import HTTPStatus\n\n\ndef f(client: Client):\n    answer = client.with_response.books.get_book('1')\n    status = answer.status\n    return answer.status == HTTPStatus.OK or status != HTTPStatus.GONE or answer.headers == status\n",
    ),
    "keywords that sent nothing": (
        "def f(client: Client): return list_books.sync(client=client, genre=UNSET, limit=None)\n",
        "def f(client: Client): return client.books.list_books()\n",
    ),
    "a client that is made when it is first asked for": (
        """\
client: Client | None = None


async def connected() -> Client:
    global client
    if client is None:
        client = Client(base_url='http://x')
    return client


async def up():
    return await health.asyncio(client=await connected())
""",
        """\
client: AsyncClient | None = None


async def connected() -> AsyncClient:
    global client
    if client is None:
        client = AsyncClient(base_url='http://x')
    return client


async def up():
    return await (await connected()).health()
""",
    ),
    "an argument of the code's own": (
        """\
def f(client: Client, limit: int | Unset = UNSET):
    if isinstance(limit, Unset):
        print('all')
    return list_books.sync(client=client, limit=limit)
""",
        """\
def f(client: Client, limit: int | Omit = OMIT):
    if isinstance(limit, Omit):
        print('all')
    return client.books.list_books(limit=limit)
""",
    ),
    "code without annotations": (
        "def f(client, id):\n    return get_book.sync_detailed(id, client=client)\n\n\ndef g(client):\n    return f(client, '1').parsed.author.full_name\n",
        "def f(client, id):\n    return client.books.get_book(id)\n\n\ndef g(client):\n    return f(client, '1').author.full_name\n",
    ),
    "headers, cookies and settings of httpx": (
        """\
with Client(base_url='x', headers={'a': 'b'}, cookies=C, verify_ssl=False, httpx_args={'proxy': P}) as client:
    health.sync(client=client)


async def f(given):
    client = AuthenticatedClient(
        base_url='x',
        headers=given,
        token='y',
    )
    return await get_book.asyncio('1', client=client)
""",
        """\
with Client(base_url='x', http_client=Httpx2Client(headers={'a': 'b'}, cookies=C, verify=False, proxy=P)) as client:
    client.health()


async def f(given):
    client = AsyncClient(
        base_url='x',
        token='y',
        http_client=Httpx2AsyncClient(headers=given),
    )
    return await client.books.get_book('1')
""",
    ),
    "a property that the document does not name": (
        "def f(client: Client):\n    from shop_client.api.orders import place_order\n    receipt = place_order.sync(client=client, idempotency_key='k', body=Order(lines=[]))\n    return receipt['weight'] if 'weight' in receipt else 0\n",
        "def f(client: Client):\n    receipt = client.orders.place_order(idempotency_key='k', lines=[], dry_run=False)\n    return receipt.extra['weight'] if 'weight' in receipt.extra else 0\n",
    ),
    "a client that is no name": (
        "def f(clients: dict[str, Client], up: bool):\n    return get_book.sync('1', client=clients['a'] if up else clients['b'])\n",
        "def f(clients: dict[str, Client], up: bool):\n    return (clients['a'] if up else clients['b']).books.get_book('1')\n",
    ),
    "a comment above what is moved": (
        "def f(client: Client):\n    # The usual.\n    body = NewBook(title='a', author=Author('b'))\n    create_book.sync(client=client, body=body)\n",
        "def f(client: Client):\n    # The usual.\n    client.books.create_book(title='a', author={\"fullName\": 'b'})\n",
    ),
    "a comment between what is moved": (
        """\
def f(client: Client):
    create_book.sync(
        client=client,
        body=NewBook(
            title='a',  # the title

            # a child
            author=Author('b'),
        ),
    )
""",
        """\
def f(client: Client):
    client.books.create_book(
        title='a',  # the title
        \n\
        # a child
        author={"fullName": 'b'},
    )
""",
    ),
    "comments in what becomes a dict": (
        """\
def f(client: Client):
    author = Author(
        # of hers
        'b',  # first
        # then
        class_='c',
    )
    create_book.sync(client=client, body=NewBook(title='a', author=author))
""",
        """\
def f(client: Client):
    author: AuthorInput = {
        # of hers
        "fullName": 'b',  # first
        # then
        "class": 'c',
    }
    client.books.create_book(title='a', author=author)
""",
    ),
    "annotations that are text": (
        "def f(client: 'Client', change: 'BookChange | None' = None) -> 'list[Book]': ...\n",
        "def f(client: 'Client', change: 'BookChangeInput | None' = None) -> 'list[Book]': ...\n",
    ),
    "patterns": (
        """\
from shop_client.models import Fault


def f(client: Client):
    match get_book.sync('1', client=client):
        case Book(title='Emma', price_in_cents=Unset()):
            return 0
        case Book(price_in_cents=price, author=Author(full_name=name)) as book:
            return price, name, book.price_in_cents
        case Book(sub_title=Unset()) | Fault():
            return 1
        case None:
            return 2
""",
        """\

def f(client: Client):
    match client.books.get_book('1'):
        case Book(title='Emma', price_in_cents=None):
            return 0
        case Book(price_in_cents=price, author=Author(full_name=name)) as book:
            return price, name, book.price_in_cents
        case Book(sub_title=UnsetType()) | Fault():
            return 1
        case None:
            return 2
""",
    ),
    "an answer that is but annotated": (
        "def f(client: Client, book: Book):\n    create_book.sync(client=client, body=NewBook(title='a', author=book.author))\n",
        "def f(client: Client, book: Book):\n    client.books.create_book(title='a', author=book.author.as_input())\n",
    ),
    "what is cast": (
        "from typing import cast\n\n\ndef f(client: Client):\n    return cast(Book, get_book.sync('1', client=client)).price_in_cents\n",
        "from typing import cast\n\n\ndef f(client: Client):\n    return cast(Book, client.books.get_book('1')).price_in_cents\n",
    ),
    "beside calls of the new client": (
        "import shop\n\n\ndef f(client: Client):\n    return client.books.get_book('1'), client.with_response.health(), get_book.sync('1', client=client)\n",
        "import shop\n\n\ndef f(client: Client):\n    return client.books.get_book('1'), client.with_response.health(), client.books.get_book('1')\n",
    ),
    "a name that is taken": (
        "def f(client: Client) -> Book: ...\n\n\nclass Book2: ...\n\n\nOMIT = 1\n\n\ndef g(client: Client, limit: int | Unset = UNSET): ...\n",
        "def f(client: Client) -> Book: ...\n\n\nclass Book2: ...\n\n\nOMIT = 1\n\n\ndef g(client: Client, limit: int | Omit = ShopOMIT): ...\n",
    ),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_rewritten(name: str, repository: Repository, old: Path) -> None:
    before, after = REWRITTEN[name]
    code, out = migrated(repository, old, before)
    assert code == after
    assert "left as it is" not in out


def test_errors_that_another_file_raises_are_told_of(repository: Repository, old: Path) -> None:
    shutil.rmtree(repository.folder / "app")
    (repository.folder / "one.py").write_text(
        HEAD + "def f(client: Client): return health.sync(client=client)\n"
    )
    two = "import httpx\n\nfrom one import f\n\n\ndef g(client):\n    try:\n        f(client)\n    except httpx.HTTPError:\n        pass\n"
    (repository.folder / "two.py").write_text(two)
    done = repository.run("migrate", "shop.yaml", str(old), "one.py", "two.py", "--write")
    assert "two.py:9: left as it is: calls of operations do not raise `httpx.HTTPError` any more" in done.out
    assert (repository.folder / "two.py").read_text() == two


def test_once_it_is_written_lines_are_those_of_the_new_code(repository: Repository, old: Path) -> None:
    shutil.rmtree(repository.folder / "app")
    path = repository.folder / "one.py"
    body = """\
def f(client: Client, **given):
    for book in list_books.sync(client=client): print(book.genre is UNSET)
    if get_book.sync('1', client=client) is None: print('none')
    return list_books.sync(client=client, **given).to_dict()
"""
    path.write_text(HEAD + body.replace("**given).to_dict()", "limit=1)[0].to_dict()"))
    out = repository.run("migrate", "shop.yaml", str(old), "one.py", "--write").out
    lines = path.read_text().splitlines()
    said = dict(re.findall(r"^one\.py:(\d+): ([^:]+:.*)$", out, re.MULTILINE))
    assert {lines[int(number) - 1].strip()[:9] for number in said} == {"if client", "return cl"}
    assert "one.py:1:\n- from shop_client import" in out


def test_what_type_checkers_are_told_to_overlook_is_told_of(repository: Repository, old: Path) -> None:
    body = "def f(client: Client):\n    x = 1  # type: ignore[misc]\n    list_books.sync(client=client, limit=None)  # type: ignore[arg-type]\n"
    _, out = migrated(repository, old, body)
    assert re.findall(r"one.py:(\d+): look at this: what its `# type: ignore` is for", out) == ["9"]


def test_what_is_said_of_several_lines_is_said_once(repository: Repository, old: Path) -> None:
    one = "    if get_book.sync('1', client=client) is None: return\n"
    _, out = migrated(repository, old, f"def f(client: Client):\n{one * 3}")
    assert out.count("an answer that is no success is raised") == 1
    assert "one.py:8: look at this: " in out
    assert " (so in 9, 10)\n" in out


def test_an_attribute_of_an_error_is_not_missed_in_what_calls_give(repository: Repository, old: Path) -> None:
    code, out = migrated(
        repository,
        old,
        "from shop_client.models import Fault\n\n\ndef f(client: Client):\n    book = get_book.sync('1', client=client)\n    return book.message if isinstance(book, Fault) else book.title\n\n\ndef g(client: Client):\n    book = get_book.sync('1', client=client)\n    return book.title if isinstance(book, Book) else book.message\n",
    )
    assert "left as it is" not in out
    said = re.findall(r"one.py:12: look at this: an answer that is no success .* \(so in (\d+)\)", out)
    assert said == ["17"]
    assert "book.message if isinstance(book, Fault) else book.title" in code


def test_names_of_the_code_base_in_text_that_are_gone_are_told_of(repository: Repository, old: Path) -> None:
    shutil.rmtree(repository.folder / "app")
    (repository.folder / "one.py").write_text(
        HEAD + "def f(client: Client): return health.sync(client=client)\n"
    )
    two = "from unittest.mock import patch\n\npatch('one.health.sync')\npatch('one.f')\npatch('one.Client')\npatch('os.health')\n"
    (repository.folder / "two.py").write_text(two)
    out = repository.run("migrate", "shop.yaml", str(old), "one.py", "two.py", "--write").out
    said = [line for line in out.splitlines() if line.startswith("two.py:")]
    assert len(said) == 1
    assert said[0].startswith(
        "two.py:3: left as it is: it names `health` of `one`, which is not there any more"
    )
    assert (repository.folder / "two.py").read_text() == two


def test_a_token_that_is_a_name_and_a_password_is_told_of(repository: Repository, old: Path) -> None:
    spec = repository.folder / "shop.yaml"
    spec.write_text(spec.read_text().replace("scheme: bearer", "scheme: basic"))
    _, out = migrated(
        repository, old, "client = AuthenticatedClient(base_url='x', token='y', prefix='Basic')\n"
    )
    assert "one.py:7: left as it is: the client takes `username=` and `password=` now" in out


def test_errors_that_only_annotations_speak_of_are_told_of(repository: Repository, old: Path) -> None:
    _, out = migrated(
        repository,
        old,
        """\
from shop_client.models import Fault


def f(client: Client) -> Book | Fault | None:
    return get_book.sync('1', client=client)


def g(client: Client) -> None:
    found: dict[str, Book | Fault] = {i: get_book.sync(i, client=client) for i in 'ab'}
    genre: Genre | None = None
""",
    )
    said = re.findall(r"one.py:(\d+): look at this: an answer that is no success .*\(so in (\d+)\)", out)
    assert said == [("10", "15")]


def test_a_key_that_a_call_did_not_have_is_told_of(repository: Repository, old: Path) -> None:
    spec = repository.folder / "shop.yaml"
    optional = spec.read_text().replace(
        "Idempotency-Key, in: header, required: true", "Idempotency-Key, in: header"
    )
    spec.write_text(optional)
    _, out = migrated(
        repository,
        old,
        """\
def f(client: Client):
    from shop_client.api.orders import place_order
    place_order.sync(client=client, body=Order(lines=[]))
    place_order.sync(client=client, body=Order(lines=[]), idempotency_key='k')
""",
    )
    assert re.findall(r"one.py:(\d+): look at this: `Idempotency-Key` is sent with it now(.*)", out) == [
        ("9", ", with a key that is made for each call, by which the server knows a repetition")
    ]


def test_what_is_left_keeps_the_names_that_it_needs(repository: Repository, old: Path) -> None:
    code, out = migrated(
        repository,
        old,
        """\
def f(client: Client, run) -> Book | None:
    made = Client(base_url='x', prefix='y', **run())
    run(Book)
    return get_book.sync('1', client=client)
""",
    )
    assert "one.py:8: left as it is: what `**` gives is not known" in out
    text = (repository.folder / "one.py").read_text()
    assert text.startswith(
        "from shop_client import Client\nfrom shop import Book as ShopBook, Client as ShopClient\nfrom shop_client.models import Book\n"
    )
    assert code == (
        "def f(client: ShopClient, run) -> ShopBook | None:\n"
        "    made = Client(base_url='x', prefix='y', **run())\n"
        "    run(Book)\n"
        "    return client.books.get_book('1')\n"
    )


LEFT = {
    "a call with stars": (
        "def f(client, **given):\n    return get_book.sync(client=client, **given)\n",
        8,
        "what `**` gives is not known",
    ),
    "an error of httpx that has no class now": (
        "import httpx\n\n\ndef f(client: Client):\n    try:\n        health.sync(client=client)\n    except httpx.ConnectError:\n        pass\n",
        13,
        "but a `TransportError` that is no `RequestTimeout`, with `not error.maybe_sent`",
    ),
    "errors of httpx in a constant": (
        "import httpx\n\nAGAIN = (httpx.TimeoutException,)\n\n\ndef f(client: Client):\n    try:\n        health.sync(client=client)\n    except AGAIN:\n        pass\n",
        9,
        "do not raise `httpx.TimeoutException` any more, but `RequestTimeout`",
    ),
    "errors of httpx around what uses it, too": (
        "import httpx\n\n\ndef f(client: Client):\n    try:\n        httpx.get(health.sync(client=client))\n    except httpx.HTTPError:\n        pass\n",
        13,
        "catch both",
    ),
    "a model and a function of attrs": (
        "import attrs\n\n\ndef f(client: Client):\n    book = get_book.sync('1', client=client)\n    return attrs.evolve(book, title='a')\n",
        12,
        "`msgspec.structs.replace(…)` does the same",
    ),
    "a function that is passed on": (
        "def f(run):\n    return run(get_book.sync)\n",
        8,
        "`get_book.sync` is used in a way that is not followed; it is `books.get_book` of a client now",
    ),
    "a module that is passed on": (
        "def f(run):\n    return run(get_book)\n",
        8,
        "used otherwise than to call",
    ),
    "a client for both": (
        "async def f(client: Client):\n    get_book.sync('1', client=client)\n    await get_book.asyncio('1', client=client)\n",
        8,
        "`Client` and `AsyncClient` are two classes now",
    ),
    "settings of httpx": (
        "def f(limits):\n    return Client(base_url='x', httpx_args={'limits': limits})\n",
        8,
        "a client has no `httpx_args` now",
    ),
    "settings of httpx from elsewhere": (
        "def f(settings):\n    return Client(base_url='x', httpx_args=settings)\n",
        8,
        "a client has no `httpx_args` now",
    ),
    "a proxy of httpx": (
        "import httpx\n\n\nclient = Client(base_url='x', httpx_args={'proxy': httpx.Proxy('y')})\n",
        10,
        "a client has no `httpx_args` now",
    ),
    "certificates in a file": (
        "client = Client(base_url='x', verify_ssl='roots.pem')\n",
        7,
        "a client has no `verify_ssl` now",
    ),
    "another way to send the token": (
        "client = AuthenticatedClient(base_url='x', token='y', prefix='Token')\n",
        7,
        "no credential that is sent as `Authorization: Token",
    ),
    "a body from elsewhere": (
        "def f(client: Client, body: NewBook):\n    create_book.sync(client=client, body=body)\n",
        8,
        """`sub_title` (subTitle); give its members one by one, such as `sub_title=body["subTitle"]`""",
    ),
    "a body of no known kind": (
        "def f(client: Client, make):\n    create_book.sync(client=client, body=make())\n",
        8,
        "arguments are called",
    ),
    "a model as JSON": (
        "def f(client: Client):\n    return get_book.sync('1', client=client).to_dict()\n",
        8,
        "has no `to_dict` now; `as_json(…)` gives what it is on the wire",
    ),
    "a property that the document does not name": (
        "def f(client: Client):\n    return get_book.sync('1', client=client)['weight']\n",
        8,
        "`Book` holds what the document names, and nothing else",
    ),
    "whether there is one": (
        "def f(client: Client):\n    return 'weight' in get_book.sync('1', client=client)\n",
        8,
        "`Book` holds what the document names, and nothing else",
    ),
    "a name in text": (
        "from unittest.mock import patch\n\n\ndef f():\n    return patch('shop_client.api.books.get_book.sync')\n",
        11,
        "it names something of the old package",
    ),
    "everything of a module": (
        "from shop_client.models import *\n",
        7,
        "used otherwise than to call",
    ),
    "a test of what goes to a call that is left": (
        "def f(client, change: BookChange, **given):\n    if change.title is not UNSET:\n        update_book.sync(client=client, body=change, **given)\n",
        8,
        "goes with",
    ),
    "a default of what goes to a call that is left": (
        "def f(client, limit: int | Unset = UNSET, **given):\n    list_books.sync(client=client, limit=limit, **given)\n",
        7,
        "goes with",
    ),
    "a setting of the HTTP client": (
        "def f(client: Client):\n    client.get_httpx_client()\n",
        8,
        "a client has no `get_httpx_client` now; make its HTTP client yourself, and keep it: `http = httpx2.Client(…)`",
    ),
}


@pytest.mark.parametrize("name", LEFT)
def test_left(name: str, repository: Repository, old: Path) -> None:
    before, line, why = LEFT[name]
    code, out = migrated(repository, old, before)
    said = [text for text in out.splitlines() if text.startswith(f"one.py:{line}: left as it is: ")]
    assert any(why in text for text in said), out
    changed = code.splitlines()
    kept = (HEAD + before).splitlines()[line - 1]
    assert kept in changed or "to_dict" in before or "weight" in before


TOGETHER = {
    "a client, its other calls and their answers with a call": (
        """\
client = AuthenticatedClient(base_url='x', token='y')


def f(**given):
    return get_book.sync(client=client, **given)


def g(connected: AuthenticatedClient = client):
    book = get_book.sync('1', client=connected)
    if not isinstance(book, Book):
        return None
    return None if isinstance(book.price_in_cents, Unset) else book.genre is Genre.NOVEL
""",
        {
            7: "AuthenticatedClient(…)",
            14: "AuthenticatedClient",
            15: "get_book.sync",
            16: "Book",
            18: "book.price_in_cents",
        },
        "`get_book.sync(…)` (one.py:11)",
    ),
    "calls with a client": (
        """\
def f(id):
    client = AuthenticatedClient(base_url='x', token='y', prefix='Token')
    match get_book.sync(id, client=client):
        case Book(price_in_cents=Unset()):
            return 0
""",
        {9: "client", 10: "Book"},
        "`AuthenticatedClient(…)` (one.py:8)",
    ),
    "a client with one that is made of it": (
        """\
def f(client: Client):
    other = client.with_headers({'a': 'b'})
    return health.sync(client=other), health.sync(client=client)
""",
        {7: "Client", 9: "client"},
        "`client.with_headers` (one.py:8)",
    ),
    "what stands for nothing with a call": (
        """\
def f(client, limit, **given):
    list_books.sync(client=client, limit=limit or UNSET, tag=given.get('tag', UNSET), **given)
""",
        {8: "what `**` gives is not known"},
        "",
    ),
    "a client with a call that is made later": (
        """\
from functools import partial

client = Client(base_url='x')
call = partial(get_book.sync, client=client)
up = health.sync(client=client)
""",
        {9: "Client(…)", 11: "client"},
        "`get_book.sync` (one.py:10)",
    ),
    "a client that is given to whoever asks": (
        """\
def connected():
    yield Client(base_url='x')


def f(connected, **given):
    get_book.sync(client=connected, **given)
""",
        {8: "Client(…)"},
        "`get_book.sync(…)` (one.py:12)",
    ),
    "what a call gives in lists and in annotations": (
        """\
from shop_client.models import Fault


def f(client, **given) -> Book | Fault | None:
    found: list[Book] = []
    found.extend(list_books.sync(client=client, **given))
    return get_book.sync('1', client=client)
""",
        {10: "Fault", 11: "Book", 13: "client"},
        "`list_books.sync(…)` (one.py:12)",
    ),
    "a client with a call by a function of the code's own": (
        """\
def call(function, *given, **named):
    return function(*given, **named)


def f():
    return call(get_book.sync, '1', client=Client(base_url='x'))
""",
        {12: "used in a way that is not followed"},
        "",
    ),
    "an error with the call that raises it": (
        """\
from shop_client.errors import UnexpectedStatus


def f(client, **given):
    try:
        get_book.sync(client=client, **given)
    except UnexpectedStatus as error:
        return error.status_code
""",
        {13: "UnexpectedStatus"},
        "`get_book.sync(…)` (one.py:12)",
    ),
    "a call with a body that is read": (
        """\
def f(client: Client, text):
    create_book.sync(client=client, body=NewBook.from_dict(text))
""",
        {7: "Client"},
        "(one.py:8)",
    ),
    "a call with a file": (
        """\
from shop_client.types import File


def f(client: Client, data):
    create_book.sync(client=client, body=NewBook(title='a', author=File(payload=data)))
""",
        {10: "Client"},
        "`File` (one.py:11)",
    ),
    "a call with a pattern by position": (
        """\
def f(client: Client):
    match get_book.sync('1', client=client):
        case Book(id):
            return id
""",
        {7: "Client", 8: "get_book.sync(…)"},
        "`Book(id)` (one.py:9)",
    ),
    "an attribute with a model of which it is not known which way it goes": (
        "def f(author: Author):\n    return isinstance(author.born_on, Unset)\n",
        {8: "whether this `Author` is sent or received is not known"},
        "",
    ),
    "an answer with a call that sends it": (
        """\
def f(client: Client, other: Client, **given):
    book = get_book.sync('1', client=client)
    update_book.sync(client=other, body=BookChange(sub_title=book.sub_title), **given)
""",
        {7: "Client", 8: "get_book.sync(…)"},
        "`update_book.sync(…)` (one.py:9)",
    ),
}
"""Code of which nothing is rewritten; by line what is listed, and what all of that is left with."""


@pytest.mark.parametrize("name", TOGETHER)
def test_left_together(name: str, repository: Repository, old: Path) -> None:
    before, lines, because = TOGETHER[name]
    code, out = migrated(repository, old, before)
    assert code in before
    assert before.endswith(code)
    for line, what in lines.items():
        said = [text for text in out.splitlines() if text.startswith(f"one.py:{line}: left as it is: ")]
        assert any(what in text and because in text for text in said), out
    needed = (repository.folder / "one.py").read_text()
    assert "from shop import" not in needed
    assert not {one for one in ("UNSET", "Unset", "Genre", "Book", "Client") if one in _free(needed)}


def _free(text: str) -> set[str]:
    """The names that a module reads and does not bind."""
    tree = ast.parse(text)
    bound = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - bound


def test_a_client_that_is_not_known_to_be_the_same_is_moved(repository: Repository, old: Path) -> None:
    code, _ = migrated(
        repository,
        old,
        """\
def f():
    client = Client(base_url='x')
    return get_book.sync('1', client=client)


def g(**given):
    client = Client(base_url='y')
    return get_book.sync(client=client, **given)
""",
    )
    assert "    client = ShopClient(base_url='x')\n    return client.books.get_book('1')\n" in code
    assert "    client = Client(base_url='y')\n    return get_book.sync(client=client, **given)\n" in code


def test_names_where_nobody_looks_keep_their_imports(repository: Repository, old: Path) -> None:
    _, out = migrated(
        repository,
        old,
        "from collections.abc import Callable\n\nShow = Callable[[Genre], str]\n\n\ndef f(client: Client): ...\n",
    )
    assert "one.py:9: left as it is: `Genre` is used in a way that is not followed" in out
    assert "from shop_client.models import Genre\n" in (repository.folder / "one.py").read_text()
