"""Random returns, each cell with what it says: figures, bounds, blanks, impossible and unreadable ones."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from independent.arithmetic import NO, NOT_APPLICABLE, UNKNOWN, YES, Answer, Num, number
from independent.rules import SCENARIOS, Record


@dataclass(frozen=True)
class NumberColumn:
    """``least``, ``most``: what a community can have at all; ``values``: figures near where it is decided.

    ``decimals``: areas and money, which also come as bounds.
    """

    header: str
    values: tuple[int, ...]
    most: int
    least: int = 0
    decimals: bool = False


NUMBERS = {
    "households": NumberColumn("常住户数", (800, 1000, 1333, 1334, 2000, 900, 720), 100_000_000, 1),
    "population": NumberColumn("常住人口", (4999, 5000, 5001, 9999, 10_000, 10_001, 15_000), 1_500_000_000, 1),
    "facility_area": NumberColumn(
        "综合服务设施面积（平方米）", (0, 300, 349, 350, 399, 400, 401, 599, 600, 601), 50_000, decimals=True,
    ),
    "station_area": NumberColumn("社区服务站面积（平方米）", (0, 399, 400, 401, 520), 50_000, decimals=True),
    "outdoor_area": NumberColumn(
        "室外活动广场面积（平方米）", (12_497, 12_500, 12_503, 25_000, 30_000), 1_000_000, decimals=True,
    ),
    "graduate_staff": NumberColumn("大学生人数", (0, 1, 2), 10_000_000),
    "social_workers": NumberColumn("社会工作专业人员", (0, 1, 2, 60, 120, 300), 10_000_000),
    "party_members": NumberColumn("党员数", (0, 50, 100, 117), 100_000_000),
    "party_volunteers": NumberColumn("参与志愿服务党员数", (0, 39, 40, 79, 80, 81, 93, 94, 100), 100_000_000),
    "resident_volunteers": NumberColumn(
        "参与志愿服务居民数", (1499, 1500, 1501, 2999, 3000, 4499, 4500, 4501, 6000), 100_000_000,
    ),
    "registered_volunteers": NumberColumn(
        "注册志愿者人数", (649, 650, 651, 1299, 1300, 1301, 1949, 1950, 3000), 100_000_000,
    ),
    "resident_units": NumberColumn("驻区单位数", (0, 5, 10, 13), 1_000_000),
    "agreements": NumberColumn("签订共驻共建协议数", (0, 3, 4, 5, 8, 10, 11), 1_000_000),
    "social_orgs": NumberColumn("社区社会组织数", (4, 5, 6, 9, 10, 11), 1_000_000),
    "social_orgs_registered": NumberColumn("登记的社区社会组织数", (1, 2, 3, 4), 1_000_000),
    "social_orgs_filed": NumberColumn("备案的社区社会组织数", (3, 4, 6, 7), 1_000_000),
    "service_windows": NumberColumn("综合服务窗口数", (0, 1, 2, 3, 4), 500),
    "service_staff": NumberColumn("公共服务中心工作人员", (0, 1, 2, 3, 4, 5), 5000),
    "open_days_per_year": NumberColumn("全年开放天数", (250, 364, 365, 366), 366),
    "family_guidance_sessions": NumberColumn("家庭教育指导次数", (0, 1, 2, 3), 366),
    "walk_minutes": NumberColumn("步行到主要便民设施分钟数", (5, 14, 15, 16, 30), 600),
    "worker_trainings_county": NumberColumn("县级培训次数", (0, 1, 2), 366),
    "worker_trainings_street": NumberColumn("街道培训次数", (0, 1, 2), 366),
    "elders_home": NumberColumn("居家老年人数", (0, 200, 300), 500_000_000),
    "elders_served": NumberColumn("享受养老服务人数", (0, 199, 200, 300, 301), 500_000_000),
    "grids": NumberColumn("网格数", (0, 1, 2, 3, 4, 5), 1_000_000),
    "grid_workers": NumberColumn("网格员数", (1, 2, 3, 4, 5), 1_000_000),
    "deliberation_meetings": NumberColumn("议事会议次数", (0, 11, 12, 13), 366),
    "five_mechanisms": NumberColumn("五项机制建立数", (0, 4, 5, 6), 5),
    "branches_seven_plus": NumberColumn("7人以上网格党支部数", (0, 2, 3), 10_000),
    "branches_seven_plus_grouped": NumberColumn("已划分党小组的7人以上网格党支部数", (0, 1, 2, 3, 4), 10_000),
    "operating_budget": NumberColumn("社区运转经费（万元）", (99, 100, 101, 150), 100_000, decimals=True),
    "startup_fund": NumberColumn("开办经费（万元）", (29, 30, 31), 100_000, decimals=True),
    "three_inventories": NumberColumn("三张清单份数", (0, 2, 3, 4), 3),
}  # fmt: skip
ANSWERS = {
    "unified_name": "统一名称",
    "unified_vi": "统一标识",
    "state_asset": "是否纳入国有资产管理",
    "free_use": "无偿使用",
    "open_recruitment": "公开考聘",
    "has_basic_services": "是否开展基本公共服务",
    "is_pilot_village": "试点村",
    "has_childrens_home": "儿童之家",
    "has_fitness_site": "体育健身站(点)",
    "duties_transferred": "是否转嫁事项",
    "elder_steward": "养老管家",
    "elder_corner": "长者服务专区",
    "elder_alliance": "养老服务联盟",
    "has_family_doctor": "家庭医生团队",
    "has_emblem": "两邻标识",
    "is_new_community": "新设立社区",
}


def unknown(field: str) -> Num:
    column = NUMBERS[field]
    return Num(Fraction(column.least), Fraction(column.most), given=False)


@dataclass(frozen=True)
class Kinds:
    """How often the cells of a return are blank and the like; each return has its own."""

    blank: float
    unreadable: float
    impossible: float
    exempt: float
    bound: float


def draw_kinds(rng: random.Random) -> Kinds:
    clean = rng.random() < 0.25
    return Kinds(*(0.0 if clean or rng.random() < 0.4 else rng.uniform(0, top) for top in (0.3, 0.1, 0.08, 0.1, 0.15)))


def number_cell(rng: random.Random, field: str, kinds: Kinds) -> tuple[str, Num]:
    column = NUMBERS[field]
    value = rng.choice(column.values)
    if rng.random() < kinds.blank:
        return "", unknown(field)
    if rng.random() < kinds.unreadable:
        return rng.choice(["不详", "待核实", "#REF!", "#DIV/0!", "几个"]), unknown(field)
    if rng.random() < kinds.impossible:
        # Zero households or residents are refused as a number below zero is; but perhaps zero it is in truth.
        return rng.choice(["-3", "-1", *(["0"] if column.least else [])]), replace(unknown(field), refused=True)
    if rng.random() < kinds.exempt:
        return "不适用", Num(Fraction(0), Fraction(0), applies=False)
    if column.decimals and value and rng.random() < kinds.bound:
        n = Fraction(value)
        return rng.choice([
            (f"超过{value}", Num(n, Fraction(column.most), open_low=True)),
            (f"{value}以上", Num(n, Fraction(column.most))),
            (f"不超过{value}", Num(Fraction(0), n)),
        ])  # fmt: skip
    if column.decimals and rng.random() < 0.3:
        tenths = value * 10 + rng.choice([-1, 0, 1]) if value else 0
        return f"{tenths // 10}.{tenths % 10}", number(Fraction(tenths, 10))
    return str(value), number(value)


def answer_cell(rng: random.Random, kinds: Kinds) -> tuple[str, Answer]:
    if rng.random() < kinds.blank:
        return "", UNKNOWN
    if rng.random() < kinds.unreadable:
        return rng.choice(["不详", "待核实", "#N/A", "推进中"]), UNKNOWN
    if rng.random() < kinds.exempt:
        return "不适用", NOT_APPLICABLE
    yes = rng.random() < 0.7
    return (rng.choice(["是", "有", "√"]), YES) if yes else (rng.choice(["否", "无", "×"]), NO)


def type_cell(rng: random.Random, kinds: Kinds) -> tuple[str, Answer, Answer]:
    """The text, whether the community is urban, and whether it is a village organised as a rural community."""
    if rng.random() < kinds.blank / 2:
        return "", UNKNOWN, UNKNOWN
    if rng.random() < kinds.unreadable:
        return "社区", UNKNOWN, UNKNOWN  # says neither
    return rng.choice([("城市社区", YES, NO), ("村委会", NO, NO), ("农村社区", NO, YES)])


NAMES = [
    "春晖", "望江", "石桥", "柳林", "青山", "竹园", "临港", "桃源", "云岭", "白塔",
    "金水", "银杏", "荷塘", "梅岭", "松涛", "枫林", "兰亭", "菊香", "海棠", "丁香",
]  # fmt: skip


def write_return(path: Path, rng: random.Random, city: str, counties: list[str], fields: list[str]) -> list[Record]:
    """A csv of some communities of each county, so that the city is whole; what it says, record by record."""
    kinds = draw_kinds(rng)
    fields = rng.sample(fields, len(fields))
    records = []
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        out = csv.writer(stream)
        titles = [NUMBERS[f].header if f in NUMBERS else ANSWERS[f] for f in fields]
        out.writerow(["市", "县(市、区)", "街道(乡镇)", "社区名称", "社区类型", *titles])
        for at, name in enumerate(rng.sample(NAMES, rng.randint(len(counties), len(NAMES)))):
            county = counties[at] if at < len(counties) else rng.choice(counties)
            kind, urban, organised = type_cell(rng, kinds)
            row = [city, county, f"{county[0]}城街道", f"{name}社区", kind]
            numbers, answers = dict[str, Num](), {"urban": urban, "organised": organised}
            for field in fields:
                if field in NUMBERS:
                    text, numbers[field] = number_cell(rng, field, kinds)
                else:
                    text, answers[field] = answer_cell(rng, kinds)
                row.append(text)
            out.writerow(row)
            records.append(Record(f"{name}社区", county, numbers, answers, {}))
    return records


def write_estates(path: Path, rng: random.Random) -> list[Record]:
    """A csv of some estates with the scenarios that they have."""
    kinds = draw_kinds(rng)
    pilots = rng.random() < 0.5
    records = []
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(
            ["市", "县(市、区)", "街道(乡镇)", "社区名称", "小区名称", "智慧应用场景", *["智慧试点小区"] * pilots]
        )
        for name in rng.sample(NAMES, rng.randint(2, len(NAMES))):
            missing = rng.sample(sorted(SCENARIOS), rng.choice([0, 0, 1, 2]))
            held = [s for s in rng.sample(sorted(SCENARIOS), len(SCENARIOS)) if s not in missing]
            text, items = rng.choice("、，；").join(held), frozenset(held)
            if rng.random() < 0.2:
                text = " ".join(f"{n}.{item}" for n, item in enumerate(held, 1))
            if rng.random() < kinds.blank:
                text, items = "", None
            elif rng.random() < kinds.unreadable:
                text, items = "#REF!", None
            row = ["长沙市", "望城区", "城关街道", "城关社区", f"{name}小区", text]
            answers = {}
            if pilots:
                cell, answers["is_pilot_estate"] = answer_cell(rng, kinds)
                row.append(cell)
            out.writerow(row)
            records.append(Record(f"{name}小区", "望城区", {}, answers, {"smart_scenarios": items}))
    return records
