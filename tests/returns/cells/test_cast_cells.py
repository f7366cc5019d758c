"""One cell at a time: every way of writing it that offices use, and what must come out."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from communitycheck.messages import catalogue
from communitycheck.model.dictionary import Field
from communitycheck.model.table import State
from communitycheck.model.text import Text
from communitycheck.returns.cells.cell import Cell
from communitycheck.returns.cells.dates import read_date
from communitycheck.returns.cells.frequency import read_days, read_times
from communitycheck.returns.cells.hours import read_hours
from communitycheck.returns.cells.names import read_code, read_items, read_text
from communitycheck.returns.cells.numbers import Measure, read_number
from communitycheck.returns.cells.numerals import value_of
from communitycheck.returns.cells.truths import read_count, read_truth
from each import each

TRUTH = Field("truth", Text("是否", "whether"), "truth", states="thing")
AREA = Measure("area")
PERSONS = Measure("persons", counts=True)
IN_WAN = Measure("persons", 10_000.0, True, True)
YUAN = Measure("money", 1e-4, True)
HOURS = Measure("hours_per_day")
INF = math.inf

# What is expected of a cell: a number, a bound (lo, hi), or a state.
Want = float | tuple[float, float] | State
U, B, X, E = State.UNREADABLE, State.BLANK, State.IMPOSSIBLE, State.EXEMPT


def same(cell: Cell, want: Want) -> bool:
    if isinstance(want, State):
        return cell.state is want and math.isnan(cell.lo)
    lo, hi = want if isinstance(want, tuple) else (want, want)
    return cell.state is State.KNOWN and math.isclose(cell.lo, lo) and math.isclose(cell.hi, hi, rel_tol=1e-8)


NUMBERS: list[tuple[str, Want]] = [
    ("400", 400), ("400.5", 400.5), (" 400 ", 400), ("４００", 400), ("1,234", 1234), ("1，234.5", 1234.5),
    ("1 234", 1234), ("12,34", U), ("12 34", U), ("3.5.2", U), ("1.2e3", 1200), ("'400", 400), ("400。", 400),
    ("400㎡", 400), ("400 m²", 400), ("400平米", 400), ("400平", 400), ("0.04万平方米", 400), ("2.5万㎡", 25_000),
    ("1.2万", 12_000), ("3亩", 2000), ("0.1公顷", 1000), ("400方", 400), ("400m³", U), ("400人", U), ("85%", U),
    ("四百", 400), ("一千二百", 1200), ("三百五十", 350), ("三百五", 350), ("两百", 200), ("5千", 5000),
    ("3千5百", 3500),
    ("一万二千零五", 12_005), ("二〇二〇", 2020), ("三四百", U), ("三五", U), ("一", U), ("1万2", U),
    ("约300", (270, 330)), ("大约300㎡", (270, 330)), ("300左右", (270, 330)), ("约五百平米", (450, 550)),
    ("300来平", (270, 330)), ("约1000", (900, 1100)), ("约425", (382.5, 467.5)), ("400±10", (390, 410)),
    ("400+/-5%", (380, 420)), ("±400", (360, 440)), ("about 400 m2", (360, 440)), ("approx. 400", (360, 440)),
    ("400 or so", (360, 440)), ("400（约）", (360, 440)), ("≈400", (360, 440)), ("400（估算）", (360, 440)),
    ("差不多四百", (360, 440)), ("nearly 400", (300, 400)), ("over 400", (400, INF)), ("约400多", (360, 550)),
    ("约0", 0), ("约350+50", U), ("aboutness 400", U),
    ("300余", (300, 400)), ("300多平方米", (300, 400)), ("五千余", (5000, 6000)), ("20多", (20, 30)),
    ("350余", (350, 360)), ("约300余", (270, 440)), ("十几", (10, 20)),
    ("近400", (300, 400)), ("不足300", (0, 300)), ("不到300", (0, 300)), ("未满300", (0, 300)), ("300不到", (0, 300)),
    ("近1000", (900, 1000)),
    ("≥400", (400, INF)), ("不少于400", (400, INF)), ("400以上", (400, INF)), ("400+", (400, INF)),
    ("≤400", (0, 400)), ("400以下", (0, 400)),
    ("300-400", (300, 400)), ("300~400", (300, 400)), ("300—400", (300, 400)), ("300至400", (300, 400)),
    ("300㎡-400㎡", (300, 400)), ("400-300", U), ("30-4000", U), ("030-400", U), ("2020-2022", U),
    ("350+120", 470), ("350㎡+120㎡", 470), ("350+120=470", 470), ("350+120=480", U), ("350+", (350, INF)),
    ("400(含室外100)", U), ("400(含租赁100)", 400), ("400（㎡）", 400), ("400(350)", U), ("400(在建)", U), ("(400)", U),
    ("社区400㎡、活动中心200㎡", U), ("400×2", U), ("400/2", U), ("400①", U), ("10²", U), ("见附件", U),
    ("共400㎡", 400), ("-5", -5), ("", B), ("—", B), ("－", B), ("/", B), ("……", B), ("未填", B), ("N/A", B),
    ("nan", B),
    ("不适用", E), ("不涉及", E), ("#REF!", U), ("#DIV/0!", U), ("######", U), ("400_x000D_", 400),
    ("400\u200b", 400),
]  # fmt: skip


@each(("text", "want"), NUMBERS)
def test_a_number(text: str, want: Want) -> None:
    assert same(read_number(text, AREA), want)


@pytest.mark.parametrize(
    ("text", "measure", "want"),
    [
        ("1.2万人", IN_WAN, 12_000), ("1.2万", IN_WAN, 12_000), ("1.2", IN_WAN, 12_000), ("12000人", IN_WAN, 12_000),
        ("3个", PERSONS, 3), ("1名律师", PERSONS, 1), ("3个在建", PERSONS, U), ("30人次", PERSONS, U),
        ("300户", PERSONS, U),
        ("30000", YUAN, 3), ("3万", YUAN, 3), ("3万元", YUAN, 3), ("0.5亿元", YUAN, 5000), ("30000元", YUAN, 3),
        ("97.7%", Measure("ratio"), 0.977), ("九成", Measure("ratio"), 0.9), ("3‰", Measure("ratio"), 0.003),
    ],
)  # fmt: skip
def test_the_unit_of_the_cell_beats_that_of_the_column(text: str, measure: Measure, want: Want) -> None:
    assert same(read_number(text, measure), want)


HOURS_CASES: list[tuple[str, Want]] = [
    ("8", 8), ("8.5", 8.5), ("8小时", 8), ("8个小时", 8), ("8小时/天", 8), ("每天8小时", 8), ("8h", 8),
    ("8小时30分", 8.5),
    ("8个半小时", 8.5), ("480分钟", 8), ("≥8", (8, INF)), ("每天不少于8小时", (8, INF)), ("约8小时", (7.2, 8.8)),
    ("8-10小时", U), ("8-10", U),
    ("8:00-17:00", 9), ("8:30—17:30", 9), ("8：30～17：30", 9), ("8.30-17.30", 9), ("8点-17点", 9), ("8-17点", 9),
    ("8-17", 9),
    ("9:00-12:00, 14:00-18:00", 7), ("9:00-12:00,14:00-18:00", 7), ("9-12,14-18", 7), ("8:30-12:00/13:30-17:00", 7),
    ("上午8:30-11:30 下午14:00-17:30", 6.5), ("上午8:30-11:30，下午2:00-5:30", 6.5), ("8:30-11:30，2:00-5:30", 6.5),
    ("上午9点-下午5点", 8), ("早八点到晚六点", 10), ("上午八点半至十一点半、下午两点到五点", 6),
    ("9时至17时30分", 8.5),
    ("朝九晚五", 8), ("早9晚5", 8), ("全天", 24), ("24小时", 24), ("7×24小时", 24), ("20:00-次日6:00", 10),
    ("20:00-6:00", 10),
    ("9:00-5:00", U), ("8:00-8:00", U), ("8:00-12:00,11:00-17:00", U),
    ("工作日8:30-17:00", 8.5), ("周一至周日8:00-20:00", 12), ("8:00-17:00（节假日不休）", 9),
    ("夏季8:00-18:00 冬季8:30-17:00", 8.5), ("8:00-18:00(夏季) 8:30-17:00(冬季)", 8.5),
    ("8:00—12:00；14：30—17：30（夏季15:00-18:00）", U), ("8:00-17:00(午休12:00-13:00)", U),
    ("错时延时", U), ("8:00-18:00错时延时", U), ("0.375", U), ("09:00:00", U), ("8:30", U), ("全年无休", U),
    ("—", B),
]  # fmt: skip


@each(("text", "want"), HOURS_CASES)
def test_opening_hours(text: str, want: Want) -> None:
    assert same(read_hours(text, HOURS), want)


YES = (
    "是",  "有",  "√",  "✓",  "☑",  "■",  "对",  "1",  "Y",  "yes",  "TRUE",  "已建",  "已建成",  "已覆盖",
    "全年无休",  "300㎡",  "1个",  "有3处",
    "是,面积300㎡",  "√(租用)",  "☑是□否",  "☑有□无",  "有√无□",
)  # fmt: skip
NO = (
    "否",  "无",  "没有",  "×",  "✗",  "x",  "0",  "N",  "no",  "FALSE",  "未建",  "未建成",  "在建",  "拟建",
    "正在兴建",  "未覆盖",  "未完成",
    "已申请", "0个", "无(已申请)", "□是☑否", "是□否☑", "计划2024年建成", "没有，计划明年建", "未建成(2024年)",
)  # fmt: skip
NEITHER = (
    "○",  "△",  "2",  "部分",  "一般",  "同上",  "是/否",  "有无",  "有部分",  "有待建设",  "有，在建",  "基本完成",
    "#REF!",  "无障碍设施",  "不定期",  "□是□否",  "□",
    "有(与邻社区共用)",  "幸福路12号",  "张三",  "阳光儿童之家",  "不详",
)  # fmt: skip
TRUTHS: list[tuple[str, Want]] = [
    *((t, 1) for t in YES), *((t, 0) for t in NO), *((t, U) for t in NEITHER),
    ("", B), ("—", B), ("不适用", E), ("-1", X),
]  # fmt: skip


@each(("text", "want"), TRUTHS)
def test_yes_or_no(text: str, want: Want) -> None:
    assert same(read_truth(text, TRUTH), want)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("3", 3), ("2个", 2), ("两名", 2), ("是", 1), ("√", 1), ("无", 0), ("否", 0), ("在建", 0), ("张三", 1),
        ("张三、李四", 2),
        ("1名律师", 1), ("有(2名)", 2), ("是,2人", 2), ("盈科律师事务所", U), ("10余个", (10, 20)), ("2-3个", (2, 3)),
        ("", B),
    ],
)  # fmt: skip
def test_a_count(text: str, want: Want) -> None:
    assert same(read_count(text, PERSONS, names=True), want)


@pytest.mark.parametrize("text", ["张三", "张三、李四", "张三等3人"])
def test_a_name_counts_only_where_persons_are_asked_for(text: str) -> None:
    assert read_count(text, PERSONS).state is U
    assert read_truth(text, TRUTH).state is U
    assert read_truth("张三", replace(TRUTH, person_names=True)).lo == 1


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("365", 365), ("300天", 300), ("全年无休", 366), ("全年", 366), ("是", 366), ("天天开放", 366),
        ("节假日不休", 366),
        ("否", (0, 365)), ("年开放300天", 300), ("约250天", (225, 275)), ("每周5天", U), ("工作日", U), ("无", B),
        ("365天（节假日除外）", (0, 365)), ("300天（周末休息）", 300), ("365天（节假日照常）", 365),
    ],
)  # fmt: skip
def test_days_a_year(text: str, want: Want) -> None:
    assert same(read_days(text, Measure("days_per_year"), 366), want)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("4", 4), ("4次", 4), ("每季度", 4), ("每季度一次", 4), ("每月", 12), ("每月2次", 24), ("半年", 2),
        ("每半年一次", 2),
        ("一年两次", 2), ("每2个月1次", 6), ("每两月一次", 6), ("12次/年", 12), ("每季度更新一次", 4), ("季更新", 4),
        ("每季度至少1次", (4, INF)), ("不少于4次", (4, INF)), ("不定期", B), ("无", B), ("每季度2-3次", U),
        ("1季度", U),
    ],
)  # fmt: skip
def test_times_a_year(text: str, want: Want) -> None:
    assert same(read_times(text, Measure("times_per_year")), want)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("2020-12-31", date(2020, 12, 31)), ("2020-12-31 00:00:00", date(2020, 12, 31)),
        ("2020/1/5", date(2020, 1, 5)),
        ("2020年2月", date(2020, 2, 29)), ("2020.12", date(2020, 12, 31)), ("2020年", date(2020, 12, 31)),
        ("2020", date(2020, 12, 31)), ("20201231", date(2020, 12, 31)), ("202006", date(2020, 6, 30)),
        ("44196", date(2020, 12, 31)), ("2020年第三季度", date(2020, 9, 30)), ("2020Q3", date(2020, 9, 30)),
        ("2020年上半年", date(2020, 6, 30)), ("二〇二〇年十二月三十一日", date(2020, 12, 31)),
        ("2020年1-9月", date(2020, 9, 30)), ("12-31", None), ("20/1/5", None), ("2020-13-01", None), ("明年", None),
    ],
)  # fmt: skip
def test_a_date(text: str, want: date | None) -> None:
    assert read_date(text) == want


@pytest.mark.parametrize(
    ("text", "want", "state"),
    [
        ("210102001001", "210102001001", State.KNOWN), ("210102001001.0", "210102001001", State.KNOWN),
        ("2.10102001001E+11",  "210102001001", State.KNOWN), ("2.10102E+11", None, U), ("２１０１",
        "2101", State.KNOWN),
        ("2101 0200 1001", "210102001001", State.KNOWN), ("无", None, B), ("某某区", None, U),
    ],
)  # fmt: skip
def test_a_code(text: str, want: str | None, state: State) -> None:
    cell = read_code(text)
    assert (cell.text, cell.state) == (want, state)


@pytest.mark.parametrize(
    ("text", "want"),
    [("幸福 社区",  "幸福社区"), ("东风社区_x000D_\n",  "东风社区"), (" A 区 ",  "A 区"), ("—", None), ("无", None),
    ("暂无", None)],
)
def test_a_name(text: str, want: str | None) -> None:
    assert read_text(text).text == want


def test_a_list_in_a_cell() -> None:
    assert read_items("1.智能监控、智能门禁，停车\n充电").text == "智能监控、智能门禁、停车、充电"
    assert read_items("无").text == ""


DIGITS, UNITS = "零一二三四五六七八九", ["", "十", "百", "千"]


def written(n: int) -> str:
    """``n`` below 10,000 in Chinese, as people write it."""
    text = ""
    for place, digit in zip(range(len(str(n)) - 1, -1, -1), str(n), strict=True):
        text += DIGITS[int(digit)] + UNITS[place] if digit != "0" else "零"
    while "零零" in text:
        text = text.replace("零零", "零")
    text = text.rstrip("零")
    return text[1:] if text.startswith("一十") else text


@given(st.integers(1, 9999))
def test_every_chinese_number_comes_back(n: int) -> None:
    assert value_of(written(n)) == n


@given(st.floats(0, 1e7, allow_nan=False).map(lambda x: round(x, 2)))
def test_every_plain_number_comes_back(x: float) -> None:
    assert read_number(repr(x), AREA).lo == x
    assert read_number(f"{x:,.2f}㎡", AREA).lo == x


ALPHABET = "0123456789.,-+~()（）:： 约余近年月日点半至到上午下小时平方米万千百一二三是否有无在建/%x②m２"


@settings(max_examples=600, deadline=None)
@given(st.text(alphabet=ALPHABET, max_size=14))
def test_no_text_breaks_a_reader_or_lacks_a_sentence(text: str) -> None:
    cells = [
        read_number(text, AREA), read_number(text, PERSONS), read_hours(text, HOURS), read_truth(text, TRUTH),
        read_text(text),
        read_count(text, PERSONS), read_days(text, Measure("days_per_year"), 365), read_code(text), read_items(text),
        read_times(text, Measure("times_per_year")),
    ]  # fmt: skip
    read_date(text)
    for cell in cells:
        assert cell.lo <= cell.hi or math.isnan(cell.lo)
        assert cell.state in (State.KNOWN, State.BLANK, State.EXEMPT) or cell.note in catalogue()
        assert not cell.note or cell.note in catalogue()
