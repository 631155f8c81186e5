"""Where a client is made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import libcst as cst
from libcst import matchers
from libcst.helpers import get_full_name_for_node

from specwright.migrate.calling import BOTH
from specwright.migrate.draft import KeptError, LeftError, shown
from specwright.migrate.spelling import called

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from specwright.migrate.draft import Draft
    from specwright.migrate.sites import Made

    _Part = tuple[str, Callable[[Any], cst.BaseExpression]]
    """An argument: what it is called, and what gives its value, of the call whose parts are in their new form."""

_SAME: Final = frozenset({"base_url", "follow_redirects"})
_GONE: Final = frozenset({"auth_header_name", "prefix", "raise_on_unexpected_status"})
"""What the document says now; every status that is no success is raised."""
_HTTP: Final[Mapping[str, str]] = {"cookies": "cookies", "headers": "headers", "verify_ssl": "verify"}
"""What the client's own HTTP client takes now, and what it is called there."""
_HTTPX_ARGS: Final = "httpx_args"
_CARRIED: Final = frozenset({"http1", "http2", "proxy", "trust_env"})
"""What may be in them that means the same in httpx2, of values that are none of httpx's."""
_BOOLEANS: Final = frozenset({"False", "True"})
_STAYS_OPEN: Final = "its HTTP client is made here now, and is not closed with it: close that, too"
_PHASES: Final[Mapping[str, str]] = {"connect": "connect", "read": "read"}
_ORDER: Final = ("base_url", "token", "prefix", "auth_header_name")


def decide(draft: Draft, site: Made) -> None:
    """Decide what becomes of a client that is made.

    Raises:
        LeftError: Something that it is made with has no place in the new one.
    """
    if site.problem:
        raise LeftError(site.problem)
    if site.cell.has("async") and site.cell.has("sync"):
        raise LeftError(BOTH)
    given = _given(site)
    if "token" not in given and getattr(site.reference.target, "name", "") == "AuthenticatedClient":
        raise LeftError("no token is given")
    parts: list[_Part] = []
    http: list[_Part] = []
    for name, argument in given.items():
        if name in _HTTP:
            http.append((_HTTP[name], _of_http(site, name, argument)))
        elif name == _HTTPX_ARGS:
            http += _carried(argument)
        elif name not in _GONE:
            parts.append(_part(draft, site, given, name))
    why = site.cell.kept()
    if why is not None:
        raise KeptError(shown(site.node), why)
    called_now = "AsyncClient" if site.cell.has("async") else "Client"
    local = draft.new(site.reference.by, called_now)
    if http:
        inner = draft.new(site.reference.by, called_now, "httpx2")
        parts.append(("http_client", lambda new: cst.Call(cst.Name(inner), _arguments(http, new))))
        draft.notes.append((site.node, _STAYS_OPEN))
    draft.done(
        site.reference,
        site.node,
        lambda new: called(cst.Name(local), _arguments(parts, new), site.node),
    )


def _arguments(parts: Sequence[_Part], new: Any) -> list[cst.Arg]:
    equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    return [cst.Arg(part(new), keyword=cst.Name(name), equal=equal) for name, part in parts]


def _part(draft: Draft, site: Made, given: Mapping[str, cst.Arg], name: str) -> _Part:
    """What the new client is given of what the old one was.

    Raises:
        LeftError: It has no place in the new one.
    """
    if name == "token":
        return _credential(draft, given), _taken(site, given[name])
    if name == "timeout":
        return name, _timeout(draft, site, given[name])
    if name in _SAME:
        return name, _taken(site, given[name])
    raise LeftError(f"a client has no `{name}`")


def _of_http(site: Made, name: str, argument: cst.Arg) -> Callable[[Any], cst.BaseExpression]:
    """What the HTTP client is given of what the client was.

    Raises:
        LeftError: It may be something that httpx2 does not take.
    """
    is_boolean = isinstance(argument.value, cst.Name) and argument.value.value in _BOOLEANS
    if name == "verify_ssl" and not is_boolean:
        raise LeftError(
            "a client has no `verify_ssl` now: give `http_client=httpx2.Client(verify=…)`, of an `ssl.SSLContext`"
        )
    return _taken(site, argument)


def _carried(argument: cst.Arg) -> Iterator[_Part]:
    """What stands in `httpx_args`.

    Raises:
        LeftError: That is not known, or is about objects of httpx.
    """
    elements = argument.value.elements if isinstance(argument.value, cst.Dict) else ()
    known = [
        (str(element.key.evaluated_value), element.value)
        for element in elements
        if isinstance(element, cst.DictElement) and isinstance(element.key, cst.SimpleString)
    ]
    names = {name for name, _ in known}
    uses_httpx = any(matchers.findall(value, matchers.Name("httpx")) for _, value in known)
    if len(known) != len(elements) or not known or not names <= _CARRIED or uses_httpx:
        raise LeftError("a client has no `httpx_args` now: give `http_client=httpx2.Client(…)`")
    for name, value in known:
        yield name, partial(_same, value)


def _same(value: cst.BaseExpression, _new: Any) -> cst.BaseExpression:
    return value


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
    basic = next((one for one in draft.api.credentials if one.kind == "basic"), None)
    if basic is not None and (prefix.lower(), header) == ("basic", "Authorization"):
        names = " and ".join(f"`{name}=`" for name in basic.arguments)
        raise LeftError(f"the client takes {names} now, and makes of them what its token was")
    shown = f"{header}: {prefix} …" if prefix else f"{header}: …"
    raise LeftError(
        f"the document has no credential that is sent as `{shown}`; describe it there, or give the header "
        "to its HTTP client: `http_client=httpx2.Client(headers=…)`"
    )


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
    said = {**parts, "total": cst.Name("None")}
    return cst.Call(
        cst.Name(name), _arguments([(key, partial(_same, value)) for key, value in said.items()], None)
    )
