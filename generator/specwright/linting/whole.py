"""What the parts of a document say of each other: tags, security, and components."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.document import Map, Seq
from specwright.linting.survey import Advice
from specwright.problems import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.linting.survey import Survey

_SCHEMES = "securitySchemes"


def component_unused(survey: Survey) -> Iterator[Advice]:
    """Components that no operation leads to."""
    for section, name, holder in survey.unused:
        if section != _SCHEMES:
            yield Advice(holder, name, f"No operation leads to {quoted(f'{section}/{name}')}.")


def security_unused(survey: Survey) -> Iterator[Advice]:
    """Security schemes that no operation asks for."""
    for section, name, holder in survey.unused:
        if section == _SCHEMES:
            yield Advice(holder, name, f"No operation asks for the security scheme {quoted(name)}.")


def scope_unknown(survey: Survey) -> Iterator[Advice]:
    """Scopes that are asked for and that no flow of the scheme has (OpenAPI 3.2, section 4.30)."""
    schemes = survey.components(_SCHEMES)
    flows = {
        name: [flow for flow in scheme["flows"].values() if isinstance(flow, Map)]
        for name, node in schemes.items()
        if (scheme := survey.document.target(node)).get("type") == "oauth2" and "flows" in scheme
    }
    scopes = {
        name: frozenset(scope for flow in found for scope in flow.get("scopes", ()))
        for name, found in flows.items()
    }
    for owner in (survey.root, *survey.of_kind("Operation")):
        for requirement in owner.get("security", ()):
            for name, asked in requirement.items():
                if not scopes.get(name):
                    continue
                for index, scope in enumerate(asked):
                    if scope not in scopes[name]:
                        message = f"{quoted(name)} has no scope {quoted(scope)}."
                        yield Advice(asked, index, message)


def tag_undeclared(survey: Survey) -> Iterator[Advice]:
    """Tags of operations that the list of tags does not have, where there is one."""
    declared = {tag["name"] for tag in survey.root.get("tags", ())}
    met: set[str] = set()
    for operation in survey.of_kind("Operation") if declared else ():
        tags = operation.get("tags", Seq())
        for index, tag in enumerate(tags):
            if tag not in declared and tag not in met:
                met.add(tag)
                yield Advice(tags, index, f"The list of `tags` does not have {quoted(tag)}.")


def tag_unused(survey: Survey) -> Iterator[Advice]:
    """Tags that no operation has, and that are above none which has."""
    tags = survey.root.get("tags", Seq())
    above = {tag["name"]: tag.get("parent") for tag in tags}
    used = set(survey.used_tags)
    waiting = [*used]
    while waiting:
        parent = above.get(waiting.pop())
        if parent and parent not in used:
            used.add(parent)
            waiting.append(parent)
    for index, tag in enumerate(tags):
        if survey.operations and tag["name"] not in used:
            yield Advice(tags, index, f"No operation has the tag {quoted(tag['name'])}.")


def tag_repeated(survey: Survey) -> Iterator[Advice]:
    """Tags that are described twice (OpenAPI 3.2, section 4.1: each name is unique)."""
    tags = survey.root.get("tags", Seq())
    seen: set[str] = set()
    for index, tag in enumerate(tags):
        if tag["name"] in seen:
            yield Advice(tags, index, f"The tag {quoted(tag['name'])} is described twice.")
        seen.add(tag["name"])
