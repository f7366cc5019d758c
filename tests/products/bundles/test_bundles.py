"""A folder for each region, an index of them all, and nothing else touched."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from msgspec.structs import replace
from syrupy.assertion import SnapshotAssertion

from communitycheck.api import formats, plan_regions, split_by_region
from communitycheck.check import check
from communitycheck.cli.run import run
from communitycheck.errors import UsageError, WriteError
from communitycheck.messages import LANGS, Lang
from communitycheck.model.result import Outcome
from communitycheck.own_list import LIST, MARKED, OLD_LIST, REPORT, read_own_list
from communitycheck.products.bundles.folders import RegionFolders
from reporting.sample_report import sample_report

HEAD = "市,县（区）,社区名称,社区类型,综合服务设施面积\n"
ROWS = "沈阳市,和平区,甲社区,城市社区,{}\n沈阳市,沈河区,乙社区,城市社区,300\n沈阳市,沈河区,丙社区,城市社区,500\n"


class Links(HTMLParser):
    """Where a page's links lead, and its elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.elements: Counter[str] = Counter()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        self.found += [value or "" for name, value in attrs if name in ("href", "src")]


def files(folder: Path) -> dict[str, bytes]:
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def rows(folder: Path) -> list[list[str]]:
    return list(csv.reader((folder / "index.csv").read_text(encoding="utf-8-sig").splitlines()))


def returns(folder: Path, area: int = 500) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "沈阳.csv").write_text(HEAD + ROWS.format(area), encoding="utf-8")
    return folder


def command(*arguments: str | Path) -> int:
    return run(["check", *map(str, arguments), "--as-of", "2021-12-31", "-q", "--lang", "zh"])


def split_into(folder: Path, *paths: Path, kinds: str = "json", level: str = "county") -> int:
    return command(*paths, "--split-by", level, "--output-dir", folder, "--bundle", kinds, "--select", "LN-01")


@pytest.mark.parametrize("lang", LANGS)
def test_index(tmp_path: Path, lang: Lang, snapshot: SnapshotAssertion) -> None:
    """With hostile names and every outcome; a file of an earlier run lies there."""
    (tmp_path / "旧区").mkdir()
    for old in ("旧区/报告.xlsx", "旧.csv"):
        (tmp_path / old).write_text("")
    old_list = {"schema": "communitycheck-bundles/1", "reports": ["旧区/报告.xlsx", "旧.csv", "gone.csv"], "marked": []}
    (tmp_path / OLD_LIST).write_text(json.dumps(old_list), encoding="utf-8")
    RegionFolders(sample_report(), tmp_path, "county", lang, formats(), kinds=["md"]).write()
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert page == snapshot
    assert (tmp_path / "index.csv").read_text(encoding="utf-8-sig") == snapshot
    links = Links(page)
    assert links.elements["script"] == links.elements["img"] == 0
    assert links.found and all(link.startswith("./") and (tmp_path / unquote(link)).exists() for link in links.found)


@pytest.mark.parametrize("level", ["city", "county"])
def test_what_the_index_says_adds_up(tmp_path: Path, level: str) -> None:
    report = sample_report()
    RegionFolders(report, tmp_path, level, "en", formats(), kinds=["json"]).write()
    head, *lines, beyond, whole = rows(tmp_path)
    assert beyond[0] == "in the whole report alone" and whole[0] == "all"
    for column in ("subjects", "judged", "passed", "failed", "not due", "no data"):
        k = head.index(column)
        assert sum(int(line[k]) for line in lines) + int(beyond[k]) == int(whole[k])
    outcomes = report.outcomes()
    assert [int(whole[head.index(c)]) for c in ("passed", "failed")] == [outcomes[Outcome.PASS], outcomes[Outcome.FAIL]]
    for line in lines:
        found = json.loads((tmp_path / line[1] / "report.json").read_text(encoding="utf-8"))
        summary = found["summary"]
        assert line[0] == ("/".join(found["run"]["region"]["path"]) or f"in no {level}")
        assert (str(summary["subjects"]), str(summary["outcomes"]["pass"])) == (line[2], line[4])
        assert not found["unread"]
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["run"].get("region") is None


def test_a_county_s_workbook_is_about_that_county(tmp_path: Path) -> None:
    assert split_into(tmp_path / "out", returns(tmp_path / "in"), kinds="xlsx") == 1
    book = openpyxl.load_workbook(tmp_path / "out" / "沈河区" / "核查结果.xlsx")
    text = " ".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None)
    assert "乙社区" in text and "甲社区" not in text and "和平区" not in text
    assert book["汇总"]["A2"].value.startswith("辽宁省/沈阳市/沈河区 · ")


def test_same_input_same_bytes(tmp_path: Path) -> None:
    for out in ("a", "b"):
        split_into(tmp_path / out, returns(tmp_path / "in"), kinds="xlsx,json,csv,md")
    first, second = files(tmp_path / "a"), files(tmp_path / "b")
    assert first == second
    assert list(first) == sorted(
        [LIST, "index.csv", "index.html"]
        + [f"{place}核查结果.{kind}" for place in ("", "和平区/", "沈河区/") for kind in ("csv", "json", "md", "xlsx")]
    )


def test_only_our_own_files_are_replaced(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "沈河区").mkdir(parents=True)
    for mine in ("沈河区/批示.docx", "说明.txt", "沈河区/核查结果.docx"):
        (out / mine).write_text("mine")
    split_into(out, returns(tmp_path / "in"))
    before = files(out)
    split_into(out, returns(tmp_path / "in", 100))
    after = files(out)
    assert after.keys() == before.keys()
    assert {name for name in after if after[name] == b"mine"} == {
        "沈河区/批示.docx",
        "说明.txt",
        "沈河区/核查结果.docx",
    }
    assert after["和平区/核查结果.json"] != before["和平区/核查结果.json"]


def test_what_an_earlier_run_left_is_named(tmp_path: Path) -> None:
    out = tmp_path / "out"
    split_into(out, returns(tmp_path / "in"), kinds="json,md")
    (tmp_path / "in" / "沈阳.csv").write_text(HEAD + "沈阳市,和平区,甲社区,城市社区,500\n", encoding="utf-8")
    split_into(out, tmp_path / "in")
    page = (out / "index.html").read_text(encoding="utf-8")
    left = page.partition("以前运行留下的文件")[2]
    assert re.findall("<li>(.*?)</li>", left) == ["和平区/核查结果.md", "核查结果.md", "沈河区/"]
    assert "沈河区" not in page.partition("以前运行留下的文件")[0]
    assert [line[1] for line in rows(out)[1:-2]] == ["和平区"]
    assert (out / "沈河区" / "核查结果.json").exists()
    split_into(out, tmp_path / "in")  # and again, the run after
    assert "沈河区/" in (out / "index.html").read_text(encoding="utf-8")


def test_one_county_that_cannot_be_written_leaves_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    split_into(out, returns(tmp_path / "in"))
    shutil.rmtree(out / "沈河区")
    (out / "沈河区").write_text("a file in its place")
    assert split_into(out, tmp_path / "in") == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "沈河区 是文件" in line
    assert (out / "沈河区").read_text() == "a file in its place"
    assert (out / "和平区" / "核查结果.json").exists() and (out / "核查结果.json").exists()
    told = {row[0]: row for row in rows(out)}
    assert told["辽宁省/沈阳市/沈河区"][-2:] == ["", line.removeprefix("错误：")]
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "是文件" in page and all((out / unquote(link)).exists() for link in Links(page).found)


def test_a_run_that_is_shot_leaves_the_index_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, report = tmp_path / "out", check(returns(tmp_path / "in"), as_of=date(2021, 12, 31))
    split_by_region(report, out, "county", "zh", kinds=["json"])
    before = files(out)

    def stop(done: int, *_: Any) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        plan_regions(report, out, "county", "zh", kinds=["json"]).write(stop)
    assert files(out) == before and "index.html" in before


def test_our_own_reports_are_no_returns(tmp_path: Path) -> None:
    folder = returns(tmp_path / "in")
    out = folder / "out"
    split_into(out, folder, kinds="xlsx,csv")
    for again in (folder, folder / "*.csv", folder / "**" / "*"):
        report = check(str(again), as_of=date(2021, 12, 31))
        assert ([Path(r.path).name for r in report.returns], report.unread) == (["沈阳.csv"], [])
    before = files(out)
    split_into(out, folder, kinds="xlsx,csv")
    assert files(out) == before
    # Of a folder of bundles nothing is read but what others have put there.
    assert [e.code for e in check(out).unread] == [e.code for e in check(out / "沈河区").unread] == ["folder-empty"]
    shutil.copy(folder / "沈阳.csv", out / "沈河区" / "补正.csv")
    for place in (out, out / "沈河区"):
        assert [Path(r.path).name for r in check(place, as_of=date(2021, 12, 31)).returns] == ["补正.csv"]


def test_no_report_takes_the_place_of_a_return(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = returns(tmp_path / "in")
    out = folder / "out"
    out.mkdir()
    shutil.move(folder / "沈阳.csv", out / "核查结果.csv")
    before = files(folder)
    assert split_into(out, folder, kinds="csv") == 2
    assert files(folder) == before and "核查结果.csv 是要核查的文件" in capsys.readouterr().err


def book(path: Path, *rows_: tuple[str, str, int]) -> None:
    """A return as a workbook: county, community, area."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = openpyxl.Workbook()
    made.active.append(HEAD.strip().split(","))
    for county, name, area in rows_:
        made.active.append(["沈阳市", county, name, "城市社区", area])
    made.save(path)


def test_returns_go_back_to_the_one_region_they_are_of(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    book(folder / "和平.xlsx", ("和平区", "甲社区", 300), ("和平区", "乙社区", 500))
    book(folder / "二" / "两区.xlsx", ("和平区", "丙社区", 200), ("沈河区", "丁社区", 200))
    book(folder / "沈河.xlsx", ("", "己社区", 100), ("沈河区", "戊社区", 500))
    book(folder / "大东.xlsx", ("大东区", "庚社区", 500))
    assert split_into(out, folder, kinds="marked,json") == 1
    marked = sorted(f.relative_to(out).as_posix() for f in out.rglob("*.xlsx"))
    assert marked == [
        "和平区/已标注报表/两区.xlsx",
        "和平区/已标注报表/和平.xlsx",
        "已标注报表/两区.xlsx",
        "已标注报表/和平.xlsx",
        "已标注报表/沈河.xlsx",
        "未归入任何县（区）/已标注报表/沈河.xlsx",
        "沈河区/已标注报表/两区.xlsx",
    ]
    assert not any(line[-1] for line in rows(out)[1:-2])
    # Of a shared return each has its own rows; those of nobody's go to nobody.
    for folder_, mine, others in (("和平区", "丙社区", "丁社区"), ("沈河区", "丁社区", "丙社区")):
        shared: Any = openpyxl.load_workbook(out / folder_ / "已标注报表" / "两区.xlsx").worksheets[0]
        texts = {cell.value for row in shared.iter_rows() for cell in row}
        assert mine in texts and others not in texts
    nobody: Any = openpyxl.load_workbook(out / "未归入任何县（区）" / "已标注报表" / "沈河.xlsx").worksheets[0]
    assert [cell.value for cell in nobody["C"] if cell.value] == ["社区名称", "己社区"]
    sheet = openpyxl.load_workbook(out / "和平区" / "已标注报表" / "和平.xlsx").worksheets[0]
    assert "LN-01" in sheet["E2"].comment.text and sheet["E3"].comment is None
    # Mended, they are read again from where they lie; the copies are no returns of the folder above.
    again = check(out / "和平区", as_of=date(2021, 12, 31))
    assert [Path(r.path).name for r in again.returns] == ["两区.xlsx", "和平.xlsx"]
    assert again.subjects == 3
    shutil.move(out, folder / "out")
    assert check(folder, as_of=date(2021, 12, 31)).subjects == 7


def test_of_many_copies_the_index_names_the_folder(tmp_path: Path) -> None:
    for k in range(4):
        book(tmp_path / "in" / f"{k}.xlsx", ("和平区", f"{k}社区", 300 + k))
    split_into(tmp_path / "out", tmp_path / "in", kinds="marked")
    assert [line[-2] for line in rows(tmp_path / "out")[1:2]] == ["已标注报表/（4 份）"]
    links = Links((tmp_path / "out" / "index.html").read_text(encoding="utf-8")).found
    assert links and all((tmp_path / "out" / unquote(link)).exists() for link in links)
    # Copies that the next run does not make again are named.
    for k in range(3):
        book(tmp_path / "in" / f"{k}.xlsx", ("和平区", f"{k}社区", 500 + k))
    split_into(tmp_path / "out", tmp_path / "in", kinds="marked")
    left = (tmp_path / "out" / "index.html").read_text(encoding="utf-8").partition("以前运行留下的文件")[2]
    assert re.findall("<li>(.*?)</li>", left) == [
        *(f"和平区/已标注报表/{k}.xlsx" for k in range(3)),
        *(f"已标注报表/{k}.xlsx" for k in range(3)),
    ]
    listed = read_own_list(tmp_path / "out")
    assert len(listed.of_kind(MARKED)) == 8 and listed.of_kind(REPORT) == {"index.html", "index.csv"}


def test_what_cannot_be_marked_up_is_said(tmp_path: Path) -> None:
    folder = returns(tmp_path / "in")
    (folder / "沈阳.csv").write_text(HEAD + "沈阳市,和平区,甲社区,城市社区,5\n", encoding="utf-8")
    report = check(folder, as_of=date(2021, 12, 31), select=["LN-01"])
    (folder / "沈阳.csv").write_text("changed")
    index = split_by_region(report, tmp_path / "out", "county", "zh", kinds=["marked"])
    (bundle,) = index.bundles
    assert bundle.marked == [] and len(bundle.left_out) == 1 and bundle.left_out[0].startswith("沈阳.csv: ")
    assert "沈阳.csv: " in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


BAD: list[tuple[list[str], str]] = [
    (["--split-by", "county"], "--split-by 还需要 --output-dir"),
    (["--bundle", "xlsx"], "--bundle 还需要 --output-dir"),
    (["--split-by", "country", "--output-dir", "{out}"], "是否想写“county”"),
    (["--split-by", "street", "--output-dir", "{out}"], "--split-by province|city|county"),
    (["--split-by", "county", "--output-dir", "{out}", "--bundle", "xlsx,xslx"], "是否想写“xlsx”"),
    (["--split-by", "county", "--output-dir", "{in}"], "请为结果另指定一个文件夹"),
    (["--split-by", "county", "--output-dir", "{in}/.."], "请为结果另指定一个文件夹"),
    (["--split-by", "county", "--output-dir", "{in}/沈阳.csv/x"], "是文件，不是文件夹"),
]


@pytest.mark.parametrize(("options", "said"), BAD, ids=lambda value: " ".join(value) if isinstance(value, list) else "")
def test_what_cannot_be_split_is_said_in_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    folder = returns(tmp_path / "in")
    filled = [o.format(**{"in": folder, "out": tmp_path / "out"}) for o in options]
    assert command(folder, *filled) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
    assert sorted(f.name for f in tmp_path.rglob("*")) == ["in", "沈阳.csv"]


def test_returns_that_name_no_region_at_all(tmp_path: Path) -> None:
    report = replace(sample_report(), records=[], returns=[], results=[])
    with pytest.raises(UsageError) as raised:
        RegionFolders(report, tmp_path, "county", "zh", formats())
    assert raised.value.code == "split-none-stated"
    assert not list(tmp_path.iterdir())


def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WriteError) as raised:
        RegionFolders(sample_report(), tmp_path / "file" / "out", "county", "zh", formats(), kinds=["md"]).write()
    assert raised.value.code == "write-is-file"


def test_every_step_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    def step(*said: Any) -> None:
        told.append(said)

    index = RegionFolders(sample_report(), tmp_path, "city", "en", formats(), kinds=["md"]).write(step)
    assert told == [(k + 1, len(index.bundles), bundle.folder) for k, bundle in enumerate(index.bundles)]


def test_the_exit_code_is_that_of_the_whole(tmp_path: Path) -> None:
    folder = returns(tmp_path / "in")
    assert split_into(tmp_path / "out", folder) == 1
    assert command(folder, "--split-by", "county", "--output-dir", tmp_path / "out", "--fail-on", "never") == command(
        folder, "--fail-on", "never"
    )


def page_errors(page: Path) -> tuple[list[Any], int, int]:
    """What the browser complains about, the rows it shows, and how far the page runs over its window."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--window-size=1280,900"):
        options.add_argument(argument)
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    browser = webdriver.Chrome(options=options, service=service)
    try:
        browser.get(page.as_uri())
        rows_shown = browser.execute_script("return document.querySelectorAll('tbody tr').length")
        over = browser.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
        return browser.get_log("browser"), rows_shown, over
    finally:
        browser.quit()


@pytest.mark.skipif(
    not (shutil.which("chromedriver") and shutil.which("chromium")), reason="needs chromium and chromedriver"
)
def test_the_index_in_a_browser(tmp_path: Path) -> None:
    index = RegionFolders(sample_report(), tmp_path, "county", "zh", formats(), kinds=["md"]).write()
    errors, shown, over = page_errors(tmp_path / "index.html")
    assert errors == [] and shown >= len(index.bundles) and over <= 0
