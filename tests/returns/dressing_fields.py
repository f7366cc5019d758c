"""The fields of the clean tables: how their headers and values are written, and how values are drawn."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Spec:
    """A field of the clean table. ``units``: how its unit may be written, each with its factor to the canonical one."""

    key: str
    headers: tuple[str, ...]
    kind: str
    unit: str = ""
    units: dict[str, float] = field(default_factory=dict)
    draw: Callable[[random.Random], Any] = lambda rng: None


def _area(rng: random.Random) -> float:
    return round(rng.uniform(60, 2400), rng.choice((0, 1, 2)))


AREAS = {"平方米": 1.0, "㎡": 1.0, "m2": 1.0, "亩": 2000 / 3, "万平方米": 10_000.0}
PEOPLE = {"人": 1.0, "万人": 10_000.0, "千人": 1000.0}
COMMUNITY = (
    Spec("households", ("户数", "常住户数", "总户数", "居民户数", "辖区户数"), "int", "户", {"户": 1.0, "万户": 1e4},
         lambda r: r.randint(180, 3900)),
    Spec("population", ("常住人口", "常住人口数", "总人口", "居民人口"), "int", "人", PEOPLE,
         lambda r: r.randint(4000, 9900)),
    Spec("facility_area", ("综合服务设施面积", "社区综合服务设施面积", "社区用房面积", "综合服务设施建筑面积"),
         "decimal", "平方米", AREAS, _area),
    Spec("outdoor_area", ("室外活动场地面积", "活动广场面积"), "decimal", "平方米", AREAS, _area),
    Spec("registered_volunteers", ("注册志愿者", "注册志愿者人数"), "int", "人", PEOPLE, lambda r: r.randint(0, 900)),
    Spec("party_members", ("党员数", "党员人数"), "int", "人", {"人": 1.0}, lambda r: r.randint(0, 260)),
    Spec("social_orgs", ("社区社会组织", "社区社会组织数"), "int", "个", {"个": 1.0}, lambda r: r.randint(0, 30)),
    Spec("operating_budget", ("社区运转经费", "运转经费"), "decimal", "万元", {"万元": 1.0, "元": 1e-4},
         lambda r: round(r.uniform(5, 60), 1)),
    Spec("open_hours_per_day", ("每日开放时间", "开放时间"), "hours", "小时", {"小时": 1.0},
         lambda r: r.choice((6, 7, 7.5, 8, 9, 10))),
    Spec("has_childrens_home", ("儿童之家", "是否有儿童之家"), "truth", draw=lambda r: r.random() < 0.7),
    Spec("has_citizen_school", ("市民学校",), "truth", draw=lambda r: r.random() < 0.5),
    Spec("legal_advisers", ("法律顾问",), "count", "名", {"名": 1.0}, lambda r: r.randint(0, 3)),
    Spec("community_type", ("社区类型", "社区类别"), "category", draw=lambda r: r.choice(("urban", "rural"))),
)  # fmt: skip
COUNTY = (
    Spec("households", ("户数", "总户数"), "int", "户", {"户": 1.0, "万户": 1e4}, lambda r: r.randint(30_000, 190_000)),
    Spec("population", ("常住人口", "总人口"), "int", "人", PEOPLE, lambda r: r.randint(200_000, 900_000)),
    Spec("streets_count", ("街道数", "街道个数"), "int", "个", {"个": 1.0}, lambda r: r.randint(2, 19)),
    Spec("reported_urban_rate", ("城市社区设施达标率", "城市社区达标率"), "share", "%",
         draw=lambda r: r.randint(600, 999) / 1000),
    Spec("reported_rural_rate", ("农村社区设施达标率",), "share", "%", draw=lambda r: r.randint(600, 999) / 1000),
)  # fmt: skip
FIRST = "幸福阳光滨江清香和平建设新华光明解放文化长江黄河团结友谊朝阳向阳东风红旗胜利兴隆永安太平春晖秋实"
COUNTIES = ("东安区", "西岭区", "河口县", "南湖县", "北屯区")
WORDS = {
    "urban": ("城市社区", "城市", "居委会"), "rural": ("农村社区", "农村", "村委会"),
    True: ("是", "有", "√", "已建", 1), False: ("否", "无", "×", "未建", 0),
}  # fmt: skip
HOURS: dict[float, tuple[Any, ...]] = {
    8: (8, "8小时", "9:00-17:00", "8:00-12:00,14:00-18:00"), 7: (7, "9:00-12:00，14:00-18:00"), 7.5: (7.5, "7.5小时"),
    6: (6, "6小时"), 9: (9, "8:30-17:30"), 10: (10, "10小时"),
}  # fmt: skip
BLANK = (None, "—", "-", "/", "空", "未填", "暂缺", "待统计", "……", "　")
EXEMPT = ("不适用", "不涉及", "免填")
ERRORS = ("#REF!", "#N/A", "#DIV/0!", "#VALUE!")
PROSE = ("详见附件", "见说明", "同上", "约三四百吧")
UNKNOWN = ("备用栏", "楼栋情况", "分管领导", "建档批次", "片区颜色")
GROUPS = ("基本情况", "基础信息", "综合情况", "服务情况", "有关情况")
