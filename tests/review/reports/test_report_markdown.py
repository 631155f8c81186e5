from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from review.reports.samples import (
    ACCEPTED,
    ADDED,
    ENUM,
    FORMAT,
    HOSTILE,
    NOTHING,
    REMOVED,
    REVIEW,
    UNRAISED,
    WORDS,
    WORDS_ONLY,
    hostile,
    many,
    place,
)
from specwright.review.findings import UnusedAccept
from specwright.review.reports import FORMATS
from specwright.review.reports import text as terminal
from specwright.review.reports.markdown import LIMIT, MARKER, markdown
from specwright.review.reports.page import page
from specwright.review.reports.quoting import block, code, line, on_lines, tag, text

if TYPE_CHECKING:
    from specwright.review.findings import Review

GITHUB = 65_536
READ = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def rendered(comment: str) -> str:
    return READ.render(comment)


def prose(page: str) -> str:
    """What GitHub looks in for names, numbers and addresses: all but code and tags."""
    said = re.sub(r"<[^>]*>", " ", re.sub(r"<(code|pre)\b.*?</\1>", " ", page, flags=re.DOTALL))
    return html.unescape(said)


def balanced(page: str) -> bool:
    return page.count("<details") == page.count("</details>") and page.count("<summary>") == page.count(
        "</summary>"
    )


def test_the_first_line_is_the_marker_and_the_second_the_verdict() -> None:
    lines = [line for line in markdown([REVIEW]).split("\n") if line]
    assert lines[0] == MARKER
    assert lines[1:3] == [
        "> [!CAUTION]",
        "> **Breaking**: 2 changes break callers (1 on the wire, 2 in Python).",
    ]
    assert "**`2.0.0`**" in lines[3]


def test_what_breaks_comes_before_warnings_and_the_rest() -> None:
    comment = markdown([REVIEW])
    titles = [
        "### Breaking changes (2)",
        "### Warnings (1)",
        "### Places in your code",
        "### Migration",
        "1 compatible change",
    ]
    places = [comment.index(title) for title in titles]
    assert places == sorted(places)


def test_a_finding_says_what_it_reaches_what_changes_in_python_and_what_to_do() -> None:
    comment = markdown([REVIEW])
    assert "and 13 more; types `BaseModel`, `Settings`, `SettingsInput`." in comment
    assert "  - dataset_id: str\n  + dataset_id: UUID\n" in comment
    assert "**What to do:** Keep taking what was valid" in comment
    assert "**Why the axes differ:**" in comment
    assert (
        "as the value of `Settings.dataset_id` in a request, such as `POST /v1/finetuning/finetuned-models`, "
        "this was valid and is not, at `/settings/dataset_id`: `ds-1` is no UUID"
    ) in comment


def test_what_is_accepted_is_told_and_so_are_entries_that_do_nothing() -> None:
    comment = markdown([REVIEW])
    assert "Accepted: nobody matches on it" in comment
    assert "- `enum-value-removed: Strategy*` met nothing: it was never sent" in comment
    over = UnusedAccept("type-changed", "y", "expired", place(4, 1, "", file="accepted.toml"))
    comment = markdown([replace(REVIEW, unused_accepts=(over,))])
    assert "- `accepted.toml:4`: `type-changed` has expired: y" in comment


def test_where_no_code_is_touched_it_is_said_only_if_it_was_looked_at() -> None:
    said = "No place in your code is touched."
    for asked in (False, True):
        review = replace(REVIEW, callers=(), callers_asked=asked)
        for written in (markdown([review]), terminal([review]), page([review])):
            assert (said in written) == asked
    assert "`app/train.py:12`: uses `models.Settings.multi_label` (breaking)" in markdown([REVIEW])


def test_where_code_can_not_be_looked_at_every_report_that_tells_of_a_whole_document_says_so() -> None:
    why = "Places in your code are not looked for where openapi-python-client writes the client."
    review = replace(REVIEW, callers=(), callers_unsought=why)
    # A report of GitLab's is a list of findings, and nothing else.
    for report in (report for name, report in FORMATS.items() if name != "gitlab"):
        assert why in report([review]), report
        assert "No place in your code is touched" not in report([review])
        assert why not in report([REVIEW])


def test_few_lines_are_not_left_out() -> None:
    assert on_lines("x\n" * 14, 12) == [*["x"] * 14, ""]
    assert on_lines("x\n" * 15, 12) == [*["x"] * 12, "… 4 more lines"]


@pytest.mark.parametrize(
    ("review", "said"),
    [
        (NOTHING, "**No change**: both documents mean the same."),
        (WORDS_ONLY, "**Documentation only**: it was checked that nothing changed but words."),
        (replace(WORDS_ONLY, documentation_only=False), "**Nothing to do**: 1 change changes words only."),
        (replace(NOTHING, findings=(ACCEPTED,)), "**Nothing that counts**: 1 change, 1 accepted."),
    ],
)
def test_a_verdict_in_a_line(review: Review, said: str) -> None:
    assert said in markdown([review])


def test_several_documents_are_one_comment_with_one_marker() -> None:
    comment = markdown([REVIEW, replace(NOTHING, name="spec/other.yaml")])
    assert comment.count(MARKER) == 1
    assert "> **2 documents**: 1 breaking, 1 unchanged." in comment
    assert "## `spec/other.yaml`" in comment
    assert "No change" in markdown([])


def test_nothing_that_a_document_says_is_markup() -> None:
    page = rendered(markdown([hostile(REVIEW)]))
    assert set(re.findall(r"<(\w+)", page.replace(MARKER, ""))) <= set(
        "blockquote br code details em h2 h3 hr li p pre span strong sub summary table tbody td th thead tr ul".split()  # noqa: SIM905 -- reads better
    )
    assert "evil" not in "".join(re.findall(r"<[^>]*>", page))
    assert balanced(page)


def test_nobody_is_notified_and_nothing_is_linked() -> None:
    said = prose(rendered(markdown([hostile(REVIEW)])))
    assert "everyone" in said
    assert not re.search(r"@\w|#\d|(?i:gh-\d)|://|(?i:www\.\w)|:[\w+-]+:", said)
    assert "$" not in re.sub(r"<span>\$</span>", "", markdown([replace(REVIEW, title="$x$")]).split("$x$")[0])


def test_a_formula_is_none() -> None:
    assert text("`$ref` and $a$") == "`$ref` and <span>$</span>a<span>$</span>"


def test_code_ends_where_it_should() -> None:
    assert rendered(code(HOSTILE)).count("<code>") == 1
    assert rendered(block("diff", HOSTILE.split("\n"))).count("<pre>") == 1
    assert code("`") == "`` ` ``"
    assert code("") == "\\`\\`"


def test_a_message_in_html_is_one_line_that_does_nothing() -> None:
    assert line("`Pet.name` may be <b>") == "<code>Pet.name</code> may be &lt;b&gt;"
    assert "\n" not in line(HOSTILE)
    assert set(re.findall(r"<(/?\w+)", line(HOSTILE))) <= {"code", "/code", "span", "/span"}


def test_a_folded_group_says_its_first_change_and_how_many_more_there_are() -> None:
    found = tuple(
        replace(
            each, group=f"{each.group}{at}", message=each.message.replace(each.group, f"{each.group}{at}")
        )
        for at in range(7)
        for each in (FORMAT, REMOVED)
    )
    comment = markdown([replace(REVIEW, findings=found)])
    assert "<details open><summary><code>Settings4</code> · 2</summary>" in comment
    first = "<code>.dataset_id</code> must have the format <code>uuid</code>; it was any text"
    assert f"<details><summary><code>Settings5</code>: {first} · and 1 more</summary>" in comment


@pytest.mark.parametrize("number", [1, 2])
def test_one_and_several(number: int) -> None:
    found = tuple(
        replace(each, fingerprint=f"{at}{each.fingerprint[1:]}")
        for at in range(number)
        for each in (ADDED, WORDS)
    )
    comment = markdown([replace(REVIEW, level="compatible", findings=found, counts={})])
    quiet, words = (
        ("1 compatible change", "1 change of documentation"),
        ("2 compatible changes", "2 changes of documentation"),
    )[number - 1]
    assert f"<summary>{quiet}</summary>" in comment
    assert f"<summary>{words}</summary>" in comment


def test_the_axis_is_named_where_it_is_one() -> None:
    for found, said in (
        (replace(FORMAT, python=None), "(on the wire only)"),
        (replace(FORMAT, wire=None), "(in Python only)"),
    ):
        comment = markdown([replace(REVIEW, findings=(found,))])
        assert f"**Breaking**: 1 change breaks callers {said}." in comment
    comment = markdown([replace(REVIEW, level="warning", findings=(ENUM,))])
    assert "**Warning**: 1 change needs a look" in comment


def test_the_version_of_the_document_stands_with_the_verdict() -> None:
    comment = markdown([replace(REVIEW, findings=(FORMAT, UNRAISED))])
    assert "> The version is still `1.4.2`, although something breaks.\n" in comment
    assert "the document</code>" not in comment


def test_code_in_html_is_one_line_without_tags() -> None:
    assert "\n" not in tag(HOSTILE)
    assert re.findall(r"<[^>]*>", tag(HOSTILE)) == ["<code>", "</code>"]


@pytest.mark.parametrize("number", [700, 2_000, 10_000])
def test_a_comment_fits_whatever_has_to_go_and_says_what(number: int) -> None:
    comment = markdown([many(number)])
    assert len(comment) <= LIMIT < GITHUB
    assert "Left out, so that this fits in a comment: compatible changes" in comment
    assert balanced(rendered(comment))
    assert "> **Breaking**" in comment


def test_a_comment_uses_the_room_that_it_has() -> None:
    assert len(markdown([many(10_000)])) > LIMIT / 2


def test_hostile_texts_fit_too() -> None:
    long = replace(hostile(many(40)), title="x" * 100_000, changelog="`" * 100_000)
    comment = markdown([long] * 300)
    assert len(comment) <= LIMIT
    assert balanced(rendered(comment))
    assert "more documents" in comment
