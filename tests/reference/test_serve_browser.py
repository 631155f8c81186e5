"""`specwright serve` in Chromium: from the search to the answer, at two widths, light and dark. Nothing leaves loopback."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from raw_server import RawServer, reply
from reference.served import DOCUMENT, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from reference.served import Served

CHROMIUM: Final = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium: apt-get install chromium"),
    pytest.mark.xdist_group("chromium"),
]
SPEC: Final = Path(__file__).parents[2] / "spec" / "cohere-finetuning.yaml"
TOKEN: Final = "token-of-the-test"  # noqa: S105 -- it is made up
GOOD: Final[dict[str, Any]] = {
    "finetuned_model": {
        "id": "ft-1",
        "name": "foobar",
        "settings": {"dataset_id": "d", "base_model": {"base_type": "BASE_TYPE_CHAT"}},
    }
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- where there is no Chromium, nobody needs it

    rules = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", rules])
        yield started
        started.close()


@pytest.fixture(scope="module")
def vendor() -> Iterator[RawServer]:
    running = RawServer(reply(200, GOOD))
    yield running
    running.close()


@pytest.fixture(scope="module")
def served(vendor: RawServer) -> Iterator[Served]:
    with serving(SPEC, "--base-url", vendor.url, CO_API_KEY=TOKEN) as running:
        yield running


@pytest.fixture(scope="module")
def things(vendor: RawServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    spec = tmp_path_factory.mktemp("browser") / "things.yaml"
    spec.write_text(DOCUMENT.replace("@VENDOR@", "https://evil.example"), "utf-8")
    with serving(spec, "--base-url", vendor.url, THINGS_TOKEN=TOKEN) as running:
        yield running


class Watched:
    """A page, with all that it asked for and complained of, and all that it got."""

    def __init__(self, browser: Browser, served: Served, width: int, scheme: Any) -> None:
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
        context.set_default_timeout(15_000)
        self.page: Page = context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(served.url)

    def field(self, label: str) -> Any:
        """The field of that dotted name."""
        return self.page.locator(f"[data-label='{label}']").last

    def give(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def overflow(self) -> int:
        """Pixels that the page is wider than the window."""
        found: int = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return found

    def end(self, served: Served) -> None:
        assert self.complaints == []
        assert {url.partition("/")[2].split("/")[1] for url in self.asked} == {served.host}
        self.page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_from_the_search_to_the_answer(
    browser: Browser, served: Served, vendor: RawServer, width: int, scheme: str
) -> None:
    vendor.seen.clear()
    vendor.answer = reply(
        200, {"finetuned_model": {**GOOD["finetuned_model"], "id": 7, "organization_id": TOKEN}}
    )
    watched = Watched(browser, served, width, scheme)
    page = watched.page

    page.get_by_role("searchbox").fill("lora rank update")
    page.locator("#results a").first.wait_for()
    page.get_by_role("searchbox").press("Enter")
    page.get_by_text("Test request").first.click()
    page.locator(".trying .note", has_text="issues").wait_for()

    # What is missing is told, and not as a mistake yet.
    assert watched.field("id").locator(".needed").inner_text() == "is required"
    assert page.locator(".trying .issues .wrong").count() == 0

    watched.give("id", "ft-1")
    watched.give("name", "foobar")
    watched.give("settings.dataset_id", "d")
    page.get_by_label("settings.base_model.base_type", exact=True).select_option(label="BASE_TYPE_CHAT")
    watched.field("settings.hyperparameters").locator("summary").click()
    watched.give("settings.hyperparameters.train_epochs", "many")
    wrong = watched.field("settings.hyperparameters.train_epochs").locator(".wrong")
    wrong.wait_for()
    assert wrong.inner_text() == 'expected integer, found "many"'
    page.get_by_text("1 issue").wait_for()
    assert watched.overflow() == 0

    # With an issue nothing is sent; the field that has it gets the focus.
    page.get_by_role("button", name="Test request").click()
    page.get_by_text("Nothing was sent").wait_for()
    assert vendor.seen == []
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused == "settings.hyperparameters.train_epochs"

    watched.give("settings.hyperparameters.train_epochs", "12345678901234567890")
    wrong.wait_for(state="detached")
    page.get_by_text("This is what is sent.").wait_for()
    code = page.locator(".prepared code")
    assert '"train_epochs": 12345678901234567890' in code.inner_text()
    starts = {
        "curl": "curl -X PATCH",
        "Python": "import os",
        "JSON": "{",
        "Conductor": '{\n  "name"',
        "HTTP": "PATCH /v1/",
    }
    for form, start in starts.items():
        page.locator(".trying .tabs label", has_text=form).click()
        assert code.inner_text().startswith(start)

    page.get_by_role("button", name="Test request").click()
    status = page.locator(".trying .status")
    status.wait_for()
    assert status.inner_text().startswith("200 after")
    assert page.locator(".differences li").all_inner_texts() == [
        "/finetuned_model/id expected string, found 7 type"
    ]
    assert '"name": "foobar"' in page.locator(".replied code").nth(1).inner_text()
    assert vendor.last.header("authorization") == f"Bearer {TOKEN}"
    assert vendor.last.json["settings"]["hyperparameters"] == {"train_epochs": 12345678901234567890}
    assert watched.overflow() == 0
    assert TOKEN not in page.content()
    shades = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert shades == {"light": "rgb(251, 251, 250)", "dark": "rgb(20, 22, 26)"}[scheme]
    watched.end(served)


def test_an_example_fills_the_form(browser: Browser, served: Served, vendor: RawServer) -> None:
    vendor.answer = reply(200, GOOD)
    watched = Watched(browser, served, 1280, "light")
    page = watched.page
    page.goto(f"http://{served.host}/operations/update-finetuned-model.html")
    page.get_by_text("Test request").first.click()
    page.get_by_role("button", name="Fill in an example").click()
    page.get_by_text("This is what is sent.").wait_for()
    page.get_by_label("X-Client-Name", exact=True).fill("x")
    page.get_by_role("button", name="Test request").click()
    page.get_by_text("It is as the document says.").wait_for()
    assert vendor.last.header("x-client-name") == "x"
    watched.end(served)


def test_every_kind_of_field(browser: Browser, things: Served, vendor: RawServer, tmp_path: Path) -> None:
    vendor.answer = reply(200, {"id": 1, "said": "<img src=x onerror=alert(1)>"})
    watched = Watched(browser, things, 1280, "light")
    page = watched.page
    page.goto(f"http://{things.host}/operations/add-thing.html")
    page.get_by_text("Test request").first.click()
    watched.give("id", "a/b")
    page.get_by_label("kind", exact=True).select_option(label="small (default)")
    watched.give("price", "1.50")
    page.get_by_label("on", exact=True).select_option(label="false")
    page.get_by_label("note, instead", exact=True).select_option(label="null")
    watched.give("password", "hunter22")
    watched.field("tree").locator("summary").first.click()
    watched.give("tree.name", "oak")
    branches = watched.field("tree.branches")
    for _ in range(3):
        branches.get_by_role("button", name="Add an item").last.click()  # the others are of items
    for number, name in enumerate(("one", "two", "x")):
        page.get_by_label("tree.branches[].name", exact=True).nth(number).fill(name)
    page.locator("[data-label='tree.branches[].name'] .wrong").wait_for()
    branches.get_by_role("button", name="Remove").nth(1).click()
    branches.get_by_role("button", name="Remove").nth(1).click()
    watched.field("labels").get_by_role("button", name="Add a member").click()
    watched.give("name in labels", "a")
    watched.give("labels.*", "1")
    page.get_by_label("kind of either", exact=True).select_option(label="text")
    watched.give("either", "too long")
    page.locator("[data-label='either'] .wrong").wait_for()
    page.get_by_label("kind of either", exact=True).select_option(label="int")
    watched.give("either", "5")
    page.get_by_label("kind of shape", exact=True).select_option(label="Tree")
    watched.give("shape.name", "elm")
    page.get_by_text("This is what is sent.").wait_for()
    assert "hunter22" not in page.locator(".prepared code").inner_text()
    page.get_by_label("limit", exact=True).fill("2")
    page.get_by_label("limit", exact=True).press("Enter")
    page.locator(".trying .status").wait_for()
    assert vendor.last.target == "/things/a%2Fb?limit=2"
    assert vendor.last.json == {
        "kind": "small",
        "price": 1.5,
        "on": False,
        "note": None,
        "password": "hunter22",
        "tree": {"name": "oak", "branches": [{"name": "one"}]},
        "labels": {"a": 1},
        "either": 5,
        "shape": {"name": "elm"},
    }
    assert page.locator(".replied img").count() == 0
    assert "onerror" in page.locator(".replied code").first.inner_text()

    page.goto(f"http://{things.host}/operations/add-files.html")
    page.get_by_text("Test request").first.click()
    (tmp_path / "a.txt").write_text("content of a file", "utf-8")
    page.get_by_label("file", exact=True).set_input_files(tmp_path / "a.txt")
    page.get_by_text("This is what is sent.").wait_for()
    vendor.answer = reply(204, content_type=None)
    page.get_by_role("button", name="Test request").click()
    page.locator(".trying .status", has_text="204").wait_for()
    assert b'filename="a.txt"' in vendor.last.body
    assert b"content of a file" in vendor.last.body
    watched.end(things)


def test_without_the_key_there_is_no_page(browser: Browser, things: Served) -> None:
    context = browser.new_context()
    page = context.new_page()
    answer = page.goto(f"http://{things.host}/")
    assert answer is not None
    assert answer.status == 403
    context.close()


def test_a_page_of_another_origin_gets_nothing(browser: Browser, things: Served, vendor: RawServer) -> None:
    """The vendor's page, which runs in a browser that has been let in, tries what it can."""
    watched = Watched(browser, things, 1280, "light")
    vendor.answer = reply(200, "<!DOCTYPE html><title>evil</title><body>", content_type="text/html")
    vendor.seen.clear()
    page = watched.page
    page.goto(vendor.url)
    tried = page.evaluate(
        """async ([url, token]) => {
          const tried = {};
          const body = JSON.stringify({ operation: "add-thing", values: { id: "1", kind: "big" } });
          const ways = {
            read: ["/", {}],
            simple: ["/send", { method: "POST", mode: "no-cors", body, credentials: "include" }],
            asked: ["/send", { method: "POST", body, credentials: "include",
              headers: { "content-type": "application/json", "x-specwright-token": token } }],
          };
          for (const [name, [path, options]] of Object.entries(ways)) {
            tried[name] = await fetch(url + path, options).then((answer) => answer.type, () => "refused");
          }
          const frame = document.createElement("iframe");
          frame.src = url + "/";
          await new Promise((done) => { frame.onload = done; document.body.append(frame); });
          try { tried.frame = frame.contentDocument.title; } catch { tried.frame = "refused"; }
          tried.frame ??= "refused";
          return tried;
        }""",
        [f"http://{things.host}", things.token],
    )
    assert tried["read"] == tried["asked"] == "refused"
    assert tried["simple"] in {"opaque", "refused"}  # what cannot be read, and was not done
    assert tried["frame"] in {"refused", ""}
    assert [seen.target for seen in vendor.seen if seen.method == "POST"] == []
    page.context.close()
