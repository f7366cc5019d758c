"""Formulas over parts in different units are shown as their author wrote them, and the figures in them add up."""

from __future__ import annotations

from pathlib import Path

import pytest

from communitycheck.cli.run import run

RULES = """\
standard: own
title: {zh: 示例标准, en: An example}
source: {document: 示例文件, issuer: 示例单位, date: 2020-01-01}
jurisdiction: {code: "210000", name: 辽宁省}
in_force: {from: 2020-01-01}
fields:
  orchard: {label: {zh: 果园面积, en: Orchard}, type: decimal, unit: ha}
  meadow: {label: {zh: 草地面积, en: Meadow}, type: decimal, unit: m2}
  density: {label: {zh: 建筑容量, en: Density}, type: decimal, unit: ratio}
rules:
  - {id: S-1, title: {zh: 绿地, en: Green}, clause: 一, applies_to: community, severity: mandatory,
     indicator: orchard + meadow, at_least: 2 ha}
  - {id: S-2, title: {zh: 草地, en: Meadow}, clause: 二, applies_to: community, severity: mandatory,
     indicator: meadow, at_least: orchard * 0.5 + 100 m2}
  - {id: S-3, title: {zh: 容量, en: Density}, clause: 三, applies_to: community, severity: mandatory,
     indicator: density, at_most: 1.8}
  - {id: S-4, title: {zh: 比例, en: Ratio}, clause: 四, applies_to: community, severity: mandatory,
     indicator: meadow / orchard, at_least: 1.2 ratio}
  - {id: S-5, title: {zh: 合计, en: Sum}, clause: 五, applies_to: community, by: [county], severity: mandatory,
     indicator: sum(orchard) + sum(meadow), at_least: 4 ha}
  - {id: S-6, title: {zh: 列举, en: List}, clause: 六, applies_to: community, severity: mandatory,
     indicator: meadow, at_least: 'if(county in ["和平区", "沈河区"], 5000 m2, 1 m2)'}
"""
RETURN = """\
县区,社区名称,社区类型,果园面积（公顷）,草地面积（㎡）,建筑容量
和平区,甲社区,城市,1.5,4000,2.1
"""
SHOWN = {
    "S-1": ("甲社区", ["Orchard + Meadow: at least 2 ha", "1.5 ha + 4,000 m² = 1.9 ha"]),
    "S-2": ("甲社区", ["at least Orchard × 0.5 + 100 m²", "1.5 ha × 0.5 + 100 m² = 7,600 m²"]),
    "S-3": ("甲社区", ["at most 1.8", "2.1 > 1.8: not met", "Density at most 1.8 (now 2.1)"]),
    "S-4": ("甲社区", ["Meadow ÷ Orchard", "4,000 m² ÷ 1.5 ha ≈ 0.26667", "0.26667 < 1.2"]),
    "S-6": ("甲社区", ["= if(yes, 5,000 m²,", "4,000 m² < 5,000 m²: not met"]),
    "S-5": ("和平区", ["1.5 + 4,000 ÷ 10,000 = 1.9 ha"]),
}


@pytest.mark.parametrize("rule", SHOWN)
def test_a_formula_is_shown_as_it_was_written(rule: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    subject, wanted = SHOWN[rule]
    (tmp_path / "own.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "r.csv").write_text(RETURN, encoding="utf-8")
    place = [str(tmp_path / "r.csv"), "--standard", str(tmp_path / "own.yaml")]
    run(["explain", *place, "--rule", rule, "--subject", subject, "--as-of", "2022-01-01", "--lang", "en"])
    told = capsys.readouterr().out
    assert [text for text in wanted if text not in " ".join(told.split())] == []
    assert "unknown" not in told
