"""A second opinion on what arrived: openapi-core, an independent reader of OpenAPI 3.

It reads no Swagger 2.0, takes no word of an operation's security here, and knows no form for some parameters. Whatever it
has against a request that the first judge let pass is a miss of the step `second`, so that both have to agree.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, unquote

from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from werkzeug.datastructures import Headers, ImmutableMultiDict

from sweeps.documents import FILES
from sweeps.operations import METHODS, UNSPOKEN

if TYPE_CHECKING:
    from sweeps.documents import Tree
    from sweeps.server import Seen

_SLASH: Final = re.compile("%2f|%25|%3f", re.IGNORECASE)
"""What makes another path of one that is decoded as a whole."""
_SHARED: Final = re.compile(r"\{[^/]*\}[^/{}]+|[^/{}]+\{|\}\{")
HOST: Final = "http://localhost"


class _Request:
    """A request as openapi-core asks about it."""

    def __init__(self, seen: Seen) -> None:
        path, _, query = seen.target.partition("?")
        cookies = [each.strip().partition("=") for each in (seen.header("Cookie") or "").split(";")]
        self.host_url = HOST
        self.path = path if _SLASH.search(path) else unquote(path)
        self.method = seen.method.lower()
        self.body = seen.body or None
        self.content_type = seen.header("Content-Type") or ""
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(parse_qsl(query, keep_blank_values=True)),
            header=Headers(list(seen.headers)),
            cookie=ImmutableMultiDict([(name, unquote(value)) for name, _, value in cookies if name]),
        )


class Second:
    """openapi-core with one document."""

    def __init__(self, tree: Tree) -> None:
        said = {key: value for key, value in tree.root.items() if key not in {"security", "servers", FILES}}
        document = _Readable(tree).of(said)
        document["paths"] = {
            path: _open(item) for path, item in document.get("paths", {}).items() if path.startswith("/")
        }
        document[FILES] = tree.root.get(FILES, {})
        self._openapi = OpenAPI.from_dict(document, config=Config(spec_validator_cls=None))

    def faults(self, template: str, seen: Seen) -> list[str]:
        """What it has against a request.

        It can't read paths whose parts are more than a parameter; with some names of parameters, and with schemas that go
        round, it ends in an error of its own. Then it has no say.
        """
        if _SHARED.search(template):
            return []
        try:
            return self._errors(seen)
        except (KeyError, RecursionError):
            return []

    def _errors(self, seen: Seen) -> list[str]:
        return [_said(error) for error in self._openapi.request_validator.iter_errors(_Request(seen))]


class _Readable:
    """What openapi-core can read.

    It demands what nobody describes or can give, refuses parameters that are read-only, and takes every value of a
    discriminator for the name of a schema.
    """

    def __init__(self, tree: Tree) -> None:
        self._tree = tree

    def of(self, node: Any) -> Any:
        """The same, of a part of the document."""
        if isinstance(node, list):
            return [self.of(item) for item in node if not _is_unspoken(item)]
        if not isinstance(node, dict):
            return node
        made = {key: self.of(value) for key, value in node.items() if not _misleads(key, value)}
        if isinstance(made.get("required"), list) and isinstance(made.get("properties"), dict):
            made["required"] = [
                name for name in made["required"] if self._given(node["properties"].get(name))
            ]
        return made

    def _given(self, node: Any) -> bool:
        """Whether callers give a property."""
        parts = [node, self._tree.behind(node)]
        return node is not None and not any(isinstance(part, dict) and part.get("readOnly") for part in parts)


def _misleads(key: str, value: Any) -> bool:
    is_tag = key == "discriminator" and isinstance(value, dict) and "propertyName" in value
    return is_tag or (key == "readOnly" and value is True)


def _is_unspoken(node: Any) -> bool:
    """Whether a parameter is a header that a document has no say in."""
    return isinstance(node, dict) and node.get("in") == "header" and str(node.get("name")).lower() in UNSPOKEN


def _open(item: Any) -> Any:
    """A path item whose operations ask for no credentials, wherever they are served."""
    if not isinstance(item, dict):
        return item
    return {
        key: {name: each for name, each in value.items() if name not in {"security", "servers"}}
        if key in METHODS and isinstance(value, dict)
        else value
        for key, value in item.items()
        if key != "servers"
    }


def _said(error: BaseException) -> str:
    """An error with what caused it."""
    causes = [error]
    while causes[-1].__cause__ is not None:
        causes.append(causes[-1].__cause__)
    inner = getattr(causes[-1], "schema_errors", ())
    details = "; ".join(str(getattr(each, "message", each))[:120] for each in list(inner)[:3])
    return f"{' < '.join(type(each).__name__ for each in causes)}: {details or causes[-1]}"[:300]
