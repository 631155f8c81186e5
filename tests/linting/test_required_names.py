"""A name that is required and no property: told where it is a mistake, and not of what is only there to be extended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from specwright.problems import Problem

    Lint = Callable[..., tuple[Problem, ...]]

REF = "#/components/schemas/"
BASE = "Base: {type: object, required: [items], properties: {n: {type: integer}}}"
PAGE = f"Page: {{allOf: [{{$ref: '{REF}Base'}}, {{properties: {{items: {{type: string}}}}}}]}}"
AT_BASE = ["/components/schemas/Base/required/0"]

CASES: list[tuple[str, list[str], list[str]]] = [
    ("nobody extends it", [BASE], AT_BASE),
    ("who extends it has it", [BASE, PAGE], []),
    ("has it beside", [BASE, f"Page: {{properties: {{items: {{}}}}, allOf: [{{$ref: '{REF}Base'}}]}}"], []),
    ("one has it not", [BASE, PAGE, f"B: {{properties: {{b: {{}}}}, allOf: [{{$ref: '{REF}Base'}}]}}"], AT_BASE),
    (
        "who extends what extends it has it",
        [
            BASE,
            f"Mid: {{allOf: [{{$ref: '{REF}Base'}}, {{properties: {{m: {{}}}}}}]}}",
            f"Page: {{allOf: [{{$ref: '{REF}Mid'}}, {{properties: {{items: {{}}}}}}]}}",
        ],
        [],
    ),
    ("something else leads to it", [BASE, PAGE, f"Other: {{properties: {{a: {{$ref: '{REF}Base'}}}}}}"], AT_BASE),
    ("by another name, too", [BASE, PAGE, f"Other: {{$ref: '{REF}Base'}}"], AT_BASE),
    (
        "they extend each other",
        [
            f"Base: {{required: [items], properties: {{a: {{}}}}, allOf: [{{$ref: '{REF}Other'}}]}}",
            f"Other: {{properties: {{b: {{}}}}, allOf: [{{$ref: '{REF}Base'}}]}}",
        ],
        AT_BASE,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("schemas", "places"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_names_that_are_required(lint: Lint, schemas: list[str], places: list[str]) -> None:
    listed = "".join(f"    {schema}\n" for schema in schemas)
    found = lint(
        f"openapi: 3.1.1\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{listed}"
    )
    assert [one.place.pointer for one in found if one.code == "required-unknown" and one.place] == places
