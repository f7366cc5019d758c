"""``covers`` with ``at_least`` beside it: so many of the items, whichever they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from communitycheck import check
from communitycheck.model.result import Outcome

RULES = """
standard: own
title: {{zh: 示例标准, en: An example}}
source: {{document: 示例文件}}
jurisdiction: {{code: "210100", name: 沈阳市}}
rules:
  - id: OWN-1
    title: 智慧场景
    clause: 一
    applies_to: estate
    indicator: smart_scenarios
    covers: [智能监控, 智能门禁, 智能停车]
    {needed}
"""
CELLS = {
    "智能监控、智能停车": {1: "pass", 2: "pass", 3: "fail"},
    "智能停车": {1: "pass", 2: "fail", 3: "fail"},
    "智能停车等": {1: "pass", 2: "no_data", 3: "no_data"},
    "无": {1: "fail", 2: "fail", 3: "fail"},
    "": {1: "no_data", 2: "no_data", 3: "no_data"},
}


@pytest.mark.parametrize("needed", [1, 2, 3])
def test_so_many_of_the_items(tmp_path: Path, needed: int) -> None:
    rules, file = tmp_path / "own.yaml", tmp_path / "r.csv"
    rules.write_text(RULES.format(needed=f"at_least: {needed}" if needed < 3 else ""), encoding="utf-8")
    lines = [f"和平区,第{i}小区,{cell}" for i, cell in enumerate(CELLS)]
    file.write_text("\n".join(["县区,小区名称,智慧应用场景", *lines]), encoding="utf-8")
    (result,) = check(file, standards=rules).results
    found = [Outcome(code).word for code in result.outcome.tolist()]
    assert found == [wanted[needed] for wanted in CELLS.values()]
    assert result.missed.tolist() == [i for i, word in enumerate(found) if word == "fail"]
