"""Names of regions that rules write out and no record has."""

from __future__ import annotations

from pathlib import Path

import pytest

from communitycheck.check import check

STANDARD = """
standard: own
title: {{zh: 示例, en: An example}}
source: {{document: 示例文件}}
jurisdiction: {{name: Northshire}}
levels:
  county: {{label: {{zh: 自治市, en: borough}}, plural: {{en: boroughs}}}}
rules:
  - id: R-1
    title: {{zh: 面积, en: Area}}
    clause: 一
    applies_to: community
    {rule}
"""
RETURN = "borough,社区名称,综合服务设施面积\nAshford,甲社区,500\nBexhill,乙社区,300\n"
DUE = """indicator: facility_area
    at_least: 400 m2
    severity: expected
    due: [{{where: borough == "{}", value: 2020-01-01}}]"""


@pytest.mark.parametrize(
    ("named", "near"),
    [("Ashfrod", ["Ashford"]), ("ashford", ["Ashford"]), ("Ashford", []), ("Winchester", []), ("沈河区", [])],
)
def test_a_name_like_one_of_the_return_is_asked_about(tmp_path: Path, named: str, near: list[str]) -> None:
    (tmp_path / "own.yaml").write_text(STANDARD.format(rule=DUE.format(named)), encoding="utf-8")
    (tmp_path / "r.csv").write_text(RETURN, encoding="utf-8")
    report = check(tmp_path / "r.csv", [tmp_path / "own.yaml"])
    asked = [notice for notice in report.notices if notice.code == "region-not-found"]
    assert [notice.values["near"] for notice in asked] == near
    assert [(notice.text, notice.values["rules"]) for notice in asked] == [(named, "R-1")] * len(near)
