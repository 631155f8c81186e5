"""Files that are made to be read as something else, or not at all: what is refused, and where, and what is read all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from specwright.config import Budgets, Config
from specwright.document import load
from specwright.problems import Refused

if TYPE_CHECKING:
    from pathlib import Path

HEAD = 'openapi: 3.1.1\ninfo: {title: Pets, version: "1"}\npaths: {}\n'
JSON = '{"openapi": "3.1.1", "info": {"title": "Pets", "version": "1"}, "paths": {}, "x-a": %s}'

REFUSED: dict[str, tuple[str, str, str]] = {
    # Of YAML: what is behind the head, the code, and the pointer.
    "an anchor in itself": ("x-a: &a [1, *a]", "yaml-alias", "/x-a/1"),
    "a merge of itself": ("x-a: &a\n  b: {<<: *a}", "yaml-alias", "/x-a/b/<<"),
    "a merge of text": ("x-a: {<<: 1}", "yaml-merge", "/x-a"),
    "a tag": ("x-a: {b: [0, !!int '1']}", "yaml-tag", "/x-a/b/1"),
    "a tag of text on a list": ("x-a: !!str [1]", "yaml-tag", "/x-a"),
    "a tag of a directive": ("x-a: !<tag:yaml.org,2002:python/name:os.system> a", "yaml-tag", "/x-a"),
    "thousands of handles of tags, in a second document": (
        "...\n" + "".join(f"%TAG !t{n}! tag:t,2026:\n" for n in range(100_000)) + "---\n{}",
        "yaml-tag",
        "",
    ),
    "a key twice": ("x-a: {b: 1, c: 2, b: 3}", "duplicate-key", "/x-a/b"),
    "a key twice, once in quotes": ("x-a: {b: 1, 'b': 3}", "duplicate-key", "/x-a/b"),
    "a key that is a list": ("x-a: {[1]: 1}", "yaml-key", "/x-a"),
    "a key that is an alias of a list": ("x-a: &a [1]\nx-b: {*a : 1}", "yaml-key", "/x-b"),
    "too many digits": (f"x-a: [{'9' * 5000}]", "number-range", "/x-a/0"),
    "too many digits in base 16": (f"x-a: 0x{'f' * 5000}", "number-range", "/x-a"),
    "flow in flow": (f"x-a: {'[' * 100_000}{']' * 100_000}", "limit-depth", ""),
    "aliases of aliases": (
        "x-0: &x0 [1, 1]\n" + "".join(f"x-{n}: &x{n} [*x{n - 1}, *x{n - 1}]\n" for n in range(1, 64)),
        "limit-expansion",
        "/x-18/1",
    ),
    "merges of merges": (
        "x-0: &x0 {" + ", ".join(f"k{n}: 1" for n in range(5000)) + "}\n"
        + "".join(f"x-{n}: &x{n} {{<<: [{', '.join([f'*x{n - 1}'] * 100)}]}}\n" for n in range(1, 20)),
        "limit-expansion",
        "/x-2/<</0",
    ),
    "a second document": ("---\na: 1", "yaml-documents", ""),
}  # fmt: skip
REFUSED_JSON: dict[str, tuple[str, str, str]] = {
    "NaN": (JSON % "[NaN]", "number-range", "/x-a/0"),
    "Infinity": (JSON % '{"b": -Infinity}', "number-range", "/x-a/b"),
    "a float that is none": (JSON % "1e999", "number-range", "/x-a"),
    "too many digits": (JSON % ("[1, " + "9" * 5000 + "]"), "number-range", "/x-a/1"),
    "a key twice": (JSON % '{"b": [{"c": 1, "d": 2, "c": 3}]}', "duplicate-key", "/x-a/b/0/c"),
    "a key twice, once escaped": (JSON % r'{"b": 1, "\u0062": 2}', "duplicate-key", "/x-a/b"),
    "deeper than the stack": (JSON % ("[" * 200_000 + "]" * 200_000), "limit-depth", "/x-a" + "/0" * 99),
    "objects deeper than the stack": (JSON % ('{"b":' * 100_000 + "1" + "}" * 100_000), "limit-depth", "/x-a" + "/b" * 99),
}  # fmt: skip


def refusal(path: Path) -> Any:
    with pytest.raises(Refused) as caught:
        load(path, Config(spec=path))
    (found,) = caught.value.problems
    return found


@pytest.mark.parametrize("name", REFUSED)
def test_yaml_is_refused_where_the_fault_is(name: str, tmp_path: Path) -> None:
    text, code, pointer = REFUSED[name]
    path = tmp_path / "pets.yaml"
    path.write_text(HEAD + text + "\n", encoding="utf-8")
    found = refusal(path)
    assert (found.code, found.place.pointer) == (code, pointer)


@pytest.mark.parametrize("name", REFUSED_JSON)
def test_json_is_refused_where_the_fault_is(name: str, tmp_path: Path) -> None:
    text, code, pointer = REFUSED_JSON[name]
    path = tmp_path / "pets.json"
    path.write_text(text, encoding="utf-8")
    found = refusal(path)
    assert (found.code, found.place.pointer) == (code, pointer)


READ: dict[str, tuple[str, Any]] = {
    "a tag of text": ("!!str 010", "010"),
    "a number in base sixty": ("12:30:45", "12:30:45"),
    "no number": (".nan", ".nan"),
    "merge keys": ("{<<: {a: 1}, b: 2}", {"a": 1, "b": 2}),
    "an anchor with a long name": ("&" + "a" * 100_000 + " 1", 1),
    "a large float": ("1e999", "1e999"),
}


@pytest.mark.parametrize("name", READ)
def test_yaml_is_read_as_it_is_written(name: str, tmp_path: Path) -> None:
    text, value = READ[name]
    path = tmp_path / "pets.yaml"
    path.write_text(f"{HEAD}x-a: {text}\n", encoding="utf-8")
    assert load(path, Config(spec=path)).root["x-a"] == value


def test_a_number_that_takes_other_readers_very_long_is_told(tmp_path: Path) -> None:
    path = tmp_path / "pets.yaml"
    path.write_text(f"{HEAD}x-a: [1, {':'.join(['59'] * 200_000)}]\n", encoding="utf-8")
    (found,) = load(path, Config(spec=path)).problems
    assert (found.code, found.place and found.place.pointer) == ("ambiguous-text", "/x-a/1")


ENCODED = {
    "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-32": "UTF-32",
    "utf-32-be": "UTF-32", "latin-1": "0xe9",
}  # fmt: skip


@pytest.mark.parametrize("encoding", ENCODED)
@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_other_encodings_are_refused_by_their_name(encoding: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"pets.{suffix}"
    text = JSON % '"\xe9"' if suffix == "json" else f"{HEAD}x-a: \xe9\n"
    path.write_bytes(text.encode(encoding))
    found = refusal(path)
    assert found.code == "file-encoding"
    assert ENCODED[encoding] in found.message


@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_a_byte_order_mark_is_no_text(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"pets.{suffix}"
    path.write_bytes(b"\xef\xbb\xbf" + (JSON % "1" if suffix == "json" else f"{HEAD}x-a: 1\n").encode())
    assert load(path, Config(spec=path)).root["x-a"] == 1


# --- overlays ---

GROWING = "overlay: 1.0.0\ninfo: {title: More, version: '1'}\nactions:\n" + (
    "  - target: $.x-a..*\n    update: {a: {c: {}}, b: {d: {}}}\n" * 30
)
MATCHING = """\
overlay: 1.0.0
info: {title: More, version: '1'}
actions:
  - target: $..[?match(@.b, '(a+)+')]
    remove: true
"""


@pytest.mark.parametrize(("overlay", "code"), [(GROWING, "limit-nodes"), (MATCHING, "overlay-target")])
def test_an_overlay_that_would_take_for_ever_is_refused(overlay: str, code: str, tmp_path: Path) -> None:
    path, other = tmp_path / "pets.yaml", tmp_path / "more.yaml"
    other.write_text(overlay, encoding="utf-8")
    path.write_text(f"{HEAD}x-a: {{b: {{}}}}\nx-c: {{d: {{b: {'a' * 60}!}}}}\n", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        load(path, Config(spec=path, overlays=(other,), budgets=Budgets(nodes=20_000)))
    assert [found.code for found in caught.value.problems] == [code]
