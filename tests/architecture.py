"""The rules of the design's first two sections, as functions over one module or one template: what is wrong in it."""

from __future__ import annotations

import ast
import re
import tokenize
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from jinja2 import Environment, nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ROOT: Final = Path(__file__).parent.parent
PACKAGE: Final = ROOT / "generator" / "specwright"
TEMPLATES: Final = ROOT / "templates"


class Module(NamedTuple):
    name: str
    """From the package on: `emit.write.folder`; a package is called by its folder, the whole `""`."""
    text: str

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)


def modules() -> list[Module]:
    """All of the generator's."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return [Module(_name(path), path.read_text(encoding="utf-8")) for path in paths]


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


# --- who imports whom -------------------------------------------------------------------------------------------

LAYERS: Final = (
    ("runtime", "scopes", "catalogue", "garbage", "problems", "spelling", "stores", "version"),
    ("config",),
    ("document",),
    ("plan",),
    ("emit",),
    ("action", "compilation", "flavours", "init", "results", "unchanged"),
    ("review",),
    ("linting", "migrate", "reference", "validation", "asked"),
    ("",),
    ("cli", "__main__"),
)
"""What a layer has may be imported from the same one and from those after it."""


def imports(module: Module) -> Iterator[tuple[int, str]]:
    """The line and the full name of each import: of a module, or of a name in one."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def _layer(name: str) -> int:
    top = name.partition(".")[0]
    found = [number for number, layer in enumerate(LAYERS) if top in layer]
    return found[0] if found else _layer("")


def _ours(module: Module) -> Iterator[tuple[int, str]]:
    for line, name in imports(module):
        if name == "specwright" or name.startswith("specwright."):
            yield line, name.removeprefix("specwright").removeprefix(".")


def imports_point_one_way(module: Module) -> Iterator[str]:
    for line, name in _ours(module):
        if _layer(name) > _layer(module.name):
            yield f"{line}: {module.name} imports {name or 'specwright'}, which builds on it"


def emit_knows_of_the_plan_only_what_it_is(module: Module) -> Iterator[str]:
    for line, name in _ours(module):
        if module.name.startswith("emit") and name.startswith("plan") and not name.startswith("plan.ir."):
            yield f"{line}: {module.name} imports {name}"


def the_ir_imports_nothing_of_ours(module: Module) -> Iterator[str]:
    if f"{module.name}.".startswith("plan.ir."):
        others = ((line, name) for line, name in _ours(module) if not name.startswith("plan.ir."))
        yield from (f"{line}: {module.name} imports {name}" for line, name in others)


def the_runtime_is_complete_in_itself(module: Module) -> Iterator[str]:
    if module.name.startswith("runtime"):
        yield from (f"{line}: {module.name} imports specwright.{name}" for line, name in _ours(module))


HOMES: Final[Mapping[str, tuple[str, ...]]] = {
    "yaml": ("document.load",),
    "jsonpath": ("document.overlay",),
    "jsonschema_specifications": ("document.standalone",),
    "jinja2": ("emit.html", "emit.render"),
    "ruff": ("emit.tidy",),
    "multiprocessing": ("cli.workers", "emit.cores"),
    "idna": ("runtime",),
    "msgspec": ("runtime", "validation"),
    "httpx2": ("runtime",),
    "libcst": ("migrate",),
    "click": ("cli",),
    "rich": ("cli",),
    "watchfiles": ("cli.watching",),
    "starlette": ("reference.served",),
    "uvicorn": ("reference.served",),
}


def each_library_has_one_home(module: Module) -> Iterator[str]:
    for line, name in imports(module):
        homes = HOMES.get(name.partition(".")[0])
        if homes is not None and not _is_in(module.name, homes):
            yield f"{line}: {module.name} imports {name}, whose home is {' and '.join(homes)}"


def _is_in(name: str, homes: tuple[str, ...]) -> bool:
    return any(name == home or name.startswith(f"{home}.") for home in homes)


# --- who touches the world --------------------------------------------------------------------------------------

DISK: Final = (
    "config",
    "document.files",
    "emit.render",
    "emit.templates",
    "emit.tidy",
    "emit.write",
    "flavours.openapi_python_client.command",
    "flavours.openapi_python_client.settings",
    "init",
    "migrate.reading",
    "reference.given",
    "reference.packaged",
    "reference.served.library",
    "reference.served.pages",
    "review.callers.reading",
    "review.revisions",
    "stores",
    "cli.saving",
    "unchanged",
)
_DISK_NAMES: Final = frozenset(
    """
    chmod copy2 copymode exists fdopen glob is_dir is_file is_symlink iterdir lexists link listdir lstat mkdir open read_bytes
    read_text readlink realpath rename renames rglob rmdir rmtree samefile scandir stat symlink_to touch unlink
    write_bytes write_text
    """.split()  # noqa: SIM905 - reads better
)
_DISK_MODULES: Final = ("glob", "shutil", "subprocess", "tempfile")
_NO_FILES: Final = ("os.devnull", "'/proc/self/task'")
"""What has the name of a file, and is the system's own."""
_NETWORK: Final = ("asyncio", "ftplib", "http", "smtplib", "socket", "ssl", "urllib.request")
_STREAMS: Final = ("print", "sys.stdout", "sys.stderr")
_CLOCK: Final = frozenset(
    {
        "clock_gettime",
        "monotonic",
        "monotonic_ns",
        "now",
        "perf_counter",
        "perf_counter_ns",
        "time_ns",
        "today",
        "utcnow",
    }
)


def _calls(module: Module) -> Iterator[tuple[int, str, str]]:
    """The line of each call, what it is called on, and the name that is called; nothing of what is no file."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and node.args and ast.unparse(node.args[0]) in _NO_FILES:
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.lineno, ast.unparse(node.func.value), node.func.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.lineno, "", node.func.id


def few_touch_the_disk(module: Module) -> Iterator[str]:
    if _is_in(module.name, (*DISK, "runtime")):
        return
    for line, name in imports(module):
        if name.partition(".")[0] in _DISK_MODULES:
            yield f"{line}: {module.name} imports {name}"
    for line, on, called in _calls(module):
        if called in _DISK_NAMES or (on, called) == ("os", "replace"):
            yield f"{line}: {module.name} calls {on}.{called}"


def only_the_command_line_prints(module: Module) -> Iterator[str]:
    # Of the runtime, what makes a command line of a package.
    if _is_in(module.name, ("cli",)) or module.name.startswith("runtime.command"):
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node) in _STREAMS:
            yield f"{node.lineno}: {module.name} prints"


def nobody_reads_the_clock(module: Module) -> Iterator[str]:
    if _is_in(module.name, ("cli", "reference.sending", "runtime")):
        return
    for line, on, called in _calls(module):
        if called in _CLOCK or (on, called) == ("time", "time"):
            yield f"{line}: {module.name} calls {on}.{called}"


def nobody_uses_the_network(module: Module) -> Iterator[str]:
    if _is_in(module.name, ("document.remote", "reference.served", "runtime")):
        return
    for line, name in imports(module):
        if _is_in(name, _NETWORK):
            yield f"{line}: {module.name} imports {name}"


# --- how it is written ------------------------------------------------------------------------------------------

LONGEST: Final = 300
"""Lines of a module that say something: neither empty, nor comment, nor docstring."""
TABLES: Final = ("catalogue", "document.grammar")
"""Modules that are one table, which is read at a glance and not split."""


def modules_are_short(module: Module) -> Iterator[str]:
    said = lines_of_code(module.text)
    if said > LONGEST and module.name not in TABLES:
        yield f"{module.name} has {said} lines of code"


def lines_of_code(text: str) -> int:
    """How many lines have code on them."""
    skipped = {
        line
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    nothing = {
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENDMARKER,
    }
    tokens = tokenize.generate_tokens(StringIO(text).readline)
    return len({token.start[0] for token in tokens if token.type not in nothing} - skipped)


def code_is_made_in_one_place(module: Module) -> Iterator[str]:
    if module.name != "emit.code":
        yield from (
            f"{line}: {module.name} calls Code" for line, _, called in _calls(module) if called == "Code"
        )


WEAK_NAMES: Final = ("common", "helpers", "helper", "misc", "util", "utils")


def modules_are_named_after_what_they_do(module: Module) -> Iterator[str]:
    if module.name.rpartition(".")[2] in WEAK_NAMES:
        yield f"{module.name} says nothing"


def input_is_not_checked_with_assert(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Assert):
            yield f"{node.lineno}: {module.name} asserts"


MODULE_RULES: Final[tuple[Callable[[Module], Iterator[str]], ...]] = (
    imports_point_one_way,
    emit_knows_of_the_plan_only_what_it_is,
    the_ir_imports_nothing_of_ours,
    the_runtime_is_complete_in_itself,
    each_library_has_one_home,
    few_touch_the_disk,
    only_the_command_line_prints,
    nobody_reads_the_clock,
    nobody_uses_the_network,
    modules_are_short,
    code_is_made_in_one_place,
    modules_are_named_after_what_they_do,
    input_is_not_checked_with_assert,
)


# --- templates --------------------------------------------------------------------------------------------------

DEEPEST: Final = 2
_MAY_HOLD: Final = (
    nodes.Template,
    nodes.TemplateData,
    nodes.Output,
    nodes.For,
    nodes.If,
    nodes.Include,
    nodes.Filter,
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.Not,
    nodes.Keyword,
)


FOREIGN: Final = TEMPLATES / "openapi-python-client"
"""Templates that openapi-python-client renders, by its rules."""


def templates() -> list[Path]:
    return sorted(path for path in TEMPLATES.rglob("*.jinja") if not path.is_relative_to(FOREIGN))


_MOVES_LINES: Final = re.compile(
    r" *from .+? import (?!\().*(,|\{\{(?! *module *\}\}))| *from .* import \(.*[^,]\)$"
)
"""Names that do not get a line each, so that adding one would change the line of the others."""


def template_faults(text: str) -> Iterator[str]:
    """What a template holds beside `for`, `if x`, `include` and `{{ value | filter }}`, two deep at most."""
    if not text.startswith("{#- input: "):
        yield "1: it does not open with the type of its input"
    for number, line in enumerate(text.splitlines(), 1):
        if _MOVES_LINES.match(line):
            yield f"{number}: an import of several names has no comma behind the last: write `import (a, b,)`"
    tree = Environment(autoescape=False).parse(text)  # noqa: S701 - only read
    yield from _faults(tree, 0)


def _faults(node: nodes.Node, depth: int) -> Iterator[str]:
    if not isinstance(node, _MAY_HOLD):
        yield f"{node.lineno}: {type(node).__name__}"
    depth += isinstance(node, nodes.For | nodes.If)
    if depth > DEEPEST:
        yield f"{node.lineno}: nested {depth} deep"
    for child in _inner(node):
        yield from _faults(child, depth)


def _inner(node: nodes.Node) -> Iterator[nodes.Node]:
    """What is in a node; of `for key, value in mapping.items()` what is in the loop."""
    if (
        isinstance(node, nodes.For)
        and isinstance(node.target, nodes.Tuple)
        and isinstance(node.iter, nodes.Call)
    ):
        called = node.iter.node
        if isinstance(called, nodes.Getattr) and called.attr == "items" and not node.iter.args:
            yield called.node
            yield from node.body
            return
    yield from node.iter_child_nodes()
