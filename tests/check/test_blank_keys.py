"""A blank key of a table: where all rows say the same, that holds; else nobody knows."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from communitycheck.check import check

BANDS = [{"below": "1000 persons", "value": 300}, {"value": 400}]
SAME = [{"below": "1000 persons", "value": 400}, {"value": 400}]


@pytest.mark.parametrize(
    ("rows", "keys", "cells", "outcome"),
    [
        ({"urban": 300, "rural": 300}, "community_type", ",900", "fail"),
        ({"urban": 300, "rural": 200}, "community_type", ",900", "no_data"),
        ({"urban": SAME, "rural": 400}, "community_type, population", ",", "fail"),
        ({"urban": SAME, "rural": BANDS}, "community_type, population", ",2000", "fail"),
        ({"urban": BANDS, "rural": BANDS}, "community_type, population", ",900", "fail"),
        ({"urban": BANDS, "rural": 200}, "community_type, population", ",900", "no_data"),
    ],
)
def test_what_all_rows_say_holds(rows: Any, keys: str, cells: str, outcome: str, tmp_path: Path) -> None:
    rule = {"id": "T-1", "title": "甲", "clause": "一", "applies_to": "community", "severity": "expected"}
    body = {
        "standard": "blank-keys",
        "title": "标准",
        "source": {"document": "文件"},
        "jurisdiction": {"code": "000000", "name": "全国"},
        "tables": {"t": {"clause": "一", "unit": "m2", "rows": rows}},
        "rules": [{**rule, "indicator": "facility_area", "at_least": f"lookup(t, {keys})"}],
    }
    (tmp_path / "s.yaml").write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    lines = ["社区名称,综合服务设施面积,社区类型,常住人口", f"甲社区,250,{cells}"]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    report = check(tmp_path / "a.csv", [tmp_path / "s.yaml"], as_of=date(2025, 6, 30))
    assert [v.outcome.word for v in report.verdicts(all_outcomes=True)] == [outcome]
