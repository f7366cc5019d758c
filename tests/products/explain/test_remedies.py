"""What an explanation says would make a record pass, where the rule's edge lies on a figure that people write."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from communitycheck.products.explain.front import explain

HEADER = "社区名称,户数,综合服务设施面积,社区工作者"
# The rule, the record, and each figure that the explanation proposes for a field, with how far further is as good.
CASES: dict[str, tuple[dict[str, Any], str, dict[str, tuple[float, str]]]] = {
    "strictly more, whole numbers": (
        {"indicator": "community_workers", "more_than": 5}, "甲,1000,300,3", {"community_workers": (6, "at-least")},
    ),
    "strictly more, hundredths": (
        {"indicator": "facility_area", "more_than": "400 m2"}, "甲,1000,300,3", {"facility_area": (400.01, "at-least")},
    ),
    "at most, hundredths": (
        {"indicator": "facility_area", "at_most": "250 m2"}, "甲,1000,300,3", {"facility_area": (250, "at-most")},
    ),
    "strictly less, whole numbers": (
        {"indicator": "community_workers", "less_than": 5}, "甲,1000,300,9", {"community_workers": (4, "at-most")},
    ),
    "only the highest figure that the field can take": (
        {"indicator": "facility_area", "at_least": "50000 m2"}, "甲,1000,300,3", {"facility_area": (50000, "at-least")},
    ),
    "only nothing": (
        {"indicator": "facility_area", "at_most": "0 m2"}, "甲,1000,300,3", {"facility_area": (0, "at-most")},
    ),
    "a bound with two ends": (
        {"indicator": "facility_area", "between": [500, 600], "unit": "m2"},
        "甲,1000,300余,3",
        {"facility_area": (500, "exactly")},
    ),
    "a bound without an upper end": (
        {"indicator": "facility_area", "between": [500, 600], "unit": "m2"},
        "甲,1000,≥650,3",
        {"facility_area": (600, "exactly")},
    ),
    "a ratio, by either side": (
        {"indicator": "facility_area / households * 100", "at_least": 30},
        "甲,1000,200,3",
        {"facility_area": (300, "at-least"), "households": (666, "at-most")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_figures_that_would_pass(
    case: tuple[dict[str, Any], str, dict[str, tuple[float, str]]], tmp_path: Path
) -> None:
    rule, record, expected = case
    usual = {"id": "R-1", "title": "示例", "clause": "一", "applies_to": "community"}
    body = {
        "standard": "remedies",
        "title": "示例标准",
        "source": {"document": "示例文件"},
        "jurisdiction": {"code": "000000", "name": "全国"},
        "rules": [usual | rule],
    }
    (tmp_path / "remedies.yaml").write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    (tmp_path / "a.csv").write_text(f"{HEADER}\n{record}\n", encoding="utf-8")
    found = explain(tmp_path / "a.csv", "R-1", "甲", standards=[tmp_path / "remedies.yaml"], as_of=date(2023, 12, 31))
    (one,) = found.explanations
    changes = {c.key: (c.to, c.how) for r in one.remedies if r.kind == "fields" for c in r.changes}
    assert changes == {key: (pytest.approx(to), how) for key, (to, how) in expected.items()}
