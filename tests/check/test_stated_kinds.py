"""The kind of communities that no column gives: by sheets, titles, headers, headings and names, or asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from check.workbook import Rows, book
from communitycheck.check import check
from communitycheck.reporting.words.sentences import Wording

CASES = yaml.safe_load((Path(__file__).parent / "stated_kinds.yaml").read_text("utf-8"))
MARKS = {"urban": "u", "rural": "r", None: "?"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_the_kind_is_stated_elsewhere(case: dict[str, Any], tmp_path: Path) -> None:
    more = [case["column"]] if "column" in case else case.get("columns", [])
    rows: Rows = [[case["title"]]] if "title" in case else []
    rows.append([case.get("name", "社区名称"), *more, "户数", "综合服务设施面积"])
    for name, *answers in case["rows"]:
        heading = "、" in name or name in ("城市社区", "农村社区")
        rows.append([name] if heading else [name, *answers, 1000, 450])
    path = book(tmp_path / "a.xlsx", **{case.get("sheet", "Sheet1"): rows})
    report = check(path, standards=["liaoning-2021"], select=["LN-01", "LN-02"])
    (table,) = report.returns[0].tables
    column = table.columns.get("community_type")
    kinds = "-" * len(table) if column is None else "".join(MARKS[kind] for kind in column.text.to_pylist())
    assert kinds == case["kinds"]
    assert report.exit_code == (3 if set(kinds) & set("?-") else 0)
    said = [n for n in report.notices if n.code.startswith("kind")]
    wording = Wording.of(report, "zh")
    assert all(wording.notice(notice) for notice in said)
    if "columns" not in case:
        assert bool(said) == (column is not None)
