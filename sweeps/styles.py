"""Parameters as they are on the wire, read back by what RFC 6570 and OpenAPI say of their styles.

A value is read as text, as a list of texts, or as an object of texts, whichever was given: what is on the wire has no
types. `same` then says whether a text means a value.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, unquote_plus

from sweeps.brackets import nested
from sweeps.meaning import same_text, spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from sweeps.operations import Operation, Parameter
    from sweeps.server import Seen

Pairs = list[tuple[str, str]]
"""A query or a cookie, undecoded."""

_SEPARATORS: Final = {
    "form": re.compile(r","),
    "simple": re.compile(r","),
    "spaceDelimited": re.compile(r"%20|\+"),
    "pipeDelimited": re.compile(r"\||%7[Cc]"),
    "tabDelimited": re.compile(r"%09"),
}


class Unread(Exception):  # noqa: N818 - what happened, as its name tells
    """A parameter is not there, or not in its style."""


def faults(operation: Operation, given: dict[tuple[str, str], Any], seen: Seen) -> list[str]:
    """What of the parameters that arrived is not as it was given."""
    path, _, query = seen.target.partition("?")
    # What comes behind a `#` is never sent (RFC 9110, section 4.2.5); what comes behind a `?` is sent with every request.
    template, _, always = operation.path.partition("#")[0].partition("?")
    places = _path(template, path)
    if places is None:
        return [f"the path is {path}"]
    pairs = [_pair(each) for each in query.split("&")] if query else []
    found = [f"the query has no {each}" for each in always.split("&") if each and _pair(each) not in pairs]
    for parameter in operation.parameters:
        key = (parameter.place, parameter.name)
        if key not in given:
            continue
        try:
            arrived = _arrived(parameter, given[key], places, pairs, seen)
        except Unread as error:
            found.append(f"{parameter.place} {parameter.name}: {error}")
            continue
        wanted = spoken(given[key]) if parameter.style == "deepObject" else given[key]
        if not same_text(arrived, wanted):
            found.append(f"{parameter.place} {parameter.name}: {arrived!r} for {given[key]!r}"[:300])
    return found + _surplus(operation, given, pairs)


def _surplus(operation: Operation, given: dict[tuple[str, str], Any], pairs: Pairs) -> list[str]:
    """Query parameters of the document that were sent though nobody gave them."""
    sent = {unquote_plus(name) for name, _ in pairs}
    names = {each.name for each in operation.parameters if each.place == "query"}
    given_names = {name for place, name in given if place == "query"}
    members = {key for value in given.values() if isinstance(value, dict) for key in value}
    return [f"query {name}: sent, and not given" for name in (sent & names) - given_names - members]


def _path(template: str, path: str) -> dict[str, str] | None:
    """The undecoded text at each place of a path; None where the path is another."""
    names = re.findall(r"\{([^{}]+)\}", template)
    fixed = re.split(r"\{[^{}]+\}", template)
    pattern = "([^/]*?)".join(_fixed(each) for each in fixed)
    match = re.fullmatch(pattern, path)
    return dict(zip(names, match.groups(), strict=True)) if match else None


def _fixed(text: str) -> str:
    """A pattern for fixed text of a path, whose characters may be percent-encoded."""
    parts: list[str] = []
    for char in text:
        encoded = "".join(f"%{byte:02X}" for byte in char.encode())
        parts.append(
            re.escape(char) if char.isalnum() or char in "/%" else f"(?:{re.escape(char)}|{encoded})"
        )
    return "".join(parts)


def _pair(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name, value


def _arrived(parameter: Parameter, value: Any, places: dict[str, str], pairs: Pairs, seen: Seen) -> Any:
    match parameter.place:
        case "path":
            return _in_path(parameter, value, places)
        case "query":
            return _in_query(parameter, value, pairs, unquote_plus)
        case "querystring":
            return _whole(
                parameter, value, "&".join(f"{name}={text}" if text else name for name, text in pairs)
            )
        case "header":
            text = seen.header(parameter.name)
            if text is None:
                raise Unread("it was not sent")
            return (
                _content(parameter, text)
                if parameter.media_type
                else _simple(parameter, text.strip(), value, str)
            )
        case "cookie":
            cookies = [_pair(each.strip()) for each in (seen.header("Cookie") or "").split(";")]
            return _in_query(parameter, value, cookies, unquote)


def _content(parameter: Parameter, text: str) -> Any:
    if "json" not in (parameter.media_type or ""):
        return text
    try:
        return json.loads(text)
    except ValueError:
        raise Unread(f"no JSON: {text[:100]}") from None


def _whole(parameter: Parameter, value: Any, text: str) -> Any:
    """A parameter that is all of the query (OpenAPI 3.2, section 4.12.2)."""
    if "form" in (parameter.media_type or ""):
        return {unquote_plus(name): unquote_plus(each) for name, each in map(_pair, text.split("&"))}
    return _content(parameter, unquote(text)) if value is not None else None


def _in_path(parameter: Parameter, value: Any, places: dict[str, str]) -> Any:
    if parameter.name not in places:
        raise Unread("the path has no place for it")
    text = places[parameter.name]
    if parameter.media_type:
        return _content(parameter, unquote(text))
    match parameter.style:
        case "label":
            return _simple(parameter, _without(text, "."), value, unquote, "." if parameter.explode else ",")
        case "matrix":
            return _matrix(parameter, text, value)
        case _:
            return _simple(parameter, text, value, unquote)


def _without(text: str, prefix: str) -> str:
    if not text.startswith(prefix):
        raise Unread(f"no `{prefix}` before it: {text}")
    return text[len(prefix) :]


def _simple(
    parameter: Parameter, text: str, value: Any, decode: Callable[[str], str], separator: str = ","
) -> Any:
    parts = text.split(separator)
    if isinstance(value, list):
        return [decode(part.strip()) for part in parts]
    if not isinstance(value, dict):
        return decode(text)
    if parameter.explode:
        return {decode(name): decode(each) for name, each in map(_pair, parts)}
    return _members(parts, decode)


def _matrix(parameter: Parameter, text: str, value: Any) -> Any:
    pairs = [_pair(each) for each in _without(text, ";").split(";")]
    if isinstance(value, dict) and parameter.explode:
        return {unquote(name): unquote(each) for name, each in pairs}
    if any(unquote(name) != parameter.name for name, _ in pairs):
        raise Unread(f"not under its name: {text}")
    texts = [each for _, each in pairs]
    if isinstance(value, list):
        return [unquote(each) for each in (texts if parameter.explode else texts[0].split(","))]
    return _members(texts[0].split(","), unquote) if isinstance(value, dict) else unquote(texts[0])


def _members(parts: list[str], decode: Callable[[str], str]) -> dict[str, str]:
    if len(parts) % 2:
        raise Unread(f"no names and values: {parts}")
    return {decode(name): decode(each) for name, each in zip(parts[::2], parts[1::2], strict=True)}


def _in_query(parameter: Parameter, value: Any, pairs: Pairs, decode: Callable[[str], str]) -> Any:
    if parameter.style == "deepObject" and isinstance(value, dict | list):
        return nested(parameter.name, [(decode(name), decode(text)) for name, text in pairs])
    if isinstance(value, dict) and parameter.explode and not parameter.media_type:
        members = {decode(name): decode(text) for name, text in pairs}
        return {key: members[key] for key in value if key in members}
    texts = [text for name, text in pairs if decode(name) == parameter.name]
    if not texts:
        raise Unread("it was not sent")
    if parameter.media_type:
        return _content(parameter, decode(texts[0]))
    if isinstance(value, list) and parameter.explode:
        return [decode(text) for text in texts]
    if len(texts) > 1:
        raise Unread("it was sent more than once")
    if not isinstance(value, list | dict):
        return decode(texts[0])
    parts = _SEPARATORS.get(parameter.style, _SEPARATORS["form"]).split(texts[0])
    return [decode(part) for part in parts] if isinstance(value, list) else _members(parts, decode)
