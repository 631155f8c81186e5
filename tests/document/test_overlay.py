from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from specwright.problems import Place, Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from specwright.document import Document

SPEC = """\
openapi: 3.1.1
info: {title: Pets, version: '1', contact: {name: Jo}}
tags: [{name: pets}, {name: admin}]
paths:
  /pets:
    get:
      tags: [pets]
      parameters: [{name: q, in: query}, {name: dummy, in: query, description: d}]
    post: {}
  /users: {get: {}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}, kind: &kind {type: string}, other: *kind}}
"""
HEAD = "overlay: 1.0.0\ninfo: {title: Changes, version: '1'}\n"


@pytest.fixture
def overlay(read: Callable[..., Document], tmp_path: Path) -> Callable[..., Document]:
    """The document with overlays of these actions."""

    def overlay(*texts: str, spec: str = SPEC, name: str = "spec.yaml", **settings: Any) -> Document:
        files = [tmp_path / f"overlay-{index}.yaml" for index in range(len(texts))]
        for file, text in zip(files, texts, strict=True):
            file.write_text(
                text if text.startswith(("{", "[", "overlay:")) else f"{HEAD}actions:\n{text}",
                encoding="utf-8",
            )
        return read(spec, name, overlays=tuple(files), **settings)

    return overlay


def at(place: Place | None) -> tuple[str, str, int]:
    assert place
    return place.file.rpartition("/")[2], place.pointer, place.line


def test_an_object_is_merged(overlay: Callable[..., Document]) -> None:
    document = overlay("- {target: $.info, update: {title: Dogs, contact: {url: u}, license: {name: MIT}}}\n")
    info = document.root["info"]
    assert document.problems == ()
    assert info == {
        "title": "Dogs",
        "version": "1",
        "contact": {"name": "Jo", "url": "u"},
        "license": {"name": "MIT"},
    }
    assert at(info.place()) == ("spec.yaml", "/info", 2)
    assert at(info.place("version")) == ("spec.yaml", "/info/version", 2)
    assert at(info.place("title")) == ("overlay-0.yaml", "/actions/0/update/title", 4)
    assert at(info["contact"].place("name")) == ("spec.yaml", "/info/contact/name", 2)
    assert at(info["contact"].place("url")) == ("overlay-0.yaml", "/actions/0/update/contact/url", 4)
    assert at(info["license"].place("name")) == ("overlay-0.yaml", "/actions/0/update/license/name", 4)


def test_lists_grow(overlay: Callable[..., Document]) -> None:
    document = overlay(
        "- {target: $.tags, update: {name: dogs}}\n"
        "- {target: $.tags, update: [{name: cats}, {name: owls}]}\n"
        "- {target: $, update: {tags: [{name: eels}]}}\n"
    )
    tags = document.root["tags"]
    assert [tag["name"] for tag in tags] == ["pets", "admin", "dogs", "cats", "owls", "eels"]
    assert [at(tags.place(index))[:2] for index in range(6)] == [
        ("spec.yaml", "/tags/0"),
        ("spec.yaml", "/tags/1"),
        ("overlay-0.yaml", "/actions/0/update"),
        ("overlay-0.yaml", "/actions/1/update/0"),
        ("overlay-0.yaml", "/actions/1/update/1"),
        ("overlay-0.yaml", "/actions/2/update/tags/0"),
    ]


def test_what_is_removed_is_gone(overlay: Callable[..., Document]) -> None:
    document = overlay(
        "- {target: \"$.paths.*.get.parameters[?@.name == 'q']\", remove: true}\n"
        "- {target: \"$.paths['/users']\", remove: true, update: {get: {deprecated: true}}}\n"
        "- {target: $..description, remove: true}\n"
    )
    (parameter,) = document.root["paths"]["/pets"]["get"]["parameters"]
    assert list(document.root["paths"]) == ["/pets"]
    assert parameter == {"name": "dummy", "in": "query"}
    assert at(parameter.place())[1] == "/paths/~1pets/get/parameters/1"
    assert at(document.root["paths"]["/pets"]["get"]["parameters"].place(0))[1] == at(parameter.place())[1]


def test_one_action_for_many_targets(overlay: Callable[..., Document]) -> None:
    document = overlay("- {target: '$.paths.*.*', update: {tags: [all]}}\n")
    paths = document.root["paths"]
    assert paths["/pets"]["get"]["tags"] == ["pets", "all"]
    assert paths["/pets"]["post"] == paths["/users"]["get"] == {"tags": ["all"]}


def test_actions_go_in_order_and_so_do_overlays(overlay: Callable[..., Document]) -> None:
    document = overlay(
        "- {target: $.paths, remove: true}\n- {target: $, update: {paths: {/new: {get: {summary: a}}}}}\n",
        "- {target: \"$.paths['/new'].get\", update: {summary: b, deprecated: true}}\n",
    )
    operation = document.root["paths"]["/new"]["get"]
    assert operation == {"summary": "b", "deprecated": True}
    assert at(operation.place())[0] == "overlay-0.yaml"
    assert at(operation.place("summary"))[0] == "overlay-1.yaml"


def test_an_alias_is_changed_in_one_place(overlay: Callable[..., Document]) -> None:
    document = overlay("- {target: $.components.schemas.Pet.properties.other, update: {type: integer}}\n")
    properties = document.root["components"]["schemas"]["Pet"]["properties"]
    assert (properties["kind"]["type"], properties["other"]["type"]) == ("string", "integer")


def test_problems_are_where_they_are_written(overlay: Callable[..., Document]) -> None:
    document = overlay(
        "- target: $.components.schemas\n  update:\n    Pet: {properties: {name: {enum: [yes, 5]}}}\n    Bad: {type: strng}\n"
        "- target: $.paths['/none']\n  remove: true\n"
    )
    assert [(found.code, *at(found.place)) for found in document.problems] == [
        ("overlay-nothing", "overlay-0.yaml", "/actions/1/target", 8),
        ("ambiguous-text", "overlay-0.yaml", "/actions/0/update/Pet/properties/name/enum/0", 6),
        ("unquoted", "overlay-0.yaml", "/actions/0/update/Pet/properties/name/enum/1", 6),
        ("wrong-value", "overlay-0.yaml", "/actions/0/update/Bad/type", 7),
    ]
    assert document.root["components"]["schemas"]["Pet"]["properties"]["name"]["enum"] == ["yes", "5"]


def test_references_are_those_of_the_document(overlay: Callable[..., Document], tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "cat.yaml").write_text("{title: Cat}")
    document = overlay(
        "- target: $.components.schemas\n  update:\n"
        "    Dog: {$ref: '#/components/schemas/Pet'}\n    Cat: {$ref: cat.yaml}\n    New: {$anchor: new, title: New}\n    Old: {$ref: '#new'}\n"
        "- target: $.components.schemas.Pet\n  update: {properties: {dog: {$ref: '#/components/schemas/New'}}}\n",
        name="deep/spec.yaml",
        root=tmp_path,
    )
    schemas = document.root["components"]["schemas"]
    assert document.problems == ()
    assert document.target(schemas["Dog"]) is schemas["Pet"]
    assert document.target(schemas["Cat"])["title"] == "Cat"
    assert document.target(schemas["Old"]) is schemas["New"]
    assert document.target(schemas["Pet"]["properties"]["dog"]) is schemas["New"]
    assert set(document.files) == {"deep/spec.yaml", "deep/cat.yaml", "overlay-0.yaml"}


def test_selection_after_an_overlay(overlay: Callable[..., Document]) -> None:
    document = overlay(
        "- {target: $.paths.*.get, update: {operationId: x, responses: {'200': {$ref: '#/components/responses/R'}}}}\n"
        "- {target: $.components, update: {responses: {R: {description: r}, S: {description: s}}}}\n",
        tags=("pets",),
    )
    assert list(document.root["components"]) == ["responses"]
    assert list(document.root["components"]["responses"]) == ["R"]
    assert list(document.root["paths"]) == ["/pets"]


def test_json(overlay: Callable[..., Document]) -> None:
    spec = json.dumps(
        {"openapi": "3.1.1", "info": {"title": "T", "version": "1"}, "paths": {"/a": {"get": {"x": 1}}}}
    )
    actions = [{"target": "$.paths.*.get", "update": {"deprecated": 5}}]
    text = {"overlay": "1.0.0", "info": {"title": "T", "version": "1"}, "actions": actions}
    document = overlay(
        json.dumps(text),
        spec=spec,
        name="spec.json",
    )
    assert [(found.code, at(found.place)[:2]) for found in document.problems] == [
        ("field-unknown", ("spec.json", "/paths/~1a/get/x")),
        ("wrong-type", ("overlay-0.yaml", "/actions/0/update/deprecated")),
    ]


def test_the_version_may_come_from_an_overlay(overlay: Callable[..., Document]) -> None:
    document = overlay("- {target: $, update: {openapi: 3.0.3}}\n- {target: $.components, remove: true}\n")
    assert document.root["openapi"] == "3.0.3"


@pytest.mark.parametrize(
    ("text", "code", "pointer", "said"),
    [
        ("[]", "overlay-invalid", "", "An overlay is an object."),
        ("overlay: 2.0.0\ninfo: {title: T, version: v}\nactions: []", "overlay-invalid", "/overlay", "`2.0.0` is none"),
        ("overlay: 1.0.0\nactions: []", "overlay-invalid", "", "The field `info` is missing."),
        ("overlay: 1.0.0\ninfo: {title: T}\nactions: []", "overlay-invalid", "/info", "The field `version` is missing."),
        (f"{HEAD}actions: {{}}", "overlay-invalid", "/actions", "`actions` has to be a list."),
        (f"{HEAD}actions: [5]", "overlay-invalid", "/actions/0", "An action is an object."),
        (f"{HEAD}actions: []\nextend: x", "overlay-invalid", "/extend", "`extend` is no field of it."),
        ("- {target: $}", "overlay-invalid", "/actions/0", "neither `update` nor"),
        ("- {target: $, remove: 'yes'}", "overlay-invalid", "/actions/0/remove", "true or false"),
        ("- {update: {}}", "overlay-invalid", "/actions/0", "The field `target` is missing."),
        ("- {target: paths, remove: true}", "overlay-target", "/actions/0/target", "is not JSONPath"),
        ("- {target: '$.a[', remove: true}", "overlay-target", "/actions/0/target", "is not JSONPath"),
        ("- {target: $.info.title, update: {}}", "overlay-target", "/actions/0/target", "neither an object nor a list"),
        ("- {target: $.info, update: text}", "overlay-target", "/actions/0/target", "its `update` is none"),
        ("- {target: $, remove: true}", "overlay-target", "/actions/0/target", "all of the document"),
    ],
)  # fmt: skip
def test_what_is_no_overlay(
    overlay: Callable[..., Document], text: str, code: str, pointer: str, said: str
) -> None:
    with pytest.raises(Refused) as refused:
        overlay(text)
    found = refused.value.problems[0]
    assert (found.code, at(found.place)[:2]) == (code, ("overlay-0.yaml", pointer))
    assert said in found.message


def test_an_overlay_that_is_not_there(read: Callable[..., Document], tmp_path: Path) -> None:
    with pytest.raises(Refused, match="file-missing"):
        read(SPEC, overlays=(tmp_path / "none.yaml",))
