"""Every kind of threshold on its edge, through the front door: a file in, verdicts out."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from communitycheck.check import check
from communitycheck.model.result import Outcome
from each import each

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "edges.yaml").read_text(encoding="utf-8"))


# A case may bring its rules along.
OWN = """standard: {id}
title: 示例标准
source: {{document: 示例文件}}
jurisdiction: {{code: "000000", name: 全国}}
"""


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
@each("encoding", ["utf-8-sig", "gb18030"])
def test_edges(case: dict[str, Any], encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "return.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(case["header"].split("|"))
        writer.writerows(row[0].split("|") for row in case["rows"])
    standard = case["standard"]
    if "rules" in case:
        standard = tmp_path / f"{case['standard']}.yaml"
        standard.write_text(OWN.format(id=case["standard"]) + yaml.safe_dump({"rules": case["rules"]}), "utf-8")
    report = check(path, [standard], as_of=date(2023, 12, 31), select=[case["rule"]])
    (result,) = report.results
    found = {v.subject.name: v for v in result.verdicts(all_outcomes=True)}
    wrong = []
    for row in case["rows"]:
        verdict = found[row[0].split("|")[0]]
        if verdict.outcome.word != row[1]:
            wrong.append((row[0], row[1], verdict.outcome.word, verdict.reason.name))
        if len(row) > 2 and verdict.shortfall != pytest.approx(row[2], rel=1e-9):
            wrong.append((row[0], row[2], verdict.shortfall))
        if verdict.outcome is Outcome.NO_DATA and verdict.troubled:
            assert verdict.troubled[0][2], "the cell at fault is named"
    assert not wrong
