"""What has to stay as it is: what can't be rewritten, and whatever goes to it, comes from it or is compared with it.

A client stays with its calls and they with it, an answer with the tests of it, and what is sent with the call that sends it:
half of these in the old package and half in the new one would do something else than before, or nothing.
"""

from __future__ import annotations

import ast
from functools import partial
from typing import TYPE_CHECKING, Final

from libcst.metadata import MetadataWrapper, PositionProvider

from specwright.migrate import asking, lacking, making, modelling
from specwright.migrate.annotating import attribute
from specwright.migrate.calling import Calls
from specwright.migrate.cells import AnswerOf, Cell, ClientOf, ModelOf, settle, spread
from specwright.migrate.deciding import refer
from specwright.migrate.draft import Draft, KeptError, LeftError, Still, shown
from specwright.migrate.importing import Imports
from specwright.migrate.symbols import Called

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import libcst as cst
    from libcst.metadata import CodeRange

    from specwright.migrate.declaring import Source
    from specwright.migrate.pairing import Pairs
    from specwright.plan.ir import Api

_ASKED: Final = frozenset({"", "except", "instance", "value"})
"""Roles of references that keep the values that they are about, where they are left."""


def keep(sources: Sequence[Source], pairs: Pairs, api: Api) -> Still:
    """Mark what has to stay as it is, until nothing more has to; what the old package still gives then."""
    keeping = _Keeping(sources, pairs, api)
    keeping.learn()
    while keeping.again():
        pass
    return keeping.still


class _Keeping:
    def __init__(self, sources: Sequence[Source], pairs: Pairs, api: Api) -> None:
        self._sources = sources
        self._pairs = pairs
        self._api = api
        self._places: dict[str, Mapping[cst.CSTNode, CodeRange]] = {}
        """By path: where what is in the file is."""
        self.still = Still()
        self._found: list[tuple[Cell, str]] = []

    def learn(self) -> None:
        """Say of values of classes that only answers have that they come from one."""
        cells = [cell for source in self._sources for cell in source.sites.cells.values()]
        cells += [one.cell for source in self._sources for one in source.sites.references if one.cell]
        known = [cell for cell in cells if isinstance(cell.kind, ModelOf)]
        for cell in known:
            paired = self._pairs.classes.get(cell.kind.name) if isinstance(cell.kind, ModelOf) else None
            if paired is None or paired.struct is None or paired.input is not None or paired.is_map:
                continue
            if not cell.has("made"):
                cell.mark("received")
        settle(known, lambda model, name: attribute(self._pairs.before, model, name))

    def again(self) -> bool:
        """Look at every site once; whether anything more is kept."""
        self._found = []
        for source in self._sources:
            draft = Draft(
                source,
                self._pairs,
                self._api,
                Imports(source.sites, self._api.package.module, frozenset()),
                self.still,
            )
            calls = Calls(draft)
            self._calls(draft, calls)
            self._made(draft, calls)
            self._names(draft)
            self._asked(draft)
            self._whole(source)
        self._join()
        new = [(cell, why) for cell, why in self._found if not cell.has("kept")]
        for cell, why in new:
            cell.keep(why)
        spread([cell for cell, _ in new])
        return bool(new)

    def _why(self, draft: Draft, node: cst.CSTNode, decide: Callable[[], object]) -> tuple[str, str] | None:
        """Why something is left, and what others are left with, then; None where it is not."""
        try:
            decide()
        except KeptError as error:
            return str(error), error.because
        except LeftError as error:
            return str(error), self._named(draft.source, node)
        return None

    def _named(self, source: Source, node: cst.CSTNode) -> str:
        """What is left, and where that is."""
        if source.path not in self._places:
            wrapper = MetadataWrapper(source.tree, unsafe_skip_copy=True)
            self._places[source.path] = wrapper.resolve(PositionProvider)
        places = self._places[source.path]
        line = places[node].start.line if node in places else 1
        return f"`{shown(node)}` ({source.path}:{line})"

    def _keep(self, cells: Sequence[Cell | None], why: str) -> None:
        self._found += [(cell, why) for cell in cells if cell is not None and not cell.has("kept")]

    def _calls(self, draft: Draft, calls: Calls) -> None:
        for call in draft.source.sites.calls:
            why = self._why(draft, call.node, partial(calls.decide, call, plain=True))
            if why is None:
                continue
            call.problem, call.because = call.problem or why[0], call.because or why[1]
            given = [cell for one in call.cells.values() for cell in one.bound()]
            self._keep([*given, call.answer or call.body, call.client_cell], why[1])
            self.still.calls = self.still.calls or why[1]
            if isinstance(call.reference.target, Called):
                for name in self._given(call.reference.target.module):
                    self.still.classes.setdefault(name, why[1])

    def _given(self, module: str) -> Iterator[str]:
        """The classes that answers of an operation hold, at any depth."""
        package, seen = self._pairs.before, set[str]()
        waiting = list(package.operations[module].answers.values())
        while waiting:
            for name in (known for known in _words(waiting.pop()) if known not in seen):
                if name not in package.models and name not in package.enums:
                    continue
                seen.add(name)
                yield name
                model = package.models.get(name)
                waiting += (one.annotation for one in model.attributes.values()) if model else ()

    def _made(self, draft: Draft, calls: Calls) -> None:
        sites = draft.source.sites
        for made in sites.constructions:
            if made in calls.absorbed:
                continue
            why = self._why(draft, made.node, partial(modelling.construct, draft, made))
            if why is not None:
                made.problem = made.problem or why[0]
                self._keep([made.cell], why[1])
        for client in sites.made:
            why = self._why(draft, client.node, partial(making.decide, draft, client))
            if why is not None:
                client.problem = client.problem or why[0]
                self._keep([client.cell], why[1])

    def _names(self, draft: Draft) -> None:
        for reference in draft.source.sites.references:
            why = None
            if reference.role == "enum" and reference.cell is not None:
                why = self._why(draft, reference.node, partial(modelling.member, draft, reference))
            elif reference.role in _ASKED and (reference.cell or reference.about):
                why = self._why(draft, reference.node, partial(refer, draft, reference))
            if why is not None:
                self._keep([reference.cell, reference.about], why[1])
                self._keep([call.client_cell for call in draft.source.sites.tried.get(reference, ())], why[1])

    def _asked(self, draft: Draft) -> None:
        sites = draft.source.sites
        for tested in sites.tested:
            why = self._why(draft, tested.node, partial(modelling.test, draft, tested))
            if why is not None:
                self._keep([tested.cell], why[1])
        for read in sites.reads:
            why = None
            if isinstance(read.owner.kind, ClientOf):
                why = self._why(draft, read.node, partial(lacking.of_client, draft, read))
            elif isinstance(read.owner.kind, ModelOf) and read.owner.kind.name in self._pairs.before.models:
                why = self._why(draft, read.node, partial(draft.is_sent, read.owner))
            if why is not None:
                read.problem = read.problem or ("" if read.owner.has("kept") else why[0])
                self._keep([read.owner], why[1])
        for matched in sites.matched:
            why = self._why(draft, matched.node, partial(asking.pattern, draft, matched))
            if why is not None:
                matched.problem = matched.problem or ("" if matched.cell.has("kept") else why[0])
                self._keep([matched.cell], why[1])

    def _whole(self, source: Source) -> None:
        """What is of the old package in a part is so as a whole."""
        for cell in source.sites.cells.values():
            if isinstance(cell.kind, AnswerOf | ModelOf) and not cell.has("kept"):
                why = cell.kept()
                if why is not None:
                    self._found.append((cell, why))

    def _join(self) -> None:
        """Clients that come from elsewhere may be any that go elsewhere."""
        calls = [call for source in self._sources for call in source.sites.calls]
        made = [client.cell for source in self._sources for client in source.sites.made]
        asked = [call.client_cell for call in calls if call.client_cell is not None]
        theirs = {cell.root for cell in made}
        ends = [cell for cell in asked if cell.root not in theirs]
        ends += [cell for cell in made if cell.has("escaped") or cell.has("open")]
        why = next((why for cell in ends if (why := cell.kept()) is not None), None)
        if why is not None:
            self._keep(ends, why)


def _words(annotation: ast.expr) -> Iterator[str]:
    """The names in an annotation."""
    for node in ast.walk(annotation):
        match node:
            case ast.Name(id=name):
                yield name
            case ast.Constant(value=str(text)):
                yield from _words(ast.parse(text, mode="eval").body)
            case _:
                continue
