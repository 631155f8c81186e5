"""Which layout a package gets, what its modules are called, and a circle that is longer than Python's stack."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from cases.golden import copy
from specwright.config import Config
from specwright.document import load
from specwright.emit.render import render, runtime
from specwright.emit.tidy import tidy
from specwright.emit.unsound import Unsound
from specwright.emit.vet import vet
from specwright.plan import Plan, plan

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from specwright.plan.ir import LayoutKind

LONG = 200
"""Modules in a circle: more than Python could import from one another."""


def struct(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def planned(
    schemas: Mapping[str, Any],
    *,
    layout: LayoutKind | None = None,
    kept: Mapping[str, str] | None = None,
    laid_out: str = "",
    tmp_path: Path,
) -> Plan:
    document = {
        "openapi": "3.1.1",
        "info": {"title": "Made", "version": "1"},
        "servers": [{"url": "https://made.test"}],
        "paths": {},
        "components": {"schemas": schemas},
    }
    spec = tmp_path / "made.json"
    spec.write_text(json.dumps(document))
    config = Config(spec=spec, package="made", layout=layout)
    return plan(load(spec, config), config, kept or {}, laid_out)


def written(plan: Plan, tmp_path: Path) -> dict[str, str]:
    files = vet(tidy(render(plan.api, plan.layout)), runtime())
    copy(files, tmp_path)
    return files


# --- which layout -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schemas", "layout", "laid_out", "kind"),
    [
        (100, None, "", "modules"),
        (101, None, "", "folders"),
        (101, None, "modules", "modules"),
        (1, None, "folders", "folders"),
        (1, "folders", "", "folders"),
        (1, "folders", "modules", "folders"),
        (101, "modules", "folders", "modules"),
    ],
)
def test_a_layout_fits_the_document_and_stays(
    schemas: int, layout: LayoutKind | None, laid_out: str, kind: str, tmp_path: Path
) -> None:
    many = {f"Thing{number}": {"type": "string", "enum": ["a", "b"]} for number in range(schemas)}
    found = planned(many, layout=layout, laid_out=laid_out, tmp_path=tmp_path)
    assert found.layout.kind == kind
    assert not found.problems


@pytest.mark.parametrize(("layout", "kind"), [(None, "folders"), ("modules", "modules")])
def test_a_package_that_outgrows_its_module_says_so(
    layout: LayoutKind | None, kind: str, tmp_path: Path
) -> None:
    many = {f"Thing{number}": struct(a={"type": "string"}) for number in range(1001)}
    found = planned(many, layout=layout, laid_out="modules", tmp_path=tmp_path)
    assert found.layout.kind == kind
    assert [(problem.code, problem.severity) for problem in found.problems] == [("layout-outgrown", "note")]


# --- what modules are called ------------------------------------------------------------------------------------


def test_modules_never_share_a_name_and_have_none_that_a_system_keeps(tmp_path: Path) -> None:
    names = [
        "URLMap",
        "UrlMap",
        "url_map",
        "Class",
        "Con",
        "NUL",
        "Com1",
        "Lazy",
        "models",
        "_index",
        "validate_it",
        "x" * 150,
    ]
    found = planned(
        {name: struct(name={"type": "string"}) for name in names}, layout="folders", tmp_path=tmp_path
    )
    files = written(found, tmp_path)
    modules = [path for path in files if path.startswith("made/models/") and path.endswith(".py")]
    assert len({path.lower() for path in modules}) == len(names) + 2
    script = "import made; made.Client().preload(); print(*made.models.__all__)"
    assert len(ran(script, tmp_path).split()) == len(names)


def test_a_schema_that_comes_changes_no_module_of_another(tmp_path: Path) -> None:
    schemas: dict[str, Any] = {
        "UrlMap": struct(next=ref("Other")),
        "Other": struct(inner=struct(a={"type": "string"})),
    }
    before = planned(schemas, layout="folders", tmp_path=tmp_path)
    more = {"URLMap": struct(a={"type": "string"}), "OtherInner": struct(b=ref("Other")), **schemas}
    after = planned(more, kept=before.names, laid_out=before.layout.kind, tmp_path=tmp_path)
    old, new = (tidy(render(made.api, made.layout)) for made in (before, after))
    for path, text in old.items():
        lines = set(new[path].splitlines())
        assert [line for line in text.splitlines() if line not in lines] == []
    assert {path for path in new if new[path] != old.get(path) and path in old} == {
        "made/__init__.pyi",
        *(
            f"made/{folder}/{name}"
            for folder in ("models", "validators")
            for name in ("__init__.pyi", "_index.py")
        ),
    }


# --- circles -------------------------------------------------------------------------------------------


def ran(script: str, folder: Path) -> str:
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_a_circle_of_many_modules_can_be_imported(tmp_path: Path) -> None:
    circle = {f"Node{number}": struct(next=ref(f"Node{(number + 1) % LONG}")) for number in range(LONG)}
    written(planned(circle, tmp_path=tmp_path), tmp_path)
    script = """
import sys
assert sys.getrecursionlimit() == 1000
import msgspec
from made.models import Node7
from made.validators import validate_node0
node = msgspec.json.decode(b'{"next": {"next": {}}}', type=Node7)
print(type(node.next.next).__name__, sum(name.startswith("made.models.node") for name in sys.modules))
print(validate_node0({"next": {"next": 1}}))
"""
    first, second = ran(script, tmp_path).splitlines()
    assert first == f"Node9 {LONG}"
    assert "/next/next" in second
    assert "Node0" in ran("import made.models.node0; print(made.models.node0.Node0)", tmp_path)


# --- what a small module may hold -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "allowed"),
    [
        ('link(__name__, "A")', True),
        ("link(__name__)", True),
        ('link("os", "A")', False),
        ("link(__name__, A)", False),
        ("link(__name__, *A)", False),
        ('link(__name__, name="A")', False),
        ('link(__name__, "A")\nB = 1', False),
        ("A()", False),
    ],
)
def test_the_one_call_that_a_module_may_make(last: str, *, allowed: bool) -> None:
    text = f"from .._runtime.linking import link\n\nA = 1\n\n{last}\n"
    files = {"made/models/a.py": text}
    if allowed:
        assert vet(files, {}) == files
    else:
        with pytest.raises(Unsound):
            vet(files, {})


def test_the_call_is_the_runtimes() -> None:
    with pytest.raises(Unsound):
        vet({"made/models/a.py": 'from .b import link\n\nlink(__name__, "A")\n'}, {})
