"""Security schemes -> the credentials that a client takes, by name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from specwright.config import written_at
from specwright.plan.ir import Credential, Doc
from specwright.plan.names import Wish
from specwright.problems import Refused, problem, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specwright.config import Config
    from specwright.document import Document
    from specwright.plan.ir import Kind

SOLE: Final[Mapping[str, tuple[str, ...]]] = {
    "bearer": ("token",),
    "apiKey": ("api_key",),
    "basic": ("username", "password"),
    "oauth2": ("token", "client_id", "client_secret"),
}
"""The arguments of a scheme that is the only one of its kind; one of a kind that isn't here is called by its name."""

_TOKENS: Final = frozenset({"bearer", "oauth2"})
"""Kinds whose first argument is a token: of both together there may be one that is the only one."""

NAMED: Final = ("",)
"""The arguments of a scheme of another kind: one, which is called as the scheme."""

KINDS: Final[Mapping[str, Kind]] = {"bearer": "bearer", "basic": "basic"}
"""The kind of an HTTP authentication scheme; of those that aren't here, callers give what stands behind the scheme's name."""

_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)
"""The name of an authentication scheme (RFC 9110, section 11.1)."""


def kind(scheme: Mapping[str, Any]) -> Kind | None:
    """What kind of credential a scheme asks for; None if a client has no argument for it (OpenAPI 3.2, section 4.27)."""
    match scheme.get("type"):
        case "http":
            name = scheme.get("scheme", "").lower()
            return KINDS.get(name, "http") if _TOKEN.fullmatch(name) else None
        case "oauth2" if token_url(scheme):
            return "oauth2"
        case "oauth2" | "openIdConnect":
            return "bearer"  # an access token is sent as one (RFC 6750, section 2.1)
        case "apiKey":
            return "apiKey" if scheme.get("name") and "in" in scheme else None
        case _:
            return None


def token_url(scheme: Mapping[str, Any]) -> str:
    """Where a client gets a token with its own credentials (OpenAPI 3.2, section 4.29); "" where it does not."""
    url: str = scheme.get("flows", {}).get("clientCredentials", {}).get("tokenUrl", "")
    return url


def is_met_by_connection(scheme: Mapping[str, Any]) -> bool:
    """Whether the connection says who is calling, by a certificate of the caller's own HTTP client."""
    return scheme.get("type") == "mutualTLS"


def demanded(document: Document, security: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, ...], ...]:
    """The alternatives of an operation, each the schemes that need a credential; an empty one needs none."""
    schemes = _schemes(document)
    every = tuple(
        tuple(name for name in alternative if not is_met_by_connection(schemes.get(name, {})))
        for alternative in security
    )
    # An alternative with a scheme that nobody describes can't be met. Where none is left, they stay: a call is then
    # refused for want of credentials, and never sent without.
    met = tuple(names for names in every if all(kind(schemes.get(name, {})) for name in names))
    return met or every


def _schemes(document: Document) -> dict[str, Mapping[str, Any]]:
    schemes = document.root.get("components", {}).get("securitySchemes", {})
    return {name: document.target(scheme) for name, scheme in schemes.items()}


def _group(scheme: Mapping[str, Any]) -> str | None:
    """The kind of a scheme, as far as its arguments are called by it."""
    found = kind(scheme)
    return "bearer" if found in _TOKENS else found


def wishes(document: Document) -> Iterator[Wish]:
    """The names of the client's arguments."""
    schemes = {name: scheme for name, scheme in _schemes(document).items() if kind(scheme)}
    for name, scheme in schemes.items():
        of_kind = [other for other in schemes.values() if _group(other) == _group(scheme)]
        words = SOLE.get(kind(scheme) or "", NAMED)
        for word in words:
            sole = len(of_kind) == 1 and word
            by_scheme = len(words) == 1 or word == "token"
            text = word if sole else name if by_scheme else f"{name} {word}"
            yield Wish(f"credential {name} {word}", "client arguments", text, "snake", "credential")


def credentials(document: Document, config: Config, names: Mapping[str, str]) -> tuple[Credential, ...]:
    """The credentials, in the order of the document. Their environment variables are named by the config alone."""
    planned: list[Credential] = []
    known = [names[key] for key in names if key.startswith("credential ")]
    for argument in config.env.keys() - set(known):
        hint = f"It has {', '.join(map(quoted, known))}." if known else "The document has no credentials."
        raise Refused(
            [
                problem(
                    "env-unknown",
                    written_at(config, "env", argument),
                    f"the client has no argument {quoted(argument)}",
                    hint,
                )
            ]
        )
    for name, scheme in _schemes(document).items():
        kind_ = kind(scheme)
        if kind_ is None:
            continue
        arguments = tuple(names[f"credential {name} {word}"] for word in SOLE.get(kind_, NAMED))
        planned.append(
            Credential(
                scheme=name,
                kind=kind_,
                arguments=arguments,
                env={argument: config.env[argument] for argument in arguments if argument in config.env},
                wire=_wire(kind_, scheme),
                location=scheme.get("in", ""),
                doc=Doc(scheme.get("description", "")),
            )
        )
    return tuple(planned)


def _wire(kind_: Kind, scheme: Mapping[str, Any]) -> str:
    match kind_:
        case "http":
            name: str = scheme.get("scheme", "")
        case "oauth2":
            name = token_url(scheme)
        case _:
            name = scheme.get("name", "")
    return name
