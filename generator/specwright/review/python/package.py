"""The package as a whole: what it is called, how a client is made, what is raised, and the functions beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.document.tree import escape
from specwright.emit.docs import of_webhook
from specwright.emit.filters.operations import operations
from specwright.plan.ir import Literals, Scalar
from specwright.problems import counted
from specwright.review.python import spelling
from specwright.review.python.making import Origin, Said, change, reworded
from specwright.review.python.types import options

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from specwright.plan.ir import Api, Credential, Type, Variable
    from specwright.review.findings import PythonChange
    from specwright.review.python.comparing import Comparing
    from specwright.review.python.sides import Side

NOWHERE = Origin("", "")
SERVERS: Final = "#/servers"
AT_SERVERS = Origin(SERVERS, SERVERS)


def of_package(comparing: Comparing) -> Iterator[PythonChange]:
    """Its name, its layout, and what it says of itself."""
    old, new = comparing.pairs.old, comparing.pairs.new
    was, now = old.api.package, new.api.package
    if was.module != now.module:
        said = Said(f"import {was.module}", f"import {now.module}")
        yield change("py-module-renamed", was.module, said, NOWHERE)
    if old.layout.kind != new.layout.kind and old.api.resources:
        example = old.api.resources[0].name
        said = Said(
            *(f"from {side.api.package.module}.{_home(side)} import {example}" for side in (old, new))
        )
        yield change("py-layout-changed", _home(old), said, NOWHERE)
    yield from reworded(
        now.module,
        f"{was.title} {was.summary or was.doc.text}",
        f"{now.title} {now.summary or now.doc.text}",
        NOWHERE,
    )


def _home(side: Side) -> str:
    """The module that the classes of resources are in."""
    return "resources" if side.layout.kind == "folders" else "client"


# --- the client -------------------------------------------------------------------------------------------------


def of_client(comparing: Comparing) -> Iterator[PythonChange]:
    """The arguments that a client is made with."""
    old, new = comparing.pairs.old.api, comparing.pairs.new.api
    was, now = spelling.client_arguments(old), spelling.client_arguments(new)
    known = _identities(old)
    before = {name: known[mark] for name, mark in _reversed(_identities(new)).items() if mark in known}
    before |= {
        name: name for name in now if name in was and name not in before and name not in before.values()
    }
    went, came = _origins(old), _origins(new)
    for name, text in now.items():
        if name not in before:
            origin = Origin("", came[name])
            yield change("py-client-argument-added", f"Client({name}=)", Said(None, text), origin)
        elif before[name] != name:
            said, origin = Said(was[before[name]], text), Origin(went[before[name]], came[name])
            yield change("py-client-argument-renamed", f"Client({before[name]}=)", said, origin)
    for name, text in was.items():
        if name not in before.values():
            origin = Origin(went[name], "")
            yield change("py-client-argument-removed", f"Client({name}=)", Said(text, None), origin)
    yield from _of_base_url(old, new)
    yield from _of_variables(comparing, old, new)
    yield from _of_credentials(old, new)
    yield from _of_demands(old, new)


def _origins(api: Api) -> Mapping[str, str]:
    """By the name of each argument: where in the document stands what it is for."""
    names = {name: _scheme(item) for item in api.credentials for name in item.arguments}
    return {name: names.get(name, SERVERS) for name in spelling.client_arguments(api)}


def _scheme(credential: Credential) -> str:
    return f"#/components/securitySchemes/{escape(credential.scheme)}"


def _identities(api: Api) -> dict[tuple[str, str, int], str]:
    """By what each argument is for: its name."""
    credentials = {
        ("credential", item.scheme, number): name
        for item in api.credentials
        for number, name in enumerate(item.arguments)
    }
    return credentials | {("variable", item.wire, 0): item.name for item in _variables(api)}


def _reversed(names: Mapping[tuple[str, str, int], str]) -> dict[str, tuple[str, str, int]]:
    return {name: mark for mark, name in names.items()}


def _variables(api: Api) -> tuple[Variable, ...]:
    return api.server.variables if api.server is not None else ()


def _of_base_url(old: Api, new: Api) -> Iterator[PythonChange]:
    said = Said(*(spelling.client_arguments(api)["base_url"] for api in (old, new)))
    symbol = "Client(base_url=)"
    if old.server is not None and new.server is None:
        yield change("py-client-argument-required", symbol, said, Origin(SERVERS, ""))
    elif old.server is None and new.server is not None:
        yield change("py-client-argument-optional", symbol, said, Origin("", SERVERS))
    elif old.server is not None and new.server is not None and old.server.url != new.server.url:
        urls = Said(old.server.url, new.server.url)
        yield change("py-client-default-changed", symbol, urls, AT_SERVERS)


def _of_variables(comparing: Comparing, old: Api, new: Api) -> Iterator[PythonChange]:
    before = {item.wire: item for item in _variables(old)}
    for now in _variables(new):
        was = before.get(now.wire)
        if was is None:
            continue
        texts = Said(spelling.client_arguments(old)[was.name], spelling.client_arguments(new)[now.name])
        verdict = comparing.compare(_of_variable(was), _of_variable(now), "inputs")
        rules = {"narrowed": "narrowed", "changed": "narrowed", "widened": "widened"}
        if verdict != "same":
            rule = f"py-client-argument-{rules[verdict]}"
            yield change(rule, f"Client({now.name}=)", texts, AT_SERVERS)
        if was.default != now.default:
            yield change("py-client-default-changed", f"Client({now.name}=)", texts, AT_SERVERS)


def _of_variable(variable: Variable) -> Type:
    return Literals(variable.values) if variable.values else Scalar("str")


def _of_credentials(old: Api, new: Api) -> Iterator[PythonChange]:
    before = {item.scheme: item for item in old.credentials}
    for now in new.credentials:
        was = before.get(now.scheme)
        if was is not None and _sent(was) != _sent(now):
            said = Said(" ".join(filter(None, _sent(was))), " ".join(filter(None, _sent(now))))
            symbol = f"Client({now.arguments[0]}=)"
            yield change("py-credential-changed", symbol, said, Origin(_scheme(was), _scheme(now)))


def _of_demands(old: Api, new: Api) -> Iterator[PythonChange]:
    """Credentials without which calls are refused that could be made."""
    before = {(one.method, one.path): one.security for one in operations(old)}
    arguments = {item.scheme: item for item in new.credentials}
    missing: dict[str, int] = {}
    for operation in operations(new):
        was = before.get((operation.method, operation.path))
        for scheme in _wanting(was, operation.security) if was is not None else ():
            missing[scheme] = missing.get(scheme, 0) + 1
    for scheme, calls in missing.items():
        if scheme in arguments:
            item = arguments[scheme]
            said = Said(None, f"{', '.join(item.arguments)}: needed by {counted(calls, 'method')}")
            yield change(
                "py-credential-required", f"Client({item.arguments[0]}=)", said, Origin("", _scheme(item))
            )


def _wanting(old: Sequence[Sequence[str]], new: Sequence[Sequence[str]]) -> set[str]:
    """The schemes that some who could call it have to add; none where all can call it still."""
    befores = [set(one) for one in old] or [set[str]()]
    afters = [set(one) for one in new] or [set[str]()]
    lacking = (min((after - before for after in afters), key=len) for before in befores)
    return set[str]().union(*lacking)


def _sent(credential: Credential) -> tuple[str, str, str]:
    return credential.kind, credential.location, credential.wire


# --- what is raised ---------------------------------------------------------------------------------------------


def of_errors(comparing: Comparing) -> Iterator[PythonChange]:
    """The bodies that errors have."""
    pairs = comparing.pairs
    was = {body.error: body.type for body in pairs.old.api.error_bodies}
    now = {body.error: body.type for body in pairs.new.api.error_bodies}
    for error in sorted(was.keys() | now.keys()):
        olds = options(pairs.translated(was[error])) if error in was else ()
        news = options(now[error]) if error in now else ()
        relation = pairs.relation
        for type_ in news:
            if not any(relation.fits(type_, other, "models") for other in olds):
                text = spelling.annotation(type_, "models")
                origin = Origin("", _raiser(pairs.new, error))
                symbol = f"errors.{error}.body[{text}]"
                yield change("py-exception-body-added", symbol, Said(None, text), origin)
        for type_ in olds:
            if not any(relation.fits(type_, other, "models") for other in news):
                text = spelling.annotation(type_, "models")
                origin = Origin(_raiser(pairs.old, error), "")
                symbol = f"errors.{error}.body[{text}]"
                yield change("py-exception-body-removed", symbol, Said(text, None), origin)


def _raiser(side: Side, error: str) -> str:
    """The place of the first operation that raises an error."""
    raisers = (
        method.key
        for method in side.methods
        if any(answer.error == error and answer.type is not None for answer in method.operation.answers)
    )
    return next(raisers, "")


# --- functions --------------------------------------------------------------------------------------------------


def of_validators(comparing: Comparing) -> Iterator[PythonChange]:
    """The changes of validators."""
    pairs = comparing.pairs
    old, new = pairs.old.validators, pairs.new.validators
    targets = {key: name for name, key in new.items()}
    after = {name: other for name, key in old.items() if (other := targets.get(_translated(comparing, key)))}
    taken = set(after.values())
    after |= {name: name for name in old if name not in after and name in new and name not in taken}
    taken = set(after.values())
    for name, key in new.items():
        # What came with its type, or its operation, goes without saying.
        if name not in taken and _place(key) in pairs.lasting:
            yield change(
                "py-validator-added", f"validators.{name}", Said(None, name), Origin("", _place(key))
            )
    for name, key in old.items():
        other = after.get(name)
        if other is None:
            origin = comparing.went.of(_place(key))
            yield change("py-validator-removed", f"validators.{name}", Said(name, None), origin)
        elif other != name:
            said = Said(name, other)
            yield change(
                "py-validator-renamed", f"validators.{name}", said, Origin(_place(key), _place(new[other]))
            )


def _translated(comparing: Comparing, key: str) -> str:
    """The key of a validator in the new package."""
    pairs = comparing.pairs
    head, _, tail = key.partition(" ")
    if head in {"response", "request"}:
        return f"{head} {pairs.keys.get(tail, tail)}"
    return f"{pairs.operations.get(head, head)} {tail}"


def _place(key: str) -> str:
    """The place in the document of what a validator is for."""
    head, _, tail = key.partition(" ")
    return tail if head in {"response", "request"} else head


def of_webhooks(comparing: Comparing) -> Iterator[PythonChange]:
    """The functions that read what the server sends of itself."""
    pairs = comparing.pairs
    keys, others = pairs.old.keys["webhook"], pairs.new.keys["webhook"]
    by_key = {keys.get(item.name, ""): item for item in pairs.old.api.webhooks}
    by_name = {item.name: item for item in pairs.old.api.webhooks}
    found: set[str] = set()
    for new in pairs.new.api.webhooks:
        key = others.get(new.name, "")
        old = by_key.get(key) or by_name.get(new.name)
        if old is None or old.name in found:
            said = Said(None, spelling.reader(new))
            yield change("py-webhook-reader-added", f"webhooks.{new.name}", said, Origin("", key))
            continue
        found.add(old.name)
        origin = Origin(keys.get(old.name, ""), key)
        said = Said(spelling.reader(old), spelling.reader(new))
        if old.name != new.name:
            yield change("py-webhook-reader-renamed", f"webhooks.{old.name}", said, origin)
        verdict = comparing.compare(old.type, new.type, "models")
        if verdict != "same":
            cause = comparing.cause(old.type, new.type, origin)
            yield change(f"py-webhook-reader-{verdict}", f"webhooks.{new.name}", said, cause)
        if (old.summary, old.doc) != (new.summary, new.doc):
            yield from reworded(f"webhooks.{new.name}", of_webhook(old), of_webhook(new), origin)
    for old in pairs.old.api.webhooks:
        if old.name not in found:
            said = Said(spelling.reader(old), None)
            origin = Origin(keys.get(old.name, ""), "")
            yield change("py-webhook-reader-removed", f"webhooks.{old.name}", said, origin)
