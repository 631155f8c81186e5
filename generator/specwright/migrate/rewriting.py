"""The new forms of the files of a code base, and what is left in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from specwright.migrate.calling import plainly
from specwright.migrate.cells import AnswerOf, Cell
from specwright.migrate.deciding import decide
from specwright.migrate.draft import Draft
from specwright.migrate.importing import Imports
from specwright.migrate.keeping import keep
from specwright.migrate.writing import Writer, without_unused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from specwright.migrate.declaring import Source
    from specwright.migrate.draft import Still
    from specwright.migrate.pairing import Pairs
    from specwright.plan.ir import Api


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


def rewritten(sources: Sequence[Source], pairs: Pairs, api: Api) -> tuple[Rewritten, ...]:
    """The new forms of the files of a code base, those alone that use the old package."""
    plain = _plain(sources)
    using = [source for source in sources if _uses(source)]
    still = keep(using, pairs, api)
    return tuple(_file(source, pairs, api, plain, still) for source in using)


def _uses(source: Source) -> bool:
    """Whether the old package is spoken of in a file."""
    sites = source.sites
    return bool(sites.imports or sites.references or sites.dangling or sites.named)


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


def _file(source: Source, pairs: Pairs, api: Api, plain: Mapping[Cell, bool], still: Still) -> Rewritten:
    wrapper = MetadataWrapper(source.tree, unsafe_skip_copy=True)
    places = wrapper.resolve(PositionProvider)
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
    draft.writer = Writer(draft, unused)
    after = without_unused(source.tree, source.tree.visit(draft.writer), "httpx")

    def remarks(found: Iterable[tuple[cst.CSTNode, str]]) -> tuple[Remark, ...]:
        said = {(places[node].start.line if node in places else 1, why) for node, why in found}
        # What is left with something on its own line says no more than that.
        own = {(line, why) for line, why in said if f" ({source.path}:{line})" not in why}
        return tuple(Remark(line, why) for line, why in sorted(own))

    return Rewritten(
        source.path,
        source.tree.code,
        after.code,
        after.bytes,
        calls,
        len(source.sites.calls),
        remarks(draft.left),
        remarks(draft.notes),
    )
