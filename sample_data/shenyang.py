"""The sample return of Shenyang for 2023: synthetic communities that add up to what the city published.

Published: 沈阳市民政局, reply no. 589 of 2023-09-26; section 三, item 六 for areas and pass rates; sections
一, 二, 四 and 六 for grids, party groups, organisations and townships.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sheets import Dice, Head, Names, Sheet, add_up, region_code, write_workbook

LABEL = "（合成示例数据，非真实数据）"
DATED = "填报单位：沈阳市（示例）　　统计时间：2023年9月30日"
SIGNED = "负责人：（示例）　　填表人：（示例）"

# county: code, townships and streets (179), urban communities (1,153), villages (1,527); the split is made up
COUNTIES = {
    "和平区": (210102, 10, 112, 6),
    "沈河区": (210103, 12, 104, 0),
    "大东区": (210104, 12, 104, 4),
    "皇姑区": (210105, 11, 124, 0),
    "铁西区": (210106, 15, 150, 58),
    "苏家屯区": (210111, 15, 72, 140),
    "浑南区": (210112, 13, 108, 124),
    "沈北新区": (210113, 12, 72, 146),
    "于洪区": (210114, 12, 110, 92),
    "辽中区": (210115, 14, 42, 190),
    "康平县": (210123, 14, 33, 172),
    "法库县": (210124, 17, 38, 235),
    "新民市": (210181, 22, 84, 360),
}

# kind: area needed (m2), how many have it, mean area of all, and the areas put in on and just below a limit
AREAS = {
    "urban": (600, 1127, 863.0, (600, 600.1), (599.9, 400, 399.9)),
    "rural": (350, 1371, 492.3, (350, 350.1), (349.9, 0, 0)),
}
ORGANISATIONS = {"urban": (9196, 120), "rural": (3800, 20)}  # 12,996 in all, 140 of them registered
URBAN_TOTALS = {"grids": 15101, "branches": 8255, "groups": 14289, "hubs": 26909}
RURAL_GRIDS = 10724
ELDER_STATIONS = 967

PLACE_HEADS = [
    Head("seq", "序号", width=6),
    Head("code", "行政区划代码", width=15),
    Head("county", "区县（市）", width=10),
    Head("street", "街道（乡镇）", width=13),
]
SIZE_HEADS = [
    Head("type", "社区类型", width=10),
    Head("households", "户数（户）", width=9),
    Head("population", "常住人口（人）", width=9),
    Head("facility", "综合服务设施面积（平方米）", width=13),
]
ORG_HEADS = [
    Head("orgs", "社区社会组织数（家）"),
    Head("orgs_registered", "其中：登记"),
    Head("orgs_filed", "其中：备案"),
    Head("doctor", "家庭医生团队"),
    Head("emblem", "两邻标识"),
]
URBAN_HEADS = [
    *PLACE_HEADS, Head("name", "社区名称", width=15), *SIZE_HEADS,
    Head("grids", "基础网格数（个）"), Head("branches", "网格党支部（个）"), Head("groups", "党小组（个）"),
    Head("hubs", "党员中心户（户）"), Head("meetings", "议事会议次数（次/年）"),
    Head("mechanisms", "5项机制"),
    *ORG_HEADS,
    Head("elder", "社区养老服务站"), Head("steward", "养老管家"), Head("corner", "长者服务专区"),
    Head("alliance", "养老服务联盟"),
]  # fmt: skip
RURAL_HEADS = [
    *PLACE_HEADS, Head("name", "村名", width=15), *SIZE_HEADS,
    Head("rural_grids", "治理网格数（个）"), Head("grid_workers", "网格员数（名）"), *ORG_HEADS,
]  # fmt: skip
STREET_HEADS = [*PLACE_HEADS, Head("type", "乡级类型"), Head("elder", "养老服务综合体")]
CITY_HEADS = [
    Head("code", "行政区划代码", width=15),
    Head("city", "市"),
    Head("urban", "社区数（个）"),
    Head("rural", "行政村数（个）"),
    Head("urban_mean", "城市社区综合服务设施平均面积（平方米）", width=16),
    Head("rural_mean", "农村社区综合服务设施平均面积（平方米）", width=16),
    Head("urban_rate", "城市社区综合服务设施达标率（%）", width=16),
    Head("rural_rate", "农村社区综合服务设施达标率（%）", width=16),
]


def write(path: Path) -> None:
    """Write the workbook to ``path``."""
    dice = Dice(2101)
    streets = _streets(dice)
    urban, rural = _urban(dice, streets), _rural(dice, streets)
    title = "沈阳市城乡社区综合服务设施情况表" + LABEL
    cover = [
        title,
        "本工作簿由 sample_data/make.py 生成，逐个社区（村）的数据全部为合成，不代表任何真实社区、村或机构。",
        "合成数据的总数、平均面积和达标率与沈阳市民政局2023年9月26日第589号提案答复公布的数字一致：",
        "城市社区1153个，平均863平方米，按600平方米达标率97.7%；农村社区1527个，平均492.3平方米，按350平方米达标率89.8%。",
        "区县名称与代码为真实；街道、乡镇、社区、村的名称及其在各区县的分布为随机生成，如有雷同纯属巧合。",
        "This workbook is synthetic: only its totals, means and rates are those that the city published.",
    ]
    city: dict[str, Any] = {
        "code": region_code(210100, 0), "city": "沈阳市", "urban": 1153, "rural": 1527,
        "urban_mean": 863, "rural_mean": 492.3, "urban_rate": 97.7, "rural_rate": 89.8,
    }  # fmt: skip
    summed = ("households", "population", "facility", "orgs", "orgs_registered", "orgs_filed")
    write_workbook(path, cover, [
        Sheet(
            "城市社区", [title, DATED], URBAN_HEADS, urban, ["注：本表为合成示例数据。", SIGNED],
            {"seq": "合计", **add_up(urban, (*summed, *URBAN_TOTALS))},
        ),
        Sheet(
            "农村社区", [title, DATED], RURAL_HEADS, rural, ["注：本表为合成示例数据。", SIGNED],
            {"seq": "合计", **add_up(rural, (*summed, "rural_grids", "grid_workers"))},
        ),
        Sheet("乡街", ["沈阳市乡街养老服务综合体情况表" + LABEL, DATED], STREET_HEADS, streets, [SIGNED]),
        Sheet("市", ["沈阳市城乡社区综合服务设施总体情况" + LABEL, DATED], CITY_HEADS, [city], [SIGNED]),
    ])  # fmt: skip


def _streets(dice: Dice) -> list[dict[str, Any]]:
    """179 streets and townships; a county with many villages has more townships."""
    rows: list[dict[str, Any]] = []
    for county, (code, number, urban, rural) in COUNTIES.items():
        names = Names(dice)
        towns = round(number * rural / (urban + rural))
        kinds = [("街道", 1 + i) for i in range(number - towns)] + [("镇", 100 + i) for i in range(towns)]
        for kind, place in kinds:
            rows.append({
                "seq": len(rows) + 1, "code": region_code(code, place), "county": county, "elder": "有",
                "street": names.take(kind), "type": kind, "_place": place, "_county_code": code,
            })  # fmt: skip
    return rows


def _places(dice: Dice, streets: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """A row for each community of the kind, with its region, name and area."""
    rows: list[dict[str, Any]] = []
    for county, (_, _, urban, rural) in COUNTIES.items():
        names = Names(dice)
        here = [s for s in streets if s["county"] == county]
        wanted = [s for s in here if (s["_place"] < 100) == (kind == "urban")] or here
        count = urban if kind == "urban" else rural
        planned = sorted((wanted[i % len(wanted)] for i in range(count)), key=lambda s: int(s["_place"]))
        number, first = 0, 0 if kind == "urban" else 199
        for i, street in enumerate(planned):
            number = number + 1 if i and street is planned[i - 1] else 1
            rows.append({
                "seq": len(rows) + 1, "county": county, "street": street["street"],
                "code": region_code(street["_county_code"], street["_place"], first + number),
                "name": names.take("社区" if kind == "urban" else "村"),
                "type": "城市社区" if kind == "urban" else "农村社区",
            })  # fmt: skip
    for row, area in zip(rows, _areas(dice, kind, len(rows)), strict=True):
        row["facility"] = area
    return rows


def _areas(dice: Dice, kind: str, n: int) -> list[float]:
    """``n`` areas to 0.1 m2 with exactly the mean and the number of passes asked for."""
    limit, passes, mean, on_limit, below = AREAS[kind]
    failing = list(below)
    failing += [round(limit * dice.between(0.4, 0.995), 1) for _ in range(n - passes - len(below))]
    spare = round(10 * (mean * n - sum(failing) - sum(on_limit) - limit * (passes - len(on_limit))))
    weights = [dice.between(0.02, 1) ** 2 for _ in range(passes - len(on_limit))]
    passing = [round(limit + tenths / 10, 1) for tenths in share_out(spare, weights)]
    areas = [*failing, *on_limit, *passing]
    return [float(area) for _, area in sorted((dice.between(0, 1), area) for area in areas)]


def _urban(dice: Dice, streets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = _places(dice, streets, "urban")
    weights = [row["facility"] ** 0.5 * dice.between(0.6, 1.4) for row in rows]
    for key, total in URBAN_TOTALS.items():
        for row, share in zip(rows, share_out(total - len(rows), weights), strict=True):
            row[key] = 1 + share  # everybody has at least one
    with_station = {id(row) for row in dice.some(rows, ELDER_STATIONS)}
    for row in rows:
        row["households"] = int(row["grids"] * dice.between(215, 335))
        row["population"] = int(row["households"] * dice.between(2.0, 2.6))
        row.update(
            meetings=12 if dice.chance(0.95) else dice.whole(8, 11), mechanisms=5,
            elder="有" if id(row) in with_station else "无", steward="有", corner="有", alliance="有",
        )  # fmt: skip
    _organisations(dice, rows, "urban")
    return rows


def _rural(dice: Dice, streets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = _places(dice, streets, "rural")
    weights = [dice.between(0.5, 1.5) for _ in rows]
    for row, share in zip(rows, share_out(RURAL_GRIDS - len(rows), weights), strict=True):
        row["rural_grids"] = row["grid_workers"] = 1 + share
        row["households"] = row["rural_grids"] * dice.whole(55, 110)
        row["population"] = int(row["households"] * dice.between(2.3, 3.1))
    _organisations(dice, rows, "rural")
    return rows


def _organisations(dice: Dice, rows: list[dict[str, Any]], kind: str) -> None:
    total, registered = ORGANISATIONS[kind]
    with_one = {id(row) for row in dice.some(rows, registered)}
    shares = share_out(total - len(rows), [dice.between(0.3, 1.7) for _ in rows])
    for row, share in zip(rows, shares, strict=True):
        row["orgs"] = 1 + share
        row["orgs_registered"] = int(id(row) in with_one)
        row["orgs_filed"] = row["orgs"] - row["orgs_registered"]
        row.update(doctor="有", emblem="有")


def share_out(total: int, weights: Sequence[float]) -> list[int]:
    """``total`` split into whole parts by weight; what rounding leaves goes to the largest remainders."""
    scale = total / sum(weights)
    exact = [weight * scale for weight in weights]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: parts[i] - exact[i])
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts
