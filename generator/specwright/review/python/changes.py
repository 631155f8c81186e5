"""All changes of the public API, part by part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.review.python import classes, methods, package
from specwright.review.python.causes import Causes
from specwright.review.python.comparing import Comparing
from specwright.review.python.origins import Origins

if TYPE_CHECKING:
    from specwright.review.findings import PythonChange
    from specwright.review.python.pairing import Pairs

__all__ = ["changes"]

_PARTS = (
    package.of_package,
    package.of_client,
    methods.of_resources,
    methods.of_methods,
    classes.of_models,
    classes.of_inputs,
    package.of_errors,
    package.of_webhooks,
    package.of_validators,
)


def changes(pairs: Pairs) -> tuple[PythonChange, ...]:
    """What changed of the public API: the client, then methods, models, inputs, errors and functions, as the new package has them.

    What `async` code has is the same, and is not told of twice.
    """
    went = Origins(pairs.old.places, {*pairs.keys, *pairs.operations}, is_old=True)
    came = Origins(pairs.new.places, pairs.lasting, is_old=False)
    comparing = Comparing(pairs, Causes(pairs), went, came)
    return tuple(change for part in _PARTS for change in part(comparing))
