"""Returns of a county built row by row, so that what each row is and holds is known before anything is read.

Towns with their communities; subtotals above, below or nowhere; a grand total, right or wrong; headings, blanks, pages,
remarks that hold words for totals; any size.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from cases.make import Cell, Rows

REMARKS = (
    "全市",
    "合计",
    "本社区",
    "小计2处",
    "已核实",
    "见附件",
    "其中租赁",
    "总计",
    "全区",
    "注：新建",
    "无",
    "市辖区",
)
TOWNS = "东西南北中前后左右上下大小新老金银铜铁木水火土风云雷雨山川湖海江河"


@dataclass
class Built:
    """``letters`` has one for each row; ``names`` the records; ``wrong`` the cells of totals that are not the sum."""

    rows: Rows = field(default_factory=list)
    letters: str = ""
    names: list[str] = field(default_factory=list)
    areas: list[float | None] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, letter: str, *cells: Cell) -> None:
        self.rows.append(list(cells))
        self.letters += letter


@dataclass(frozen=True)
class Plan:
    """What a return is like."""

    towns: int
    each: int
    subtotals: str  # above, below, none
    grand: str  # top, bottom, none
    wrong: bool
    heading: bool  # a town is a heading of its own, not a column
    remarks: bool
    page: int  # so many records to a page, 0 for one page
    blanks: float

    @staticmethod
    def drawn(rng: random.Random, size: int) -> Plan:
        each = max(2, round(rng.uniform(2, 12)))
        heading = rng.random() < 0.3
        return Plan(
            towns=max(1, size // each), each=each,
            subtotals="none" if heading else rng.choice(("above", "below", "none")),
            grand=rng.choice(("top", "bottom", "none")), wrong=rng.random() < 0.4, heading=heading,
            remarks=rng.random() < 0.6, page=rng.choice((0, 0, 40)), blanks=rng.choice((0.0, 0.05)),
        )  # fmt: skip


def built(rng: random.Random, plan: Plan) -> Built:
    made = Built()
    head: list[Cell] = [
        "序号",
        *([] if plan.heading else ["乡镇（街道）"]),
        "社区名称",
        "常住户数",
        "综合服务设施面积（㎡）",
    ]
    head += ["备注"] if plan.remarks else []
    label = 1
    if rng.random() < 0.5:
        made.add("T", "社区综合服务设施情况统计表")
    made.add("H", *head)
    towns = [_town(rng, t, plan) for t in range(plan.towns)]
    sums = [[sum(one[k] or 0 for one in town[1]) for k in (1, 2)] for town in towns]
    grand = [sum(one[k] for one in sums) for k in (0, 1)]
    blank_areas = any(one[2] is None for town in towns for one in town[1])
    if plan.wrong:
        grand[1] += 37
    if plan.grand == "top":
        _total(made, plan, label, "全县合计", grand, plan.wrong)
    number = 0
    for (town, records), total in zip(towns, sums, strict=True):
        if plan.heading:
            made.add("G", town)
        if plan.subtotals == "above":
            _total(made, plan, label, f"{town}小计", total, wrong=False)
        for name, households, area in records:
            number += 1
            cells: list[Cell] = [number, *([] if plan.heading else [town]), name, households, area]
            made.add("R", *cells, *([rng.choice(REMARKS)] if plan.remarks and rng.random() < 0.5 else []))
            made.names.append(name)
            made.areas.append(area)
            if plan.page and number % plan.page == 0 and number < plan.towns * plan.each:
                made.add("P", *head)
        if plan.subtotals == "below":
            _total(made, plan, label, "小计", total, wrong=False)
    if plan.grand == "bottom":
        _total(made, plan, label, "总计", grand, plan.wrong)
    if rng.random() < 0.3:
        made.add("N", "注：面积为建筑面积，户数为常住户数。")
    if blank_areas:
        made.wrong = []  # what a blank holds may be what the total has more
    return made


def _town(rng: random.Random, t: int, plan: Plan) -> tuple[str, list[tuple[str, int, int | None]]]:
    name = TOWNS[t % len(TOWNS)] + (TOWNS[t // len(TOWNS) % len(TOWNS)] if t >= len(TOWNS) else "") + "镇"
    if t >= len(TOWNS) ** 2:
        name = f"第{t}镇"
    stem = name[:-1]
    records = []
    for i in range(plan.each):
        area = None if rng.random() < plan.blanks else rng.randint(200, 2000) * 10 + 7
        records.append((f"{stem}{'甲乙丙丁戊己庚辛壬癸子丑'[i % 12]}社区", rng.randint(300, 4000) * 10 + 3, area))
    return name, records


def _total(made: Built, plan: Plan, label: int, word: str, figures: list[Any], wrong: bool) -> None:
    cells: list[Cell] = [None, *([] if plan.heading else [word, None]), *([word] if plan.heading else []), *figures]
    made.add("S", *cells)
    if wrong:
        made.wrong.append(f"{'D' if plan.heading else 'E'}{len(made.rows)}")
