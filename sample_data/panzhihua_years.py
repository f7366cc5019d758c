"""Three years of one city, synthetic: returns of 2017, 2018 and 2019 with a story in each of some figures.

The plan asks by the end of 2020; what the years before tell of that day, ``trend`` works out. ``STORIES`` and the notes
below are the truth that the tests hold the files to.
"""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import Any

from sheets import Dice, Head, Names, Sheet, add_up, region_code, write_workbook

LABEL = "（合成示例数据，非真实数据）"
YEARS = (2017, 2018, 2019)
URBAN, RURAL = "城市社区", "农村社区"

# county: code, streets with how many urban communities each, townships with how many rural ones each
COUNTIES = {
    "东区": (510402, (8, 8, 8), ()),
    "西区": (510403, (8, 8), ()),
    "仁和区": (510411, (6,), (8, 8)),
    "米易县": (510421, (), (12, 12)),
    "盐边县": (510422, (), (10,)),
}
# Which share has what at the end of each year, by the column of the return; who has it keeps it but where it falls.
SHARES = {
    "children": (0.44, 0.60, 0.75),  # 90 % of all: on track
    "platform": (0.50, 0.62, 0.74),  # 100 % of urban ones: must speed up
    "elder": (0.30, 0.38, 0.44),  # 100 % of urban ones: too slow
    "facility": (0.80, 0.92, 1.0),  # 100 % of urban ones: met
}
# Who takes part, of all residents or members.
PARTS = {
    "resident_volunteers": (0.27, 0.25, 0.22),  # 30 %: going back
    "volunteers": (0.108, 0.124, 0.141),  # 13 %: met
    "member_volunteers": (0.62, 0.68, 0.71),  # 80 %: must speed up
}
HEADS = [
    Head("code", "行政区划代码", width=15),
    Head("county", "县（区）", width=9),
    Head("street", "街道（乡镇）", width=13),
    Head("name", "社区名称", width=15),
    Head("type", "社区类型", width=10),
    Head("households", "户数（户）", width=9),
    Head("population", "常住人口（人）", width=9),
    Head("facility", "是否有综合服务设施", width=11),
    Head("area", "综合服务设施面积（㎡）", width=13),
    Head("volunteers", "注册志愿者（人）"),
    Head("resident_volunteers", "参与志愿服务居民数（人）"),
    Head("members", "党员数（人）"),
    Head("member_volunteers", "参与志愿服务党员数（人）"),
    Head("children", "儿童之家"),
    Head("elder", "养老服务设施"),
    Head("platform", "公共服务综合信息平台"),
]
SUMMED = ("households", "population", "area", "volunteers", "members")
FILES = (*(f"panzhihua_{year}.xlsx" for year in YEARS), "health_2019.csv", "renames.yaml")

# What became of single communities, by their number from 1: what the names are is up to the dice.
FIRST_YEAR_WITHOUT_CODES = 2017  # that return has names alone
SLIP_OF_THE_PEN = 3  # in 2018 its name lacks a character; its code is right
RENAMED = 11  # in 2019 it has another name and another code
MERGED = (19, 20)  # in 2019 one community, with a new name and code
UNIT_SLIP = 27  # in 2019 its area is ten times what it was
NEW = 49  # first in 2018
CLOSED = 50  # last in 2018
DISAGREE = (5, 33, 60)  # the health office says the contrary of elder care in 2019


def write(folder: Path) -> None:
    """Write the returns of all years, the other office's and the declared renames into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    dice = Dice(5104)
    communities = _communities(dice)
    new_names = Names(Dice(2019))
    renamed, merged = new_names.take("社区"), new_names.take("社区")
    for number, year in enumerate(YEARS):
        _write_year(folder / f"panzhihua_{year}.xlsx", year, _rows(communities, number, renamed, merged))
    _write_health(folder / "health_2019.csv", _rows(communities, len(YEARS) - 1, renamed, merged))
    was = {one["number"]: one for one in communities}
    (folder / "renames.yaml").write_text(
        "# 合成示例数据，非真实数据\nrenames:\n"
        f"  - from: {{name: {was[RENAMED]['name']}, region: {was[RENAMED]['county']}}}\n"
        f"    to: {renamed}\n    date: 2019-03-01\n"
        f"  - from: [{', '.join(was[n]['name'] for n in MERGED)}]\n"
        f"    to: {merged}\n    kind: merged\n    date: 2019-06-01\n",
        "utf-8",
    )


def _communities(dice: Dice) -> list[dict[str, Any]]:
    """What does not change, and what each had at the end of each year."""
    names, found = Names(dice), []
    for county, (code, streets, townships) in COUNTIES.items():
        places = [(kind, first + i, n) for kind, first, some in (("街道", 1, streets), ("镇", 101, townships))
                  for i, n in enumerate(some)]  # fmt: skip
        for kind, number, count in places:
            street = names.take(kind)
            for i in range(count):
                urban = kind == "街道"
                households = dice.whole(800, 2400) if urban else dice.whole(220, 900)
                population = int(households * dice.between(2.2, 3.1))
                found.append({
                    "number": len(found) + 1,
                    "code": region_code(code, number, 1 + i if urban else 201 + i),
                    "county": county, "street": street, "name": names.take("社区" if urban else "村"),
                    "type": URBAN if urban else RURAL, "households": households, "population": population,
                    "area": int(max(300, 0.3 * households) + dice.whole(5, 260)), "members": dice.whole(25, 140),
                })  # fmt: skip
    for key, shares in SHARES.items():
        for kind in (URBAN, RURAL):
            some = [one for one in found if one["type"] == kind]
            order = dice.shuffled(range(len(some)))
            for place, i in enumerate(order):
                some[i][key] = tuple("有" if place < round(share * len(some)) else "无" for share in shares)
    for key, parts in PARTS.items():
        for one in found:
            whole = one["members"] if key == "member_volunteers" else one["population"]
            own = dice.between(0.94, 1.06)
            one[key] = tuple(int(whole * part * own) for part in parts)
    return found


def _rows(communities: list[dict[str, Any]], year: int, renamed: str, merged: str) -> list[dict[str, Any]]:
    """The records of one year, counted from 0."""
    rows, last = [], year == len(YEARS) - 1
    for one in communities:
        number = one["number"]
        if (number == NEW and year == 0) or (number == CLOSED and last):
            continue
        row = {key: value[year] if isinstance(value, tuple) else value for key, value in one.items()}
        if year == 0 and YEARS[year] == FIRST_YEAR_WITHOUT_CODES:
            row["code"] = None
        if number == SLIP_OF_THE_PEN and year == 1:
            row["name"] = row["name"][1:]
        if last and number == RENAMED:
            row.update(name=renamed, code=row["code"][:9] + "091")
        if row["facility"] == "无":
            row["area"] = 0
        if last and number == UNIT_SLIP:
            row["area"] *= 10
        if last and number == MERGED[1]:
            into = rows[-1]
            for key in (*SUMMED, "resident_volunteers", "member_volunteers"):
                into[key] += row[key]
            for key in SHARES:
                into[key] = "有" if "有" in (into[key], row[key]) else "无"
            into.update(name=merged, code=row["code"][:9] + "092")
            continue
        rows.append(row)
    return rows


def _write_year(path: Path, year: int, rows: list[dict[str, Any]]) -> None:
    title = f"攀枝花市城乡社区服务情况统计表（{year}年）{LABEL}"
    heads = [head for head in HEADS if head.key != "code" or rows[0]["code"]]
    cover = [title, "本工作簿由 sample_data/make.py 生成，全部数据为合成，不代表任何真实社区、街道或机构。",
             "This workbook is synthetic; sample_data/README.md says what is in it."]  # fmt: skip
    dated = f"填报单位：攀枝花市（示例）　　统计时间：{year}年12月31日"
    total = {heads[0].key: "合计", **add_up(rows, SUMMED)}
    write_workbook(path, cover, [Sheet("社区（村）", [title, dated], heads, rows, totals=total)])


def _write_health(path: Path, rows: list[dict[str, Any]]) -> None:
    """What the health office lists of the same communities and the same day."""
    out = StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow([f"攀枝花市社区养老服务设施台账（2019年12月31日）{LABEL}"])
    lines.writerow(["行政区划代码", "县（区）", "街道（乡镇）", "社区名称", "社区类型", "养老服务设施"])
    for row in rows:
        elder = row["elder"]
        if row["number"] in DISAGREE:
            elder = "无" if elder == "有" else "有"
        lines.writerow([row["code"], row["county"], row["street"], row["name"], row["type"], elder])
    path.write_bytes(out.getvalue().encode("utf-8-sig"))
