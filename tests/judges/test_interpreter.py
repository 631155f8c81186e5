"""Every draft, read as JSON Schema 2020-12 and evaluated word by word, has all of the official suite right."""

from __future__ import annotations

import pytest
from sweeps.suite.cases import groups, remotes

from judges.interpreter import valid
from judges.suite import FOLDER, at, dialect, files
from specwright.document.standalone import load_schema

needs_suite = pytest.mark.skipif(not files(), reason=f"there is no suite in {FOLDER}")

ELSEWHERE = ("optional/format/", "regex.json")
"""What is about formats and regular expressions, which have tests of their own."""

UNLIKE = {
    "draft7/optional/content.json": "`contentMediaType` and `contentEncoding` are annotations, as from 2019-09 on",
    "draft4/optional/zeroTerminatedFloats.json": "1.0 is an integer here, as in every later draft",
}

FILES = [
    pytest.param(file, marks=pytest.mark.xfail(reason=UNLIKE[file])) if file in UNLIKE else file
    for file in files()
    if not any(part in file for part in ELSEWHERE)
]


@needs_suite
@pytest.mark.parametrize("file", FILES)
def test_the_suite(file: str) -> None:
    wrong = [
        f"{file}: {group.description}: {test.description}"
        for group in groups(at(file))
        for schemas in [
            load_schema(group.schema, dialect=dialect(file), resources=remotes(FOLDER), formats=False)
        ]
        for test in group.tests
        if valid(schemas, test.data) is not test.valid
    ]
    assert wrong == []


@pytest.mark.parametrize(("dialect", "expected"), [("2020-12", True), ("2019-09", False)])
def test_what_the_suite_leaves_out(dialect: str, *, expected: bool) -> None:
    schema = {"contains": {"type": "integer"}, "unevaluatedItems": False}
    assert valid(load_schema(schema, dialect=dialect), [1]) is expected
