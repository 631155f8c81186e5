"""Where a client is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import libcst as cst
from libcst.helpers import get_full_name_for_node

from specwright.migrate.calling import BOTH
from specwright.migrate.draft import LeftError
from specwright.migrate.spelling import called

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from specwright.migrate.draft import Draft
    from specwright.migrate.sites import Made

_SAME: Final = frozenset({"base_url", "follow_redirects"})
_GONE: Final = frozenset({"auth_header_name", "prefix", "raise_on_unexpected_status"})
"""What the document says now; every status that is no success is raised."""
_HTTP: Final[Mapping[str, str]] = {
    "cookies": "give `http_client=httpx2.Client(cookies=…)`",
    "headers": "give `http_client=httpx2.Client(headers=…)`, or `extra_headers` with each call",
    "httpx_args": "give `http_client=httpx2.Client(…)`",
    "verify_ssl": "give `http_client=httpx2.Client(verify=…)`",
}
"""What the client's own HTTP client takes now."""
_PHASES: Final[Mapping[str, str]] = {"connect": "connect", "read": "read"}
_ORDER: Final = ("base_url", "token", "prefix", "auth_header_name")


def decide(draft: Draft, site: Made) -> None:
    """Decide what becomes of a client that is made.

    Raises:
        LeftError: Something that it is made with has no place in the new one.
    """
    if site.cell.has("async") and site.cell.has("sync"):
        raise LeftError(BOTH)
    given = _given(site)
    if "token" not in given and getattr(site.reference.target, "name", "") == "AuthenticatedClient":
        raise LeftError("no token is given")
    parts: list[tuple[str, Callable[[Any], cst.BaseExpression]]] = []
    for name, argument in given.items():
        if name == "token":
            parts.append((_credential(draft, given), _taken(site, argument)))
        elif name in _SAME:
            parts.append((name, _taken(site, argument)))
        elif name == "timeout":
            parts.append((name, _timeout(draft, site, argument)))
        elif name in _HTTP:
            raise LeftError(f"a client has no `{name}` now: {_HTTP[name]}")
        elif name not in _GONE:
            raise LeftError(f"a client has no `{name}`")
    local = draft.new(site.reference.by, "AsyncClient" if site.cell.has("async") else "Client")

    def edit(new: Any) -> cst.BaseExpression:
        equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
        made = [cst.Arg(part(new), keyword=cst.Name(name), equal=equal) for name, part in parts]
        return called(cst.Name(local), made, site.node)

    draft.done(site.reference, site.node, edit)


def _given(site: Made) -> dict[str, cst.Arg]:
    found: dict[str, cst.Arg] = {}
    for number, argument in enumerate(site.node.args):
        if argument.star:
            raise LeftError(f"what `{argument.star}` gives is not known")
        name = argument.keyword.value if argument.keyword else "".join(_ORDER[number : number + 1])
        found[name] = argument
    return found


def _taken(site: Made, argument: cst.Arg) -> Callable[[Any], cst.BaseExpression]:
    position = next(number for number, one in enumerate(site.node.args) if one is argument)

    def part(new: Any) -> cst.BaseExpression:
        value: cst.BaseExpression = new.args[position].value
        return value

    return part


def _credential(draft: Draft, given: Mapping[str, cst.Arg]) -> str:
    """The client's argument for what was the token."""
    prefix = _said(given.get("prefix"), "Bearer")
    header = _said(given.get("auth_header_name"), "Authorization")
    for credential in draft.api.credentials:
        if credential.kind in {"bearer", "oauth2"} and (prefix, header) == ("Bearer", "Authorization"):
            return credential.arguments[0]
        is_key = credential.kind == "apiKey" and credential.location == "header" and not prefix
        if is_key and credential.wire.lower() == header.lower():
            return credential.arguments[0]
        is_scheme = credential.kind == "http" and header == "Authorization"
        if is_scheme and credential.wire.lower() == prefix.lower():
            return credential.arguments[0]
    shown = f"{header}: {prefix} …" if prefix else f"{header}: …"
    raise LeftError(f"the document has no credential that is sent as `{shown}`")


def _said(argument: cst.Arg | None, otherwise: str) -> str:
    if argument is None:
        return otherwise
    if isinstance(argument.value, cst.SimpleString):
        return str(argument.value.evaluated_value)
    raise LeftError("what its token is sent with is not written here")


def _timeout(draft: Draft, site: Made, argument: cst.Arg) -> Callable[[Any], cst.BaseExpression]:
    """The same limits: each for its phase, and none for the whole."""
    value = argument.value
    taken = _taken(site, argument)
    if isinstance(value, cst.Name) and value.value == "None":
        return taken
    name = draft.new(site.reference.by, "Timeout")
    if isinstance(value, cst.Integer | cst.Float):
        return lambda new: _limits(name, {"connect": taken(new), "read": taken(new)})
    function = get_full_name_for_node(value.func) if isinstance(value, cst.Call) else None
    if not isinstance(value, cst.Call) or function not in {"Timeout", "httpx.Timeout"}:
        raise LeftError(
            "its timeout is made elsewhere: it is a `Timeout` of the new package, or a number of seconds for all"
        )
    phases = dict(_phases(value))
    every = phases.pop("", None)
    if set(phases) - {"connect", "read", "write", "pool"} or (
        every is None and set(phases) != {"connect", "pool", "read", "write"}
    ):
        raise LeftError("what its timeout says can't be read")
    if isinstance(every, cst.Tuple):
        raise LeftError("what its timeout says can't be read")
    said = {phase: phases.get(phase, every) for phase in _PHASES}
    return lambda _: _limits(name, {phase: part for phase, part in said.items() if part is not None})


def _phases(value: cst.Call) -> Iterator[tuple[str, cst.BaseExpression]]:
    for argument in value.args:
        name = argument.keyword.value if argument.keyword else ""
        yield ("" if name == "timeout" else name), argument.value


def _limits(name: str, parts: Mapping[str, cst.BaseExpression]) -> cst.Call:
    equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    said = {**parts, "total": cst.Name("None")}
    return cst.Call(
        cst.Name(name), [cst.Arg(value, keyword=cst.Name(key), equal=equal) for key, value in said.items()]
    )
