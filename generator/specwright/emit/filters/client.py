"""What templates ask of the client and its resources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specwright.emit.code import Code, code, join, literal, name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specwright.plan.ir import Api, Credential, Resource

CREDENTIALS: Final = {"bearer": "Bearer", "apiKey": "ApiKey", "basic": "Basic"}
"""The class of the runtime for a kind of credential."""


@dataclass(frozen=True, slots=True)
class Twin:
    """How the one for plain code and the one for `async` code differ; templates write both from one source."""

    prefix: Code
    define: Code
    wait: Code
    resource: Code
    client: Code
    options: Code
    aside: str


TWINS: Final = (
    Twin(
        code(""),
        code("def"),
        code(""),
        name("SyncResource"),
        name("SyncApiClient"),
        name("ClientOptions"),
        "",
    ),
    Twin(
        code("Async"),
        code("async def"),
        code("await "),
        name("AsyncResource"),
        name("AsyncApiClient"),
        name("AsyncClientOptions"),
        ", for `async` code",
    ),
)


def arguments(credentials: Iterable[Credential]) -> list[Code]:
    """The client's arguments for its credentials."""
    return [name(argument) for credential in credentials for argument in credential.arguments]


def base_url(api: Api) -> Code:
    """The default of the base URL, where there is one."""
    return code("") if api.base_url is None else code(" = {}", literal(api.base_url))


def credentials(api: Api) -> Code:
    """The credentials as the runtime takes them, under their schemes' names."""
    return code("{{{}}}", join(", ", map(_credential, api.credentials)))


def _credential(item: Credential) -> Code:
    given = [part for argument in item.arguments for part in (literal(argument), name(argument))]
    match item.kind:
        case "bearer":
            given += [code("env={}", literal(variable)) for variable in item.env.values()]
        case "apiKey":
            given += [code("name={}", literal(item.wire)), code("location={}", literal(item.location))]
            given += [code("env={}", literal(variable)) for variable in item.env.values()]
        case "basic":
            variables = zip(("username_env", "password_env"), map(item.env.get, item.arguments), strict=True)
            given += [
                code("{}={}", name(word), literal(variable)) for word, variable in variables if variable
            ]
    return code("{}: {}({})", literal(item.scheme), name(CREDENTIALS[item.kind]), join(", ", given))


def resource_class(resource: Resource, twin: Twin) -> Code:
    """The class of a resource."""
    return name(resource.twin if twin.prefix else resource.name)
