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


DONE = "responses: {'200': {description: d}}"


@pytest.mark.parametrize(
    ("path", "parameters", "hints"),
    [
        ("/a/{id}", "[]", ["Describe it in `parameters`, with `in: path` and `required: true`."]),
        (
            "/a/{id}",
            "[{name: id, in: query, schema: {}}]",
            ["A parameter of that name is described with `in: query`: write `in: path` there."],
        ),
        (
            "/a",
            "[{name: id, in: path, required: true, schema: {}}]",
            ["Write `{id}` into the path, or say where else it is sent, such as `in: query`."],
        ),
        (
            "/a/{id}",
            "[{name: aId, in: path, required: true, schema: {}}]",
            ["Give them the same names.", "Give them the same names."],
        ),
    ],
)
def test_a_path_and_its_parameters(lint: Lint, path: str, parameters: str, hints: list[str]) -> None:
    found = lint(f"{HEAD}paths: {{'{path}': {{get: {{parameters: {parameters}, {DONE}}}}}}}\n")
    assert [one.hint for one in found if one.code == "parameter-path"] == hints


def test_each_mistake_of_an_example_is_told_where_it_is(lint: Lint) -> None:
    schema = (
        "type: object, required: [id, tag], properties: {id: {type: integer}, tags: {items: {type: string}}}"
    )
    found = lint(f"{HEAD}components: {{schemas: {{X: {{{schema}, examples: [{{id: a, tags: [b, 1]}}]}}}}}}\n")
    at = "/components/schemas/X/examples/0"
    assert {
        (one.place.pointer, one.message) for one in found if one.code == "example-invalid" and one.place
    } == {
        (at, 'The example is not valid: the property "tag" is missing.'),
        (f"{at}/id", 'The example is not valid: `/id`: expected integer, found "a".'),
        (f"{at}/tags/1", "The example is not valid: `/tags/1`: expected string, found 1."),
    }


def test_of_many_mistakes_of_an_example_the_last_that_is_told_counts_the_rest(lint: Lint) -> None:
    values = ", ".join("a" * 9)
    found = lint(
        f"{HEAD}components: {{schemas: {{X: {{type: array, items: {{type: integer}}, examples: [[{values}]]}}}}}}\n"
    )
    told = [one for one in found if one.code == "example-invalid"]
    assert [one.place and one.place.pointer[-1] for one in told] == ["0", "1", "2", "3", "4"]
    assert told[-1].message.endswith(", and 4 mistakes more.")


@pytest.mark.parametrize(
    ("schema", "said", "line"),
    [
        ("{type: string, enum: [DE,\nNO]}", "Text that others read as a boolean, number or date: `NO`; it is read as the text that is written.", 4),
        ("{type: string, default:\n 1.10}", "`1.10` is written without quotes, and has to be text; it is read as written.", 4),
        ("{type: string, enum: [a,\n1.10, true]}", "`1.10`, `true` are written without quotes, and have to be text; it is read as written.", 4),
    ],
)  # fmt: skip
def test_what_needs_quotes_is_named_where_it_is(lint: Lint, schema: str, said: str, line: int) -> None:
    found = lint(f"{HEAD}components: {{schemas: {{X: {schema}}}}}\n")
    assert [
        (one.message, one.place and one.place.line) for one in found if one.hint == "Put it in quotes."
    ] == [(said, line)]


@pytest.mark.parametrize(
    ("version", "schema", "said", "hint"),
    [
        ("3.1.1", "{maxLength: '5'}", "it is left out.", "Remove the quotes."),
        ("3.1.1", "{maxLength: -1}", "it is left out.", "Correct the value, or remove its key."),
        ("3.1.1", "{maxLength: many}", "it is left out.", "Correct the value, or remove its key."),
        ("3.1.1", "{required: a}", "it is left out.", "Make it a list: `[…]`, or a line that starts with `- ` for each item."),
        ("3.1.1", "{properties: [a]}", "it is left out.", "Make it an object: lines of `key: value`, without `- `."),
        ("3.1.1", "{$ref: other.yaml}", "any JSON is accepted in its place.", "Check the path: it starts at the folder of the file that the `$ref` is in."),
        ("3.1.1", "{type: string, nullable: true}", "it is read as meant there.", 'Write `type: [string, "null"]`, with the type that is meant beside null.'),
        ("3.1.1", "{maximum: 5, exclusiveMaximum: true}", "it is read as meant there.", "Write the bound itself, such as `exclusiveMaximum: 5`, in place of `maximum`."),
        ("3.0.3", "{type: [string]}", "it is read as meant there.", "Write `nullable: true` beside a single `type`, or `openapi: 3.1.1` at the top if that is meant."),
        ("3.0.3", "{properties: {a: false}}", "it is read as meant there.", "Write `{not: {}}`."),
    ],
)  # fmt: skip
def test_what_is_done_instead_and_what_to_do(
    lint: Lint, version: str, schema: str, said: str, hint: str
) -> None:
    head = HEAD.replace("3.1.1", version)
    found = lint(f"{head}paths: {{}}\ncomponents: {{schemas: {{X: {schema}}}}}\n")
    assert [(one.message.partition("; ")[2], one.hint) for one in found if one.severity == "warning"] == [
        (said, hint)
    ]
