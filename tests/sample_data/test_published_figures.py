"""The four figures that Shenyang published, worked out by the tool from the sample return."""

from __future__ import annotations

import pytest

from communitycheck.check import check
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, RuleResult
from paths import SAMPLES

SAMPLE = SAMPLES / "shenyang_2023.xlsx"

# 沈阳市民政局, reply no. 589 of 2023-09-26, section 三, item 六: mean areas in m2
MEANS = """\
standard: shenyang-means
title: {zh: 沈阳市公布的平均面积, en: Mean areas that Shenyang published}
source: {document: 对市政协十六届二次会议第589号提案的答复, issuer: 沈阳市民政局, date: 2023-09-26}
jurisdiction: {code: "210100", name: 沈阳市}
in_force: {from: 2023-09-26}
rules:
  - id: MEAN-URBAN
    title: {zh: 城市社区综合服务设施平均面积, en: Mean facility area of urban communities}
    clause: 三(六是)
    applies_to: community
    where: community_type == "urban"
    by: [city]
    indicator: mean(facility_area)
    at_least: 600 m2
    severity: advisory
  - id: MEAN-RURAL
    title: {zh: 农村社区综合服务设施平均面积, en: Mean facility area of rural communities}
    clause: 三(六是)
    applies_to: community
    where: community_type == "rural"
    by: [city]
    indicator: mean(facility_area)
    at_least: 350 m2
    severity: advisory
"""


@pytest.fixture(scope="module")
def report() -> Report:
    return check(SAMPLE)


@pytest.fixture(scope="module")
def means(tmp_path_factory: pytest.TempPathFactory) -> Report:
    rules = tmp_path_factory.mktemp("rules") / "shenyang-means.yaml"
    rules.write_text(MEANS, encoding="utf-8")
    return check(SAMPLE, [rules])


def result(report: Report, rule_id: str) -> RuleResult:
    (found,) = [r for r in report.results if r.rule.id == rule_id]
    return found


@pytest.mark.parametrize(
    ("rule_id", "required", "judged", "published"),
    [("LN-01", 600.0, 1153, 97.7), ("LN-02", 350.0, 1527, 89.8)],
)
def test_pass_rate(report: Report, rule_id: str, required: float, judged: int, published: float) -> None:
    area = result(report, rule_id)
    counts = area.counts()
    assert counts[Outcome.PASS] + counts[Outcome.FAIL] == judged
    assert counts[Outcome.NO_DATA] == 0
    rate = area.pass_rate
    assert rate is not None
    assert round(100 * rate, 1) == published
    failing = next(area.verdicts())
    assert failing.required == required


@pytest.mark.parametrize(
    ("rule_id", "judged", "digits", "published"), [("MEAN-URBAN", 1153, 0, 863), ("MEAN-RURAL", 1527, 1, 492.3)]
)
def test_mean_area(means: Report, rule_id: str, judged: int, digits: int, published: float) -> None:
    (city,) = [v for v in result(means, rule_id).verdicts(all_outcomes=True) if v.subject.name == "沈阳市"]
    assert isinstance(city.observed, float)
    assert round(city.observed, digits) == published
    assert (city.denominator, city.blanks) == (judged, 0)


def test_the_file_dates_itself_and_nothing_is_lost(report: Report) -> None:
    assert (report.as_of.isoformat(), report.as_of_from) == ("2023-09-30", "return")
    assert not report.unread
    assert report.subjects == 1153 + 1527 + 179 + 1
