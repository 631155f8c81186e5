from __future__ import annotations

import builtins
import inspect
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

import pytest
import yaml

if TYPE_CHECKING:
    from cases.server import Server

HERE: Final = Path(__file__).parent
EVIL: Final[str] = yaml.safe_load((HERE / "spec.yaml").read_text("utf-8"))["info"]["title"]
WORD: Final = "import_builtins_pwned"


def _named(thing: Any) -> str:
    """What of a thing has its name from the text."""
    return next(name for name in dir(thing) if WORD in name.lower() and not name.endswith("Resource"))


@pytest.fixture
def client(package: Any, server: Server) -> Any:
    return package.Client(api_key="k", base_url=server.url)


def test_none_of_it_runs(package: Any) -> None:
    for name in package.__all__:
        getattr(package, name)
    assert not hasattr(builtins, "pwned")


def test_it_reads_as_it_was_written(package: Any) -> None:
    """Text that people read stays text: nothing of it is lost but line ends and the spaces at them."""
    for thing in (package.models.Evil, package.models.Kind, package.Client.put_array, package):
        said = "".join((inspect.getdoc(thing) or "").split())
        assert "".join(EVIL.split()) in said


def test_it_stays_data(client: Any, server: Server, package: Any) -> None:
    evil = {EVIL: EVIL, "kind": EVIL, "fixed": EVIL, "level": EVIL, "one": EVIL, "data": {EVIL: [EVIL]}}
    server.answer(evil)
    resource = getattr(client, _named(client))
    method = getattr(resource, _named(resource))
    arguments = list(inspect.signature(inspect.unwrap(method)).parameters)
    name = next(argument for argument in arguments if argument.endswith("_body"))
    with pytest.warns(DeprecationWarning, match="is deprecated"):
        answer = method(
            EVIL, "c", **{name: EVIL}, kind=EVIL, fixed=EVIL, level=EVIL, one=EVIL, data={EVIL: [EVIL]}
        )
    seen = server.take()
    assert seen.json == evil
    assert unquote(seen.target) == f'/a"b{{c}}\\/{EVIL}'
    # Models can't have a property of such a name, and keep it among their extra items; there is a Problem that says so.
    assert answer.as_input() == evil
    (kind, _plain) = package.models.Kind
    assert answer.kind is kind


def test_no_cookie_is_called_so_and_a_header_is_left_out(client: Any, server: Server, package: Any) -> None:
    resource = getattr(client, _named(client))
    method = getattr(resource, _named(resource))
    arguments = list(inspect.signature(inspect.unwrap(method)).parameters)
    names = {
        place: next(argument for argument in arguments if argument.endswith(f"_{place}"))
        for place in ("body", "cookie")
    }
    values = dict.fromkeys(names.values(), EVIL)
    with (
        pytest.warns(DeprecationWarning, match="is deprecated"),
        pytest.raises(package.RequestInvalid) as caught,
    ):
        method(EVIL, "c", **values, kind=EVIL, fixed=EVIL, level=1)
    assert {issue.pointer[:8] for issue in caught.value.issues} == {"/cookie/"}
    assert server.untouched


def test_its_issues_tell_where(package: Any) -> None:
    step = EVIL.replace("~", "~0").replace("/", "~1")
    (issue, *_) = package.validators.validate_evil({EVIL: 1, "kind": "plain", "fixed": EVIL, "level": 1})
    assert issue.pointer == f"/{step}"
    issues = package.validators.validate_evil_input({})
    assert [issue.keyword for issue in issues] == ["required"] * 4


def test_metadata_is_one_line_of_it() -> None:
    project = tomllib.loads((HERE / "expected" / "pyproject.toml").read_text("utf-8"))["project"]
    assert "".join(project["description"].split()).startswith('a"""__import__')
    assert "\n" not in project["description"]
    assert project["version"] == "0.0.0"
