"""The unit of a field, of its header, of a cell and of the limit may differ: the same amount has the same verdict."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from communitycheck import api
from communitycheck.model.result import Outcome

HEAD = {
    "standard": "units-of-columns",
    "title": {"zh": "示例", "en": "An example"},
    "source": {"document": "示例文件", "issuer": "示例单位", "date": "2024-01-01"},
    "jurisdiction": {"code": "000000", "name": "全国"},
}
# label; declared; header; limit; a cell that just meets it, and one that just misses it.
SAME = [
    ("每周开放时间", "h/week", "每周开放时间（小时）", "at_least: 42 小时/周", "42", "41"),
    ("每周开放时间", "h/week", "每周开放时间（小时/周）", "at_least: 42 h/week", "42", "41"),
    ("每周开放时间", "h/week", "每周开放时间", "at_least: 6 h/day", "42", "41"),
    ("每周开放时间", "h/week", "每周开放时间（分钟）", "at_least: 42 h/week", "2520", "2519"),
    ("每月活动次数", "times/month", "每月活动次数（次）", "at_least: 2 次/月", "2", "1"),
    ("每月活动次数", "times/month", "每月活动次数（次/月）", "at_least: 24 次/年", "2", "1"),
    ("每月服务天数", "days/month", "每月服务天数（天）", "at_least: 20 days/month", "20", "19"),
    ("收费", "yuan/month", "收费（元）", "at_least: 3000 元/月", "3000", "2999"),
    ("收费", "yuan/month", "收费（元/月）", "at_least: 3000 元/月", "0.3万元", "2999元"),
    ("收费", "yuan/month", "收费（万元/月）", "at_least: 3000 元/月", "0.3", "0.29"),
    ("年人均经费", "yuan/person/year", "年人均经费（元）", "at_least: 94 元/人/年", "94", "93"),
    ("年经费", "yuan/year", "年经费（万元）", "at_least: 940 万元/年", "940", "939"),
    ("购置费", "yuan", "购置费（万元）", "at_least: 3000 元", "0.3", "2999元"),
    ("投资", "亿元", "投资（万元）", "at_least: 1 亿元", "10000", "9999"),
    ("投资", "亿元", "投资", "at_least: 1 亿元", "1", "0.9999"),
    ("距离", "km", "距离", "at_least: 300 m", "300米", "0.2"),
    ("绿地", "ha", "绿地（亩）", "at_least: 1 ha", "15", "14"),
    ("响应时间", "minutes", "响应时间（分钟）", "at_least: 15 分钟", "0.25小时", "14"),
]
# What does not measure the same, or speaks of another span of time, is no verdict.
OTHER = [
    ("每周开放时间", "h/week", "每日开放时间（小时）", "at_least: 42 小时/周", "42"),
    ("每周开放时间", "h/week", "每周开放时间（元）", "at_least: 42 小时/周", "42"),
    ("每月活动次数", "times/month", "本年度活动次数（次）", "at_least: 2 次/月", "24"),
    ("收费", "yuan/month", "收费（元）", "at_least: 3000 元/月", "300米"),
]


def _outcomes(label: str, unit: str, header: str, limit: str, cells: list[str], folder: Path) -> list[str]:
    key, wanted = limit.split(": ")
    field = {"label": label, "type": "decimal", "unit": unit, "aliases": [header.split("（")[0]]}
    rule: dict[str, Any] = {"id": "R1", "title": "示例", "clause": "一", "applies_to": "community", "indicator": "own"}
    standard = {**HEAD, "fields": {"own": field}, "rules": [{**rule, "severity": "mandatory", key: wanted}]}
    (folder / "own.yaml").write_text(yaml.safe_dump(standard, allow_unicode=True), "utf-8")
    rows = [f"和平区,社区{k},城市,{cell}" for k, cell in enumerate(cells)]
    (folder / "a.csv").write_text("\n".join([f"县区,社区名称,社区类型,{header}", *rows]), "utf-8")
    report = api.check([folder / "a.csv"], standards=[str(folder / "own.yaml")])
    return [Outcome(int(one)).word for result in report.results for one in result.outcome]


@pytest.mark.parametrize("case", SAME, ids=lambda c: f"{c[1]} {c[2]} {c[3]} {c[4]}")
def test_the_same_amount_has_the_same_verdict(case: tuple[str, ...], tmp_path: Path) -> None:
    label, unit, header, limit, met, missed = case
    assert _outcomes(label, unit, header, limit, [met, missed], tmp_path) == ["pass", "fail"]


@pytest.mark.parametrize("case", OTHER, ids=lambda c: f"{c[1]} {c[2]} {c[4]}")
def test_what_measures_something_else_is_never_used(case: tuple[str, ...], tmp_path: Path) -> None:
    label, unit, header, limit, cell = case
    assert not {"pass", "fail"} & set(_outcomes(label, unit, header, limit, [cell], tmp_path))
