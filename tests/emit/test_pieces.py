"""Large modules are vetted in pieces, with the same outcome."""

from __future__ import annotations

import ast

import pytest

from specwright.emit import pieces as made
from specwright.emit.pieces import pieces
from specwright.emit.tidy import tidy
from specwright.emit.unsound import Unsound
from specwright.emit.vet import vet

HEAD = """from __future__ import annotations

from typing import Any

from .._runtime.client import SyncResource

"""


def _class(name: str, methods: int, body: str = "return self") -> str:
    method = '''
    def call{number}(self, value: Any = None) -> Any:
        """Call {number}.

        Two lines.
        """
        {body}
'''
    return f"class {name}(SyncResource):\n    prefix = 1\n" + "".join(
        method.format(number=number, body=body) for number in range(methods)
    )


MODULE = HEAD + "\n\n".join(
    ["one = 1", _class("First", 40), "def two(value: Any) -> None: ...", _class("Second", 40)]
)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made, "_LARGE", 3_000)
    monkeypatch.setattr(made, "_PIECE", 1_000)


def formatted(text: str) -> str:
    return tidy({"p/a/m.py": text})["p/a/m.py"]


def _statements(tree: ast.Module) -> list[str]:
    """The statements of a module, those of each class one by one, whatever pieces it is in."""
    found: list[str] = []
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            found += [f"{node.name}: {ast.dump(inner)}" for inner in node.body]
        else:
            found.append(ast.dump(node))
    return found


def test_pieces_hold_what_the_whole_holds() -> None:
    text = formatted(MODULE)
    parts = pieces(text)
    assert len(parts) > 10
    assert max(map(len, parts)) < 3_000
    assert [line for part in parts for line in _statements(ast.parse(part))] == _statements(ast.parse(text))


def test_a_sound_module_is_sound_in_pieces() -> None:
    files = {"p/a/m.py": formatted(MODULE)}
    assert vet(files, {}) == files


@pytest.mark.parametrize("wrong", ["exec(str(value))", "import os", "return self.__dict__"])
@pytest.mark.parametrize("name", ["First", "Second"])
def test_what_is_wrong_in_any_piece_is_found(wrong: str, name: str) -> None:
    head, _, tail = MODULE.partition(f"class {name}")
    at = tail.rindex("def call20") if name == "Second" else tail.index("def call20")
    text = f"{head}class {name}{tail[:at]}{tail[at:].replace('return self', wrong, 1)}"
    with pytest.raises(Unsound):
        vet({"p/a/m.py": formatted(text)}, {})


def test_a_text_in_which_a_definition_seems_to_begin_is_cut_nowhere_else() -> None:
    trick = 'x = """' + "a" * 1_200 + "\n\n\nclass Other:\n" + "b" * 1_200 + '"""\n'
    with pytest.raises(Unsound):
        vet({"p/a/m.py": f"{HEAD}{trick}\n\n{_class('First', 20)}"}, {})
