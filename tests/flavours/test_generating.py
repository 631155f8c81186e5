"""How a package comes to be whose client openapi-python-client writes; and what becomes of what it can't do."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest

import specwright
from specwright.document import load
from specwright.flavours.openapi_python_client import blame, command, said
from specwright.flavours.openapi_python_client.given import given
from specwright.problems import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases"
COHERE = ROOT / "spec" / "cohere-finetuning.yaml"
PACKAGE = "cohere_fine_tuning_client"
HEAD = 'openapi: 3.1.1\ninfo: {title: Pets, version: "1"}\n'


def document(folder: Path, text: str, name: str = "pets.yaml") -> specwright.Config:
    file = folder / name
    file.write_text(dedent(text), "utf-8")
    return specwright.Config(spec=file, output=folder / "out", client="openapi-python-client")


def found(config: specwright.Config, code: str) -> list[tuple[int, str, str]]:
    """The Problems of a code: line, pointer and message of each."""
    try:
        problems = specwright.generate(config=config, dry_run=True).problems
    except Refused as refused:
        problems = refused.problems
    return [
        (problem.place.line, problem.place.pointer, problem.message)
        for problem in problems
        if problem.code == code and problem.place
    ]


def test_what_it_drops_is_a_problem_at_its_place(tmp_path: Path) -> None:
    config = document(
        tmp_path,
        HEAD
        + """\
        paths:
          /pets/{id}:
            post:
              requestBody: {content: {text/csv: {schema: {type: string}}}}
              responses: {}
            get:
              parameters: [{name: id, in: path, required: true, schema: {type: string}}]
              responses:
                "200":
                  description: A picture.
                  content:
                    image/png: {schema: {type: string}}
        components:
          schemas:
            Mixed:
              enum: [1, a]
        """.replace("        ", "", 1).replace("\n        ", "\n"),
    )
    dropped = sorted(found(config, "client-dropped"))
    assert [(line, pointer) for line, pointer, _ in dropped] == [
        (5, "/paths/~1pets~1{id}/post"),
        (11, "/paths/~1pets~1{id}/get/responses/200"),
        (17, "/components/schemas/Mixed"),
    ]
    texts = [message for _, _, message in dropped]
    assert texts[0] == "`POST /pets/{id}` is not in the client: Unsupported content type text/csv"
    assert texts[1].startswith(
        "`GET /pets/{id}` is in the client without a part of it: Cannot parse response"
    )
    assert texts[2].startswith("`Mixed` is not in the client: ")
    assert not any("0x" in text for text in texts)  # no address of this run
    assert found(config, "client-unread") == []
    assert specwright.generate(config=config).operations == 1


def test_what_it_refuses_is_a_problem_at_its_place(tmp_path: Path) -> None:
    config = document(
        tmp_path,
        HEAD + "paths: {}\ncomponents:\n  schemas:\n    Pet:\n      type: object\n      required: true\n",
    )
    assert found(config, "client-refused") == []  # it is given what we read, which is without that
    assert [line for line, _, _ in found(config, "wrong-type")] == [8]
    config = document(
        tmp_path,
        HEAD + "paths: {}\ncomponents:\n  schemas:\n    Pet:\n      enum: [a-b, a_b]\n",
    )
    ((line, pointer, message),) = found(config, "client-refused")
    assert (line, pointer) == (6, "/components/schemas/Pet")
    assert "ValueError: Duplicate key A_B in enum" in message


def test_what_it_ends_over_whatever_is_in_the_document_is_a_problem_of_the_document(tmp_path: Path) -> None:
    ended = command.Output(1, "Traceback (most recent call last):\n  File x\nValueError: no\n", {})
    for paths in ("paths: {}\n", "paths: {/pets: {get: {responses: {}}}}\n"):
        config = document(tmp_path, HEAD + paths)
        source = next(given(load(config.spec, config)))
        place = blame.blamed(source, "ValueError: no", lambda _text: ended)
        assert (place.line, place.pointer) == (1, "")


def test_what_it_says_and_nobody_knows_is_told_as_it_is(tmp_path: Path) -> None:
    config = document(tmp_path, HEAD + "paths: {}\n")
    source, _ = given(load(config.spec, config))
    (problem,) = said.problems("The moon is full.\n\nBeware.\n", source, failed=False)
    assert (problem.code, problem.message) == (
        "client-unread",
        "openapi-python-client says: The moon is full.; Beware.",
    )
    assert list(said.problems("", source, failed=False)) == []


def test_its_own_configuration_is_respected(tmp_path: Path) -> None:
    config = document(
        tmp_path,
        HEAD
        + "paths: {}\ncomponents: {schemas: {Pet: {type: object, properties: {name: {type: string}}}}}\n",
    )
    (tmp_path / "openapi-python-client.yaml").write_text(
        "package_name_override: zoo\nclass_overrides: {Pet: {class_name: Animal, module_name: beast}}\n"
        "post_hooks: [touch ran]\n"
    )
    made = specwright.generate(config=config)
    assert made.package == "zoo"
    assert "zoo/models/beast.py" in made.files
    (ignored,) = made.problems
    assert ignored.code == "client-config-ignored"
    assert ignored.place
    assert ignored.place.line == 3
    assert not list(tmp_path.rglob("ran"))
    assert '"openapi-python-client.yaml" = "' in (tmp_path / "out" / "specwright.lock").read_text()
    assert specwright.generate(config=config).written == ()
    (tmp_path / "openapi-python-client.yaml").write_text("package_name_override: zoo\n")
    assert "zoo/models/pet.py" in specwright.generate(config=config).written
    (tmp_path / "openapi-python-client.yaml").write_text("- no settings\n")
    with pytest.raises(Refused, match="client-config"):
        specwright.generate(config=config)


def test_a_setting_that_it_can_not_read_is_a_problem_at_its_place(tmp_path: Path) -> None:
    config = document(tmp_path, HEAD + "paths: {}\n")
    (tmp_path / "openapi-python-client.yaml").write_text("literal_enums: true\nclass_overrides: 5\n")
    with pytest.raises(Refused) as refused:
        specwright.generate(config=config)
    (found,) = refused.value.problems
    assert (found.code, found.message) == (
        "client-config",
        "`class_overrides` is not what openapi-python-client reads there.",
    )
    assert found.place
    assert (found.place.file, found.place.line) == (str(tmp_path / "openapi-python-client.yaml"), 2)


@pytest.mark.parametrize("name", ["class", "my-pets", "5_pets"])
def test_a_package_that_can_not_be_imported_is_not_written(tmp_path: Path, name: str) -> None:
    config = replace(document(tmp_path, HEAD + "paths: {}\n"), package=name)
    with pytest.raises(Refused, match=f"client-unsound.*calls the package `{name}`"):
        specwright.generate(config=config)
    assert not (tmp_path / "out").exists()


def test_a_package_is_proven_fresh(tmp_path: Path) -> None:
    config = document(tmp_path, HEAD + "paths: {}\n")
    made = specwright.generate(config=config)
    assert specwright.check(config=config).fresh
    assert specwright.generate(config=config).written == ()
    file = tmp_path / "out" / made.package / "client.py"
    file.write_text(file.read_text() + "\n# mine\n")
    assert [difference.state for difference in specwright.check(config=config).differences] == ["edited"]
    with pytest.raises(Refused, match="output-edited"):
        specwright.generate(config=config)


def test_it_has_to_be_installed_and_one_that_was_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = document(tmp_path, HEAD + "paths: {}\n")

    class Other:
        version = "0.30.1"

    monkeypatch.setattr(command, "distribution", lambda _name: Other)
    with pytest.raises(Refused, match=r"extra-missing.*0\.30\.1 is installed"):
        specwright.generate(config=config)

    def missing(_name: str) -> None:
        raise PackageNotFoundError

    monkeypatch.setattr(command, "distribution", missing)
    with pytest.raises(Refused, match=r"pip install 'specwright\[openapi-python-client\]'"):
        specwright.generate(config=config)


SWAGGER = """\
swagger: "2.0"
info: {title: Pets, version: "1"}
paths:
  /pets:
    post:
      operationId: addPet
      parameters: [{name: pet, in: body, required: true, schema: {$ref: "#/definitions/Pet"}}]
      responses: {"200": {description: It is there., schema: {$ref: "#/definitions/Pet"}}}
definitions:
  Pet: {type: object, required: [name], properties: {name: {type: string}, mother: {$ref: "#/definitions/Pet"}}}
"""
NEWER = """\
openapi: 3.2.0
info: {title: Pets, version: "1"}
paths:
  /pets:
    $ref: "#/components/pathItems/Pets"
components:
  pathItems:
    Pets:
      post:
        operationId: addPet
        requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
        responses: {"200": {description: It is there., content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
  schemas:
    Pet: {type: object, required: [name], properties: {name: {type: string}, mother: {$ref: "#/components/schemas/Pet"}}}
"""
SPLIT = {
    "pets.yaml": """\
openapi: 3.0.3
info: {title: Pets, version: "1"}
paths:
  /pets:
    $ref: "paths.yaml#/pets"
""",
    "paths.yaml": """\
pets:
  post:
    operationId: addPet
    requestBody: {required: true, content: {application/json: {schema: {$ref: "schemas/pet.yaml#/Pet"}}}}
    responses: {"200": {description: It is there., content: {application/json: {schema: {$ref: "schemas/pet.yaml#/Pet"}}}}}
""",
    "schemas/pet.yaml": """\
Pet: {type: object, required: [name], properties: {name: {type: string}, mother: {$ref: "#/Pet"}}}
""",
}


@pytest.mark.parametrize(
    "files", [{"pets.yaml": SWAGGER}, {"pets.yaml": NEWER}, SPLIT], ids=["2.0", "3.2", "files"]
)
def test_what_it_can_not_read_is_written_for_it(tmp_path: Path, files: Mapping[str, str]) -> None:
    (tmp_path / "schemas").mkdir()
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    made = specwright.generate(config=document(tmp_path, files["pets.yaml"]))
    assert made.problems == ()
    assert f"{made.package}/models/pet.py" in made.files
    endpoint = (tmp_path / "out" / made.package / "api" / "default" / "add_pet.py").read_text()
    assert "body: Pet,\n" in endpoint
    assert '_OPERATION = "POST /pets"' in endpoint
    assert "mother: Pet | Unset" in (tmp_path / "out" / made.package / "models" / "pet.py").read_text()


def test_what_leads_to_itself_is_written_without_what_it_does_not_look_at(tmp_path: Path) -> None:
    text = """\
    openapi: 3.2.0
    info: {title: Pets, version: "1"}
    paths:
      /pets:
        post:
          operationId: addPet
          callbacks: {done: {"{$request.body#/url}": {$ref: "#/paths/~1pets"}}}
          responses:
            "200":
              description: It is there.
              headers: {X-A: {$ref: "#/components/headers/A"}}
    components:
      headers:
        A: {content: {text/plain: {$ref: "#/components/mediaTypes/M"}}}
      mediaTypes:
        M: {schema: {type: string}, encoding: {a: {headers: {X-A: {$ref: "#/components/headers/A"}}}}}
    """
    made = specwright.generate(config=document(tmp_path, text))
    assert "pets_client/api/default/add_pet.py" in made.files


def test_a_boolean_that_is_a_schema_is_written_for_it_as_an_object(tmp_path: Path) -> None:
    config = document(
        tmp_path,
        HEAD
        + """\
paths: {}
components:
  schemas:
    Pet:
      type: object
      additionalProperties: false
      properties: {name: true, age: false, additionalProperties: true}
""",
    )
    made = specwright.generate(config=config)
    assert made.problems == ()
    assert "pets_client/models/pet.py" in made.files
    *_, source = given(load(config.spec, config))
    assert json.loads(source.text)["components"]["schemas"]["Pet"] == {
        "type": "object",
        "additionalProperties": False,
        "properties": {"name": {}, "age": {"not": {}}, "additionalProperties": {}},
    }


def test_lint_tells_what_it_makes_of_the_document(tmp_path: Path) -> None:
    body = "{content: {text/csv: {schema: {type: string}}}}"
    config = document(
        tmp_path, HEAD + f"paths: {{/pets: {{post: {{requestBody: {body}, responses: {{}}}}}}}}\n"
    )
    assert [
        one.place.line for one in specwright.lint(config=config) if one.code == "client-dropped" and one.place
    ] == [3]
    assert not any(
        one.code.startswith("client-") for one in specwright.lint(config=replace(config, client="specwright"))
    )
    config = document(tmp_path, PETS + "components: {schemas: {Pet: {enum: [a-b, a_b]}}}\n")
    codes = {one.code: one.severity for one in specwright.lint(config=config)}
    assert codes["client-refused"] == "error"
    assert codes.keys() > {"client-refused"}  # and what else there is to say


def test_what_can_be_read_as_it_is_is_given_as_it_is(tmp_path: Path) -> None:
    config = document(
        tmp_path, HEAD + "x-mine: {a: [1, 2.5, null]}\npaths: {/a: {get: {tags: [x], responses: {}}}}\n"
    )
    data: Any = json.loads(next(given(load(config.spec, config))).text)
    assert data["x-mine"] == {"a": [1, 2.5, None]}
    assert data["openapi"] == "3.1.1"


def test_what_is_not_selected_is_not_in_the_client(tmp_path: Path) -> None:
    config = document(
        tmp_path,
        HEAD
        + "paths: {/a: {get: {operationId: a, tags: [x], responses: {}}, put: {operationId: b, responses: {}}}}\n"
        + "components: {schemas: {Unused: {type: object, properties: {a: {type: string}}}}}\n",
    )
    made = specwright.generate(config=replace(config, tags=("x",)))
    assert [path for path in made.files if "/api/" in path and "__init__" not in path] == [
        "pets_client/api/x/a.py"
    ]
    assert not any("unused" in path for path in made.files)


def test_every_module_is_python(tmp_path: Path) -> None:
    config = document(tmp_path, HEAD + "paths: {}\n")
    made = specwright.generate(config=config)
    for path in made.files:
        if path.endswith(".py"):
            text = (tmp_path / "out" / path).read_text("utf-8")
            ast.parse(text)
            assert "/_runtime/" in path or text.startswith("# Generated by specwright")


def test_what_it_can_not_send_is_not_checked(tmp_path: Path) -> None:
    config = document(
        tmp_path,
        HEAD
        + """\
paths:
  /pets:
    get:
      operationId: pets
      parameters:
        - {name: filter, in: query, required: true, content: {application/json: {schema: {type: object}}}}
        - {name: limit, in: query, schema: {type: integer}}
      responses: {}
""",
    )
    ((line, pointer, message),) = found(config, "client-unchecked")
    assert (line, pointer) == (5, "/paths/~1pets/get")
    assert "can't send `filter` of `GET /pets`" in message
    made = specwright.generate(config=config)
    assert '"GET /pets": Operation(),' in (tmp_path / "out" / made.package / "checks.py").read_text()


PETS = HEAD + "paths:\n  /pets:\n    get:\n      operationId: pets\n      responses: {}\n"


def written(monkeypatch: pytest.MonkeyPatch, **files: str) -> None:
    """Let openapi-python-client write other files, too."""
    run = command.run

    def other(text: str, settings: str) -> command.Output:
        output = run(text, settings)
        more = {f"pets_client/{path.replace('__', '/')}.py": content for path, content in files.items()}
        return command.Output(output.status, output.said, {**output.files, **more})

    monkeypatch.setattr(command, "run", other)


@pytest.mark.parametrize(
    "text",
    [
        "import os\nos.system('x')\n",
        "from httpx import get\n\nPET = get\n",
        "__import__('os').system('x')\n",
        "class Pet:\n    name: str = eval('1')\n",
        "print('hello')\n",
    ],
)
def test_text_that_became_code_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    written(monkeypatch, models__pet=text)
    with pytest.raises(Refused, match="client-unsound"):
        specwright.generate(config=document(tmp_path, PETS))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "text",
    ["def f(a=1, b):\n    pass\n", "from ...models.gone import Gone\n\nPET = Gone\n"],
)
def test_an_operation_that_can_not_be_imported_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    config = document(tmp_path, PETS)
    written(monkeypatch, api__default__pets=f'_OPERATION = "GET /pets"\n{text}')
    ((line, pointer, message),) = found(config, "client-dropped")
    assert (line, pointer) == (5, "/paths/~1pets/get")
    assert message.startswith("`GET /pets` is not in the client: Python can't import what is made of it: ")
    written(monkeypatch, models__pet=text)
    assert found(config, "client-unsound")


def test_code_in_the_module_of_an_operation_is_a_problem_at_the_operation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = document(tmp_path, PETS)
    written(monkeypatch, api__default__pets='_OPERATION = "GET /pets"\nprint("hello")\n')
    ((line, pointer, _),) = found(config, "client-unsound")
    assert (line, pointer) == (5, "/paths/~1pets/get")


def test_two_schemas_that_it_writes_into_one_module_are_a_problem_at_one_of_them(tmp_path: Path) -> None:
    properties = "{type: object, properties: {a: {type: string}}}"
    config = document(
        tmp_path, PETS + f"components:\n  schemas:\n    Ab: {properties}\n    AB: {properties}\n"
    )
    ((line, pointer, message),) = found(config, "client-unsound")
    assert (line, pointer.lower()) == (10, "/components/schemas/ab")
    assert "there is no `A" in message


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    spec = CASES / "hostile_text" / "spec.yaml"
    made = specwright.generate(
        config=specwright.Config(
            spec=spec, output=tmp_path, package="hostile", client="openapi-python-client"
        )
    )
    script = (
        "import builtins, importlib, pkgutil, hostile\n"
        "for module in pkgutil.walk_packages(hostile.__path__, 'hostile.'):\n"
        "    importlib.import_module(module.name)\n"
        "assert not hasattr(builtins, 'pwned')\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert made.package == "hostile"
    assert any("import_builtins_pwned" in path for path in made.files)


def test_strict_type_checking_finds_no_more_than_in_what_it_writes_alone(tmp_path: Path) -> None:
    """pyright's errors, rule by rule, beside those of the package that it makes of the same document without us."""
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "config.yaml").write_text("post_hooks: []\n")
    options = ["--path", str(COHERE), "--config", "config.yaml", "--output-path", "out", "--meta", "uv"]
    subprocess.run(
        [sys.executable, "-m", "openapi_python_client", "generate", *options],
        cwd=alone,
        capture_output=True,
        check=True,
    )
    theirs = strict_errors(alone / "out" / PACKAGE, tmp_path / "a")
    ours = strict_errors(ROOT / "generated" / "cohere-finetuning-opc" / PACKAGE, tmp_path / "b")
    assert theirs
    assert not ours - theirs
    assert ours.total() < theirs.total()


def strict_errors(package: Path, folder: Path) -> Counter[str]:
    shutil.copytree(package, folder / package.name)
    (folder / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}')
    done = subprocess.run(
        [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable, "."],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return Counter(error.get("rule", "") for error in json.loads(done.stdout)["generalDiagnostics"])
