"""Rules that look at other records: what is unique, and what the sheet of another kind of subject lists."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from communitycheck.check import check
from communitycheck.messages import LANGS, Lang
from communitycheck.model.report import Report
from communitycheck.model.result import Verdict
from communitycheck.products.explain.front import explain
from communitycheck.reporting.words.sentences import Wording

COMMUNITIES = ("区县", "街道", "社区名称", "区划代码", "儿童之家")
A, B = "210202001001", "210202001002"


def workbook(path: Path, **sheets: Sequence[Sequence[Any]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def judged(paths: Sequence[Path], **rule: Any) -> Report:
    usual = {
        "id": "B-1",
        "title": "规则",
        "clause": "一",
        "applies_to": "community",
        "is": True,
        "severity": "expected",
    }
    body = {
        "standard": "between",
        "title": "标准",
        "source": {"document": "文件"},
        "jurisdiction": {"code": "000000", "name": "全国"},
        "rules": [{k: v for k, v in {**usual, **rule}.items() if v is not None}],
    }
    standard = paths[0].parent / "between.yaml"
    standard.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    return check(list(paths), [standard], as_of=date(2023, 12, 31))


def verdicts(report: Report) -> list[Verdict]:
    assert report.results[0].checked, report.results[0].lacking
    return list(report.results[0].verdicts(all_outcomes=True))


def words(report: Report) -> list[tuple[str, str]]:
    return [(v.subject.name, v.outcome.word) for v in verdicts(report)]


def reason(report: Report, verdict: Verdict, lang: Lang) -> str:
    return Wording(lang, report.dictionary, report.standards, report.as_of).reason(verdict)


def test_all_copies_fail_and_each_names_the_others(tmp_path: Path) -> None:
    rows = [
        COMMUNITIES,
        ("东区", "一街道", "甲社区", A, "有"),
        ("东区", "一街道", "乙社区", f" {A}", "有"),
        ("东区", "一街道", "丙社区", B, "有"),
        ("东区", "一街道", "丁社区", None, "有"),
        ("东区", "一街道", "戊社区", None, "有"),
        ("东区", "一街道", "己社区", "２１０２０２００１００１", "有"),
    ]
    report = judged([workbook(tmp_path / "a.xlsx", 社区=rows)], indicator="is_unique(region_code)")
    assert words(report) == [
        ("甲社区", "fail"), ("乙社区", "fail"), ("丙社区", "pass"), ("丁社区", "no_data"), ("戊社区", "no_data"),
        ("己社区", "fail"),
    ]  # fmt: skip
    first = verdicts(report)[0]
    assert first.twins is not None
    assert [(twin.name, twin.cell) for twin in first.twins.named] == [("乙社区", "D3"), ("己社区", "D7")]
    zh, en = (reason(report, first, lang) for lang in LANGS)
    assert zh.endswith("，与乙社区（D3）、己社区（D7）相同")
    assert en.endswith(", the same as 乙社区 (D3), 己社区 (D7)")


@pytest.mark.parametrize(
    ("indicator", "outcomes"),
    [
        ("is_unique(community)", ["fail", "fail", "fail", "pass", "pass"]),
        ("is_unique(community, county)", ["fail", "fail", "pass", "no_data", "pass"]),
        ("is_unique(community, county, street)", ["pass", "pass", "pass", "no_data", "pass"]),
        ('county != "东区" or is_unique(community, county)', ["fail", "fail", "pass", "no_data", "pass"]),
    ],
)
def test_within_a_region(indicator: str, outcomes: list[str], tmp_path: Path) -> None:
    rows = [
        COMMUNITIES,
        ("东区", "一街道", "红旗社区", None, "有"),
        ("东区", "二街道", "红旗社区", None, "有"),
        ("西区", "三街道", "红旗社区", None, "有"),
        (None, "四街道", "前进社区", None, "有"),
        ("东区", "二街道", "光明社区", None, "有"),
    ]
    report = judged([workbook(tmp_path / "a.xlsx", 社区=rows)], indicator=indicator)
    assert [v.outcome.word for v in verdicts(report)] == outcomes


def test_many_copies_are_counted(tmp_path: Path) -> None:
    rows = [COMMUNITIES, *(("东区", "一街道", f"第{i}社区", A, "有") for i in range(6))]
    report = judged([workbook(tmp_path / "a.xlsx", 社区=rows)], indicator="is_unique(region_code)")
    last = verdicts(report)[-1]
    assert last.twins is not None and (len(last.twins.named), last.twins.more) == (3, 2)
    zh, en = (reason(report, last, lang) for lang in LANGS)
    assert zh.endswith("与第0社区（D2）、第1社区（D3）、第2社区（D4）等 5 个相同")
    assert en.endswith("第2社区 (D4) and 2 more")


def test_one_that_two_returns_list_is_no_copy_and_one_listed_twice_is(tmp_path: Path) -> None:
    one = ("东区", "一街道", "甲社区", A, "有")
    other = ("东区", "一街道", "乙社区", A, "有")
    files = [
        workbook(tmp_path / "a.xlsx", 社区=[COMMUNITIES, one, ("东区", "一街道", "丙社区", B, "有")]),
        workbook(tmp_path / "b.xlsx", 社区=[COMMUNITIES, one, ("东区", "一街道", "丁社区", "210202001009", "有")]),
    ]
    assert {word for _, word in words(judged(files, indicator="is_unique(region_code)"))} == {"pass"}
    workbook(tmp_path / "b.xlsx", 社区=[COMMUNITIES, other, ("东区", "一街道", "丁社区", "210202001009", "有")])
    report = judged(files, indicator="is_unique(region_code)")
    assert words(report) == [("甲社区", "fail"), ("丙社区", "pass"), ("乙社区", "fail"), ("丁社区", "pass")]
    (twin,) = verdicts(report)[0].twins.named  # type: ignore[union-attr]
    assert twin.name == "乙社区" and twin.cell.endswith("b.xlsx[社区]!D2")


def test_a_share_of_those_that_are_unique(tmp_path: Path) -> None:
    rows = [
        COMMUNITIES,
        ("东区", "一街道", "甲社区", A, "有"),
        ("东区", "一街道", "乙社区", A, "有"),
        ("西区", "一街道", "丙社区", B, "有"),
    ]
    rule = {"indicator": "share(is_unique(region_code))", "by": ["county"], "is": None, "at_least": "100%"}
    report = judged([workbook(tmp_path / "a.xlsx", 社区=rows)], **rule)
    assert words(report) == [("东区", "fail"), ("西区", "pass")]


STREETS = [("区县", "街道", "面积"), ("东区", "一街道", 5), ("东区", "二街道办事处", 5)]


def test_what_the_sheet_of_streets_lists(tmp_path: Path) -> None:
    rows = [
        COMMUNITIES,
        ("东区", None, "丁社区", None, "有"),
        ("东区", "一街道", "甲社区", None, "有"),
        ("东区", "二街道", "乙社区", None, "有"),
        ("东区", "三街道", "丙社区", None, "有"),
    ]
    report = judged([workbook(tmp_path / "a.xlsx", 社区=rows, 街道=STREETS)], indicator='exists_in(street, "street")')
    assert words(report) == [("丁社区", "no_data"), ("甲社区", "pass"), ("乙社区", "pass"), ("丙社区", "fail")]
    zh, en = (reason(report, verdicts(report)[3], lang) for lang in LANGS)
    assert "表中没有街道(乡镇)“三街道”" in zh
    assert "does not list Street/township '三街道'" in en


def test_without_the_other_sheet_nobody_knows(tmp_path: Path) -> None:
    rows = [COMMUNITIES, ("东区", "一街道", "甲社区", None, "有")]
    report = judged([workbook(tmp_path / "a.xlsx", 社区=rows)], indicator='exists_in(street, "street")')
    assert not report.results[0].checked and report.results[0].lacking == ("street",)

AREAS = ("区县", "社区名称", "综合服务设施面积", "统计年度")


def ranked(folder: Path, *files: Sequence[Sequence[Any]], **rule: Any) -> list[str]:
    paths = [workbook(folder / f"{k}.xlsx", 社区=[AREAS, *rows]) for k, rows in enumerate(files)]
    usual = {"is": None, "indicator": "rank(facility_area, county)", "at_most": 2}
    return [v.outcome.word for v in verdicts(judged(paths, **{**usual, **rule}))]


def test_the_rank_within_a_county(tmp_path: Path) -> None:
    rows = [("东区", "甲社区", 500, None), ("东区", "乙社区", 400, None), ("东区", "丙社区", 400, None)]
    rows += [("东区", "丁社区", 300, None), ("西区", "戊社区", 100, None)]
    assert ranked(tmp_path, rows) == ["pass", "pass", "pass", "fail", "pass"]
    assert ranked(tmp_path, rows, indicator="rank(-facility_area)") == ["fail", "fail", "fail", "pass", "pass"]


def test_the_rank_beside_a_blank_and_beside_a_record_of_no_known_county(tmp_path: Path) -> None:
    rows = [("东区", "甲社区", 500, None), ("东区", "乙社区", 400, None), ("东区", "丙社区", None, None)]
    assert ranked(tmp_path, rows) == ["pass", "no_data", "no_data"]
    rows = [("东区", "甲社区", 500, None), ("东区", "乙社区", 400, None), (None, "丙社区", 450, None)]
    assert ranked(tmp_path, rows) == ["pass", "no_data", "no_data"]


def test_each_year_is_ranked_by_itself(tmp_path: Path) -> None:
    """The figures of the year before are larger, and of no one's rank."""
    before = [("东区", "甲社区", 500, 2022), ("东区", "乙社区", 400, 2022)]
    after = [("东区", "甲社区", 300, 2023), ("东区", "乙社区", 200, 2023)]
    assert ranked(tmp_path, before, after) == ["pass"] * 2


def test_one_that_two_returns_list_is_ranked_once(tmp_path: Path) -> None:
    rows = [("东区", "甲社区", 500, None), ("东区", "乙社区", 400, None)]
    more = [*rows, ("东区", "丙社区", 100, None)]
    assert ranked(tmp_path, rows, more) == ["pass", "pass", "pass", "pass", "fail"]


def test_what_would_help_leaves_other_records_as_they_are(tmp_path: Path) -> None:
    rows = [AREAS, ("东区", "甲社区", 200, None), ("东区", "乙社区", 400, None)]
    path = workbook(tmp_path / "a.xlsx", 社区=rows)
    judged([path], indicator="is_unique(community) and facility_area >= 300")
    found = explain([str(path)], rule="B-1", subject="甲社区", standards=[tmp_path / "between.yaml"])
    assert [change.key for one in found.explanations[0].remedies for change in one.changes] == ["facility_area"]
    judged([path], indicator="rank(facility_area) <= 1 and facility_area >= 300")
    found = explain([str(path)], rule="B-1", subject="甲社区", standards=[tmp_path / "between.yaml"])
    assert found.explanations[0].remedies == []  # how much more would make it the first, nobody has worked out


def test_the_parts_of_each_year_are_held_against_the_whole_of_that_year(tmp_path: Path) -> None:
    def year(name: str, period: int | None, whole: int, parts: Sequence[int]) -> Path:
        head = ("区县", "常住人口", "统计年度")
        rows = [("甲区", "一街道", f"{k}号社区", part, period) for k, part in enumerate(parts)]
        return workbook(
            tmp_path / f"{name}.xlsx",
            区县=[head, ("甲区", whole, period), ("乙区", 7, period)],
            社区=[("区县", "街道", "社区名称", "常住人口", "统计年度"), *rows],
        )

    rule = {"applies_to": "county", "is": None, "indicator": "population", "equals": "sum(population)"}
    files = [year("a", 2022, 900, (400, 500)), year("b", 2023, 1000, (450, 500))]
    found = [(v.subject.name, v.outcome.word) for v in verdicts(judged(files, **rule))]
    assert found == [("甲区", "fail"), ("乙区", "no_data")]
    # Of which year a record is that does not say so, nobody knows.
    files = [files[0], year("c", None, 1000, (450, 500))]
    assert {v.outcome.word for v in verdicts(judged(files, **rule))} == {"no_data"}
