"""What templates ask of the client and its resources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specwright.emit.code import Code, code, join, literal, name
from specwright.emit.types import Scope
from specwright.plan.ir import Literals, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specwright.plan.ir import Api, Credential, Resource, Server, Variable

CREDENTIALS: Final = {
    "bearer": "Bearer",
    "apiKey": "ApiKey",
    "basic": "Basic",
    "http": "Http",
    "oauth2": "OAuth2",
}
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
    server: Code
    """The method that makes one in tests."""
    http: Code
    """The method that makes its HTTP client there."""
    aside: str


TWINS: Final = (
    Twin(
        code(""),
        code("def"),
        code(""),
        name("SyncResource"),
        name("SyncApiClient"),
        name("ClientOptions"),
        name("client"),
        name("http_client"),
        "",
    ),
    Twin(
        code("Async"),
        code("async def"),
        code("await "),
        name("AsyncResource"),
        name("AsyncApiClient"),
        name("AsyncClientOptions"),
        name("async_client"),
        name("async_http_client"),
        ", for `async` code",
    ),
)


def arguments(credentials: Iterable[Credential], twin: Twin) -> list[Code]:
    """The client's arguments for its credentials, as its signature has them."""
    return [
        code(
            "{}: {} | None = None", name(argument), code("{}Token", twin.prefix) if is_token else name("str")
        )
        for credential in credentials
        for argument, is_token in zip(credential.arguments, _tokens(credential), strict=True)
    ] + [
        code("{}: Sequence[str] = ()", name(SCOPES))
        for _ in [credential for credential in credentials if credential.kind == "oauth2"][:1]
    ]


SCOPES: Final = "scopes"
"""The client's argument for the scopes of tokens that it asks for."""


def _tokens(credential: Credential) -> list[bool]:
    """Of each argument of a credential: whether it may be a function that gives a token."""
    holds = credential.kind in {"bearer", "oauth2"}
    return [holds and not number for number, _ in enumerate(credential.arguments)]


def variables(api: Api) -> list[Code]:
    """The client's arguments for the variables of the server."""
    return [_variable(variable) for variable in (api.server.variables if api.server else ())]


def _variable(variable: Variable) -> Code:
    kind = Literals(variable.values) if variable.values else Scalar("str")
    return code("{}: {} = {}", name(variable.name), _PLAIN.spell(kind), literal(variable.default))


_PLAIN: Final = Scope("inputs")


def base_url(api: Api) -> Code:
    """The argument for the base URL, with its default where there is one."""
    if api.server is None:
        return code("base_url: str")
    if api.server.variables:
        return code("base_url: str | None = None")
    return code("base_url: str = {}", literal(api.server.url))


def made_of(api: Api) -> Code:
    """What the runtime makes a client of: the base URL, the credentials, the options, and what tells of the server."""
    said = [name("base_url"), credentials(api), name("options")]
    if api.server is not None and api.server.variables:
        said.append(code("server={}", server(api.server, given=True)))
    return join(", ", said)


def server(found: Server, *, given: bool = False) -> Code:
    """A server as the runtime takes it; its variables are `given` to the client, or at their defaults."""
    said = [literal(found.url)]
    if found.variables:
        items = (
            code(
                "{}: {}", literal(variable.wire), name(variable.name) if given else literal(variable.default)
            )
            for variable in found.variables
        )
        said.append(code("{{{}}}", join(", ", items)))
    if found.instead_of is not None:
        said.append(code("instead_of={}", literal(found.instead_of)))
    return code("Server({})", join(", ", said))


def credentials(api: Api) -> Code:
    """The credentials as the runtime takes them, under their schemes' names."""
    return code("{{{}}}", join(", ", map(_credential, api.credentials)))


_OAUTH2_ENVS: Final = ("env", "client_id_env", "client_secret_env")


def _credential(item: Credential) -> Code:
    given = [part for argument in item.arguments for part in (literal(argument), name(argument))]
    match item.kind:
        case "bearer":
            given += [code("env={}", literal(variable)) for variable in item.env.values()]
        case "apiKey":
            given += [code("name={}", literal(item.wire)), code("location={}", literal(item.location))]
            given += [code("env={}", literal(variable)) for variable in item.env.values()]
        case "http":
            given.append(code("scheme={}", literal(item.wire)))
            given += [code("env={}", literal(variable)) for variable in item.env.values()]
        case "oauth2":
            given += [code("token_url={}", literal(item.wire)), code("scopes={}", name(SCOPES))]
            variables = zip(_OAUTH2_ENVS, map(item.env.get, item.arguments), strict=True)
            given += [
                code("{}={}", name(word), literal(variable)) for word, variable in variables if variable
            ]
        case "basic":
            variables = zip(("username_env", "password_env"), map(item.env.get, item.arguments), strict=True)
            given += [
                code("{}={}", name(word), literal(variable)) for word, variable in variables if variable
            ]
    return code("{}: {}({})", literal(item.scheme), name(CREDENTIALS[item.kind]), join(", ", given))


def resource_class(resource: Resource, twin: Twin) -> Code:
    """The class of a resource."""
    return name(resource.twin if twin.prefix else resource.name)


def response_class(resource: Resource, twin: Twin) -> Code:
    """The class of a resource whose methods give whole answers."""
    return name(resource.twin_responses if twin.prefix else resource.responses)
