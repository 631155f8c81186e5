"""Makes the pictures of `docs/pictures/`: `python tests/review/reports/pictures.py`, with Debian's chromium."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt

ROOT: Final = Path(__file__).parents[3]
PICTURES: Final = ROOT / "docs" / "pictures"
sys.path.insert(0, str(ROOT / "tests"))

from review.reports.samples import REVIEW  # noqa: E402 -- the path comes first
from specwright.review.reports.markdown import markdown  # noqa: E402
from specwright.review.reports.page import page  # noqa: E402

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


def comment() -> str:
    """The comment as a page that looks as one of GitHub's does."""
    inside = MarkdownIt("commonmark").enable("table").render(markdown([REVIEW]))
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
    picture("review-comment.png", comment(), 1_330)
    picture("review-page.png", page([REVIEW]), 1_250)
    picture("review-page-dark.png", page([REVIEW]), 1_250, "--blink-settings=preferredColorScheme=0")
