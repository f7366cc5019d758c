"""``trend`` over returns of several periods: what it counts, what it takes for a break, whom it names."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from jsonschema import Draft202012Validator

from communitycheck.cli.run import run
from communitycheck.errors import UsageError
from communitycheck.products.trend.formats import render_trend, write_trend
from communitycheck.products.trend.front import trend
from paths import ROOT

SCHEMA = json.loads((ROOT / "src/communitycheck/products/trend/trend-1.json").read_text("utf-8"))
YEARS = ROOT / "sample_data/years"
SHARE = {
    "id": "OW-1",
    "title": "有助餐点的社区",
    "clause": "一",
    "applies_to": "community",
    "severity": "mandatory",
    "by": ["county"],
    "indicator": "share(facility_area >= 100 m2)",
    "at_least": "90%",
    "due": "2025-12-31",
}
AREA = {"id": "OW-2", "title": "面积", "clause": "二", "applies_to": "community", "severity": "mandatory",
        "indicator": "facility_area", "at_least": "100 m2"}  # fmt: skip


def standard(folder: Path, *rules: dict[str, Any], **more: Any) -> Path:
    body = {"standard": "own", "title": "示例标准", "source": {"document": "文件"},
            "jurisdiction": {"code": "000000", "name": "全国"}, "rules": list(rules), **more}  # fmt: skip
    path = folder / "own.yaml"
    path.write_text(json.dumps(body, ensure_ascii=False), "utf-8")
    return path


def areas(folder: Path, year: int, *figures: float | str, names: str = "甲乙丙丁戊己庚辛壬癸", title: str = "") -> Path:
    path = folder / f"r{year}.csv"
    rows = [[title or f"社区综合服务设施情况表（截至{year}年12月31日）"], ["县区", "社区名称", "综合服务设施面积(㎡)"]]
    rows += [["和平区", f"{name}社区", area] for name, area in zip(names, figures, strict=False)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def told(paths: list[Path], *standards: Path, **more: Any) -> dict[str, Any]:
    found = trend(paths, standards, **more)
    held: dict[str, Any] = json.loads("".join(render_trend(found, "json", "zh")))
    assert not list(Draft202012Validator(SCHEMA).iter_errors(held))
    for format in ("text", "markdown", "csv"):
        for lang in ("zh", "en"):
            assert "".join(render_trend(found, format, lang))  # type: ignore[arg-type]
    return held


def test_years_side_by_side_are_followed_like_returns_of_these_years(tmp_path: Path) -> None:
    figures = {2019: (60, 80, 150), 2020: (70, 90, 120), 2021: (90, "", 130)}
    one_each = [areas(tmp_path, year, *own, title="社区综合服务设施情况表") for year, own in figures.items()]
    for path, year in zip(one_each, figures, strict=True):
        path.rename(tmp_path / f"{year}年.csv")
    rows: list[list[Any]] = [["指标：综合服务设施面积(㎡)"], ["县区", "社区名称", *(f"{year}年" for year in figures)]]
    rows += [["和平区", f"{name}社区", *own] for name, *own in zip("甲乙丙", *figures.values(), strict=True)]
    with (tmp_path / "wide.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    own = standard(tmp_path, SHARE | {"due": "2025-12-31"})
    apart = told([tmp_path / f"{year}年.csv" for year in figures], own)
    wide = told([tmp_path / "wide.csv"], own)
    assert wide["periods"] == apart["periods"] and len(wide["periods"]) == 3
    assert wide["series"] == apart["series"] and [len(one["points"]) for one in wide["series"]] == [3]



# Rule -> its figures as communities of communities, and the story that was planted (sample_data/README.md).
STORIES = {
    "PZ-39": ([(42, 95), (58, 96), (70, 94)], "on_track"),
    "PZ-09": ([(23, 46), (29, 46), (33, 45)], "speed_up"),
    "PZ-33": ([(14, 46), (17, 46), (20, 45)], "too_slow"),
    "PZ-01": ([(37, 46), (42, 46), (45, 45)], "met"),
}


@pytest.fixture(scope="module")
def sample() -> dict[str, Any]:
    returns = [YEARS / f"panzhihua_{year}.xlsx" for year in (2017, 2018, 2019)]
    return told(returns, renames=YEARS / "renames.yaml")


def test_the_stories_of_the_sample_are_told(sample: dict[str, Any]) -> None:
    assert sample["run"]["exit_code"] == 0 and sample["run"]["as_of"] == "2019-12-31"
    of_city = {one["rule"]: one for one in sample["series"] if one["subject"]["entity"] == "city"}
    statuses = {rule: of_city[rule]["status"] for rule in ("PZ-14", "PZ-15", "PZ-57")}
    assert statuses == {"PZ-14": "speed_up", "PZ-15": "going_back", "PZ-57": "met"}
    for rule, (counts, status) in STORIES.items():
        one = of_city[rule]
        assert [(p["numerator"], p["denominator"]) for p in one["points"]] == [([n, n], of) for n, of in counts]
        assert (one["status"], one["due"]) == (status, "2020-12-31")


def test_the_formulas_are_those_of_the_definition(sample: dict[str, Any]) -> None:
    """Worked out anew from the counts: three years from the first figure to the deadline, one left."""
    for one in sample["series"]:
        first, last, target = one["points"][0]["value"][0], one["points"][-1]["value"][0], one["target"]
        pace = (last - first) / 2
        assert one["pace"] == pytest.approx([pace, pace])
        assert one["ratio"] is None or one["ratio"] == pytest.approx([pace / ((target - first) / 3)] * 2)
        if one["status"] != "met":
            assert one["needed_pace"] == pytest.approx([target - last] * 2)
            assert one["projected"] == pytest.approx([last + pace] * 2)
    (home,) = (one for one in sample["series"] if one["rule"] == "PZ-39")
    assert (home["missing"], home["missing_unit"]) == (15, "items")  # 90 % of 94 are 84.6; 85 - 70


def test_who_is_found_again_and_who_is_not(sample: dict[str, Any]) -> None:
    again = [{one["entity"]: one for one in period["found_again"]} for period in sample["periods"]]
    assert again[2] == {}
    communities = [one["community"] for one in again[:2]]
    assert [(one["matched"]["code"], one["matched"]["name"], one["matched"]["declared"]) for one in communities] == [
        (0, 91, 1),
        (92, 0, 1),
    ]
    assert [(one["merged_or_split"], one["gone"], one["come"]) for one in communities] == [
        ([2, 1], 1, 1),
        ([2, 1], 1, 0),
    ]
    alone = {(one["period"][:4], one["what"], one["subject"]["name"]) for one in sample["unmatched"]}
    assert alone == {("2017", "gone", "兰关村"), ("2017", "come", "安井村"), ("2018", "gone", "兰关村")}
    assert sample["renames_not_used"] == []


def test_every_period_is_counted_by_itself_and_the_worse_are_named(tmp_path: Path) -> None:
    paths = [
        areas(tmp_path, 2021, *[120] * 4, *[80] * 6),
        areas(tmp_path, 2023, *[120] * 3, 90, *[120] * 3, 70, 80, 80),
    ]
    held = told(paths, standard(tmp_path, SHARE, AREA))
    (one,) = held["series"]
    assert [point["value"] for point in one["points"]] == [[0.4, 0.4], [0.6, 0.6]]
    # 10 points a year; 12.5 were needed from 40 % in four years, 15 are from now on; 80 % will be reached.
    assert one["pace"] == pytest.approx([0.1, 0.1]) and one["needed_pace"] == pytest.approx([0.15, 0.15])
    assert one["ratio"] == pytest.approx([0.8, 0.8]) and one["projected"] == pytest.approx([0.8, 0.8])
    assert (one["status"], one["missing"]) == ("speed_up", 3)
    worse = [(w["subject"]["name"], w["before"][0], w["after"][0]) for w in held["worse"]]
    assert worse == [("丁社区", 120, 90), ("辛社区", 80, 70)]


def test_a_limit_of_another_day_is_a_break(tmp_path: Path) -> None:
    """The limit of an area rises in 2022: the share of 2021 was of another one, and no pace is taken from it."""
    limits = [{"value": "60 m2"}, {"from": "2022-01-01", "value": "100 m2"}]
    base = {**AREA, "at_least": limits}
    share = {**SHARE, "indicator": 'share(meets("OW-2"))'}
    paths = [areas(tmp_path, year, *[120] * n, *[80] * (10 - n)) for year, n in ((2021, 2), (2022, 4), (2023, 5))]
    (one,) = told(paths, standard(tmp_path, base, share))["series"]
    assert [point["comparable"] for point in one["points"]] == [False, True, True]
    assert (one["from"], one["pace"]) == ("2022-12-31", pytest.approx([0.1, 0.1]))
    assert one["status"] == "speed_up"  # 16.7 points a year were needed from 2022 on: 0.6 of that


def test_a_missing_first_year_is_taken_from_the_next(tmp_path: Path) -> None:
    paths = [areas(tmp_path, year, *figures) for year, figures in ((2021, [""] * 10), (2022, [120] * 4 + [80] * 6),
                                                                  (2023, [120] * 6 + [80] * 4))]  # fmt: skip
    (one,) = told(paths, standard(tmp_path, SHARE))["series"]
    assert (one["from"], one["pace"], one["status"]) == ("2022-12-31", pytest.approx([0.2, 0.2]), "on_track")


def test_too_many_without_a_partner_make_periods_incomparable(tmp_path: Path) -> None:
    paths = [areas(tmp_path, 2021, *[120] * 10), areas(tmp_path, 2022, *[120] * 10, names="甲乙丙丁戊己庚辛子丑")]
    held = told(paths, standard(tmp_path, SHARE, AREA))
    assert (held["run"]["comparable"], held["run"]["exit_code"]) == (False, 3)
    assert len(held["unmatched"]) == 4


def test_two_returns_of_one_period_list_one_subject(tmp_path: Path) -> None:
    later = [areas(tmp_path, 2022, *[120] * 10)]
    (tmp_path / "other").mkdir()
    later.append(areas(tmp_path / "other", 2022, *[120] * 10))
    held = told([areas(tmp_path, 2021, *[120] * 10), *later], standard(tmp_path, SHARE, AREA))
    (communities,) = (one for one in held["periods"][0]["found_again"] if not one["group"])
    assert (communities["after"], communities["matched"]["name"], communities["come"]) == (10, 10, 0)
    assert held["run"]["comparable"] and held["series"][0]["points"][1]["denominator"] == 10


def test_returns_without_a_period_are_asked_for_one(tmp_path: Path) -> None:
    undated = areas(tmp_path, 1, *[120] * 10, title="社区综合服务设施情况表")
    with pytest.raises(UsageError) as caught:
        trend([undated], [standard(tmp_path, SHARE)])
    assert caught.value.code == "trend-no-period"
    held = told([undated, areas(tmp_path, 2022, *[120] * 10)], standard(tmp_path, SHARE))
    assert list(held["run"]["records_without_period"].values()) == [10]
    assert held["series"][0]["status"] == "met"


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [str(areas(tmp_path, year, *[120] * n, *[80] * (10 - n))) for year, n in ((2021, 4), (2023, 6))]
    rules = str(standard(tmp_path, SHARE, AREA))
    assert run(["trend", *paths, "--standard", rules, "--lang", "en"]) == 0
    assert "must speed up" in capsys.readouterr().out


def test_pages_and_workbooks_have_a_chart_of_each_indicator(tmp_path: Path) -> None:
    paths = [areas(tmp_path, year, *[120] * n, *[80] * (10 - n)) for year, n in ((2021, 4), (2023, 6))]
    rules = standard(tmp_path, {**SHARE, "title": "有<b>助餐点"}, AREA)
    found = trend(paths, [rules])
    for name in ("page.html", "book.xlsx"):
        write_trend(found, tmp_path / name, "zh")
    page = (tmp_path / "page.html").read_text("utf-8")
    assert page.count("<svg") == 1 and "<title>OW-1 有&lt;b&gt;助餐点（和平区）</title>" in page
    assert page.count("<circle") == 2 and "<b>" not in page
    with zipfile.ZipFile(tmp_path / "book.xlsx") as book:
        chart = book.read("xl/charts/chart1.xml").decode()
    assert re.findall(r"<c:tx>.*?<c:v>(.*?)</c:v>", chart) == ["和平区", "和平区（推算）", "目标"]
    values = re.findall(r"<c:val>.*?</c:val>", chart)
    assert [re.findall(r"<c:f>(.*?)</c:f>", one) for one in values] == [
        ["图!$B$3:$D$3"], ["图!$B$4:$D$4"], ["图!$B$5:$D$5"],
    ]  # fmt: skip
    sheet = openpyxl.load_workbook(tmp_path / "book.xlsx")["图"]
    rows = [[sheet.cell(row, column).value for column in (2, 3, 4)] for row in (3, 4, 5)]
    assert rows == [[0.4, 0.6, None], [None, 0.6, pytest.approx(0.8)], [0.9, 0.9, 0.9]]


def test_a_range_is_approached_from_either_side(tmp_path: Path) -> None:
    mean = {**SHARE, "id": "OW-4", "indicator": "mean(facility_area)", "between": ["380 m2", "410 m2"]}
    del mean["at_least"]
    flag = {**mean, "id": "OW-5", "indicator": "count(facility_area >= 1 m2)", "equals": 3}
    del flag["between"]
    rules = standard(tmp_path, mean, flag)
    for figures, expected in (
        ((300, 320, 340), ("at_least", 380.0, "on_track", 40.0)),
        ((500, 480, 450), ("at_most", 410.0, "on_track", 40.0)),
        ((380, 400, 420), ("at_most", 410.0, "going_back", 10.0)),
        ((300, 340, 390), ("at_least", 380.0, "met", 0.0)),
        ((430, 420, "300-600"), ("at_least", None, "unknown", None)),
    ):
        returns = [areas(tmp_path, 2021 + n, *[figure] * 3) for n, figure in enumerate(figures)]
        held = told(returns, rules)
        (one,) = held["series"]
        distance = one["distance"] and one["distance"][0]
        assert (one["comparison"], one["target"], one["status"], distance) == expected
        assert held["without_target"] == [{"rule": "OW-5", "standard": "own"}]


def wide(folder: Path, header: list[str], *rows: list[Any], title: str = "") -> Path:
    path = folder / "wide.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*([[title]] if title else []), header, *rows])
    return path


# The header of a table of years -> what keeps its years from being followed.
IN_QUESTION: list[tuple[list[str], str]] = [
    (["县区", "社区名称", "户数", "2021年", "2022年"], "headed by years alone"),
    (["县区", "社区名称", "户数", "2021年综合服务设施面积(㎡)", "2022年综合服务设施面积(㎡)"], "nobody knows of which"),
    (["县区", "社区名称", "社区类型", "2021年户数", "2022年综合服务设施面积(㎡)"], "states 2021"),
]


@pytest.mark.parametrize(("header", "why"), IN_QUESTION)
def test_years_in_question_are_told_as_what_they_are(header: list[str], why: str, tmp_path: Path) -> None:
    path = wide(tmp_path, header, ["和平区", "甲社区", 500, 90, 95], ["和平区", "乙社区", 400, 120, 130])
    with pytest.raises(UsageError) as told_of:
        trend([path], [standard(tmp_path, SHARE)])
    assert told_of.value.code == "trend-years-in-question"
    assert why in str(told_of.value)


def test_where_nothing_was_compared_the_answer_is_incomplete(tmp_path: Path) -> None:
    own = standard(tmp_path, SHARE, AREA)
    first, second = (areas(tmp_path, year, *[120] * 4) for year in (2021, 2022))
    assert told([first, second], own)["run"]["exit_code"] == 0
    assert told([first], own)["run"]["exit_code"] == 3
    assert "没有两期" in "".join(render_trend(trend([first], [own]), "text", "zh"))
    blank = areas(tmp_path, 2021, *[""] * 4)
    assert told([blank, second], own)["run"]["exit_code"] == 3
    asked = wide(tmp_path, IN_QUESTION[0][0], ["铁西区", "戊社区", 500, 90, 95], ["铁西区", "己社区", 400, 120, 130])
    first = areas(tmp_path, 2021, *[120] * 4)
    assert told([first, second, asked], own)["run"]["exit_code"] == 3
    text = "".join("".join(render_trend(trend([first, second, asked], [own]), "text", "zh")).split())
    assert "没有读作各期" in text and "没有写明期别" not in text
