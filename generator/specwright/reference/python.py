"""A request as the call of the generated client."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from specwright.emit import calls
from specwright.emit.code import literal
from specwright.reference.masks import Covering

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.plan.ir import Api, Operation


def as_python(
    api: Api,
    operation: Operation,
    values: Mapping[str, Any],
    variables: Mapping[str, str],
    base_url: str | None = None,
) -> str:
    """The code that makes a client and calls the operation; secrets come from the environment.

    `variables` are those of the arguments for credentials, `base_url` where it is called, if that is not where the document says.
    """
    covering = Covering(operation.secrets)
    called = replace(operation, example=covering.covered(values))
    text = str(calls.program(called, api, variables, base_url))
    for mask in covering.masks:
        text = text.replace(literal(mask.mark), f"os.environ[{literal(mask.variables[0])}]")
    head, _, rest = text.partition("\n\n")
    imports = {*head.split("\n"), *(["import os"] if "os.environ[" in text else [])}
    own = sorted(imports, key=lambda line: (line.startswith("from"), line))
    return "\n".join([*own[:-1], *([""] if own[:-1] else []), own[-1], "", rest])
