"""What is missing and what closes it: exact, and no figure where none is certain."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from communitycheck.check import check

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "remedies.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_remedies(case: dict[str, Any], tmp_path: Path) -> None:
    usual = {"id": "R-1", "title": "示例", "clause": "一", "applies_to": "community", "severity": "mandatory"}
    standard = {
        "standard": "remedies", "title": "示例标准", "source": {"document": "文件"},
        "jurisdiction": {"code": "000000", "name": "全国"}, "rules": [usual | case["rule"]],
    }  # fmt: skip
    (tmp_path / "remedies.yaml").write_text(json.dumps(standard, ensure_ascii=False), "utf-8")
    lines = "\n".join([case["header"], *(row[0] for row in case["rows"])])
    (tmp_path / "a.csv").write_text(lines, "utf-8")
    (result,) = check(tmp_path / "a.csv", [tmp_path / "remedies.yaml"], as_of=date(2023, 12, 31)).results
    found = [(v.outcome.word, v.shortfall, v.add) for v in result.verdicts(all_outcomes=True)]
    for (line, outcome, missing, more), (word, shortfall, add) in zip(case["rows"], found, strict=True):
        assert word == outcome, line
        assert shortfall == (None if missing is None else pytest.approx(missing, rel=1e-7)), line
        assert add == (None if more is None else pytest.approx(more, rel=1e-12, abs=1e-9)), line
