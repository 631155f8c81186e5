"""What is said of a request that is not what its document asks for."""

from __future__ import annotations

from specwright.runtime.checking import hinted
from specwright.runtime.issues import Issue
from specwright.runtime.model import OpenStrEnum


class Colour(OpenStrEnum):
    RED = "red"


def test_a_value_that_only_the_server_knows_is_refused_with_a_hint() -> None:
    unlisted = Issue("/parts/1/a~1b", "enum", 'expected "red", found "teal"')
    given = {"parts": [{}, {"a/b": Colour("teal")}]}
    (said,) = hinted([unlisted], given)
    assert said.message.startswith(unlisted.message)
    assert "`extra_body` sends it" in said.message
    assert (said.pointer, said.keyword) == (unlisted.pointer, unlisted.keyword)


def test_a_misspelling_gets_no_such_hint() -> None:
    issues = [Issue("/colour", "enum", "…"), Issue("/size", "type", "…"), Issue("/nowhere/0", "enum", "…")]
    assert hinted(issues, {"colour": "raed", "size": Colour("teal")}) == issues
