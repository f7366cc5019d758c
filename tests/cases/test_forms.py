"""Forms by seed: indicators down, units and periods across. Either one subject, of the title, or a refusal."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from cases.answers import answer
from cases.make import Book, Cell, Rows, write_csv, write_openpyxl

LABELS = ("指标", "指标名称", "项目", "项目名称", "统计指标", "内容", "考核内容", "名称及内容")
UNITS = ("单位", "计量单位", "计量", "单 位")
CODES = ("代码", "行次", "序号", "代 码")
NOW = (
    "本期",
    "本年",
    "数量",
    "本期数",
    "本年实际",
    "报告期",
    "本月",
    "数值",
    "完成情况",
    "实际完成",
    "合计",
    "数据",
    "本季度",
)
OTHER = (
    "上年同期",
    "上年",
    "同比",
    "同比增长（%）",
    "累计",
    "计划",
    "年度计划",
    "目标",
    "增减",
    "比上年增减",
    "上期",
    "去年同期",
    "环比",
)
NOTES = ("备注", "说明", "填写说明", "数据来源")
FIELDS = {
    "households": (("常住户数", "户数", "总户数"), "户", 18300),
    "population": (("常住人口", "常住人口数"), "人", 47100),
    "facility_area": (("综合服务设施面积", "社区综合服务设施面积"), "平方米", 7200),
    "community_workers": (("社区工作者", "社区工作者人数"), "人", 91),
}
PLACES = {
    "大连市中山区桂林街道": ("桂林街道", "street"),
    "沈阳市大东区津桥街道": ("津桥街道", "street"),
    "大东区津桥街道红旗社区": ("红旗社区", "community"),
    "铁岭市昌图县八面城镇": ("八面城镇", "street"),
    "": ("", ""),
}


def form(rng: random.Random, place: str) -> tuple[Rows, dict[str, float]]:
    """A form and the figures of the period that it reports."""
    rows: Rows = [[f"{place}{rng.choice(('社区服务情况表', '社区建设统计报表', '服务月报', '基本情况'))}"]]
    if rng.random() < 0.3:
        rows.append([f"填报单位：{place or '民政科'}", None, "填报日期：2022年1月5日"])
    columns = ["label"]
    columns += ["unit"] if rng.random() < 0.7 else []
    columns += ["code"] if rng.random() < 0.4 else []
    rng.shuffle(columns)
    columns.sort(key=lambda one: one != "label")
    columns += ["now", *(["other"] * rng.choice((0, 1, 1, 2)))]
    columns += ["note"] if rng.random() < 0.3 else []
    others = iter(rng.sample(OTHER, 2))
    words = {"label": LABELS, "unit": UNITS, "code": CODES, "now": NOW, "note": NOTES}
    rows.append([next(others) if one == "other" else rng.choice(words[one]) for one in columns])
    chosen = rng.sample(list(FIELDS), rng.randint(2, 4))
    for number, key in enumerate(chosen, 1):
        names, unit, figure = FIELDS[key]
        held: dict[str, Cell] = {
            "label": rng.choice(names), "unit": unit, "code": f"{number:02d}", "now": figure, "note": None,
        }  # fmt: skip
        rows.append([figure - 7 * number if one == "other" else held[one] for one in columns])
    return rows, {key: float(FIELDS[key][2]) for key in chosen}


def wrong(seed: int, folder: Path) -> list[str]:
    rng = random.Random(seed)
    place = rng.choice(list(PLACES))
    rows, figures = form(rng, place)
    path = folder / rng.choice(("return.xlsx", "return.csv"))
    (write_csv if path.suffix == ".csv" else write_openpyxl)(path, Book({"S": rows}))
    got = answer(path, standards=["liaoning-2021"])
    name, entity = PLACES[place]
    shown = f"{seed}: {rows[-len(figures) - 1]} of {place or 'nowhere'}"
    found = [f"{shown}: a subject {one['name']!r} ({one['entity']})" for one in got.records if one["name"] != name]
    for record in got.records:
        if record["name"] == name and name:
            found += [f"{shown}: a {record['entity']}"] if record["entity"] != entity else []
            found += [
                f"{shown}: {key} is {record[key]}"
                for key, figure in figures.items()
                if key in record and record[key] not in (None, figure)
            ]
    if not got.records and got.exit not in (2, 3):
        found.append(f"{shown}: exit {got.exit} with nothing read")
    if len(got.records) > 1:
        found.append(f"{shown}: {len(got.records)} records")
    return found


def test_some_forms(tmp_path: Path) -> None:
    found = [line for seed in range(60) for line in wrong(seed, tmp_path)]
    assert found == [], "\n".join(found)


@pytest.mark.slow
def test_many_forms(tmp_path: Path) -> None:
    found = [line for seed in range(100, 3000) for line in wrong(seed, tmp_path)]
    assert found == [], "\n".join(found)
