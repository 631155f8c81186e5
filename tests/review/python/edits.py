"""Small edits of one document, and what each does to the package."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
PETS = (HERE / "pets.yaml").read_text("utf-8")
CALLER = (HERE / "caller.py.txt").read_text("utf-8")


class Edit(NamedTuple):
    swaps: tuple[tuple[str, str], ...]
    """What is replaced by what, once each."""
    expected: tuple[tuple[str, str], ...]
    """The changes, but for those of docstrings and of validators: rule and symbol."""
    fails: str = ""
    """What of a caller that uses everything does not work any more: "run", "types", or both."""

    @property
    def document(self) -> str:
        text = PETS
        for old, new in self.swaps:
            if text.count(old) != 1:
                raise ValueError(f"not once in the document: {old!r}")
            text = text.replace(old, new)
        return text


NAME = "        name: {type: string}\n"
PHONE = "        phone: {type: string}\n"
WEIGHT = "        weight: {type: integer}\n"
TAGS = "        tags: {type: array, items: {type: string}}\n"
LIMIT = "- {name: limit, in: query, schema: {type: integer, default: 10}}"
PAGES = "x-specwright-pagination: {kind: offset, parameter: limit, limit: limit}"
ARRAY = "application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}"
NEEDS = "required: [id, name, species, owner]"
ADD = "Client.pets.add_pet"

EDITS = {
    "nothing": Edit((), ()),
    "a description": Edit((("description: None.", "description: No such pet."),), ()),
    "a renamed operation": Edit(
        (("operationId: get_pet", "operationId: get_pet\n      x-specwright-name: fetch_pet"),),
        (("py-client-method-renamed", "Client.pets.get_pet"),),
        "run types",
    ),
    "another operation id": Edit((("operationId: get_pet", "operationId: fetch_pet"),), ()),
    "another path": Edit((("  /pets/{id}:", "  /pets/by-id/{id}:"),), ()),
    "a path parameter by another name": Edit(
        (("  /pets/{id}:", "  /pets/{pet_id}:"), ("{name: id, in: path", "{name: pet_id, in: path")),
        (("py-param-renamed", "Client.pets.get_pet(id=)"),),
        # Given by position, as the caller does, it is as before.
    ),
    "a removed parameter": Edit(
        ((f"        {LIMIT}\n", ""),),
        (("py-param-removed", "Client.pets.list_pets(limit=)"),),
        "run types",
    ),
    "a stream beside the answer": Edit(
        ((ARRAY, f"{ARRAY}, application/jsonl: {{schema: {{$ref: '#/components/schemas/Pet'}}}}"),),
        (("py-client-method-added", "Client.pets.list_pets_stream"),),
    ),
    "a required parameter": Edit(
        ((LIMIT, f"{LIMIT}\n        - {{name: page, in: query, required: true, schema: {{type: integer}}}}"),),
        (("py-param-added-required", "Client.pets.list_pets(page=)"),),
        "run types",
    ),
    "an optional parameter": Edit(
        ((LIMIT, f"{LIMIT}\n        - {{name: page, in: query, schema: {{type: integer}}}}"),),
        (("py-param-added-optional", "Client.pets.list_pets(page=)"),),
    ),
    "a parameter that takes more": Edit(
        ((LIMIT, "- {name: limit, in: query, schema: {type: [integer, string], default: 10}}"),),
        (("py-param-type-widened", "Client.pets.list_pets(limit=)"),),
    ),
    "a parameter that takes other values": Edit(
        ((LIMIT, "- {name: limit, in: query, schema: {type: string, default: '10'}}"),),
        (
            ("py-param-type-changed", "Client.pets.list_pets(limit=)"),
            ("py-param-default-changed", "Client.pets.list_pets(limit=)"),
        ),
        "run types",
    ),
    "another default": Edit(
        (("default: 10", "default: 20"),), (("py-param-default-changed", "Client.pets.list_pets(limit=)"),)
    ),
    "a deprecated operation": Edit(
        (("operationId: get_pet", "operationId: get_pet\n      deprecated: true"),),
        (("py-client-method-deprecated", "Client.pets.get_pet"),),
    ),
    "a removed field": Edit(
        ((PHONE, ""),),
        (("py-field-removed", "models.Owner.phone"), ("py-key-removed", "inputs.OwnerInput['phone']")),
        "run types",
    ),
    "a field that was optional": Edit(
        ((NEEDS, "required: [id, name, species, owner, weight]"),),
        (
            ("py-param-required", f"{ADD}(weight=)"),
            ("py-field-required", "models.Pet.weight"),
            ("py-key-required", "inputs.PetInput['weight']"),
        ),
        "run types",
    ),
    "a field that was required": Edit(
        ((NEEDS, "required: [id, species, owner]"),),
        (
            ("py-param-optional", f"{ADD}(name=)"),
            ("py-field-optional", "models.Pet.name"),
            ("py-key-optional", "inputs.PetInput['name']"),
        ),
        "types",
    ),
    "a field that is null at times": Edit(
        (("full_name: {type: string}", "full_name: {type: [string, 'null']}"),),
        (
            ("py-field-optional", "models.Owner.full_name"),
            ("py-key-type-widened", "inputs.OwnerInput['full_name']"),
        ),
        "types",
    ),
    "a new field": Edit(
        ((WEIGHT, f"{WEIGHT}        color: {{type: string}}\n"),),
        (
            ("py-param-added-optional", f"{ADD}(color=)"),
            ("py-field-added-optional", "models.Pet.color"),
            ("py-key-added-optional", "inputs.PetInput['color']"),
        ),
    ),
    "a new field that is read only": Edit(
        ((WEIGHT, f"{WEIGHT}        color: {{type: string, readOnly: true}}\n"),),
        (("py-field-added-optional", "models.Pet.color"),),
    ),
    "a field by another name": Edit(
        ((PHONE, "        phone_number: {type: string}\n"),),
        (
            ("py-field-renamed", "models.Owner.phone"),
            ("py-key-renamed", "inputs.OwnerInput['phone']"),
        ),
        "run types",
    ),
    "a field that holds more": Edit(
        ((WEIGHT, WEIGHT.replace("integer", "number")),),
        (
            ("py-param-type-widened", f"{ADD}(weight=)"),
            ("py-field-type-widened", "models.Pet.weight"),
            ("py-key-type-widened", "inputs.PetInput['weight']"),
        ),
        "types",
    ),
    "items of another type": Edit(
        ((TAGS, TAGS.replace("items: {type: string}", "items: {type: integer}")),),
        (
            ("py-param-type-changed", f"{ADD}(tags=)"),
            ("py-field-type-changed", "models.Pet.tags"),
            ("py-key-type-changed", "inputs.PetInput['tags']"),
        ),
        "run types",
    ),
    "a read-only field": Edit(
        ((WEIGHT, WEIGHT.replace("integer", "integer, readOnly: true")),),
        (
            ("py-param-removed", f"{ADD}(weight=)"),
            ("py-key-removed", "inputs.PetInput['weight']"),
        ),
        "run types",
    ),
    "a removed value": Edit(
        (("enum: [cat, dog, bird]", "enum: [cat, dog]"),),
        (
            ("py-enum-member-removed", "models.Species.BIRD"),
            ("py-input-member-removed", 'inputs.SpeciesInput["bird"]'),
        ),
        "run types",
    ),
    "a new value": Edit(
        (("enum: [cat, dog, bird]", "enum: [cat, dog, bird, fish]"),),
        (
            ("py-enum-member-added", "models.Species.FISH"),
            ("py-input-member-added", 'inputs.SpeciesInput["fish"]'),
        ),
    ),
    "a schema by another name": Edit(
        (
            ("    Owner:\n", "    Keeper:\n"),
            ("owner: {$ref: '#/components/schemas/Owner'}", "owner: {$ref: '#/components/schemas/Keeper'}"),
        ),
        (("py-type-renamed", "models.Owner"), ("py-type-renamed", "inputs.OwnerInput")),
        "run types",
    ),
    "another answer": Edit(
        (("schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}", "schema: {$ref: '#/components/schemas/Pet'}"),),
        (("py-return-changed", "Client.pets.list_pets"),),
        "run types",
    ),
    "answers in pages": Edit(
        (("operationId: list_pets", f"operationId: list_pets\n      {PAGES}"),),
        (("py-return-changed", "Client.pets.list_pets"),),
        "run types",
    ),
    "another tag": Edit(
        (
            ("    get:\n      tags: [pets]\n      operationId: list_pets", "    get:\n      tags: [animals]\n      operationId: list_pets"),
            ("    post:\n      tags: [pets]", "    post:\n      tags: [animals]"),
            ("    get:\n      tags: [pets]\n      operationId: get_pet", "    get:\n      tags: [animals]\n      operationId: get_pet"),
        ),
        (("py-resource-renamed", "Client.pets"), ("py-resource-class-renamed", "client.Pets")),
        "run types",
    ),
    "another error": Edit(
        (("        '404':", "        '410': {description: Gone.}\n        '404':"),),
        (("py-exception-added", "Client.pets.get_pet raises Gone"),),
    ),
    "an API key": Edit(
        (("key: {type: http, scheme: bearer}", "key: {type: apiKey, in: header, name: X-Key}"),),
        (("py-client-argument-renamed", "Client(token=)"), ("py-credential-changed", "Client(api_key=)")),
        "run types",
    ),
    "no server": Edit(
        (("servers: [{url: https://pets.example}]\n", ""),),
        (("py-client-argument-required", "Client(base_url=)"),),
        "run types",
    ),
}  # fmt: skip
