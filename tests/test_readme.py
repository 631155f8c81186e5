"""What the README says is so: its code runs as it is written, and its examples of output are what comes out."""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import pytest

from specwright.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
GENERATED = ROOT / "generated" / "cohere-finetuning"

PETS = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Petz"}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
"""


def blocks(language: str, text: str = README) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(GENERATED))
    yield
    for name in [name for name in sys.modules if name.partition(".")[0] == "cohere_finetuning"]:
        del sys.modules[name]


@pytest.fixture
def vendor(monkeypatch: pytest.MonkeyPatch) -> list[httpx2.Request]:
    """What would have been sent to the vendor, who answers with a model that is being trained."""
    seen: list[httpx2.Request] = []

    def answer(_transport: object, request: httpx2.Request) -> httpx2.Response:
        request.read()
        seen.append(request)
        if request.url.path.endswith("ft-404"):
            return httpx2.Response(404, json={"message": "there is no such model"})
        model = {"id": "ft-123", **json.loads(request.content), "status": "STATUS_FINETUNING"}
        return httpx2.Response(200, json={"finetuned_model": model})

    monkeypatch.setattr(httpx2.HTTPTransport, "handle_request", answer)
    return seen


@pytest.mark.usefixtures("package")
def test_quick_start_runs_as_written(vendor: list[httpx2.Request]) -> None:
    start, refusal, missing, *_ = blocks("python")
    (issues, *_) = blocks("text")
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        names: dict[str, object] = {}
        exec(start, names)  # noqa: S102 -- the README's own code
        exec(refusal, names)  # noqa: S102
        exec(missing, names)  # noqa: S102
    assert said.getvalue() == f"STATUS_FINETUNING\n{issues}there is no such model\n"
    request, _ = vendor
    assert request.method == "PATCH"
    assert str(request.url) == "https://api.cohere.com/v1/finetuning/finetuned-models/ft-123"
    assert request.headers["authorization"] == "Bearer my-token"


@pytest.mark.usefixtures("package")
def test_validators_say_what_is_shown() -> None:
    *_, of_package, of_schema = blocks("python")
    *_, by_package, by_schema = blocks("text")
    for code, shown in ((of_package, by_package), (of_schema, by_schema)):
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            exec(code, {})  # noqa: S102 -- the README's own code
        assert said.getvalue() == shown


@pytest.mark.usefixtures("package")
def test_the_generated_readme_runs_as_written(vendor: list[httpx2.Request]) -> None:
    names: dict[str, object] = {}
    for code in blocks("python", (GENERATED / "README.md").read_text("utf-8")):
        exec(code, names)  # noqa: S102 -- the generated README's own code
    assert [request.method for request in vendor] == ["PATCH"]


def test_a_mistake_prints_as_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec" / "pets.yaml").write_text(PETS, "utf-8")
    assert main(["lint", "spec/pets.yaml"]) == 1
    out, err = capsys.readouterr()
    assert any("spec/pets.yaml" in shown and shown in out + err for shown in blocks("text"))


THEIRS = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
paths:
  /pets:
    get:
      operationId: api_v2_pets_get
      tags: [pets]
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/pet_dto_v2"}}}}
  /pets/{id}:
    get: {operationId: onePet, parameters: [{name: id, in: path, required: true, schema: {type: string}}]}
  /owners:
    get: {operationId: listOwners}
  /internal:
    get: {operationId: internal}
components:
  schemas:
    pet_dto_v2: {type: object, properties: {nm: {type: string}, debug: {type: string}}}
"""


def test_the_overlay_and_the_selection_do_as_they_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (overlay,) = blocks("yaml")
    _, selection = blocks("toml")
    head = "[tool.specwright.documents.pets]\nspec = 'pets.yaml'\noutput = 'out'\noverlay = 'o.yaml'\n"
    for name, text in (("pets.yaml", THEIRS), ("o.yaml", overlay), ("pyproject.toml", head)):
        (tmp_path / name).write_text(text, "utf-8")
    assert main(["generate", "--strict"]) == 0
    client = (tmp_path / "out/pets/client.py").read_text("utf-8")
    assert re.findall(r"^    def (\w+)\($", client, re.MULTILINE).count("all_pets") == 1
    assert "internal" not in client
    models = (tmp_path / "out/pets/models.py").read_text("utf-8")
    assert 'class Pet(Model, kw_only=True):\n    """pet_dto_v2."""\n\n    name: str | None' in models
    assert "debug" not in models
    (tmp_path / "pyproject.toml").write_text(head + selection, "utf-8")
    assert main(["generate"]) == 0
    client = (tmp_path / "out/pets/client.py").read_text("utf-8")
    assert [path for path in ("`GET /pets`", "`GET /pets/{id}`", "`GET /owners`") if path not in client] == []


@pytest.mark.parametrize("path", re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", README))
def test_links_lead_somewhere(path: str) -> None:
    assert (ROOT / path).exists()


def test_commands_are_those_of_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    offered = capsys.readouterr().out
    for command in re.findall(r"^\| `specwright (\w+)", README, re.MULTILINE):
        assert re.search(rf"^  {command}\b", offered, re.MULTILINE), command
