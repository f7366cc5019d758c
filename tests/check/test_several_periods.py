"""Returns of several years given together: who is judged and counted, what is told of the others."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from check.workbook import Rows, book
from communitycheck.check import check
from communitycheck.errors import UsageError
from communitycheck.messages import LANGS
from communitycheck.model.report import Report
from communitycheck.model.result import Verdict
from communitycheck.products.explain.front import explain
from communitycheck.reporting.outline import summary_pairs
from communitycheck.reporting.words.sentences import Wording

HEADER: list[object] = ["区县", "街道", "社区名称", "社区类型", "综合服务设施面积"]
BEFORE = {"甲社区": 300, "乙社区": 350, "丙社区": 420, "丁社区": 500}
AFTER = {"甲社区": 340, "乙社区": 410, "丁社区": 500, "戊社区": 600}
RULES: dict[str, Any] = {
    "standard": "years",
    "title": "标准",
    "source": {"document": "文件"},
    "jurisdiction": {"code": "210300", "name": "鞍山市"},
    "rules": [
        {"id": "Y-1", "title": "面积", "clause": "一", "applies_to": "community", "severity": "mandatory",
         "indicator": "facility_area", "at_least": "400 m2", "lever": "facility_area"},
        {"id": "Y-2", "title": "全区面积", "clause": "二", "applies_to": "community", "severity": "expected",
         "by": ["county"], "indicator": "sum(facility_area)", "at_least": "1800 m2"},
        {"id": "Y-3", "title": "达标率", "clause": "三", "applies_to": "community", "severity": "expected",
         "by": ["county"], "indicator": 'share(meets("Y-1"))', "at_least": "70%"},
        {"id": "Y-4", "title": "不减", "clause": "四", "applies_to": "community", "severity": "advisory",
         "indicator": "facility_area", "at_least": "previous(facility_area)"},
    ],
    "score": {"title": "评分表", "applies_to": "community", "total": 100,
              "items": [{"id": "S1", "title": "面积", "clause": "一", "weight": 100, "rule": "Y-1"}]},
}  # fmt: skip


def rows(figures: dict[str, int]) -> Rows:
    return [["铁东区", "一街道", name, "城市社区", area] for name, area in figures.items()]


def two_files(folder: Path) -> list[Path]:
    return [
        book(folder / f"{year}.xlsx", 社区=[[f"{year}年社区情况表"], HEADER, *rows(figures)])
        for year, figures in ((2023, BEFORE), (2024, AFTER))
    ]


def two_sheets(folder: Path) -> list[Path]:
    return [book(folder / "两年.xlsx", **{"2024年": [HEADER, *rows(AFTER)], "2023年": [HEADER, *rows(BEFORE)]})]


def one_column(folder: Path) -> list[Path]:
    both = [[year, *row] for year, figures in ((2023, BEFORE), (2024, AFTER)) for row in rows(figures)]
    return [book(folder / "年份.xlsx", 社区=[["年份", *HEADER], *both])]


FORMS = {"two files": two_files, "two sheets": two_sheets, "a column": one_column}


def standard(folder: Path) -> Path:
    path = folder / "years.yaml"
    path.write_text(json.dumps(RULES, ensure_ascii=False), encoding="utf-8")
    return path


def verdicts(report: Report, rule: str) -> dict[str, Verdict]:
    result = next(r for r in report.results if r.rule.id == rule)
    found = list(result.verdicts(all_outcomes=True))
    assert len({v.subject.name for v in found}) == len(found)
    return {v.subject.name: v for v in found}


@pytest.mark.parametrize("form", FORMS)
def test_the_latest_record_of_each_is_judged(form: str, tmp_path: Path) -> None:
    report = check(FORMS[form](tmp_path), [standard(tmp_path)])
    assert (report.as_of, report.subjects, report.repeated) == (date(2024, 12, 31), 5, 3)
    single = {name: v.outcome.word for name, v in verdicts(report, "Y-1").items()}
    assert single == {"甲社区": "fail", "乙社区": "pass", "丁社区": "pass", "戊社区": "pass"}
    assert verdicts(report, "Y-1")["甲社区"].shortfall == 60
    assert verdicts(report, "Y-2")["铁东区"].observed == 1850
    assert verdicts(report, "Y-3")["铁东区"].observed == 0.75
    compared = {name: v.outcome.word for name, v in verdicts(report, "Y-4").items()}
    assert compared == {"甲社区": "pass", "乙社区": "pass", "丁社区": "pass", "戊社区": "no_data"}
    (sheet,) = report.scores
    assert [sheet.subjects.subject(i).name for i in range(len(sheet.subjects))] == [
        "甲社区",
        "乙社区",
        "丁社区",
        "戊社区",
    ]
    told = {n.code: n for n in report.notices if "periods" in n.code or "again" in n.code or "two" in n.code}
    assert set(told) == {"subjects-of-several-periods", "not-reported-again"}
    assert told["subjects-of-several-periods"].values["count"] == 3
    assert told["not-reported-again"].text == "丙社区"
    assert report.open_points()["not-reported-again"] == 1


def test_a_subject_that_is_not_reported_again_is_no_pass(tmp_path: Path) -> None:
    first, second = ({"甲社区": 400, "乙社区": 100}, {"甲社区": 400})
    files = [
        book(tmp_path / f"{year}.xlsx", 社区=[[f"{year}年社区情况表"], HEADER, *rows(figures)])
        for year, figures in ((2023, first), (2024, second))
    ]
    report = check(files, [standard(tmp_path)], select=["Y-1"])
    assert (report.exit_code, report.open_points()) == (3, {"not-reported-again": 1})
    line = dict(summary_pairs(report, Wording("zh", report.dictionary, report.standards, report.as_of)))
    assert any("只在前一期报表中" in value for value in line.values())


def test_a_place_of_which_no_later_return_is_keeps_its_verdicts(tmp_path: Path) -> None:
    files = two_files(tmp_path)
    west = [["立山区", "二街道", "甲社区", "城市社区", 100]]
    files.append(book(tmp_path / "立山.xlsx", 社区=[["2023年社区情况表"], HEADER, *west]))
    report = check(files, [standard(tmp_path)], select=["Y-1"])
    result = report.results[0]
    assert len(result) == 5
    (notice,) = (n for n in report.notices if n.code == "several-periods")
    assert (notice.values["count"], notice.values["first"].zh, notice.values["last"].zh) == (1, "2023年", "2024年")
    assert [Path(n.at.path).name for n in report.notices if n.code == "judged-by-another-day"] == ["立山.xlsx"]


@pytest.mark.parametrize("sheets", [True, False])
def test_a_column_that_only_the_earlier_return_has_leaves_no_silence(sheets: bool, tmp_path: Path) -> None:
    later: Rows = [[*HEADER[:4], "户数"], *([*row[:4], 1000] for row in rows(BEFORE))]
    if sheets:
        files = [book(tmp_path / "a.xlsx", **{"2023年": [HEADER, *rows(BEFORE)], "2024年": later})]
    else:
        titles = [[f"{year}年社区情况表"] for year in (2023, 2024)]
        files = [
            book(tmp_path / "a.xlsx", 社区=[titles[0], HEADER, *rows(BEFORE)]),
            book(tmp_path / "b.xlsx", 社区=[titles[1], *later]),
        ]
    report = check(files, [standard(tmp_path)], select=["Y-1"])
    found = verdicts(report, "Y-1")
    assert {v.outcome.word for v in found.values()} == {"no_data"}
    zh, en = (
        Wording(lang, report.dictionary, report.standards, report.as_of).reason(found["乙社区"]) for lang in LANGS
    )
    assert "本期报表没有“综合服务设施面积”一列" in zh and f"!E{3 if sheets else 4}" in zh
    assert "the period to 2023-12-31 has one" in en


def test_a_county_s_own_record_is_that_of_its_latest_period(tmp_path: Path) -> None:
    rule = {"id": "C-1", "title": "相符", "clause": "一", "applies_to": "county", "severity": "expected",
            "indicator": "population", "equals": "sum(population)"}  # fmt: skip
    path = tmp_path / "county.yaml"
    path.write_text(json.dumps({**RULES, "rules": [rule], "score": []}, ensure_ascii=False), encoding="utf-8")
    files = []
    for year, whole, parts in ((2023, 900, (400, 500)), (2024, 1000, (450, 500))):
        people: Rows = [["铁东区", "一街道", f"{name}社区", n] for name, n in zip("甲乙", parts, strict=True)]
        files.append(
            book(
                tmp_path / f"{year}.xlsx",
                区县=[[f"{year}年人口"], ["区县", "常住人口"], ["铁东区", whole]],
                社区=[[f"{year}年人口"], ["区县", "街道", "社区名称", "常住人口"], *people],
            )
        )
    report = check(files, [path])
    assert {name: (v.outcome.word, v.required) for name, v in verdicts(report, "C-1").items()} == {
        "铁东区": ("fail", 950.0)
    }


def test_explain_means_the_latest_and_says_so_of_the_earlier(tmp_path: Path) -> None:
    files, rules = [str(f) for f in two_files(tmp_path)], [standard(tmp_path)]
    (one,) = explain(files, rule="Y-1", subject="甲社区", standards=rules).explanations
    assert one.verdict is not None and one.verdict.at is not None and "2024" in one.verdict.at.path
    for asked, code in (("2023.xlsx!4", "explain-earlier-record"), ("丙社区", "explain-not-reported-again")):
        with pytest.raises(UsageError) as refused:
            explain(files, rule="Y-1", subject=asked, standards=rules)
        assert refused.value.code == code


def test_what_cannot_be_beside_another_figure_is_not_compared_with(tmp_path: Path) -> None:
    """A figure of last year that its own record contradicts is no figure to hold this year's against."""
    rule = {"id": "P-1", "title": "比例", "clause": "一", "applies_to": "community", "severity": "advisory",
            "indicator": "office_area / facility_area", "at_most": "50%", "plausible": [0, 1]}  # fmt: skip
    more = {"id": "P-2", "title": "不减", "clause": "二", "applies_to": "community", "severity": "advisory",
            "indicator": "office_area", "at_least": "previous(office_area)"}  # fmt: skip
    path = tmp_path / "plausible.yaml"
    path.write_text(json.dumps({**RULES, "rules": [rule, more], "score": []}, ensure_ascii=False), encoding="utf-8")
    files = [
        book(tmp_path / f"{year}.xlsx", 社区=[[f"{year}年社区情况表"], [*HEADER, "办公用房面积"],
             ["铁东区", "一街道", "甲社区", "城市社区", 400, office]])
        for year, office in ((2023, 4000), (2024, 100))
    ]  # fmt: skip
    report = check(files, [path])
    assert verdicts(report, "P-2")["甲社区"].outcome.word == "no_data"


@pytest.mark.parametrize(
    ("before", "after", "cells"),
    [
        ((300, 350, 420), (340, None, None), ["E4", "E5"]),
        ((300, None, 420), (340, None, 420), []),
        ((None, 350, 420), (340, 350, 420), []),
        ((300, "不详", 0), (None, None, None), ["E3", "E5"]),
    ],
)
def test_a_figure_that_the_later_return_leaves_blank_is_told_once(
    before: tuple[object, ...], after: tuple[object, ...], cells: list[str], tmp_path: Path
) -> None:
    names = ("甲社区", "乙社区", "丙社区")
    files = [
        book(
            tmp_path / f"{year}.xlsx",
            社区=[[f"{year}年社区情况表"], HEADER,
                 *(["铁东区", "一街道", name, "城市社区", area] for name, area in zip(names, figures, strict=True))],
        )
        for year, figures in ((2023, before), (2024, after))
    ]  # fmt: skip
    report = check(files, [], region="鞍山市")
    told = [notice for notice in report.notices if notice.code == "blank-since"]
    assert len(told) == bool(cells)
    for notice in told:
        assert notice.values["count"] == len(cells) and notice.values["cells"].en == ", ".join(cells)
        assert notice.at.path == str(files[1]) and notice.at.cell == cells[0]
        assert all(cells[0] in Wording.of(report, lang).notice(notice) for lang in LANGS)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("period", ["2023", "2023年", "2023-12-31", " 2023年度 "])
def test_the_period_that_is_asked_for_is_judged_as_if_it_were_the_latest(
    form: str, period: str, tmp_path: Path
) -> None:
    own = standard(tmp_path)
    report = check(FORMS[form](tmp_path), [own], period=period)
    alone = check(book(tmp_path / "一年.xlsx", 社区=[["2023年社区情况表"], HEADER, *rows(BEFORE)]), [own])
    assert (report.as_of, report.subjects, report.repeated) == (alone.as_of, alone.subjects, 0)
    for rule in ("Y-1", "Y-2", "Y-3", "Y-4"):
        got, wanted = verdicts(report, rule), verdicts(alone, rule)
        assert {name: (v.outcome, v.observed) for name, v in got.items()} == {
            name: (v.outcome, v.observed) for name, v in wanted.items()
        }
    (told,) = (n for n in report.notices if n.code == "other-periods-not-asked")
    assert told.values["count"] == 4
    assert ("2024" in told.values["periods"].en, "2023" in told.values["period"].en) == (True, True)
    assert report.exit_code == alone.exit_code


def test_a_period_before_the_one_that_is_asked_for_is_compared_with(tmp_path: Path) -> None:
    files = two_files(tmp_path)
    later = book(tmp_path / "2025.xlsx", 社区=[["2025年社区情况表"], HEADER, *rows({"甲社区": 900})])
    report = check([*files, later], [standard(tmp_path)], period="2024")
    latest = check(files, [standard(tmp_path)])
    for rule in ("Y-1", "Y-2", "Y-3", "Y-4"):
        assert {name: v.outcome for name, v in verdicts(report, rule).items()} == {
            name: v.outcome for name, v in verdicts(latest, rule).items()
        }
    assert (report.subjects, report.repeated) == (latest.subjects, latest.repeated)
    assert report.open_points() == latest.open_points()


def test_records_without_a_period_are_not_of_the_one_that_is_asked_for(tmp_path: Path) -> None:
    undated = book(tmp_path / "无期.xlsx", 社区=[HEADER, *rows({"己社区": 900})])
    report = check([*two_files(tmp_path), undated], [standard(tmp_path)], period="2024")
    assert "己社区" not in verdicts(report, "Y-1")
    (told,) = (n for n in report.notices if n.code == "no-period-and-one-asked")
    assert (Path(told.at.path).name, told.values["count"]) == ("无期.xlsx", 1)


@pytest.mark.parametrize("period", ["2022", "2023-06-30", "去年", " ", "2024-13-45"])
def test_a_period_of_no_return_is_refused_with_those_there_are(period: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        check(two_files(tmp_path), [standard(tmp_path)], period=period)
    assert raised.value.code == "period-unknown"
    assert raised.value.values["known"].en == "2023, 2024"


def test_no_period_can_be_asked_for_where_none_is_stated(tmp_path: Path) -> None:
    undated = book(tmp_path / "社区.xlsx", 社区=[HEADER, *rows({"己社区": 900})])
    with pytest.raises(UsageError) as raised:
        check(undated, [standard(tmp_path)], period="2024")
    assert raised.value.code == "period-none-stated"


def test_a_column_of_a_year_to_come_is_a_plan(tmp_path: Path) -> None:
    path = tmp_path / "面积.csv"
    header, row = "区县,社区名称,社区类型,2022年,2023年,2099年", "铁东区,甲社区,城市社区,420,380,500"
    path.write_text(f"鞍山市社区综合服务设施面积（㎡）\n{header}\n{row}\n", "utf-8")
    report = check([str(path)], [str(standard(tmp_path))])
    assert [(v.outcome.word, v.observed) for v in report.verdicts() if v.rule.id == "Y-1"] == [("fail", 380.0)]
