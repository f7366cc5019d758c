"""Forms and tables whose rows are indicators: read for whom they are about, or refused. See ``forms.yaml``."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl.utils import range_boundaries

from communitycheck.errors import ReturnError
from communitycheck.model.returns import Return
from communitycheck.returns.files.open import Opened
from communitycheck.returns.gather import without_records
from communitycheck.returns.grid import grid_of_rows
from communitycheck.returns.read import build
from communitycheck.standards import load_dictionary
from each import each
from paths import RULES

DICTIONARY = load_dictionary(RULES / "dictionary.yaml")
CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "forms.yaml").read_text("utf-8"))
# No subject is ever called by one of these.
NO_NAMES = {
    "本期", "数量", "上年同期", "同比", "累计", "计划", "目标", "增减", "比上年", "备注", "填写", "合计", "城市",
    "农村",
}  # fmt: skip


def read(case: dict[str, Any]) -> Return:
    lines = [[text.strip() or None for text in line.split("|")] for line in case["sheet"].rstrip("\n").split("\n")]
    path = f"{case.get('file', 'a')}.xlsx"
    grid = grid_of_rows(path, case.get("name", "Sheet1"), lines)
    for written in case.get("merged", []):
        c1, r1, c2, r2 = range_boundaries(written)
        assert c1 and r1 and c2 and r2
        grid.merged.append((r1 - 1, c1 - 1, r2 - 1, c2 - 1))
    one = build(Opened(path, "", "xlsx", grids=[grid]), DICTIONARY)
    error = without_records(one)
    if error is not None:
        raise error
    return one


@each("case", CASES, ids=[case["case"] for case in CASES])
def test_form(case: dict[str, Any]) -> None:
    if "error" in case:
        with pytest.raises(ReturnError) as raised:
            read(case)
        assert raised.value.code == case["error"]
        return
    got = read(case)
    (table,) = got.tables
    assert table.entity == case["entity"]
    found: dict[str, Any] = {}
    for key in case["read"]:
        column = table.columns[key]
        numbers = None if column.lo is None else column.lo.tolist()
        found[key] = column.text.to_pylist() if numbers is None else [None if math.isnan(n) else n for n in numbers]
    assert found == case["read"]
    names = {text for column in table.columns.values() if column.text is not None for text in column.text.to_pylist()}
    assert not names & NO_NAMES
    if "period" in case:
        assert got.sheets[0].period == case["period"]
    said = next((n.values["columns"] for n in got.notices if n.code == "other-periods-aside"), "")
    assert said == "、".join(case.get("aside", []))
