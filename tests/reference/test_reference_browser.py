"""The pages in Chromium, from a folder and without a network: how they lie on screens, and what their scripts add.

A page of ours has the reference in frames, with and without scripts, of the widths that are tested, and writes what it finds; the browser
prints that page. Nothing but Debian's `chromium` is needed.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

import specwright
from specwright.config import Config

CHROMIUM: Final = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium: apt-get install chromium"),
    pytest.mark.xdist_group("chromium"),
]

TESTS: Final = Path(__file__).resolve().parents[1]
DOCUMENTS: Final = {
    "first": TESTS.parent / "spec" / "cohere-finetuning.yaml",
    "hostile": TESTS / "cases" / "hostile_text" / "spec.yaml",
    "parameters": TESTS / "cases" / "parameters_everywhere" / "spec.yaml",
}

_DRIVER: Final = r"""
<!DOCTYPE html><meta charset="utf-8"><body><pre id="found">nothing</pre>
<script>
const found = {};
const wait = (time = 80) => new Promise((done) => setTimeout(done, time));
const frame = (address, width, sandbox) => new Promise((done) => {
  const made = document.createElement("iframe");
  if (sandbox) made.sandbox = "allow-same-origin";
  made.style = `border: 0; width: ${width}px; height: 900px`;
  made.onload = () => done(made);
  made.src = address;
  document.body.append(made);
});
const wider = (inner) => {
  const width = inner.documentElement.clientWidth;
  return [...inner.body.querySelectorAll("*")]
    .filter((each) => each.checkVisibility() && !each.closest(".hidden, pre, thead, .forms input, .skip")
      && each.getBoundingClientRect().right > width + 1)
    .map((each) => `${each.tagName}.${each.className}`).slice(0, 5);
};
const seen = (inner, selector) => [...inner.querySelectorAll(selector)].filter((each) => each.checkVisibility()).length;
const look = async (name, address, width, sandbox) => {
  const made = await frame(address, width, sandbox);
  await wait();
  const inner = made.contentDocument;
  inner.querySelectorAll("details").forEach((each) => { each.open = true; });
  await wait();
  found[name] = {
    width: made.contentWindow.innerWidth, overflow: inner.documentElement.scrollWidth - inner.documentElement.clientWidth,
    wider: wider(inner), rows: seen(inner, ".fields tbody tr"), operations: seen(inner, "#operations .operations > li"),
    calls: seen(inner, ".call"), search: seen(inner, "#search"), keys: seen(inner, ".keys"), copies: seen(inner, ".call .copy"),
    background: made.contentWindow.getComputedStyle(inner.body).backgroundColor,
    loaded: made.contentWindow.performance.getEntriesByType("resource").map((each) => each.name),
  };
};
const press = (inner, key) => (inner.activeElement || inner.body).dispatchEvent(
  new inner.defaultView.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
const address = (made) => made.contentWindow.location.href.split("/").pop();
const use = async (operation, words, field) => {
  const made = await frame("pages/index.html", 1280, false);
  await wait();
  let inner = made.contentDocument;
  const type = async (text) => {
    inner.getElementById("text").value = text;
    inner.getElementById("text").dispatchEvent(new inner.defaultView.Event("input", { bubbles: true }));
    await wait();
  };
  const used = {};
  press(inner, "/");
  used.slash = inner.activeElement.id;
  await type(words);
  used.shown = inner.getElementById("shown").textContent;
  used.results = seen(inner, "#results > li");
  used.list = seen(inner, "#operations");
  used.fields = [...inner.querySelectorAll("#results .fields a")].map((each) => each.textContent);
  press(inner, "ArrowDown");
  used.first = inner.activeElement.getAttribute("href");
  press(inner, "ArrowDown");
  used.second = inner.activeElement.getAttribute("href");
  press(inner, "ArrowUp");
  press(inner, "ArrowUp");
  used.back = inner.activeElement.id;
  press(inner, "Escape");
  await wait();
  used.cleared = [inner.getElementById("text").value, seen(inner, "#operations"), seen(inner, "#results > li")];
  await type("no such thing at all");
  used.nothing = inner.getElementById("shown").textContent;
  await type(words);
  const opened = new Promise((done) => { made.onload = done; });
  press(inner, "Enter");
  await opened;
  await wait();
  used.opened = address(made);
  inner = made.contentDocument;
  inner.defaultView.location.hash = field;
  await wait();
  used.target = seen(inner, "tr:target");
  inner.getElementById("call-curl").click();
  used.curl = [...inner.querySelectorAll(".call")].filter((each) => each.checkVisibility()).map((each) => each.className);
  const home = new Promise((done) => { made.onload = done; });
  press(inner, "Escape");
  await home;
  used.home = address(made);
  found.used = used;
};
(async () => {
  try {
    for (const [page, name] of [["index.html", "index"], ["operations/@SLUG@.html", "operation"]]) {
      for (const width of [320, 1280]) {
        await look(`script ${name} ${width}`, `pages/${page}`, width, false);
        await look(`plain ${name} ${width}`, `pages/${page}`, width, true);
      }
    }
    if (@USE@) await use("@SLUG@", "lora rank", "#body.settings.hyperparameters.lora_rank");
  } catch (error) {
    found.error = String(error.stack);
  }
  document.getElementById("found").textContent = JSON.stringify(found);
  document.querySelectorAll("iframe").forEach((each) => each.remove());
})();
</script>
"""


@cache
def looked(kind: str, *flags: str) -> tuple[dict[str, Any], str, str]:
    """What the driver finds, what the browser says beside it, and the log of its network."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        specwright.docs(folder / "pages", config=Config(spec=DOCUMENTS[kind]))
        slug = min((folder / "pages" / "operations").glob("*.html")).stem
        driver = _DRIVER.replace("@SLUG@", slug).replace("@USE@", json.dumps(kind == "first"))
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
                "--allow-file-access-from-files",
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


def screens(kind: str) -> dict[str, Any]:
    found, _, _ = looked(kind)
    assert "error" not in found
    return {name: each for name, each in found.items() if name != "used"}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_no_screen_is_too_narrow(kind: str) -> None:
    for name, each in screens(kind).items():
        assert (each["width"], each["overflow"], each["wider"]) == (int(name.split()[2]), 0, []), name


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_nothing_is_asked_of_the_network(kind: str) -> None:
    _, said, network = looked(kind)
    assert all(each["loaded"] == [] for each in screens(kind).values())
    assert "Content Security Policy" not in said
    assert "evil.example" not in network


def test_it_is_read_without_a_script() -> None:
    for width in (320, 1280):
        index, operation = (screens("first")[f"plain {page} {width}"] for page in ("index", "operation"))
        assert (index["operations"], index["search"], index["keys"]) == (1, 0, 0)
        with_script = screens("first")[f"script operation {width}"]
        assert operation["rows"] == with_script["rows"] > 60
        assert (operation["calls"], operation["copies"]) == (1, 0)
        assert screens("first")[f"script index {width}"]["search"] == 1


def test_it_is_light_or_dark() -> None:
    light, dark = (
        looked("first", *flags)[0]["plain index 1280"]["background"]
        for flags in ((), ("--blink-settings=preferredColorScheme=0",))
    )
    assert (light, dark) == ("rgb(251, 251, 250)", "rgb(20, 22, 26)")


def test_what_is_searched_is_found_and_opened_with_keys_alone() -> None:
    used = looked("first")[0]["used"]
    page = "operations/update-finetuned-model.html"
    assert used["slash"] == "text"
    assert (used["shown"], used["results"], used["list"]) == ("1 of 1 operations", 1, 0)
    assert used["fields"][0] == "settings.hyperparameters.lora_rank"
    assert used["first"] == page
    assert used["second"] == f"{page}#body.settings.hyperparameters.lora_rank"
    assert used["back"] == "text"
    assert used["cleared"] == ["", 1, 0]
    assert used["nothing"] == "0 of 1 operations"
    assert used["opened"] == "update-finetuned-model.html"
    assert used["target"] == 1
    assert used["curl"] == ["call curl"]
    assert used["home"] == "index.html"
