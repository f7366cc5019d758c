"""``if`` in limit, indicator and where: what is certain either way is judged; what hangs on a blank names its cell."""

from __future__ import annotations

from datetime import date

import pytest

from communitycheck import check, render
from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome

RULES = """
standard: own
title: {zh: 示例标准, en: An example}
source: {document: 示例文件}
jurisdiction: {code: "210100", name: 沈阳市}
rules:
  - id: C-1
    title: 甲
    clause: 一
    applies_to: community
    indicator: facility_area
    at_least: if(community_type == "urban", 400, 300)
  - id: C-2
    title: 乙
    clause: 二
    applies_to: community
    where: if(community_type == "urban", households >= 1000, households >= 300)
    indicator: facility_area
    at_least: 350 m2
  - id: C-3
    title: 丙
    clause: 三
    applies_to: community
    indicator: if(households >= 500, facility_area, outdoor_area)
    at_least: 320 m2
"""
# Type, area, households: what the three rules say of it. No column has outdoor areas.
RECORDS = {
    ("城市", "390", "1200"): "fail pass pass",
    ("农村", "310", "400"): "pass fail no_data",
    ("城市", "310", "400"): "fail not_applicable no_data",
    ("", "390", "1200"): "no_data pass pass",
    ("", "290", "200"): "fail not_applicable no_data",
    ("", "410", "500"): "pass no_data pass",
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("choices")
    (folder / "own.yaml").write_text(RULES, encoding="utf-8")
    lines = [f"和平区,第{i}社区,{','.join(cells)}" for i, cells in enumerate(RECORDS)]
    (folder / "r.csv").write_text("\n".join(["县区,社区名称,社区类型,综合服务设施面积,户数", *lines]), encoding="utf-8")
    return check(folder / "r.csv", standards=folder / "own.yaml", as_of=date(2022, 1, 1))


def test_outcomes(report: Report) -> None:
    found = [[Outcome(code).word for code in result.outcome.tolist()] for result in report.results]
    assert [" ".join(of_record) for of_record in zip(*found, strict=True)] == list(RECORDS.values())


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("zh", "无法断定：C5 空白（社区类型）；实际为 390 ㎡，要求不少于 300～400 ㎡"),
        ("en", "stays open: C5 is blank (Community type); observed 390 m², required at least 300 to 400 m²"),
    ],
)
def test_the_blank_that_decides_is_named(report: Report, lang: Lang, told: str) -> None:
    assert told in "".join(render(report, "csv", lang))
