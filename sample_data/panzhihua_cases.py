"""What was put into the sample return of Panzhihua on purpose: a remark, and the cells that it sets."""

from __future__ import annotations

from typing import Any

from sheets import Broken

Case = tuple[str, dict[str, Any]]
URBAN, RURAL, VILLAGE = "城市社区", "农村社区", "建制村"

URBAN_CASES: list[Case] = [
    # right on a limit, and just beside it
    ("服务站恰为400㎡", {"households": 1000, "facility": 520, "station": 400}),
    ("服务站399.9㎡", {"households": 1000, "facility": 520, "station": 399.9}),
    ("服务站400.1㎡", {"households": 1000, "facility": 520, "station": 400.1}),
    ("每百户恰为30㎡", {"households": 1500, "facility": 450, "station": 430}),
    ("1333户、400㎡，每百户略高于30㎡", {"households": 1333, "facility": 400, "station": 400}),
    ("1334户、400㎡，每百户略低于30㎡", {"households": 1334, "facility": 400, "station": 400}),
    (
        "5000人、1个窗口",
        {"households": 2000, "population": 5000, "facility": 640, "station": 520, "windows": 1, "staff": 2},
    ),
    (
        "5001人、1个窗口",
        {"households": 2000, "population": 5001, "facility": 640, "station": 520, "windows": 1, "staff": 3},
    ),
    (
        "5001人、2个窗口",
        {"households": 2000, "population": 5001, "facility": 640, "station": 520, "windows": 2, "staff": 3},
    ),
    ("2个窗口、2人", {"households": 2400, "population": 6200, "facility": 760, "windows": 2, "staff": 2}),
    ("注册志愿者恰为13%", {"households": 1600, "population": 4000, "volunteers": 520}),
    ("注册志愿者12.975%", {"households": 1600, "population": 4000, "volunteers": 519}),
    ("居民参与恰为30%", {"households": 1600, "population": 4000, "resident_volunteers": 1200}),
    ("党员参与恰为80%", {"members": 50, "member_volunteers": 40}),
    ("党员参与78%", {"members": 50, "member_volunteers": 39}),
    ("开放时间恰为8小时", {"hours": "8:30-12:00，14:00-18:30"}),
    ("午间关门，开放7小时", {"hours": "9:00-12:00，14:00-18:00"}),
    ("开放364天", {"days": 364}),
    ("恰有10个社区社会组织", {"orgs": 10, "orgs_registered": 1, "orgs_filed": 9}),
    ("9个社区社会组织", {"orgs": 9, "orgs_registered": 1, "orgs_filed": 8}),
    ("驻区单位签约恰为80%", {"units": 5, "agreements": 4}),
    ("驻区单位签约7/9", {"units": 9, "agreements": 7}),
    # a denominator of zero
    ("没有驻区单位", {"units": 0, "agreements": 0}),
    ("没有党员", {"members": 0, "member_volunteers": 0}),
    # cells that nobody can use as they stand
    ("面积写成约数", {"facility": "约三百"}),
    ("面积写成区间", {"facility": "300-400"}),
    ("公式引用丢失", {"facility": Broken()}),
    ("面积待核实", {"facility": "待核实"}),
    ("户数为负", {"households": -1200}),
    ("有人口而户数为0", {"households": 0}),
    ("参与党员多于党员总数", {"members": 25, "member_volunteers": 30}),
    ("开放时间不明确", {"hours": "错时延时"}),
    ("合计不等于登记加备案", {"orgs": 12, "orgs_registered": 3, "orgs_filed": 8}),
    # cells that are written oddly and can be used
    ("全角数字", {"facility": "８６０", "households": 1400}),
    ("带单位的文本", {"facility": "860㎡", "households": 1400}),
    ("带千分位的文本", {"facility": "1,260.5", "households": 1400}),
    ("人口以万人计", {"population": "0.42万", "households": 1600, "windows": 1, "staff": 2}),
    # blanks, in every way of writing them
    ("户数未填", {"households": None}),
    ("人口未填", {"population": None}),
    ("窗口数未填", {"windows": "—"}),
    ("志愿者未填", {"volunteers": "/"}),
    ("社会组织未填", {"orgs": "未统计", "orgs_registered": None, "orgs_filed": None}),
    # no facility at all
    ("综合服务设施正在兴建", {"has_facility": "正在兴建", "facility": 0, "station": 0}),
]

RURAL_CASES: list[Case] = [
    ("室外广场人均恰为2.5㎡", {"households": 800, "population": 2000, "outdoor": 5000}),
    ("室外广场人均略低于2.5㎡", {"households": 800, "population": 2000, "outdoor": 4999}),
    ("恰有5个社区社会组织", {"orgs": 5, "orgs_registered": 0, "orgs_filed": 5}),
    ("4个社区社会组织", {"orgs": 4, "orgs_registered": 0, "orgs_filed": 4}),
    ("面积填“无”", {"facility": "无", "station": "无", "has_facility": "无"}),
    ("面积以亩计", {"outdoor": "9亩", "households": 800, "population": 2000}),
    ("面积为负", {"facility": -350}),
    ("人口写成约数", {"population": "1500余"}),
    ("室外面积未填", {"outdoor": None}),
    ("开放时间未填", {"hours": None}),
    ("不适用", {"units": "不适用", "agreements": "不适用"}),
    ("除数为零的公式", {"facility": Broken("#DIV/0!")}),
    ("面积为两处之和", {"facility": "350+120"}),
]

UNFILLED = (
    "households", "population", "has_facility", "facility", "station", "outdoor", "hours", "days", "windows",
    "staff", "volunteers", "resident_volunteers", "members", "member_volunteers",
    "orgs", "orgs_registered", "orgs_filed", "units", "agreements",
)  # fmt: skip
VILLAGE_CASES: list[Case] = [
    ("数字均未填", dict.fromkeys(UNFILLED)),
    ("面积含室外部分", {"has_facility": "是", "facility": "400（含室外100）", "station": 300}),
    ("没有驻区单位", {"units": 0, "agreements": 0}),
]

PILOTS = 37  # villages that the plan names for pilot work

# kind, column, how many answer 无, how many are blank: what decides the shares over the city
COVERAGE: list[tuple[str, str, int, int]] = [
    (URBAN, "children", 5, 1),
    (RURAL, "children", 9, 2),
    (VILLAGE, "children", 14, 3),
    (URBAN, "elder", 2, 1),  # 100 % asked: fails whatever the blank is
    (RURAL, "elder", 52, 5),  # 60 % asked: passes whatever the blanks are
    (VILLAGE, "elder", 40, 4),
    (RURAL, "fitness", 76, 4),  # 60 % asked: fails whatever the blanks are
    (VILLAGE, "fitness", 90, 3),
    (URBAN, "platform", 0, 1),  # 100 % asked: the one blank decides, so nobody can judge
    (RURAL, "platform", 100, 2),  # 30 % asked: passes
    (VILLAGE, "platform", 130, 2),
]
TOWNSHIPS_WITHOUT_ELDER_CARE = 5  # 39 of 44 have it; 90 % asks for 40

# street centres: area in m2, remark
CENTRES: list[tuple[Any, str]] = [
    (800, "示例：恰为800㎡"),
    (799.9, "示例：差0.1㎡"),
    (620, "示例：不足800㎡"),
    (0, "示例：尚无社区服务中心"),
    (None, "示例：面积未填"),
    ("约八百", "示例：面积写成约数"),
    ("1,050", "示例：带千分位的文本"),
]
