"""The new forms of the files of a code base, and what is left in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Final

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from specwright.migrate import failing
from specwright.migrate.calling import plainly
from specwright.migrate.cells import AnswerOf, Cell
from specwright.migrate.deciding import MOCKED, decide
from specwright.migrate.draft import Draft
from specwright.migrate.importing import Imports
from specwright.migrate.keeping import keep
from specwright.migrate.writing import Writer, without_unused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from libcst.metadata import CodeRange

    from specwright.migrate.declaring import Source
    from specwright.migrate.draft import Still
    from specwright.migrate.pairing import Pairs
    from specwright.plan.ir import Api


_PLACE: Final = re.compile(r"\(([^():]+):(\d+)\)")
_IGNORED: Final = "what its `# type: ignore` is for may be gone"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in a file for its author, with the line it is on."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What becomes of a file."""

    path: str
    before: str
    after: str
    data: bytes
    """The new content, in the encoding of the file."""
    calls: int
    """How many calls of operations are rewritten, of `found`."""
    found: int
    left: tuple[Remark, ...]
    notes: tuple[Remark, ...]

    def lines(self) -> dict[int, int]:
        """Where each line has come to be."""
        pairs = SequenceMatcher(None, self.before.splitlines(), self.after.splitlines(), autojunk=False)
        found: dict[int, int] = {}
        for _, start, end, first, last in pairs.get_opcodes():
            for line in range(start, end):
                found[line + 1] = min(first + line - start, max(last - 1, first)) + 1
        return found


def renumbered(files: Sequence[Rewritten]) -> tuple[Rewritten, ...]:
    """The same, with what is for their author on the lines of the new content, and with these where one is named."""
    lines = {file.path: file.lines() for file in files}

    def new(path: str, line: int) -> int:
        return lines.get(path, {}).get(line, line)

    def named(match: re.Match[str]) -> str:
        return f"({match[1]}:{new(match[1], int(match[2]))})"

    def remarks(path: str, found: Sequence[Remark]) -> tuple[Remark, ...]:
        return tuple(Remark(new(path, one.line), _PLACE.sub(named, one.text)) for one in found)

    return tuple(
        replace(file, left=remarks(file.path, file.left), notes=remarks(file.path, file.notes))
        for file in files
    )


def rewritten(sources: Sequence[Source], pairs: Pairs, api: Api) -> tuple[Rewritten, ...]:
    """The new forms of the files of a code base, those alone that use the old package."""
    plain = _plain(sources)
    still = keep([source for source in sources if _is_old(source)], pairs, api)
    done = {source.path: _file(source, pairs, api, plain, still) for source in sources if _uses(source)}
    gone = {source.module: done[source.path][1] for source in sources if source.path in done}
    for source in sources:
        found = list(_replaced(source, gone))
        if found:
            file, names = done.get(source.path, (_untouched(source), frozenset[str]()))
            left = sorted({*file.left, *found}, key=lambda remark: (remark.line, remark.text))
            done[source.path] = replace(file, left=tuple(left)), names
    return tuple(done[source.path][0] for source in sources if source.path in done)


def _untouched(source: Source) -> Rewritten:
    return Rewritten(source.path, source.tree.code, source.tree.code, source.tree.bytes, 0, 0, (), ())


def _replaced(source: Source, gone: Mapping[str, frozenset[str]]) -> Iterator[Remark]:
    """Text, such as that of a mock, that names what a module of the code base has no more; `gone` are such, by module."""
    dotted = source.sites.dotted
    places = _places(source) if dotted else dict[cst.CSTNode, "CodeRange"]()
    for node in dotted:
        parts = str(node.evaluated_value).split(".")
        for end in range(1, len(parts)):
            module, name = ".".join(parts[:end]), parts[end]
            if name in gone.get(module, ()):
                text = f"it names `{name}` of `{module}`, which is not there any more; {MOCKED}"
                yield Remark(places[node].start.line, text)


def _ignored(before: str, after: str) -> Iterator[Remark]:
    """Lines that are rewritten, and that type checkers are told to overlook something in."""
    old, new = before.splitlines(), after.splitlines()
    for tag, start, end, _, _ in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for line in range(start, end if tag == "replace" else start):
            if "# type: ignore" in old[line]:
                yield Remark(line + 1, _IGNORED)


def _places(source: Source) -> Mapping[cst.CSTNode, CodeRange]:
    return MetadataWrapper(source.tree, unsafe_skip_copy=True).resolve(PositionProvider)


def _is_old(source: Source) -> bool:
    """Whether the old package is spoken of in a file."""
    sites = source.sites
    return bool(sites.imports or sites.references or sites.dangling or sites.named)


def _uses(source: Source) -> bool:
    """The same, or whether the errors of calls in another file are caught."""
    return _is_old(source) or any(map(failing.rewritten, source.sites.failures.values()))


def _plain(sources: Sequence[Source]) -> dict[Cell, bool]:
    """By answer, whether nothing but its body is asked for, in any file."""
    reads: dict[Cell, list[str]] = {}
    for source in sources:
        for site in source.sites.reads:
            if isinstance(site.owner.kind, AnswerOf):
                reads.setdefault(site.owner.root, []).append(site.node.attr.value)
    found: dict[Cell, bool] = {}
    for source in sources:
        for call in source.sites.calls:
            if call.answer is not None:
                root = call.answer.root
                is_plain = plainly(
                    reads.get(root, ()),
                    named=root.has("named"),
                    escaped=root.has("escaped"),
                    alone=call.alone,
                )
                found[root] = found.get(root, True) and is_plain
    return found


def _file(
    source: Source, pairs: Pairs, api: Api, plain: Mapping[Cell, bool], still: Still
) -> tuple[Rewritten, frozenset[str]]:
    """What becomes of a file, and the names that it does not import any more."""
    places = _places(source)
    top = frozenset(
        part for line in source.tree.body if isinstance(line, cst.SimpleStatementLine) for part in line.body
    )
    forwarded = source.is_package or "__all__" in source.sites.names

    def decided(kept: frozenset[str]) -> tuple[Draft, int, set[Any]]:
        imports = Imports(source.sites, api.package.module, top, forwarded=forwarded, kept=kept)
        draft = Draft(source, pairs, api, imports, still)
        calls = decide(draft, plain)
        return draft, calls, imports.unused(source.sites.references, draft.rewritten)

    draft, calls, unused = decided(frozenset())
    needed = draft.imports.still(unused)
    if needed & draft.imports.given():  # what is left needs the old names, which is known only now
        draft, calls, unused = decided(needed)
        needed = draft.imports.still(unused)
    draft.writer = Writer(draft, unused)
    after = without_unused(source.tree, source.tree.visit(draft.writer), "httpx")

    def remarks(found: Iterable[tuple[cst.CSTNode, str]]) -> tuple[Remark, ...]:
        said = {(places[node].start.line if node in places else 1, why) for node, why in found}
        # What is left with something on its own line says no more than that.
        own = {(line, why) for line, why in said if f" ({source.path}:{line})" not in why}
        return tuple(Remark(line, why) for line, why in sorted(own))

    ignored = tuple(_ignored(source.tree.code, after.code))
    gone = {known.bound for known in source.sites.imports} - needed - draft.imports.given()
    done = Rewritten(
        source.path,
        source.tree.code,
        after.code,
        after.bytes,
        calls,
        len(source.sites.calls),
        remarks(draft.left),
        tuple(sorted((*remarks(draft.notes), *ignored), key=lambda remark: remark.line)),
    )
    return done, frozenset(gone - source.sites.names)
