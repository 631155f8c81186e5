"""A body of the first endpoint with six mistakes: each is told at once, with its pointer, by whoever is asked."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from specwright.cli import main

ROOT = Path(__file__).parent.parent
SPEC = str(ROOT / "spec" / "cohere-finetuning.yaml")
BODY: dict[str, Any] = {
    "name": 5,
    "settings": {
        "dataset_id": "my-dataset-id",
        "base_model": {"base_type": "BASE_TYPE_CHAAT", "version": "2"},
        "wandb": {"api_key": ["a-secret"]},
        "epochs": 3,
    },
}
MISTAKES = {
    ("/name", "type"),
    ("/settings/base_model/base_type", "enum"),
    ("/settings/base_model/version", "readOnly"),
    ("/settings/wandb/api_key", "type"),
    ("/settings/wandb", "required"),
    ("/settings/epochs", "additionalProperties"),
}


def test_the_generated_validator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "generated" / "cohere-finetuning"))
    validators = import_module("cohere_finetuning.validators")
    try:
        issues = validators.validate_update_finetuned_model_request_input(BODY)
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "cohere_finetuning"]:
            del sys.modules[name]
    assert {(issue.pointer, issue.keyword) for issue in issues} == MISTAKES
    assert len(issues) == len(MISTAKES)
    assert "a-secret" not in str(issues)


@pytest.mark.parametrize("schema", ["UpdateFinetunedModel", "UpdateFinetunedModelRequest"])
def test_the_command(schema: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "body.json"
    data.write_text(json.dumps(BODY), "utf-8")
    assert main(["validate", SPEC, schema, str(data), "--json"]) == 1
    out = capsys.readouterr().out
    issues = json.loads(out)["issues"]
    assert {(issue["pointer"], issue["keyword"]) for issue in issues} == MISTAKES
    assert "a-secret" not in out


def test_the_command_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "body.json"
    data.write_text(json.dumps(BODY), "utf-8")
    assert main(["validate", SPEC, "UpdateFinetunedModel", str(data)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert {line.split("\t")[1] for line in lines} == {pointer for pointer, _ in MISTAKES}
