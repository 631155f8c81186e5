"""Makes the pictures of `docs/pictures/`: `python tests/review/reports/pictures.py`, with Debian's chromium.

What they show is a real review: of the document in `spec/`, and of what becomes of it by a few edits.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt

from specwright.review import review
from specwright.review.extent import Extent
from specwright.review.policy import Policy
from specwright.review.reports.markdown import markdown
from specwright.review.reports.page import page
from specwright.review.revisions import Options, matches

if TYPE_CHECKING:
    from specwright.review import Review

ROOT: Final = Path(__file__).parents[3]
PICTURES: Final = ROOT / "docs" / "pictures"
SPEC: Final = Path("spec/cohere-finetuning.yaml")

EDITS: Final = (
    ("version: 1.0.0\n", "version: 1.1.0\n"),
    # `Settings.dataset_id` is renamed,
    ("                    dataset_id: my-dataset-id\n", "                    dataset: my-dataset-id\n"),
    ("        - dataset_id\n", "        - dataset\n"),
    ("        dataset_id:\n", "        dataset:\n"),
    # another field is required,
    ("        - settings\n      properties:\n", "        - settings\n        - purpose\n      properties:\n        purpose:\n          type: string\n          description: What the model is for.\n"),
    # there is another status, and other words.
    ("        - STATUS_QUEUED\n", "        - STATUS_QUEUED\n        - STATUS_ARCHIVED\n"),
)  # fmt: skip
"""What is replaced by what, wherever it stands."""
CALLER: Final = """\
from cohere_finetuning import Client

client = Client()
answer = client.finetuning.update_finetuned_model(
    "ft-123",
    name="support",
    settings={"dataset_id": "ds-1", "base_model": {"base_type": "BASE_TYPE_CHAT"}},
)
if answer.finetuned_model and answer.finetuned_model.settings:
    print(answer.finetuned_model.settings.dataset_id)
"""

_STYLE: Final = """
body { font: 14px/1.5 system-ui, "DejaVu Sans", sans-serif; color: #1f2328; margin: 24px; max-width: 1050px; }
main { border: 1px solid #d1d9e0; border-radius: 6px; padding: 16px; }
code, pre { font: 12px/1.45 ui-monospace, "DejaVu Sans Mono", monospace; }
code { background: #eff1f3; padding: .2em .4em; border-radius: 6px; }
pre { background: #f6f8fa; padding: 12px; border-radius: 6px; white-space: pre-wrap; }
pre code { background: none; padding: 0; }
blockquote { border-left: 4px solid #cf222e; margin: 0 0 16px; padding: 4px 16px; }
blockquote .title { color: #cf222e; font-weight: 600; }
table { border-collapse: collapse; } td, th { border: 1px solid #d1d9e0; padding: 4px 12px; }
h3 { font-size: 1.15em; } summary { cursor: pointer; } details { margin-bottom: 12px; } ul { padding-left: 2em; }
"""


def reviewed() -> Review:
    """What the edits mean, for the code of somebody who calls the package."""
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        for folder in ("main", SPEC.parent, "app"):
            Path(folder).mkdir()
        text = (ROOT / SPEC).read_text("utf-8")
        Path("main", SPEC.name).write_text(text, "utf-8")
        for old, new in EDITS:
            if old not in text:
                raise ValueError(f"not in the document: {old!r}")
            text = text.replace(old, new)
        SPEC.write_text(text, "utf-8")
        Path("app/train.py").write_text(CALLER, "utf-8")
        (match,) = matches(f"main/{SPEC.name}", str(SPEC), Options(Path.cwd(), {}))
        policy = Policy(today=dt.date(2026, 1, 1))
        return review(match.read(), policy, Extent(callers=Path("app"), lines=True))


def comment(found: Review) -> str:
    """The comment as a page that looks as one of GitHub's does."""
    inside = MarkdownIt("commonmark", {"breaks": True}).enable("table").render(markdown([found]))
    inside = re.sub(r"\[!CAUTION\]\n?", '<span class="title">Caution</span><br>', inside)
    return f'<!DOCTYPE html><meta charset="utf-8"><style>{_STYLE}</style><main>{inside}</main>'


def picture(name: str, text: str, height: int, *flags: str) -> None:
    """One picture, 1,100 pixels wide."""
    chromium = shutil.which("chromium") or "chromium"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(text, encoding="utf-8")
        options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", *flags]
        options += [f"--user-data-dir={folder}/profile", f"--window-size=1100,{height}"]
        subprocess.run(
            [chromium, *options, f"--screenshot={PICTURES / name}", file.as_uri()],
            check=True,
            capture_output=True,
        )


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    made = reviewed()
    picture("review-comment.png", comment(made), 1_330)
    picture("review-page.png", page([made]), 1_250)
    picture("review-page-dark.png", page([made]), 1_250, "--blink-settings=preferredColorScheme=0")
