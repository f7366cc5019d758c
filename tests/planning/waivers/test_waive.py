"""What waivers excuse: by identity, on the day that is judged by, and never out of sight."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from communitycheck.api import render
from communitycheck.check import check
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome
from planning.waivers.cases import judged, own_standard

HEAD = "市,县区,街道,社区名称,区划代码,户数,常住人口,服务窗口数\n"
ROWS = HEAD + (
    "沈阳市,和平区,东街道,甲社区,210102001001,60,900,1\n"
    "沈阳市,和平区,西街道,乙社区,210102002001,40,2000,9\n"
    "沈阳市,和平区,西街道,红旗社区,210102002002,30,2000,9\n"
    "沈阳市,和平区,东街道,红旗社区,210102001002,20,2000,9\n"
    "大连市,中山区,南街道,甲社区,210202001001,500,2000,9\n"
    "大连市,中山区,南街道,丙社区,210202001002,,2000,9\n"
)
JIA = {"name": "甲社区", "region": "沈阳市和平区"}
MARCH, ALWAYS = {"until": "2023-03-31"}, {"until": "2099-12-31"}

# Whom it is for, and what else is written; what becomes of it, and how many fails it waives.
USES: dict[str, tuple[dict[str, Any], dict[str, Any], tuple[str, str, int]]] = {
    "a code": ({"code": "210102001001"}, {}, ("active", "fails", 1)),
    "a name in its region": (JIA, {}, ("active", "fails", 1)),
    "the region as a list": ({"name": "甲社区", "region": ["沈阳市", "和平区"]}, {}, ("active", "fails", 1)),
    "the region as a code": ({"name": "甲社区", "region": "210102"}, {}, ("active", "fails", 1)),
    "the county alone": ({"name": "甲社区", "region": "和平区"}, {}, ("active", "fails", 1)),
    "the name of the office": ({"name": "甲社区居民委员会", "region": "和平区"}, {}, ("active", "fails", 1)),
    "a name with a space in it": ({"name": "甲 社区", "region": "和平区"}, {}, ("active", "fails", 1)),
    "the same name in another city": ({"name": "甲社区", "region": "大连市"}, {}, ("unused", "not_needed", 0)),
    "a name that two have": ({"name": "红旗社区", "region": "和平区"}, {}, ("active", "several", 0)),
    "the street tells which": ({"name": "红旗社区", "region": "和平区/东街道"}, {}, ("active", "fails", 1)),
    "all of a pattern": ({"pattern": "*社区", "region": "沈阳市和平区"}, {}, ("active", "fails", 4)),
    "a pattern of codes": ({"pattern": "210102002*"}, {}, ("active", "fails", 2)),
    "a pattern that fits nobody": ({"pattern": "21030*"}, {}, ("active", "no_subject", 0)),
    "nobody of that name": ({"name": "贾社区", "region": "和平区"}, {}, ("active", "no_subject", 0)),
    "the city of another": ({"name": "甲社区", "region": "鞍山市和平区"}, {}, ("active", "no_subject", 0)),
    "the end of another's name": ({"name": "甲社区", "region": "新和平区"}, {}, ("active", "no_subject", 0)),
    "somebody who passes": ({"code": "210202001001"}, {}, ("unused", "not_needed", 0)),
    "a cell that is blank": ({"code": "210202001002"}, {}, ("active", "not_a_fail", 0)),
    "not due yet": (JIA, {"rule": "W-4"}, ("active", "not_a_fail", 0)),
    "its last day": (JIA, {"until": "2023-06-30"}, ("expiring", "fails", 1)),
    "thirty days to its last": (JIA, {"until": "2023-07-30"}, ("expiring", "fails", 1)),
    "thirty-one": (JIA, {"until": "2023-07-31"}, ("active", "fails", 1)),
    "the day after its last": (JIA, {"until": "2023-06-29"}, ("expired", "fails", 0)),
    "its first day": (JIA, {"from": "2023-06-30"}, ("active", "fails", 1)),
    "the day before its first": (JIA, {"from": "2023-07-01"}, ("pending", "fails", 0)),
    "a county": ({"name": "和平区", "region": "沈阳市"}, {"rule": "W-3"}, ("active", "fails", 1)),
    "a county by its code": ({"code": "210102"}, {"rule": "W-3"}, ("active", "fails", 1)),
    "another county's code": ({"code": "210103"}, {"rule": "W-3"}, ("active", "no_subject", 0)),
    "the rule with its standard": (JIA, {"rule": "W-1@own"}, ("active", "fails", 1)),
}


@pytest.mark.parametrize(("subject", "more", "wanted"), USES.values(), ids=USES)
def test_uses(
    subject: Mapping[str, Any], more: Mapping[str, Any], wanted: tuple[str, str, int], tmp_path: Path
) -> None:
    report = judged(tmp_path, ROWS, [{"subject": subject, **more}])
    assert report.waivers is not None
    (found,) = report.waivers.outcomes
    assert (found.word, found.use.value, found.waived) == wanted
    assert report.waived == wanted[2]
    for lang in ("zh", "en"):
        for details in (False, True):
            assert "{" not in "".join(render(report, "text", lang, details=details))


def test_an_end_that_nobody_wrote(tmp_path: Path) -> None:
    report = judged(tmp_path, ROWS, [{"subject": JIA, "until": None}])
    assert report.waivers is not None
    assert [one.word for one in report.waivers.outcomes] == ["no_end"]
    assert report.waived == 1
    text = "".join(render(report, "text", "zh"))
    assert "未写截止日（until）的豁免有 1 条" in text


ALL_OF_W1 = [
    {"subject": {"pattern": "*"}},
    {"rule": "W-2", "subject": JIA},
    {"rule": "W-3", "subject": {"pattern": "*"}},
]


@pytest.mark.parametrize(
    ("waivers", "day", "code"),
    [
        ([], "2023-06-30", 1),
        (ALL_OF_W1, "2023-06-30", 3),  # a blank is no fail, and no waiver makes it one
        (ALL_OF_W1[:2], "2023-06-30", 1),
        (ALL_OF_W1, "2024-05-31", 3),
        (ALL_OF_W1, "2024-06-01", 1),  # the day after brings the fails back
    ],
)
def test_the_exit_code_counts_what_is_not_waived(
    waivers: list[dict[str, Any]], day: str, code: int, tmp_path: Path
) -> None:
    assert judged(tmp_path, ROWS, waivers, as_of=date.fromisoformat(day)).exit_code == code


def test_the_fail_stays_and_both_rates_are_given(tmp_path: Path) -> None:
    report = judged(tmp_path, ROWS, [{"subject": JIA}])
    found = json.loads("".join(render(report, "json", "zh")))
    rule = found["rules"][0]
    assert (rule["outcomes"]["fail"], rule["waived"]) == (4, 1)
    assert (rule["pass_rate"], rule["adjusted_rate"]) == (0.2, 0.25)
    (county,) = (g for g in found["groups"] if g["rule"] == "W-1" and g["name"] == "和平区")
    assert (county["passed"], county["judged"], county["waived"], county["adjusted_rate"]) == (0, 4, 1, 0.0)
    waived = [v for v in found["verdicts"] if v["waiver"]]
    assert [(v["outcome"], v["subject"]["code"]) for v in waived] == [("fail", "210102001001")]
    assert "已豁免：新址在建（市民政局，至 2024-05-31）" in waived[0]["reason"]
    assert found["summary"]["waivers"]["active"] == len(found["waivers"]) == 1


def test_one_that_is_covered(tmp_path: Path) -> None:
    waivers = [{"subject": JIA, **MARCH}, {"subject": JIA, "from": "2023-04-01"}, {"subject": {"code": "210102001001"}}]
    report = judged(tmp_path, ROWS, waivers)
    assert report.waivers is not None
    found = [(one.word, one.use.value, one.waived) for one in report.waivers.outcomes]
    assert found == [("expired", "covered", 0), ("active", "fails", 1), ("active", "covered", 0)]


def test_only_what_was_judged_can_be_unused(tmp_path: Path) -> None:
    report = judged(tmp_path, ROWS, [{"subject": JIA}, {"rule": "W-2", "subject": JIA}], select=["W-2"])
    assert report.waivers is not None
    assert [one.use.value for one in report.waivers.outcomes] == ["not_judged", "fails"]


def test_where_nobody_knows_where_the_subject_lies(tmp_path: Path) -> None:
    rows = "社区名称,户数\n甲社区,30\n"
    report = judged(tmp_path, rows, [{"subject": JIA}])
    assert report.waivers is not None
    assert ([one.use.value for one in report.waivers.outcomes], report.waived) == (["place_unknown"], 0)


def test_the_place_that_the_returns_give_is_told(tmp_path: Path) -> None:
    rows = "市,区县,社区名称,户数\n沈阳市,沈河区,甲社区,30\n"
    report = judged(tmp_path, rows, [{"subject": {"name": "甲社区", "region": "和平区"}}])
    assert report.waivers is not None
    (one,) = report.waivers.outcomes
    assert (one.use.value, report.waived) == ("place_unknown", 0)
    assert one.near.endswith("沈阳市/沈河区")


def test_one_subject_in_two_returns_is_one(tmp_path: Path) -> None:
    (tmp_path / "again.csv").write_text(HEAD + "沈阳市,和平区,东街道,甲社区,210102001001,61,900,1\n", "utf-8")
    (tmp_path / "r.csv").write_text(ROWS, "utf-8")
    judged(tmp_path, ROWS, [{"subject": JIA}])
    paths = [str(tmp_path / name) for name in ("r.csv", "again.csv")]
    report = check(paths, own_standard(tmp_path), waivers=tmp_path / "w.yaml", as_of=date(2023, 6, 30))
    assert report.waivers is not None
    assert [one.use.value for one in report.waivers.outcomes] == ["fails"]


def test_a_code_of_two_subjects_waives_neither(tmp_path: Path) -> None:
    rows = ROWS + "沈阳市,和平区,西街道,丁社区,210102001001,10,2000,9\n"
    report = judged(tmp_path, rows, [{"subject": {"code": "210102001001"}}])
    assert report.waivers is not None
    assert [(one.use.value, one.waived) for one in report.waivers.outcomes] == [("several", 0)]


def test_two_standards_with_a_rule_of_that_id(tmp_path: Path) -> None:
    one, other = own_standard(tmp_path), own_standard(tmp_path, name="other")
    waivers = [{"subject": JIA}, {"rule": "W-1@other", "subject": JIA}]
    report = judged(tmp_path, ROWS, waivers, standards=[one, other])
    assert report.waivers is not None
    found = [(one.use.value, one.waived, one.near) for one in report.waivers.outcomes]
    assert found == [("several_standards", 0, "W-1@own"), ("fails", 1, "")]


def waived_of(report: Report) -> list[tuple[str, str]]:
    return [(v.rule.id, v.subject.code) for v in report.verdicts() if v.waiver is not None]


def test_moved_rows_other_sheets_and_files_change_nothing(tmp_path: Path) -> None:
    waivers = [{"subject": JIA}, {"rule": "W-2", "subject": {"code": "210102001001"}}]
    before = waived_of(judged(tmp_path, ROWS, waivers))
    head, *rows = ROWS.splitlines()
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "另一张表"
    for line in ("各社区情况表", head, *reversed(rows)):
        book.active.append(line.split(","))
    book.save(tmp_path / "另一个文件.xlsx")
    report = check(
        [str(tmp_path / "另一个文件.xlsx")],
        own_standard(tmp_path),
        waivers=tmp_path / "w.yaml",
        as_of=date(2023, 6, 30),
    )
    assert sorted(waived_of(report)) == sorted(before) == [("W-1", "210102001001"), ("W-2", "210102001001")]
    assert all(report.results[0].outcome[i] == Outcome.FAIL for i in report.results[0].waived)
