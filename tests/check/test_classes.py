"""Severity and deadline by class of the subject: each has its own, and what is not known never looks better."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from communitycheck.api import explain
from communitycheck.check import check
from communitycheck.messages import Lang
from communitycheck.model.report import Gate, Report
from communitycheck.model.result import Outcome, Reason
from communitycheck.reporting.words.sentences import Wording

LINES = ["社区名称,社区类型,常住人口", "甲社区,城市,1200", "乙社区,农村,1200", "丙社区,,1200", "丁社区,,1300"]
TOWN = 'community_type == "urban"'
DUE = [{"where": TOWN, "value": "2025-12-31"}, {"value": "2027-12-31"}]
SEVERITY = [{"where": TOWN, "value": "mandatory"}, {"value": "advisory"}]


def judged(folder: Path, day: date, gate: Gate | None = None, lines: list[str] = LINES, **rule: Any) -> Report:
    usual = {"id": "K-1", "title": "人口", "clause": "一", "applies_to": "community"}
    body = {
        "standard": "classes",
        "title": "标准",
        "source": {"document": "文件"},
        "jurisdiction": {"code": "000000", "name": "全国"},
        "rules": [{**usual, "indicator": "population", "at_least": "1300 persons", **rule}],
    }
    (folder / "classes.yaml").write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    (folder / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    report = check(folder / "a.csv", [folder / "classes.yaml"], as_of=day)
    report.gate = gate or Gate()
    return report


def found(report: Report) -> dict[str, tuple[Outcome, str, str]]:
    return {
        v.subject.name: (v.outcome, v.rule.severity, v.rule.due.isoformat() if v.rule.due else "")
        for v in report.verdicts(all_outcomes=True)
    }


@pytest.mark.parametrize(
    ("day", "unknown"),
    [
        (date(2025, 6, 30), Outcome.NOT_DUE),
        (date(2026, 6, 30), Outcome.NO_DATA),
        (date(2028, 6, 30), Outcome.FAIL),
    ],
)
def test_of_unknown_deadlines_only_what_all_say_holds(day: date, unknown: Outcome, tmp_path: Path) -> None:
    report = judged(tmp_path, day, due=DUE, severity="mandatory")
    town = Outcome.NOT_DUE if day < date(2025, 12, 31) else Outcome.FAIL
    village = Outcome.NOT_DUE if day < date(2027, 12, 31) else Outcome.FAIL
    assert found(report) == {
        "甲社区": (town, "mandatory", "2025-12-31"),
        "乙社区": (village, "mandatory", "2027-12-31"),
        "丙社区": (unknown, "mandatory", "2025-12-31"),
        "丁社区": (Outcome.PASS, "mandatory", "2025-12-31"),
    }


def test_whoever_is_in_no_class_has_no_deadline(tmp_path: Path) -> None:
    report = judged(tmp_path, date(2025, 6, 30), due=DUE[:1], severity="mandatory")
    assert found(report)["甲社区"] == (Outcome.NOT_DUE, "mandatory", "2025-12-31")
    assert found(report)["乙社区"] == (Outcome.FAIL, "mandatory", "")
    assert found(report)["丙社区"][0] is Outcome.NO_DATA


def test_of_unknown_severities_the_strictest_counts(tmp_path: Path) -> None:
    lines = [LINES[0], *LINES[2:4]]
    report = judged(tmp_path, date(2025, 6, 30), lines=lines, severity=SEVERITY)
    assert found(report) == {"乙社区": (Outcome.FAIL, "advisory", ""), "丙社区": (Outcome.FAIL, "mandatory", "")}
    assert report.exit_code == 1
    assert judged(tmp_path, date(2025, 6, 30), lines=lines[:2], severity=SEVERITY).exit_code == 0
    assert judged(tmp_path, date(2025, 6, 30), Gate("advisory"), lines[:2], severity=SEVERITY).exit_code == 1


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "未达标，但无法确定适用哪个期限：B4 空白（社区类型）；实际为 1,200 人，要求不少于 1,300 人"),
        (
            "en",
            "missed, but it cannot be told which deadline holds: B4 is blank (Community type); observed 1,200 persons, "
            "required at least 1,300 persons",
        ),
    ],
)
def test_the_verdict_says_what_is_unknown(lang: Lang, said: str, tmp_path: Path) -> None:
    report = judged(tmp_path, date(2026, 6, 30), due=DUE, severity="mandatory")
    (verdict,) = (v for v in report.verdicts() if v.reason is Reason.DUE_UNKNOWN)
    assert Wording(lang, report.dictionary, report.standards, report.as_of).reason(verdict) == said


def test_a_return_without_the_column_leaves_it_open(tmp_path: Path) -> None:
    lines = ["社区名称,常住人口", "甲社区,1200", "乙社区,1300"]
    report = judged(tmp_path, date(2026, 6, 30), lines=lines, due=DUE, severity=SEVERITY)
    assert found(report) == {
        "甲社区": (Outcome.NO_DATA, "mandatory", "2025-12-31"),
        "乙社区": (Outcome.PASS, "mandatory", "2025-12-31"),
    }
    assert report.exit_code == 3


GROUPED = [
    "县区,社区名称,常住人口",
    "和平区,甲社区,900", "和平区,乙社区,1300",
    "沈河区,丙社区,900", "沈河区,丁社区,1300", "沈河区,戊社区,1300",
    "铁西区,己社区,900", "铁西区,庚社区,",
]  # fmt: skip
OF_GROUPS = {
    "by": ["county"],
    "indicator": "share(population >= 1300 persons)",
    "at_least": "90%",
    "severity": [{"where": 'county == "和平区"', "value": "mandatory"}, {"value": "advisory"}],
    "due": [{"where": "sum(population) >= 3000 persons", "value": "2025-12-31"}, {"value": "2027-12-31"}],
}


def test_regions_have_classes_by_their_names_and_by_what_their_records_come_to(tmp_path: Path) -> None:
    assert found(judged(tmp_path, date(2026, 6, 30), lines=GROUPED, **OF_GROUPS)) == {
        "和平区": (Outcome.NOT_DUE, "mandatory", "2027-12-31"),
        "沈河区": (Outcome.FAIL, "advisory", "2025-12-31"),
        "铁西区": (Outcome.NO_DATA, "advisory", "2025-12-31"),
    }


def test_explain_shows_the_records_of_the_region_that_is_asked_for(tmp_path: Path) -> None:
    judged(tmp_path, date(2026, 6, 30), lines=GROUPED, **OF_GROUPS)
    own = [tmp_path / "classes.yaml"]
    told = explain([tmp_path / "a.csv"], "K-1", "沈河区", standards=own, as_of=date(2026, 6, 30))
    (one,) = told.explanations
    assert one.group is not None and [a.denominator for a in one.group.aggregates] == [3]
