"""One report, built by hand, that holds every outcome and every trouble a format has to cope with."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from msgspec.structs import replace

from communitycheck.errors import ReturnError
from communitycheck.model.address import Address
from communitycheck.model.comparison import COMPARISONS
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.expression import Binary, Call, Name, Number, Truth
from communitycheck.model.report import Gate, Report
from communitycheck.model.result import Groups, Outcome, Reason, Records, RuleResult
from communitycheck.model.returns import Notice, Return
from communitycheck.model.sheet import Sheet, SheetColumn
from communitycheck.model.standard import Jurisdiction, Limit, Parameter, Rule, Source, Standard, Threshold
from communitycheck.model.table import Coded, Column, State, Table
from communitycheck.model.text import Text
from communitycheck.model.waiver import WaivedSubject, Waiver
from entities import ENTITIES

# Names that try something on: a formula, mark-up of five kinds, line breaks, emoji, direction, escapes, annotations.
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "幸福\n花园\t社区",
    "阳光🏡社区👨‍👩‍👧",
    "\u202egnp.\u202c حي الزهور",
    "[bold red]红旗[/] ![x](javascript:1) |管道| `码` *星*",
    "一个名字特别特别长的社区它的名字一直写到格子外面去还没有写完因为它合并了三个村和两个社区的名字",
    "::error file=x.py,line=1::你好%0A",
    "",
    "\x1b[31m红色\x07\x00",
    "“引号”,逗号;'单引号'\"双引号\"",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3",
    "]]></failure><!--",
)
PLAIN = ("东华街道一社区", "瓜子坪社区", "长寿路社区", "南湖社区", "太原街社区", "北市社区")
NAMES = HOSTILE + PLAIN

P, F, D, N, U, M, E = Outcome
NAN = float("nan")

FIELDS = (
    ("community", "社区名称", "Community", "text", ""),
    ("facility_area", "综合服务设施面积", "facility floor area", "decimal", "m2"),
    ("households", "户数", "households", "int", "households"),
    ("population", "常住人口", "residents", "int", "persons"),
    ("registered_volunteers", "注册志愿者人数", "registered volunteers", "int", "persons"),
    ("open_hours_per_day", "每日开放时长", "opening hours a day", "hours", "h"),
    ("has_legal_adviser", "是否有法律顾问", "legal adviser", "truth", ""),
    ("smart_scenarios", "智慧场景", "smart scenarios", "items", ""),
    ("service_windows", "服务窗口数", "service windows", "count", "items"),
    ("households_per_grid", "每网格户数", "households per grid", "decimal", "households/grid"),
    ("has_childrens_home", "是否有儿童之家", "children's home", "truth", ""),
    ("orgs_total", "社会组织总数", "organisations", "int", "items"),
    ("social_workers", "社会工作者人数", "social workers", "int", "persons"),
    ("community_type", "社区类型", "kind of community", "category", ""),
)


def dictionary() -> Dictionary:
    return Dictionary(
        {
            key: Field(key, Text(zh, en), kind, unit=unit)  # type: ignore[arg-type]
            for key, zh, en, kind, unit in FIELDS
        },
        entities=ENTITIES,
    )


def column(key: str, values: list[float | State | None], unit_state: State = State.BLANK) -> Column:
    """A number column; None is blank, a State is that trouble."""
    numbers = np.array([NAN if v is None or isinstance(v, State) else float(v) for v in values])
    states = np.array(
        [unit_state if v is None else v if isinstance(v, State) else State.KNOWN for v in values], dtype=np.uint8
    )
    return Column(key, numbers, numbers, state=states)


def hours_of(n: int) -> Column:
    """Hours a day; one cell says no more than that they are 7 to 9."""
    hours = [8.0, 7.0, 7.5, NAN, 4.0] + [24.0] * (n - 5)
    column_ = column("open_hours_per_day", [None if np.isnan(h) else h for h in hours])
    assert column_.lo is not None
    high = column_.lo.copy()
    high[1] = 9.0
    return dataclasses.replace(column_, hi=high)


def coded(names: list[str]) -> Coded:
    distinct = list(dict.fromkeys(n for n in names if n))
    return Coded(np.array([distinct.index(n) if n else -1 for n in names], dtype=np.int32), distinct)


def communities() -> Table:
    n = len(NAMES)
    letters = "ABCDEFGHIJKLMNOP"
    sheet = Sheet(
        "returns/2020 报表.xlsx",
        "社区<表>",
        "community",
        title_rows=[1],
        header_rows=[2, 3],
        first_row=4,
        last_row=n + 4,
        records=n,
        hidden=False,
        columns=[
            SheetColumn(letters[i], f"{zh}({unit})" if unit else zh, key, unit or None, 1.0, 1.0)
            for i, (key, zh, _, _, unit) in enumerate(FIELDS[:-1])
        ]
        + [SheetColumn("O", "备注\n（选填）"), SheetColumn("P", "=HYPERLINK(1)")],
        totals_rows=[n + 4],
        notes_rows=[n + 6],
        skipped_rows=[(n + 4, "totals"), (n + 6, "notes")],
        period=date(2021, 12, 31),
        titles=["2021年城乡社区情况表"],
        row_counts={"title": 1, "header": 2, "record": n, "total": 1, "note": 1, "unread": 1},
        unread_rows=[n + 7],
    )
    other = replace(sheet, path="returns/b,二.csv", name="b,二", title_rows=[], header_rows=[1], first_row=2, records=5)
    other = replace(other, row_counts={"header": 1, "record": 5}, unread_rows=[])
    cities = ["攀枝花市"] * 11 + ["沈阳市"] * (n - 12) + [""]
    counties = ["东区"] * 5 + ["西区"] * 5 + ["鼓楼区"] + ["鼓楼区"] * 4 + ["和平区"] * (n - 16) + [""]
    area = [400.0, 312.0, 399.9, State.UNREADABLE, None, 0.1 + 0.2, 1200.5, 88.0, 500.0, State.IMPOSSIBLE]
    area += [450.0] * (n - len(area))
    return Table(
        ENTITIES["community"],
        {
            "community": Column("community", text=pa.array([name or None for name in NAMES])),
            "region_code": Column("region_code", text=pa.array([f"5104020010{i:02d}" for i in range(n)])),
            "facility_area": column("facility_area", area),
            "population": column("population", [1500.0] * n),
            "registered_volunteers": column("registered_volunteers", [195.0] * n),
            "households": column("households", [1500.0] * (n - 1) + [None]),
            "open_hours_per_day": hours_of(n),
        },
        [sheet, other],
        np.array([0] * (n - 5) + [1] * 5, dtype=np.int32),
        np.arange(4, n + 4, dtype=np.int32),
        {"city": coded(cities), "county": coded(counties)},
    )


def result(
    rule: Rule,
    subjects: Any,
    outcomes: list[Outcome],
    reasons: dict[int, Reason] | None = None,
    *,
    observed: list[Any],
    required: float | list[float] = NAN,
    **more: Any,
) -> RuleResult:
    """A result from a list of outcomes; a pair among ``observed`` is a bound. Shortfalls follow from the numbers."""
    usual = {
        P: Reason.MET,
        F: Reason.MISSED,
        D: Reason.MISSED,
        N: Reason.OUT_OF_SCOPE,
        U: Reason.MISSING,
        M: Reason.MANUAL,
        E: Reason.NOT_EVALUATED,
    }
    reason = [(reasons or {}).get(i, usual[o]) for i, o in enumerate(outcomes)]
    low = np.array([o[0] if isinstance(o, tuple) else o for o in observed], dtype=float)
    high = np.array([o[1] if isinstance(o, tuple) else o for o in observed], dtype=float)
    need = np.broadcast_to(np.asarray(required, dtype=float), low.shape).copy()
    missed = np.array([i for i, o in enumerate(outcomes) if o in (F, D)], dtype=np.int32)
    short = np.abs(need - high)[missed] if more.get("kind") != "truth" else np.full(len(missed), NAN)
    return RuleResult(
        rule,
        subjects,
        np.array(outcomes, dtype=np.uint8),
        np.array(reason, dtype=np.uint8),
        low,
        high,
        need,
        need.copy(),
        missed,
        more.pop("shortfall", short),
        **more,
    )


def rule(id: str, standard: str, zh: str, en: str, severity: str = "mandatory", **more: Any) -> Rule:
    more.setdefault("applies_to", "community")
    more.setdefault("layer", standard)
    more.setdefault("clause", "二(二)")
    return Rule(id=id, standard=standard, title=Text(zh, en), severity=severity, **more)  # type: ignore[arg-type]


def at_least(value: float, **more: Any) -> Threshold:
    return Threshold(COMPARISONS["at_least"], (Limit(Number(value)),), **more)


def liaoning(table: Table) -> tuple[Standard, list[RuleResult]]:
    n = len(table)
    area = table.columns["facility_area"].lo
    assert area is not None
    outcomes = [P if a >= 400 else F for a in area]
    for i in (3, 4, 9):
        outcomes[i] = U
    outcomes[6] = N
    observed = list(area)
    observed[8] = (450.0, float("inf"))
    first = rule(
        "LN-01",
        "liaoning-2021",
        "城市社区综合服务设施面积",
        "Urban facility floor area",
        unit="m2",
        indicator=Name("facility_area"),
        threshold=at_least(400.0),
        lever="facility_area",
        where=Binary("==", Name("community_type"), Name("urban")),
    )
    one = result(first, Records(table), outcomes, observed=observed, required=400.0, fields=("facility_area",))
    one.add, one.add_unit = one.shortfall.copy(), "m2"
    subject = WaivedSubject(name=NAMES[7], region="攀枝花市/西区")
    one.waived = {7: Waiver("LN-01", subject, "正在改建\n<b>", "民政局", until=date(2022, 6, 30))}
    second = rule(
        "LN-03",
        "liaoning-2021",
        "每百户居民拥有综合服务设施面积",
        "Facility area per 100 households",
        unit="m2/100 households",
        lever="facility_area",
        threshold=Threshold(COMPARISONS["at_least"], (Limit(Name("per_100")),)),
        indicator=Binary("*", Binary("/", Name("facility_area"), Name("households")), Number(100.0)),
    )
    ratio = area / 15.0
    ratio[9] = -3.0
    two_outcomes = [P if r >= 30 else F for r in ratio]
    for i in (3, 4, 9, n - 1):
        two_outcomes[i] = U
    two_outcomes[5] = N
    two = result(
        second,
        Records(table),
        two_outcomes,
        {5: Reason.ZERO_DENOMINATOR, 9: Reason.IMPLAUSIBLE},
        observed=list(ratio),
        required=30.0,
        fields=("facility_area", "households"),
    )
    two.add, two.add_unit = two.shortfall * 15, "m2"
    third = rule("LN-04", "liaoning-2021", "名牌", "Name plate", "advisory", threshold=at_least(1.0), unit="items")
    three = result(
        third, Groups([], [], []), [], observed=[], fields=("name_plate",), lacking=("name_plate", "orgs_total")
    )
    fourth = rule(
        "LN-09",
        "liaoning-2021",
        "设施选址",
        "Where facilities stand",
        "expected",
        manual=Text("需看规划图", "has to be seen on the plan"),
    )
    four = result(fourth, Groups(["province"], [("辽宁省",)], ["210000"]), [M], observed=[NAN])
    standard = Standard(
        "liaoning-2021",
        Text("辽宁省城乡社区综合服务设施面积标准", "Liaoning facility area standard"),
        Source("提案答复第0182号", "辽宁省民政厅", date(2021, 6, 8), "https://example.org/ln?a=1&b=2"),
        Jurisdiction("210000", "辽宁省"),
        (first, second, third, fourth),
        {"per_100": Parameter("per_100", ((None, 30.0),), "m2/100 households", clause="二(二)")},
        in_force_from=date(2021, 6, 8),
        file="rules/liaoning-2021.yaml",
        sha256="a" * 64,
    )
    return standard, [one, two, three, four]


def panzhihua(table: Table) -> tuple[Standard, list[RuleResult]]:
    n = len(table)
    s = "panzhihua-2018"

    def fill(first: list[Any], rest: Any) -> list[Any]:
        return first + [rest] * (n - len(first))

    volunteers = rule(
        "PZ-N14",
        s,
        "注册志愿者占居民比例",
        "Registered volunteers among residents",
        "expected",
        unit="ratio",
        indicator=Binary("/", Name("registered_volunteers"), Name("population")),
        threshold=at_least(0.13),
        lever="registered_volunteers",
        clause="三、（一）",
    )
    share = result(
        volunteers,
        Records(table),
        fill([F, P, U, F, E], P),
        {2: Reason.SCOPE_UNKNOWN},
        observed=fill([0.12999, 0.13, NAN, 0.0000004, NAN], 0.30000000000000004),
        required=0.13,
        fields=("registered_volunteers", "population", "community_type"),
    )
    share.add, share.add_unit = np.array([1.0, 195.0]), "persons"
    hours = rule(
        "PZ-N58",
        s,
        "每日开放时长",
        "Opening hours a day",
        "advisory",
        unit="h",
        indicator=Name("open_hours_per_day"),
        threshold=at_least(8.0),
        due=date(2023, 12, 31),
    )
    open_ = result(
        hours,
        Records(table),
        fill([P, U, D, N, D], P),
        {1: Reason.UNDECIDED, 3: Reason.EXEMPT},
        observed=fill([8.0, (7.0, 9.0), 7.5, NAN, 4.0], 24.0),
        required=8.0,
        fields=("open_hours_per_day",),
    )
    adviser = rule(
        "PZ-N40",
        s,
        "法律顾问",
        "A legal adviser",
        "expected",
        indicator=Name("has_legal_adviser"),
        threshold=Threshold(COMPARISONS["is"], (Limit(Truth(True)),)),
    )
    legal = result(
        adviser,
        Records(table),
        fill([F, P], P),
        observed=fill([0.0, 1.0], 1.0),
        required=1.0,
        kind="truth",
        fields=("has_legal_adviser",),
    )
    smart = rule(
        "PZ-N60",
        s,
        "智慧场景",
        "Smart scenarios",
        "advisory",
        indicator=Name("smart_scenarios"),
        threshold=Threshold(COMPARISONS["covers"], items=("智能监控", "智能门禁", "智能充电")),
        unit="items",
    )
    scenes = result(
        smart,
        Records(table),
        fill([F], P),
        observed=fill([1.0], 3.0),
        required=3.0,
        kind="items",
        items_missing={0: ("智能门禁", "智能充电")},
        fields=("smart_scenarios",),
    )
    windows = rule(
        "PZ-N21",
        s,
        "服务窗口",
        "Service windows",
        unit="items",
        indicator=Name("service_windows"),
        threshold=Threshold(
            COMPARISONS["at_least"],
            (Limit(Call("max", (Number(1.0), Call("ceil", (Binary("/", Name("population"), Number(5000.0)),))))),),
        ),
        lever="service_windows",
    )
    window = result(
        windows,
        Records(table),
        fill([F, P], P),
        observed=fill([1.0, 1.0], 2.0),
        required=fill([2.0, 1.0], 2.0),
        fields=("service_windows", "population"),
    )
    grid = rule(
        "PZ-N70",
        s,
        "网格规模",
        "Size of a grid",
        "expected",
        unit="households/grid",
        indicator=Name("households_per_grid"),
        threshold=Threshold(COMPARISONS["between"], (Limit(Number(240.0)),), upper=Number(360.0)),
    )
    grids = result(
        grid,
        Records(table),
        fill([F, P], P),
        observed=fill([512.0, 300.0], 300.0),
        required=240.0,
        shortfall=np.array([152.0]),
        fields=("households_per_grid",),
    )
    identity = rule(
        "PZ-N16",
        s,
        "社会组织合计",
        "Organisations add up",
        "expected",
        unit="items",
        indicator=Name("orgs_total"),
        threshold=Threshold(COMPARISONS["equals"], (Limit(Number(9.0)),)),
        tolerance=0.0,
    )
    equal = result(
        identity,
        Records(table),
        fill([F, N], P),
        {1: Reason.OUTSIDE},
        observed=fill([8.0, NAN], 9.0),
        required=9.0,
        fields=("orgs_total",),
    )
    empty = rule(
        "PZ-N80",
        s,
        "没有对象的规则",
        "A rule for nobody",
        indicator=Name("orgs_total"),
        threshold=Threshold(COMPARISONS["at_most"], (Limit(Number(9.0)),)),
        unit="items",
    )
    nobody = result(empty, Records(table), [N] * n, dict.fromkeys(range(n), Reason.NOT_IN_FORCE), observed=[NAN] * n)
    homes = rule(
        "PZ-N33",
        s,
        "儿童之家覆盖率",
        "Communities with a children's home",
        by=("county", "city"),
        unit="ratio",
        indicator=Call("share", (Name("has_childrens_home"),)),
        threshold=at_least(0.9),
        due=date(2020, 12, 31),
        clause="专栏4",
    )
    regions = Groups(
        ["county", "county", "county", "city", "city"],
        [("攀枝花市", "东区"), ("攀枝花市", "西区"), ("攀枝花市", "仁和区\n=1+1"), ("攀枝花市",), ("沈阳市",)],
        ["510402", "510403", "510411", "510400", "210100"],
    )
    home = result(
        homes,
        regions,
        [P, F, U, U, N],
        {2: Reason.BLANKS_UNDECIDED, 3: Reason.BLANKS_UNDECIDED, 4: Reason.EMPTY_GROUP},
        observed=[0.95, 0.5, (0.8997, 0.9004), (482 / 535, 485 / 535), NAN],
        required=0.9,
        numerator=(np.array([95.0, 30.0, 900.0, 480.0, NAN]), np.array([95.0, 31.0, 901.0, 483.0, NAN])),
        denominator=np.array([100.0, 60.0, 1000.0, 535.0, NAN]),
        gaps=np.array([[0] * 4, [1, 0, 0, 0], [0, 1, 0, 0], [1, 1, 1, 0], [0] * 4], dtype=np.int32),
        shortfall=np.array([0.4 - 1 / 60]),
        add=np.array([23.0]),
        add_unit="items",
    )
    later = rule(
        "PZ-N90",
        s,
        "社会工作者总数",
        "Social workers in all",
        "expected",
        by=("city",),
        unit="persons",
        indicator=Call("sum", (Name("social_workers"),)),
        threshold=at_least(1000.0),
        due=date(2025, 12, 31),
        lever="social_workers",
    )
    workers = result(
        later,
        Groups(["city"], [("攀枝花市",)], ["510400"]),
        [D],
        observed=[(640.0, 650.0)],
        required=1000.0,
        numerator=(np.array([640.0]), np.array([650.0])),
        denominator=np.array([NAN]),
        gaps=np.array([[1, 0, 0, 1]], dtype=np.int32),
    )
    results = [share, open_, legal, scenes, window, grids, equal, nobody, home, workers]
    standard = Standard(
        s,
        Text("攀枝花市“十三五”城乡社区服务体系建设规划", "Panzhihua plan for community services"),
        Source("规划", "攀枝花市民政局", date(2018, 7, 23)),
        Jurisdiction("510400", "攀枝花市"),
        tuple(r.rule for r in results),
        {},
        in_force_from=date(2018, 7, 23),
        horizon=date(2020, 12, 31),
        file="rules/panzhihua-2018.yaml",
        sha256="b" * 64,
    )
    return standard, results


def streets() -> Table:
    return Table(
        ENTITIES["street"],
        {"street": Column("street", text=pa.array(["东华街道", "=1+1街道"]))},
        [Sheet("returns/2020 报表.xlsx", "街道", "street", header_rows=[1], first_row=2, last_row=3, records=2)],
        np.zeros(2, dtype=np.int32),
        np.array([2, 3], dtype=np.int32),
        {"city": coded(["攀枝花市"] * 2), "county": coded(["东区"] * 2)},
    )


def notices() -> list[Notice]:
    book, rows = "returns/2020 报表.xlsx", "returns/b,二.csv"
    found = [
        Notice("records-in-no-jurisdiction", Address(rows, "b,二", 7), values={"count": 4}),
        Notice(
            "standard-not-in-force",
            Address("rules/old.yaml"),
            values={"standard": "=old", "as_of": "2021-12-31"},
            level="info",
        ),
    ]
    return found + [
        Notice("records-in-no-jurisdiction", Address(book, "社区<表>", cell=f"B{i}"), "约三百\n<b>", {"count": i})
        for i in range(4, 9)
    ]


def sample_report() -> Report:
    """The report that every format is shown from."""
    table, below = communities(), streets()
    first, results = liaoning(table)
    second, more = panzhihua(table)
    street_rule = rule(
        "PZ-N02",
        "panzhihua-2018",
        "街道服务中心",
        "Street service centre",
        applies_to="street",
        indicator=Name("facility_area"),
        threshold=at_least(400.0),
        unit="m2",
        clause="专栏1",
    )
    street = result(street_rule, Records(below), [P, F], observed=[800.0, 399.9999], required=400.0)
    found = notices()
    returns = [
        Return(
            "returns/2020 报表.xlsx", "c" * 64, "xlsx", [table.sheets[0], below.sheets[0]], [table, below], found[2:]
        ),
        Return("returns/b,二.csv", "d" * 64, "csv", [table.sheets[1]], [], found[:1], "gb18030"),
    ]
    return Report(
        version="0.1.0",
        as_of=date(2021, 12, 31),
        as_of_from="return",
        standards=[first, second],
        dictionary=dictionary(),
        returns=returns,
        results=results + more + [street],
        notices=found,
        unread=[
            ReturnError("password-protected", path="returns/加密,一.xlsx"),
            ReturnError("truncated", path="returns/<坏>\n.xls", sheet="表1"),
        ],
        gate=Gate(),
    )
