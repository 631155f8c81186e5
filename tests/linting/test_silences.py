"""`x-specwright-ignore` with codes: what it silences, in which commands, and what it must leave alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import specwright
from specwright.config import Config

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from specwright.problems import Problem

    Lint = Callable[..., tuple[Problem, ...]]

INFO = "openapi: 3.1.1\ninfo: {title: T, version: '1'}\n"
IDLE = "{type: integer, minLength: 1}"


def told(found: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(one.code, one.place.pointer if one.place else "") for one in found]


def silenced(at: str, inside: str = "") -> str:
    """A document with the same mistake twice, one below what has the list."""
    listed = "x-specwright-ignore: [keyword-idle]"
    marks = {"root": "", "schema": "", "property": ""} | {at: listed}
    mark = {name: f"{text}, " if text else "" for name, text in marks.items()}
    return (
        f"{INFO}{marks['root']}\ncomponents:\n  schemas:\n    A: {{{mark['schema']}type: object, properties: "
        f"{{a: {{{mark['property']}type: integer, minLength: 1{inside}}}}}}}\n    B: {IDLE}\n"
    )


@pytest.mark.parametrize(
    ("at", "left"),
    [("root", []), ("schema", ["/components/schemas/B/minLength"]), ("property", ["/components/schemas/B/minLength"])],
)  # fmt: skip
def test_it_silences_at_an_object_and_in_all_that_stands_in_it(lint: Lint, at: str, left: list[str]) -> None:
    assert told(lint(silenced(at))) == [("keyword-idle", place) for place in left]


def test_it_silences_the_codes_that_it_lists_and_no_other(lint: Lint) -> None:
    found = lint(silenced("schema", ", enum: [1, 1]"))
    assert [code for code, _ in told(found)] == ["enum-repeated", "keyword-idle"]


def test_any_object_may_have_the_list(lint: Lint) -> None:
    mark = "x-specwright-ignore: [error-missing, summary-missing, operation-id-missing]"
    for where in (f"paths: {{{mark}, /a: {{get: {{X}}}}}}", f"paths: {{/a: {{{mark}, get: {{X}}}}}}"):
        assert told(lint(f"{INFO}{where.replace('X', 'responses: {200: {description: d}}')}\n")) == []
    response = "{description: d, x-specwright-ignore: [body-impossible], content: {a/b: {schema: {}}}}"
    found = lint(
        f"{INFO}paths: {{/a: {{get: {{operationId: a, summary: s, responses: {{204: {response}, default: {{description: d}}}}}}}}}}\n"
    )
    assert told(found) == []


def test_it_does_not_reach_through_references(lint: Lint) -> None:
    found = lint(
        f"{INFO}components: {{schemas: {{A: {{x-specwright-ignore: [keyword-idle], items: {{$ref: '#/components/schemas/B'}}}}, B: {IDLE}}}}}\n"
    )
    assert told(found) == [
        ("ignore-idle", "/components/schemas/A/x-specwright-ignore/0"),
        ("keyword-idle", "/components/schemas/B/minLength"),
    ]


def test_in_another_file(lint: Lint) -> None:
    other = f"{{x-specwright-ignore: [keyword-idle], properties: {{a: {IDLE}}}}}"
    spec = f"{INFO}components: {{schemas: {{A: {{$ref: other.yaml}}, B: {IDLE}}}}}\n"
    assert told(lint(spec, {"other.yaml": other})) == [("keyword-idle", "/components/schemas/B/minLength")]


def test_a_code_that_silences_nothing_is_told(lint: Lint) -> None:
    spec = f"{INFO}components: {{schemas: {{A: {{x-specwright-ignore: [keyword-idle, keyword-idel, enum-repeated], properties: {{a: {IDLE}}}}}}}}}\n"
    unknown, idle = lint(spec)
    at = "/components/schemas/A/x-specwright-ignore"
    assert told((unknown, idle)) == [("ignore-idle", f"{at}/1"), ("ignore-idle", f"{at}/2")]
    assert unknown.message == "`keyword-idel` is not the code of a problem."
    assert unknown.hint == "Did you mean `keyword-idle`?"
    assert idle.message == "There is no `enum-repeated` here to silence."
    # It does not go on and on: what says so can be silenced by the configuration, and by the list's own neighbours.
    assert lint(spec, ignore=("ignore-idle",)) == ()
    assert told(lint(spec.replace("info:", "x-specwright-ignore: [ignore-idle]\ninfo:"))) == []


def test_of_a_part_nothing_is_said_to_be_idle(lint: Lint) -> None:
    spec = f"""{INFO}
paths:
  /a: {{get: {{operationId: a, summary: s, responses: {{204: {{description: d}}, default: {{description: d}}}}}}}}
  /b: {{get: {{operationId: b, summary: s, x-specwright-ignore: [keyword-idle], responses: {{204: {{description: d}}, default: {{description: d}}}}}}}}
"""
    assert [code for code, _ in told(lint(spec))] == ["ignore-idle"]
    assert lint(spec, operations=("a",)) == ()


def test_in_an_overlay_it_silences_what_the_document_says_and_what_the_overlay_adds(
    lint: Lint, tmp_path: Path
) -> None:
    overlay = f"""
overlay: 1.0.0
info: {{title: O, version: '1'}}
actions:
  - {{target: '$.components.schemas.A', update: {{x-specwright-ignore: [keyword-idle], properties: {{b: {IDLE}}}}}}}
  - {{target: '$.components.schemas.C', update: {{maxLength: 3}}}}
"""
    spec = f"{INFO}components: {{schemas: {{A: {{properties: {{a: {IDLE}}}}}, C: {{x-specwright-ignore: [keyword-idle], type: integer}}}}}}\n"
    assert told(lint(spec, {"o.yaml": overlay}, overlays=(tmp_path / "o.yaml",))) == []


def test_generate_and_check_are_silent_too_and_no_error_is(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(
        f"{INFO}components: {{schemas: {{A: {{x-specwright-ignore: [required-unknown], type: object, required: [b], properties: {{a: {{}}}}}}}}}}\n",
        "utf-8",
    )
    config = Config(spec=tmp_path / "spec.yaml", output=tmp_path / "out", strict=True)
    assert specwright.generate(config=config).problems == ()
    assert specwright.check(config=config).problems == ()
    # What is wrong with the configuration is an error, which is none of the document's.
    with pytest.raises(specwright.Refused):
        specwright.generate(config=replace(config, operations=("nothing",)))


def test_true_leaves_out_and_a_list_does_not(lint: Lint) -> None:
    spec = f"{INFO}components: {{schemas: {{A: {{x-specwright-ignore: true, type: {{}}}}, B: {{x-specwright-ignore: [keyword-idle], type: {{}}}}}}}}\n"
    assert told(lint(spec)) == [
        ("ignore-idle", "/components/schemas/B/x-specwright-ignore/0"),
        ("wrong-type", "/components/schemas/B/type"),
    ]


def test_what_is_no_list_of_codes_is_told(lint: Lint) -> None:
    spec = f"{INFO}components: {{schemas: {{A: {{x-specwright-ignore: keyword-idle}}, B: {{x-specwright-ignore: [[a]]}}}}}}\n"
    assert told(lint(spec)) == [
        ("wrong-type", "/components/schemas/A/x-specwright-ignore"),
        ("wrong-type", "/components/schemas/B/x-specwright-ignore/0"),
    ]


@pytest.mark.parametrize("version", ["3.0.3", "3.1.1"])
def test_beside_a_reference(lint: Lint, version: str) -> None:
    spec = f"{INFO.replace('3.1.1', version)}components: {{schemas: {{A: {{properties: {{a: {{x-specwright-ignore: [ref-missing], $ref: '#/nowhere'}}}}}}}}}}\npaths: {{}}\n"
    assert told(lint(spec)) == []


def test_codes_by_the_thousand_are_each_said_to_be_none(lint: Lint) -> None:
    codes = ", ".join(f"componnet-unused{number}" for number in range(5_000))
    found = lint(
        f"openapi: 3.1.1\ninfo: {{title: T, version: '1'}}\npaths: {{}}\nx-specwright-ignore: [{codes}]\n"
    )
    idle = [one for one in found if one.code == "ignore-idle"]
    assert len(idle) == 5_000
    assert idle[0].hint == "Did you mean `component-unused`?"
    assert idle[-1].hint != idle[0].hint
