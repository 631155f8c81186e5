from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specwright.emit.lock import Lock, digest, dump, inside, parse, record
from specwright.problems import Problem, Refused

LOCK = Lock(
    "0.1.0",
    "modules",
    files={"pets/models.py": "12", "pets/client.py": "34"},
    inputs={"pets.yaml": "56"},
    rendered={"pets/models.py": "78"},
    names={"schema #/components/schemas/Pet": "Pet", 'schema #/components/schemas/a"b\\\n': "AB"},
    recipe="90",
    operations=1,
    models=2,
    validators=3,
    problems=4,
)


def refusal(text: str) -> Problem:
    with pytest.raises(Refused) as caught:
        parse(text, "out/specwright.lock")
    (problem,) = caught.value.problems
    return problem


def test_it_is_toml_with_one_sorted_line_for_each_entry() -> None:
    assert re.fullmatch('seal = "[0-9a-f]{64}"', dump(LOCK).splitlines()[1])
    assert dump(LOCK).splitlines()[2:] == [
        'generator = "0.1.0"',
        'layout = "modules"',
        'recipe = "90"',
        "operations = 1",
        "models = 2",
        "validators = 3",
        "problems = 4",
        "",
        "[files]",
        '"pets/client.py" = "34"',
        '"pets/models.py" = "12"',
        "",
        "[inputs]",
        '"pets.yaml" = "56"',
        "",
        "[rendered]",
        '"pets/models.py" = "78"',
        "",
        "[names]",
        '"schema #/components/schemas/Pet" = "Pet"',
        '"schema #/components/schemas/a\\"b\\\\\\n" = "AB"',
    ]


def test_one_of_an_earlier_version_says_less() -> None:
    early = 'generator = "0.1.0"\nlayout = "modules"\n\n[files]\n\n[inputs]\n"a" = "1"\n\n[names]\n'
    assert parse(early, "x") == Lock("0.1.0", "modules", inputs={"a": "1"})


texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.dictionaries(texts, texts))
def test_names_come_back_as_they_were_written(names: dict[str, str]) -> None:
    lock = replace(LOCK, names=names)
    text = dump(lock)
    assert parse(text, "x") == lock
    assert dump(parse(text, "x")) == text
    assert len(text.splitlines()) == len(dump(replace(LOCK, names={})).splitlines()) + len(names)


@given(st.dictionaries(st.text(), st.text()))
def test_any_text_can_be_written(names: dict[str, str]) -> None:
    assert parse(dump(replace(LOCK, names=names)), "x")


def test_names_that_went_keep_their_entry() -> None:
    old = Lock("0.1.0", names={"schema #/a": "A", "schema #/b": "B"})
    lock = record({}, old, Lock("0.1.0", names={"schema #/b": "B2", "schema #/c": "C"}))
    assert lock.names == {"schema #/a": "A", "schema #/b": "B2", "schema #/c": "C"}


def test_a_patch_release_that_changes_nothing_leaves_the_lock_alone() -> None:
    files = {"a.py": "1"}
    old = record(files, None, Lock("0.1.0", "modules"))
    assert old.files == {"a.py": digest(b"1")}
    assert record(files, old, Lock("0.1.1", "modules")).generator == "0.1.0"
    assert record({"a.py": "2"}, old, Lock("0.1.1", "modules")).generator == "0.1.1"
    assert record(files, old, Lock("0.2.0", "modules")).generator == "0.2.0"


def test_the_marks_of_a_merge_are_a_problem_with_a_next_step() -> None:
    text = dump(LOCK).replace('"pets/models.py"', '<<<<<<< HEAD\n"pets/models.py"')
    problem = refusal(text)
    assert problem.code == "lock-conflict"
    assert problem.place is not None
    assert (problem.place.file, problem.place.line) == ("out/specwright.lock", 13)
    assert problem.place.text == "<<<<<<< HEAD"
    assert "specwright generate" in problem.hint


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("generator = \n", "Invalid value"),
        ("", "`generator` is missing"),
        ("generator = " + "1" * 5_000, "digits"),
        ("generator = " + "[" * 5_000, "it is nested too deeply"),
        (dump(LOCK).replace('generator = "0.1.0"', "generator = 1"), "`generator` is not a text"),
        (dump(LOCK).replace('"34"', "34"), "`files` is not a table of texts"),
        (dump(LOCK).replace("models = 2", "models = true"), "`models` is not a number"),
        (
            dump(LOCK).replace('"pets/client.py" = "34"\n', '"pets/client.py" = "34"\n' * 2),
            "Cannot overwrite a value",
        ),
        (dump(LOCK) + "\n[files]\n", "Cannot declare"),
        (dump(LOCK) + "\n[more]\n", "`more` is nothing that specwright writes"),
        (
            dump(LOCK).replace("pets/client.py", "../../.bashrc"),
            "`files` names a path out of its folder: ../../.bashrc",
        ),
        (
            dump(LOCK).replace("pets/client.py", "/etc/passwd"),
            "`files` names a path out of its folder: /etc/passwd",
        ),
    ],
)
def test_what_we_did_not_write_is_a_problem(text: str, why: str) -> None:
    problem = refusal(text)
    assert problem.code == "lock-broken"
    assert why in problem.message
    assert "git checkout -- out/specwright.lock" in problem.hint


@pytest.mark.parametrize(
    "path", ["", ".", "..", "a/../b", "a//b", "/a", "a\\b", "specwright.lock", "a/", "a\0b"]
)
def test_paths_that_lead_out_of_the_folder(path: str) -> None:
    assert not inside(path)


def test_one_that_was_edited_says_nothing_of_how_the_folder_was_made() -> None:
    assert parse(dump(LOCK), "x").recipe == "90"
    assert parse(dump(LOCK).replace('"pets/client.py" = "34"\n', ""), "x").recipe == ""
    assert parse(dump(LOCK).replace('"Pet"', '"Animal"'), "x").recipe == ""
