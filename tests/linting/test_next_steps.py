"""What is said of a mistake names what is wrong, as it is written, and a next step that fits it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from specwright.problems import Problem

    Lint = Callable[..., tuple[Problem, ...]]

HEAD = "openapi: 3.1.1\ninfo: {title: T, version: '1'}\n"

VALUES = [
    # a schema, the value as the message has it, and what to do
    ("{type: integer, enum: ['1', 2]}", '`"1"` is in', "Remove the quotes (`1`), or let the type be `string`."),
    ("{type: number, enum: ['1.50']}", '`"1.50"` is in', "Remove the quotes (`1.50`), or let the type be `string`."),
    ("{type: boolean, enum: ['true']}", '`"true"` is in', "Remove the quotes (`true`), or let the type be `string`."),
    ("{type: integer, enum: [one]}", '`"one"` is in', "Correct the value, or the type."),
    ("{type: integer, enum: ['2.5']}", '`"2.5"` is in', "Correct the value, or the type."),
    (
        "{type: string, enum: [a, null]}",
        "`null` is in",
        'Where null is meant, write `type: [string, "null"]`, or `nullable: true` in OpenAPI 3.0.',
    ),
    ("{type: [string, object], enum: [1]}", "`1` is in", 'Put it in quotes: `"1"`.'),
    ("{type: [string, object], enum: [true]}", "`true` is in", 'Put it in quotes: `"true"`.'),
    ("{type: integer, const: '1'}", '`"1"` is not', "Remove the quotes (`1`), or let the type be `string`."),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "said", "hint"), VALUES)
def test_values_of_another_type(lint: Lint, schema: str, said: str, hint: str) -> None:
    found = lint(f"{HEAD}components: {{schemas: {{X: {schema}}}}}\n")
    (told,) = [one for one in found if one.code == "enum-value"]
    assert told.message.startswith(said)
    assert told.hint == hint
