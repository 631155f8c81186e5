"""Which Problems are about what is left of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specwright.document import Document
    from specwright.document.tree import Map, Seq
    from specwright.problems import Place, Problem


def concerned(
    document: Document, gone: Iterable[tuple[Map | Seq, str | int]], reached: Iterable[Map]
) -> tuple[Problem, ...]:
    """The Problems of a document that are not about what was left out of it; errors are about all of it.

    Args:
        document: The document, with all of its Problems.
        gone: What is left out: what held it, and its key there.
        reached: What references lead to from what is left, as it was loaded.
    """
    if not document.problems:
        return ()
    first, *others = document.references.files.names()
    left = {(first, ""): True, **dict.fromkeys(((name, "") for name in others), False)}
    left |= {_at(node.place()): True for node in reached}
    left |= {_at(node.place(key)): False for node, key in gone}  # type: ignore[arg-type] # the key is of the kind that the node has
    return tuple(
        found
        for found in document.problems
        if found.severity == "error" or found.place is None or _is_left(left, *_at(found.place))
    )


def _at(place: Place) -> tuple[str, str]:
    return place.file, place.pointer


def _is_left(left: dict[tuple[str, str], bool], file: str, pointer: str) -> bool:
    """What is known of the innermost value around a place of which anything is known; of other files, nothing is."""
    while (file, pointer) not in left:
        if not pointer:
            return True
        pointer = pointer.rpartition("/")[0]
    return left[file, pointer]
