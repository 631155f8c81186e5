from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from review.reports.samples import (
    ENUM,
    FORMAT,
    NEW_DOCUMENT,
    NOTHING,
    OLD_DOCUMENT,
    REVIEW,
    UNRAISED,
    hostile,
    many,
)
from specwright.review.findings import Lines
from specwright.review.reports.page import page

if TYPE_CHECKING:
    from collections.abc import Sequence

VOID = {"meta", "input", "col", "br", "link", "img"}


class Read(HTMLParser):
    """Elements with their attributes, and the text of all; whether every element that is opened is closed."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"script", "style"}:
            self.text += data


def test_the_policy_allows_the_one_style_and_the_one_script() -> None:
    written = page([REVIEW])
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', written)
    assert policy.startswith("default-src &#39;none&#39;; ")
    for tag in ("style", "script"):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", written, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src &#39;sha256-{digest}&#39;" in policy


def test_it_loads_nothing_and_leads_nowhere() -> None:
    for review in (REVIEW, hostile(REVIEW)):
        read = Read(page([review]))
        assert read.open == []
        for tag, attributes in read.elements:
            assert tag not in {"link", "img", "iframe", "object", "base", "svg"}
            assert not {"src", "srcset", "style", "action"} & set(attributes)
            assert not any(name.startswith("on") for name in attributes)
            assert (attributes.get("href") or "#").startswith("#")
        assert sum(tag == "script" for tag, _ in read.elements) == 1
        assert "url(" not in page([review]).split("</style>")[0]


def test_every_link_has_its_target_and_every_id_is_one() -> None:
    read = Read(page([many(300), replace(many(20), name="other"), NOTHING]))
    ids = [str(attributes["id"]) for _, attributes in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {str(attributes["href"])[1:] for tag, attributes in read.elements if tag == "a"} <= set(ids)


def test_hostile_text_is_text() -> None:
    read = Read(page([hostile(REVIEW)]))
    assert "<script>alert(1)</script>" in read.text
    assert "\\u202ereversed\\u2028" in read.text
    assert all(char.isprintable() or char == "\n" for char in read.text)
    assert {7} != set(re.findall(r"\{\{ 7 \}\}", read.text))


def test_lines_of_the_document_stand_side_by_side() -> None:
    text = Read(page([REVIEW])).text
    assert "main:spec/cohere-finetuning.yaml:16:11" in text
    assert "16          type: string" in text
    assert "17          format: uuid" in text
    assert "spec/cohere-finetuning.yaml:13:7, which held it" in text


def test_a_long_line_is_cut_and_a_file_that_is_not_there_shows_the_place() -> None:
    alone = replace(REVIEW, document_lines=())
    assert "16          type: string" in Read(page([alone])).text
    long = replace(REVIEW, document_lines=(Lines("spec/cohere-finetuning.yaml", "x" * 10**6, "y" * 10**6),))
    assert len(page([long])) < 200_000


def test_generated_code_stands_side_by_side() -> None:
    written = page([REVIEW])
    assert "dataset_id: <del>str</del>" in written
    assert "dataset_id: <ins>UUID</ins>" in written
    many_lines = "\n".join(map(str, range(5_000)))
    long = replace(REVIEW, code_lines=tuple(Lines(f"m{at}.py", "", many_lines) for at in range(40)))
    text = Read(page([long])).text
    assert "and 4,400 more lines" in text
    assert "and 30 more files" in text


@pytest.mark.parametrize("path", ["spec/cohere-finetuning.yaml", "cohere-finetuning.yaml", "renamed.yaml"])
def test_lines_around_are_shown_whatever_the_file_is_called(path: str) -> None:
    lines = (Lines(path, OLD_DOCUMENT, NEW_DOCUMENT),)
    text = Read(page([replace(REVIEW, findings=(FORMAT,), document_lines=lines)])).text
    assert "description: The data used for training" in text
    moved = replace(FORMAT, new=replace(FORMAT.new, line=3) if FORMAT.new else None)
    text = Read(page([replace(REVIEW, findings=(moved,), document_lines=lines)])).text
    assert "info: {title: Fine-tuning, version: 1.5.0}" not in text


def test_the_version_of_the_document_stands_with_the_verdict() -> None:
    written = page([replace(REVIEW, findings=(FORMAT, UNRAISED))])
    head = written[: written.index("</header>")]
    assert "the version is still <code>1.4.2</code>, although something breaks" in head
    assert "the document</code></h2>" not in written


def test_what_is_reached_is_folded_beyond_ten() -> None:
    text = Read(page([REVIEW])).text
    assert "Reaches 18 operations:" in text
    assert "and 8 more" in text


def test_operations_list_what_reaches_them_gravest_first() -> None:
    written = page([REVIEW])
    operations = written[written.index('<section class="operations">') :]
    assert operations.index("2 breaking, 1 warning") < operations.index("1 breaking")
    assert re.search(r'href="#d1-f1"', operations)


def test_levels_are_words_on_both_axes() -> None:
    text = Read(page([replace(REVIEW, findings=(replace(ENUM, python=None),))])).text
    assert "wire: warning" in text
    assert "Python: none" in text


def test_two_thousand_findings_are_a_few_megabytes() -> None:
    assert len(page([many(2_000)])) < 7_000_000
