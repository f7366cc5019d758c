"""Columns that sound like the ones that are judged: the right one is read, or it is asked; never another's figures."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from cases.answers import answer
from cases.make import Book, Rows, write_openpyxl

AREAS = (
    "综合服务设施占地面积（平方米）", "规划综合服务设施面积", "拟建综合服务设施面积", "综合服务设施面积缺口",
    "综合服务设施室外面积", "2019年综合服务设施面积", "上年末综合服务设施面积", "综合服务设施面积目标",
    "综合服务设施租赁面积", "其中：租用面积", "应配综合服务设施面积", "综合服务设施面积标准", "综合服务设施新增面积",
    "每百户综合服务设施面积", "综合服务设施面积是否达标", "综合服务设施面积排名", "建筑面积", "使用面积", "总面积",
    "服务设施建筑面积", "社区面积", "辖区面积（平方公里）", "办公用房面积", "党群服务中心面积", "设施面积合计",
)  # fmt: skip
HOUSEHOLDS = (
    "低保户数", "空置户数", "商户数", "户籍户数", "登记户数", "上年户数", "入住户数", "出租户数", "规划户数", "农户数",
    "党员中心户数", "残疾人户数",
)  # fmt: skip
RIGHT = {"facility_area": (450, 290, 460), "households": (1000, 1010, 1020)}


def wrong(seed: int, folder: Path) -> list[str]:
    rng = random.Random(seed)
    columns = [("综合服务设施面积", RIGHT["facility_area"]), ("常住户数", RIGHT["households"])]
    for name in (*rng.sample(AREAS, 2), rng.choice(HOUSEHOLDS)):
        columns.append((name, (rng.randint(1, 900), rng.randint(1, 900), rng.randint(1, 900))))
    rng.shuffle(columns)
    rows: Rows = [["社区名称", *(name for name, _ in columns)]]
    rows += [[f"{'一二三'[i]}社区", *(figures[i] for _, figures in columns)] for i in range(3)]
    write_openpyxl(folder / "return.xlsx", Book({"S": rows}))
    got = answer(folder / "return.xlsx", standards=["liaoning-2021"])
    if got.refused:
        return []  # asked which column is meant
    return [
        f"{seed}: {rows[0]}: {key} is {record[key]}"
        for i, record in enumerate(got.records)
        for key, figures in RIGHT.items()
        if record.get(key) not in (None, "unreadable", figures[i]) or (record.get(key) is None and got.exit in (0, 1))
    ]


def test_some_decoys(tmp_path: Path) -> None:
    found = [line for seed in range(30) for line in wrong(seed, tmp_path)]
    assert found == [], "\n".join(found)


@pytest.mark.slow
def test_many_decoys(tmp_path: Path) -> None:
    found = [line for seed in range(100, 3000) for line in wrong(seed, tmp_path)]
    assert found == [], "\n".join(found)
