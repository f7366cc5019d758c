"""Subjects that a return names in two sheets, or in several periods: all is judged, and that is said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from check.workbook import book
from communitycheck.check import check
from communitycheck.cli.run import run
from communitycheck.model.report import Report
from communitycheck.model.returns import Notice

DAY = date(2023, 12, 31)
BASICS = [
    ["区县", "社区名称", "社区类型", "户数"],
    ["铁东区", "甲社区", "城市", 1000],
    ["铁东区", "乙社区", "城市", 900],
]


def notices(path: Path, *codes: str) -> list[Notice]:
    return [n for n in check(path, region="鞍山市", as_of=DAY).notices if n.code in codes]


@pytest.mark.parametrize(
    ("county", "expected"), [("铁东区", {"count": 2, "name": "甲社区", "first": "基本情况"}), ("立山区", None)]
)
def test_sheets_that_name_the_same_subjects_and_disagree_are_not_joined(
    county: str, expected: dict[str, object] | None, tmp_path: Path
) -> None:
    areas: list[list[object]] = [
        ["区县", "社区名称", "户数", "综合服务设施面积"],
        [county, "甲社区", 1001, 400],
        [county, "乙社区", 900, 399],
    ]
    path = book(tmp_path / "return.xlsx", 基本情况=BASICS, 设施=areas)
    found = notices(path, "subjects-in-two-sheets")
    told = [{key: value for key, value in n.values.items() if key != "why"} for n in found]
    assert told == ([expected] if expected else [])
    assert [str(n.values["why"].zh) for n in found] == (["同一指标的数值不同"] if expected else [])
    assert [n.at.sheet for n in found] == (["设施"] if expected else [])


def test_a_name_without_its_county_is_told_in_no_second_file(tmp_path: Path) -> None:
    header = "区县,社区名称,社区类型,综合服务设施面积"
    (tmp_path / "a.csv").write_text(f"{header}\n,乙社区,城市,400\n铁东区,甲社区,城市,400\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text(f"{header}\n,乙社区,城市,400\n铁东区,甲社区,城市,401\n", encoding="utf-8")
    assert notices(tmp_path, "subject-in-two-files") == []
    # In one county of two returns that do not name the street 甲社区 may be two, as 乙社区 may be anywhere.
    found = notices(tmp_path, "subject-perhaps-in-two-files")
    assert [(Path(n.at.path).name, n.at.row) for n in found] == [("b.csv", 2), ("b.csv", 3)]


def test_several_periods_in_one_sheet(tmp_path: Path) -> None:
    path = tmp_path / "return.csv"
    header = "年度,区县,社区名称,社区类型,综合服务设施面积"
    path.write_text(
        f"{header}\n2021,铁东区,甲社区,城市,300\n2022,铁东区,甲社区,城市,400\n2022,铁东区,甲社区,城市,410\n",
        encoding="utf-8",
    )
    twice, *others = notices(path, "several-periods", "duplicate-subject", "subjects-of-several-periods")
    # Which of the two of 2022 is the one of 2021 nobody knows: all are judged.
    assert [n.code for n in others] == ["several-periods"]
    (several,) = others
    assert {key: getattr(one, "en", one) for key, one in several.values.items()} == {
        "count": 1, "first": "the end of 2021", "last": "the end of 2022",
    }  # fmt: skip
    # The same subject in two periods is no duplicate; twice in one period it is.
    assert (twice.values["row"], twice.values["first_row"]) == (4, 3)
    path.write_text(f"{header}\n2021,铁东区,甲社区,城市,300\n2021,铁东区,乙社区,城市,400\n", encoding="utf-8")
    assert notices(path, "several-periods", "duplicate-subject") == []


def test_copies_are_not_written_among_the_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """There they would be read as returns the next time, and every subject be counted twice."""
    monkeypatch.chdir(tmp_path)
    Path("returns").mkdir()
    Path("returns/one.csv").write_text("市,社区名称,社区类型,综合服务设施面积\n鞍山市,甲,城市,399\n", encoding="utf-8")
    for path, folder in (("returns", "returns"), ("returns/one.csv", "returns"), ("returns", ".")):
        assert run(["check", path, "--mark-up", folder, "--lang", "en", "-q"]) == 2
        assert "which is to be read; name another folder" in capsys.readouterr().err
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["one.csv"]
    assert run(["check", "returns", "--mark-up", "back", "-q"]) == 1
    assert Path("back/one.csv.xlsx").is_file()


def sheets_of(folder: Path, first: list[list[object]], second: list[list[object]]) -> Path:
    head = ["社区名称", "社区类型", "户数", "综合服务设施面积"]
    return book(folder / "twice.xlsx", 原表=[head, *first], 更正=[head, *second])


def twice(report: Report) -> list[tuple[str | None, object]]:
    return [(n.at.sheet, n.values["count"]) for n in report.notices if n.code == "subjects-in-two-sheets"]


def test_two_sheets_with_other_figures_for_the_same_names_are_told_without_a_county(tmp_path: Path) -> None:
    one = [["福安社区", "城市", 1000, 430], ["寿安社区", "城市", 900, 410]]
    other = [["福安社区", "城市", 1000, 300], ["寿安社区", "城市", 900, 410]]
    report = check(sheets_of(tmp_path, one, other), standards="liaoning-2021", select=["LN-01"])
    assert twice(report) == [("更正", 2)]


def test_a_namesake_in_a_sheet_of_another_place_is_none(tmp_path: Path) -> None:
    one = [["福安社区", "城市", 1000, 430], ["寿安社区", "城市", 900, 410], ["长春社区", "城市", 800, 405]]
    other = [["福安社区", "城市", 1100, 500], ["新华社区", "城市", 900, 410], ["光明社区", "城市", 700, 400]]
    report = check(sheets_of(tmp_path, one, other), standards="liaoning-2021", select=["LN-01"])
    assert twice(report) == []


AGAIN = [*BASICS[:2], ["铁东区", "乙社区", "城市", None]]
AREAS = [["区县", "社区名称", "综合服务设施面积"], ["铁东区", "甲社区", 400], ["铁东区", "乙社区", 390]]
WHY = {
    "blanks": (BASICS, AGAIN, "两张表指标相同而空格不同"),
    "figures": (BASICS, [*AGAIN[:2], ["铁东区", "乙社区", "城市", 901]], "同一指标的数值不同"),
    "names": ([*BASICS, BASICS[1]], AREAS[:2], "有的名称在一张表里出现多次"),
    "periods": ([["2021年社区情况"], *BASICS], [["2022年社区情况"], AREAS[0], *AREAS[1:2] * 2], "报告期不同"),
    "without a region": (
        [row[1:] for row in BASICS],
        [row[1:] for row in [*BASICS[:2], ["铁东区", "乙社区", "城市", 901]]],
        "同一指标的数值不同",
    ),
}


@pytest.mark.parametrize("case", WHY)
def test_what_keeps_two_sheets_apart_is_said(case: str, tmp_path: Path) -> None:
    first, second, why = WHY[case]
    found = notices(book(tmp_path / "return.xlsx", 甲表=first, 乙表=second), "subjects-in-two-sheets")
    assert [n.values["why"].zh for n in found] == [why]


def test_namesakes_of_two_townships_that_only_titles_or_file_names_tell_are_two(tmp_path: Path) -> None:
    header = ["社区名称", "社区类型", "户数", "综合服务设施面积（㎡）"]
    folder = tmp_path / "returns"
    folder.mkdir()
    names = ("光明村", "和平村", "东风村")
    for file, title, area in (("a", "千山区唐家房镇各村情况", 350), ("大屯镇", "各村情况", 360)):
        rows: list[list[object]] = [[title], header, *([name, "农村", 900, area] for name in names)]
        book(folder / f"{file}.xlsx", S=rows)
    report = check(folder, region="鞍山市", as_of=DAY)
    assert not [n for n in report.notices if "two-files" in n.code]
    streets = {v.subject.region[-1] for v in report.verdicts(all_outcomes=True) if v.subject.name in names}
    assert streets == {"唐家房镇", "大屯镇"}


def test_returns_of_two_years_list_the_same_subjects_by_intent(tmp_path: Path) -> None:
    header = "区县,街道,社区名称,社区类型,综合服务设施面积"
    for year in (2022, 2023):
        rows = "\n".join(f"铁东区,一街道,{name}社区,城市,{year}" for name in "甲乙丙")
        (tmp_path / f"{year}.csv").write_text(f"{year}年社区情况\n{header}\n{rows}\n", encoding="utf-8")
    assert notices(tmp_path, "subject-in-two-files") == []
    (one,) = notices(tmp_path, "subjects-of-several-periods")
    assert (one.values["count"], one.values["periods"].zh, one.values["later"].en) == (3, "2022年", "2023")
    # A third return without a period may be of any year.
    (tmp_path / "more.csv").write_text(f"{header}\n铁东区,一街道,甲社区,城市,400\n", encoding="utf-8")
    assert len(notices(tmp_path, "subject-in-two-files")) == 1
