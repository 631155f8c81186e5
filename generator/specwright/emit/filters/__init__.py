"""What templates may ask of the IR: each filter takes a value of it and gives code."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from specwright.emit.code import Code, docstring, join, literal, name, quoted
from specwright.emit.filters import (
    client,
    commands,
    described,
    documentation,
    errors,
    hooks,
    layout,
    models,
    operations,
    paging,
    testing,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


def _join(parts: Iterable[Code]) -> Code:
    return join(", ", parts)


def _names(words: Iterable[str]) -> Code:
    return join(", ", map(name, words))


def _literals(words: Iterable[str]) -> Code:
    return join(", ", map(literal, sorted(words)))


def _all_names(exports: Mapping[str, list[str]]) -> Code:
    """Every public name, as the items of a list: constants before classes, as linters want them."""
    names = sorted(chain(*exports.values()), key=lambda word: (not word.isupper(), word))
    return join(", ", map(literal, names))


def _named(*functions: Callable[..., Any]) -> dict[str, Callable[..., Any]]:
    """Filters that are called in templates as they are here."""
    return {function.__name__: function for function in functions}


FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    "all_names": _all_names,
    "docstring": docstring,
    "join": _join,
    "literal": literal,
    "literals": _literals,
    "name": name,
    "names": _names,
    **_named(
        client.arguments,
        client.base_url,
        client.made_of,
        client.resource_class,
        client.response_class,
        client.variables,
        commands.commands,
        commands.variables_of_credentials,
        described.described_by,
        documentation.client_doc,
        documentation.doc,
        documentation.method_doc,
        documentation.note,
        errors.of_no_status,
        errors.of_statuses,
        errors.status_classes,
        hooks.hook_constant,
        hooks.hook_imports,
        hooks.hook_said,
        hooks.hook_type,
        layout.checked_imports,
        layout.deferred,
        layout.imports,
        layout.loaded,
        layout.loaded_responses,
        layout.made,
        layout.needed,
        layout.resource_imports,
        models.aliases,
        models.constants,
        models.enum_base,
        models.error_type,
        models.extra_type,
        models.field,
        models.imported_by_errors,
        models.input_part,
        models.input_type,
        models.key,
        models.members,
        models.model_type,
        models.other,
        models.part,
        models.qualified_in_errors,
        quoted,
        models.read_only,
        models.returned,
        models.runtime_names,
        models.secrets,
        models.sorted_inputs,
        models.sorted_models,
        models.statements,
        models.tagged,
        models.united,
        models.values,
        operations.alias,
        operations.builder,
        operations.built,
        operations.constant,
        operations.deprecates,
        operations.deprecation,
        operations.functions,
        operations.imported,
        operations.keywords,
        operations.operations,
        operations.options,
        operations.parameter,
        operations.passed,
        operations.positional,
        operations.qualifying,
        operations.responding,
        operations.result,
        operations.sent,
        operations.star,
        paging.define,
        paging.returns,
        paging.send,
        testing.homes,
        testing.made_up,
        testing.operation_names,
    ),
}
