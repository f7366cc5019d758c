"""Which level a column of places names, and when a column of years is the period of its records."""

from __future__ import annotations

import pyarrow as pa
import pytest

from communitycheck.model.returns import Return
from communitycheck.returns.columns.meaning.entity import level_of_cells
from communitycheck.returns.files.open import Opened
from communitycheck.returns.grid import grid_of_rows
from communitycheck.returns.read import build
from communitycheck.standards import load_dictionary
from paths import RULES

DICTIONARY = load_dictionary(RULES / "dictionary.yaml")


@pytest.mark.parametrize(
    ("names", "level"),
    [
        ("贵阳市 遵义市 安顺市 铜仁地区 毕节地区 黔南布依族苗族自治州", "city"),
        ("太原市 大同市 朔州市 忻州市 吕梁地区", "city"),
        ("石家庄市 唐山市 秦皇岛市 邯郸市 邢台市 保定市 沧州市 廊坊市 雄安新区", "city"),
        ("兴安盟 呼伦贝尔市 通辽市 赤峰市 锡林郭勒盟", "city"),
        ("瓦房店市 庄河市 普兰店市 长海县", "county"),
        ("瓦房店市 庄河市 海城市", "county"),
        ("和平区 沈河区 新民市 辽中县", "county"),
        ("甲县 乙县 丙市 丁市", "county"),
        ("东镇 西镇 南乡", "street"),
    ],
)
def test_the_level_of_places(names: str, level: str) -> None:
    assert level_of_cells(pa.array(names.split(), pa.string())) == level


def read(header: list[list[str]], rows: list[list[str]]) -> Return:
    return build(Opened("a.xlsx", "", "xlsx", grids=[grid_of_rows("a.xlsx", "s", [*header, *rows])]), DICTIONARY)


@pytest.mark.parametrize("header", ["城市名称", "城市", "城市名", "地市名称", "所在城市"])
@pytest.mark.parametrize("year", ["年份", "年度", "统计年份"])
def test_cities_and_their_years(header: str, year: str) -> None:
    rows = [[name, y, "900"] for name in ("沈阳市", "大连市") for y in ("2019", "2020")]
    one = read([[header, year, "常住人口（万人）"]], rows)
    (table,) = one.tables
    assert (table.entity, len(table)) == ("city", 4)
    assert {column.field for column in one.sheets[0].columns} == {"city", "period", "population"}


@pytest.mark.parametrize("group", ["综合服务设施", "设施建设", "建成", "服务站"])
def test_a_year_of_something_is_no_period(group: str) -> None:
    header = [["社区名称", "户数", group, ""], ["", "", "面积(平方米)", "年份"]]
    one = read(header, [[f"{name}社区", "1000", "500", "2010"] for name in ("东苑", "西苑", "南苑")])
    assert one.sheets[0].columns[3].field is None


@pytest.mark.parametrize("header", ["Year", "Reporting year", "FY", "Census year", "填报年份", "普查年度"])
def test_years_of_the_records(header: str) -> None:
    one = read(
        [["County", "Community", header, "Households"]], [["甲县", "甲社区", y, "900"] for y in ("2024", "2025")]
    )
    assert one.sheets[0].columns[2].field == "period"
    assert not one.notices


YEARS_ASKED = [
    ("Academic year", "甲社区 甲社区 乙社区", "2024 2025 2024"),
    ("Wave", "甲社区 甲社区 乙社区", "2024 2025 2024"),
    ("Wave", "甲社区 乙社区 丙社区", ""),  # one wave: the header does not speak of years
    ("Year of the data", "甲社区 乙社区 丙社区", "2024 2024 2024"),
    ("建成年份", "甲社区 乙社区 丙社区", ""),
    ("月份", "甲社区 甲社区 乙社区", "2023年1月 2023年2月 2023年1月"),
    ("批次", "甲社区 甲社区 乙社区", "202301 202312 202301"),
    ("所属期", "甲社区 甲社区 乙社区", "2023-01 2023-02 2023-02"),
    ("季度", "甲社区 甲社区 乙社区", "一季度 二季度 一季度"),
    ("月份", "甲社区 甲社区 乙社区", "1 2 1"),
]


@pytest.mark.parametrize(("header", "subjects", "asked"), YEARS_ASKED)
def test_years_under_another_header_are_asked_about(header: str, subjects: str, asked: str) -> None:
    years = asked.split() or (["2024"] * 3 if header == "Wave" else ["2019", "2024", "2020"])
    rows = [["甲县", name, year, "900"] for name, year in zip(subjects.split(), years, strict=True)]
    one = read([["县区", "社区名称", header, "户数"]], rows)
    assert one.sheets[0].columns[2].field is None
    assert ("column-of-years" in {notice.code for notice in one.notices}) == bool(asked)
    assert one.sheets[0].columns[2].resembles == (("period",) if asked else ())


def test_a_figure_of_another_level_is_told_as_such() -> None:
    rows: list[list[str | None]] = [
        ["区县", "户数", "儿童之家", "养老设施面织"], ["沈河区", "900", "有", "60"], ["法库县", "800", "无", "70"],
    ]  # fmt: skip
    got = build(Opened("a.xlsx", "", "xlsx", grids=[grid_of_rows("a.xlsx", "S", rows)]), DICTIONARY, told=[])
    told = {notice.at.cell: notice.code for notice in got.notices}
    assert told == {"C1": "column-of-another-level", "D1": "column-similar"}
