"""What returns explain themselves: quoted, and counted as waived for expected rules that take it, never for others."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import yaml

from communitycheck.api import render
from communitycheck.check import check
from communitycheck.model.waiver import OwnExplanation
from communitycheck.planning.waivers.says_why import says_why
from planning.waivers.cases import judged, own_standard

RULES = [
    {"id": "E-1", "indicator": "households", "at_least": 100, "severity": "expected", "explainable": True},
    {"id": "E-2", "indicator": "population", "at_least": 1000, "severity": "expected"},
    {"id": "E-3", "indicator": "service_windows", "at_least": 5},
    {
        "id": "E-4", "indicator": "service_windows", "at_least": 4, "explainable": True,
        "severity": [{"where": 'community_type == "urban"', "value": "mandatory"}, {"value": "expected"}],
    },
]  # fmt: skip
ROWS = (
    "市,县区,社区名称,社区类型,户数,常住人口,服务窗口数,{head}\n"
    "沈阳市,和平区,甲社区,城市,60,900,1,{said}\n"
    "沈阳市,和平区,乙村,农村,60,900,1,{said}\n"
    "沈阳市,和平区,丙社区,城市,,1000,9,{said}\n"
)


def excused(folder: Path, said: str, head: str = "情况说明") -> list[tuple[str, str, str]]:
    (folder / "r.csv").write_text(ROWS.format(head=head, said=said), "utf-8")
    report = check([str(folder / "r.csv")], own_standard(folder, RULES), as_of=date(2023, 6, 30))
    found = [v for v in report.verdicts() if v.waiver is not None]
    assert all(v.outcome.word == "fail" and isinstance(v.waiver, OwnExplanation) for v in found)
    return [(v.rule.id, v.subject.name, v.waiver.reason) for v in found if v.waiver]


@pytest.mark.parametrize("head", ["情况说明", "未达标原因", "不达标情况说明"])
def test_what_takes_an_explanation(head: str, tmp_path: Path) -> None:
    said = "外出务工人员尚未返乡登记"
    assert excused(tmp_path, said, head) == [("E-1", "甲社区", said), ("E-1", "乙村", said), ("E-4", "乙村", said)]


@pytest.mark.parametrize("said", ["", "无", "/", "—", "不适用", "1", "√", "。。。"])
def test_what_says_nothing(said: str, tmp_path: Path) -> None:
    assert excused(tmp_path, said) == []


WRITTEN = yaml.safe_load((Path(__file__).parent / "explanations.yaml").read_text("utf-8"))


@pytest.mark.parametrize(("kind", "expected"), [("says_why", True), ("says_nothing", False)])
def test_what_says_why(kind: str, expected: bool) -> None:
    assert [said for said in WRITTEN[kind] if says_why(said) is not expected] == []


def test_a_stock_phrase_excuses_nobody(tmp_path: Path) -> None:
    assert excused(tmp_path, "已达标") == [] == excused(tmp_path, "见附件2")


def test_a_note_is_no_explanation(tmp_path: Path) -> None:
    assert excused(tmp_path, "务工人员未返乡", "备注") == []


def test_it_is_quoted_and_does_not_count(tmp_path: Path) -> None:
    rows = ROWS.format(head="情况说明", said="务工人员未返乡").replace(",,1000", ",200,1000")
    options = {"standards": own_standard(tmp_path, RULES[:1])}
    report = judged(tmp_path, rows, [{"rule": "E-1", "subject": {"name": "乙村", "region": "和平区"}}], **options)
    assert (report.exit_code, report.waived, report.explained) == (0, 2, 1)
    assert "报表说明：“务工人员未返乡”" in "".join(render(report, "csv", "zh"))
    assert "其中 1 项由报表说明" in "".join(render(report, "text", "zh"))
    found = json.loads("".join(render(report, "json", "en")))
    kinds = [(v["waiver"]["kind"], v["waiver"].get("at")) for v in found["verdicts"]]
    assert [kind for kind, _ in kinds] == ["explanation", "waiver"]
    assert kinds[0][1]["cell"] == "H2"
    assert (found["rules"][0]["pass_rate"], found["rules"][0]["adjusted_rate"]) == (0.333333333333, 1.0)
