"""The page in Chromium, without a network: how it lies on screens, and what its script adds.

A page of ours holds the review in frames, with and without scripts, of the widths that are tested, and writes what it finds; the
browser prints that page. Nothing but Debian's `chromium` is needed.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from review.reports.samples import REVIEW, hostile, many
from specwright.review.reports.page import page

CHROMIUM: Final = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium: apt-get install chromium"),
    pytest.mark.xdist_group("chromium"),
]

_DRIVER: Final = r"""
<!DOCTYPE html><meta charset="utf-8"><body><pre id="found">nothing</pre>
<script type="application/json" id="text">@REVIEW@</script>
<script>
const found = {};
const source = JSON.parse(document.getElementById("text").textContent);
const wait = () => new Promise((done) => setTimeout(done, 60));
const frame = (width, sandbox) => new Promise((done) => {
  const made = document.createElement("iframe");
  if (sandbox) made.sandbox = "allow-same-origin";
  made.style = `border: 0; width: ${width}px; height: 900px`;
  made.onload = () => done(made);
  made.srcdoc = source;
  document.body.append(made);
});
const seen = (inner, selector) => [...inner.querySelectorAll(selector)].filter((each) => each.checkVisibility()).length;
const wider = (inner) => {
  const width = inner.documentElement.clientWidth;
  return [...inner.body.querySelectorAll("*")]
    .filter((each) => each.checkVisibility() && !each.closest(".hidden") && each.getBoundingClientRect().right > width + 1)
    .map((each) => `${each.tagName}.${each.className}`).slice(0, 5);
};
const look = async (name, width, sandbox) => {
  const made = await frame(width, sandbox);
  const inner = made.contentDocument;
  const views = {};
  for (const view of ["changes", "operations", "code", "todo"]) {
    inner.getElementById(`view-${view}`).checked = true;
    inner.querySelectorAll("details").forEach((each) => { each.open = true; });
    await wait();
    views[view] = {
      overflow: inner.documentElement.scrollWidth - inner.documentElement.clientWidth,
      wider: wider(inner),
      shown: ["changes", "operations", "code", "todo"].filter((each) => seen(inner, `.${each}`)),
    };
  }
  found[name] = {
    views, width: made.contentWindow.innerWidth, filter: seen(inner, "#filter"), keys: seen(inner, ".keys"),
    verdict: inner.querySelector(".verdict").textContent.trim().replace(/\s+/g, " "),
    background: made.contentWindow.getComputedStyle(inner.body).backgroundColor,
    loaded: made.contentWindow.performance.getEntriesByType("resource").map((each) => each.name),
  };
  return made;
};
const press = (inner, key) => (inner.activeElement || inner.body).dispatchEvent(
  new inner.defaultView.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
const type = async (inner, text) => {
  inner.getElementById("text").value = text;
  inner.getElementById("text").dispatchEvent(new inner.defaultView.Event("input", { bubbles: true }));
  await wait();
};
const use = async () => {
  const made = await frame(1280, false);
  const inner = made.contentDocument;
  const active = () => inner.activeElement.id || inner.activeElement.tagName;
  const used = { start: inner.getElementById("shown").textContent, keys: [] };
  for (const key of ["j", "j", "k", "j", "j", "/", "j"]) {
    press(inner, key);
    await wait();
    used.keys.push(active());
  }
  press(inner, "Escape");
  used.escaped = active();
  await type(inner, "lora");
  used.text = inner.getElementById("shown").textContent;
  used.groups = seen(inner, ".changes .group");
  press(inner, "j");
  used.filtered = active();
  press(inner, "Escape");
  used.cleared = inner.getElementById("shown").textContent;
  inner.querySelector("[value=warning]").click();
  inner.querySelector("[value=compatible]").click();
  inner.querySelector("[value=doc]").click();
  await wait();
  used.levels = inner.getElementById("shown").textContent;
  inner.getElementById("axis").value = "wire";
  inner.getElementById("axis").dispatchEvent(new inner.defaultView.Event("input", { bubbles: true }));
  await wait();
  used.axis = inner.getElementById("shown").textContent;
  inner.getElementById("view-operations").checked = true;
  await wait();
  used.before = seen(inner, ".changes");
  const link = inner.querySelector(".operations a");
  used.link = link.getAttribute("href");
  made.contentWindow.location.hash = used.link;
  await wait();
  used.after = seen(inner, used.link);
  found.used = used;
};
(async () => {
  try {
    for (const width of [320, 1280]) {
      await look(`script ${width}`, width, false);
      await look(`plain ${width}`, width, true);
    }
    if (@USE@) await use();
  } catch (error) {
    found.error = String(error.stack);
  }
  document.getElementById("found").textContent = JSON.stringify(found);
  document.querySelectorAll("iframe, #text").forEach((each) => each.remove());
  document.title = "done";
})();
</script>
"""


def look(folder: Path, review: str, *flags: str, use: bool) -> tuple[dict[str, Any], str, str]:
    """What the driver finds, what the browser says beside it, and the log of its network."""
    text = json.dumps(review.encode("utf-8", "replace").decode()).replace("<", "\\u003c")
    driver = _DRIVER.replace("@USE@", json.dumps(use)).replace("@REVIEW@", text)
    (folder / "driver.html").write_text(driver, encoding="utf-8")
    ran = subprocess.run(
        [
            str(CHROMIUM),
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={folder / 'profile'}",
            f"--log-net-log={folder / 'net.json'}",
            "--enable-logging=stderr",
            "--window-size=1400,1000",
            "--virtual-time-budget=60000",
            *flags,
            "--dump-dom",
            (folder / "driver.html").as_uri(),
        ],
        capture_output=True,
        check=True,
        text=True,
        timeout=180,
        env={**os.environ, "HOME": str(folder)},
    )
    (found,) = re.findall(r'<pre id="found">(.*?)</pre>', ran.stdout, re.DOTALL)
    return json.loads(html.unescape(found)), ran.stderr, (folder / "net.json").read_text("utf-8")


@cache
def looked(kind: str) -> tuple[dict[str, Any], str, str]:
    """As `look`, once for each kind of page."""
    import tempfile  # noqa: PLC0415 -- pytest's folders are those of a test

    kinds = {
        "light": (REVIEW, (), True),
        "dark": (REVIEW, ("--blink-settings=preferredColorScheme=0",), False),
        "hostile": (hostile(REVIEW), (), False),
        "long": (many(150), (), False),
    }
    review, flags, use = kinds[kind]
    with tempfile.TemporaryDirectory() as folder:
        return look(Path(folder), page([review]), *flags, use=use)


@pytest.mark.parametrize("kind", ["light", "dark", "hostile", "long"])
def test_no_screen_is_too_narrow(kind: str) -> None:
    found, _, _ = looked(kind)
    assert "error" not in found
    for name, each in found.items():
        if name != "used":
            assert each["width"] == int(name.split()[1])
            assert {
                view: (at["overflow"], at["wider"]) for view, at in each["views"].items()
            } == dict.fromkeys(each["views"], (0, [])), name


@pytest.mark.parametrize("kind", ["light", "hostile"])
def test_nothing_is_asked_of_the_network(kind: str) -> None:
    found, said, network = looked(kind)
    assert all(each["loaded"] == [] for name, each in found.items() if name != "used")
    assert "Content Security Policy" not in said
    assert "evil.example" not in network


def test_it_is_read_without_a_script() -> None:
    found, _, _ = looked("light")
    for width in (320, 1280):
        plain = found[f"plain {width}"]
        assert plain["verdict"] == "Breaking 2 changes break callers (1 on the wire, 2 in Python)."
        assert (plain["filter"], plain["keys"]) == (0, 0)
        assert {view: at["shown"] for view, at in plain["views"].items()} == {
            view: [view] for view in plain["views"]
        }


def test_it_is_light_or_dark() -> None:
    colours = {kind: looked(kind)[0]["plain 1280"]["background"] for kind in ("light", "dark")}
    assert colours == {"light": "rgb(251, 251, 250)", "dark": "rgb(20, 22, 26)"}


def test_keys_go_from_finding_to_finding_and_to_the_filter() -> None:
    used = looked("light")[0]["used"]
    assert used["keys"] == ["d1-f1", "d1-f2", "d1-f1", "d1-f2", "d1-f5", "text", "text"]
    assert used["escaped"] == "BODY"


def test_the_filter_narrows_by_text_level_and_axis() -> None:
    used = looked("light")[0]["used"]
    assert used["start"] == used["cleared"] == "7 findings"
    assert used["text"] == "2 of 7 findings"
    assert used["groups"] == 2
    assert used["filtered"] == "d1-f3"
    assert used["levels"] == "3 of 7 findings"
    assert used["axis"] == "1 of 7 findings"


def test_a_link_of_an_operation_shows_its_finding_whatever_is_filtered() -> None:
    used = looked("light")[0]["used"]
    assert used["before"] == 0
    assert used["after"] == 1
