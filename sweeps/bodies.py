"""Bodies of every media type: as a server reads them, and as it writes them."""

from __future__ import annotations

import email.policy
import json
from base64 import b64decode, b64encode
from email.parser import BytesParser
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

import msgspec

from sweeps.brackets import nested
from sweeps.meaning import SILENT, same_text, spoken
from sweeps.operations import FORM

if TYPE_CHECKING:
    from sweeps.operations import Content, Parameter
    from sweeps.server import Seen


def plain(media_type: str) -> str:
    """A media type without its parameters, in lower case."""
    return media_type.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Whether a body of the media type is JSON (RFC 6839, section 3.1); `*/*` is taken for it."""
    name = plain(media_type)
    whole = name.endswith("+json") and name not in _LINES
    return name in {"application/json", "text/json", "*/*", "application/*"} or whole


def is_json_or_none(content: Content | None) -> bool:
    """Whether an answer has no body, or one that is JSON."""
    return content is None or is_json(content.media_type)


_LINES: Final = frozenset(
    {
        "application/x-ndjson",
        "application/jsonl",
        "application/ndjson",
        "application/json-lines",
        "application/stream+json",
    }
)
_EVENTS: Final = "text/event-stream"
_OF_EVENTS: Final = frozenset({"data", "event", "id", "retry", "comment"})
_END: Final = "[DONE]"
_SEQUENCE: Final = "application/json-seq"
_SEPARATOR: Final = b"\x1e"


def is_sequence(media_type: str) -> bool:
    """Whether a body of the media type is values one after another."""
    return plain(media_type) in {*_LINES, _SEQUENCE, _EVENTS}


def is_events(media_type: str) -> bool:
    """Whether a body of the media type is server-sent events."""
    return plain(media_type) == _EVENTS


def is_structured(media_type: str) -> bool:
    """Whether a body of the media type is written by its schema; others are text or bytes, whatever that says."""
    name = plain(media_type)
    return is_json(name) or is_sequence(name) or name == FORM or name.startswith("multipart/")


def preferred(contents: tuple[Content, ...]) -> list[Content]:
    """The media types of a body, what can say most first."""
    kinds = (
        is_json,
        lambda name: plain(name) == FORM,
        lambda name: name.startswith("multipart/"),
        is_sequence,
    )
    return sorted(
        contents,
        key=lambda content: next(
            (at for at, kind in enumerate(kinds) if kind(content.media_type)), len(kinds)
        ),
    )


def textual(content: Content) -> bool:
    """Whether what arrives has no types: a form, or text."""
    return not (is_json(content.media_type) or is_sequence(content.media_type))


def read(content: Content, seen: Seen, given: Any) -> Any:
    """The body that arrived: JSON, an object of texts for forms, text or base64 else.

    Raises:
        ValueError: It is not of its media type.
    """
    kind = plain(seen.header("Content-Type") or "")
    if kind != plain(content.media_type) and not (is_json(kind) and "*" in content.media_type):
        raise ValueError(f"the media type is {kind or 'none'} for {content.media_type}")
    if is_json(kind):
        return json.loads(seen.body)
    if is_sequence(kind):
        return [json.loads(each) for each in seen.body.replace(_SEPARATOR, b"").splitlines() if each.strip()]
    if kind == FORM:
        pairs = parse_qsl(seen.body.decode(), keep_blank_values=True, strict_parsing=bool(seen.body))
        return _form(content, pairs, given)
    if kind.startswith("multipart/"):
        return _grouped(_parts(seen), given)
    return seen.body.decode() if isinstance(given, str) and kind.startswith("text/") else seen.body


def _form(content: Content, pairs: list[tuple[str, str]], given: Any) -> dict[str, Any]:
    """The members of a form, by the styles that `encoding` gives them (OpenAPI 3.1, section 4.8.15)."""
    if not isinstance(given, dict):
        return dict(pairs)
    made = {
        name: _member(content.encoding.get(name) or {}, name, value, pairs) for name, value in given.items()
    }
    spread = {
        key
        for name, value in given.items()
        if isinstance(value, dict) and name not in dict(pairs)
        for key in value
    }
    rest = {name: text for name, text in pairs if name.partition("[")[0] not in given and name not in spread}
    return {name: value for name, value in {**rest, **made}.items() if value is not None}


def _member(encoding: dict[str, Any], name: str, value: Any, pairs: list[tuple[str, str]]) -> Any:
    texts = [text for key, text in pairs if key == name]
    if isinstance(value, dict | list) and (found := nested(name, pairs)) is not None:
        return found
    if isinstance(value, list):
        if encoding.get("explode", True) is False or is_json(encoding.get("contentType", "")):
            return _decoded(texts[0]) if texts else None
        return [
            _decoded(text) if isinstance(item, dict | list) else text
            for text, item in zip(texts, value, strict=False)
        ] or None
    if isinstance(value, dict):
        spread = {key: text for key, text in pairs if key in value}
        return _decoded(texts[0]) if texts else spread or None
    return texts[0] if texts else None


def _decoded(text: str) -> Any:
    """JSON in a form, or a list with commas."""
    try:
        return json.loads(text)
    except ValueError:
        return text.split(",")


def _parts(seen: Seen) -> list[tuple[str, Any]]:
    """The parts of a multipart body (RFC 7578), with their names."""
    head = f"Content-Type: {seen.header('Content-Type')}\r\n\r\n".encode()
    message = BytesParser(policy=email.policy.HTTP).parsebytes(head + seen.body)
    found: list[tuple[str, Any]] = []
    for part in message.iter_parts():
        name = _unescaped(str(part.get_param("name", header="content-disposition")))
        content = part.get_payload(decode=True) or b""
        kind = part.get_content_type()
        if is_json(kind):
            found.append((name, json.loads(content)))
        else:
            found.append((name, content))
    return found


def _unescaped(name: str) -> str:
    """A name as it was before it went into a header (WHATWG HTML, section 4.10.21.8)."""
    return name.replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n")


def _grouped(pairs: list[tuple[str, Any]], given: Any) -> dict[str, Any]:
    """Parts as an object: names that were given a list have one, and those with brackets are what these say."""
    wanted = given if isinstance(given, dict) else {}
    texts = [
        (name, value.decode(errors="replace") if isinstance(value, bytes) else value) for name, value in pairs
    ]
    found = {name: nested(name, texts) for name in wanted}
    made: dict[str, Any] = {name: value for name, value in found.items() if value is not None}
    for name, value in pairs:
        if name.partition("[")[0] in made and "[" in name:
            continue
        if isinstance(given, dict) and isinstance(given.get(name), list) and not isinstance(value, list):
            made.setdefault(name, []).append(value)
        else:
            made[name] = value
    return made


def difference(given: Any, arrived: Any) -> str:
    """How what has no types differs from what was given; empty where it means the same."""
    if not (isinstance(given, dict) and isinstance(arrived, dict)):
        return "" if _means(arrived, given) else f"{arrived!r:.80} for {given!r:.80}"
    wanted = {key: value for key, value in spoken(given).items() if value not in SILENT}
    if missing := wanted.keys() - arrived.keys():
        return f"{min(missing)} is missing"
    if surplus := arrived.keys() - given.keys():
        return f"{min(surplus)} is surplus"
    found = (
        f"{key}: {_differs(arrived[key], value)}"
        for key, value in wanted.items()
        if not _means(arrived[key], value)
    )
    return next(found, "")


def _differs(arrived: Any, given: Any) -> str:
    if isinstance(arrived, dict) and isinstance(given, dict):
        return difference(given, arrived) or "another order"
    return f"{arrived!r:.80} for {given!r:.80}"


def _means(arrived: Any, given: Any) -> bool:
    if isinstance(arrived, bytes):
        return arrived == _bytes(given) or same_text(arrived.decode(errors="replace"), given)
    if isinstance(arrived, list) and isinstance(given, list):
        return len(arrived) == len(given) and all(map(_means, arrived, given))
    return same_text(arrived, given)


def _bytes(given: Any) -> bytes | None:
    if not isinstance(given, str):
        return None
    try:
        return b64decode(given, validate=True)
    except ValueError:
        return given.encode()


# --- answers ---


def written(content: Content | None, value: Any) -> tuple[str, bytes]:
    """An answer's media type, without wildcards, and its bytes."""
    if content is None:
        return "application/json", b""
    name = content.media_type
    if is_json(name):
        return ("application/json" if "*" in name else name), json.dumps(value).encode()
    if is_events(name):
        return name, b"".join(map(_event, value))
    if is_sequence(name):
        start = _SEPARATOR if plain(name) == _SEQUENCE else b""
        return name, b"".join(start + json.dumps(each).encode() + b"\n" for each in value)
    text = value if isinstance(value, str) else json.dumps(value)
    return name.replace("*", "plain" if name.startswith("text/") else "octet-stream"), text.encode()


def _event(value: Any) -> bytes:
    """A server-sent event (WHATWG HTML, section 9.2.6): the value itself, if it has no properties but those, else with it as data."""
    fields = value if _is_event(value) else {"data": value}
    lines = [
        f"{name}: {line}\n"
        for name, said in fields.items()
        for line in (said if isinstance(said, str) else json.dumps(said)).split("\n")
    ]
    return "".join([*lines, "\n"]).encode("utf-8", "replace")


def _is_event(value: Any) -> bool:
    return isinstance(value, dict) and "data" in value and _OF_EVENTS.issuperset(value)


def held(content: Content, value: Any) -> Any:
    """What a caller is to get of an answer: of events, their data, as far as they go."""
    if not is_events(content.media_type):
        return value
    data = [each["data"] if _is_event(each) else each for each in value]
    return data[: data.index(_END)] if _END in data else data


def result(runtime: Any, value: Any) -> Any:
    """What a method gave for JSON, as that JSON again; `runtime` is the package's."""
    as_json = getattr(runtime, "as_json", None)
    return as_json(value) if as_json is not None else msgspec.to_builtins(value, enc_hook=_plain)


def acceptable(content: Content | None, accept: str) -> bool:
    """Whether a server may answer so, by what the request accepts (RFC 9110, section 12.5.1)."""
    ranges = [plain(each) for each in accept.split(",")]
    name = plain(written(content, None)[0])
    return content is None or any(each in {name, "*/*", f"{name.partition('/')[0]}/*"} for each in ranges)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


# --- parameters ---

_UNSPEAKABLE: Final = frozenset({"", ".", ".."})


def speakable(schema: Any, parameter: Parameter) -> Any:
    """The schema of a parameter, without what its place can't hold."""
    if parameter.media_type or not isinstance(schema, dict):
        return schema if schema is not None else {"type": "string", "minLength": 1}
    return schema


def sayable(value: Any, parameter: Parameter) -> bool:
    """Whether a value has a form in its place: styles have none for what is nested, empty or null."""
    if parameter.media_type:
        return True
    if parameter.style == "deepObject" and isinstance(value, list | dict):
        return bool(spoken(value))
    if isinstance(value, list | dict):
        members = list(value.values()) if isinstance(value, dict) else value
        flat = all(not isinstance(each, list | dict) and each is not None and each != "" for each in members)
        return flat and bool(members) and all(_sayable(each, parameter, ",;|") for each in members)
    return value is not None and _sayable(value, parameter, "")


def _sayable(value: Any, parameter: Parameter, separators: str) -> bool:
    if not isinstance(value, str):
        return True
    if parameter.place == "path" and value in _UNSPEAKABLE:
        return False
    if parameter.place in {"header", "cookie"}:
        outside = ' ,;"\\' if parameter.place == "cookie" else separators
        return (
            value.isascii()
            and value.isprintable()
            and value == value.strip()
            and not set(outside) & set(value)
        )
    return value.isprintable() or parameter.place == "query"
