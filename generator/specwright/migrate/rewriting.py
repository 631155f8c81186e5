"""The new forms of the files of a code base, and what is left in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from specwright.migrate.calling import Calls, plainly
from specwright.migrate.cells import AnswerOf, Cell, settle
from specwright.migrate.deciding import attempted, decide
from specwright.migrate.draft import Draft
from specwright.migrate.importing import Imports
from specwright.migrate.modelling import construct, member
from specwright.migrate.writing import Writer, without_unused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from specwright.migrate.declaring import Source
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
    while _keep(using, pairs, api):
        pass
    return tuple(_file(source, pairs, api, plain) for source in using)


def _uses(source: Source) -> bool:
    """Whether the old package is spoken of in a file."""
    sites = source.sites
    return bool(sites.imports or sites.references or sites.dangling or sites.named)


def _keep(sources: Sequence[Source], pairs: Pairs, api: Api) -> bool:
    """Mark what goes to calls that can't be rewritten, which has to stay what it is; whether anything is new."""
    found: list[Cell] = []
    for source in sources:
        draft = Draft(source, pairs, api, Imports(source.sites, "", frozenset()))
        calls = Calls(draft)
        for call in source.sites.calls:
            why = attempted(partial(calls.decide, call, plain=True))
            if why is not None:
                call.problem = why
                found += [*call.cells.values(), call.answer or call.body]
        for made in source.sites.constructions:
            why = attempted(partial(construct, draft, made)) if made not in calls.absorbed else None
            if why is not None:
                made.problem = why
                found.append(made.cell)
        for known in source.sites.references:
            if known.role == "enum" and known.cell and attempted(partial(member, draft, known)) is not None:
                found.append(known.cell)
    found = [cell for cell in found if not cell.has("kept")]
    for cell in found:
        cell.mark("kept")
    settle(found, lambda _model, _name: None)
    return bool(found)


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


def _file(source: Source, pairs: Pairs, api: Api, plain: Mapping[Cell, bool]) -> Rewritten:
    wrapper = MetadataWrapper(source.tree, unsafe_skip_copy=True)
    places = wrapper.resolve(PositionProvider)
    top = frozenset(
        part for line in source.tree.body if isinstance(line, cst.SimpleStatementLine) for part in line.body
    )
    forwarded = source.is_package or "__all__" in source.sites.names

    def decided(kept: frozenset[str]) -> tuple[Draft, int, set[Any]]:
        imports = Imports(source.sites, api.package.module, top, forwarded=forwarded, kept=kept)
        draft = Draft(source, pairs, api, imports)
        calls = decide(draft, plain)
        return draft, calls, imports.unused(source.sites.references, draft.rewritten)

    draft, calls, unused = decided(frozenset())
    still = draft.imports.still(unused)
    if still & draft.imports.given():  # what is left needs the old names, which is known only now
        draft, calls, unused = decided(still)
    draft.writer = Writer(draft, unused)
    after = without_unused(source.tree, source.tree.visit(draft.writer), "httpx")

    def remarks(found: Iterable[tuple[cst.CSTNode, str]]) -> tuple[Remark, ...]:
        said = {(places[node].start.line if node in places else 1, why) for node, why in found}
        return tuple(Remark(line, why) for line, why in sorted(said))

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
