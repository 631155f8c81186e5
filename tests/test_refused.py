"""Each folder of `refused/` is a document that can't be read; `message.txt` is what is printed of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from specwright.config import Config, configured
from specwright.document import load
from specwright.problems import LONGEST, Refused, printed

HERE = Path(__file__).parent / "refused"


def spec_of(folder: Path) -> Path:
    return next(path for path in sorted(folder.iterdir()) if path.stem == "spec")


def read(folder: Path) -> None:
    own = (folder / "pyproject.toml").exists()
    (config,) = configured(folder) if own else (Config(spec=Path(spec_of(folder).name)),)
    load(config.spec, config)


@pytest.mark.parametrize("folder", sorted(HERE.iterdir()), ids=lambda folder: folder.name)
def test_refused(folder: Path, *, update: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    with pytest.raises(Refused) as refused:
        read(folder)
    message = "".join(f"{printed(found)}\n" for found in refused.value.problems)
    expected = folder / "message.txt"
    if update:
        expected.write_text(message, encoding="utf-8", newline="")
    assert message == expected.read_bytes().decode()


@pytest.mark.parametrize("folder", sorted(HERE.iterdir()), ids=lambda folder: folder.name)
def test_a_message_is_safe_to_print(folder: Path) -> None:
    text = (folder / "message.txt").read_text(encoding="utf-8")
    assert all(char.isprintable() or char == "\n" for char in text)
    assert all(len(line) <= LONGEST for line in text.splitlines())
