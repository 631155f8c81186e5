"""Models and open enums, and the names that a package loads on first use."""

from __future__ import annotations

import copy
import pickle
import shutil
import subprocess
import sys
import threading
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar

import msgspec
import pytest
from msgspec import UNSET, UnsetType
from widgets import Colour, Part, Widget

from specwright.runtime import lazy
from specwright.runtime.lazy import attach
from specwright.runtime.model import Model, OpenIntEnum, as_input


class Level(OpenIntEnum):
    LOW = 1


class Nested(Model, kw_only=True, tag_field="type", tag="nested", rename={"wire_name": "wireName"}):
    wire_name: str
    absent: int | None = None
    null: int | None
    either: int | UnsetType | None = UNSET
    parts: list[Part] | None = None
    by_name: dict[str, list[Part]] | None = None
    anything: Any = None


def test_a_model_as_input_has_wire_names_and_what_is_there() -> None:
    part = Part(part_name="p", weight=1.0)
    model = Nested(wire_name="w", null=None, parts=[part], by_name={"x": [part]})
    assert as_input(model) == {
        "type": "nested",
        "wireName": "w",
        "null": None,
        "parts": [{"part_name": "p"}],
        "by_name": {"x": [{"part_name": "p"}]},
    }
    assert as_input(Nested(wire_name="w", null=1, either=None, absent=0), read_only=("wire_name",)) == {
        "type": "nested",
        "null": 1,
        "either": None,
        "absent": 0,
    }
    assert Widget(id="i", owner=None, colour=Colour("new")).as_input() == {"owner": None, "colour": "new"}


def test_a_model_prints_what_is_there_and_no_secret() -> None:
    widget = Widget(id="i\x1b", owner=None, api_key="SECRET", parts=[Part(part_name="p")])
    assert repr(widget) == "Widget(id='i\\x1b', parts=[Part(part_name='p')], owner=None, api_key='***')"
    assert str(widget) == repr(widget)
    assert "SECRET" not in f"{widget} {widget.__rich_repr__()} {[widget]}"
    assert repr(Widget(id="i", owner=None)) == "Widget(id='i', owner=None)"


def test_models_are_compared_copied_and_pickled() -> None:
    widget = Widget(id="i", owner=None, colour=Colour("new"), parts=[Part(part_name="p")])
    for again in (copy.copy(widget), copy.deepcopy(widget), pickle.loads(pickle.dumps(widget))):  # noqa: S301
        assert again == widget
        assert again is not widget
    assert widget != Widget(id="j", owner=None)


def test_a_model_goes_back_to_the_json_it_came_from() -> None:
    raw = b'{"id":"i","colour":"new","parts":[{"part_name":"p"}],"note":null,"owner":null}'
    assert msgspec.json.encode(msgspec.json.decode(raw, type=Widget)) == raw


class Ranked(Model, kw_only=True):
    level: Level


@pytest.mark.parametrize(
    ("kind", "known", "unknown"), [(Colour, Colour.RED, "mauve"), (Level, Level.LOW, 99)]
)
def test_an_unknown_value_of_an_enum_is_itself(kind: Any, known: Any, unknown: Any) -> None:
    value = kind(unknown)
    assert value == unknown
    assert value == kind(unknown)
    assert value != known
    assert hash(value) == hash(unknown)
    assert {unknown: 1}[value] == 1
    assert (value.name, value.value) == ("_OTHER", unknown)
    assert type(value.value) in {str, int}
    assert isinstance(value, kind)
    assert list(kind) == [member for member in kind if member.name != "_OTHER"]
    for again in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):  # noqa: S301
        assert again == value
        assert type(again) is kind
    for member in (copy.copy(known), copy.deepcopy(known), pickle.loads(pickle.dumps(known))):  # noqa: S301
        assert member is known
    assert f"{value}" == str(unknown)
    assert msgspec.json.decode(msgspec.json.encode(value), type=kind) == value


def test_an_enum_prints_on_one_line_whatever_its_value() -> None:
    assert repr(Colour("a\x1b\n")) == "<Colour._OTHER: 'a\\x1b\\n'>"


@pytest.mark.parametrize(
    ("kind", "value"), [(Colour, 3), (Colour, None), (Level, "1"), (Level, True), (Level, 1.5)]
)
def test_another_type_is_no_value_of_an_enum(kind: Any, value: Any) -> None:
    if value is True:  # Python says that True is 1; the reader does not
        with pytest.raises(msgspec.ValidationError):
            msgspec.json.decode(b"true", type=kind)
    else:
        with pytest.raises(ValueError, match="is not a valid"):
            kind(value)


def test_secrets_are_named_by_field() -> None:
    class Safe(Model, kw_only=True):
        __secrets__: ClassVar[tuple[str, ...]] = ("a",)
        a: int | None = None
        b: int | None = None

    assert repr(Safe(a=1, b=2)) == "Safe(a='***', b=2)"
    assert repr(Safe()) == "Safe()"


# Names.


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    home = tmp_path / "lazy_example"
    (home / "inner").mkdir(parents=True)
    (home / "__init__.py").write_text(
        "from specwright.runtime.lazy import attach\n"
        "__getattr__, __dir__ = attach(__name__, {'first': ['A', 'B'], 'inner.second': ['C'], 'broken': ['D']})\n"
    )
    (home / "first.py").write_text("import time\ntime.sleep(0.05)\nA = object()\nB = 2\n")
    (home / "inner" / "__init__.py").write_text("")
    (home / "inner" / "second.py").write_text("C = 3\n")
    (home / "broken.py").write_text("raise ZeroDivisionError\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield import_module("lazy_example")
    for name in [name for name in sys.modules if name.startswith("lazy_example")]:
        del sys.modules[name]


def test_names_are_loaded_when_they_are_asked_for(package: Any) -> None:
    assert "lazy_example.first" not in sys.modules
    assert {"A", "B", "C"} <= set(dir(package))
    assert package.C == 3
    assert "lazy_example.first" not in sys.modules
    assert package.A is package.A
    assert vars(package)["A"] is package.first.A
    assert package.first.B == 2


def test_a_module_is_an_attribute_without_being_imported(package: Any) -> None:
    assert package.first.B == 2


def test_a_name_that_is_none_is_an_attribute_error(package: Any) -> None:
    with pytest.raises(AttributeError, match="module 'lazy_example' has no attribute 'nope'"):
        _ = package.nope
    with pytest.raises(ZeroDivisionError):
        _ = package.D


def test_threads_get_the_same_object(package: Any) -> None:
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(package.A)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(each) for each in found}) == 1
    assert len(found) == 8


def test_attach_knows_nothing_but_what_it_is_told() -> None:
    load, listing = attach(__name__, {})
    with pytest.raises(AttributeError):
        load("anything")
    assert "attach" in listing()


@pytest.fixture
def loaded_by(tmp_path: Path) -> Any:
    """The modules that a statement loads, where the runtime is a part of a package `example`, as generated packages have it."""
    home = tmp_path / "example"
    shutil.copytree(
        Path(lazy.__file__).parent, home / "_runtime", ignore=shutil.ignore_patterns("__pycache__")
    )
    (home / "__init__.py").write_text("")

    def modules(statement: str) -> set[str]:
        program = f"import sys\nbefore = set(sys.modules)\n{statement}\nprint(*set(sys.modules) - before, sep='\\n')"
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", program],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        return set(done.stdout.split())

    return modules


def test_importing_a_package_loads_next_to_nothing(loaded_by: Any) -> None:
    loaded = loaded_by("import example._runtime.lazy")
    assert {name for name in loaded if name.startswith("example")} == {
        "example", "example._runtime", "example._runtime.lazy",
    }  # fmt: skip
    assert not {"httpx2", "msgspec", "re", "typing", "enum"} & loaded


def test_only_making_a_client_loads_what_sends(loaded_by: Any) -> None:
    every = "import example._runtime.client, example._runtime.operation, example._runtime.model, example._runtime.credentials"
    assert "msgspec" in loaded_by(every)
    assert not {"httpx2", "anyio", "asyncio", "ssl"} & loaded_by(every)
    made = "from example._runtime.client import SyncApiClient\nSyncApiClient('https://example.com', {}, {}).close()"
    assert "httpx2" in loaded_by(made)
    assert "specwright" not in loaded_by(made)
