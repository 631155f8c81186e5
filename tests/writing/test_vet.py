from __future__ import annotations

import pytest

from specwright.emit.unsound import Unsound
from specwright.emit.vet import vet

RUNTIME = {"issues.py": '"""Issues."""\n'}
PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "pets"
version = "1.0"
"""


def refusal(files: dict[str, str]) -> str:
    with pytest.raises(Unsound) as caught:
        vet(files, RUNTIME)
    return str(caught.value)


def module(text: str, path: str = "pets/models.py") -> str:
    return refusal({path: text})


SOUND = '''\
"""What answers hold, with `exec` and `__import__("os")` in its words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Literal, TypedDict, cast

from ._runtime.issues import Issue

if TYPE_CHECKING:
    from typing_extensions import deprecated

    from .inputs import PetInput
else:
    from ._runtime.issues import deprecated

__all__ = ["Pet", "validate_pet"]

Kind = Literal["exec('rm')", "__import__"]
Odd = TypedDict("Odd", {"a-b": "list[Pet]", "exec(1)": "int"})


class Pet:
    """A pet."""

    born: dt.date | None = None
    """When."""
    kind: Literal["exec(1)", "not an expression"] = "exec(1)"

    @deprecated("use another")
    def open(self, exec: str, /) -> PetInput:
        return cast("PetInput", open_it(self, exec))


def open_it(pet: Pet, compile: str) -> Any:
    input = getattr(pet, "kind", None)
    return [name for name in (input, compile, pet.__class__.__name__) if len(name)]


def validate_pet(value: Any) -> list[Issue]:
    issues: list[Issue] = []
    if value.__class__ is dict:
        issues.append(Issue("", "type", "eval('1')"))
    return issues
'''


def test_what_we_mean_to_write_passes() -> None:
    files = {
        "pets/models.py": SOUND,
        "pyproject.toml": PROJECT,
        "README.md": "# Pets 🐶\n",
        "pets/py.typed": "",
    }
    assert vet(files, RUNTIME) == files


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("import os", "the import of `os`"),
        ("import os.path as typing", "the import of `os.path`"),
        ("from os import system", "the import of `os`"),
        ("from typing import sys", "the import of `sys` from `typing`"),
        ("from typing import *", "the import of `*` from `typing`"),
        ("from typing_extensions import deprecated", "the import of `typing_extensions`"),
        ("from .. import other", "an import from outside the package"),
        ("from ...os import other", "an import from outside the package"),
        ("from .models import *", "the import of `*`"),
        ("from ._runtime.issues import __builtins__", "the import of `__builtins__`"),
        ("import typing\nx = typing.sys", "`sys` of `typing`"),
        ("import typing\nx = typing", "the module `typing` as a value"),
        ("import typing as t\nx = [t][0].sys", "the module `t` as a value"),
        ("x = exec('1')", "the builtin `exec`"),
        ("x = [eval][0]('1')", "the builtin `eval`"),
        ("x = __import__('os')", "the name `__import__`"),
        ("x = __builtins__['exec']", "the name `__builtins__`"),
        ("x = __loader__", "the name `__loader__`"),
        ("x = compile('1', '', 'exec')", "the builtin `compile`"),
        ("x = open('/etc/passwd')", "the builtin `open`"),
        ("x = globals()", "the builtin `globals`"),
        ("x = getattr(object, '__subclasses__')", "the builtin `getattr`"),
        ("x = getattr(object, '__sub' 'classes__')", "the builtin `getattr`"),
        ("x = getattr(object, str())", "the builtin `getattr`"),
        ("x = ().__class__.__base__.__subclasses__()", "the attribute `__subclasses__`"),
        ("x = (lambda: 0).__globals__", "the attribute `__globals__`"),
        ("x: 'exec(1)' = 1", "the builtin `exec`"),
        ("x: list['exec(1)'] = []", "the builtin `exec`"),
        ("def f(x: 'exec(1)') -> None: ...", "the builtin `exec`"),
        ("def f() -> 'exec(1)': ...", "the builtin `exec`"),
        ("x: 'not an expression' = 1", "an annotation that is no expression"),
        ("from typing import TypedDict\nX = TypedDict('X', {'a': 'exec(1)'})", "the builtin `exec`"),
        ("def f(exec): ...\nx = exec('1')", "the builtin `exec`"),
        ("class X:\n    exec('1')", "the builtin `exec`"),
        ("class X(exec('1')): ...", "the builtin `exec`"),
        ("def f(x=exec('1')): ...", "the builtin `exec`"),
        ("@exec\ndef f(): ...", "the builtin `exec`"),
        ("x = f'{exec(1)}'", "the builtin `exec`"),
        ("print('hello')", "a Expr at the top of a module"),
        ("x = 1; str(x)", "a Expr at the top of a module"),
        ("for x in (): ...", "a For at the top of a module"),
        ("if 1: ...", "a If at the top of a module"),
        ("with x: ...", "a With at the top of a module"),
        ("try: ...\nfinally: ...", "a Try at the top of a module"),
        ("assert 1", "a Assert at the top of a module"),
        ("del x", "a Delete at the top of a module"),
        ("if TYPE_CHECKING:\n    print(1)", "a Expr at the top of a module"),
    ],
)
def test_an_injection_is_a_failed_build(line: str, why: str) -> None:
    assert why in module(f'"""What a document says."""\n{line}\n')


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("x = (", "pets/models.py:1: no Python"),
        ('x = "\\d"', "no Python: "),
        ("return 1", "no Python: 'return' outside function"),
        ("def f(x, x): ...", "no Python: duplicate argument"),
        ("x = " + "(" * 500 + ")" * 500, "no Python"),
        ("# -*- coding: utf-7 -*-\nx = 1", "pets/models.py:1: a comment that Python reads as the encoding"),
        (
            "#!/bin/sh\n# vim: set fileencoding=latin-1",
            "pets/models.py:2: a comment that Python reads as the encoding",
        ),
        ("x = 1\0", "the character U+0000"),
        ("x = 1\rimport os", "the character U+000D"),
        ("# \u202e", "the character U+202E"),
        ("# \u2028import os", "the character U+2028"),
        ("# \ud800", "the character U+D800"),
        ("\ufeffx = 1", "the character U+FEFF"),
    ],
)
def test_what_is_not_plainly_python_is_refused(text: str, why: str) -> None:
    assert why in module(text)


def test_a_module_is_no_way_around_the_imports_of_another() -> None:
    files = {
        "pets/__init__.py": "import datetime as dt\n",
        "pets/a.py": "from . import dt\n",
    }
    assert "pets/a.py:1: the import of `dt` from a module" in refusal(files)
    files = {
        "pets/_runtime/issues.py": "import os\n",
        "pets/a.py": "from ._runtime.issues import os\n",
    }
    with pytest.raises(Unsound, match="the import of `os` from a module"):
        vet(files, {"issues.py": "import os\n"})


RUN = """\
from ._runtime.command import main

_RESOURCES: dict[str, str] = {}
_CREDENTIALS: dict[str, str] = {}

if __name__ == "__main__":
    raise SystemExit(main(_RESOURCES, _CREDENTIALS))
"""


def test_one_module_may_be_run_and_does_nothing_else() -> None:
    assert vet({"pets/__main__.py": RUN}, RUNTIME)
    assert "the top of a module" in module(RUN)
    for other in (
        RUN.replace('"__main__"', '"pets"'),
        RUN.replace("==", "!="),
        RUN.replace("_CREDENTIALS))", "_CREDENTIALS, ['x']))"),
        RUN + "else:\n    raise SystemExit(main(_RESOURCES, _CREDENTIALS))\n",
        RUN + "main(_RESOURCES, _CREDENTIALS)\n",
        RUN + RUN,
    ):
        assert "the top of a module" in module(other, "pets/__main__.py")


def test_the_runtime_is_copied_as_it_is() -> None:
    assert vet({"pets/_runtime/issues.py": RUNTIME["issues.py"]}, RUNTIME)
    assert "not a file of the runtime" in refusal({"pets/_runtime/issues.py": "import os\n"})
    assert "not a file of the runtime" in refusal({"pets/_runtime/more.py": RUNTIME["issues.py"]})


@pytest.mark.parametrize(
    "path",
    [
        "pets/../x.py",
        "/etc/x.py",
        "pets//x.py",
        "pets\\x.py",
        "pets/-x.py",
        "pets/.x.py",
        "pets/x .py",
        "pets/é.py",
        "pets/con.py",
        "pets/NUL",
        "pets/Com1.tar.py",
        "pets/x.",
        "pets/" + "x" * 300 + ".py",
        "setup.py",
        "conftest.py",
        "pets/x.so",
        "pets/x.pth",
    ],
)
def test_a_file_name_that_some_system_takes_for_something_else_is_refused(path: str) -> None:
    assert refusal({path: ""})


def test_file_names_that_differ_in_case_alone_are_refused() -> None:
    assert "where the case of letters does not count" in refusal({"pets/a.py": "", "pets/A.py": ""})


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("name = ", "no TOML"),
        (PROJECT + '\n[tool.hatch.build.hooks.custom]\npath = "x.py"\n', "`hooks` in [tool.hatch.build]"),
        (PROJECT + '\n[project.scripts]\nls = "os:system"\n', "`scripts` in [project]"),
        (PROJECT + '\n[tool.pytest.ini_options]\naddopts = "-p x"\n', "`pytest` in [tool]"),
        (PROJECT.replace("hatchling.build", "x"), "the build backend"),
        (PROJECT.replace("[build-system]", '[build-system]\nbackend-path = ["."]'), "`backend-path`"),
        (PROJECT.replace('"hatchling"', '"evil"'), "`evil` in build-system.requires"),
        (PROJECT + 'dependencies = ["msgspec @ file:///tmp/x"]', "in project.dependencies"),
    ],
)
def test_a_project_that_runs_something_is_refused(text: str, why: str) -> None:
    assert why in refusal({"pyproject.toml": text})
