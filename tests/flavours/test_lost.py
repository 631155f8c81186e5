"""Every operation of a document is in the client, or a Problem says that it isn't: also where openapi-python-client is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import specwright

if TYPE_CHECKING:
    from pathlib import Path

    from specwright.problems import Problem


def config(folder: Path, paths: str, version: str = "3.1.1", settings: str = "") -> specwright.Config:
    file = folder / "pets.yaml"
    file.write_text(f'openapi: {version}\ninfo: {{title: Pets, version: "1"}}\npaths:\n{paths}', "utf-8")
    if settings:
        (folder / "openapi-python-client.yaml").write_text(settings, "utf-8")
    return specwright.Config(spec=file, output=folder / "out", client="openapi-python-client")


def dropped(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [
        (one.place.pointer, one.message) for one in problems if one.code == "client-dropped" and one.place
    ]


TWO = """\
  /pets/{{id}}:
    parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]
    get: {{tags: [{0}], operationId: {1}, responses: {{}}}}
    patch: {{tags: [{2}], operationId: {3}, responses: {{}}}}
"""
GONE = [
    (
        "/paths/~1pets~1{id}/get",
        "`GET /pets/{id}` is not in the client: openapi-python-client writes `PATCH /pets/{id}` over it, into `api/zoo/get_pet.py`.",
    )
]


@pytest.mark.parametrize("second", ["getPet", "get_pet", "get-pet", "GetPet"])
def test_an_operation_that_another_is_written_over_is_told_of(tmp_path: Path, second: str) -> None:
    asked = config(tmp_path, TWO.format("zoo", "get_pet", "Zoo", second))
    made = specwright.generate(config=asked)
    assert dropped(made.problems) == GONE
    assert made.operations == 1
    assert '_OPERATION = "PATCH' in (tmp_path / "out" / "pets_client/api/zoo/get_pet.py").read_text()
    assert dropped(tuple(specwright.lint(config=asked))) == GONE
    assert [one.hint for one in made.problems if one.code == "client-dropped"] == [
        "Give one of the two another `operationId`, or another tag."
    ]


@pytest.mark.parametrize(
    ("tag", "second"), [("zoo", "getPets"), ("farm", "get_pet"), ("zoo", "get_pet_2"), ("zoo", "3")]
)
def test_operations_with_modules_of_their_own_are_not(tmp_path: Path, tag: str, second: str) -> None:
    made = specwright.generate(config=config(tmp_path, TWO.format("zoo", "get_pet", tag, second)))
    assert dropped(made.problems) == []
    assert made.operations == 2


def test_ids_that_are_made_of_methods_and_paths_are_compared_too(tmp_path: Path) -> None:
    paths = "  /pets/all: {get: {responses: {}}}\n  /pets-all: {get: {responses: {}}}\n"
    ((pointer, message),) = dropped(specwright.generate(config=config(tmp_path, paths)).problems)
    assert pointer == "/paths/~1pets~1all/get"
    assert message.endswith("writes `GET /pets-all` over it, into `api/default/get_pets_all.py`.")


def test_names_that_python_can_not_have_hide_nothing(tmp_path: Path) -> None:
    asked = config(tmp_path, TWO.format("'1'", "'2 a'", "'1'", "'2-a'"))
    ((pointer, message),) = dropped(specwright.generate(config=asked).problems)
    assert pointer == "/paths/~1pets~1{id}/get"
    assert message == "`GET /pets/{id}` is not in the client, and openapi-python-client does not say why."


def test_what_it_says_itself_is_said_once(tmp_path: Path) -> None:
    body = "{content: {text/csv: {schema: {type: string}}}}"
    asked = config(tmp_path, f"  /pets: {{post: {{requestBody: {body}, responses: {{}}}}}}\n")
    ((_, message),) = dropped(specwright.generate(config=asked, dry_run=True).problems)
    assert message == "`POST /pets` is not in the client: Unsupported content type text/csv"


def test_of_every_tag_each_is_looked_at(tmp_path: Path) -> None:
    paths = TWO.format("zoo, farm", "get_pet", "farm, shop", "getPet")
    asked = config(tmp_path, paths, settings="generate_all_tags: true\n")
    made = specwright.generate(config=asked)
    assert made.operations == 2
    assert dropped(made.problems) == [
        (
            "/paths/~1pets~1{id}/get",
            "`GET /pets/{id}` is not in `api/farm`: openapi-python-client writes `PATCH /pets/{id}` over it, into `api/farm/get_pet.py`.",
        )
    ]


def test_a_method_that_it_does_not_look_at_is_told_of(tmp_path: Path) -> None:
    paths = (
        "  /pets:\n    query: {operationId: look, responses: {}}\n"
        "    additionalOperations: {LINK: {operationId: tie, responses: {}}}\n"
    )
    made = specwright.generate(config=config(tmp_path, paths, "3.2.0"))
    assert dropped(made.problems) == [
        (
            "/paths/~1pets/query",
            "`QUERY /pets` is not in the client: openapi-python-client does not look at this method.",
        ),
        (
            "/paths/~1pets/additionalOperations/LINK",
            "`LINK /pets` is not in the client: openapi-python-client does not look at this method.",
        ),
    ]


def test_of_two_operations_of_an_item_that_is_referred_to_each_is_told_of(tmp_path: Path) -> None:
    body = "{content: {text/csv: {schema: {type: string}}}}"
    paths = (
        "  /pets: {$ref: '#/components/pathItems/Pets'}\n"
        "components:\n  pathItems:\n    Pets:\n"
        f"      put: {{operationId: put_pets, requestBody: {body}, responses: {{}}}}\n"
        "      get: {operationId: pets, responses: {}}\n"
        "      patch: {operationId: Pets, responses: {}}\n"
    )
    first, second = dropped(specwright.generate(config=config(tmp_path, paths)).problems)
    assert first[1].startswith("`PUT /pets` is not in the client: Unsupported content type")
    assert second[1].startswith(
        "`GET /pets` is not in the client: openapi-python-client writes `PATCH /pets` over it"
    )
