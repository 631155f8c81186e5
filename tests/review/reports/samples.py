"""Reviews that are written by hand: one as people meet it, one in which every text is hostile, and long ones."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from specwright.problems import Place, problem
from specwright.review.findings import (
    CallerPlace,
    Finding,
    Lines,
    PythonChange,
    Review,
    Snippet,
    UnusedAccept,
    Witness,
)

OLD_DOCUMENT: Final = """\
openapi: 3.1.1
info: {title: Fine-tuning, version: 1.4.2}
paths:
  /v1/finetuning/finetuned-models:
    get:
      operationId: listFinetunedModels
components:
  schemas:
    Settings:
      description: The configuration used for fine-tuning.
      type: object
      required: [base_model, dataset_id]
      properties:
        base_model: {$ref: '#/components/schemas/BaseModel'}
        dataset_id:
          type: string
          description: The data used for training and evaluating the fine-tuned model.
        multi_label: {type: boolean}
    Strategy:
      type: string
      enum: [STRATEGY_VANILLA, STRATEGY_TFEW]
"""
NEW_DOCUMENT: Final = """\
openapi: 3.1.1
info: {title: Fine-tuning, version: 1.5.0}
paths:
  /v1/finetuning/finetuned-models:
    get:
      operationId: listFinetunedModels
components:
  schemas:
    Settings:
      description: The configuration used to fine-tune a model.
      type: object
      required: [base_model, dataset_id]
      properties:
        base_model: {$ref: '#/components/schemas/BaseModel'}
        dataset_id:
          type: string
          format: uuid
          description: The data used for training and evaluating the fine-tuned model.
    Strategy:
      type: string
      enum: [STRATEGY_VANILLA, STRATEGY_TFEW, STRATEGY_LORA]
"""
OLD_CODE: Final = '''\
class Settings(Model, kw_only=True):
    """The configuration used for fine-tuning."""

    base_model: BaseModel
    dataset_id: str
    multi_label: bool | None = None


class Strategy(OpenStrEnum):
    STRATEGY_VANILLA = "STRATEGY_VANILLA"
    STRATEGY_TFEW = "STRATEGY_TFEW"
'''
NEW_CODE: Final = '''\
class Settings(Model, kw_only=True):
    """The configuration used to fine-tune a model."""

    base_model: BaseModel
    dataset_id: UUID


class Strategy(OpenStrEnum):
    STRATEGY_VANILLA = "STRATEGY_VANILLA"
    STRATEGY_TFEW = "STRATEGY_TFEW"
    STRATEGY_LORA = "STRATEGY_LORA"
'''
SPEC: Final = "spec/cohere-finetuning.yaml"
OPERATIONS: Final = tuple(
    f"{method} /v1/finetuning/finetuned-models{path}"
    for path in ("", "/{id}", "/{id}/events", "/{id}/training-step-metrics", "/{id}/copies", "/{id}/runs")
    for method in ("GET", "POST", "PATCH")
)


def place(line: int, column: int, pointer: str, *, old: bool = False, file: str = SPEC) -> Place:
    lines = (OLD_DOCUMENT if old else NEW_DOCUMENT).split("\n")
    text = lines[line - 1] if line <= len(lines) else ""
    return Place(f"main:{file}" if old else file, line, column, pointer, text)


FORMAT: Final = Finding(
    id="format-added",
    wire="breaking",
    python="breaking",
    message="`Settings.dataset_id` must have the format `uuid`; it was any text",
    subject="Settings.dataset_id",
    group="Settings",
    hint="Keep taking what was valid until callers have moved.",
    effect="narrows",
    directions=("in", "out"),
    old=place(16, 11, "/components/schemas/Settings/properties/dataset_id/type", old=True),
    new=place(17, 11, "/components/schemas/Settings/properties/dataset_id/format"),
    operations=OPERATIONS,
    types=("BaseModel", "Settings", "SettingsInput"),
    python_changes=(
        PythonChange(
            "py-field-type-changed",
            "models.Settings.dataset_id",
            "breaking",
            "dataset_id: str",
            "dataset_id: UUID",
            ("attribute", "type check"),
            note="where it is read",
        ),
        PythonChange(
            "py-param-type-changed",
            "Client.finetuning.update_finetuned_model(settings=)",
            "breaking",
            "def update_finetuned_model(self, id: str, *, settings: SettingsInput, name: str | Omit = OMIT) -> UpdateFinetunedModelResponse",
            "def update_finetuned_model(self, id: UUID, *, settings: SettingsInput, name: str | Omit = OMIT) -> UpdateFinetunedModelResponse",
            ("call", "type check"),
        ),
    ),
    witness=Witness(
        "request",
        {"name": "foobar", "settings": {"dataset_id": "ds-1", "base_model": {"base_type": "BASE_TYPE_CHAT"}}},
        "old",
        "`ds-1` is no UUID",
        "/settings/dataset_id",
    ),
    fingerprint="0123456789abcdef",
)
REMOVED: Final = Finding(
    id="property-removed",
    wire="warning",
    python="breaking",
    message="`Settings.multi_label` is gone",
    subject="Settings.multi_label",
    group="Settings",
    hint="Keep the old one beside the new until its callers have moved.",
    effect="none",
    directions=("in", "out"),
    old=place(18, 9, "/components/schemas/Settings/properties/multi_label", old=True),
    parent=place(13, 7, "/components/schemas/Settings/properties"),
    operations=OPERATIONS[:3],
    types=("Settings", "SettingsInput"),
    why="a server may ignore what it does not know, but code that names the field stops working",
    python_changes=(
        PythonChange(
            "py-field-removed",
            "models.Settings.multi_label",
            "breaking",
            "multi_label: bool | None = None",
            None,
            ("attribute", "type check"),
        ),
    ),
    fingerprint="1123456789abcdef",
)
ENUM: Final = Finding(
    id="enum-value-added",
    wire="warning",
    python="warning",
    message="`Strategy` can be `STRATEGY_LORA`, too",
    subject="Strategy",
    group="Strategy",
    hint="Tell callers: code that reads it must be ready for this.",
    effect="widens",
    directions=("out",),
    old=place(21, 13, "/components/schemas/Strategy/enum", old=True),
    new=place(21, 46, "/components/schemas/Strategy/enum/2"),
    operations=OPERATIONS[:1],
    types=("Strategy",),
    guards=("open enum: the generated client reads values that it does not know",),
    python_changes=(
        PythonChange(
            "py-enum-member-added",
            "models.Strategy.STRATEGY_LORA",
            "warning",
            None,
            'STRATEGY_LORA = "STRATEGY_LORA"',
            ("match",),
        ),
    ),
    fingerprint="2123456789abcdef",
)
ADDED: Final = Finding(
    id="operation-added",
    wire="compatible",
    python="compatible",
    message="`GET /v1/finetuning/finetuned-models/{id}/copies` is new",
    subject="GET /v1/finetuning/finetuned-models/{id}/copies",
    group="GET /v1/finetuning/finetuned-models/{id}/copies",
    new=place(5, 5, "/paths/~1v1~1finetuning~1finetuned-models/get"),
    operations=OPERATIONS[12:13],
    fingerprint="3123456789abcdef",
)
WORDS: Final = Finding(
    id="description-changed",
    wire="doc",
    python="doc",
    message="the description of `Settings` changed",
    subject="Settings",
    group="Settings",
    old=place(10, 7, "/components/schemas/Settings/description", old=True),
    new=place(10, 7, "/components/schemas/Settings/description"),
    fingerprint="4123456789abcdef",
)
UNRAISED: Final = Finding(
    id="version-not-bumped",
    wire="warning",
    python=None,
    message="the version is still `1.4.2`, although something breaks",
    subject="the version",
    group="the document",
    new=place(2, 33, "/info/version"),
    fingerprint="7123456789abcdef",
)
ACCEPTED: Final = replace(
    ENUM,
    message="`Status` can be `STATUS_PAUSED`, too",
    subject="Status",
    group="Status",
    fingerprint="5123456789abcdef",
    accepted="nobody matches on it",
)
MUTED: Final = replace(
    REMOVED,
    message="`Preview.depth` is gone",
    subject="Preview.depth",
    group="Preview",
    fingerprint="6123456789abcdef",
    muted=True,
)

REVIEW: Final = Review(
    name=SPEC,
    title="Fine-tuning",
    old_label=f"main:{SPEC}",
    new_label=SPEC,
    level="breaking",
    findings=(FORMAT, REMOVED, ENUM, ADDED, WORDS, ACCEPTED, MUTED),
    gate=("wire", "python"),
    old_version="1.4.2",
    new_version="1.5.0",
    version="2.0.0",
    documentation_only=False,
    changelog="### Breaking\n\n- `Settings.dataset_id` must have the format `uuid`.\n- `Settings.multi_label` is gone.\n",
    snippets=(
        Snippet(
            "`Settings.dataset_id` is a `UUID`",
            'client.finetuning.update_finetuned_model("ft-123", settings={"dataset_id": "ds-1"})',
            'client.finetuning.update_finetuned_model("ft-123", settings={"dataset_id": UUID("…")})',
        ),
    ),
    callers=(
        CallerPlace(
            "app/train.py",
            12,
            9,
            "    print(model.settings.multi_label)",
            "models.Settings.multi_label",
            "py-field-removed",
            "breaking",
            sure=True,
            fingerprint="1123456789abcdef",
        ),
        CallerPlace(
            "app/old.py",
            3,
            1,
            "thing.multi_label",
            "models.Settings.multi_label",
            "py-field-removed",
            "breaking",
            sure=False,
        ),
    ),
    unused_accepts=(UnusedAccept("enum-value-removed: Strategy*", "it was never sent", "unused"),),
    problems=(
        problem("ref-missing", place(14, 9, "/components"), "`#/components/schemas/BaseModel` leads nowhere"),
    ),
    document_lines=(Lines(SPEC, OLD_DOCUMENT, NEW_DOCUMENT),),
    code_lines=(
        Lines("cohere_finetuning/models.py", OLD_CODE, NEW_CODE),
        Lines("cohere_finetuning/webhooks.py", "", "class Event(Model):\n    id: str\n"),
    ),
)
NOTHING: Final = replace(
    REVIEW,
    level=None,
    findings=(),
    version="1.4.2",
    changelog="",
    snippets=(),
    callers=(),
    unused_accepts=(),
    problems=(),
    document_lines=(),
    code_lines=(),
)
WORDS_ONLY: Final = replace(NOTHING, level="doc", findings=(WORDS,), documentation_only=True)

HOSTILE: Final = (
    "@everyone #123 GH-7 octo/cat#1 </details></code></script><script>alert(1)</script> ![x](http://evil.example/p.png) [a](b) "
    "| pipe ``` ~~~ `code` ``two`` $x$ <!-- --> --> ]]> https://evil.example www.evil.example a@evil.example :bomb: "
    "{{ 7 }} {% x %} \"quoted\" 'single' &amp; %0A ::error::x, file=a:b \\ \x00\x1b[31m\u202ereversed\u2028\ufffe\ud800\r\n::error::new line\n"
    "```\n</details>\n# heading\n- item"
)
"""What could do something in one medium or another."""

_MEANT: Final = frozenset(
    {
        "wire",
        "python",
        "level",
        "gate",
        "kind",
        "valid_in",
        "why",
        "effect",
        "directions",
        "breaks",
        "severity",
        "code",
    }
)
"""Fields that are ours, and no text of a document; `why` is so of an entry of the accept list alone."""


def hostile(value: Any) -> Any:
    """The same with hostile text behind every text that a document, a file or its author could have written."""
    if is_dataclass(value) and not isinstance(value, type):
        made: dict[str, Any] = {}
        for each in fields(value):
            own = getattr(value, each.name)
            kept = each.name in _MEANT and not (isinstance(value, Finding) and each.name == "why")
            kept = kept or (each.name == "id" and not isinstance(own, tuple))
            made[each.name] = own if kept or each.name in {"counts", "fingerprint"} else hostile(own)
        return replace(value, **made)
    if isinstance(value, tuple):
        return tuple(map(hostile, value))
    if isinstance(value, dict):
        return {key + HOSTILE: hostile(item) for key, item in value.items()}
    return value + HOSTILE if isinstance(value, str) and value else value


def many(number: int, **changes: Any) -> Review:
    """A review of so many findings, of every level, that reach many operations."""
    kinds = (FORMAT, REMOVED, ENUM, ADDED, WORDS)
    order = ("breaking", "warning", "compatible", "doc")
    found = [
        replace(
            kinds[at % len(kinds)],
            message=f"{kinds[at % len(kinds)].message} (schema {at % 307})",
            subject=f"Schema{at % 307}.field_{at}",
            group=f"Schema{at % 307}",
            operations=tuple(f"GET /v1/things/{(at * 7 + step) % 211}" for step in range(at % 40)),
            fingerprint=f"{at:016x}",
        )
        for at in range(number)
    ]
    found.sort(key=lambda finding: (order.index(finding.level() or "doc"), finding.group))
    return replace(REVIEW, findings=tuple(found), **changes)
