"""Parameters, and the variables of servers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specwright.document import Map
from specwright.document.tree import source_of
from specwright.linting.survey import Advice
from specwright.plan.paths import IGNORED_HEADERS
from specwright.problems import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.linting.survey import Survey

_PLACE: Final = re.compile(r"\{([^{}]*)\}")


def parameter_optional(survey: Survey) -> Iterator[Advice]:
    """Parameters of paths that do not say that they are required (OpenAPI 3.2, section 4.12.2.1: it MUST be true)."""
    for parameter in survey.of_kind("Parameter"):
        if parameter.get("in") == "path" and parameter.get("required") is not True:
            message = f"{quoted(parameter['name'])} is in the path, so `required` has to be true."
            yield Advice(parameter, "required" if "required" in parameter else "name", message)


def parameter_repeated(survey: Survey) -> Iterator[Advice]:
    """Parameters that one list has twice (OpenAPI 3.2, section 4.10.1)."""
    for kind in ("PathItem", "Operation"):
        for owner in survey.of_kind(kind):
            seen: set[tuple[str, str]] = set()
            for index, node in enumerate(owner.get("parameters", ())):
                parameter = survey.document.target(node)
                if "name" not in parameter:
                    continue
                name: str = parameter["name"]
                key = (parameter["in"], name.lower() if parameter["in"] == "header" else name)
                if key in seen:
                    message = f"The list has a parameter {quoted(name)} in the {parameter['in']} twice."
                    yield Advice(owner["parameters"], index, message)
                seen.add(key)


def parameter_shape(survey: Survey) -> Iterator[Advice]:
    """Parameters that do not say, or say twice, what their values are (OpenAPI 3.2, section 4.12.2)."""
    for kind in ("Parameter", "Header"):
        for parameter in survey.of_kind(kind):
            if "$ref" in parameter:
                continue
            content = parameter.get("content")
            what = f"The parameter {quoted(parameter['name'])}" if "name" in parameter else "The header"
            if "schema" in parameter and content is not None:
                yield Advice(
                    parameter, "content", f"{what} has a `schema` and a `content`: one of them is left out."
                )
            elif content is not None and len(content) != 1:
                yield Advice(
                    parameter,
                    "content",
                    f"The `content` of a parameter has one media type, and this has {len(content)}.",
                )
            elif "schema" not in parameter and content is None:
                yield Advice(
                    parameter, None, f"{what} has neither a `schema` nor a `content`: it may be anything."
                )


def header_ignored(survey: Survey) -> Iterator[Advice]:
    """Parameters that other parts of a document speak for (OpenAPI 3.2, section 4.12.2.1)."""
    older = "swagger" in source_of(survey.root)  # Swagger 2.0 does not say so
    for parameter in () if older else survey.of_kind("Parameter"):
        if parameter.get("in") == "header" and parameter["name"].lower() in IGNORED_HEADERS:
            message = f"A parameter {quoted(parameter['name'])} means nothing: media types and security say what is sent."
            yield Advice(parameter, "name", message)


def server_variable(survey: Survey) -> Iterator[Advice]:
    """Variables that the address of a server has and nobody describes, or that it does not have."""
    for server in survey.of_kind("Server"):
        variables = server.get("variables", Map())
        places = set(_PLACE.findall(server["url"]))
        for name in sorted(places - variables.keys()):
            yield Advice(
                server, "url", f"Nobody describes {quoted(name)} in the address: `variables` has no such."
            )
        for name, variable in variables.items():
            if name not in places:
                yield Advice(variables, name, f"The address has no {quoted('{' + name + '}')}.")
            elif (
                "default" in variable and variable.get("enum") and variable["default"] not in variable["enum"]
            ):
                yield Advice(
                    variable, "default", f"{quoted(variable['default'])} is none of the values of `enum`."
                )
