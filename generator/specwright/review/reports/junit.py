"""JUnit XML, which shows a review where results of tests are shown.

There is no standard of it; this is what is common to GitLab ("JUnit XML format specification", docs.gitlab.com/ci/testing/unit_test_reports)
and the readers of it for GitHub: a `testsuite` for each document, a `testcase` for each change. GitLab shows `classname` as the
suite, tells cases apart by their names, and shows the text of `failure` and `skipped`, not their `message`.

| what counts | is |
|---|---|
| breaking | a `failure` |
| warning | `skipped`: neither passed nor failed, somebody has to look; GitLab shows its text, and that of what passed nowhere |
| compatible, documentation | passed |
| accepted, or not gated on | `skipped`, with the reason |
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from specwright.problems import counted
from specwright.review.reports.quoting import on_lines, on_one_line
from specwright.review.reports.verdict import anchor, headline, path, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specwright.review.findings import Finding, Review


def junit(reviews: Sequence[Review]) -> str:
    """The document, in UTF-8; characters that XML 1.0 has not (section 2.2) are shown as escapes."""
    root = ET.Element("testsuites", name="specwright diff")
    for review in reviews:
        _suite(root, review)
    for key in ("tests", "failures", "skipped"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    root.set("errors", "0")
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(root: ET.Element, review: Review) -> None:
    suite = ET.SubElement(root, "testsuite", name=on_one_line(review.name))
    said = f"{headline(review)}: {verdict(review)} Suggested version of the package: {review.version}."
    if not review.findings:
        ET.SubElement(suite, "testcase", classname=on_one_line(review.name), name=on_one_line(said))
    names: dict[str, int] = {}
    for finding in review.findings:
        name = on_one_line(f"{finding.id}: {finding.subject}", 300)
        names[name] = names.get(name, 0) + 1
        _case(suite, finding, review, name if names[name] == 1 else f"{name} ({names[name]})")
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("*/failure"))))
    suite.set("skipped", str(len(suite.findall("*/skipped"))))
    suite.set("errors", "0")
    ET.SubElement(suite, "system-out").text = on_one_line(f"{said} {review.callers_unsought}".rstrip())


def _case(suite: ET.Element, finding: Finding, review: Review, name: str) -> None:
    case = ET.SubElement(suite, "testcase", classname=on_one_line(review.name), name=name)
    place = anchor(finding)
    if place and place.file:
        case.set("file", on_one_line(path(place.file)))
        case.set("line", str(place.line))
    level = finding.level(review.gate)
    message = on_one_line(finding.message)
    text = "\n".join(_text(finding))
    if not finding.counts or level is None:
        reason = f"accepted: {finding.accepted}" if finding.accepted else "not gated on"
        ET.SubElement(case, "skipped", message=on_one_line(reason)).text = f"{on_one_line(reason)}\n{text}"
    elif level == "breaking":
        ET.SubElement(case, "failure", type=finding.id, message=message).text = text
    elif level == "warning":
        ET.SubElement(case, "skipped", message=message).text = f"warning\n{text}"
    else:
        ET.SubElement(case, "system-out").text = text


def _text(finding: Finding) -> Iterator[str]:
    place = anchor(finding)
    yield on_one_line(finding.message)
    if place:
        yield on_one_line(str(place))
    yield f"on the wire: {finding.wire or 'nothing'}; in Python: {finding.python or 'nothing'}"
    if finding.operations:
        first = ", ".join(finding.operations[:5])
        yield on_one_line(f"reaches {counted(len(finding.operations), 'operation')}: {first}")
    for change in finding.python_changes[:10]:
        yield on_one_line(f"{change.id}: {change.symbol}")
        yield from (f"  - {line}" for line in on_lines(change.old or "") if line)
        yield from (f"  + {line}" for line in on_lines(change.new or "") if line)
    if finding.hint:
        yield on_one_line(f"what to do: {finding.hint}")
