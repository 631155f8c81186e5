"""Every file that is about to be written, held against what specwright means to write.

Text of a document can't become code (`Code` sees to that); this is the second lock on the same door. A module may import what
the tables below name and nothing else, may call what it defined or imported and a few builtins, and does at import time
nothing but define. What is outside the tables is a mistake of ours or an injection, and either way fails the build.
"""

from __future__ import annotations
import __future__

import ast
import re
import tomllib
import warnings
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, cast

from specwright.emit import allowed
from specwright.emit.cores import shared
from specwright.emit.pieces import pieces
from specwright.emit.syntax import Walk, is_text, top_level
from specwright.emit.unsound import Unsound

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


_NO_FILES: Final[Mapping[str, str]] = MappingProxyType({})


def vet(
    files: Mapping[str, str],
    runtime: Mapping[str, str],
    beside: Mapping[str, str] = _NO_FILES,
    tables: allowed.Tables = allowed.OURS,
) -> dict[str, str]:
    """The same files, each of them sound.

    Args:
        files: The text of each file, by its path in the output folder.
        runtime: The text of each file of the runtime, by its path below `_runtime/`.
        beside: The other files of the package, which were found sound before.
        tables: What modules may import and look at, and how they may be called.

    Raises:
        Unsound: A file is not.
    """
    _vet_paths((*files, *beside), tables)
    handed_on = _modules_handed_on({**files, **beside})

    def each(share: Sequence[str]) -> None:
        for path in share:
            _vet_file(path, files[path], runtime, handed_on, tables)

    shared(each, tuple(files))
    return dict(files)


def _vet_file(
    path: str,
    text: str,
    runtime: Mapping[str, str],
    handed_on: Mapping[str, frozenset[str]],
    tables: allowed.Tables,
) -> None:
    if unwanted := UNWANTED.search(text):
        raise Unsound(path, _line(text, unwanted.start()), f"the character U+{ord(unwanted[0]):04X}")
    if allowed.is_runtime(path):
        if runtime.get(path.partition("/_runtime/")[2]) != text:
            raise Unsound(path, 0, "this is not a file of the runtime as it is")
    elif path.endswith(allowed.PYTHON_SUFFIXES):
        _vet_module(path, text, handed_on, tables)
    elif path.endswith(".toml"):
        _vet_project(path, text)


UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
"""Control characters, line ends that only some programs see, and what turns the direction of text around."""
_COOKIE = re.compile(r"^[ \t\f]*#.*?coding[:=]")
"""What names the encoding of a file (PEP 263), and so could make Python read other text than we vetted."""


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _vet_paths(paths: Iterable[str], tables: allowed.Tables) -> None:
    seen: dict[str, str] = {}
    for path in paths:
        parts = path.split("/")
        for part in parts:
            if (
                not tables.file_name.fullmatch(part)
                or part.split(".")[0].lower() in allowed.RESERVED_FILE_NAMES
            ):
                raise Unsound(path, 0, f"{part!r} is no name for a file on every system")
        if path.endswith(allowed.PYTHON_SUFFIXES) and len(parts) == 1:
            raise Unsound(path, 0, "a module outside the package")
        if not path.endswith(allowed.SUFFIXES):
            raise Unsound(path, 0, "a kind of file that specwright does not write")
        other = seen.setdefault(path.lower(), path)
        if other != path:
            raise Unsound(path, 0, f"the same file as {other} where the case of letters does not count")


def _vet_project(path: str, text: str) -> None:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Unsound(path, 0, f"no TOML: {error}") from error
    for table, keys in allowed.PROJECT_KEYS.items():
        for key in _at(data, table):
            if key not in keys:
                raise Unsound(path, 0, f"`{key}` in [{table}] is nothing that specwright writes")
    for list_, names in allowed.REQUIREMENTS.items():
        for item in _at(data, list_):
            found = allowed.REQUIREMENT.fullmatch(item)
            if found is None or found[1] not in names:
                raise Unsound(path, 0, f"`{item}` in {list_}")
    if _at(data, "build-system.build-backend") != allowed.BUILD_BACKEND:
        raise Unsound(path, 0, f"the build backend is not {allowed.BUILD_BACKEND}")


def _at(data: Any, key: str) -> Any:
    """What a dotted key leads to; nothing, where it leads nowhere."""
    for part in filter(None, key.split(".")):
        data = cast("dict[str, Any]", data).get(part, ()) if isinstance(data, dict) else ()
    return data


def _parsed(path: str, text: str) -> ast.Module:
    """The syntax tree of a module or of a piece of one, as Python reads the file, warnings being errors."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            tree = ast.parse(text.encode("utf-8"), path, feature_version=allowed.PYTHON)
            compile(tree, path, "exec", flags=_FUTURE, dont_inherit=True)
        except (SyntaxError, ValueError, Warning, RecursionError, MemoryError) as error:
            raise Unsound(path, getattr(error, "lineno", None) or 0, f"no Python: {error}") from error
    return tree


_FUTURE: Final = __future__.annotations.compiler_flag
"""What the first line of each module says, for pieces that do not have it."""


def _modules_handed_on(files: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """By the path of each module of the package (without `.py`): the names under which it holds other modules.

    To import such a name from there would be a way around the table of imports.
    """
    handed_on: dict[str, frozenset[str]] = {}
    for path, text in files.items():
        if path.endswith(".py") and "import " in text:
            names = _IMPORTED_MODULE.findall(text)
            handed_on[path.removesuffix(".py").removesuffix("/__init__")] = frozenset(
                (alias or module.partition(".")[0]) for module, alias in names
            )
    return handed_on


_IMPORTED_MODULE = re.compile(r"^\s*(?:import|from \w+ import) ([\w.]+)(?: as (\w+))?", re.MULTILINE)


def _is_link(statement: ast.stmt, links: list[str | None]) -> bool:
    """Whether a statement is what ends a small module: it tells the runtime to which names that one refers."""
    match statement:
        case ast.Expr(ast.Call(ast.Name(allowed.LINK), [ast.Name("__name__"), *names], [])):
            return all(map(is_text, names)) and links == [allowed.LINKING]
        case _:
            return False


def _runs(statement: ast.stmt) -> bool:
    """Whether a statement is what ends the module that is run from a terminal."""
    return ast.dump(statement) == ast.dump(ast.parse(allowed.RUNNING).body[0])


def _vet_module(
    path: str, text: str, handed_on: Mapping[str, frozenset[str]], tables: allowed.Tables
) -> None:
    for number, line in enumerate(text.split("\n", 2)[:2], start=1):
        if _COOKIE.match(line):
            raise Unsound(path, number, "a comment that Python reads as the encoding of the file")
    walk = Walk(path, handed_on, tables)
    *others, last = pieces(text)
    for part in others:
        walk.learn(_parsed(path, part))
    tree = _parsed(path, last)
    walk.learn(tree)
    for part in others:  # parsed once more, since all of the trees together are what may not fit in memory
        _vet_piece(walk, _parsed(path, part), path)
    if path.rpartition("/")[2] == allowed.RUN and tree.body and _runs(tree.body[-1]):
        del tree.body[-1]
    link = tree.body[-1:] if tree.body and _is_link(tree.body[-1], walk.links) else []
    _vet_piece(walk, tree, path, but=link)


def _vet_piece(walk: Walk, tree: ast.Module, path: str, but: Sequence[ast.stmt] = ()) -> None:
    for statement in top_level(tree.body):
        if not isinstance(statement, allowed.DEFINITIONS) and statement not in but:
            raise Unsound(path, statement.lineno, f"a {type(statement).__name__} at the top of a module")
    walk.walk(tree)
