from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specwright.config import Budgets, Config
from specwright.document import load
from specwright.document.pointers import NotFoundError, at_pointer
from specwright.document.tree import Map, Seq, escape
from specwright.problems import Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from specwright.document import Document


def codes(document: Document) -> list[tuple[str, str]]:
    return [(found.code, found.place.pointer if found.place else "") for found in document.problems]


def of(document: Document, name: str) -> Any:
    return document.target(document.root["components"]["schemas"][name])


def tree(value: Any) -> Any:
    if isinstance(value, dict):
        return Map({key: tree(inner) for key, inner in value.items()})
    return Seq(map(tree, value)) if isinstance(value, list) else value


@given(
    st.recursive(st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)), st.data()
)
def test_a_pointer_leads_to_every_value(value: Any, data: st.DataObject) -> None:
    node, pointer = tree(value), ""
    while isinstance(node, Map | Seq) and node:
        key: Any = data.draw(st.sampled_from(list(node) if isinstance(node, Map) else range(len(node))))
        node, pointer = node[key], f"{pointer}/{escape(str(key))}"
    assert at_pointer(tree(value), pointer, "#") == node


@pytest.mark.parametrize(
    "pointer", ["/a/x", "/b/2", "/b/-", "/b/01", "/b/+1", "/b/9999999999", "/c/0", "/a/__class__", "//"]
)
def test_a_pointer_that_leads_nowhere(pointer: str) -> None:
    with pytest.raises(NotFoundError):
        at_pointer(tree({"a": {"": 1}, "b": [1, 2], "c": "text"}), pointer, "#")


@pytest.mark.parametrize(
    "reference",
    [
        "#/components/schemas/B", "#/components/schemas/A/properties/x", "#/components/schemas/s~1l%20a~0sh",
        "#anchor", "https://example.com/b.json", "#/components/schemas/C/allOf/1", "#/x-more/B",
    ],
)  # fmt: skip
def test_ways_to_name_one_schema(read: Callable[[str], Document], reference: str) -> None:
    document = read(
        f"""
openapi: 3.1.1
info: {{title: T, version: '1'}}
x-more: {{B: &b {{title: B, $anchor: anchor, $id: 'https://example.com/b.json'}}}}
components:
  schemas:
    B: *b
    A: {{properties: {{x: *b}}}}
    s/l a~sh: *b
    C: {{allOf: [true, *b]}}
    Ref: {{$ref: '{reference}'}}
""".replace("$anchor: anchor, $id", "$id" if "anchor" not in reference else "$anchor: anchor, x-id")
    )
    assert codes(document) == []
    assert of(document, "Ref") is document.root["components"]["schemas"]["B"]


@pytest.mark.parametrize(
    ("reference", "code", "said"),
    [
        ("#/components/schemas/Bee", "ref-missing", "no `Bee`"),
        ("#/components/schemas/~2", "ref-syntax", "~"),
        ("#/components/schemas/%zz", "ref-syntax", "%"),
        ("#/components/schemas/%ff", "ref-syntax", "UTF-8"),
        ("#components/schemas/B", "ref-missing", "anchor"),
        ("#/components//schemas/B", "ref-missing", "no ``"),
        ("#/info", "ref-kind", "the kind Info"),
        ("#/info/title", "ref-kind", "text"),
        ("#/components/schemas", "ref-kind", "holds others by name"),
        ("#/components/parameters/P", "ref-kind", "Parameter"),
        ("#", "ref-kind", "OpenAPI"),
        ("", "ref-kind", "OpenAPI"),
        ("missing.yaml", "ref-missing", "no file"),
        ("missing.yaml#/a", "ref-missing", "no file"),
        ("#/components/schemas/Ref", "ref-cycle", "back"),
    ],
)
def test_a_reference_that_leads_nowhere(
    read: Callable[[str], Document], reference: str, code: str, said: str
) -> None:
    document = read(f"""
openapi: 3.1.1
info: {{title: T, version: '1'}}
components:
  parameters: {{P: {{name: p, in: query}}}}
  schemas:
    B: {{}}
    Ref: {{$ref: '{reference}'}}
""")
    (found,) = document.problems
    assert (found.code, found.place and found.place.pointer) == (code, "/components/schemas/Ref/$ref")
    assert said in found.message
    assert of(document, "Ref") == {}
    assert of(document, "Ref") is of(document, "Ref")


def test_a_chain_leads_to_its_end(schemas: Callable[[str], Document]) -> None:
    links = ", ".join(f"S{n}: {{$ref: '#/components/schemas/S{n + 1}'}}" for n in range(1_500))
    document = schemas(f"{{{links}, S1500: {{type: string}}}}")
    assert codes(document) == []
    assert all(
        of(document, f"S{n}") is document.root["components"]["schemas"]["S1500"] for n in (0, 7, 1_499, 1_500)
    )


def test_a_cycle_is_said_and_accepts_anything(schemas: Callable[[str], Document]) -> None:
    ref = "#/components/schemas"
    document = schemas(f"{{A: {{$ref: '{ref}/B'}}, B: {{$ref: '{ref}/C'}}, C: {{$ref: '{ref}/B'}}}}")
    assert [code for code, _ in codes(document)] == ["ref-cycle"]
    assert of(document, "A") == of(document, "B") == of(document, "C") == {}


def test_a_cycle_is_told_where_it_is_and_once(read: Callable[[str], Document]) -> None:
    document = read("""
openapi: 3.1.1
info: {title: T, version: '1'}
x-own: {U: {$ref: '#/x-own/V'}, V: {$ref: '#/x-own/U'}}
components:
  links: {$ref: '#/x-own/U'}
  headers: {$ref: '#/x-own/V'}
  schemas:
    Use: {properties: {a: {$ref: '#/components/schemas/C'}, b: {$ref: '#/components/schemas/A'}}}
    C: {$ref: '#/components/schemas/B'}
    B: {$ref: '#/components/schemas/A'}
    A: {$ref: '#/components/schemas/B'}
""")
    assert [(one.place and one.place.pointer, one.message) for one in document.problems] == [
        (
            "/x-own/U/$ref",
            "A circle of references leads back to where it starts: `#/x-own/U` -> `#/x-own/V` -> `#/x-own/U`; any JSON is accepted in its place.",
        ),
        (
            "/components/schemas/B/$ref",
            (
                "A circle of references leads back to where it starts: "
                "`#/components/schemas/B` -> `#/components/schemas/A` -> `#/components/schemas/B`; any JSON is accepted in its place."
            ),
        ),
    ]


def test_a_schema_may_hold_itself(schemas: Callable[[str], Document]) -> None:
    document = schemas("{Tree: {properties: {left: {$ref: '#/components/schemas/Tree'}}}}")
    tree = of(document, "Tree")
    assert codes(document) == []
    assert document.target(tree["properties"]["left"]) is tree


def test_a_boolean_schema_as_a_target(schemas: Callable[[str], Document]) -> None:
    document = schemas(
        "{Yes: true, No: false, A: {$ref: '#/components/schemas/Yes'}, B: {$ref: '#/components/schemas/No'}}"
    )
    assert (of(document, "A"), of(document, "B")) == ({}, {"not": {}})


def test_references_within_a_schema_with_an_id(schemas: Callable[[str], Document]) -> None:
    document = schemas("""{
      A: {$id: 'https://example.com/a', properties: {
        b: {$ref: '#/$defs/B'}, c: {$ref: c}, d: {$ref: '#named'}, e: {$ref: '/a#/properties/f'}, f: {$dynamicRef: '#here'}, g: {$ref: nothing}},
        $defs: {B: {title: B}, C: {$id: c, title: C}, D: {$anchor: named, title: D}, E: {$dynamicAnchor: here, title: E}}},
      B: {title: other}}""")
    found = of(document, "A")["properties"]
    assert [document.target(found[name]).get("title") for name in "bcd"] == ["B", "C", "D"]
    assert document.target(found["e"]) is found["f"]
    assert document.references.target(found["f"], "$dynamicRef")["title"] == "E"
    assert codes(document) == [("ref-missing", "/components/schemas/A/properties/g/$ref")]


def test_every_kind_of_object_may_be_a_reference(read: Callable[[str], Document]) -> None:
    document = read("""
openapi: 3.2.0
info: {title: T, version: '1'}
paths:
  /a: {$ref: '#/components/pathItems/I'}
components:
  pathItems:
    I:
      post:
        parameters: [{$ref: '#/components/parameters/P'}]
        requestBody: {$ref: '#/components/requestBodies/B'}
        responses: {200: {$ref: '#/components/responses/R'}}
        callbacks: {c: {$ref: '#/components/callbacks/C'}}
  parameters: {P: {name: p, in: query, examples: {e: {$ref: '#/components/examples/E'}}}}
  requestBodies: {B: {content: {a/b: {$ref: '#/components/mediaTypes/M'}}}}
  responses: {R: {headers: {H: {$ref: '#/components/headers/H'}}, links: {l: {$ref: '#/components/links/L'}}}}
  callbacks: {C: {'{$url}': {$ref: '#/components/pathItems/I'}}}
  examples: {E: {value: {$ref: x}}}
  mediaTypes: {M: {schema: {type: string}}}
  headers: {H: {schema: {}}}
  links: {L: {operationId: x}}
  securitySchemes: {S: {$ref: '#/components/securitySchemes/T'}, T: {type: http, scheme: basic}}
""")
    components = document.root["components"]
    assert codes(document) == []
    post = document.target(document.root["paths"]["/a"])["post"]
    assert document.target(post["parameters"][0]) is components["parameters"]["P"]
    assert document.target(post["callbacks"]["c"]) is components["callbacks"]["C"]
    assert document.target(components["securitySchemes"]["S"])["scheme"] == "basic"


MAIN = """openapi: 3.1.1
info: {title: T, version: '1'}
paths: {/a: {$ref: paths/a.yaml}}
components: {schemas: {A: {$ref: 'models.json#/A'}, B: {$ref: './models.json#/B'}}}
"""


def files(folder: Path) -> None:
    (folder / "paths").mkdir()
    (folder / "paths" / "a.yaml").write_text(
        "get: {parameters: [{name: p, in: query, schema: {$ref: '../models.json#/A'}}]}\n"
    )
    (folder / "models.json").write_text(
        '{"A": {"properties": {"b": {"$ref": "#/B"}}}, "B": {"type": "strng"}}'
    )


def test_a_document_in_several_files(read: Callable[[str], Document], tmp_path: Path) -> None:
    files(tmp_path)
    document = read(MAIN)
    a = of(document, "A")
    parameter = document.target(document.root["paths"]["/a"])["get"]["parameters"][0]
    assert document.target(parameter["schema"]) is a
    assert document.target(a["properties"]["b"]) is of(document, "B")
    assert list(document.files) == ["models.json", "paths/a.yaml", "spec.yaml"]
    (found,) = document.problems
    assert found.place
    assert (found.code, found.place.file[-11:], found.place.pointer, found.place.column) == (
        "wrong-value",
        "models.json",
        "/B/type",
        61,
    )


@pytest.mark.parametrize(
    "reference",
    [
        "../out.yaml", "%2e%2e/out.yaml", "./a/../../out.yaml", "/etc/passwd", "file:///etc/passwd", "FILE:/etc/passwd", "C:\\\\x", "a\\\\..\\\\..\\\\x",
        "data:x", "x%00.yaml", "x\\r\\n.yaml", "link.yaml", "folder/out.yaml", "urn:a:b",
    ],
)  # fmt: skip
def test_what_is_outside_of_the_folder_is_refused(
    read: Callable[[str], Document], tmp_path: Path, reference: str
) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    (outside / "out.yaml").write_text("secret: 1")
    (tmp_path / "link.yaml").symlink_to(outside / "out.yaml")
    (tmp_path / "folder").symlink_to(outside)
    with pytest.raises(Refused) as refused:
        read(
            f'openapi: 3.1.1\ninfo: {{title: T, version: "1"}}\ncomponents: {{schemas: {{A: {{$ref: "{reference}"}}}}}}\n'
        )
    (found,) = refused.value.problems
    assert found.code == "ref-outside"
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("reference", ["http://localhost/x", "HTTPS://h/x", "//h/x"])
def test_another_host_is_refused(schemas: Callable[[str], Document], reference: str) -> None:
    with pytest.raises(Refused, match="ref-remote"):
        schemas(f"{{A: {{$ref: '{reference}'}}}}")


def test_a_wider_root(tmp_path: Path, read: Callable[..., Document]) -> None:
    (tmp_path / "common.yaml").write_text("{type: string}")
    (tmp_path / "api").mkdir()
    text = (
        "openapi: 3.1.1\ninfo: {title: T, version: '1'}\ncomponents: {schemas: {A: {$ref: ../common.yaml}}}\n"
    )
    with pytest.raises(Refused, match="ref-outside"):
        read(text, "api/spec.yaml")
    document = read(text, "api/spec.yaml", root=tmp_path)
    assert of(document, "A") == {"type": "string"}
    assert list(document.files) == ["api/spec.yaml", "common.yaml"]


def test_what_is_no_file_is_refused(tmp_path: Path, schemas: Callable[[str], Document]) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yaml").mkdir()
    for name in ("pipe.yaml", "folder.yaml"):
        with pytest.raises(Refused, match="file-missing"):
            schemas(f"{{A: {{$ref: {name}}}}}")


def test_the_number_of_files_is_a_budget(read: Callable[..., Document], tmp_path: Path) -> None:
    files(tmp_path)
    with pytest.raises(Refused, match="limit-files"):
        read(MAIN, budgets=Budgets(files=2))


def test_the_mapping_of_a_discriminator(schemas: Callable[[str], Document]) -> None:
    document = schemas("""{
      Pet: {discriminator: {propertyName: kind, mapping: {
        cat: Cat, dog: '#/components/schemas/Dog', hound: Alias, eel: '#/components/schemas/Eel', fox: Fox, gnu: 'https://example.com/gnu.yaml'}}},
      Cat: {title: Cat}, Dog: {title: Dog}, Alias: {$ref: '#/components/schemas/Dog'}}""")
    mapping = of(document, "Pet")["discriminator"]["mapping"]
    at = "/components/schemas/Pet/discriminator/mapping"
    found = document.mapped(mapping)
    assert {key: schema["title"] for key, schema in found.items()} == {
        "cat": "Cat",
        "dog": "Dog",
        "hound": "Dog",
    }
    assert found["cat"] is of(document, "Cat")
    assert codes(document) == [
        ("ref-missing", f"{at}/eel"),
        ("ref-missing", f"{at}/fox"),
        ("ref-missing", f"{at}/gnu"),
    ]


def test_a_document_of_bytes(tmp_path: Path) -> None:
    text = b"openapi: 3.1.1\ninfo: {title: T, version: '1'}\ncomponents: {schemas: {A: {$ref: b.yaml}}}\n"
    (tmp_path / "b.yaml").write_text("title: B")
    document = load(text, Config(spec=tmp_path, root=tmp_path))
    assert of(document, "A") == {"title": "B"}
    assert len(document.files) == 2


KINDS = """
openapi: 3.2.0
info: {title: T, version: '1'}
paths:
  /a: {$ref: 'AT#/pathItems/I'}
webhooks:
  w: {$ref: 'AT#/pathItems/I'}
components:
  parameters: {x: {$ref: 'AT#/parameters/P'}}
  requestBodies: {x: {$ref: 'AT#/requestBodies/B'}}
  responses: {x: {$ref: 'AT#/responses/R'}}
  headers: {x: {$ref: 'AT#/headers/H'}}
  callbacks: {x: {$ref: 'AT#/callbacks/C'}}
  examples: {x: {$ref: 'AT#/examples/E'}}
  links: {x: {$ref: 'AT#/links/L'}}
  mediaTypes: {x: {$ref: 'AT#/mediaTypes/M'}}
  securitySchemes: {x: {$ref: 'AT#/securitySchemes/S'}}
  schemas:
    x: {$ref: 'AT#/schemas/T'}
    y: {$ref: 'AT#anchored'}
    z: {$ref: 'AT#/schemas/T/$defs/D'}
    i: {$ref: 'https://example.com/named.json#inner'}
    j: {$dynamicRef: 'AT#dynamic'}
"""
PARTS = """
pathItems: {I: {get: {operationId: i}}}
parameters: {P: {name: p, in: query, x-is: P}}
requestBodies: {B: {content: {}, x-is: B}}
responses: {R: {description: r, x-is: R}}
headers: {H: {schema: {}, x-is: H}}
callbacks: {C: {'{$url}': {get: {}}, x-is: C}}
examples: {E: {value: 1, x-is: E}}
links: {L: {operationId: i, x-is: L}}
mediaTypes: {M: {schema: {}, x-is: M}}
securitySchemes: {S: {type: http, scheme: basic, x-is: S}}
schemas:
  T: {x-is: T, $defs: {D: {x-is: D}, A: {$anchor: anchored, x-is: A}, Y: {$dynamicAnchor: dynamic, x-is: Y}}}
  N: {$id: 'https://example.com/named.json', $defs: {I: {$anchor: inner, x-is: I, items: {$ref: '#/$defs/O'}}, O: {title: O}}}
"""


@pytest.mark.parametrize("where", ["", "parts.yaml", "deep/parts.yaml"])
def test_each_kind_of_reference_in_one_file_and_across_files(
    read: Callable[[str], Document], tmp_path: Path, where: str
) -> None:
    (tmp_path / "deep").mkdir()
    if where:
        (tmp_path / where).write_text(PARTS)
        document = read(KINDS.replace("AT#", f"{where}#"))
    else:
        document = read(
            KINDS.replace("AT#/", "#/x-parts/").replace("AT#", "#") + "x-parts:" + PARTS.replace("\n", "\n  ")
        )
    components = document.root["components"]
    assert codes(document) == []
    found = {section: document.target(named["x"])["x-is"] for section, named in components.items()}
    assert found == {
        "parameters": "P", "requestBodies": "B", "responses": "R", "headers": "H", "callbacks": "C", "examples": "E",
        "links": "L", "mediaTypes": "M", "securitySchemes": "S", "schemas": "T",
    }  # fmt: skip
    assert document.target(document.root["paths"]["/a"])["get"]["operationId"] == "i"
    assert document.target(document.root["webhooks"]["w"])["get"]["operationId"] == "i"
    schemas = components["schemas"]
    assert [document.target(schemas[name])["x-is"] for name in "yzi"] == ["A", "D", "I"]
    assert document.references.target(schemas["j"], "$dynamicRef")["x-is"] == "Y"
    assert document.target(document.target(schemas["i"])["items"])["title"] == "O"


@pytest.mark.parametrize(
    "section", ["parameters", "requestBodies", "responses", "headers", "links", "schemas"]
)
def test_each_kind_of_reference_to_another_kind(read: Callable[[str], Document], section: str) -> None:
    other = "responses" if section == "parameters" else "parameters"
    document = read(f"""
openapi: 3.1.1
info: {{title: T, version: '1'}}
components:
  {section}: {{x: {{$ref: '#/components/{other}/y'}}}}
  {other}: {{y: {{name: y, in: query, description: d}}}}
""")
    assert ("ref-kind", f"/components/{section}/x/$ref") in codes(document)
    assert document.target(document.root["components"][section]["x"]) == {}


def test_a_reference_where_none_may_stand(read: Callable[[str], Document], tmp_path: Path) -> None:
    (tmp_path / "schemas.yaml").write_text(
        "Pet: {properties: {$ref: '#/x-fields'}}\nOwner: {$ref: '#/Pet'}\nx-fields: {name: {type: string}}\n"
    )
    (tmp_path / "paths.yaml").write_text(
        "/a: {get: {responses: {$ref: '#/x-all'}}}\nx-all: {'404': {description: d}}\n"
    )
    document = read("""
openapi: 3.1.1
info: {$ref: '#/x-info', version: '2'}
x-info: {title: T, version: '1'}
paths: {$ref: paths.yaml}
components:
  schemas: {$ref: schemas.yaml, Own: {type: integer}}
  responses: {$ref: none.yaml}
  headers: {$ref: '#/info/title'}
  links: {$ref: '#/components/links'}
  parameters: {p: {name: p, in: query, schema: {discriminator: {propertyName: x, mapping: {a: Pet}}, items: {$ref: '#/components/schemas/Pet'}}}}
""")
    schemas = document.root["components"]["schemas"]
    schema = document.root["components"]["parameters"]["p"]["schema"]
    assert document.root["info"] == {"title": "T", "version": "2"}
    assert list(document.root["paths"]["/a"]["get"]["responses"]) == ["404"]
    assert {name: document.target(each) for name, each in schemas.items() if name != "x-fields"} == {
        "Pet": {"properties": {"name": {"type": "string"}}},
        "Owner": {"properties": {"name": {"type": "string"}}},
        "Own": {"type": "integer"},
    }
    assert (
        document.target(schema["items"])
        is schemas["Pet"]
        is document.mapped(schema["discriminator"]["mapping"])["a"]
    )
    assert sorted(codes(document)) == [
        ("ref-cycle", "/components/links/$ref"),
        ("ref-kind", "/components/headers/$ref"),
        ("ref-missing", "/components/responses/$ref"),
        ("ref-place", "/Pet/properties/$ref"),
        ("ref-place", "/components/schemas/$ref"),
        ("ref-place", "/info/$ref"),
        ("ref-place", "/paths/$ref"),
        ("ref-place", "/~1a/get/responses/$ref"),
    ]


def test_a_pointer_past_a_reference(schemas: Callable[[str], Document]) -> None:
    document = schemas("""{
      A: {$ref: '#/components/schemas/B'}, B: {properties: {x: {title: X}}},
      C: {$ref: '#/components/schemas/A/properties/x'}, D: {$ref: '#/components/schemas/D/properties/x'}}""")
    assert of(document, "C")["title"] == "X"
    assert codes(document) == [("ref-cycle", "/components/schemas/D/$ref")]


def test_a_long_way_to_a_place_where_no_reference_may_stand(read: Callable[[str], Document]) -> None:
    steps = "".join(f"  a{n}: {{$ref: '#/x-a/a{n + 1}'}}\n" for n in range(3_000))
    found = read(
        f"openapi: 3.1.1\ninfo: {{$ref: '#/x-a/a0'}}\npaths: {{}}\nx-a:\n{steps}  a3000: {{title: T, version: '1'}}\n"
        "components: {schemas: {A: {$ref: '#/x-a/a1/title'}}}\n"
    )
    assert found.root["info"]["title"] == "T"
    assert codes(found) == [("ref-place", "/info/$ref"), ("ref-kind", "/components/schemas/A/$ref")]


def test_ways_that_lead_through_one_another_are_followed_so_far(read: Callable[[str], Document]) -> None:
    def through(count: int) -> Document:
        steps = "".join(f"  a{n}: {{$ref: '#/x-a/a{n + 1}/b'}}\n" for n in range(count))
        last = "{b: " * (count + 1) + "{type: string}" + "}" * (count + 1)
        return read(
            f"openapi: 3.1.1\ninfo: {{title: T, version: '1'}}\npaths: {{}}\nx-a:\n{steps}  a{count}: {last}\n"
            "components: {schemas: {A: {$ref: '#/x-a/a0/b'}}}\n"
        )

    assert of(through(40), "A") == {"type": "string"}
    assert codes(through(80)) == [("ref-missing", "/components/schemas/A/$ref")]
