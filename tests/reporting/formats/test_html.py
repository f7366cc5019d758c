"""The HTML page as a document: closed to the network, readable by machines and screen readers, capped with a count."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import lxml.html
import numpy as np
import pyarrow as pa
import pytest
from msgspec.structs import replace

from communitycheck.api import render
from communitycheck.check import check
from communitycheck.errors import ReturnError
from communitycheck.messages import LANGS, Lang
from communitycheck.model.report import Report
from communitycheck.model.result import OUTCOMES, Groups, Outcome, Records
from communitycheck.model.table import Coded, Column
from communitycheck.reporting.formats.html import rows as html_rows
from communitycheck.reporting.formats.html.page import asset
from communitycheck.reporting.formats.html.region_tree import INSIDE, ITSELF, RegionTree
from communitycheck.reporting.formats.html.rows import SHARES, pick
from communitycheck.reporting.formats.html.sections import WORST
from communitycheck.reporting.totals import regions
from communitycheck.reporting.totals.rules import worst
from communitycheck.reporting.words.sentences import Wording
from reporting.large_report import large_report

Page = Any
NOWHERE: dict[str, list[str]] = {"cells": []}


def drawn(report: Report, lang: Lang = "en", **options: Any) -> Page:
    return lxml.html.document_fromstring("".join(render(report, "html", lang, **options)))


def data_of(page: Page) -> dict[str, Any]:
    return json.loads(page.get_element_by_id("data").text)  # type: ignore[no-any-return]


@pytest.fixture(scope="module", params=LANGS)
def page(request: pytest.FixtureRequest, report: Report) -> Page:
    return drawn(report, request.param)


# closed


def test_only_our_script_and_style_may_run(page: Page) -> None:
    policy = page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert rules["default-src"] == "'none'" and rules["base-uri"] == "'none'" and rules["form-action"] == "'none'"
    for kind, element in (("script-src", "script[not(@type)]"), ("style-src", "style")):
        (text,) = page.xpath(f"//{element}/text()")
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert rules[kind] == f"'sha256-{digest}'"
    head = page.find("head")
    # What the policy forbids must come after it.
    assert [e.tag for e in head][:2] == ["meta", "meta"] and head[1].get("http-equiv")


def test_the_page_asks_for_nothing(page: Page) -> None:
    assert not page.xpath("//img | //iframe | //object | //embed | //audio | //video | //base | //link[@rel!='icon']")
    assert not page.xpath("//@src | //@srcset | //@action | //@style | //@*[starts-with(name(), 'on')]")
    assert all(h.startswith("#") or h == "data:," for h in page.xpath("//@href"))
    assert not re.search(r"url\(|@import|https?:", asset("report.css"))
    assert not re.search(
        r"https?:|fetch|XMLHttp|WebSocket|sendBeacon|innerHTML|outerHTML|insertAdjacent|document\.write|eval|\bFunction\b",
        asset("report.js"),
    )


def test_names_are_text(report: Report) -> None:
    """Mark-up, template braces and the end of a script in a name stay what they are: text."""
    nasty = ["{{7*7}}", "{% raise %}", "</script><script>alert(1)</script>", "<!--<script>", "]]>", "${1}", "\u2028x"]
    result = report.results[0]
    table = result.subjects.table  # type: ignore[attr-defined]
    names = Column("community", text=pa.array((nasty * 3)[: len(table)]))
    regions = {"city": Coded(np.arange(len(table), dtype=np.int32) % len(nasty), nasty)}
    renamed = dataclasses.replace(table, columns={**table.columns, "community": names}, regions=regions)
    moved = replace(result, subjects=Records(renamed))
    found = drawn(replace(report, results=[moved]), all_verdicts=True)
    assert len(found.xpath("//script")) == 2 and not found.xpath("//comment()")
    data = data_of(found)
    assert set(nasty[:-1]) <= {row[3] for row in data["rows"]}
    assert {r[1] for r in data["regions"]} == {"", *nasty[:-1], "x"}
    assert "49" not in {cell.text_content() for cell in found.xpath("//td | //th")}


# readable


def test_ids_are_unique_and_what_is_referred_to_is_there(page: Page) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for attribute in ("for", "aria-labelledby", "aria-controls", "aria-describedby"):
        assert {one for value in page.xpath(f"//@{attribute}") for one in value.split()} <= set(ids)
    assert {h[1:] for h in page.xpath("//@href") if h.startswith("#")} <= set(ids)
    script = asset("report.js")
    assert set(re.findall(r'\bat\("([a-z-]+)"\)', script)) <= set(ids)


def test_landmarks_headings_and_language(page: Page) -> None:
    assert page.get("lang") in ("zh-CN", "en")
    for landmark in ("header", "main", "footer"):
        assert len(page.xpath(f"//{landmark}")) == 1
    assert all(n.get("aria-label") for n in page.xpath("//nav"))
    levels = [int(h.tag[1]) for h in page.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for section in page.xpath("//main/section"):
        assert section.find("h2").get("id") == section.get("aria-labelledby")


def test_tables_say_what_their_cells_are(page: Page) -> None:
    tables = page.xpath("//table")
    assert len(tables) > 8
    for table in tables:
        (caption,) = table.xpath("./caption")
        # The two charts get theirs from the script.
        assert caption.text_content().strip() or table.get("class") == "chart"
        for head in table.xpath(".//th"):
            assert head.get("scope") in ("col", "row", "rowgroup")
        width = len(table.xpath("./thead/tr/th"))
        for row in table.xpath("./tbody/tr | ./tfoot/tr"):
            assert sum(int(cell.get("colspan", 1)) for cell in row) == width
            assert len(row.xpath("./th")) == 1


def test_controls_have_names(page: Page) -> None:
    labels = set(page.xpath("//label/@for"))
    for control in page.xpath("//input | //select"):
        assert control.get("id") in labels
    for button in page.xpath("//button"):
        assert button.get("type") == "button"
        assert button.text_content().strip() or button.get("id", "").startswith("more-")
    assert len(page.xpath("//*[@role='status']")) == 2
    for scrolled in page.xpath("//*[@class='scroll']"):
        assert scrolled.get("tabindex") == "0" and scrolled.get("aria-labelledby")
    for drawing in page.xpath("//svg"):
        assert drawing.get("aria-hidden") == "true"  # the numbers stand beside it


def colours() -> dict[str, dict[str, str]]:
    """The colours of the style sheet's variables, for light and for dark."""
    blocks = re.findall(r":root(\S*) \{([^}]*--page[^}]*)\}", asset("report.css"))
    found = [dict(re.findall(r"--([a-z_-]+): (#[0-9a-f]{6})", body)) for _, body in blocks]
    assert [name for name, _ in blocks] == ["", ':not([data-theme="light"])', '[data-theme="dark"]']
    assert found[1] == found[2], "dark by the system and dark by choice differ"
    return {"light": found[0], "dark": found[1]}


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2: 1 to 21."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_contrast(theme: str) -> None:
    """Text at least 4.5 to 1, controls at least 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11)."""
    shown = colours()[theme]
    for ground in ("page", "raised"):
        for ink in ("ink", "quiet", "link", "fail-ink", "doubt-ink", "pass-ink"):
            assert contrast(shown[ink], shown[ground]) >= 4.5, (ink, ground)
        for edge in ("rule", "focus"):
            assert contrast(shown[edge], shown[ground]) >= 3, (edge, ground)
    for fill in ("pass", "fail", "no_data", "manual"):
        assert contrast(shown[fill], shown["page"]) >= 3, fill


def test_without_scripts_the_page_is_still_a_report(page: Page, report: Report) -> None:
    for hidden in page.xpath("//*[@hidden]"):
        hidden.drop_tree()
    assert page.xpath("//noscript") and not page.xpath("//input | //select | //button")
    outcomes = {row.get("data-outcome"): row[1].text for row in page.xpath("//tr[@data-outcome]")}
    assert outcomes == {o.word: str(n) for o, n in report.outcomes().items()} | {"all": "209"}
    assert len(page.xpath("//table[contains(@class, 'rules')]//tr[@data-rule]")) == 13
    assert len(page.xpath("//*[@id='verdicts']/tbody/tr")) == len(worst(report, WORST))


# whole, or cut with a count


def test_every_count_of_a_region_is_that_of_json(report: Report) -> None:
    """Passed, judged and undecided of each rule in each city and county, added up as the page adds them up."""
    groups = json.loads("".join(render(report, "json", "en")))["groups"]
    tree = RegionTree(report)
    counts = tree.counts()
    compared = 0
    for number, region in enumerate(tree.regions):
        if not number or not region.name or region.level not in ("city", "county"):
            continue
        within = tree.regions[region.parent].name
        for rule, result in enumerate(report.results):
            if not isinstance(result.subjects, Records):
                continue
            mine = [
                c for c in counts if c.rule == rule and number <= c.region < region.end
                and (c.kind == INSIDE or (c.kind == ITSELF and c.region != number))
            ]  # fmt: skip
            theirs = [
                g for g in groups
                if (g["rule"], g["name"], g["level"]) == (result.rule.id, region.name, region.level)
                and g["region"] == ([within] if within else [])
            ]  # fmt: skip
            passed, judged = sum(c.passed for c in mine), sum(c.passed + c.failed for c in mine)
            assert [passed, judged, sum(c.undecided for c in mine)] == [
                sum(g[key] for g in theirs) for key in ("passed", "judged", "no_data")
            ]
            compared += bool(theirs)
    assert compared > 30


def test_every_verdict_is_counted_in_one_region(report: Report) -> None:
    counts = RegionTree(report).counts()
    outcomes = report.outcomes()
    assert sum(c.passed for c in counts) == outcomes[Outcome.PASS]
    assert sum(c.failed for c in counts) == outcomes[Outcome.FAIL]
    assert sum(c.not_due for c in counts) == outcomes[Outcome.NOT_DUE]
    assert sum(c.undecided for c in counts) == outcomes[Outcome.NO_DATA] + outcomes[Outcome.ERROR]


def test_a_region_named_without_the_one_around_it_is_the_same(report: Report) -> None:
    """One return names the province, the rule on the whole city does not."""
    table = report.results[0].subjects.table  # type: ignore[attr-defined]
    n = len(table)
    province = Coded(np.zeros(n, dtype=np.int32), ["四川省"])
    full = dataclasses.replace(table, regions={"province": province, **table.regions})
    results = [replace(report.results[0], subjects=Records(full)), *report.results[1:]]
    tree = RegionTree(replace(report, results=results))
    cities = [r for r in tree.regions if r.level == "city" and r.name == "攀枝花市"]
    assert len(cities) == 1 and tree.regions[cities[0].parent].name == "四川省"
    whole = next(r for r in results if isinstance(r.subjects, Groups) and r.subjects.levels == ["city"])
    assert tree.of(whole).tolist() == [tree.regions.index(cities[0])]


def test_a_region_is_one_run_of_numbers(report: Report) -> None:
    regions = RegionTree(report).regions
    for number, region in enumerate(regions):
        inside = {k for k in range(len(regions)) if k == number or number in around(regions, k)}
        assert inside == set(range(number, region.end))


def test_levels_of_too_many_regions_are_left_out_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regions, "REGIONS", 30)
    report = large_report(4_000)
    tree = RegionTree(report)
    assert tree.too_fine == {"county", "street"}
    assert [r.level for r in tree.regions] == ["", *["city"] * 5]
    assert sum(c.failed for c in tree.counts()) == report.outcomes()[Outcome.FAIL]
    assert data_of(drawn(report))["tooFine"] == ["counties", "streets"]


def around(regions: list[Any], number: int) -> Iterator[int]:
    while number:
        number = regions[number].parent
        yield number


def test_a_large_report_is_cut_with_a_count(monkeypatch: pytest.MonkeyPatch) -> None:
    report = large_report(400)
    shares = [(share, 500 if Outcome.FAIL in share else 30) for share, _ in SHARES]
    monkeypatch.setattr(html_rows, "SHARES", tuple(shares))
    found = drawn(report)
    data = data_of(found)
    outcomes = report.outcomes()
    assert (outcomes[Outcome.FAIL], outcomes[Outcome.NO_DATA]) == (760, 40)
    listed = [row[1] for row in data["rows"]]
    assert (listed.count(Outcome.FAIL), listed.count(Outcome.NO_DATA)) == (500, 30)
    assert [p.text for p in found.xpath("//*[@id='list']/p[@class='cut']")] == [
        "fail: 760 in all; the 500 most urgent are listed here, and 260 more with -o report.csv.",
        "no data: 40 in all; the 30 most urgent are listed here, and 10 more with -o report.csv.",
    ]
    # The counts of the regions are those of all, not of the listed.
    assert sum(c[4] for c in data["counts"]) == 760
    assert sum(c[6] for c in data["counts"]) == 40
    # Binding rules first, then the largest share missed.
    assert [row[0] for row in data["rows"][:500]] == [0] * 400 + [1] * 100
    for part in (data["rows"][:400], data["rows"][400:500]):
        missed = [row[14] / row[13] for row in part]
        assert missed == sorted(missed, reverse=True)


def test_the_caps_of_a_report_of_many_thousands() -> None:
    report = large_report(120_000)
    picked = pick(report)
    outcomes = report.outcomes()
    assert (outcomes[Outcome.FAIL], outcomes[Outcome.NO_DATA]) == (228_000, 12_000)
    assert (picked.listed[Outcome.FAIL], picked.listed[Outcome.NO_DATA]) == (20_000, 5_000)
    assert len(picked.places) == len(set(picked.places)) == 25_000


def test_all_verdicts_are_listed_when_asked_for(report: Report) -> None:
    some, every = data_of(drawn(report)), data_of(drawn(report, all_verdicts=True))
    outcomes = report.outcomes()
    silent = outcomes[Outcome.PASS] + outcomes[Outcome.NOT_APPLICABLE]
    assert len(some["rows"]) == sum(outcomes.values()) - silent
    assert len(every["rows"]) == sum(outcomes.values())


def test_the_shares_of_the_list_hold_every_outcome_once() -> None:
    assert sorted(o for share, _ in SHARES for o in share) == list(OUTCOMES)


@pytest.mark.parametrize("lang", LANGS)
def test_failures_give_reason_cell_and_clause(report: Report, lang: Lang) -> None:
    data = data_of(drawn(report, lang))
    verdicts = json.loads("".join(render(report, "json", lang)))["verdicts"]
    wording = Wording.of(report, lang)
    rows = [
        (data["rules"][r[0]][0], data["rules"][r[0]][2], data["outcomes"][r[1]][0], r[9], r[11], bool(r[15]))
        for r in data["rows"]
    ]
    wanted = [
        (v["rule"], v["clause"], v["outcome"], v["reason"], " ".join((v["at"] or NOWHERE)["cells"]), bool(v["waiver"]))
        for v in verdicts
    ]
    a_row = re.compile(r"第 \d+ 行|row \d+")  # and no cell
    found = [(*row[:4], a_row.sub("", row[4]), row[5]) for row in rows]
    assert sorted(found) == sorted(wanted)
    assert {wording.name(v.subject) for v in report.verdicts()} == {r[3] for r in data["rows"]}


def test_many_returns_that_could_not_be_read_are_counted(report: Report) -> None:
    found = drawn(replace(report, unread=[ReturnError("truncated", path=f"{i}.xls") for i in range(203)]))
    assert len(found.xpath("//ul[@class='unread']/li")) == 200
    assert [p.text for p in found.xpath("//p[@class='cut']")][:1] == ["and 3 more; -o report.xlsx lists them all"]


def test_nothing_listed_is_said(report: Report) -> None:
    quiet = replace(report, results=[r for r in report.results if r.rule.id == "PZ-N80"])
    assert not pick(quiet).places
    found = drawn(quiet)
    assert "Every verdict passed or does not apply." in found.get_element_by_id("list").text_content()
    assert not found.xpath("//noscript")


def test_each_missed_rule_has_a_profile_that_the_answer_leads_to(tmp_path: Path) -> None:
    """The largest gap first; with its distribution, the rate of each region and the subjects furthest off."""
    rows = ["县区,社区名称,社区类型,户数,综合服务设施面积"]
    rows += [f"{county},{county[0]}{k}社区,城市社区,900,{area}" for county, areas in (
        ("和平区", range(300, 480, 20)), ("沈河区", range(380, 560, 20))) for k, area in enumerate(areas)]  # fmt: skip
    (tmp_path / "a.csv").write_text("\n".join(rows), encoding="utf-8")
    day = date(2021, 12, 31)
    found = check([tmp_path / "a.csv"], standards=["liaoning-2021"], select=["LN-01", "LN-03"], as_of=day)
    text = "".join(render(found, "html", "zh"))
    answer, _, rest = text.partition('<section id="profiles"')
    order = re.findall(r'<a href="#(rule-\d+)">(LN-\d+)</a>', answer)
    assert [id for id, _ in order] == re.findall(r'<article id="(rule-\d+)"', rest) and len(order) == 1
    card = rest.partition("</article>")[0]
    assert card.count('class="hist"') == 1 and 'class="limit"' in card
    assert re.findall(r"<li><bdi>(.*?)</bdi>.*?<span>(.*?)</span>", card) == [("和平区", "44.4%"), ("沈河区", "88.9%")]
    assert re.findall(r"<li><span><bdi>(.*?)</bdi>", card)[0] == "和0社区"
