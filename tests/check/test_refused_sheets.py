"""A sheet that cannot be judged beside one that can: dropped where it surely is something else, else the run is
incomplete."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from check.workbook import Rows, book
from communitycheck.check import check

CASES = yaml.safe_load((Path(__file__).parent / "refused_sheets.yaml").read_text("utf-8"))
JUDGED: Rows = [
    ["社区名称", "社区类型", "户数", "综合服务设施面积"],
    ["清泉社区", "城市", 1000, 420],
    ["柳林社区", "城市", 1000, 430],
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['sheet']}-{'|'.join(map(str, case['rows'][0]))}")
def test_a_second_sheet(case: dict[str, Any], tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", 城区=JUDGED, **{case["sheet"]: case["rows"]})
    report = check(path, standards=["liaoning-2021"], select=["LN-01", "LN-03"])
    (other,) = (sheet for sheet in report.returns[0].sheets if sheet.name == case["sheet"])
    assert other.unread_rows == case["lost"]
    assert report.exit_code == (3 if case["lost"] else 0)
    assert other.not_read
    assert sum(other.row_counts.values()) == len(case["rows"]) and min(other.row_counts.values()) >= 0
    assert any(notice.at.sheet == case["sheet"] for notice in report.notices)
