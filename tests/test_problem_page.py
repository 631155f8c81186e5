"""The page of Problems is complete, and each example on it prints what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import problem_page
from problem_page import CODES, PAGE
from specwright.catalogue import RULES
from specwright.problems import CATALOGUE

EXAMPLES = problem_page.examples()
TESTS = Path(__file__).parent
DOCS = "Then run `make docs`, and commit docs/problems.md."


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("problems")
    return {code: problem_page.printed(example, folder / code) for code, example in EXAMPLES.items()}


def test_the_page_is_what_the_catalogue_and_the_examples_give(shown: dict[str, str], *, update: bool) -> None:
    expected = problem_page.page(shown)
    if update:
        PAGE.write_text(expected, "utf-8", newline="")
    assert PAGE.read_text("utf-8") == expected, "docs/problems.md is stale. Run `make docs`, and commit it."


def test_every_code_is_on_the_page_and_every_code_on_the_page_exists() -> None:
    headings = re.findall(r"^## (.+)$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert headings == list(CATALOGUE), "docs/problems.md is stale. Run `make docs`, and commit it."


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_code_is_produced(code: str, shown: dict[str, str]) -> None:
    if code in EXAMPLES:
        folder = EXAMPLES[code].folder.relative_to(TESTS)
        found = set(CODES.findall(shown[code]))
        assert found == {code}, (
            f"tests/{folder} is the example of `{code}` and prints {sorted(found)}. Make it the smallest document that "
            f"prints this code and no other; if nothing produces the code any more, delete the folder and the line in "
            f"generator/specwright/catalogue.py. {DOCS}"
        )
    else:
        assert code in codes_in_tests(), (
            f"No test produces `{code}`. Add tests/problems/{code}/spec.yaml, the smallest document that prints it "
            f"(and command.txt, if it takes another command than `specwright lint spec.yaml`). {DOCS}"
        )


def codes_in_tests() -> set[str]:
    """The codes that a test beside this one names."""
    texts = (path.read_text("utf-8") for path in TESTS.rglob("test_*.py") if path != Path(__file__))
    return {code for text in texts for code in re.findall(r"[\"\[]([a-z]+(?:-[a-z]+)*)[\"\]]", text)}


def test_every_example_is_of_a_code() -> None:
    assert {folder.name for folder in problem_page.OWN.iterdir()} <= set(CATALOGUE), (
        "Delete those of codes that went."
    )


@pytest.mark.parametrize(
    "code", [code for code, entry in CATALOGUE.items() if entry.severity == "warning" and code not in RULES]
)
def test_the_meaning_of_a_warning_says_what_is_done_about_it(code: str) -> None:
    _, separator, instead = CATALOGUE[code].means.partition("; ")
    assert separator, (
        f"Write `…; …` in the meaning of `{code}`: the mistake, a semicolon, and what specwright does."
    )
    assert instead.endswith(".")
