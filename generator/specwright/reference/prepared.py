"""The requests of one operation, as the client of its package prepares them."""

from __future__ import annotations

import os
import sys
from base64 import b64encode
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Self

from specwright.emit.filters.operations import operations
from specwright.reference.masks import Covering, Mask, mark, revealed
from specwright.reference.packaged import imported
from specwright.reference.sending import Sent, received

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from specwright.plan.ir import Api, Credential, Operation
    from specwright.problems import Problem
    from specwright.runtime.issues import Issue


@dataclass(frozen=True, slots=True)
class Ready:
    """A request that can be sent. Secrets are in it as marks, which `masks` tell."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    content: bytes | None
    masks: tuple[Mask, ...]
    key: str = ""
    """The header of an idempotency key that was made for this request alone; "" where there is none."""


class Prepared:
    """One operation, with the package that makes its requests; for a `with`."""

    def __init__(self, api: Api, method: str, path: str, problems: tuple[Problem, ...]) -> None:
        self.api = api
        self.operation: Operation = next(
            found for found in operations(api) if (found.method, found.path) == (method, path)
        )
        self.problems = problems
        self._package = imported(api)
        self._client: Any = None

    def __enter__(self) -> Self:
        package = self._package.__enter__()
        self._client = import_module(f"{package.__name__}.client")
        self._errors = import_module(f"{package.__name__}.errors")
        self._types = import_module(f"{package.__name__}._runtime.types")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._package.__exit__(kind, error, traceback)

    def variables(self) -> dict[str, str]:
        """The environment variable of each argument for a credential."""
        return variables(self.api)

    def ready(self, values: Mapping[str, Any], base_url: str | None) -> tuple[Ready | None, list[Issue]]:
        """The request of some values, by the names of the arguments; or what is wrong with them.

        Raises:
            ValueError: The base URL can't be used, or a value can't be sent.
        """
        given, masks = marked(self.api)
        # Checked is what is sent; shown are marks, which need not be what the document wants there.
        with self._made(given, base_url) as client:
            try:
                self._prepared(client, revealed(values, strict=False))
                return self._shown(values, base_url, given, masks), []
            except self._errors.RequestInvalid as error:
                return None, list(error.issues)

    def draft(self, values: Mapping[str, Any], base_url: str | None) -> Ready | None:
        """The request of values with which something may be wrong; None where it can't be written down.

        Raises:
            ValueError: The base URL can't be used.
        """
        try:
            return self._shown(values, base_url, *marked(self.api))
        except (self._errors.RequestInvalid, TypeError):
            return None

    def _shown(
        self,
        values: Mapping[str, Any],
        base_url: str | None,
        given: Mapping[str, str],
        masks: tuple[Mask, ...],
    ) -> Ready:
        """A request with marks in the place of secrets, unchecked."""
        covering = Covering(self.operation.secrets)
        covered = covering.covered(values)
        with self._made(given, base_url, check_requests="off") as showing:
            request = self._prepared(showing, covered)
        return written(request, (*masks, *covering.masks), own_key(self.operation, values))

    def send(self, values: Mapping[str, Any], base_url: str | None, timeout: float | None) -> Sent:
        """What a server answers to the request of some values, with the credentials of the environment.

        Raises:
            ValueError: As `ready`; or a credential of the environment can't be sent.
        """
        given = {
            name: os.environ[variable]
            for name, variable in self.variables().items()
            if os.environ.get(variable)
        }
        options = {} if timeout is None else {"timeout": timeout}
        with self._made(given, base_url, **options) as client:
            try:
                request = self._prepared(client, revealed(values))
                return received(client, request, list(given.values()), self._errors.ApiError)
            except self._errors.RequestInvalid as error:
                return Sent(issues=tuple(error.issues), problem="The request was not sent.")
            except self._errors.MissingCredentials:
                names = ", ".join(f"`{name}`" for name in self.variables().values())
                return Sent(problem=f"It needs a credential: set the environment variable {names}.")

    def _prepared(self, client: Any, values: Mapping[str, Any]) -> Any:
        """The request, as the client of the package prepares it."""
        return called(client, self._client, self.operation, values, self._types.OMIT)

    def _made(self, given: Mapping[str, str], base_url: str | None, **options: Any) -> Any:
        """A client, which calls itself as that of the package does."""
        where = {"base_url": base_url} if base_url is not None or self.api.server is None else {}
        client = self._client.Client(**given, **where, **options)
        introduced(client, self.api)
        return client


def called(client: Any, module: Any, operation: Operation, values: Mapping[str, Any], omit: Any) -> Any:
    """The request of an operation that a module has, as its client prepares it; what is not given is `omit`."""
    omitted = {argument.name: omit for argument in operation.arguments}
    build = getattr(module, f"_{operation.builder}")
    return client._prepared(build(**{**omitted, **values}), {})  # noqa: SLF001 -- what sending does first


def written(request: Any, masks: tuple[Mask, ...], key: str) -> Ready:
    """A request of a client as it is shown; a body that is sent in pieces is put together."""
    content = request.content
    if content is not None and not isinstance(content, bytes):
        content = b"".join(content.pieces())
    return Ready(request.method, request.url, tuple(request.headers.values()), content, masks, key)


def variables(api: Api) -> dict[str, str]:
    """The environment variable of each argument for a credential."""
    prefix = api.package.module.upper()
    return {
        argument: item.env.get(argument, f"{prefix}_{argument}".upper())
        for item in api.credentials
        for argument in item.arguments
    }


def introduced(client: Any, api: Api) -> None:
    """Have a client call itself as that of the package does."""
    package, setup = api.package, client._setup  # noqa: SLF001 -- what the client was made with
    product = sys.modules[type(setup).__module__].product
    setup.user_agent = product(package.module.replace("_", "-"), package.version)


def marked(api: Api) -> tuple[dict[str, str], tuple[Mask, ...]]:
    """A mark for each credential, and what they stand for."""
    given: dict[str, str] = {}
    masks: list[Mask] = []
    for item in api.credentials:
        names = item.arguments[:1] if item.kind == "oauth2" else item.arguments
        marks = {name: mark() for name in names}
        given |= marks
        masks += _masks(item, marks, variables(api))
    return given, tuple(masks)


def _masks(item: Credential, marks: Mapping[str, str], variables: Mapping[str, str]) -> list[Mask]:
    """What the marks of a credential look like in a request."""
    if item.kind == "basic":
        username, password = item.arguments
        pair = b64encode(f"{marks[username]}:{marks[password]}".encode()).decode("ascii")
        return [Mask(pair, (variables[username], variables[password]))]
    return [Mask(mark, (variables[name],)) for name, mark in marks.items()]


def own_key(operation: Operation, values: Mapping[str, Any]) -> str:
    """The header of the idempotency key of a request; "" where it has none, or its caller gave one."""
    header = operation.idempotency.lower()
    given = {
        each.wire.lower() for each in operation.arguments if each.location == "header" and each.name in values
    }
    return "" if header in given else operation.idempotency
