"""A mapping that is saved and used as it is changes no verdict, however many hands the returns are by."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from cases.make import Book, Rows, write_csv, write_openpyxl
from communitycheck import api
from communitycheck.model.report import Report

# One field under each of its names; a hand takes one of each.
NAMES = {
    "community": ("社区名称", "社区", "社区（村）名称", "村（社区）", "居委会名称"),
    "type": ("社区类型", "类型", "社区类别", "城乡类型"),
    "households": ("常住户数", "户数", "户数（户）", "总户数"),
    "area": ("综合服务设施面积", "综合服务设施面积（㎡）", "综合服务设施建筑面积(平方米)", "社区综合服务设施面积"),
    "street": ("街道", "乡镇（街道）", "所属街道", "街道（乡镇）"),
    "note": ("备注", "说明", "其他"),
}
FIGURES = {"households", "area"}


def by_one_hand(rng: random.Random, number: int) -> Rows:
    """A return with its own words, its own order of columns, and a title or none."""
    keys = list(NAMES)
    rng.shuffle(keys)
    rows: Rows = [[f"某区第{number}街道社区情况表"]] if rng.random() < 0.5 else []
    rows.append([rng.choice(NAMES[key]) for key in keys])
    for i in range(rng.randint(3, 9)):
        held = {
            "community": f"{number}号{'东南西北中前后左右'[i]}社区", "type": rng.choice(("城市社区", "农村社区")),
            "households": rng.randint(400, 3000), "area": rng.randint(200, 1200), "street": f"第{number}街道",
            "note": rng.choice((None, "已核", "新建")),
        }  # fmt: skip
        rows.append([held[key] for key in keys])
    return rows


def all_of(report: Report) -> list[tuple[object, ...]]:
    return [
        (v.rule.id, v.subject.name, v.outcome.word, v.observed, v.shortfall) for v in report.verdicts(all_outcomes=True)
    ]


@pytest.mark.parametrize("seed", range(6))
def test_unedited(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    for number in range(1, 13):
        rows = by_one_hand(rng, number)
        folder = tmp_path / "returns" / rng.choice(("", "东", "西"))
        folder.mkdir(parents=True, exist_ok=True)
        if rng.random() < 0.3:
            write_csv(folder / f"第{number}街道.csv", Book({"": rows}))
        else:
            sheet = rng.choice(("Sheet1", "Sheet1", "社区"))
            write_openpyxl(folder / f"第{number}街道.xlsx", Book({sheet: rows}))
    before = api.check([tmp_path / "returns"], ["liaoning-2021"])
    api.save_mapping(tmp_path / "m.yaml", api.inspect([tmp_path / "returns"]), "zh")
    after = api.check([tmp_path / "returns"], ["liaoning-2021"], mapping=tmp_path / "m.yaml")
    assert len(all_of(before)) > 100
    assert all_of(after) == all_of(before)
    assert after.exit_code == before.exit_code
