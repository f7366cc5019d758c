"""The sample return of Panzhihua for 2020: synthetic, with faults put in on purpose and named in 备注."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from panzhihua_cases import (
    CENTRES,
    COVERAGE,
    PILOTS,
    RURAL,
    RURAL_CASES,
    TOWNSHIPS_WITHOUT_ELDER_CARE,
    URBAN,
    URBAN_CASES,
    VILLAGE,
    VILLAGE_CASES,
    Case,
)
from sheets import Dice, Head, Names, Sheet, add_up, region_code, write_workbook

LABEL = "（合成示例数据，非真实数据）"
DATED = "填报单位：攀枝花市（示例）　　统计时间：2020年12月31日"
SIGNED = "单位负责人：（示例）　　填表人：（示例）　　报出日期：2021年1月8日"

# county: code, streets, towns and townships, urban communities, 农村社区, 建制村.
# Streets (16), townships (44), communities (132) and villages (349, of them 170 农村社区) add up to what the
# city's plan for 2016-2020 counts; how they fall to the counties is made up.
COUNTIES = {
    "东区": (510402, 9, 1, 60, 6, 3),
    "西区": (510403, 6, 1, 30, 8, 4),
    "仁和区": (510411, 1, 14, 22, 44, 38),
    "米易县": (510421, 0, 12, 10, 46, 41),
    "盐边县": (510422, 0, 16, 10, 66, 93),
}
TEXT_NUMBERS = "盐边县"  # this county typed its numbers as text

COMMUNITY_HEADS = [
    Head("seq", "序号", width=6),
    Head("code", "行政区划代码", width=15),
    Head("county", "县（区）", width=9),
    Head("street", "街道（乡镇）", width=13),
    Head("name", "社区（村）名称", width=15),
    Head("type", "类型", width=10),
    Head("households", "户数（户）", width=9),
    Head("population", "常住人口（人）", width=9),
    Head("has_facility", "是否有综合服务设施", "综合服务设施"),
    Head("facility", "综合服务设施面积（㎡）", "综合服务设施"),
    Head("station", "社区服务站面积（平方米）", "综合服务设施"),
    Head("outdoor", "室外活动广场面积（㎡）", "综合服务设施"),
    Head("hours", "开放时间", "公共服务中心", 24),
    Head("days", "全年开放天数（天）", "公共服务中心"),
    Head("windows", "综合服务窗口数（个）", "公共服务中心"),
    Head("staff", "工作人员（人）", "公共服务中心"),
    Head("volunteers", "注册志愿者（人）", "志愿者"),
    Head("resident_volunteers", "参与志愿服务居民数（人）", "志愿者"),
    Head("members", "党员数（人）", "党员"),
    Head("member_volunteers", "参与志愿服务党员数（人）", "党员"),
    Head("orgs", "社区社会组织数（个）", "社区社会组织"),
    Head("orgs_registered", "其中：登记", "社区社会组织"),
    Head("orgs_filed", "其中：备案", "社区社会组织"),
    Head("units", "驻区单位数（个）", "共驻共建"),
    Head("agreements", "签订共驻共建协议单位数（个）", "共驻共建"),
    Head("children", "儿童之家", "服务设施（有/无）"),
    Head("elder", "养老服务设施", "服务设施（有/无）"),
    Head("fitness", "体育健身站（点）", "服务设施（有/无）"),
    Head("platform", "公共服务综合信息平台", "服务设施（有/无）"),
    Head("basics", "基本公共服务覆盖", "服务设施（有/无）"),
    Head("graduates", "大学生人数（人）", "社区队伍"),
    Head("social_workers", "社会工作专业人员（人）", "社区队伍"),
    Head("pilot", "农村社区试点", "依法治理与试点"),
    Head("legal_studio", "公共法律服务工作室", "依法治理与试点"),
    Head("advisers", "社区法律顾问（名）", "依法治理与试点"),
    Head("boards", "法治宣传栏（个）", "依法治理与试点"),
    Head("board_updates", "法治宣传栏更新次数", "依法治理与试点"),
    Head("law_trainings", "法治培训次数（次/年）", "依法治理与试点"),
    Head("remark", "备注", width=40),
]
SUMMED = (
    "households", "population", "facility", "station", "outdoor", "volunteers", "members", "orgs", "units",
)  # fmt: skip

STREET_HEADS = [
    Head("seq", "序号", width=6),
    Head("code", "行政区划代码", width=15),
    Head("county", "县（区）", width=9),
    Head("street", "街道（乡镇）", width=13),
    Head("type", "乡级类型", width=9),
    Head("communities", "社区（村）数（个）", width=12),
    Head("centre", "社区服务中心面积（平方米）", width=14),
    Head("elder", "养老服务设施", width=12),
    Head("trainings", "服务中心人员培训次数", width=12),
    Head("remark", "备注", width=40),
]
CITY_HEADS = [
    Head("code", "行政区划代码", width=15),
    Head("city", "市", width=11),
    Head("streets", "街道数（个）"),
    Head("townships", "乡镇数（个）"),
    Head("urban", "城市社区数（个）"),
    Head("villages", "村数（个）"),
    Head("rural", "其中：农村社区数（个）"),
    Head("talent", "社会工作专业人才总量（人）", width=14),
    Head("remark", "备注", width=30),
]


def write(path: Path) -> None:
    """Write the workbook to ``path``."""
    dice = Dice(5104)
    streets = _streets(dice)
    communities = _communities(dice, streets)
    cover = [
        "攀枝花市城乡社区服务情况统计表" + LABEL,
        "本工作簿由 sample_data/make.py 生成，全部数据为合成，不代表任何真实社区、街道或机构。",
        "县（区）名称与代码、街道乡镇和社区（村）的总数取自公开资料。",
        "街道、乡镇、社区、村的名称均为随机拼成，如有雷同纯属巧合。",
        "数据中有意放入了空白、写错的单元格和恰好压线的数值，“备注”列以“示例”开头说明。",
        "This workbook is synthetic. Faults and values on a limit were put in on purpose; see 备注.",
    ]
    city: dict[str, Any] = {
        "code": region_code(510400, 0), "city": "攀枝花市", "streets": 16, "townships": 44, "urban": 132,
        "villages": 349, "rural": 170, "talent": 1012, "remark": "示例",
    }  # fmt: skip
    write_workbook(path, cover, [
        Sheet(
            "社区（村）", ["攀枝花市城乡社区服务情况统计表" + LABEL, DATED], COMMUNITY_HEADS, communities,
            ["注：1.本表为合成示例数据。2.面积均为建筑面积，室外活动广场不计入综合服务设施面积。", SIGNED],
            {"seq": "合  计", **add_up(communities, SUMMED)},
        ),
        Sheet(
            "街道（乡镇）", ["攀枝花市街道（乡镇）社区服务中心情况统计表" + LABEL, DATED],
            STREET_HEADS, streets,
            ["注：本表为合成示例数据。", SIGNED],
            {"seq": "全市合计", **add_up(streets, ("communities", "centre"))}, totals_first=True,
        ),
        Sheet("市", ["攀枝花市社区服务总体情况" + LABEL, DATED], CITY_HEADS, [city], [SIGNED]),
    ])  # fmt: skip


def _streets(dice: Dice) -> list[dict[str, Any]]:
    """16 streets and 44 townships, in the order of their codes."""
    names = Names(dice)
    rows: list[dict[str, Any]] = []
    for county, (code, streets, townships, *_) in COUNTIES.items():
        towns = townships - townships // 3
        kinds = [("街道", 1 + i) for i in range(streets)]
        kinds += [("镇", 100 + i) for i in range(towns)]
        kinds += [("乡", 200 + i) for i in range(townships - towns)]
        for kind, number in kinds:
            rows.append({
                "seq": len(rows) + 1, "code": region_code(code, number), "county": county,
                "street": names.take(kind), "type": kind, "_number": number, "_county_code": code,
                "centre": dice.whole(81, 160) * 10, "elder": "有", "trainings": dice.whole(1, 4),
            })  # fmt: skip
    for row in dice.some([row for row in rows if row["type"] != "街道"], TOWNSHIPS_WITHOUT_ELDER_CARE):
        row["elder"] = "无"
    for row, (centre, remark) in zip(dice.some(rows, len(CENTRES)), CENTRES, strict=True):
        row.update(centre=centre, remark=remark)
    return rows


def _communities(dice: Dice, streets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """132 communities and 349 villages, in the order of their codes."""
    names = Names(dice)
    rows = [{"seq": n, **place} for n, place in enumerate(_places(streets), start=1)]
    cases = _cases(dice, rows)
    for row in rows:
        remark, values = cases.get(row["seq"], ("", {}))
        row["name"] = names.take("社区" if row["type"] == URBAN else "村")
        row.update(_community(dice, row["type"], values))
        row["remark"] = f"示例：{remark}" if remark else None
    first = next(row for row in rows if row["county"] == "东区" and not row["remark"])
    second = next(
        row for row in rows if row["county"] == "东区" and row["street"] != first["street"] and not row["remark"]
    )
    for row in (first, second):
        row.update(name="幸福社区", remark="示例：两个街道有同名社区")
    _set_coverage(dice, rows)
    for street in streets:
        home = (street["county"], street["street"])
        street["communities"] = sum((row["county"], row["street"]) == home for row in rows)
    for row in rows:
        if row["county"] == TEXT_NUMBERS:
            row.update({key: str(row[key]) for key in ("households", "population") if row[key] is not None})
    return rows


def _places(streets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where each community and village lies: urban ones in streets first, villages in townships."""
    places = []
    for county, (_, _, _, urban, rural, villages) in COUNTIES.items():
        here = [s for s in streets if s["county"] == county]
        country = [s for s in here if s["type"] != "街道"]
        city = [s for s in here if s["type"] == "街道"] or country
        for street in here:
            wanted = [
                (URBAN, range(city.index(street), urban, len(city)) if street in city else ()),
                (RURAL, range(country.index(street), rural, len(country)) if street in country else ()),
                (VILLAGE, range(country.index(street), villages, len(country)) if street in country else ()),
            ]
            kinds = [kind for kind, taken in wanted for _ in taken]
            villages_from = kinds.count(URBAN)
            for i, kind in enumerate(kinds):
                number = i + 1 if kind == URBAN else 200 + i - villages_from
                places.append({
                    "code": region_code(street["_county_code"], street["_number"], number),
                    "county": county, "street": street["street"], "type": kind,
                })  # fmt: skip
    return places


def _cases(dice: Dice, rows: list[dict[str, Any]]) -> dict[int, Case]:
    """Which row becomes which case, by its 序号."""
    chosen: dict[int, Case] = {}
    for kind, cases in ((URBAN, URBAN_CASES), (RURAL, RURAL_CASES), (VILLAGE, VILLAGE_CASES)):
        candidates = [row["seq"] for row in rows if row["type"] == kind]
        chosen.update(zip(dice.some(candidates, len(cases)), dice.shuffled(cases), strict=True))
    return chosen


def _community(dice: Dice, kind: str, case: dict[str, Any]) -> dict[str, Any]:
    """One community, most of it in order; a case is in order but for what it sets."""

    def well(chance: float) -> bool:
        return dice.chance(chance) or bool(case)

    def part(whole: int, chance: float, good: tuple[float, float], bad: tuple[float, float]) -> int:
        return int(whole * dice.between(*(good if well(chance) else bad)))

    urban = kind == URBAN
    households = _usable(case.get("households")) or (dice.whole(800, 2600) if urban else dice.whole(220, 900))
    population = _usable(case.get("population")) or int(households * dice.between(2.2, 3.1))
    windows = _usable(case.get("windows")) or -(-population // 5000)
    station = dice.whole(402, 700) if well(0.9 if urban else 0.7) else dice.whole(180, 399)
    facility = max(station + dice.whole(20, 200), int(0.3 * households) + dice.whole(5, 90))
    if not well(0.94):
        facility = station
    has_facility = kind != VILLAGE or well(0.5)
    members = dice.whole(25, 160)
    orgs = dice.whole(10, 18) if urban else dice.whole(5, 9)
    if not well(0.92):
        orgs = dice.whole(1, 9 if urban else 4)
    registered = min(orgs, dice.whole(0, 2))
    units = dice.whole(4, 20) if urban else dice.whole(0, 5)
    outdoor = dice.whole(200, 2500) if urban else part(population, 0.85, (2.55, 3.6), (0.5, 2.4))
    return {
        "households": households,
        "population": population,
        "has_facility": "是" if has_facility else "否",
        "facility": facility if has_facility else 0,
        "station": station if has_facility else 0,
        "outdoor": outdoor,
        "hours": dice.pick(LONG_HOURS if well(0.9) else SHORT_HOURS),
        "days": dice.pick((366, 366, 365, "全年无休") if well(0.88) else (250, 300, 358)),
        "windows": windows if well(0.95) else windows - 1,
        "staff": windows + 1 + dice.whole(0, 2) if well(0.9) else windows,
        "volunteers": part(population, 0.88, (0.131, 0.2), (0.06, 0.12)),
        "resident_volunteers": part(population, 0.87, (0.301, 0.42), (0.15, 0.29)),
        "members": members,
        "member_volunteers": part(members, 0.88, (0.84, 0.99), (0.5, 0.78)),
        "orgs": orgs,
        "orgs_registered": registered,
        "orgs_filed": orgs - registered,
        "units": units,
        "agreements": -(-units * 4 // 5) if well(0.9) else units // 2,
        "children": "有",
        "elder": "有",
        "fitness": dice.pick(("有", "有", 1, "2个", "√")),
        "platform": "有",
        "basics": "是",
        "graduates": dice.whole(1, 4) if well(0.93) else 0,
        "social_workers": dice.whole(1, 3) if well(0.9) else 0,
        "pilot": None if urban else "否",
        "legal_studio": "有" if well(0.95) else "无",
        "advisers": 1 if well(0.97) else 0,
        "boards": dice.whole(1, 3),
        "board_updates": dice.pick((4, 4, 6, 12, "每季度", "每月")) if well(0.93) else 2,
        "law_trainings": dice.whole(2, 5) if well(0.93) else 1,
        **case,
    }


def _usable(value: Any) -> int | None:
    """A count that other cells can be worked out from."""
    return value if isinstance(value, int) and value > 0 else None


LONG_HOURS = (
    8, 8, 9, 8.5, "8小时", "24小时",
    "8:30-12:00，14:00-18:30", "8:00-18:00", "上午8:00-12:00 下午14:00-18:00",
)  # fmt: skip
SHORT_HOURS = (7, 7.5, "9:00-12:00，14:00-18:00", "上午9:00-12:00 下午14:00-17:00")


def _set_coverage(dice: Dice, rows: list[dict[str, Any]]) -> None:
    """Bring the pilots and the shares over the whole city to their counts."""
    for row in dice.some([row for row in rows if row["type"] == RURAL], PILOTS):
        row["pilot"] = "是"
    for kind, key, without, blank in COVERAGE:
        chosen = dice.shuffled(dice.some([row for row in rows if row["type"] == kind], without + blank))
        for i, row in enumerate(chosen):
            row[key] = "无" if i < without else None
