"""Modules that refer to one another in circles: whoever asks for a name, in whatever order, gets it whole."""

from __future__ import annotations

import datetime as dt
import pickle
import subprocess
import sys
import textwrap
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cases import golden
from specwright.config import Config
from specwright.document import load
from specwright.emit.render import render
from specwright.plan import plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cases.server import Server

CASE = Path(__file__).parent.name
HERE = Path(__file__).parent / "expected" / CASE
MODULES = sorted(
    f"{CASE}.{path.relative_to(HERE).with_suffix('').as_posix().replace('/', '.')}"
    for folder in ("inputs", "models", "validators")
    for path in (HERE / folder).glob("*.py")
    if not path.name.startswith("_")
)

OWNER = {
    "name": "Ann",
    "pets": [{"name": "Tom", "kind": "cat", "born": "2020-02-29", "collar": {"made-of": "silk"}}],
    "best": {"name": "Rex", "friends": ["Tom", {"name": "Kit", "owner": {"name": "Bob"}}]},
    "club": {"members": [{"name": "Cy"}]},
}


def run(packages: Path, script: str, *arguments: str) -> str:
    """What a script prints in a process of its own, in which nothing of the package is loaded."""
    command = [sys.executable, "-W", "error", "-c", textwrap.dedent(script), *arguments]
    done = subprocess.run(command, cwd=packages, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


# --- what is loaded, and when -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("package")
@pytest.mark.parametrize(
    ("statement", "loaded"),
    [
        (f"import {CASE}", []),
        (f"from {CASE} import Client, NotFound", []),
        (f"from {CASE}.models import UrlMap", ["models.url_map", "models.url_map_schema"]),
        (f"from {CASE} import IssueModel", ["models.issue_model"]),
        (f"from {CASE}.validators import validate_aux", ["validators.aux_schema"]),
        (f"from {CASE} import Client; Client().pets", ["resources.pets"]),
    ],
)
def test_no_more_is_loaded_than_is_needed(packages: Path, statement: str, loaded: list[str]) -> None:
    script = f"""
        import sys
        {statement}
        folders = ("inputs", "models", "resources", "validators")
        names = (name.removeprefix("{CASE}.") for name in sys.modules if name.startswith("{CASE}."))
        print(*sorted(name for name in names if name.startswith(folders) and "." in name and "_" != name.split(".")[1][0]))
    """
    assert run(packages, script).split() == loaded


@pytest.mark.usefixtures("package")
@pytest.mark.parametrize("module", MODULES)
def test_a_module_that_is_imported_first_and_by_itself_is_whole(packages: Path, module: str) -> None:
    script = """
        import sys
        from importlib import import_module
        from typing import get_type_hints, is_typeddict
        import msgspec
        module = import_module(sys.argv[1])
        own = [thing for thing in vars(module).values() if getattr(thing, "__module__", None) == module.__name__]
        for thing in own:
            if is_typeddict(thing):
                get_type_hints(thing)
            elif isinstance(thing, type):
                msgspec.json.Decoder(thing)
            elif module.__name__.split(".")[1] == "validators":
                thing({"pets": [{"name": 1}], "pet": {}, "owner": {}, "best": {}, "members": [{}]})
    """
    run(packages, script, module)


@pytest.mark.usefixtures("package")
def test_threads_that_ask_for_everything_at_once_get_it_whole(packages: Path) -> None:
    script = f"""
        import sys, threading
        import msgspec
        sys.setswitchinterval(1e-6)
        from {CASE} import models, validators
        names = ["Pet", "Owner", "Lazy", "Friends", "PetOrName", "GetStateResponse", "Copy", "ValidatePet"] * 4
        start = threading.Barrier(len(names))
        wrong = []

        def ask(name):
            start.wait()
            try:
                msgspec.json.Decoder(getattr(models, name))
                validators.validate_owner({{"pets": [{{}}], "club": {{"members": [1]}}}})
            except Exception as error:
                wrong.append(f"{{name}}: {{error!r}}")

        threads = [threading.Thread(target=ask, args=[name]) for name in names]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        print(*wrong)
    """
    for _ in range(5):
        assert not run(packages, script)


def test_a_model_comes_out_of_a_pickle_whole(package: Any, packages: Path) -> None:
    owner = package.models.Owner(
        name="Ann", pets=[package.models.Pet(name="Tom", kind=package.models.Kind("cat"))]
    )
    script = """
        import pickle, sys
        import msgspec
        owner = pickle.loads(bytes.fromhex(sys.argv[1]))
        print(owner)
        print(msgspec.json.Decoder(type(owner)).decode(b'{"name": "A", "best": {"name": "B", "owner": {"name": "C"}}}'))
    """
    first, second = run(packages, script, pickle.dumps(owner).hex()).splitlines()
    assert first == repr(owner)
    assert second == "Owner(name='A', best=Pet(name='B', owner=Owner(name='C')))"


def test_preload_leaves_nothing_to_load(package: Any) -> None:
    with package.Client() as client:
        client.preload()
    for module in MODULES:
        assert module in sys.modules
    assert f"{CASE}.resources.owners" in sys.modules


# --- it is used as any other package ----------------------------------------------------------------------------


def test_an_answer_that_goes_in_circles_is_decoded(package: Any, client: Any, server: Server) -> None:
    server.answer(OWNER)
    owner = client.owners.get_owner(7)
    models = package.models
    assert isinstance(owner, models.Owner)
    assert isinstance(owner.pets[0], models.Pet)
    assert owner.pets[0].kind is models.Kind.CAT
    assert owner.pets[0].born == dt.date(2020, 2, 29)
    assert owner.pets[0].collar.made_of == "silk"
    assert owner.best.friends[1].owner.name == "Bob"
    assert owner.club.members[0] == models.Owner(name="Cy")
    assert owner.as_input() == {
        "name": "Ann",
        "pets": [{"name": "Tom", "kind": "cat", "born": dt.date(2020, 2, 29), "collar": {"made-of": "silk"}}],
        "best": {"name": "Rex", "friends": ["Tom", {"name": "Kit", "owner": {"name": "Bob"}}]},
        "club": {"members": [{"name": "Cy"}]},
    }


def test_what_is_wrong_is_found_through_the_modules(package: Any, client: Any, server: Server) -> None:
    with pytest.raises(package.RequestInvalid) as caught:
        client.pets.add_pet(
            name="Tom", owner={"name": "Ann", "pets": [{"name": ""}], "club": {"members": [{}]}}
        )
    assert [(issue.pointer, issue.keyword) for issue in caught.value.issues] == [
        ("/owner/pets/0/name", "minLength"),
        ("/owner/club/members/0", "required"),
    ]
    server.answer({"text": "there is one"}, status=409)
    with pytest.raises(package.Conflict) as conflict:
        client.pets.add_pet(name="Tom", chip="1", collar={"colour": "red"})
    assert conflict.value.body == package.IssueModel(text="there is one")
    assert server.take().json == {"name": "Tom", "chip": "1", "collar": {"colour": "red"}}


def test_operations_without_a_tag_are_the_clients_own(package: Any, client: Any, server: Server) -> None:
    server.answer({"open": True, "pet": {"name": "Tom"}})
    assert client.get_state() == package.models.GetStateResponse(
        open=True, pet=package.models.Pet(name="Tom")
    )


def test_a_name_that_is_none_is_an_attribute_error(package: Any) -> None:
    resources = import_module(f"{package.__name__}.resources")
    for module in (package, package.models, resources):
        with pytest.raises(AttributeError, match="has no attribute 'Nope'"):
            module.Nope  # noqa: B018


# --- the same document as modules -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def flat(packages: Path) -> Iterator[Any]:
    """The package of the same document, as modules."""
    config = Config(spec=Path(__file__).parent / "spec.yaml", package="as_modules", layout="modules")
    planned = plan(load(config.spec, config), config, {})
    golden.copy(
        {path: text for path, text in render(planned.api, planned.layout).items() if "/" in path}, packages
    )
    yield import_module("as_modules")
    for name in [name for name in sys.modules if name.startswith("as_modules")]:
        del sys.modules[name]


def test_both_layouts_offer_the_same_names(package: Any, flat: Any) -> None:
    assert sorted(package.__all__) == sorted(flat.__all__)
    assert set(package.__all__) <= set(dir(package))
    for name in flat.__all__:
        assert getattr(package, name).__class__.__name__ == getattr(flat, name).__class__.__name__
    for module in ("inputs", "models", "validators"):
        own = import_module(f"as_modules.{module}")
        defined = {
            name
            for name, thing in vars(own).items()
            if getattr(thing, "__module__", None) == own.__name__ and not name.startswith("_")
        }
        assert defined <= set(getattr(package, module).__all__)


def test_both_layouts_find_the_same_issues(package: Any, flat: Any) -> None:
    import_module("as_modules.validators")
    wrong = {"name": 1, "pets": [{"kind": 1}], "best": {"friends": [1]}, "club": {"members": [{"nope": 1}]}}
    for function in ("validate_owner", "validate_owner_input", "validate_copy", "validate_friends"):
        ours, theirs = getattr(package.validators, function), getattr(flat.validators, function)
        assert [tuple(issue) for issue in ours(wrong)] == [tuple(issue) for issue in theirs(wrong)]
        assert ours(wrong)
