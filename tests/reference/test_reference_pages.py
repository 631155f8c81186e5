"""The pages: whatever a document says is shown, and nothing of it is an element, an attribute, a script or an address.

`SPECWRIGHT_HOSTILE` names a folder of hostile documents, which are shown too where it is.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Final

import pytest
import yaml
from page_reader import Page, faults

import specwright
from specwright.config import Config
from specwright.problems import Refused, escaped
from specwright.reference.markdown import markdown
from specwright.reference.pages import pages
from specwright.reference.text import text

ROOT: Final = Path(__file__).resolve().parents[2]
HOSTILE: Final = ROOT / os.environ.get("SPECWRIGHT_HOSTILE", "../shared/hostile")
CASES: Final = sorted((ROOT / "tests" / "cases").glob("*/spec.yaml"))
DOCUMENTS: Final = [*CASES, *sorted(HOSTILE.glob("[0-9]*"))]


def shown(path: Path) -> dict[str, str]:
    try:
        reference = specwright.describe(config=Config(spec=path))
    except Refused:
        return {}
    for form in (text, markdown):
        form(reference).encode()
    return pages(reference)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.parent.name if path in CASES else path.name)
def test_nothing_on_a_page_is_not_ours(path: Path) -> None:
    found = shown(path)
    if path in CASES:
        assert found
    for name, page in found.items():
        assert faults(page) == [], name
        assert page.encode()
        for link in Page(page).links:
            page_name, _, anchor = link.partition("#")
            if not link.startswith("http") and page_name:
                folder = "" if "/" not in name or page_name.startswith("../") else "operations/"
                assert folder + page_name.removeprefix("../") in found
            elif not page_name:
                assert anchor


def test_what_is_hostile_is_shown() -> None:
    path = ROOT / "tests" / "cases" / "hostile_text" / "spec.yaml"
    evil: str = yaml.safe_load(path.read_text("utf-8"))["info"]["title"]
    found = shown(path)
    index = Page(found["index.html"])
    assert escaped(evil.split("\n", 1)[0]) in "".join(index.text)
    assert "<script>alert(1)</script>" in "".join(index.text)
    (data,) = index.data
    assert "<" not in data
    assert "<script>alert(1)</script>" in json.loads(data)["operations"][0][3]
    assert "\u202e" not in "".join(found.values())
    assert "\x1b" not in text(specwright.describe(config=Config(spec=path)))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<h1>", "<h1><b>x</b>", "<b> with []"),
        ("<h1>", "<h1 onclick=x>", "<h1> with ['onclick']"),
        ('href="#tag', 'href="javascript:x', "a link to 'javascript:x"),
        ("</style>", "x</style>", "the policy"),
        ("default-src &#39;none", "default-src &#39;self", "the policy"),
        ("<body", "<script>x</script><body", "1 styles and 2 scripts"),
        ("</main>", "", "</body> in"),
        ("<main", "<!-- x --><main", "a comment"),
        ('id="results"', 'id="main"', "id 'main' 2 times"),
    ],
)
def test_what_is_not_ours_is_found(old: str, new: str, fault: str) -> None:
    page = shown(ROOT / "spec" / "cohere-finetuning.yaml")["index.html"]
    assert old in page
    assert fault in " ".join(faults(page.replace(old, new, 1)))


def test_the_same_document_gives_the_same_pages() -> None:
    path = ROOT / "tests" / "cases" / "callbacks" / "spec.yaml"
    assert shown(path) == shown(path)
