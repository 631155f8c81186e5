from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from review.python.comparing import changes, planned
from specwright.review.callers import places
from specwright.review.findings import CallerPlace

PETS = (Path(__file__).parents[1] / "python" / "pets.yaml").read_text("utf-8")
SWAPS = {
    "    Owner:\n": "    Keeper:\n",
    "{$ref: '#/components/schemas/Owner'}": "{$ref: '#/components/schemas/Keeper'}",
    "        phone: {type: string}\n": "        telephone_number: {type: integer}\n",
    "enum: [cat, dog, bird]": "enum: [cat, dog, fish]",
    "operationId: get_pet": "operationId: get_pet\n      x-specwright-name: fetch_pet",
    "{name: limit, in: query, schema": "{name: page, in: query, required: true, schema",
    "full_name: {type: string}": "full_name: {type: string}\n        email: {type: string}",
    "required: [full_name]": "required: [full_name, email]",
    "        weight: {type: integer}\n": "",
}


OLD = planned(PETS)


def edited() -> str:
    text = PETS
    for old, new in SWAPS.items():
        text = text.replace(old, new)
    return text


CHANGES = [(change, f"finding of {change.symbol}") for change in changes(OLD, planned(edited(), OLD))]


def found(folder: Path, code: str) -> list[CallerPlace]:
    (folder / "app.py").write_text(textwrap.dedent(code), "utf-8")
    return list(places(folder, "pets", CHANGES, OLD)[0])


def told(folder: Path, code: str, *, sure: bool | None = None) -> set[tuple[int, str]]:
    return {(place.line, place.change) for place in found(folder, code) if sure is None or place.sure is sure}


@pytest.mark.parametrize(
    "before",
    [
        "from pets import Client\nclient = Client(token='x')",
        "from pets import Client as C\nclient = C()",
        "import pets\nclient = pets.Client()",
        "import pets.client as api\nclient: api.Client",
        "from pets import AsyncClient\nclient = AsyncClient().with_options(timeout=1)",
        "from pets import Client\nclient = make() or Client()",
    ],
)
def test_a_client_is_known_however_it_came(tmp_path: Path, before: str) -> None:
    assert (3, "py-client-method-renamed") in told(tmp_path, f"{before}\nclient.pets.get_pet(1)\n", sure=True)


def test_a_client_is_known_in_functions_classes_and_blocks(tmp_path: Path) -> None:
    code = """\
    from pets import Client

    def one(client: Client | None) -> None:
        client.pets.get_pet(1)

    class Service:
        def __init__(self, client: "Client") -> None:
            self.client = client

        def two(self) -> None:
            self.client.pets.get_pet(1)

    with Client() as inner:
        pets = inner.pets
        pets.get_pet(1)

    def three() -> Client: ...

    three().pets.get_pet(1)
    Service(inner).client.pets.get_pet(1)
    """
    lines = {line for line, change in told(tmp_path, code, sure=True) if change == "py-client-method-renamed"}
    assert lines == {4, 11, 15, 19, 20}


def test_arguments_are_looked_at_one_by_one(tmp_path: Path) -> None:
    code = """\
    from pets import Client
    client = Client()
    client.pets.list_pets()
    client.pets.list_pets(limit=1)
    client.pets.list_pets(**given)
    client.pets.add_pet(name="a", species="bird", owner={"full_name": "x", "phone": "1"}, weight=3)
    """
    assert told(tmp_path, code) == {
        (3, "py-param-added-required"),
        (4, "py-param-added-required"),
        (4, "py-param-removed"),
        (6, "py-param-removed"),
        (6, "py-input-member-removed"),
        (6, "py-key-added-required"),
        (6, "py-key-removed"),
    }


def test_what_streams_give_is_followed(tmp_path: Path) -> None:
    streams = PETS.replace(
        "application/json: {schema: {type: array", "application/jsonl: {schema: {type: array"
    )
    assert streams != PETS
    old = planned(streams)
    gone = changes(old, planned(streams.replace("        weight: {type: integer}\n", ""), old))
    code = """\
    from pets import Client, AsyncClient
    with Client().pets.list_pets() as pets:
        for pet in pets:
            pet.weight
    async def wait(client: AsyncClient) -> None:
        async with client.pets.list_pets() as pets:
            print([pet.weight async for pet in pets])
    """
    (tmp_path / "app.py").write_text(textwrap.dedent(code), "utf-8")
    removed = [(change, "") for change in gone if change.id == "py-field-removed"]
    assert [place.line for place in places(tmp_path, "pets", removed, old)[0]] == [4, 7]


def test_what_answers_hold_is_followed(tmp_path: Path) -> None:
    code = """\
    from pets import Client, models
    client = Client()
    for pet in client.pets.list_pets():
        pet.owner.phone
    phones = [pet.owner.phone for pet in client.pets.list_pets()]
    first = client.pets.list_pets()[0]
    first.weight

    def show(pet: models.Pet, several: list[models.Pet]) -> None:
        print(pet.owner.phone, several[0].weight)
        if pet.species == "bird":
            return
        match pet.species:
            case models.Species.BIRD:
                pass
    """
    assert told(tmp_path, code, sure=True) >= {
        (4, "py-field-removed"),
        (5, "py-field-removed"),
        (7, "py-field-removed"),
        (10, "py-field-removed"),
        (11, "py-enum-member-removed"),
        (13, "py-enum-member-added"),
        (14, "py-enum-member-removed"),
    }


def bodies(folder: Path, code: str) -> set[tuple[int, str]]:
    """The places of code that takes the body of a 404 for what it is not any more."""
    gone = planned(
        PETS.replace("content: {application/json: {schema: {$ref: '#/components/schemas/Fault'}}}", ""), OLD
    )
    changed = [(change, "") for change in changes(OLD, gone) if change.id.startswith("py-exception-body")]
    assert [change.symbol for change, _ in changed] == ["errors.NotFound.body[Fault]"]
    (folder / "app.py").write_text(textwrap.dedent(code), "utf-8")
    found = places(folder, "pets", changed, OLD)[0]
    assert {place.sure for place in found} <= {True}
    return {(place.line, place.symbol) for place in found}


def test_bodies_of_errors_are_followed(tmp_path: Path) -> None:
    code = """\
    from pets import Client, errors, models
    from pets.errors import ApiError, Conflict, NotFound

    try:
        Client().pets.get_pet(1)
    except (Conflict, NotFound) as error:
        print(error.body, error.status)
        print(error.body.code)
        if isinstance(error.body, models.Fault):
            body = error.body
            print(body.code)

    def said(error: NotFound, other: ApiError) -> str:
        match error.body:
            case models.Fault(code=code):
                return str(code)
            case _:
                body = error.body
        if isinstance(other, errors.NotFound) and other.body:
            return other.body.code
        if body is None or isinstance(body, dict | str):
            return str(body)
        return body.code or other.body.code
    """
    lines = {line for line, _ in bodies(tmp_path, code)}
    assert lines == {8, 9, 11, 15, 20, 23}


def test_bodies_of_other_errors_are_left_alone(tmp_path: Path) -> None:
    code = """\
    from pets import Client, models
    from pets.errors import Conflict, NotFound, StatusError

    try:
        Client().pets.get_pet(1)
    except Conflict as error:
        print(error.body.code)
    except NotFound as error:
        if isinstance(error.body, models.Pet):
            print(error.body.code)
        error = 1
        error.body.code
    except StatusError as error:
        print(error.body.code)
    """
    assert bodies(tmp_path, code) == set()


def test_imports_are_places_too(tmp_path: Path) -> None:
    code = """\
    from pets.models import (
        Owner,
        Pet,
    )
    from pets.validators import validate_owner
    import pets
    pets.models.Owner
    """
    assert told(tmp_path, code) == {
        (2, "py-type-renamed"),
        (5, "py-validator-renamed"),
        (7, "py-type-renamed"),
    }


def test_what_is_not_known_is_told_of_by_telling_names_alone(tmp_path: Path) -> None:
    changed = [(change, mark) for change, mark in CHANGES if change.id != "py-type-renamed"]
    (tmp_path / "app.py").write_text(
        "import pets\nunknown.list_pets(limit=1)\nunknown.get_pet\nunknown.weight\n", "utf-8"
    )
    told_ = {(place.line, place.sure) for place in places(tmp_path, "pets", changed, OLD)[0]}
    assert told_ == {(2, False), (3, False)}
    (tmp_path / "app.py").write_text("unknown.get_pet(1)\n", "utf-8")
    assert places(tmp_path, "pets", changed, OLD)[0] == ()


def test_a_place_is_told_of_with_its_line_and_finding(tmp_path: Path) -> None:
    place, *_ = found(tmp_path, "from pets import Client\n\nprint(Client().pets.get_pet(1))\n")
    assert place == CallerPlace(
        file=f"{tmp_path.as_posix()}/app.py",
        line=3,
        column=21,
        text="print(Client().pets.get_pet(1))",
        symbol="Client.pets.get_pet",
        change="py-client-method-renamed",
        level="breaking",
        sure=True,
        fingerprint="finding of Client.pets.get_pet",
    )


def test_code_of_others_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = "from pets.models import Owner\n"
    for name in (".venv/lib", "node_modules", "env", "pets", "own"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "app.py").write_text(code, "utf-8")
    (tmp_path / "env" / "pyvenv.cfg").touch()
    (tmp_path / "pets" / "_runtime").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "own")
    (tmp_path / "broken.py").write_text("def (:\n", "utf-8")
    (tmp_path / "binary.py").write_bytes(b"\xff\x00")
    assert [place.file for place in places(tmp_path, "pets", CHANGES, OLD)[0]] == [f"{tmp_path}/own/app.py"]
    _, unread = places(tmp_path, "pets", CHANGES, OLD)
    assert [(found.code, found.place and found.place.file) for found in unread] == [
        ("caller-unread", f"{tmp_path}/binary.py"),
        ("caller-unread", f"{tmp_path}/broken.py"),
    ]
    assert "invalid syntax" in unread[1].message
    monkeypatch.chdir(tmp_path)
    assert [place.file for place in places(Path("own"), "pets", CHANGES, OLD)[0]] == ["own/app.py"]


def test_code_that_does_not_use_it_is_not_touched(tmp_path: Path) -> None:
    code = """\
    import other

    class Owner:
        phone = "x"

    def get_pet(limit: int = 1) -> Owner:
        return Owner()

    get_pet(limit=1).phone
    other.pets.get_pet(1).weight
    """
    assert found(tmp_path, code) == []


def test_pages_are_known_by_their_items_and_answers(tmp_path: Path) -> None:
    said = "operationId: list_pets\n      x-specwright-pagination: {kind: offset, parameter: limit}"
    old, new = (planned(text.replace("operationId: list_pets", said)) for text in (PETS, edited()))
    found = [(change, "") for change in changes(old, new) if change.symbol == "models.Pet.weight"]
    code = """\
    from pets import AsyncClient, Client

    for pet in Client().pets.list_pets():
        print(pet.weight)
    for page in Client().pets.list_pets().pages():
        print(page[0].weight)
    print(Client().pets.list_pets().first()[0].weight)

    async def main(client: AsyncClient) -> None:
        async for pet in client.pets.list_pets():
            print(pet.weight)
        print((await client.pets.list_pets())[0].weight)
    """
    (tmp_path / "app.py").write_text(textwrap.dedent(code), "utf-8")
    told_ = {place.line for place in places(tmp_path, "pets", found, old)[0] if place.sure}
    assert told_ == {4, 6, 7, 11, 12}
