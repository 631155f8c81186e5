"""A package that openapi-python-client made, read without importing it: its operations, models and enums.

What is read is what its templates write: `_get_kwargs` tells of the request, `_parse_response` of the answers, and
`to_dict` of the names on the wire.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Place = Literal["path", "query", "header", "cookie", "body"]

_PLACES: Final[Mapping[str, Place]] = {"params": "query", "headers": "header", "cookies": "cookie"}
_OF_BODY: Final = frozenset({"content", "data", "files", "json"})
_ENUMS: Final = frozenset({"Enum", "IntEnum", "StrEnum"})
_ABSENT: Final = frozenset({"UNSET", "Unset"})


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument of the functions of an operation."""

    name: str
    place: Place
    wire: str
    """Its name on the wire; of a path, its position among the parts in braces; "" for a body, and for an object whose members are sent."""
    annotation: ast.expr | None
    default: ast.expr | None
    """What is sent where callers say nothing; None where that is nothing."""


@dataclass(frozen=True, slots=True)
class Operation:
    """The module of an operation."""

    module: str
    """Below `api`: `books.get_book`."""
    method: str
    path: str
    """With `{}` in place of each parameter."""
    parameters: tuple[Parameter, ...]
    positional: tuple[str, ...]
    """The names of the parameters that may be given without one."""
    answers: Mapping[str, ast.expr]
    """By status, as annotations; only those that have a body."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of a model."""

    name: str
    wire: str
    annotation: ast.expr
    default: ast.expr | None
    """What is sent where callers say nothing; None where that is nothing, or has to be said."""
    required: bool


@dataclass(frozen=True, slots=True)
class Model:
    """A class of `models` whose instances are objects of JSON."""

    name: str
    attributes: Mapping[str, Attribute]
    extra: bool
    """Whether it holds properties that the document does not name."""


@dataclass(frozen=True, slots=True)
class Enum:
    """A class of `models` whose members are values of JSON, or with `literal_enums` an alias of literals, without members."""

    name: str
    members: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Package:
    """The whole of it; a module that is not as the templates write it is in `odd`, by its path, with the reason."""

    name: str
    operations: Mapping[str, Operation]
    models: Mapping[str, Model]
    enums: Mapping[str, Enum]
    odd: Mapping[str, str]


class OddError(Exception):
    """A module is not as openapi-python-client writes it."""


def package(name: str, files: Mapping[str, str]) -> Package:
    """The package that has these texts, by their paths in it: `api/books/get_book.py`."""
    operations: dict[str, Operation] = {}
    models: dict[str, Model] = {}
    enums: dict[str, Enum] = {}
    odd: dict[str, str] = {}
    for path, text in sorted(files.items()):
        folder, _, file = path.partition("/")
        if folder not in {"api", "models"} or file.endswith("__init__.py"):
            continue
        try:
            tree = ast.parse(text)
            if folder == "api":
                module = file.removesuffix(".py").replace("/", ".")
                operations[module] = _operation(module, tree)
            else:
                for thing in _things(tree):
                    if isinstance(thing, Model):
                        models[thing.name] = thing
                    else:
                        enums[thing.name] = thing
        except (SyntaxError, ValueError, OddError) as error:
            odd[path] = str(error)
    return Package(name, operations, models, enums, odd)


# --- operations ---


def _operation(module: str, tree: ast.Module) -> Operation:
    functions = {
        node.name: node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    made = functions.get("_get_kwargs")
    if made is None or "sync_detailed" not in functions:
        raise OddError("there is no `_get_kwargs` in it")
    method, path, order = _line(made)
    arguments = [*made.args.posonlyargs, *made.args.args, *made.args.kwonlyargs]
    defaults = _defaults(made.args)
    sources = _sources(made, {argument.arg for argument in arguments})
    places = dict(_places(made, sources))
    found: list[Parameter] = []
    for argument in arguments:
        name = argument.arg
        place: tuple[Place, str] | None = (
            ("path", str(order.index(name))) if name in order else places.get(name)
        )
        if place is None and name == "body":
            place = "body", ""
        if place is None:
            raise OddError(f"where `{name}` is sent can't be read")
        default = defaults.get(name)
        found.append(Parameter(name, *place, argument.annotation, None if _is_absent(default) else default))
    first = (argument.arg for argument in made.args.args)
    return Operation(
        module, method, path, tuple(found), tuple(first), _answers(functions.get("_parse_response"))
    )


def _defaults(arguments: ast.arguments) -> dict[str, ast.expr]:
    last = arguments.args[len(arguments.args) - len(arguments.defaults) :]
    found = {argument.arg: default for argument, default in zip(last, arguments.defaults, strict=True)}
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if default is not None:
            found[argument.arg] = default
    return found


def _is_absent(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Name) and node.id in _ABSENT


def _line(made: ast.FunctionDef | ast.AsyncFunctionDef) -> tuple[str, str, list[str]]:
    """The method and the path of a request, and the parameters in the path, in its order."""
    for node in ast.walk(made):
        if not isinstance(node, ast.Dict):
            continue
        said = {
            key.value: value
            for key, value in zip(node.keys, node.values, strict=True)
            if isinstance(key, ast.Constant)
        }
        match said.get("method"), said.get("url"):
            case ast.Constant(value=str(method)), ast.Constant(value=str(url)):
                return method.upper(), url, []
            case ast.Constant(value=str(method)), ast.Call(
                func=ast.Attribute(value=ast.Constant(value=str(url)), attr="format"), keywords=keywords
            ):
                return method.upper(), *_template(url, {keyword.arg or "" for keyword in keywords})
            case _:
                continue
    raise OddError("its method and path can't be read")


def _template(url: str, names: set[str]) -> tuple[str, list[str]]:
    parts: list[str] = []
    order: list[str] = []
    for number, part in enumerate(url.replace("}", "{").split("{")):
        is_name = number % 2 == 1
        if is_name and part not in names:
            raise OddError(f"`{part}` in its path is no parameter")
        parts.append("{}" if is_name else part)
        order += [part] if is_name else []
    return "".join(parts), order


def _sources(made: ast.FunctionDef | ast.AsyncFunctionDef, names: set[str]) -> dict[str, set[str]]:
    """By each name in a function: the parameters that its value is made of."""
    sources = {name: {name} for name in names}
    assigned: list[tuple[str, ast.expr]] = []
    for node in ast.walk(made):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                assigned.append((name, value))
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                assigned.append((name, value))
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append"), args=[value]):
                assigned.append((name, value))
            case ast.For(target=ast.Name(id=name), iter=value):
                assigned.append((name, value))
            case _:
                continue
    for _ in range(4):  # a value passes through three names at most
        for name, value in assigned:
            if name not in names:
                sources.setdefault(name, set()).update(*(sources.get(used, ()) for used in _names(value)))
    return sources


def _names(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def _places(
    made: ast.FunctionDef | ast.AsyncFunctionDef, sources: Mapping[str, set[str]]
) -> Iterator[tuple[str, tuple[Place, str]]]:
    """Where each parameter is sent: the last that a parameter alone is put into."""
    for node in ast.walk(made):
        match node:
            case ast.Assign(
                targets=[ast.Subscript(value=ast.Name(id=holder), slice=ast.Constant(value=str(wire)))],
                value=value,
            ):
                own = set[str]().union(*(sources.get(name, ()) for name in _names(value)))
                if len(own) == 1 and holder in _PLACES:
                    yield own.pop(), (_PLACES[holder], wire)
                elif len(own) == 1 and holder == "_kwargs" and wire in _OF_BODY:
                    yield own.pop(), ("body", "")
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="params"), attr="update"), args=[ast.Name(id=name)]
            ):
                own = sources.get(name, set[str]())
                if len(own) == 1:
                    (only,) = own
                    yield only, ("query", "")
            case _:
                continue


# --- answers ---


def _answers(parse: ast.FunctionDef | ast.AsyncFunctionDef | None) -> dict[str, ast.expr]:
    found: dict[str, ast.expr] = {}
    for node in parse.body if parse else ():
        match node:
            case ast.If(
                test=ast.Compare(
                    left=ast.Attribute(attr="status_code"), comparators=[ast.Constant(value=int(status))]
                )
            ):
                shape = _shape(f"response_{status}", node.body)
                if shape is not None:
                    found[str(status)] = shape
            case _:
                continue
    return found


def _shape(name: str, body: list[ast.stmt]) -> ast.expr | None:
    """The annotation of what is assigned to a name, as answers are read; None where nobody knows."""
    for node in body:
        match node:
            case ast.For(body=inner):
                item = _shape(f"{name}_item", inner)
                if item is not None:
                    return ast.Subscript(ast.Name("list"), item)
            case ast.FunctionDef(name=called, returns=ast.expr() as returns) if called == f"_parse_{name}":
                return returns
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                found = _read(value)
                if found is not None:
                    return found
            case ast.If(body=inner, orelse=other):
                found = _shape(name, [*inner, *other])
                if found is not None:
                    return found
            case _:
                continue
    return None


def _read(value: ast.expr) -> ast.expr | None:
    match value:
        case ast.Call(func=ast.Attribute(value=ast.Name() as model, attr="from_dict")):
            return model
        case ast.Call(func=ast.Name(id="cast"), args=[kind, _]):
            return kind
        case ast.Call(func=ast.Name(id=called) as kind) if called[:1].isupper():
            return kind
        case _:
            return None


# --- models ---


def _things(tree: ast.Module) -> Iterator[Model | Enum]:
    for node in tree.body:
        match node:
            case ast.ClassDef(bases=bases) if any(
                isinstance(base, ast.Name) and base.id in _ENUMS for base in bases
            ):
                yield _enum(node)
            case ast.ClassDef():
                yield _model(node)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Subscript(value=ast.Name(id="Literal"))):
                yield Enum(name, {})
            case _:
                continue


def _enum(node: ast.ClassDef) -> Enum:
    members: dict[str, str | int] = {}
    for statement in node.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str() | int() as value)):
                members[name] = value
            case ast.Assign(
                targets=[ast.Name(id=name)], value=ast.UnaryOp(operand=ast.Constant(value=int(value)))
            ):
                members[name] = -value
            case _:
                continue
    return Enum(node.name, members)


def _model(node: ast.ClassDef) -> Model:
    functions = {part.name: part for part in node.body if isinstance(part, ast.FunctionDef)}
    if "to_dict" not in functions or "from_dict" not in functions:
        raise OddError("there is no `to_dict` in it")
    wires = dict(_wires(functions["to_dict"]))
    attributes: dict[str, Attribute] = {}
    extra = False
    for part in node.body:
        match part:
            case ast.AnnAssign(target=ast.Name(id="additional_properties")):
                extra = True
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=value):
                if name not in wires:
                    raise OddError(f"what `{name}` is called on the wire can't be read")
                default = None if _is_absent(value) else value
                attributes[name] = Attribute(name, wires[name], annotation, default, required=value is None)
            case _:
                continue
    return Model(node.name, attributes, extra)


def _wires(to_dict: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    """The name on the wire of each attribute: variables in `to_dict` are called as the attribute that they are made of."""
    for node in ast.walk(to_dict):
        match node:
            case ast.Assign(
                targets=[ast.Subscript(value=ast.Name(id="field_dict"), slice=ast.Constant(value=str(wire)))],
                value=ast.Name(id=name),
            ):
                yield name, wire
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="field_dict"), attr="update"), args=[ast.Dict() as said]
            ):
                for key, value in zip(said.keys, said.values, strict=True):
                    if isinstance(key, ast.Constant) and isinstance(value, ast.Name):
                        yield value.id, str(key.value)
            case _:
                continue
