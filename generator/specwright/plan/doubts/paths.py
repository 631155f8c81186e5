"""What is doubtful in paths, parameters and servers, which a document is read in spite of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.document import Map
from specwright.plan import servers
from specwright.plan.paths import CONNECTION, IGNORED_HEADERS, PLACE, is_token
from specwright.problems import problem, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specwright.document import Document
    from specwright.plan.paths import Found
    from specwright.problems import Problem

_WITHOUT_BODY: Final = frozenset({"GET", "HEAD", "TRACE"})
"""Methods for whose requests a body means nothing (RFC 9110, sections 9.3.1, 9.3.2 and 9.3.8)."""


def of_paths(document: Document) -> Iterator[Problem]:
    """What there is to say of the texts of paths."""
    paths: Map = document.root.get("paths", Map())
    alike: dict[str, str] = {}
    for path in paths:
        if path.startswith("x-"):
            continue
        here = paths.place(path)
        if set(PLACE.sub("", path)) & set("{}"):
            message = f"a brace in {quoted(path)} is not that of a parameter; it is sent as it is"
            yield problem("path-text", here, message)
        if "?" in PLACE.sub("", path).partition("#")[0]:
            message = f"{quoted(path)} has a query in it; it is sent as it is written"
            yield problem("path-text", here, message)
        if "#" in PLACE.sub("", path):
            message = f"{quoted(path)} has a fragment behind a `#`; it is not sent"
            yield problem("path-text", here, message)
        names = PLACE.findall(path)
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            message = f"{quoted(path)} has {quoted('{' + twice + '}')} twice; both are the same value"
            yield problem("placeholder-repeated", here, message)
        shape = PLACE.sub("{}", path)
        if names and shape in alike:
            message = f"{quoted(path)} is the same path as {quoted(alike[shape])}; which is meant, the server decides"
            yield problem("path-ambiguous", here, message)
        alike.setdefault(shape, path)


def of_parameters(document: Document, found: Iterable[Found]) -> Iterator[Problem]:
    """What there is to say of the parameters of operations, and of those of their paths."""
    owners: dict[int, Map] = {}
    for item in found:
        owners.setdefault(id(item.item), item.item)
        owners[id(item.operation)] = item.operation
    for owner in owners.values():
        seen: set[tuple[str, str]] = set()
        references = owner.get("parameters", ())
        for index, reference in enumerate(references):
            parameter = document.target(reference)
            place, name = parameter.get("in", ""), parameter.get("name")
            if not isinstance(name, str):
                continue
            key = (place, name.lower() if place == "header" else name)
            if key in seen:
                message = f"{quoted(name)} is in the list twice; the last is taken"
                yield problem("parameter-repeated", references.place(index), message)
            seen.add(key)
            yield from _of_parameter(parameter, place, name)


def _of_parameter(parameter: Map, place: str, name: str) -> Iterator[Problem]:
    if place == "path" and parameter.get("required") is not True:
        at = parameter.place("required" if "required" in parameter else "name")
        yield problem("parameter-optional", at, f"{quoted(name)} is in the path; callers have to give it")
    content = parameter.get("content")
    if content is not None and "schema" in parameter:
        message = f"{quoted(name)} has a `schema` and a `content`; the schema is taken"
        yield problem("parameter-shape", parameter.place("content"), message)
    elif content is not None and len(content) != 1:
        message = f"the `content` of {quoted(name)} has to have one media type, and has {len(content)}"
        yield problem("parameter-shape", parameter.place("content"), message)
    elif content is None and "schema" not in parameter:
        message = f"{quoted(name)} has neither a `schema` nor a `content`; it may be anything"
        yield problem("parameter-shape", parameter.place(), message)
    if place == "header" and not is_token(name):
        message = f"no header can be called {quoted(name)}; the parameter is left out"
        yield problem("header-name", parameter.place("name"), message)
    elif place == "header" and name.lower() in IGNORED_HEADERS | CONNECTION:
        message = f"{quoted(name)} is not for a parameter to say"
        yield problem("header-ignored", parameter.place("name"), message)


def of_bodies(found: Iterable[Found]) -> Iterator[Problem]:
    """Bodies of requests that have none, and operations that say nothing of their answers."""
    for item in found:
        operation = item.operation
        if item.request is not None and item.method in _WITHOUT_BODY:
            message = f"the body of a {item.method} request means nothing; it is sent where a caller gives it"
            yield problem("body-unusual", operation.place("requestBody"), message)
        if not operation.get("responses"):
            at = operation.place("responses" if "responses" in operation else None)
            yield problem(
                "responses-missing", at, f"{quoted(item.text)} does not say what it is answered with"
            )


def of_servers(document: Document, found: Iterable[Found]) -> Iterator[Problem]:
    """Servers whose address a client can't send to."""
    owners = {id(owner): owner for item in found for owner in (item.item, item.operation)}
    for owner in (document.root, *owners.values()):
        for server in owner.get("servers", ()):
            if not servers.is_address(server):
                message = f"{quoted(str(server.get('url', '')))} is no address to send to; it is not used"
                yield problem("server-invalid", server.place("url"), message)
