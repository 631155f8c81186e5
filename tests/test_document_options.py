"""The options on what of a document is read: by the command line, and by the configuration."""

from __future__ import annotations

import json
import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from commands import Repository

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOP = """\
openapi: 3.1.1
info: {title: Shop, version: '1'}
paths:
  /pets: {get: {operationId: listPets, tags: [pets], responses: {'200': {$ref: '#/components/responses/Pets'}}}}
  /users: {get: {operationId: listUsers, tags: [users], responses: {'200': {$ref: '#/components/responses/Users'}}}}
components:
  responses:
    Pets: {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
    Users: {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}}
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
    User: {type: object, properties: {mail: {type: string}, password: {type: wrong}}}
"""
CONFIG = """\
[tool.specwright.documents.shop]
spec = "shop.yaml"
output = "out"
"""


@pytest.fixture
def repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Repository:
    monkeypatch.chdir(tmp_path)
    made = Repository(tmp_path, capsys)
    made.write("pyproject.toml", CONFIG)
    made.write("shop.yaml", SHOP)
    return made


# --- select -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("option", "key"),
    [
        (("--tag", "pets"), 'tags = ["pets"]'),
        (("--path", "/p*"), 'paths = ["/p*"]'),
        (("--operation", "listPets"), 'operations = ["listPets"]'),
    ],
)
def test_a_selection_by_option_or_by_configuration(
    repository: Repository, option: tuple[str, ...], key: str
) -> None:
    assert repository.run("generate", "shop.yaml", *option).err == ""
    models = (repository.folder / "out/shop/models.py").read_text("utf-8")
    assert "class Pet(" in models
    assert "class User(" not in models
    repository.write("pyproject.toml", f"{CONFIG}{key}\n")
    assert repository.run("check").status == 0
    assert repository.run("lint").status == 0
    told = json.loads(repository.run("generate", "--dry-run", "--json").out)
    assert (told["operations"], told["written"]) == (1, [])


def test_a_selection_is_of_one_document(repository: Repository) -> None:
    ran = repository.run("generate", "--tag", "pets", "--package", "p")
    assert ran.status == 2
    assert "--package and --tag are for one document: name it" in ran.err


def test_a_selection_that_meets_nothing_ends_in_an_error(repository: Repository) -> None:
    ran = repository.run("generate", "shop.yaml", "--tag", "pet")
    assert ran.status == 2
    assert "error[select-nothing]: No operation has the tag `pet`." in ran.err
    assert "Did you mean `pets`?" in ran.err
    assert not (repository.folder / "out").exists()


def test_validate_knows_schemas_that_are_not_selected(repository: Repository) -> None:
    repository.write("pyproject.toml", f'{CONFIG}tags = ["pets"]\n')
    repository.write("data.json", '{"mail": 5}')
    assert repository.run("validate", "shop.yaml", "User", "data.json").status == 1


# --- overlay ----------------------------------------------------------------------------------------------------

OVERLAY = """\
overlay: 1.0.0
info: {title: Other names, version: '1'}
actions:
- {target: $.paths.*.get, update: {summary: Changed.}}
"""


def test_an_overlay_by_option_or_by_configuration(repository: Repository) -> None:
    repository.write("more/o.yaml", OVERLAY)
    assert repository.run("generate", "shop.yaml", "--overlay", "more/o.yaml").status == 0
    client = (repository.folder / "out/shop/client.py").read_text("utf-8")
    assert client.count("Changed.") == 4
    lock = (repository.folder / "out/specwright.lock").read_text("utf-8")
    assert '\n"more/o.yaml" = "' in lock
    for value in ('"more/o.yaml"', '["more/o.yaml"]'):
        repository.write("pyproject.toml", f"{CONFIG}overlay = {value}\n")
        (repository.folder / "below").mkdir(exist_ok=True)
        assert repository.run("check").status == 0
    repository.write("more/o.yaml", OVERLAY.replace("Changed", "Once more"))
    assert repository.run("check").status == 1
    repository.write("more/o.yaml", OVERLAY.replace("$.paths", "paths"))
    ran = repository.run("check")
    assert ran.status == 2
    assert "more/o.yaml:4:12: error[overlay-target]" in ran.err


# --- other hosts ------------------------------------------------------------------------------------------------


@pytest.fixture
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A host that has `pet.yaml`."""
    folder = tmp_path_factory.mktemp("host")
    (folder / "pet.yaml").write_text("type: object\nproperties: {far: {type: string}}\n")

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_host_is_asked_where_it_is_allowed(repository: Repository, host: str) -> None:
    url = f"http://{host}/pet.yaml"
    repository.write("shop.yaml", SHOP.replace("Pet: {type: object,", f"Pet: {{$ref: '{url}'}}\n    X: {{"))
    ran = repository.run("generate", "shop.yaml")
    assert ran.status == 2
    assert "error[ref-remote]" in ran.err
    assert f"--allow-host {host}." in ran.err
    assert repository.run("generate", "shop.yaml", "--allow-host", host).status == 0
    assert "far: str | None" in (repository.folder / "out/shop/models.py").read_text("utf-8")
    assert f'\n"{url}" = "' in (repository.folder / "out/specwright.lock").read_text("utf-8")
    repository.write("pyproject.toml", f'{CONFIG}allow-host = "{host}"\n')
    assert repository.run("check").status == 0


# --- pages ------------------------------------------------------------------------------------------------------

PAGES = (Path(__file__).parents[1] / "docs/pages.md").read_text("utf-8")
PAGED = """\
openapi: 3.1.1
info: {title: Shop, version: '1'}
paths:
  /logs: {get: {operationId: list_logs, parameters: [{$ref: '#/components/parameters/p'}], responses: {'200': {$ref: '#/components/responses/Logs'}}}}
  /events: {get: {operationId: list_events, parameters: [{$ref: '#/components/parameters/after'}], responses: {'200': {$ref: '#/components/responses/Events'}}}}
  /status: {get: {operationId: list_status, parameters: [{$ref: '#/components/parameters/after'}], responses: {'200': {$ref: '#/components/responses/Status'}}}}
components:
  parameters:
    p: {name: p, in: query, schema: {type: integer}}
    after: {name: after, in: query, schema: {type: string}}
  responses:
    Logs: {description: ok, content: {application/json: {schema: {properties: {page_count: {type: integer}, logs: {type: array}}}}}}
    Events: {description: ok, content: {application/json: {schema: {properties: {meta: {properties: {last: {type: string}}}, data: {properties: {rows: {type: array}}}}}}}}
    Status: {description: ok, content: {application/json: {schema: {properties: {data: {type: array}, next_after: {type: string}}}}}}
"""


def paged(repository: Repository) -> set[str]:
    """The operations that have pages."""
    assert repository.run("generate").err == ""
    client = (repository.folder / "out/shop/client.py").read_text("utf-8")
    return set(re.findall(r"self\._pages\(_list_(\w+)\(", client))


def shown(language: str) -> str:
    """The block of a language that the page about pages shows."""
    (block,) = re.findall(rf"^```{language}\n(.*?)^```$", PAGES, re.MULTILINE | re.DOTALL)
    return str(block)


def test_pages_are_as_the_configuration_says(repository: Repository) -> None:
    repository.write("shop.yaml", PAGED)
    assert paged(repository) == {"status"}
    repository.write("pyproject.toml", CONFIG + shown("toml"))
    assert paged(repository) == {"logs"}
    repository.write("pyproject.toml", f"{CONFIG}pagination = false\n")
    assert paged(repository) == set()


def test_pages_are_as_an_overlay_says(repository: Repository) -> None:
    repository.write("shop.yaml", PAGED)
    repository.write("shop.overlay.yaml", shown("yaml"))
    repository.write("pyproject.toml", f'{CONFIG}overlay = "shop.overlay.yaml"\n')
    assert paged(repository) == {"events"}


@pytest.mark.parametrize("wrong", ["true", "3", "{list_logs = 3}", '"off"'])
def test_what_is_said_of_pages_is_false_or_a_table(repository: Repository, wrong: str) -> None:
    repository.write("pyproject.toml", f"{CONFIG}pagination = {wrong}\n")
    ran = repository.run("generate")
    assert ran.status == 2
    assert "error[config-type]" in ran.err
    assert "false, or a table of operations" in ran.err
