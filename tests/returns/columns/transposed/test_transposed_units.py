"""Units that stand beside the labels of a table with a subject in each column, and how its rows are counted."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from communitycheck.check import check
from communitycheck.model.report import Report
from communitycheck.reporting.summary import summary_pairs
from communitycheck.reporting.words.sentences import Wording

CASES = yaml.safe_load((Path(__file__).parent / "transposed_units.yaml").read_text("utf-8"))


def _judged(case: dict[str, Any], folder: Path) -> Report:
    label, value = case.get("label", "综合服务设施面积"), case.get("value", 420)
    rows = [
        ["指标", case["header"], "柏林社区", "松江社区"],
        ["社区类型", "", "城市", "城市"],
        ["户数", "户", 1000, 1100],
        [label, case["unit"], value, value],
    ]
    path = folder / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return check(path, standards=["liaoning-2021"], select=["LN-01"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['header']}-{case['unit']}-{case.get('label', '')}")
def test_a_unit_beside_the_label(case: dict[str, Any], tmp_path: Path) -> None:
    report = _judged(case, tmp_path)
    (table,) = report.returns[0].tables
    column = table.columns.get("facility_area")
    if case["area"] is None:
        assert column is None and report.exit_code == 3
        assert {"unit-does-not-fit", "column-to-confirm"} <= {notice.code for notice in report.notices}
    else:
        assert column is not None and column.lo is not None and report.exit_code == 0
        assert np.allclose(column.lo, case["area"])


def test_rows_of_indicators_are_told_from_subjects(tmp_path: Path) -> None:
    report = _judged(CASES[0], tmp_path)
    rows = dict(summary_pairs(report, Wording.of(report, "zh")))["各类行数"]
    assert "记录 3" in rows and "3 行记录是指标" in rows and "每列一个对象，共 2 个" in rows
