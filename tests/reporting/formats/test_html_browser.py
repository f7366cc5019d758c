"""The HTML page in Chromium, as a reader uses it: sort, filter, walk through the regions, by mouse and by keyboard."""

from __future__ import annotations

import base64
import json
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import lxml.html
import numpy as np
import pytest
from msgspec.structs import replace

from communitycheck.api import render, write
from communitycheck.messages import LANGS, Lang
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome
from communitycheck.reporting.formats.html.region_tree import RegionTree
from communitycheck.reporting.rates import region_rate
from communitycheck.reporting.words.numbers import rate
from communitycheck.reporting.words.sentences import Wording
from reporting.large_report import large_report

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="no Chromium with its driver is installed here")

FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1360,900",
)  # fmt: skip
QUICK = 0.3  # seconds that a reader may wait
SLOW = 5  # how much slower than a desk's computer the one that tests may be


class Reader:
    """A browser with one page open."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, path: Path) -> Reader:
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        self.driver.get(path.as_uri())
        return self

    def find(self, css: str) -> Any:
        return self.driver.find_element("css selector", css)

    def all(self, css: str) -> list[Any]:
        return list(self.driver.find_elements("css selector", css))

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def column(self, n: int) -> list[str]:
        """The texts of one column of the list, from 1, without what stands small beneath."""
        return list(
            self.run(
                "return Array.from(document.querySelectorAll('#verdicts tbody tr')).map(r => "
                "{ const c = r.children[arguments[0] - 1].cloneNode(true);"
                "  c.querySelectorAll('small, .clause').forEach(s => s.remove()); return c.textContent.trim(); })",
                n,
            )
        )

    def status(self) -> str:
        return str(self.find("#list-status").text)

    def click(self, css: str) -> None:
        self.run("arguments[0].click()", self.find(css))

    def choose(self, select: str, text: str) -> None:
        self.run(
            "const s = document.querySelector(arguments[0]);"
            "s.value = Array.from(s.options).find(o => o.textContent.startsWith(arguments[1])).value;"
            "s.dispatchEvent(new Event('change'))",
            select,
            text,
        )

    def search(self, text: str) -> None:
        box = self.find("#search")
        box.clear()
        box.send_keys(text)
        time.sleep(0.25)  # the page waits for a pause in typing

    def keys(self, *keys: str) -> None:
        from selenium.webdriver import ActionChains

        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def focused(self) -> str:
        return str(self.run("return document.activeElement.textContent.trim()"))

    def region(self, name: str) -> None:
        (one,) = [b for b in self.all("#regions tbody button") if b.text == name]
        self.run("arguments[0].click()", one)

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """What the page itself asked for since it was opened, its own address included."""
        events = (json.loads(e["message"])["message"] for e in self.driver.get_log("performance"))
        sent = [e["params"] for e in events if e["method"] == "Network.requestWillBeSent"]
        return [one["request"]["url"] for one in sent if not one["documentURL"].startswith("chrome:")]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    try:
        yield Reader(driver)
    finally:
        driver.quit()


@pytest.fixture(autouse=True)
def no_complaint(reader: Reader) -> Iterator[None]:
    """Whatever a test does, the browser's log stays empty."""
    yield
    assert reader.complaints() == []


Pages = Callable[[Lang], Path]


@pytest.fixture(scope="module")
def pages(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    folder = tmp_path_factory.mktemp("报告")

    def page(lang: Lang) -> Path:
        path = folder / f"报告 {lang}.html"
        if not path.exists():
            write(report, path, lang)
        return path

    return page


@pytest.mark.parametrize("lang", LANGS)
def test_it_opens_without_a_complaint_and_asks_for_nothing(reader: Reader, pages: Pages, lang: Lang) -> None:
    page = pages(lang)
    reader.open(page)
    assert len(reader.all("#verdicts tbody tr")) == 33
    assert reader.complaints() == []
    assert set(reader.requests()) - {"data:,"} == {page.as_uri()}
    # A name that is a script has not run, and stands there as it is.
    assert "<script>alert(1)</script>" in reader.column(1)
    assert reader.run("return document.querySelectorAll('script').length") == 2
    ids = reader.run("return Array.from(document.querySelectorAll('[id]')).map(e => e.id)")
    assert len(ids) == len(set(ids))


def test_a_report_of_nothing_opens_too(reader: Reader, report: Report, tmp_path: Path) -> None:
    page = tmp_path / "nothing.html"
    write(replace(report, results=[], returns=[], notices=[]), page, "en")
    reader.open(page)
    assert reader.status() == "0 in all; Nothing matches."
    assert "There are no verdicts at all." in reader.find("#list").text
    assert "2 could not be read" in reader.find("#overview").text
    reader.click("th[data-key=missing] button")


def test_sorting(reader: Reader, pages: Pages) -> None:
    reader.open(pages("en"))
    before = reader.column(1)
    head = "#verdicts th[data-key=name]"
    assert reader.find(head).get_attribute("aria-sort") == "none"
    reader.click(f"{head} button")
    assert reader.find(head).get_attribute("aria-sort") == "ascending"
    up = reader.column(1)
    assert sorted(up) == sorted(before) and up != before
    reader.click(f"{head} button")
    assert reader.find(head).get_attribute("aria-sort") == "descending"
    assert reader.column(1)[-1] == up[0]
    reader.click(f"{head} button")
    assert reader.find(head).get_attribute("aria-sort") == "none"
    assert reader.column(1) == before


def test_sorting_by_shortfall(reader: Reader, pages: Pages) -> None:
    """Of one unit by the amount; of several by the share missed, which the page says. No value stands last."""
    reader.open(pages("en"))
    reader.click("#verdicts th[data-key=missing] button")
    assert "as a share of what is required" in reader.status()
    assert reader.column(7)[-1] == "—"
    reader.choose("#by-rule", "LN-01")
    assert "as a share" not in reader.status()
    amounts = [float(t.split()[0]) for t in reader.column(7) if t != "—"]
    assert amounts == sorted(amounts, reverse=True) == [399.7, 312.0, 88.0, 0.1]
    reader.click("#verdicts th[data-key=missing] button")
    assert [t.split()[0] for t in reader.column(7)] == ["0.1", "88", "312", "399.7", "—", "—", "—"]


def test_filters(reader: Reader, pages: Pages, report: Report) -> None:
    reader.open(pages("en"))
    reader.choose("#by-outcome", "not due")
    assert set(reader.column(4)) == {"not due"} and reader.status().startswith("3 of 33 match")
    reader.choose("#by-severity", "advisory")
    assert set(reader.column(3)) == {"advisory"} and reader.status().startswith("2 of 33 match")
    reader.click("#clear")
    assert reader.status().startswith("33 in all")
    reader.search("=CMD 法律")
    assert reader.status().startswith("0 of 33 match; Nothing matches.")
    reader.search("=CMD legal")
    assert reader.column(2) == ["PZ-N40"]
    reader.search("阳光🏡")
    assert set(reader.column(1)) == {"阳光🏡社区👨‍👩‍👧"}
    reader.click("#clear")
    reader.click("#rule-rates button[data-rule='0']")
    assert set(reader.column(2)) == {"LN-01"} and len(reader.column(2)) == 7
    assert reader.find("#rule-rates button[data-rule='0']").get_attribute("aria-pressed") == "true"
    reader.click("#rule-rates button[data-rule='0']")
    assert reader.status().startswith("33 in all")


def test_walking_through_the_regions(reader: Reader, pages: Pages, report: Report) -> None:
    """City, county, rows: at each step the charts, the list and the sentence count the same."""
    reader.open(pages("en"))
    tree, counts = RegionTree(report), RegionTree(report).counts()
    wording = Wording.of(report, "en")

    def own(rule: int, number: int) -> tuple[str, str] | None:
        """What the one region here came to that the rule judged as a whole."""
        result = report.results[rule]
        if not result.is_group:
            return None
        inside = [number <= k < tree.regions[number].end for k in tree.of(result).tolist()]
        answered = np.isin(result.outcome, (Outcome.PASS, Outcome.FAIL, Outcome.NOT_DUE))
        places = np.flatnonzero(answered & np.array(inside))
        how = region_rate(result, int(places[0]), wording) if len(places) == 1 else None
        return how and (how.fraction, how.rate)

    def check(name: str) -> None:
        number = next((k for k, r in enumerate(tree.regions) if r.name == name), 0)
        here = [c for c in counts if number <= c.region < tree.regions[number].end]
        passed, failed = sum(c.passed for c in here), sum(c.failed for c in here)
        undecided, not_due = sum(c.undecided for c in here), sum(c.not_due for c in here)
        said = reader.find("#region-status").text
        assert f"{passed + failed} judged, {passed} passed, {failed} failed, {not_due} not due, {undecided} wit" in said
        listed = failed + undecided + not_due + (not number)  # the whole holds the rule to be checked by hand
        assert len(reader.column(1)) == listed
        rules = reader.run(
            "return Array.from(document.querySelectorAll('#rule-rates tbody tr')).map(r => "
            "[r.dataset.rule, r.children[1].textContent, r.children[2].textContent])"
        )
        for rule, figure, percent in rules:
            mine = [c for c in here if c.rule == int(rule)]
            passed, judged = sum(c.passed for c in mine), sum(c.passed + c.failed for c in mine)
            plain = f"{passed}/{judged}", rate(passed, judged) or "n/a"
            assert (figure, percent) == (own(int(rule), number) or plain)
        single = {rule for rule, *_ in rules if own(int(rule), number) is None}
        printed = sum(int(figure.split("/")[0]) for rule, figure, _ in rules if rule in single)
        assert printed == sum(c.passed for c in here if str(c.rule) in single)

    check("")
    reader.region("攀枝花市")
    check("攀枝花市")
    assert reader.find("#chosen-region-name").text == "Region: 攀枝花市"
    assert reader.focused() == "攀枝花市"
    assert {b.text for b in reader.all("#regions tbody button")} == {"东区", "西区", "鼓楼区", "仁和区 =1+1"}
    reader.region("西区")
    check("西区")
    assert "about the region itself" in reader.find("#region-status").text
    assert "no smaller regions" in reader.find("#regions tbody").text
    assert [b.text for b in reader.all("#path button")] == ["All regions", "攀枝花市"]
    reader.click("#path button")
    check("")
    reader.region("沈阳市")
    reader.click("#clear-region")
    check("")
    assert not reader.find("#chosen-region").is_displayed()


def test_light_and_dark(reader: Reader, pages: Pages) -> None:
    def ground() -> str:
        return str(reader.run("return getComputedStyle(document.body).backgroundColor"))

    def system(scheme: str) -> None:
        media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        reader.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)

    light, dark = "rgb(255, 255, 255)", "rgb(19, 23, 27)"
    system("light")
    reader.open(pages("zh"))
    assert (ground(), reader.find("#dark").get_attribute("aria-pressed")) == (light, "false")
    reader.click("#dark")
    assert (ground(), reader.find("#dark").get_attribute("aria-pressed")) == (dark, "true")
    reader.click("#dark")
    assert ground() == light
    system("dark")
    assert ground() == light  # chosen
    reader.open(pages("zh"))
    assert (ground(), reader.find("#dark").get_attribute("aria-pressed")) == (dark, "true")
    reader.click("#dark")
    assert ground() == light
    system("light")


def test_by_keyboard_alone(reader: Reader, pages: Pages) -> None:
    from selenium.webdriver.common.keys import Keys

    reader.open(pages("en"))

    def reach(text: str, most: int = 80) -> None:
        for _ in range(most):
            reader.keys(Keys.TAB)
            if reader.focused() == text:
                outline = reader.run("return getComputedStyle(document.activeElement).outlineStyle")
                assert outline == "solid", f"no focus is seen on {text}"
                return
        raise AssertionError(f"{text} is not reached")

    reader.keys(Keys.TAB)
    assert reader.focused() == "Skip to the report"
    assert reader.run("return document.activeElement.getBoundingClientRect().left") >= 0
    reach("Dark")
    reader.keys(Keys.SPACE)
    assert reader.find("html").get_attribute("data-theme") == "dark"
    reach("攀枝花市")
    reader.keys(Keys.ENTER)
    assert reader.focused() == "攀枝花市" and reader.find("#chosen-region").is_displayed()
    reach("东区")
    reader.keys(Keys.ENTER)
    rows = len(reader.column(1))
    assert 0 < rows < 33
    reach("LN-03")
    reader.keys(Keys.SPACE)
    assert set(reader.column(2)) == {"LN-03"}
    for _ in range(80):
        reader.keys(Keys.TAB)
        if reader.run("return document.activeElement.id") == "search":
            break
    reader.keys("<script>")
    time.sleep(0.25)
    assert set(reader.column(1)) == {"<script>alert(1)</script>"}
    reach("Clear filters")
    reader.keys(Keys.ENTER)
    assert reader.focused() == "Clear filters" and reader.status().startswith("33 in all")
    reach("observed")
    reader.keys(Keys.ENTER)
    assert reader.find("th[data-key=observed]").get_attribute("aria-sort") == "descending"


# The contrast of every text that is seen with what lies behind it, as the browser drew them; the lowest first.
CONTRASTS = """
const light = c => { const v = c.match(/[\\d.]+/g).map(Number); const [r, g, b] = v.slice(0, 3).map(x => x / 255)
  .map(x => x <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
  if (!/, 0\\)$|transparent/.test(c)) return c; } return 'rgb(255, 255, 255)'; };
const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const e = walk.currentNode.parentElement;
  if (!walk.currentNode.data.trim() || !e.getClientRects().length || e.closest('script, noscript, template')) continue;
  const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);
  found.push([(a + .05) / (b + .05), walk.currentNode.data.trim().slice(0, 30)]);
}
return found.sort((x, y) => x[0] - y[0]);
"""


@pytest.mark.parametrize("lang", LANGS)
def test_as_it_is_drawn_it_is_readable(reader: Reader, pages: Pages, lang: Lang) -> None:
    """What the script adds is as readable by machines and people as what was there before."""
    reader.open(pages(lang))
    reader.click("#regions tbody button")
    reader.click("th[data-key=observed] button")
    for _ in ("light", "dark"):
        found = reader.run(CONTRASTS)
        assert len(found) > 400 and found[0][0] >= 4.5, found[:5]
        reader.click("#dark")
    page = lxml.html.document_fromstring(reader.driver.page_source)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for table in page.xpath("//table"):
        assert table.xpath("normalize-space(./caption)")
        assert all(head.get("scope") for head in table.xpath(".//th"))
    for button in page.xpath("//button[not(@hidden)]"):
        assert button.text_content().strip() or button.get("aria-label")
    heads = page.xpath("//*[@id='verdicts']/thead//th")
    assert [h.get("aria-sort") for h in heads].count("descending") == 1 and all(h.get("aria-sort") for h in heads)
    assert len(page.xpath("//*[@id='path']//*[@aria-current='location']")) == 1
    # Every name that came out of a return is kept to itself, whatever its direction.
    assert all(cell.find("bdi") is not None for cell in page.xpath("//*[@id='verdicts']/tbody//th"))


@pytest.mark.parametrize("lang", LANGS)
def test_a_narrow_screen_scrolls_tables_and_not_the_page(reader: Reader, pages: Pages, lang: Lang) -> None:
    screen = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    reader.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    try:
        reader.open(pages(lang))
        assert reader.run("return document.documentElement.scrollWidth") <= 360
        assert reader.run("const s = document.querySelector('#list .scroll'); return s.scrollWidth > s.clientWidth")
    finally:
        reader.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_what_is_printed(reader: Reader, pages: Pages) -> None:
    """Without controls, light, notes opened; and the screen is as before afterwards."""
    reader.open(pages("en"))
    reader.click("#dark")
    reader.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        for hidden in ("#filters", "#pages", "#tools", ".contents", "#list-status"):
            assert not reader.find(hidden).is_displayed()
        assert reader.run("return getComputedStyle(document.body).color") == "rgb(26, 31, 36)"
        # The titles of the columns are text then: a button would be missing on all sheets but the first.
        heads = "Array.from(document.querySelectorAll('#verdicts thead th'))"
        assert reader.run(f"return {heads}.map(h => getComputedStyle(h, '::before').content)")[:2] == [
            '"subject"', '"rule"',
        ]  # fmt: skip
    finally:
        reader.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    printed = base64.b64decode(reader.driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})["data"])
    assert printed.startswith(b"%PDF-")
    assert not reader.run("return document.querySelector('details').open")
    assert len(reader.column(1)) == 33


@pytest.mark.slow
def test_twenty_thousand_failures(reader: Reader, tmp_path: Path) -> None:
    """What a reader does takes no longer than a moment; the page is a few megabytes."""
    page = tmp_path / "large.html"
    page.write_text("".join(render(large_report(12_000), "html", "zh")), encoding="utf-8")
    assert page.stat().st_size < 7_000_000
    reader.open(page)
    assert reader.status().startswith("共 21,200 项；第 1～50 项")
    assert reader.complaints() == []

    def moment(script: str) -> float:
        """Seconds until the page is drawn anew."""
        return float(
            reader.driver.execute_async_script(
                "const done = arguments[0], start = performance.now();"
                f"{script};"
                "requestAnimationFrame(() => setTimeout(() => done((performance.now() - start) / 1000)))"
            )
        )

    taken = {
        "sort by name": moment("document.querySelector('th[data-key=name] button').click()"),
        "sort by reason": moment("document.querySelector('th[data-key=reason] button').click()"),
        "sort by shortfall": moment("document.querySelector('th[data-key=missing] button').click()"),
        "filter by rule": moment(
            "const s = document.getElementById('by-rule'); s.selectedIndex = 1; s.dispatchEvent(new Event('change'))"
        ),
        "into a city": moment("document.querySelector('#regions tbody button').click()"),
        "into a county": moment("document.querySelector('#regions tbody button').click()"),
        "into a street": moment("document.querySelector('#regions tbody button').click()"),
    }
    assert [len(reader.all(css)) for css in ("#path li", "#verdicts tbody tr")] == [4, 15]
    taken["out again"] = moment("document.getElementById('clear').click()")
    taken["to the last page"] = moment("document.querySelector('#pages button[data-to=last]').click()")
    assert reader.status().startswith("共 21,200 项；第 21,151～21,200 项")
    print(", ".join(f"{what} {seconds:.2f} s" for what, seconds in taken.items()))
    assert max(taken.values()) < QUICK * SLOW, taken
