"""What counts: levels by rule, the accept list, what is not stable, and what fails."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from specwright.config import Accept, DiffSettings, diff_configured
from specwright.config import diff as settings_
from specwright.problems import Refused
from specwright.review.findings import AXES, LEVELS, Finding, PythonChange, Review, UnusedAccept
from specwright.review.policy import Policy, fails, judged, known, policy_of, settled

if TYPE_CHECKING:
    from pathlib import Path

REMOVED = PythonChange("py-field-removed", "models.Pet.age", "breaking", "age: int", None)
ADDED = PythonChange("py-field-added-optional", "models.Pet.size", "compatible", None, "size: int")
FOUND = Finding(
    "property-removed", "warning", "breaking", "`Pet.age` is gone", "Pet.age", "Pet",
    python_changes=(REMOVED, ADDED), fingerprint="0123456789abcdef",
)  # fmt: skip
ONLY_PYTHON = replace(FOUND, id="py-param-renamed", wire=None, fingerprint="f" * 16)


def review(*findings: Finding, unused: tuple[UnusedAccept, ...] = ()) -> Review:
    return Review(
        "pets", "Pets", "a", "b", "breaking", findings, ("wire", "python"), "1", "2", "3", documentation_only=False, changelog="",
        unused_accepts=unused,
    )  # fmt: skip


def one(found: Finding, **policy: Any) -> Finding | None:
    told, _ = judged([found], Policy(**policy))
    return told[0] if told else None


def levels(found: Finding | None) -> Any:
    return found and (found.wire, found.python)


def test_the_words_of_the_configuration_are_those_of_findings() -> None:
    assert settings_.LEVELS == LEVELS
    assert settings_.AXES == AXES
    assert set(settings_.FAIL_ON) < set(LEVELS)


# --- levels -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, ("warning", "breaking")),
        ({"property-removed": "breaking"}, ("breaking", "breaking")),
        ({"property-*": "doc"}, ("doc", "breaking")),
        ({"*": "doc"}, ("doc", "doc")),
        ({"*": "doc", "property-removed": "breaking"}, ("breaking", "doc")),
        ({"property-removed": "breaking", "*": "doc"}, ("breaking", "doc")),
        ({"property-*": "breaking", "*-removed": "doc"}, ("doc", "compatible")),
        ({"py-field-removed": "warning"}, ("warning", "warning")),
        ({"py-field-removed": "off"}, ("warning", "compatible")),
        ({"py-*": "off"}, ("warning", None)),
        ({"property-removed": "off"}, (None, "breaking")),
        ({"other": "off"}, ("warning", "breaking")),
    ],
)
def test_a_rule_has_the_level_that_is_said(said: Any, expected: Any) -> None:
    assert levels(one(FOUND, levels=said)) == expected


def test_what_is_off_on_both_axes_is_gone() -> None:
    assert one(FOUND, levels={"*": "off"}) is None
    assert one(ONLY_PYTHON, levels={"py-*": "off"}) is None
    assert one(replace(FOUND, python=None, python_changes=()), levels={"property-removed": "off"}) is None


def test_an_axis_that_has_nothing_to_say_goes_on_saying_nothing() -> None:
    assert levels(one(ONLY_PYTHON, levels={"*": "breaking"})) == (None, "breaking")


def test_what_is_off_is_not_among_the_changes() -> None:
    found = one(FOUND, levels={"py-field-removed": "off"})
    assert found is not None
    assert found.python_changes == (ADDED,)


# --- the accept list --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "is_accepted"),
    [
        (Accept("ok", fingerprint="0123456789abcdef"), True),
        (Accept("ok", fingerprint="0" * 16), False),
        (Accept("ok", rule="property-removed"), True),
        (Accept("ok", rule="property-*", subject="Pet.*"), True),
        (Accept("ok", rule="property-removed", subject="Owner.*"), False),
        (Accept("ok", rule="property-removed", subject="Pet"), False),
        (Accept("ok", rule="py-field-removed"), False),
        (Accept("ok", rule="*", document="pets"), True),
        (Accept("ok", rule="*", document="cats"), False),
        (Accept("ok", fingerprint="0123456789abcdef", rule="type-*"), False),
        (Accept("ok", rule="*", expires=dt.date(2026, 1, 1)), True),
        (Accept("ok", rule="*", expires=dt.date(2025, 12, 31)), False),
    ],
)
def test_an_entry_accepts_what_it_says(entry: Accept, is_accepted: bool) -> None:  # noqa: FBT001 - from a table
    policy = Policy(accepts=(entry,), today=dt.date(2026, 1, 1))
    (found,), unused = judged([FOUND], policy, "pets")
    assert (found.accepted, found.counts) == (("ok", False) if is_accepted else ("", True))
    why = "expired" if entry.expires and not is_accepted else "unused"
    assert [each.why for each in unused] == ([] if is_accepted else [why])


def test_each_entry_that_meets_something_is_used_and_the_first_says_why() -> None:
    policy = Policy(
        accepts=(Accept("one", rule="property-*"), Accept("two", rule="*"), Accept("three", rule="x"))
    )
    (found,), unused = judged([FOUND], policy)
    assert found.accepted == "one"
    assert [(each.reason, each.entry, each.why) for each in unused] == [("three", "x", "unused")]


def test_nothing_expires_without_a_date() -> None:
    assert one(FOUND, accepts=(Accept("ok", rule="*", expires=dt.date(1999, 1, 1)),)) != FOUND


def test_brackets_are_text() -> None:
    found = replace(FOUND, subject="Pet.tags[]")
    assert judged([found], Policy(accepts=(Accept("ok", rule="*", subject="*.tags[]"),)))[1] == ()


def test_many_stars_take_no_longer() -> None:
    entry = Accept("ok", rule="*", subject="*a" * 40 + "*b")
    assert judged([replace(FOUND, subject="a" * 4_000)], Policy(accepts=(entry,)))[1] != ()


# --- stability --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("least", "said", "is_muted"),
    [
        ("beta", "alpha", True),
        ("beta", "draft", True),
        ("beta", "beta", False),
        ("stable", "beta", True),
        ("draft", "draft", False),
        ("stable", "nonsense", False),
    ],
)
def test_what_is_less_stable_does_not_count(least: Any, said: str, is_muted: bool) -> None:  # noqa: FBT001 - from a table
    found = one(replace(FOUND, guards=("readOnly: x", f"stability: {said}")), stability=least)
    assert found is not None
    assert (found.muted, found.counts) == (is_muted, not is_muted)


# --- what fails -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (Policy(), False),
        (Policy(fail_on="breaking"), True),
        (Policy(gate=("wire",), fail_on="breaking"), False),
        (Policy(gate=("wire",), fail_on="warning"), True),
        (Policy(gate=("python",), fail_on="warning"), True),
    ],
)
def test_what_fails(policy: Policy, expected: bool) -> None:  # noqa: FBT001 - from a table
    assert fails([review(FOUND)], policy) is expected
    assert not fails([review(replace(FOUND, accepted="ok"), replace(FOUND, muted=True))], policy)
    assert not fails([], policy)


def test_an_entry_is_unused_only_if_every_document_says_so_and_is_told_once() -> None:
    a, b, c = (UnusedAccept(name, "r", "unused") for name in "abc")
    over = UnusedAccept("x", "r", "expired")
    reviews = [review(unused=(a, b, over)), review(unused=(b, c, over))]
    assert [each.unused_accepts for each in settled(reviews, whole=True)] == [(b, over), ()]
    assert [each.unused_accepts for each in settled(reviews, whole=False)] == [(over,), ()]


# --- the configuration ------------------------------------------------------------------------------------------

ALL = """\
[tool.specwright.diff]
gate = ["python", "wire"]
fail-on = "warning"
stability = "stable"

[tool.specwright.diff.levels]
"enum-value-added" = "breaking"
"py-*" = "off"

[[tool.specwright.diff.accept]]
rule = "property-removed"
subject = "Pet.*"
reason = "nobody used it"
expires = 2026-12-31

[[tool.specwright.diff.accept]]
fingerprint = "0123456789abcdef"
document = "pets"
reason = "agreed"
"""


def write(folder: Path, text: str, name: str = "pyproject.toml") -> Path:
    (folder / name).write_text(text)
    return folder / name


def test_what_the_configuration_says(tmp_path: Path) -> None:
    write(tmp_path, ALL)
    policy = policy_of(diff_configured(tmp_path), today=dt.date(2026, 1, 1))
    assert (policy.gate, policy.fail_on, policy.stability) == (("wire", "python"), "warning", "stable")
    assert policy.levels == {"enum-value-added": "breaking", "py-*": "off"}
    first, second = policy.accepts
    assert (first.rule, first.subject, first.expires) == ("property-removed", "Pet.*", dt.date(2026, 12, 31))
    assert (second.fingerprint, second.document, second.reason) == ("0123456789abcdef", "pets", "agreed")
    assert first.place
    assert second.place
    assert (first.place.line, second.place.line) == (10, 16)


def test_options_stand_in_for_the_configuration(tmp_path: Path) -> None:
    write(tmp_path, ALL)
    policy = policy_of(diff_configured(tmp_path), gate=("wire",), fail_on="breaking")
    assert (policy.gate, policy.fail_on) == (("wire",), "breaking")


def test_without_a_configuration(tmp_path: Path) -> None:
    assert policy_of(diff_configured(tmp_path)) == Policy()
    assert diff_configured(tmp_path) == DiffSettings()


def test_the_list_in_a_file_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, '[tool.specwright.diff]\naccept = "spec/accepted.toml"\n')
    with pytest.raises(Refused, match="file-missing"):
        diff_configured(tmp_path)
    (tmp_path / "spec").mkdir()
    listed = write(tmp_path / "spec", '[[accept]]\nrule = "*"\nreason = "r"\n', "accepted.toml")
    (entry,) = diff_configured(tmp_path).accepts
    assert entry.place
    assert (entry.rule, entry.place.file, entry.place.line) == ("*", str(listed), 1)
    other = write(tmp_path, '[[accept]]\nrule = "type-changed"\nreason = "r"\n', "other.toml")
    assert [each.rule for each in diff_configured(tmp_path, other).accepts] == ["type-changed"]
    assert diff_configured(tmp_path, write(tmp_path, "", "none.toml")).accepts == ()


def test_the_list_on_one_line(tmp_path: Path) -> None:
    write(
        tmp_path,
        '[tool.specwright]\ndiff.accept = [\n  {rule = "*", reason = "x"},\n  {rule = "path-*", reason = "y"},\n]\n',
    )
    lines = [entry.place.line for entry in diff_configured(tmp_path).accepts if entry.place]
    assert lines == [3, 4]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("[tool.specwright.diff]\ngate = 'wire'", "config-type", 2),
        ("[tool.specwright.diff]\ngate = []", "config-type", 2),
        ("[tool.specwright.diff]\ngate = ['wires']", "config-type", 2),
        ("[tool.specwright.diff]\nfail-on = 'doc'", "config-type", 2),
        ("[tool.specwright.diff]\nstability = 'x'", "config-type", 2),
        ("[tool.specwright.diff]\nlevels = {x = 'grave'}", "config-type", 2),
        ("[tool.specwright.diff]\nlevels = {x = []}", "config-type", 2),
        ("[tool.specwright.diff]\naccept = 5", "config-type", 2),
        ("[tool.specwright.diff]\ngates = []", "config-unknown", 2),
        ("[tool.specwright]\ndiff = 5", "config-type", 2),
        ("[[tool.specwright.diff.accept]]\nrule = '*'", "accept-invalid", 1),
        ("[[tool.specwright.diff.accept]]\nrule = '*'\nreason = ' '", "accept-invalid", 1),
        ("[[tool.specwright.diff.accept]]\nreason = 'x'", "accept-invalid", 1),
        ("[[tool.specwright.diff.accept]]\nrule = '*'\nreason = 'x'\nexpires = '2026-01-01'", "accept-invalid", 1),
        ("[[tool.specwright.diff.accept]]\nrule = '*'\nreason = 'x'\nsubjects = 'x'", "accept-invalid", 1),
        ("[[tool.specwright.diff.accept]]\nrule = 5\nreason = 'x'", "accept-invalid", 1),
        ("[[tool.specwright.diff.accept]]\nfingerprint = '123'\nreason = 'x'", "accept-invalid", 1),
    ],
)  # fmt: skip
def test_what_is_wrong_and_where(tmp_path: Path, text: str, code: str, line: int) -> None:
    write(tmp_path, text)
    with pytest.raises(Refused) as caught:
        diff_configured(tmp_path)
    (found,) = caught.value.problems
    assert found.place
    assert (found.code, found.place.line) == (code, line)


@pytest.mark.parametrize(
    "text", ["accept = 5", "accept = ['x']", "accepts = []", "= 5", "[[accept]]\nreason = 5\nrule = '*'"]
)
def test_what_is_wrong_with_a_list(tmp_path: Path, text: str) -> None:
    with pytest.raises(Refused):
        diff_configured(tmp_path, write(tmp_path, text, "list.toml"))


def test_a_rule_that_there_is_none_of(tmp_path: Path) -> None:
    write(
        tmp_path,
        '[tool.specwright.diff.levels]\n"path-remove" = "doc"\n"nothing-*" = "off"\n'
        "[[tool.specwright.diff.accept]]\nrule = 'py-feild-removed'\nreason = 'x'",
    )
    with pytest.raises(Refused) as caught:
        policy_of(diff_configured(tmp_path))
    told = [(found.code, found.place and found.place.line, found.hint) for found in caught.value.problems]
    assert told == [
        ("rule-unknown", 2, "Did you mean `path-removed`?"),
        ("rule-unknown", 3, "docs/rules.md lists them."),
        ("rule-unknown", 4, "Did you mean `py-field-removed`?"),
    ]


def test_rules_of_both_axes_are_known() -> None:
    assert {"path-removed", "py-field-removed"} <= known()
    assert all(rule.startswith("py-") == (rule in settings_python()) for rule in known())


def settings_python() -> frozenset[str]:
    from specwright.review.python.rules import RULES  # noqa: PLC0415 - the table of one axis

    return frozenset(RULES)
