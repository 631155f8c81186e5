"""Security schemes -> the credentials that a client takes, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.plan.ir import Credential, Doc
from specwright.plan.names import Wish
from specwright.problems import Refused, problem, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.config import Config
    from specwright.document import Document

SOLE: Final[Mapping[str, tuple[str, ...]]] = {
    "bearer": ("token",),
    "apiKey": ("api_key",),
    "basic": ("username", "password"),
}
"""The arguments of a scheme that is the only one of its kind."""


def kind(scheme: Mapping[str, Any]) -> str | None:
    """`bearer`, `apiKey` or `basic`; None for what a client has no argument for (OpenAPI 3.2, section 4.28)."""
    match scheme.get("type"):
        case "http":
            name = scheme.get("scheme", "").lower()
            return name if name in {"bearer", "basic"} else None
        case "oauth2" | "openIdConnect":
            return "bearer"  # an access token is sent as one (RFC 6750, section 2.1)
        case "apiKey":
            return "apiKey"
        case _:
            return None


def _schemes(document: Document) -> dict[str, Mapping[str, Any]]:
    schemes = document.root.get("components", {}).get("securitySchemes", {})
    return {name: document.target(scheme) for name, scheme in schemes.items()}


def wishes(document: Document) -> Iterator[Wish]:
    """The names of the client's arguments."""
    schemes = {name: scheme for name, scheme in _schemes(document).items() if kind(scheme)}
    for name, scheme in schemes.items():
        of_kind = [other for other in schemes.values() if kind(other) == kind(scheme)]
        words = SOLE[kind(scheme) or ""]
        for word in words:
            text = word if len(of_kind) == 1 else name if len(words) == 1 else f"{name} {word}"
            yield Wish(f"credential {name} {word}", "client arguments", text, "snake", "credential")


def credentials(document: Document, config: Config, names: Mapping[str, str]) -> tuple[Credential, ...]:
    """The credentials, in the order of the document. Their environment variables are named by the config alone."""
    planned: list[Credential] = []
    known = [names[key] for key in names if key.startswith("credential ")]
    for argument in config.env.keys() - set(known):
        hint = f"It has {', '.join(map(quoted, known))}." if known else "The document has no credentials."
        raise Refused([problem("env-unknown", None, f"the client has no argument {quoted(argument)}", hint)])
    for name, scheme in _schemes(document).items():
        kind_ = kind(scheme)
        if kind_ is None:
            continue
        arguments = tuple(names[f"credential {name} {word}"] for word in SOLE[kind_])
        planned.append(
            Credential(
                scheme=name,
                kind=kind_,  # type: ignore[arg-type]
                arguments=arguments,
                env={argument: config.env[argument] for argument in arguments if argument in config.env},
                wire=scheme.get("name", ""),
                location=scheme.get("in", ""),
                doc=Doc(scheme.get("description", "")),
            )
        )
    return tuple(planned)
