"""Parameters, and the variables of servers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specwright.document import Map
from specwright.linting.survey import Advice
from specwright.problems import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.linting.survey import Survey

_PLACE: Final = re.compile(r"\{([^{}]*)\}")


def server_variable(survey: Survey) -> Iterator[Advice]:
    """Variables that the address of a server does not have, or whose default is none of their values."""
    for server in survey.of_kind("Server"):
        variables = server.get("variables", Map())
        places = set(_PLACE.findall(server["url"]))
        for name, variable in variables.items():
            if name not in places:
                yield Advice(variables, name, f"The address has no {quoted('{' + name + '}')}.")
            elif (
                "default" in variable and variable.get("enum") and variable["default"] not in variable["enum"]
            ):
                yield Advice(
                    variable, "default", f"{quoted(variable['default'])} is none of the values of `enum`."
                )
