"""The reports that other programs show: annotations, Code Quality, JUnit and SARIF."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import specwright
from review.reports.samples import FORMAT, NOTHING, REMOVED, REVIEW, SPEC, hostile, many, place
from specwright.review.findings import UnusedAccept
from specwright.review.reports.codequality import code_quality
from specwright.review.reports.commands import MOST, workflow_commands
from specwright.review.reports.junit import junit
from specwright.review.reports.located import located
from specwright.review.reports.sarif import SCHEMA, sarif


def parsed(written: str) -> ET.Element:
    return ET.fromstring(written.encode())  # noqa: S314 -- our own


COMMAND = re.compile(r"::(error|warning|notice) (?:[a-z]+=[^\n:,]*,?)+::[^\n]*")


def test_paths_are_from_the_top_of_the_repository() -> None:
    over = UnusedAccept("x", "y", "expired", place(4, 1, "", file="/top/accepted.toml"))
    moved = (replace(FORMAT, repeated=(place(9, 1, "", file="/else/where.yaml"),)), REMOVED)
    review = replace(REVIEW, findings=moved, unused_accepts=(over,))
    (found,) = located([review], "/top/sub", "/top")
    first, second = found.findings
    assert first.new
    assert first.new.file == f"sub/{SPEC}"
    assert (first.old, first.repeated) == (FORMAT.old, moved[0].repeated)
    assert second.parent
    assert second.parent.file == f"sub/{SPEC}"
    assert [each.file for each in found.callers] == ["sub/app/train.py", "sub/app/old.py"]
    assert "::warning file=accepted.toml,line=4,col=1,title=accept-expired::" in workflow_commands([found])


# --- GitHub -------------------------------------------------------------------------------------------------------


def test_annotations_are_gravest_first_and_point_at_the_new_document() -> None:
    lines = workflow_commands([REVIEW]).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error", "::error", "::error", "::warning"]
    assert lines[0].startswith("::error file=app/train.py,line=12,col=9,title=py-field-removed::")
    assert lines[1].startswith(
        "::error file=spec/cohere-finetuning.yaml,line=17,col=11,title=format-added (breaking)::"
    )


def test_a_removal_points_at_what_held_it() -> None:
    assert "file=spec/cohere-finetuning.yaml,line=13,col=7,title=property-removed" in workflow_commands(
        [REVIEW]
    )


def test_notices_only_if_asked_for() -> None:
    assert "::notice " not in workflow_commands([REVIEW])
    assert workflow_commands([REVIEW], notices=True).count("::notice ") == 2
    assert workflow_commands([NOTHING]) == ""


def test_hostile_text_is_no_command() -> None:
    lines = workflow_commands([hostile(REVIEW)], notices=True).splitlines()
    assert len(lines) == 6
    assert all(COMMAND.fullmatch(line) for line in lines)
    assert all(re.fullmatch(r"(?:[^%]|%(?:25|0A|0D|3A|2C))*", line) for line in lines)


def test_what_github_does_not_show_is_counted() -> None:
    lines = workflow_commands([many(1000)]).splitlines()
    assert [sum(line.startswith(f"::{kind}") for line in lines) for kind in ("error", "warning")] == [
        MOST,
        MOST,
    ]
    assert "title=392 more errors::" in lines[MOST - 1]


# --- GitLab -------------------------------------------------------------------------------------------------------


def test_code_quality_has_what_gitlab_needs_and_each_fingerprint_once() -> None:
    same = replace(REVIEW, findings=(FORMAT, FORMAT, REMOVED))
    entries = json.loads(code_quality([same, replace(same, name="other")]))
    assert len({entry["fingerprint"] for entry in entries}) == len(entries) == 6
    assert entries[0] | {"fingerprint": ""} == {
        "description": "`Settings.dataset_id` must have the format `uuid`; it was any text "
        "Keep taking what was valid until callers have moved.",
        "check_name": "format-added",
        "fingerprint": "",
        "severity": "critical",
        "location": {"path": "spec/cohere-finetuning.yaml", "lines": {"begin": 17}},
    }
    assert code_quality([same]) == code_quality([same])


def test_code_quality_has_what_is_compatible_only_if_asked_for() -> None:
    assert {entry["severity"] for entry in json.loads(code_quality([REVIEW]))} == {"critical", "minor"}
    assert len(json.loads(code_quality([REVIEW], notices=True))) == 5
    assert json.loads(code_quality([NOTHING])) == []
    assert all(len(entry["description"]) < 12_000 for entry in json.loads(code_quality([hostile(REVIEW)])))


def test_paths_are_those_of_the_repository() -> None:
    here = replace(FORMAT, new=replace(FORMAT.new, file="./spec/a.yaml"))
    gone = replace(FORMAT, new=None, parent=None, old=replace(FORMAT.old, file="main:spec/gone.yaml"))
    entries = json.loads(code_quality([replace(REVIEW, findings=(here, gone))]))
    assert [entry["location"]["path"] for entry in entries] == ["spec/a.yaml", "spec/gone.yaml"]
    assert entries[1]["location"]["lines"]["begin"] == 1


# --- JUnit --------------------------------------------------------------------------------------------------------


def test_junit_has_a_case_for_each_change() -> None:
    suite = parsed(junit([REVIEW]))[0]
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("7", "2", "3")
    assert [case.get("name") for case in suite.iter("testcase")][:2] == [
        "format-added: Settings.dataset_id",
        "property-removed: Settings.multi_label",
    ]
    kinds = [[child.tag for child in case] for case in suite.iter("testcase")]
    assert kinds == [
        ["failure"],
        ["failure"],
        ["skipped"],
        ["system-out"],
        ["system-out"],
        ["skipped"],
        ["skipped"],
    ]
    reasons = [case[0].get("message") for case in suite.iter("testcase")][-2:]
    assert reasons == ["accepted: nobody matches on it", "not gated on"]


def test_junit_tells_cases_apart_by_their_names() -> None:
    suite = parsed(junit([replace(REVIEW, findings=(FORMAT, FORMAT))]))[0]
    assert len({case.get("name") for case in suite.iter("testcase")}) == 2


def test_junit_of_nothing_passes() -> None:
    root = parsed(junit([NOTHING, replace(NOTHING, name="b")]))
    assert (root.get("tests"), root.get("failures")) == ("2", "0")
    assert parsed(junit([])).get("tests") == "0"


def test_hostile_text_is_xml_all_the_same() -> None:
    written = junit([hostile(REVIEW)])
    root = parsed(written)
    assert {element.tag for element in root.iter()} <= {
        "testsuites",
        "testsuite",
        "testcase",
        "failure",
        "skipped",
        "system-out",
    }
    assert not re.search("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", written)
    assert "\u202e" not in written


# --- SARIF --------------------------------------------------------------------------------------------------------


def test_sarif_has_what_code_scanning_needs() -> None:
    log = json.loads(sarif([REVIEW]))
    assert (log["version"], log["$schema"], len(log["runs"])) == ("2.1.0", SCHEMA, 1)
    (run,) = log["runs"]
    assert run["tool"]["driver"]["semanticVersion"] == specwright.__version__
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        assert result["level"] in {"error", "warning", "note"}
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region["startLine"] >= 1
        assert result["partialFingerprints"]
    assert [result["level"] for result in run["results"]].count("error") == 2


def test_sarif_shows_where_it_stood() -> None:
    result = json.loads(sarif([REVIEW]))["runs"][0]["results"][0]
    physical = result["relatedLocations"][0]["physicalLocation"]
    assert physical["region"]["startLine"] == 16
    assert physical["artifactLocation"]["uri"] == "spec/cohere-finetuning.yaml"


def test_sarif_suppresses_what_does_not_count() -> None:
    results = json.loads(sarif([REVIEW]))["runs"][0]["results"]
    reasons = [each["suppressions"][0]["justification"] for each in results if "suppressions" in each]
    assert sorted(reasons) == ["It is not gated on.", "nobody matches on it"]
    assert all(each["level"] == "note" for each in results if "suppressions" in each)


def test_hostile_text_is_no_link_and_no_path() -> None:
    written = sarif([hostile(REVIEW)])
    assert written.isascii()
    assert "\\ud800" not in written.replace("\\\\", "")
    for result in json.loads(written)["runs"][0]["results"]:
        assert "](" not in result["message"]["text"]
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", uri)


def test_sarif_stays_below_the_limit_and_keeps_what_is_grave() -> None:
    (run,) = json.loads(sarif([many(6_000)]))["runs"]
    levels = [result["level"] for result in run["results"]]
    assert len(levels) == 5_000
    assert levels.count("error") == 2_400
