from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import architecture
from architecture import MODULE_RULES, Module, template_faults, templates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Rule = Callable[[Module], Iterator[str]]


@pytest.mark.parametrize("rule", MODULE_RULES, ids=lambda rule: rule.__name__)
def test_every_module_keeps_the_rule(rule: Rule) -> None:
    assert [fault for module in architecture.modules() for fault in rule(module)] == []


@pytest.mark.parametrize("template", templates(), ids=lambda path: path.name)
def test_every_template_is_plain(template: Path) -> None:
    assert list(template_faults(template.read_text(encoding="utf-8"))) == []


def test_there_is_something_to_hold_the_rules_against() -> None:
    names = {module.name for module in architecture.modules()}
    assert {"", "cli", "config", "document.load", "emit.code", "emit.write", "plan.ir", "problems"} <= names
    assert templates()


PLANTED = [
    ("imports_point_one_way", "plan.names", "from specwright.emit.code import Code"),
    ("imports_point_one_way", "document.load", "import specwright.plan"),
    ("imports_point_one_way", "emit.tidy", "from specwright import generate"),
    ("imports_point_one_way", "emit.tidy", "def f():\n    import specwright.cli"),
    (
        "imports_point_one_way",
        "problems",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from specwright.config import Config",
    ),
    ("emit_knows_of_the_plan_only_what_it_is", "emit.render", "from specwright.plan.names import decide"),
    ("emit_knows_of_the_plan_only_what_it_is", "emit.render", "from specwright.plan import plan"),
    ("the_ir_imports_nothing_of_ours", "plan.ir", "from specwright.problems import Place"),
    ("the_runtime_is_complete_in_itself", "runtime.client", "from specwright.runtime import errors"),
    ("each_library_has_one_home", "document.files", "import yaml"),
    ("each_library_has_one_home", "emit.write", "from jinja2.nodes import Node"),
    ("each_library_has_one_home", "emit.write.stage", "from ruff import find_ruff_bin"),
    ("each_library_has_one_home", "plan.schemas", "import msgspec"),
    ("each_library_has_one_home", "document.load", "import httpx2"),
    ("each_library_has_one_home", "", "import click"),
    ("few_touch_the_disk", "plan.names", "def f(path): return path.read_text()"),
    ("few_touch_the_disk", "emit.lock", "def f(path):\n    with open(path) as file: return file"),
    ("few_touch_the_disk", "emit.vet", "import tempfile"),
    ("few_touch_the_disk", "cli.report", "import os\nos.replace('a', 'b')"),
    ("only_the_command_line_prints", "plan.names", "print('hello')"),
    ("only_the_command_line_prints", "emit.tidy", "import sys\nsys.stderr.write('hello')"),
    ("nobody_reads_the_clock", "emit.render", "import time\nx = time.time()"),
    ("nobody_reads_the_clock", "plan.names", "import datetime as dt\nx = dt.datetime.now()"),
    ("nobody_uses_the_network", "document.files", "from urllib.request import urlopen"),
    ("nobody_uses_the_network", "cli", "import socket"),
    ("modules_are_short", "plan.names", "x = 1\n" * 301),
    ("code_is_made_in_one_place", "emit.filters.models", "x = Code('exec(1)')"),
    (
        "code_is_made_in_one_place",
        "emit.filters.models",
        "from specwright.emit import code\nx = code.Code('exec(1)')",
    ),
    ("modules_are_named_after_what_they_do", "plan.utils", ""),
    ("input_is_not_checked_with_assert", "document.load", "def f(x): assert x"),
]


@pytest.mark.parametrize(("rule", "name", "text"), PLANTED)
def test_each_rule_finds_what_breaks_it(rule: str, name: str, text: str) -> None:
    found: Rule = getattr(architecture, rule)
    assert len(list(found(Module(name, text)))) == 1


def test_no_rule_goes_unproved() -> None:
    assert {rule.__name__ for rule in MODULE_RULES} == {rule for rule, _, _ in PLANTED}


def test_lines_of_code_are_those_that_say_something() -> None:
    assert (
        architecture.lines_of_code(
            '"""A\n\nmodule."""\n\n# why\nx = (\n    1\n)\n\n\ndef f():\n    """Docs."""\n'
        )
        == 4
    )


PLAIN = "{#- input: api, plan.ir.Api -#}\n"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("x = 1\n", "1: it does not open with the type of its input"),
        (PLAIN + "{% set x = 1 %}", "2: Assign"),
        (PLAIN + "{% set x %}1{% endset %}", "2: AssignBlock"),
        (PLAIN + "{% macro x() %}1{% endmacro %}", "2: Macro"),
        (PLAIN + "{% filter upper %}1{% endfilter %}", "2: FilterBlock"),
        (PLAIN + "{% import 'a' as a %}", "2: Import"),
        (PLAIN + "{% extends 'a' %}", "2: Extends"),
        (PLAIN + "{{ f() }}", "2: Call"),
        (PLAIN + "{{ a ~ b }}", "2: Concat"),
        (PLAIN + "{{ a + b }}", "2: Add"),
        (PLAIN + "{% if a == b %}{% endif %}", "2: Compare"),
        (PLAIN + "{% for k, v in a.b(1) %}{% endfor %}", "2: Call"),
        (PLAIN + "{% for k, v in a.items() %}{% set x = 1 %}{% endfor %}", "2: Assign"),
        (
            PLAIN + "{% for a in b %}{% if a %}{% for c in a %}{{ c }}{% endfor %}{% endif %}{% endfor %}",
            "2: nested 3 deep",
        ),
    ],
)
def test_a_template_that_decides_something_is_found(text: str, fault: str) -> None:
    assert fault in list(template_faults(text))


@pytest.mark.parametrize(
    ("line", "fine"),
    [
        ("from typing import Any, Literal", False),
        ("from typing import (Any, Literal)", False),
        ("from typing import (Any, Literal,)", True),
        ("from uuid import UUID", True),
        ("    from .{{ module | name }} import {{ names | names }}", False),
        ("    from .{{ module | name }} import ({{ names | names }},)", True),
        ("from {{ above }} import {{ module }}", True),
    ],
)
def test_a_name_that_is_added_to_an_import_moves_no_other(line: str, *, fine: bool) -> None:
    assert ("comma" not in "".join(template_faults(f"{PLAIN}{line}\n"))) is fine


def test_what_a_template_may_hold() -> None:
    text = "{% for k, v in a.items() %}{{ k | name }}{% endfor %}{% for x in a.b %}{% if x.y %}{{ x | name }}{% else %}{{ x | f(a) }}{% endif %}{% include 'x' %}{% endfor %}"
    assert list(template_faults(PLAIN + text)) == []
