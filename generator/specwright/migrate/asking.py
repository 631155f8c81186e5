"""Of which class values are: `isinstance`, and the patterns of `match`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import libcst as cst

from specwright.migrate.cells import Cell
from specwright.migrate.draft import KeptError, LeftError

if TYPE_CHECKING:
    from collections.abc import Callable

    from specwright.migrate.draft import Draft
    from specwright.migrate.sites import Matched
    from specwright.migrate.symbols import Reference


def instance(draft: Draft, reference: Reference) -> None:
    """A class that values are asked to be of, which are of the old one with it, or of the new one.

    Raises:
        LeftError: They are of the old one, or it is not known of which.
    """
    about, name = reference.about or Cell(), getattr(reference.target, "name", "")
    known, why = draft.pairs.classes.get(name), about.kept()
    if why is None and about.kind is None and not about.known():
        why = draft.still.classes.get(name)
    if why is not None:
        raise KeptError(name, why)
    if known is None or (known.enum is None and known.struct is None):
        raise LeftError(f"`{name}` is a dict now, which has no class")
    if known.enum is None and draft.class_of(about) is known and draft.is_sent(about):
        raise LeftError(f"this `{name}` is sent, and is a dict now, which has no class")
    kind = known.enum or known.struct
    new = draft.new(reference.by, kind.name if kind else "")
    draft.done(reference, reference.node, lambda node: cst.Name(new, lpar=node.lpar, rpar=node.rpar))


def pattern(draft: Draft, site: Matched) -> None:
    """What a pattern asks of the attributes of a class, which may be called otherwise now.

    Raises:
        LeftError: The new class has nothing like them, or they are in another order there.
    """
    if site.problem:
        raise LeftError(site.problem)
    name = getattr(site.reference.target, "name", "")
    known, why = draft.pairs.classes.get(name), site.cell.kept()
    if why is not None:
        raise KeptError(name, why)
    if known is None or known.struct is None:
        return
    if site.node.patterns:
        raise LeftError(f"attributes of `{name}` are matched by position; name them")
    attributes = draft.pairs.before.models[name].attributes
    fields = {one.wire: one.name for one in known.struct.fields}
    keys = {one: one.key.value for one in site.node.kwds}
    gone = [key for key in keys.values() if key not in attributes or attributes[key].wire not in fields]
    if gone:
        raise LeftError(f"`{name}` has no `{gone[0]}` now")
    for element, key in keys.items():
        draft.edits[element] = _renamed(fields[attributes[key].wire])


def _renamed(name: str) -> Callable[[Any], cst.CSTNode]:
    def edit(new: Any) -> cst.CSTNode:
        changed: cst.CSTNode = new.with_changes(key=cst.Name(name))
        return changed

    return edit
