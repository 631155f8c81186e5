"""Every operation of a document called against a server: what arrives, and what becomes of the answer.

The judge is not the generator: bodies are judged by `jsonschema-rs` with the document's own schemas (`schemas`), and
parameters are read back by their styles (`styles`): it reads every version and every media type. Of OpenAPI 3,
openapi-core has to agree on a request of each operation whose body is JSON or none (`second`). Values come from the schemas (`values`) and from the document's
examples. Run as `python -m sweeps.wire NAME PACKAGE FOLDER`, in a process of its own, which prints what it found as JSON.
"""

from __future__ import annotations

import argparse
import collections
import importlib
import json
import sys
import tomllib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_args

from sweeps import bodies, styles
from sweeps.arguments import Caller, UnfitError, extra_hint
from sweeps.corpus import corpus, sources
from sweeps.documents import Tree, bundled
from sweeps.meaning import difference, same
from sweeps.methods import credentials, kinds, routes
from sweeps.operations import Operations
from sweeps.schemas import Judge, Schemas
from sweeps.second import Second
from sweeps.server import BODILESS, Server
from sweeps.values import EXTENTS, Extent, Maker, NoValueError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sweeps.corpus import Source
    from sweeps.operations import Content, Operation, Parameter
    from sweeps.schemas import Direction

_LONGEST: Final = 500
_JSON: Final = "application/json"
_ATTEMPTS: Final = 20
"""To make a value that a parameter can hold."""


@dataclass(slots=True)
class Miss:
    """What went wrong with an operation: at which step, and how."""

    operation: str
    step: str
    text: str


@dataclass(slots=True)
class Found:
    """What a sweep of a document found."""

    operations: int = 0
    misses: list[Miss] = field(default_factory=list[Miss])


class Wrong(Exception):  # noqa: N818 - it is about what was sent and answered
    """A step did not go as it should."""

    def __init__(self, step: str, text: str) -> None:
        super().__init__(step, text)
        self.step, self.text = step, text[:_LONGEST]


class Sweep:
    """The operations of one document, and the package that was made of it."""

    def __init__(self, source: Source, package: str, server: Server, *, second: bool = True) -> None:
        tree = Tree(bundled(source))
        self.operations = Operations(tree).all()
        self._schemas: dict[Direction, tuple[Schemas, Schemas]] = {
            "request": (Schemas(tree, "request"), Schemas(tree, "request", meant=True)),
            "response": (Schemas(tree, "response"), Schemas(tree, "response", meant=True)),
        }
        self._second = None if "swagger" in tree.root or not second else Second(tree)
        self._makers: dict[str, tuple[Judge, Maker]] = {}
        self._server = server
        self._routes = routes(package)
        self._caller = Caller(package)
        self._module = importlib.import_module(package)
        self._runtime = importlib.import_module(f"{package}._runtime.encode")
        self._names: Mapping[str, str] = tomllib.loads(
            (source.folder / "out" / "specwright.lock").read_text(encoding="utf-8")
        )["names"]
        keys = credentials(package)
        self._strict = self._module.Client(base_url=server.url, on_mismatch="raise", **keys, **server.options)
        self._lenient = self._module.Client(base_url=server.url, **keys, **server.options)

    def run(self) -> Found:
        """Call every operation, several times each; the first thing that goes wrong is its miss."""
        found = Found(operations=len(self.operations))
        found.misses += filter(None, map(self.miss, self.operations))
        return found

    def miss(self, operation: Operation) -> Miss | None:
        """The first thing that goes wrong with an operation."""
        try:
            self._operation(operation)
        except Wrong as wrong:
            return Miss(operation.title, wrong.step, wrong.text)
        return None

    # --- one operation ---

    def _operation(self, operation: Operation) -> None:
        ways = self._routes.get((operation.method.upper(), operation.path), [])
        whole, streams = kinds(ways)
        if not ways or len(whole) > 1 or len(streams) > 1:
            raise Wrong("method", f"{len(ways)} methods say that they are `{operation.title}`")
        contents = bodies.preferred(operation.contents)
        content = next(iter(contents), None)
        answers = sorted(self._successes(operation), key=lambda answer: not bodies.is_json_or_none(answer[1]))
        first, apart = _way(ways, answers[0][1]), len(ways) > 1
        for extent in ("example", *EXTENTS):
            self._call(operation, first, (content, *answers[0]), extent, apart=apart)
        accept = self._server.seen[-1].header("Accept") or "*/*"
        for status, answer in answers[1:]:
            way = _way(ways, answer)
            if way is not first or bodies.acceptable(answer, accept):
                for extent in EXTENTS:
                    self._call(operation, way, (content, status, answer), extent, apart=apart)
        offered = self._offered(first[1])
        for other in contents[1:]:
            if other.media_type in offered:
                for extent in EXTENTS:
                    self._call(operation, first, (other, *answers[0]), extent, apart=apart)

    def _offered(self, function: Any) -> dict[str, str]:
        """The media types that a caller may choose for the body, with the argument that says so."""
        hints = self._caller.annotations.of(function)
        return {
            value: name
            for name, hint in hints.items()
            if name.startswith("content_type")
            for part in get_args(hint)
            for value in get_args(part)
            if isinstance(value, str) and "/" in value
        }

    def _successes(self, operation: Operation) -> Iterator[tuple[int, Content | None]]:
        """Each success that the document has, in each media type; 204 where it has none."""
        found = False
        for status, contents in operation.answers.items():
            if not status.startswith("2"):
                continue
            found = True
            # A status of its own goes before the range that it is in.
            free = (
                code
                for code in range(200, 300)
                if str(code) not in operation.answers and code not in BODILESS
            )
            code = int(status) if status.isdecimal() else next(free)
            for content in (contents if code not in BODILESS else ()) or (None,):
                yield code, content
        if not found:
            for content in operation.answers.get("default", ()) or (None,):
                yield (204 if content is None else 200), content

    def _call(
        self,
        operation: Operation,
        way: tuple[tuple[str, ...], Any],
        chosen: tuple[Content | None, int, Content | None],
        extent: str,
        *,
        apart: bool,
    ) -> None:
        attributes, function = way
        content, status, answer = chosen
        seed = f"{operation.title} {extent}"
        size: Extent = "largest" if extent == "example" else extent  # type: ignore[assignment]
        given = self._parameters(operation, size, seed, examples=extent == "example")
        body = self._body(content, size, seed, examples=extent == "example")
        if apart and body is not None and isinstance(body[0], dict):
            body = ({name: value for name, value in body[0].items() if name != _FLAG},)
        arguments = self._arguments(operation, function, given, content, body)
        reply = self._answer(answer, size, seed, examples=extent == "example")
        self._server.status = status
        self._server.media_type, self._server.body = (
            bodies.written(answer, reply[0]) if reply else ("application/json", b"")
        )
        for client in (self._strict, self._lenient):
            result = self._sent(client, attributes, arguments)
            self._check_request(
                operation, content, given, self._said(content, body, answer) if apart else body
            )
            if client is self._strict and extent == "largest":
                self._check_again(operation, content)
            self._check_result(operation, answer, reply, result)

    def _said(
        self, content: Content | None, body: tuple[Any] | None, answer: Content | None
    ) -> tuple[Any] | None:
        """The body with what one of two methods says in it by itself: whether it wants a stream."""
        if body is None or content is None or not isinstance(body[0], dict):
            return body
        try:
            arrived = bodies.read(content, self._server.seen[-1], body[0]) or {}
        except ValueError as fault:
            raise Wrong("body", str(fault)) from None
        wanted = answer is not None and bodies.is_sequence(answer.media_type)
        if arrived.get(_FLAG, wanted) is not wanted:
            raise Wrong("body", f"{_FLAG} is {arrived[_FLAG]}")
        return ({**body[0], **({_FLAG: wanted} if _FLAG in arrived else {})},)

    def _sent(self, client: Any, attributes: tuple[str, ...], arguments: dict[str, Any]) -> Any:
        self._server.seen.clear()
        method = client
        for attribute in attributes:
            method = getattr(method, attribute)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.simplefilter("ignore", DeprecationWarning)
            try:
                result = method(**arguments)
                if isinstance(result, Iterator):
                    return list(result)
                # Of pages, the first is the answer that was asked for.
                return result.first() if type(result).__module__.endswith("._runtime.pages") else result
            except self._module.RequestInvalid as error:
                raise Wrong("refused", str(error)) from None
            except self._module.ResponseMismatch as error:
                raise Wrong("mismatch", str(error)) from None
            except self._module.ApiError as error:
                raise Wrong("answer", f"{type(error).__name__}: {error}") from None
            except Exception as error:  # noqa: BLE001 - whatever a package raises is what the sweep looks for
                raise Wrong("crash", f"{type(error).__name__}: {error}") from None

    # --- what is given ---

    def _maker(self, schema: Any, direction: Direction) -> tuple[Judge, Maker]:
        said, meant = (schemas.alone(schema) for schemas in self._schemas[direction])
        key = json.dumps(meant, sort_keys=True)
        if key not in self._makers:
            try:
                judge = Judge(said)
            except ValueError as error:
                raise Wrong("schema", f"the judge can't read a schema: {error}") from None
            self._makers[key] = judge, Maker(meant, judge)
        return self._makers[key]

    def _value(  # noqa: PLR0913 - what a value is made by
        self, schema: Any, direction: Direction, extent: Extent, seed: str, examples: tuple[Any, ...] = (),
        *, plain: bool = False,
    ) -> Any:  # fmt: skip
        judge, maker = self._maker(schema, direction)
        for example in map(maker.pruned, examples):
            if judge.accepts(example):
                return example
        try:
            return maker.value(seed, extent, plain=plain)
        except NoValueError as error:
            raise Wrong("value", f"no {direction} value: {error}") from None

    def _parameters(
        self, operation: Operation, extent: Extent, seed: str, *, examples: bool
    ) -> dict[tuple[str, str], Any]:
        given: dict[tuple[str, str], Any] = {}
        for parameter in operation.parameters:
            if (
                parameter.required
                or extent == "largest"
                or (extent == "mixed" and len(seed + parameter.name) % 2)
            ):
                if parameter.place == "path" and f"{{{parameter.name}}}" not in operation.path:
                    continue
                value = self._parameter(parameter, extent, seed, examples=examples)
                if parameter.required or value not in ([], {}, None, ""):
                    given[(parameter.place, parameter.name)] = value
        return given

    def _parameter(self, parameter: Parameter, extent: Extent, seed: str, *, examples: bool) -> Any:
        schema = bodies.speakable(parameter.schema, parameter)
        plain = parameter.place in {"header", "cookie"} or parameter.style in {"label", "matrix"}
        shown = parameter.examples if examples else ()
        value: Any = None
        for attempt in range(_ATTEMPTS):
            size: Extent = extent if attempt < _ATTEMPTS // 4 else "largest"
            value = self._value(
                schema, "request", size, f"{seed} {parameter.name} {attempt}", shown, plain=plain
            )
            if bodies.sayable(value, parameter):
                return value
            shown = ()
        raise Wrong("value", f"no value of {parameter.name} that its place can hold: {value!r:.100}")

    def _body(
        self, content: Content | None, extent: Extent, seed: str, *, examples: bool
    ) -> tuple[Any] | None:
        """The body as a tuple of one; None where there is none."""
        if content is None:
            return None
        shown = content.examples if examples else ()
        is_plain = not bodies.is_json(content.media_type)
        made = self._value(_schema(content), "request", extent, f"{seed} body", shown, plain=is_plain)
        if not bodies.is_structured(content.media_type) and isinstance(made, dict | list):
            made = json.dumps(made)
        return (made,)

    def _answer(
        self, content: Content | None, extent: Extent, seed: str, *, examples: bool
    ) -> tuple[Any] | None:
        if content is None:
            return None
        shown = content.examples if examples else ()
        return (self._value(_schema(content), "response", extent, f"{seed} answer", shown),)

    # --- as Python ---

    def _arguments(
        self,
        operation: Operation,
        function: Any,
        given: dict[tuple[str, str], Any],
        content: Content | None,
        body: tuple[Any] | None,
    ) -> dict[str, Any]:
        hints = self._caller.annotations.of(function)
        arguments: dict[str, Any] = {}
        for (place, name), value in given.items():
            argument = self._names.get(f"argument {operation.key} {place} {name}")
            if argument is None or argument not in hints:
                raise Wrong("argument", f"no argument for the {place} parameter {name}")
            arguments[argument] = self._fit(value, argument, hints, function)
        if body is not None and content is not None:
            arguments |= self._body_arguments(operation, function, hints, body[0])
            offered = self._offered(function)
            if content.media_type in offered:
                arguments[offered[content.media_type]] = content.media_type
        return arguments

    def _fit(self, value: Any, argument: str, hints: dict[str, Any], function: Any) -> Any:
        try:
            return self._caller.python(value, hints[argument], function)
        except UnfitError as fault:
            raise Wrong("typing", f"{argument}: {fault}") from None

    def _body_arguments(
        self, operation: Operation, function: Any, hints: dict[str, Any], body: Any
    ) -> dict[str, Any]:
        if "body" in hints:
            return {"body": self._fit(body, "body", hints, function)}
        if not isinstance(body, dict):
            raise Wrong("argument", f"no argument for a body like {body!r:.100}")
        prefix = f"argument {operation.key} body "
        arguments: dict[str, Any] = {}
        rest: dict[str, Any] = {}
        for wire, value in body.items():
            argument = self._names.get(prefix + wire)
            if argument is None or argument not in hints:
                rest[wire] = value
            else:
                arguments[argument] = self._fit(value, argument, hints, function)
        if rest:
            extra = extra_hint(hints)
            if extra is None:
                raise Wrong("argument", f"no argument for the body's {next(iter(rest))}")
            arguments[extra[0]] = self._caller.surplus(rest, extra[1], function)
        return arguments

    # --- what came of it ---

    def _check_request(
        self,
        operation: Operation,
        content: Content | None,
        given: dict[tuple[str, str], Any],
        body: tuple[Any] | None,
    ) -> None:
        if len(self._server.seen) != 1:
            raise Wrong("sent", f"{len(self._server.seen)} requests arrived")
        (seen,) = self._server.seen
        if seen.method != operation.method.upper():
            raise Wrong("sent", f"the method is {seen.method}")
        if faults := styles.faults(operation, given, seen):
            raise Wrong("sent", "; ".join(faults))
        if body is None or content is None:
            if seen.body:
                raise Wrong("sent", f"a body, of none: {seen.body[:100]!r}")
            return
        if not seen.body and not operation.body_required and body[0] in ({}, "", None):
            return
        try:
            arrived = bodies.read(content, seen, body[0])
        except ValueError as fault:
            raise Wrong("body", str(fault)) from None
        if (
            found := difference(body[0], arrived)
            if not bodies.textual(content)
            else bodies.difference(body[0], arrived)
        ):
            raise Wrong("body", f"{found} in what arrived")
        judge, _ = self._maker(_schema(content), "request")
        if not bodies.textual(content) and (faults := judge.faults(arrived)):
            raise Wrong("body", "; ".join(faults))

    def _check_again(self, operation: Operation, content: Content | None) -> None:
        """Ask the other judge, where it can read the body: it decodes no other media types than this."""
        if self._second is None or not (content is None or bodies.plain(content.media_type) == _JSON):
            return
        (seen,) = self._server.seen
        if faults := self._second.faults(operation.path, seen):
            raise Wrong("second", "; ".join(faults))

    def _check_result(
        self, operation: Operation, answer: Content | None, reply: tuple[Any] | None, result: Any
    ) -> None:
        if reply is None or answer is None or operation.method == "head":
            if result not in (None, []):
                raise Wrong("result", f"{result!r:.100} of an answer without a body")
            return
        if not bodies.textual(answer):
            back = bodies.result(self._runtime, result)
            wanted = bodies.held(answer, reply[0])
            if not same(wanted, back):
                raise Wrong("result", difference(wanted, back))
            return
        _, wanted = bodies.written(answer, reply[0])
        if result not in (wanted, wanted.decode()):
            raise Wrong("result", f"{result!r:.100} for {wanted!r:.100}")


def _schema(content: Content) -> Any:
    """The schema of what is in a body: of a sequence, an array, whatever is written of its items."""
    schema = content.schema
    if not bodies.is_sequence(content.media_type) or (
        isinstance(schema, dict) and schema.get("type") == "array"
    ):
        return schema
    texts: Any = {"type": "string"} if bodies.is_events(content.media_type) else True
    return {"type": "array", "items": texts if schema is None else schema}


def _way(ways: list[tuple[tuple[str, ...], Any]], answer: Content | None) -> tuple[tuple[str, ...], Any]:
    """The method that reads an answer: of two, the one for what it is."""
    whole, streams = kinds(ways)
    wanted = answer is not None and bodies.is_sequence(answer.media_type)
    found: tuple[tuple[str, ...], Any] = ((streams or whole) if wanted else (whole or streams))[0]
    return found


_FLAG: Final = "stream"
"""The property by which a body asks for a stream."""


def main() -> None:
    """Sweep one document, whose package is in its folder."""
    parser = argparse.ArgumentParser(prog="python -m sweeps.wire")
    parser.add_argument("name")
    parser.add_argument("package")
    parser.add_argument("folder", type=Path, help="where the packages of documents are made")
    arguments = parser.parse_args()
    (source,) = [each for each in sources(corpus(), arguments.folder) if each.name == arguments.name]
    sys.path.insert(0, str(source.folder / "out"))
    with Server() as server:
        found = Sweep(source, arguments.package, server).run()
    steps = collections.Counter(miss.step for miss in found.misses)
    misses = [{"operation": miss.operation, "step": miss.step, "text": miss.text} for miss in found.misses]
    print(json.dumps({"operations": found.operations, "steps": steps, "misses": misses}))


if __name__ == "__main__":
    main()
